# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A visitor cannot choose the own address; behind trusted proxies it is the right one."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from samenspel.platform.audit.origin import current_origin
from samenspel.platform.request_log import RequestLogMiddleware
from samenspel.platform.security.proxies import ProxyMiddleware, visitor
from samenspel.platform.settings.proxies import TrustedProxies, read_trusted_proxies

VISITOR, INNER, OUTER = "203.0.113.7", "10.0.0.5", "10.0.0.6"


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded_for", "expected"),
    [
        ("1", INNER, VISITOR, VISITOR),
        ("1", INNER, f"198.51.100.1, {VISITOR}", VISITOR),  # the visitor made up the first
        ("2", INNER, f"198.51.100.1, {VISITOR}, {OUTER}", VISITOR),
        ("2", INNER, VISITOR, VISITOR),
        ("1", INNER, "", INNER),
        ("1", INNER, "unknown", INNER),
        ("10.0.0.5", INNER, f"{VISITOR}, unknown", INNER),
        ("1", INNER, "[2001:db8::7]:4711", "2001:db8::7"),
        ("1", INNER, f"{VISITOR}:4711", VISITOR),
        ("10.0.0.0/24", INNER, f"198.51.100.1, {VISITOR}, {OUTER}", VISITOR),
        ("10.0.0.5", INNER, f"198.51.100.1, {OUTER}", OUTER),
        ("10.0.0.5", f"::ffff:{INNER}", VISITOR, VISITOR),
        ("10.0.0.0/24", INNER, f"{OUTER}", OUTER),
    ],
)
def test_the_visitor_is_the_first_that_is_no_proxy(trusted: str, peer: str, forwarded_for: str, expected: str) -> None:
    assert visitor(peer, forwarded_for, read_trusted_proxies(trusted)) == expected


@given(st.text(max_size=40), st.integers(1, 3))
def test_what_the_visitor_claims_does_not_matter(claimed: str, count: int) -> None:
    honest = ", ".join([VISITOR, *[OUTER] * (count - 1)])
    assert visitor(INNER, f"{claimed},{honest}", TrustedProxies(count=count)) == VISITOR


def seen(**meta: str) -> tuple[str, str, bool]:
    """REMOTE_ADDR, the class of address in the audit trail, and whether it came over https."""
    found: list[tuple[str, str, bool]] = []

    def view(request: HttpRequest) -> HttpResponse:
        found.append((request.META["REMOTE_ADDR"], current_origin().address_class, request.is_secure()))
        return HttpResponse()

    ProxyMiddleware(RequestLogMiddleware(view))(RequestFactory().get("/", **meta))
    return found[0]


CLAIM = {"HTTP_X_FORWARDED_FOR": "127.0.0.1", "HTTP_X_FORWARDED_PROTO": "https"}


def test_without_a_trusted_proxy_nobody_is_believed(settings: Settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert seen(REMOTE_ADDR="93.184.216.34", **CLAIM) == ("93.184.216.34", "public", False)
    settings.TRUSTED_PROXIES = read_trusted_proxies(INNER)
    assert seen(REMOTE_ADDR="93.184.216.34", **CLAIM) == ("93.184.216.34", "public", False)


def test_behind_a_trusted_proxy_the_visitor_is_known(settings: Settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.TRUSTED_PROXIES = read_trusted_proxies("1")
    passed_on = {"HTTP_X_FORWARDED_FOR": "127.0.0.1, 93.184.216.34", "HTTP_X_FORWARDED_PROTO": "https"}
    assert seen(REMOTE_ADDR=INNER, **passed_on) == ("93.184.216.34", "public", True)


@pytest.mark.parametrize("text", ["proxy.example", "1,2.x", "10.0.0.1/8", "-1"])
def test_an_unreadable_setting_is_said_in_a_sentence(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES must be a number of proxies"):
        read_trusted_proxies(text)


def test_it_stands_before_all_that_use_the_address(settings: Settings) -> None:
    assert settings.MIDDLEWARE[0] == "samenspel.platform.security.proxies.ProxyMiddleware"
