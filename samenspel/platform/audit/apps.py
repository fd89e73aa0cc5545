# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the audit trail; it collects the registered actions of all parts."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AuditConfig(AppConfig):
    """Every app may hold an `events.py` that registers its audit actions."""

    name = "samenspel.platform.audit"
    label = "audit"

    def ready(self) -> None:
        """Import each app's `events.py`, so that all actions are known to readers; put the trail in the menu."""
        from samenspel.platform.audit.menu import add_entries

        autodiscover_modules("events")
        add_entries()
