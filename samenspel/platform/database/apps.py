# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""After each migration the web role is granted what it may do."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DatabaseConfig(AppConfig):
    """The database app has no tables of its own."""

    name = "samenspel.platform.database"
    label = "database"

    def ready(self) -> None:
        """Grant the web role its rights after each migration."""
        from samenspel.platform.database.grants import grant_web_role

        post_migrate.connect(grant_web_role, dispatch_uid="samenspel grants")
