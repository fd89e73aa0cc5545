# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Releases, keys and spendings are only added to, and of a family only its memory changes: by triggers, beside rights."""

from django.db import migrations

TABLES = ("disclosure_noise_key", "disclosure_release", "disclosure_spending")


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0001_releases")]

    operations = [
        migrations.RunSQL(
            sql="""
            CREATE FUNCTION disclosure_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'the ledger of releases is only added to'; END $$;
            CREATE FUNCTION disclosure_family_kept() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'DELETE' OR (to_jsonb(OLD) - 'memory') IS DISTINCT FROM (to_jsonb(NEW) - 'memory') THEN
                    RAISE EXCEPTION 'of a family of figures only the memory changes';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER disclosure_family_kept BEFORE UPDATE OR DELETE ON disclosure_family
                FOR EACH ROW EXECUTE FUNCTION disclosure_family_kept();
            """,
            reverse_sql="""
            DROP TRIGGER disclosure_family_kept ON disclosure_family;
            DROP FUNCTION disclosure_family_kept();
            DROP FUNCTION disclosure_refuse();
            """,
        ),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION disclosure_refuse();",
                f"DROP TRIGGER {table}_no_change ON {table};",
            )
            for table in TABLES
        ),
    ]
