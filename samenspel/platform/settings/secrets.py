# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys that belong to one installation and live beside its data, outside the database."""

import os
import secrets
import tempfile
from pathlib import Path


def secret_key(folder: Path) -> str:
    """The signing key of this installation, made at the first call and readable by its owner only.

    Two processes that start at once get the same key.
    """
    path = folder / "secret-key"
    if not path.exists() or not path.read_text().strip():
        folder.mkdir(parents=True, exist_ok=True)
        write_secret(path, secrets.token_urlsafe(48))
    return path.read_text().strip()


def write_secret(path: Path, content: str) -> None:
    """Write a secret whole or not at all, unless another process was first. An empty file counts as none.

    It is on the disk before it has its name: a machine that fails in between leaves no half secret behind.
    """
    descriptor, draft = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)  # readable by its owner only
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists() and not path.read_text().strip():
            path.unlink()  # left by a version of the program that could be killed halfway
        os.link(draft, path)
    except FileExistsError:
        pass  # another process made it just now; that one holds
    finally:
        Path(draft).unlink()
