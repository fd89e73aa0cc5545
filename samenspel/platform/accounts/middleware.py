# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Per request: who acts, is the session still in use, and does a staff member have a second factor."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from samenspel.platform.accounts import sessions
from samenspel.platform.accounts.actors import NOBODY, Actor, actor_for
from samenspel.platform.accounts.policies import SecondFactorMissing
from samenspel.platform.security.middleware import refuse

# Where somebody without a second factor may go: setting one up, and out.
SETTING_UP = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_reauthenticate",
    "account_logout",
    "accounts-second-factor",
    "set_language",
}
SEEN_EVERY_SECONDS = 30  # how often "last used" is written; the idle time is exact to this


def actor_of(request: HttpRequest) -> Actor:
    """The actor of this request, built once (one query) when first asked for."""
    user = request.user
    if not user.is_authenticated:
        return NOBODY
    return actor_for(
        user,
        second_factor=sessions.has_second_factor(request),
        represents=request.session.get(sessions.REPRESENTS, ""),
    )


class ActorMiddleware:
    """Gives each request its `actor`, lazily: an anonymous page asks nothing of the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the actor."""
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)


class IdleMiddleware:
    """Ends a session that nobody used for a while; staff and residents have their own time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Log out when the time is over, else remember that the session is in use."""
        if not request.session.session_key or not request.user.is_authenticated:
            return self.get_response(request)
        now = int(time.time())
        seen = request.session.get(sessions.SEEN)
        actor: Actor = request.actor  # type: ignore[attr-defined]
        minutes = settings.IDLE_MINUTES_STAFF if actor.is_staff else settings.IDLE_MINUTES_RESIDENT
        if isinstance(seen, int) and now - seen > minutes * 60:
            request.logout_reason = "idle"  # type: ignore[attr-defined]
            logout(request)
            messages.info(
                request,
                _(
                    "U was {minutes} minuten niet bezig. Daarom bent u uitgelogd. Log opnieuw in om verder te gaan."
                ).format(minutes=minutes),
            )
            if request.method == "GET":
                return redirect_to_login(request.get_full_path())
            return redirect_to_login("/")
        if not isinstance(seen, int) or now - seen >= SEEN_EVERY_SECONDS:
            request.session[sessions.SEEN] = now
        return self.get_response(request)


class SecondFactorMiddleware:
    """A staff member who logged in with one factor first sets up a second; until then no staff role counts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Send them to the page where that is done."""
        # An anonymous visitor, and one without a session cookie, costs no query here.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return self.get_response(request)
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if not actor.waits_for_second_factor or self._may_pass(request):
            return self.get_response(request)
        return refuse(
            request, SecondFactorMissing(_("Stel eerst een tweede stap in bij het inloggen. Daarna kunt u verder."))
        )

    def _may_pass(self, request: HttpRequest) -> bool:
        try:
            name = resolve(request.path_info).url_name
        except Resolver404:
            return True  # a page that does not exist may say so
        # The API answers for itself: the staff roles do not count there either.
        return name in SETTING_UP or request.path_info.startswith((settings.STATIC_URL, "/api/", "/health/"))
