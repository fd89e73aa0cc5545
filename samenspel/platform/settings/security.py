# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Settings of sessions, cookies, headers and throttling."""

import environ

from samenspel.platform.settings.proxies import read_trusted_proxies

env = environ.Env()

HTTPS = env.bool("SAMENSPEL_HTTPS", default=False)
# The proxies in front that are believed about the visitor's address, and about https: how many, or their addresses.
TRUSTED_PROXIES = read_trusted_proxies(env("TRUSTED_PROXIES", default=""))
# The header by which they say that the visitor came over https; they must always overwrite it.
_proxy_header = env("SECURE_PROXY_SSL_HEADER", default="X-Forwarded-Proto")
SECURE_PROXY_SSL_HEADER = (
    (f"HTTP_{_proxy_header.upper().replace('-', '_').removeprefix('HTTP_')}", "https") if TRUSTED_PROXIES else None
)
SECURE_SSL_REDIRECT = HTTPS and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = HTTPS and env.bool("SECURE_HSTS_PRELOAD", default=False)

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "samenspel-session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
IDLE_MINUTES_STAFF = env.int("SAMENSPEL_IDLE_MINUTES_STAFF", default=30)
# A session that began with DigiD ends after 15 minutes of doing nothing (Logius, Norm DigiD).
IDLE_MINUTES_RESIDENT = env.int("SAMENSPEL_IDLE_MINUTES_RESIDENT", default=15)

CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "samenspel-csrf"
CSRF_FAILURE_VIEW = "samenspel.platform.security.errors.csrf_failure"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Throttling must count over all processes: a table of the one database, no extra service.
CACHES = {
    "default": {
        "BACKEND": "samenspel.platform.database.cache.JsonTableCache",
        "LOCATION": "samenspel_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
