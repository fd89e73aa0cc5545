# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The results on disk: a JSON file per version in `<DATA_FOLDER>/outcomes/`, written whole, made once, kept in memory.

Whoever needs a version that is not there makes it, under a lock: others wait and then read it. A process that is killed
leaves a draft, which the next one removes. The version before stays, for readers who began with it.
"""

import json
from pathlib import Path
from threading import RLock
from typing import Any

from django.conf import settings

from samenspel.figures.service import one_version, write_bytes, write_lock
from samenspel.outcomes.comparing.build import Progress, make_all, no_progress, version_of_results

KEPT = 2

_memory: dict[Path, dict[str, Any]] = {}
# A thread that makes the results holds it meanwhile: other threads of this process wait for those results anyway.
_memory_lock = RLock()


def folder() -> Path:
    """Where the results of this installation are."""
    return Path(settings.DATA_FOLDER) / "outcomes"


def _file(version: str) -> Path:
    return folder() / f"comparing-{version}.json"


def is_built() -> bool:
    """Whether the results of the current figures are on disk. Raises NoStore without figures."""
    return _file(version_of_results()).exists()


def bring_up_to_date(*, progress: Progress = no_progress, anew: bool = False) -> bool:
    """Make the results of the current figures when they are not there, or `anew`; whether they were made.

    Raises NoStore without figures.
    """
    with one_version():
        path = _file(version_of_results())
        if path.exists() and not anew:
            return False
        with write_lock(folder()):
            if path.exists() and not anew:
                return False  # another process made them while this one waited
            _clean(path)
            content = json.dumps(make_all(progress), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
            write_bytes(path, content.encode())
    with _memory_lock:
        _memory.pop(path, None)
    return True


def results() -> dict[str, Any]:
    """The results of the current figures, from memory, from disk, or made now. Raises NoStore without figures."""
    with one_version():
        path = _file(version_of_results())
        found = _memory.get(path)
        if found is not None:
            return found
        with _memory_lock:
            found = _memory.get(path)
            if found is None:
                bring_up_to_date()
                found = json.loads(path.read_bytes())
                assert isinstance(found, dict)
                while len(_memory) >= KEPT:
                    _memory.pop(next(iter(_memory)))
                _memory[path] = found
        return found


def _clean(coming: Path) -> None:
    """Remove drafts of the dead and all versions but the newest, which readers may still be reading."""
    for draft in folder().glob(".draft-*"):
        draft.unlink(missing_ok=True)
    old = sorted(folder().glob("comparing-*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in [path for path in old if path != coming][KEPT - 1 :]:
        path.unlink(missing_ok=True)
