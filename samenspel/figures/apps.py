# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of figures."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """The Django app of figures."""

    name = "samenspel.figures"
    label = "figures"

    def ready(self) -> None:
        """Have the figure store in every backup, copied while nobody writes in it."""
        from samenspel.figures.location import store_folder
        from samenspel.figures.store import write_lock
        from samenspel.platform.service import register_backup_folder

        register_backup_folder("figures", lambda: write_lock(store_folder()))
