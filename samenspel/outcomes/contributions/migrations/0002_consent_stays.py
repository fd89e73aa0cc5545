# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Consent is never changed, only given or withdrawn: a trigger, beside the rights, for servers where one role does all."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contributions", "0001_contributions")]

    operations = [
        migrations.RunSQL(
            sql="""
            CREATE FUNCTION contributions_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'consent is only added to'; END $$;
            CREATE TRIGGER contributions_consent_no_change BEFORE UPDATE OR DELETE ON contributions_consent
                FOR EACH ROW EXECUTE FUNCTION contributions_refuse();
            """,
            reverse_sql="""
            DROP TRIGGER contributions_consent_no_change ON contributions_consent;
            DROP FUNCTION contributions_refuse();
            """,
        ),
    ]
