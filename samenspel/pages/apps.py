# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of pages."""

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """The pages that anyone may read, and their places in header and footer."""

    name = "samenspel.pages"
    label = "pages"

    def ready(self) -> None:
        """Put the pages in the navigation."""
        from samenspel.platform.service import navigation

        entries: tuple[tuple[navigation.Place, Promise, str, str, int], ...] = (
            ("main", _("Begin"), "pages:home", "", 10),
            ("main", _("Zoek uw gemeente"), "pages:search", "/gemeente/", 20),
            ("main", _("Wat cijfers betekenen"), "pages:indicators", "/indicator/", 30),
            ("main", _("Over Samenspel"), "pages:about", "", 90),
            ("footer", _("Toegankelijkheid"), "pages:accessibility", "", 10),
            ("footer", _("Privacy"), "pages:privacy", "", 20),
            ("footer", _("Bronnen van de cijfers"), "pages:sources", "", 30),
        )
        for place, label, url_name, prefix, order in entries:
            navigation.add_to_navigation(
                place, navigation.NavigationItem(label=label, url_name=url_name, order=order, prefix=prefix)
            )
