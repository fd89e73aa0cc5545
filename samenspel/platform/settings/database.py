# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""DATABASE_URL as Django's settings of a database, or a sentence that says what is wrong with it."""

from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

SHAPE = "postgresql://user:password@host:5432/database"
SCHEMES = frozenset({"postgres", "postgresql", "pgsql"})


def database_from(url: str) -> dict[str, Any]:
    """The settings for this address; for an empty one those of the embedded database.

    Raises ImproperlyConfigured for another kind of database, no name, or something unreadable. The address is not
    repeated in it, because there is a password in it.
    """
    if not url:
        return {"NAME": "samenspel", "EMBEDDED": True}
    try:
        parts = urlsplit(url)
        scheme, name, _ = parts.scheme, parts.path.strip("/"), parts.port
        found = dict(environ.Env.db_url_config(url)) if scheme in SCHEMES else {}
    except (ValueError, TypeError, KeyError, ImproperlyConfigured):
        raise ImproperlyConfigured(
            f"DATABASE_URL cannot be read. It must look like {SHAPE}; write a character such as / # ? @ or : in the "
            "password as % and its number (%2F, %23, %3F, %40, %3A)."
        ) from None
    if scheme not in SCHEMES:
        raise ImproperlyConfigured(
            f"DATABASE_URL must begin with postgresql://, because Samenspel works with PostgreSQL only. "
            f"It must look like {SHAPE}."
        )
    if not name:
        raise ImproperlyConfigured(f"DATABASE_URL names no database. It must look like {SHAPE}.")
    return {**found, "EMBEDDED": False}
