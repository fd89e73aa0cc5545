# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of jobs. Each app may hold a `jobs.py` that declares its jobs; procrastinate imports them."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Work that is done later."""

    name = "samenspel.platform.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Put the page of jobs in the menu of administrators."""
        from samenspel.platform.jobs.menu import add_entries

        add_entries()
