# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Headers on every answer, and a refusal as a page with its sentence."""

from collections.abc import Callable

import structlog
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect

from samenspel.platform.accounts.policies import NotLoggedIn, SecondFactorMissing
from samenspel.platform.policies import Refusal
from samenspel.platform.security import errors

log = structlog.get_logger(__name__)

# Everything a page of ours never needs; passkeys only for ourselves.
PERMISSIONS = ", ".join(
    [f"{feature}=()" for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
        "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone",
        "midi", "payment", "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
    )]
    + [f"{feature}=(self)" for feature in ("publickey-credentials-create", "publickey-credentials-get")]
)  # fmt: skip


class HeadersMiddleware:
    """Adds what browsers need to know to protect the visitor, on every answer: pages, errors, redirects, static files.

    Stands first, before the middleware that serves static files. Pages for people who are logged in are not kept by
    any cache, so that the next user of a shared computer cannot go back to them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = CSPMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers that are not there yet."""
        response = self.get_response(request)
        if "Content-Security-Policy" not in response.headers:
            self.policy.process_response(request, response)
        for name, value in (
            ("Permissions-Policy", PERMISSIONS),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
            ("X-Frame-Options", settings.X_FRAME_OPTIONS),
            ("X-Permitted-Cross-Domain-Policies", "none"),
        ):
            response.headers.setdefault(name, value)
        if settings.SECURE_HSTS_SECONDS and request.is_secure() and "Strict-Transport-Security" not in response.headers:
            response.headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
        if getattr(request, "has_private_answer", False):
            response.headers["Cache-Control"] = "no-store, private"
        return response


class RefusalMiddleware:
    """Turns a Refusal into what the visitor needs: the log-in page, the second factor, or the sentence (403)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through; mark answers to people who are logged in as private."""
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            request.has_private_answer = True  # type: ignore[attr-defined]
        if isinstance(response, HttpResponseNotAllowed):  # Django's own has no text at all
            return errors.error_page(request, 405, headers={"Allow": response.headers["Allow"]})
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal in a view."""
        if not isinstance(exception, Refusal):
            return None
        return refuse(request, exception)


def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The answer to a refused browser request. Parts of a page (htmx) are told to load the whole next page."""
    goal: str | None = None
    if isinstance(refusal, NotLoggedIn):
        back = request.get_full_path() if request.method == "GET" and not _is_fragment(request) else "/"
        goal = redirect_to_login(back).url
    elif isinstance(refusal, SecondFactorMissing):
        goal = redirect("accounts-second-factor").url
    if goal is None:
        log.info("refused", path_kind=getattr(request.resolver_match, "route", ""))
        return errors.refused(request, str(refusal))
    if _is_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": goal})
    return redirect(goal)


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
