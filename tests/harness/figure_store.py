# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The real figures for tests: built once per checkout, again only when the sources or the code changed."""

import fcntl
import hashlib
from pathlib import Path

import samenspel.figures
from samenspel.figures.build import build_all

STAMP = "built-from"


def _fingerprint(sources: Path) -> str:
    """A hash over everything the store is made of: source files, passports and the code that builds it."""
    code = Path(samenspel.figures.__file__).parent
    roots = (sources, code)
    files = [path for root in roots for path in root.rglob("*") if path.is_file() and code / "api" not in path.parents]
    digest = hashlib.sha256()
    for path in sorted(files):
        if "__pycache__" not in path.parts:
            digest.update(f"{path} ".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def built_store(folder: Path, sources: Path) -> Path:
    """The store in `folder`, built when it is not there or not from these sources and this code.

    Test processes that start together wait for the first one. Raises RuntimeError when a table is refused.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stamp = folder / STAMP
    with (folder / ".test-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = _fingerprint(sources)
        if not stamp.exists() or stamp.read_text() != wanted:
            outcome = build_all(folder, sources)
            if outcome.refused:
                raise RuntimeError(f"refused: {[result.table.key for result in outcome.refused]}")
            stamp.write_text(wanted)
    return folder
