# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the duty to answer puts in the menu: the public list, and the questions of who owes answers."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samenspel.platform.service import navigation
from samenspel.voice.answers.policies import ANSWERING_ROLES, WATCHING_ROLES


def _answers(request: HttpRequest) -> bool:
    # Without a session cookie nobody is logged in, and no query is needed to know it.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return bool(request.actor.holds_any(ANSWERING_ROLES))  # type: ignore[attr-defined]


def _watches(request: HttpRequest) -> bool:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return bool(request.actor.holds_any(WATCHING_ROLES))  # type: ignore[attr-defined]


def add_entries() -> None:
    """Called once, when Django starts."""
    navigation.add_to_navigation(
        "main", navigation.NavigationItem(_("Vragen en antwoorden"), "answers:list", order=40, prefix="/antwoorden/")
    )
    navigation.add_to_navigation(
        "user",
        navigation.NavigationItem(
            _("Vragen aan ons"), "answers:desk", order=30, shown=_answers, prefix="/beheer/antwoorden/"
        ),
    )
    navigation.add_to_navigation(
        "user",
        navigation.NavigationItem(
            _("Wie moet nog antwoord geven?"),
            "answers:watch",
            order=31,
            shown=_watches,
            prefix="/beheer/antwoorden/overzicht/",
        ),
    )
