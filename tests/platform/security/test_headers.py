# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Headers on every kind of answer."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db

ANSWERS = {
    "a page": ("get", "/ui/", 200),
    "a form": ("get", "/inloggen/", 200),
    "a redirect": ("get", "/beheer/mensen/", 302),
    "a page that does not exist": ("get", "/bestaat-niet/", 404),
    "a method that is not allowed": ("get", "/demo/stap-uit/", 405),
    "a static file": ("get", "/static/ui/samenspel.css", 200),
    "a static file that does not exist": ("get", "/static/ui/nothing.css", 404),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_has_them(client: Client, kind: str) -> None:
    method, address, status = ANSWERS[kind]
    answer = getattr(client, method)(address)
    answer.close()
    assert answer.status_code == status
    policy = answer["Content-Security-Policy"]
    for part in (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ):
        assert part in policy
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert "camera=()" in answer["Permissions-Policy"] and "geolocation=()" in answer["Permissions-Policy"]
    assert "Strict-Transport-Security" not in answer
    assert "Server" not in answer and "X-Powered-By" not in answer


def test_an_unknown_host_is_refused_with_headers(client: Client) -> None:
    answer = client.get("/ui/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_https_only_when_the_visitor_came_by_https(client: Client, settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert client.get("/ui/", secure=True)["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in client.get("/ui/")


def test_cookies(client: Client) -> None:
    client.get("/inloggen/")
    cookie = client.cookies["samenspel-csrf"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert "samenspel-session" not in client.cookies


def in_another_process(expression: str, **environment: str) -> Any:
    """What a setting is, with these environment variables."""
    done = subprocess.run(
        [sys.executable, "-c", f"from django.conf import settings as s; print({expression})"],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3],
        env={
            "PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "samenspel.platform.settings.test",
            "SAMENSPEL_DATA": str(django_settings.DATA_FOLDER), **environment,
        },
    )  # fmt: skip
    return done.stdout.strip().splitlines()[-1]


def test_https_makes_cookies_secure_and_redirects() -> None:
    expression = (
        "[s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME,"
        " s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.SECURE_PROXY_SSL_HEADER,"
        " s.ALLOWED_HOSTS, s.TRUSTED_PROXIES.count]"
    )
    assert in_another_process(
        expression,
        SAMENSPEL_HTTPS="1",
        ALLOWED_HOSTS="samen.zwolle.example",
        TRUSTED_PROXIES="1",
    ) == str(
        [True, True, "__Host-session", "__Host-csrf", True, 31_536_000, ("HTTP_X_FORWARDED_PROTO", "https"),
         ["samen.zwolle.example"], 1]
    )  # fmt: skip


def test_without_any_setting_nothing_is_trusted() -> None:
    assert in_another_process("[s.DEBUG, s.SECURE_PROXY_SSL_HEADER, s.ALLOWED_HOSTS, bool(s.TRUSTED_PROXIES)]") == str(
        [False, None, ["localhost", "127.0.0.1", "[::1]"], False]
    )


def test_the_mail_server_comes_from_one_address() -> None:
    told = in_another_process(
        "[s.EMAIL_BACKEND, s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD, s.EMAIL_USE_TLS,"
        " s.DEFAULT_FROM_EMAIL]",
        EMAIL_URL="smtp+tls://web:a%2Fb@mail.example:587",
        EMAIL_FROM="samen@zwolle.example",
    )
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    assert told == str([smtp, "mail.example", 587, "web", "a/b", True, "samen@zwolle.example"])
    assert in_another_process("s.EMAIL_BACKEND") == "samenspel.platform.mail.NotConfigured"
    assert in_another_process("s.EMAIL_BACKEND", SAMENSPEL_DEMO="1").endswith("console.EmailBackend")
