# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a web process does before its first request, so that the first visitor does not wait for it.

It runs in each web process, after the fork: libraries may keep threads, which do not live on in a forked process.
"""

import time
from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)

Run = Callable[[], None]

_registered: dict[str, Run] = {}


def register_warm_up(name: str, run: Run) -> None:
    """Have `run` called in each new web process; registering a name again replaces it. Call it in `ready`.

    What it raises is logged and keeps no process from serving: the page that needs it will say what is wrong.
    """
    _registered[name] = run


def warm_up() -> None:
    """Run all that was registered, in that order."""
    for name, run in _registered.items():
        begin = time.perf_counter()
        try:
            run()
        except Exception as raised:
            log.warning("warm-up failed", part=name, exc_info=raised)
        else:
            log.debug("warmed up", part=name, seconds=round(time.perf_counter() - begin, 2))
