# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Versions of the built areas: each in a folder named after its content, and a file that names the current one.

A build writes a draft beside the others and points to it only when it is complete, so a reader never sees half of it
and a build that fails changes nothing.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = "areas"
POINTER = "current"
# The former version stays one build longer, for readers that are just reading a map from it.
KEPT = 2


class NoAreas(RuntimeError):
    """The store has no areas yet. The message says how to make them."""


def current_version(store: Path) -> str:
    """The content hash of the areas in this store. Raises NoAreas."""
    try:
        return (store / FOLDER / POINTER).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise NoAreas(f"There are no areas in {store}. Build them with: samenspel figures build") from None


def current_folder(store: Path) -> Path:
    """The folder with the current version. Raises NoAreas."""
    return store / FOLDER / current_version(store)


@contextmanager
def new_version(store: Path) -> Iterator[Path]:
    """An empty folder to write a version in; made current when the block ends well, removed when it fails."""
    folder = store / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".draft-{os.getpid()}"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        yield draft
        version = _content_hash(draft)
        final = folder / version
        if final.exists():
            os.utime(final)
        else:
            draft.replace(final)
        pointer = folder / f".{POINTER}-{os.getpid()}"
        pointer.write_text(version, encoding="ascii")
        pointer.replace(folder / POINTER)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _forget_old(folder, version)


def _content_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"{file.relative_to(folder).as_posix()} {content}\n".encode())
    return digest.hexdigest()[:16]


def _forget_old(folder: Path, current: str) -> None:
    versions = [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")]
    versions.sort(key=lambda path: (path.name == current, path.stat().st_mtime_ns), reverse=True)
    for old in versions[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
