# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the web role may do: everything with rows, but a model marked `append_only` can only be read and added to.

The number of such a row is given by the database. A model marked `written_by_database` is filled by triggers alone: the
web role may only read it, and the list of applied migrations too.
"""

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import AutoField, Model
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
        # Which migrations were applied is for the owner to say: a row removed here breaks the next start.
        read_only = [MigrationRecorder.Migration._meta.db_table]
        for model in apps.get_models():
            table = sql.Identifier(model._meta.db_table)
            if getattr(model, "written_by_database", False):
                read_only.append(model._meta.db_table)
            elif getattr(model, "append_only", False):
                # Revoking INSERT on the table also revokes it on the columns, so that this can be done again.
                cursor.execute(sql.SQL("REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(table, web))
                columns = sql.SQL(", ").join(sql.Identifier(name) for name in _chosen_columns(model))
                cursor.execute(sql.SQL("GRANT INSERT ({}) ON {} TO {}").format(columns, table, web))
                # Texts out of which words can be taken; a trigger sees to it that nothing else happens to them.
                if texts := getattr(model, "words_can_go", ()):
                    corrected = sql.SQL(", ").join(sql.Identifier(name) for name in texts)
                    cursor.execute(sql.SQL("GRANT UPDATE ({}) ON {} TO {}").format(corrected, table, web))
        for name in read_only:
            cursor.execute(
                sql.SQL("REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(sql.Identifier(name), web)
            )


def _chosen_columns(model: type[Model]) -> list[str]:
    """The columns that whoever adds a row fills in; the number of the row is the database's."""
    return [str(field.column) for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
