# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of comparing: no tables, only a warm-up of web processes."""

from django.apps import AppConfig


class ComparingConfig(AppConfig):
    """Comparisons of outcomes, computed from the figures."""

    name = "samenspel.outcomes.comparing"
    label = "comparing"

    def ready(self) -> None:
        """Have the results in memory before the first request, made when they are not there."""
        from samenspel.platform.service import register_warm_up

        register_warm_up("outcomes", _warm_up)


def _warm_up() -> None:
    from samenspel.figures.service import NoStore
    from samenspel.outcomes.comparing.store import results

    try:
        results()
    except NoStore:
        return  # `samenspel check` says so
