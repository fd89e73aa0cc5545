# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requests of the test client with the rights of the web role: a missing GRANT fails a test, not a visitor."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from psycopg.pq import TransactionStatus

from samenspel.platform.database.roles import WEB


@contextmanager
def requests_as_web_role() -> Iterator[None]:
    """From here on each request of a test client runs as the web role, on the connection of the test."""
    ask = Client.request

    def as_web(client: Client, **request: Any) -> Any:
        with _web_role():
            return ask(client, **request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", as_web)
        yield


@contextmanager
def _web_role() -> Iterator[None]:
    try:
        connection.ensure_connection()
    except RuntimeError:  # pytest-django: this test may not use the database
        yield
        return
    _say(f"SET ROLE {WEB}")
    try:
        yield
    finally:
        _say("RESET ROLE")


def _say(statement: str) -> None:
    # On the driver's connection: queries that a test counts are those of the program. A connection that the request
    # closed, or a transaction that failed, takes the role along.
    raw = connection.connection
    if raw is not None and not raw.closed and raw.info.transaction_status != TransactionStatus.INERROR:
        raw.execute(statement)
