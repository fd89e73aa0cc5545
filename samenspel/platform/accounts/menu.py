# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What accounts put in the menu: log in, log out, how you log in, and people and roles for who may see them."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samenspel.platform.accounts.policies import can_see_roles
from samenspel.platform.ui.navigation import NavigationItem, add_to_navigation


def _is_known(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES and bool(request.user.is_authenticated)


def _is_anonymous(request: HttpRequest) -> bool:
    return not _is_known(request)


def _sees_roles(request: HttpRequest) -> bool:
    return _is_known(request) and can_see_roles(request.actor)  # type: ignore[attr-defined]


def _in_demo(request: HttpRequest) -> bool:
    return bool(settings.DEMO) and _is_anonymous(request)


def add_entries() -> None:
    """Register the entries; run once when Django starts."""
    for item in (
        NavigationItem(_("Demo: kijk als een ander"), "demo-people", order=5, shown=_in_demo),
        NavigationItem(_("Inloggen"), "account_login", order=10, shown=_is_anonymous),
        NavigationItem(_("Mensen en rollen"), "accounts-people", order=20, shown=_sees_roles, prefix="/beheer/mensen/"),
        NavigationItem(_("Hoe u inlogt"), "mfa_index", order=80, shown=_is_known),
        NavigationItem(_("Log uit"), "account_logout", order=90, shown=_is_known, post=True),
    ):
        add_to_navigation("user", item)
