# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The triggers that bind each event to the one before and that refuse every rewriting, by whomever."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are never changed or removed: % is refused.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation',
              HINT = 'Record a new event that says what should have been.';
END $$;

CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_link_no_change BEFORE UPDATE OR DELETE ON audit_link
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_link_no_truncate BEFORE TRUNCATE ON audit_link
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head
    FOR EACH ROW WHEN (NEW.seq <> OLD.seq + 1 OR NEW.id <> OLD.id) EXECUTE FUNCTION audit_refuse();
"""

# The canonical bytes (version 1): each field as its length in 4 bytes, big-endian, and its bytes; NULL is ff ff ff ff.
# Exactly what COPY (FORMAT binary) sends, so that the verifier hashes what it receives: docs/reference/audit-chain.md.
CHAIN = """
CREATE FUNCTION audit_field(value bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT CASE WHEN value IS NULL THEN '\\xffffffff'::bytea ELSE int4send(length(value)) || value END $$;

CREATE FUNCTION audit_field(value text) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT CASE WHEN value IS NULL THEN '\\xffffffff'::bytea
          ELSE int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8') END $$;

CREATE FUNCTION audit_canonical(version smallint, seq bigint, e audit_event) RETURNS bytea LANGUAGE sql STABLE
    AS $$ SELECT audit_field(int2send(version)) || audit_field(int8send(seq)) || audit_field(int8send(e.id))
        || audit_field(timestamptz_send(e.at)) || audit_field(e.actor_kind::text) || audit_field(e.actor_id::text)
        || audit_field(e.actor_role::text) || audit_field(e.action::text) || audit_field(e.object_kind::text)
        || audit_field(e.object_id::text) || audit_field(e.result::text) || audit_field(e.origin_kind::text)
        || audit_field(e.origin_name::text) || audit_field(e.address_class::text)
        || audit_field(e.correlation_id::text) || audit_field(e.detail::text) $$;

ALTER TABLE audit_turn SET UNLOGGED;

CREATE FUNCTION audit_take_turn() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO public.audit_turn (event_id) VALUES (NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_bind() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    head public.audit_head;
    event public.audit_event;
    bound bytea;
BEGIN
    SELECT * INTO head FROM public.audit_head WHERE id = 1 FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO public.audit_head (id, seq, hash) VALUES (1, 0, sha256('samenspel audit chain'))
            ON CONFLICT (id) DO NOTHING;
        SELECT * INTO STRICT head FROM public.audit_head WHERE id = 1 FOR UPDATE;
        IF head.seq = 0 AND EXISTS (SELECT 1 FROM public.audit_link) THEN
            RAISE EXCEPTION 'The head of the audit chain is missing; nothing is recorded until it is restored.'
                USING HINT = 'Run: samenspel audit verify';
        END IF;
    END IF;
    SELECT * INTO STRICT event FROM public.audit_event WHERE id = NEW.event_id;
    bound := sha256(head.hash || public.audit_canonical(1::smallint, head.seq + 1, event));
    INSERT INTO public.audit_link (seq, event_id, version, hash) VALUES (head.seq + 1, event.id, 1, bound);
    UPDATE public.audit_head SET seq = head.seq + 1, hash = bound WHERE id = 1;
    DELETE FROM public.audit_turn WHERE event_id = NEW.event_id;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER audit_event_turn AFTER INSERT ON audit_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_take_turn();
CREATE CONSTRAINT TRIGGER audit_turn_bind AFTER INSERT ON audit_turn
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_bind();
"""

UNDO = """
DROP TRIGGER audit_turn_bind ON audit_turn;
DROP TRIGGER audit_event_turn ON audit_event;
DROP FUNCTION audit_bind(), audit_take_turn(), audit_canonical(smallint, bigint, audit_event);
DROP FUNCTION audit_field(text), audit_field(bytea);
DROP FUNCTION audit_refuse() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE + CHAIN, UNDO)]
