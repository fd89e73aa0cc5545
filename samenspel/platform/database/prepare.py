# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Brings a database up to date before it serves: migrations, one process at a time."""

from django.core.management import call_command
from django.db import connection

from samenspel.platform.database.roles import as_owner


def migrate_database() -> None:
    """Apply the migrations that are missing, as the owner of the schema.

    Several processes may call this together: the others wait for the first and then find nothing to do.
    """
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('samenspel migrate'))")
        try:
            call_command("migrate", interactive=False, verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('samenspel migrate'))")
