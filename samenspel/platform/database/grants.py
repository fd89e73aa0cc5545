# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the web role may do: everything with rows, but a model marked `append_only` can only be read and added to.

A model marked `written_by_database` is filled by triggers alone: the web role may only read it.
"""

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from psycopg import sql

from samenspel.platform.database.roles import WEB


def grant_web_role(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Grant the web role its rights on the tables that exist; run after every migration.

    Does nothing on a server without a role named samenspel_web (a DATABASE_URL installation that uses one role).
    """
    if sender.label != "contenttypes":  # the signal comes for each app with models, all after the last migration
        return
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [WEB])
        if cursor.fetchone() is None:
            return
        web = sql.Identifier(WEB)
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
        ):
            cursor.execute(sql.SQL(statement).format(web))
        for model in apps.get_models():
            if getattr(model, "append_only", False):
                cursor.execute(
                    sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(
                        sql.Identifier(model._meta.db_table), web
                    )
                )
            if getattr(model, "written_by_database", False):
                cursor.execute(
                    sql.SQL("REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(
                        sql.Identifier(model._meta.db_table), web
                    )
                )
