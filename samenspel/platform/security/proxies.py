# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who the visitor is when proxies stand in front; from nobody else such claims are taken."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from samenspel.platform.settings.proxies import TrustedProxies

FORWARDED_FOR = "HTTP_X_FORWARDED_FOR"
# What a proxy says about the visitor. Without a proxy that is trusted anybody could say it.
CLAIMS = (
    FORWARDED_FOR, "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_X_FORWARDED_SSL",
    "HTTP_X_REAL_IP", "HTTP_FORWARDED",
)  # fmt: skip
TRACE = "HTTP_TRACEPARENT"
OFFERED_TRACE = "samenspel.offered_traceparent"
"""Where the trace of a sender that is not trusted is kept: for the log line, not as the id of what it does here."""


class ProxyMiddleware:
    """The very first: from here on REMOTE_ADDR is the visitor, for throttling, the audit trail and the log alike.

    Claims of a sender that is not trusted are removed, also the one about https (SECURE_PROXY_SSL_HEADER); its
    `traceparent` is put aside.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Settle who the visitor is, then answer."""
        proxies: TrustedProxies = settings.TRUSTED_PROXIES
        peer = str(request.META.get("REMOTE_ADDR", ""))
        if proxies.count or proxies.holds(peer):
            request.META["REMOTE_ADDR"] = visitor(peer, str(request.META.get(FORWARDED_FOR, "")), proxies)
        else:
            own = settings.SECURE_PROXY_SSL_HEADER
            for claim in (*CLAIMS, *([own[0]] if own else [])):
                request.META.pop(claim, None)
            request.META[OFFERED_TRACE] = request.META.pop(TRACE, "")
        return self.get_response(request)


def visitor(peer: str, forwarded_for: str, proxies: TrustedProxies) -> str:
    """The address of the visitor: the first, counted from ourselves, that is not one of the proxies.

    Each proxy adds at the end whom it was asked by; what stands before that may have been made up by the visitor. A
    list that is too short gives its first; what is no address gives the peer.
    """
    chain = [*(word for part in forwarded_for.split(",") if (word := _address(part)) is not None), peer]
    if proxies.count:
        return chain[max(0, len(chain) - 1 - proxies.count)] or peer
    while len(chain) > 1 and proxies.holds(chain[-1]):
        chain.pop()
    return chain[-1] or peer


def _address(text: str) -> str | None:
    """ "203.0.113.7", "203.0.113.7:4711" or "[2001:db8::1]:4711" as a bare address; None when empty.

    Something else gives "": it keeps its place in the list, so that counting still works.
    """
    word = text.strip()
    if not word:
        return None
    if word.startswith("["):
        word = word[1:].partition("]")[0]
    elif word.count(":") == 1:
        word = word.partition(":")[0]
    try:
        return str(ipaddress.ip_address(word))
    except ValueError:
        return ""
