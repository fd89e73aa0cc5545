# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""One change of the history is possible: words that tell who somebody is are replaced by a mark.

The database itself checks that nothing else changed: what stands between the marks stood there before, in that order.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("answers", "0002_history_stays")]

    operations = [
        migrations.RunSQL(
            sql="""
            CREATE FUNCTION only_words_went(was text, now text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
            DECLARE
                piece text;
                rest text := was;
            BEGIN
                IF now = was THEN RETURN true; END IF;
                IF position('[weggehaald]' in now) = 0 THEN RETURN false; END IF;
                FOREACH piece IN ARRAY string_to_array(now, '[weggehaald]') LOOP
                    IF piece = '' THEN CONTINUE; END IF;
                    IF position(piece in rest) = 0 THEN RETURN false; END IF;
                    rest := substr(rest, position(piece in rest) + length(piece));
                END LOOP;
                RETURN true;
            END $$;
            CREATE FUNCTION answers_only_words_go() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                as_it_was answers_step := NEW;
            BEGIN
                as_it_was.text := OLD.text;
                as_it_was.reason := OLD.reason;
                IF as_it_was IS DISTINCT FROM OLD
                    OR NOT only_words_went(OLD.text, NEW.text) OR NOT only_words_went(OLD.reason, NEW.reason) THEN
                    RAISE EXCEPTION 'the history of a question is only added to';
                END IF;
                RETURN NEW;
            END $$;
            DROP TRIGGER answers_step_no_change ON answers_step;
            CREATE TRIGGER answers_step_no_change BEFORE DELETE ON answers_step
                FOR EACH ROW EXECUTE FUNCTION answers_refuse();
            CREATE TRIGGER answers_step_only_words_go BEFORE UPDATE ON answers_step
                FOR EACH ROW EXECUTE FUNCTION answers_only_words_go();
            """,
            reverse_sql="""
            DROP TRIGGER answers_step_only_words_go ON answers_step;
            DROP TRIGGER answers_step_no_change ON answers_step;
            CREATE TRIGGER answers_step_no_change BEFORE UPDATE OR DELETE ON answers_step
                FOR EACH ROW EXECUTE FUNCTION answers_refuse();
            DROP FUNCTION answers_only_words_go();
            DROP FUNCTION only_words_went(text, text);
            """,
        ),
    ]
