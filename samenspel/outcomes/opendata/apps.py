# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of open data: no tables, only pages and files."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpenDataConfig(AppConfig):
    """Releases, the catalogue and permanent addresses."""

    name = "samenspel.outcomes.opendata"
    label = "opendata"

    def ready(self) -> None:
        """Have releases in backups (they cannot be made again), a link, and one asked for when none is of now."""
        from samenspel.figures.service import write_lock
        from samenspel.outcomes.opendata.releases import folder
        from samenspel.platform.service import navigation, register_backup_folder, register_warm_up

        register_backup_folder("releases", lambda: write_lock(folder()))
        item = navigation.NavigationItem(label=_("Open data"), url_name="opendata:index", order=42)
        navigation.add_to_navigation("footer", item)
        register_warm_up("opendata", _ask_for_release)


def _ask_for_release() -> None:
    # Jobs need Django's models, which are not there yet when apps get ready.
    from django.db import connections

    from samenspel.outcomes.opendata.jobs import ask_for_release

    try:
        ask_for_release()
    finally:
        connections.close_all()  # that of the thread which starts the process, and serves nobody
