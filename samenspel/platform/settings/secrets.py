# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys that belong to one installation and live beside its data, outside the database."""

import os
import secrets
from pathlib import Path


def secret_key(folder: Path) -> str:
    """The signing key of this installation, made at the first call and readable by its owner only.

    Two processes that start at once get the same key: the file is created whole or not at all.
    """
    path = folder / "secret-key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".secret-key-{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
