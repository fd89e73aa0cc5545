# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes the roles and the database of an embedded server; repeating it changes nothing."""

import psycopg
from psycopg import sql

from samenspel.platform.database.embedded import Connection
from samenspel.platform.database.roles import OWNER, WEB


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
