# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of contributions."""

from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    """Texts of people about figures, their life cycle and their moderation."""

    name = "samenspel.outcomes.contributions"
    label = "contributions"

    def ready(self) -> None:
        """Make the actions and purposes of the audit trail known, and put the pages in the navigation."""
        from samenspel.outcomes.contributions import events  # noqa: F401
        from samenspel.outcomes.contributions.menu import add_entries
        from samenspel.outcomes.contributions.owing import register_kinds

        add_entries()
        register_kinds()
