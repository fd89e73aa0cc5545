# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of the cache in which log-in attempts are counted; unlogged: after a crash it may start empty."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_scope_of_a_role")]

    operations = [
        migrations.RunSQL(
            sql="""
            CREATE UNLOGGED TABLE IF NOT EXISTS samenspel_cache (
                cache_key varchar(255) NOT NULL PRIMARY KEY,
                value text NOT NULL,
                expires timestamp with time zone NOT NULL
            );
            CREATE INDEX IF NOT EXISTS samenspel_cache_expires ON samenspel_cache (expires);
            """,
            reverse_sql="DROP TABLE IF EXISTS samenspel_cache;",
        ),
    ]
