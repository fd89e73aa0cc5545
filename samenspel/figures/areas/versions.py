# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Versions of the built areas: each in a folder named after its content.

The manifest of the store names the version that readers use, so that one swap of that file changes areas and cells
together. A version that no manifest names (yet) is seen by nobody.
"""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from samenspel.figures.store import AREAS, NoStore, Version, sync_folder

DRAFT = ".draft"

Written = TypeVar("Written")


class NoAreas(NoStore):
    """The store has no areas yet. The message says how to make them."""


def areas_folder(version: Version) -> Path:
    """The folder with the areas of this version of the store. Raises NoAreas when it has none."""
    if version.areas_folder is None:
        raise NoAreas("There are no areas in the figure store. Build them with: samenspel figures build")
    return version.areas_folder


def write_version(store: Path, write: Callable[[Path], Written]) -> tuple[str, Written]:
    """Have `write` fill an empty folder and keep that, whole and on disk, as a version; its name and what `write` gave.

    The caller holds the store's `write_lock`, so that any draft lying there is of a writer that is dead; it goes.
    """
    folder = store / AREAS
    folder.mkdir(parents=True, exist_ok=True)
    for dead in folder.glob(f"{DRAFT}*"):
        shutil.rmtree(dead)
    draft = folder / DRAFT
    draft.mkdir()
    try:
        written = write(draft)
        version = _content_hash(draft)
        if not (folder / version).exists():
            _sync(draft)
            draft.replace(folder / version)
            sync_folder(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return version, written


def _sync(folder: Path) -> None:
    """Have everything in the folder on disk: it is only ever named when it is whole, also after a power cut."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _content_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"{file.relative_to(folder).as_posix()} {content}\n".encode())
    return digest.hexdigest()[:16]
