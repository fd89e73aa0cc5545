# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fixtures for the whole suite: the embedded PostgreSQL, used as its owner and without waiting for the disk."""

import pytest
from django.conf import settings

from samenspel.platform.database import bootstrap, roles


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Start the embedded server before the test database is made; tests need no durability."""
    import psycopg

    server = bootstrap.ready_server(settings.DATA_FOLDER)
    roles._current = roles.OWNER
    with psycopg.connect(
        host=server.socket_folder, user=server.user, password=server.password, dbname="postgres", autocommit=True
    ) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
