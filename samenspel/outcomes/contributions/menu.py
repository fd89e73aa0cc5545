# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What contributions put in the menu: stories for everybody, one's own when logged in, moderation for who does that."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samenspel.outcomes.contributions.policies import can_review
from samenspel.platform.service import navigation


def _is_known(request: HttpRequest) -> bool:
    # Without a session cookie nobody is logged in, and no query is needed to know it.
    return settings.SESSION_COOKIE_NAME in request.COOKIES and bool(request.actor.is_known)  # type: ignore[attr-defined]


def _reviews(request: HttpRequest) -> bool:
    return _is_known(request) and can_review(request.actor)  # type: ignore[attr-defined]


def add_entries() -> None:
    """Register the entries; run once when Django starts."""
    item = navigation.NavigationItem
    navigation.add_to_navigation("main", item(_("Verhalen"), "contributions:list", order=35, prefix="/verhalen/"))
    navigation.add_to_navigation("user", item(_("Mijn verhalen"), "contributions:mine", order=25, shown=_is_known))
    navigation.add_to_navigation(
        "user",
        item(
            _("Verhalen beoordelen"), "contributions:reviews", order=28, shown=_reviews, prefix="/verhalen/beoordelen/"
        ),
    )
