# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The history of a question is never changed: a trigger, beside the rights, for servers where one role does all."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("answers", "0001_questions_and_steps")]

    operations = [
        migrations.RunSQL(
            sql="""
            CREATE FUNCTION answers_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'the history of a question is only added to'; END $$;
            CREATE TRIGGER answers_step_no_change BEFORE UPDATE OR DELETE ON answers_step
                FOR EACH ROW EXECUTE FUNCTION answers_refuse();
            """,
            reverse_sql="DROP TRIGGER answers_step_no_change ON answers_step; DROP FUNCTION answers_refuse();",
        ),
    ]
