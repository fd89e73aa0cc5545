# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Settings of outgoing mail: EMAIL_URL; without it the demo prints mails, and elsewhere nothing is sent."""

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

_url = env("EMAIL_URL", default="")
try:
    _found = dict(environ.Env.email_url_config(_url)) if _url else {}
    _found = {key: value for key, value in _found.items() if key.startswith("EMAIL_")}
except (ImproperlyConfigured, ValueError, KeyError, TypeError):
    raise ImproperlyConfigured(
        "EMAIL_URL cannot be read. It must look like smtp+tls://user:password@host:587 (STARTTLS), smtp+ssl://… or "
        "smtp://host:25; write a character such as / # ? @ or : in the password as % and its number (%2F)."
    ) from None

EMAIL_BACKEND = _found.get("EMAIL_BACKEND") or (
    "django.core.mail.backends.console.EmailBackend"
    if env.bool("SAMENSPEL_DEMO", default=False)
    else "samenspel.platform.mail.NotConfigured"
)
EMAIL_HOST = _found.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _found.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _found.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _found.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = bool(_found.get("EMAIL_USE_TLS"))
EMAIL_USE_SSL = bool(_found.get("EMAIL_USE_SSL"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", default="samenspel@localhost")
