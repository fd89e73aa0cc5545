# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of figures."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """The Django app of figures."""

    name = "samenspel.figures"
    label = "figures"

    def ready(self) -> None:
        """Have the figures in every backup, copied while nobody writes, and read in web processes beforehand."""
        from samenspel.figures.location import store_folder
        from samenspel.figures.store import write_lock
        from samenspel.platform.service import register_backup_folder, register_warm_up

        register_backup_folder("figures", lambda: write_lock(store_folder()))
        register_warm_up("figures", _warm_up)


def _warm_up() -> None:
    # Only in a web process: this reads files and makes threads, and other commands may not need it.
    from samenspel.figures.current import warm_up

    warm_up()
