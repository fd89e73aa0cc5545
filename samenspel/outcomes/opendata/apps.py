# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of open data: no tables, only pages and files."""

from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    """Releases, the catalogue and permanent addresses."""

    name = "samenspel.outcomes.opendata"
    label = "opendata"

    def ready(self) -> None:
        """Have releases in backups: they cannot be made again."""
        from samenspel.figures.service import write_lock
        from samenspel.outcomes.opendata.releases import folder
        from samenspel.platform.service import register_backup_folder

        register_backup_folder("releases", lambda: write_lock(folder()))
