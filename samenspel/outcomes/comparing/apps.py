# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of comparing: no tables, only a warm-up of web processes."""

import threading

import structlog
from django.apps import AppConfig

log = structlog.get_logger(__name__)


class ComparingConfig(AppConfig):
    """Comparisons of outcomes, computed from the figures."""

    name = "samenspel.outcomes.comparing"
    label = "comparing"

    def ready(self) -> None:
        """Have the results in memory before the first request, or under way when they are not there."""
        from samenspel.platform.service import register_warm_up

        register_warm_up("outcomes", _warm_up)


def _warm_up() -> None:
    """Read the results when they are there; else have a thread make them, so that the web process can begin.

    A web process that takes a minute to begin is taken for dead and started again, for ever. Whoever asks for a
    comparison meanwhile waits for that thread.
    """
    from samenspel.figures.service import NoStore
    from samenspel.outcomes.comparing import store

    try:
        ready = store.is_built()
    except NoStore:
        return  # `samenspel check` says so
    if ready:
        store.results()
    else:
        threading.Thread(target=_make, name="comparisons", daemon=True).start()


def _make() -> None:
    from samenspel.outcomes.comparing import store

    try:
        store.results()
    except Exception as raised:
        # The page that needs them will try again, and say what is wrong.
        log.warning("comparisons not made", exc_info=raised)
