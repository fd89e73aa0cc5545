# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes the roles and the database of an embedded server; repeating it changes nothing."""

from pathlib import Path

import psycopg
from psycopg import sql

from samenspel.platform.database.embedded import Connection, ensure_running
from samenspel.platform.database.roles import OWNER, WEB

DATABASE_NAME = "samenspel"
_ready: dict[Path, Connection] = {}


def ready_server(data_folder: Path) -> Connection:
    """The running server of this data folder, with its roles and database; looked after once in each process."""
    if data_folder not in _ready:
        server = ensure_running(data_folder)
        ensure_database(server, DATABASE_NAME)
        _ready[data_folder] = server
    return _ready[data_folder]


def ensure_database(server: Connection, name: str) -> None:
    """Make the owner role, the web role and the database `name` where they do not exist yet."""
    with psycopg.connect(
        host=server.socket_folder, user=server.user, password=server.password, dbname="postgres", autocommit=True
    ) as connection:
        # Two processes may start together: the second waits here and then finds everything in place.
        connection.execute("SELECT pg_advisory_lock(hashtext('samenspel bootstrap'))")
        for role in (OWNER, WEB):
            exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            if not exists:
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS {} PASSWORD {}").format(
                        sql.Identifier(role),
                        sql.SQL("CREATEDB" if role == OWNER else "NOCREATEDB"),
                        sql.Literal(server.password),
                    )
                )
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER))
            )
            connection.execute(sql.SQL("REVOKE CONNECT ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
            connection.execute(
                sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(name), sql.Identifier(WEB))
            )
