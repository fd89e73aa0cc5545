# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was agreed and reviewed is never changed: triggers, beside the rights, for servers where one role does all."""

from django.db import migrations

TABLES = ("debate_agreement", "debate_review", "debate_supporter", "debate_proposal_step")

REFUSE = """
CREATE FUNCTION debate_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the history of a debate is only added to'; END $$;
"""
GUARD = "CREATE TRIGGER {0}_no_change BEFORE UPDATE OR DELETE ON {0} FOR EACH ROW EXECUTE FUNCTION debate_refuse();"
LET_GO = "DROP TRIGGER {0}_no_change ON {0};"


class Migration(migrations.Migration):
    dependencies = [("debate", "0001_agreements_reviews_proposals")]

    operations = [
        migrations.RunSQL(
            sql=REFUSE + "".join(GUARD.format(table) for table in TABLES),
            reverse_sql="".join(LET_GO.format(table) for table in TABLES) + "DROP FUNCTION debate_refuse();",
        ),
    ]
