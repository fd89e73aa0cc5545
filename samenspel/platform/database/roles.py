# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The two database roles: the owner changes the schema, the web role serves people and can rewrite no history."""

from collections.abc import Iterator
from contextlib import contextmanager

OWNER = "samenspel_owner"
WEB = "samenspel_web"

_current = WEB


def current_role() -> str:
    """The role with which this process opens new connections to the embedded database."""
    return _current


@contextmanager
def as_owner() -> Iterator[None]:
    """Open new connections as the owner of the schema: for migrations, backup and restore, never for requests."""
    from django.db import connections

    global _current
    before = _current
    _current = OWNER
    connections.close_all()
    try:
        yield
    finally:
        _current = before
        connections.close_all()
