# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The real figures for tests: built once per checkout, again only when the sources or the code changed."""

import fcntl
from pathlib import Path

from samenspel.figures.build import build_all, is_up_to_date


def built_store(folder: Path, sources: Path) -> Path:
    """The store in `folder`, built when it is not there or not from these sources and this program.

    Test processes that start together wait for the first one. Raises RuntimeError when a table is refused.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".test-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_up_to_date(folder, sources):
            outcome = build_all(folder, sources)
            if outcome.refused:
                raise RuntimeError(f"refused: {[result.table.key for result in outcome.refused]}")
    return folder
