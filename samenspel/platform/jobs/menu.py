# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The menu entry of the jobs, for those who may steer them."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samenspel.platform.accounts.roles import Role
from samenspel.platform.accounts.service import has_role
from samenspel.platform.ui.navigation import NavigationItem, add_to_navigation


def _steers(request: HttpRequest) -> bool:
    # Without a session cookie nobody is logged in, and no query is needed to know it.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return has_role(request.actor, Role.ADMINISTRATOR)  # type: ignore[attr-defined]


def add_entries() -> None:
    """Called once, when Django starts."""
    add_to_navigation(
        "user",
        NavigationItem(_("Taken op de achtergrond"), "jobs-overview", order=60, shown=_steers, prefix="/beheer/taken/"),
    )
