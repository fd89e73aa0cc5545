# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the repository and the data folder of this installation are."""

import os
from pathlib import Path


def repository_root() -> Path:
    """The folder that holds `samenspel/` and `data/`."""
    return Path(__file__).resolve().parents[3]


def data_folder() -> Path:
    """Where this installation keeps its database, figure store and keys.

    `SAMENSPEL_DATA` if set, else `samenspel` in XDG_DATA_HOME (by default ~/.local/share).
    The folder need not exist yet.
    """
    chosen = os.environ.get("SAMENSPEL_DATA", "")
    if chosen:
        return Path(chosen).expanduser().resolve()
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base).resolve() / "samenspel"
