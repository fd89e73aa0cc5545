# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the API: its page for people, and the place of that in the footer."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """The Django app of the API."""

    name = "samenspel.platform.api"
    label = "api"

    def ready(self) -> None:
        """Put the explanation in the footer."""
        from samenspel.platform.ui.navigation import NavigationItem, add_to_navigation

        add_to_navigation("footer", NavigationItem(label=_("Cijfers ophalen (API)"), url_name="api-page", order=40))
