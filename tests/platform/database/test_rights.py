# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the tests ask of the program runs with the rights it has when it serves people."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from samenspel.platform.database.roles import OWNER, WEB

pytestmark = pytest.mark.django_db


def ask(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return str(cursor.fetchone()[0])


def log_in(client: Client) -> int:
    answer = client.post("/inloggen/", {"login": "anna@zwolle.example", "password": "vier rode fietsen"})
    return int(answer.status_code)


def test_a_missing_grant_fails_a_request_and_the_test_stays_the_owner(client: Client) -> None:
    assert log_in(client) == 200
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE SELECT ON accounts_user FROM {WEB}")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        log_in(client)
    assert ask("SELECT current_user") == OWNER
