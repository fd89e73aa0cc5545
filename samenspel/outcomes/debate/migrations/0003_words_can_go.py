# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""One change of what was said is possible: words that tell who somebody is are replaced by a mark.

The database checks that nothing else changed (only_words_went, of the answers).
"""

from django.db import migrations

TEXTS = {"debate_agreement": ("reservation", "reason"), "debate_review": ("text",)}


def _guard(table: str, fields: tuple[str, ...]) -> str:
    as_before = " ".join(f"as_it_was.{field} := OLD.{field};" for field in fields)
    went = " AND ".join(f"only_words_went(OLD.{field}, NEW.{field})" for field in fields)
    return f"""
    CREATE FUNCTION {table}_only_words_go() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        as_it_was {table} := NEW;
    BEGIN
        {as_before}
        IF as_it_was IS DISTINCT FROM OLD OR NOT ({went}) THEN
            RAISE EXCEPTION 'the history of a debate is only added to';
        END IF;
        RETURN NEW;
    END $$;
    DROP TRIGGER {table}_no_change ON {table};
    CREATE TRIGGER {table}_no_change BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION debate_refuse();
    CREATE TRIGGER {table}_only_words_go BEFORE UPDATE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_only_words_go();
    """


def _let_go(table: str) -> str:
    return f"""
    DROP TRIGGER {table}_only_words_go ON {table};
    DROP TRIGGER {table}_no_change ON {table};
    CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION debate_refuse();
    DROP FUNCTION {table}_only_words_go();
    """


class Migration(migrations.Migration):
    dependencies = [("debate", "0002_history_stays"), ("answers", "0003_words_can_go")]

    operations = [
        migrations.RunSQL(
            sql="".join(_guard(table, fields) for table, fields in TEXTS.items()),
            reverse_sql="".join(_let_go(table) for table in TEXTS),
        ),
    ]
