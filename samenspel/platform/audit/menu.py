# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The menu entry of the audit trail, for those who may read it."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samenspel.platform.audit.policies import READERS
from samenspel.platform.ui.navigation import NavigationItem, add_to_navigation


def _reads(request: HttpRequest) -> bool:
    # Without a session cookie nobody is logged in, and no query is needed to know it.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return bool(request.actor.holds_any(READERS))  # type: ignore[attr-defined]


def add_entries() -> None:
    """Called once, when Django starts."""
    add_to_navigation(
        "user", NavigationItem(_("Logboek"), "audit-trail", order=70, shown=_reads, prefix="/beheer/logboek/")
    )
