# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who log in, organisations, teams and the roles they hold."""

    name = "samenspel.platform.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to log-ins, and put the entries of accounts in the menu."""
        from samenspel.platform.accounts import signals  # noqa: F401
        from samenspel.platform.accounts.menu import add_entries

        add_entries()
