# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The time of an event is that of the database's clock: whoever may add events cannot date one earlier or later."""

from django.db import migrations

TIME = """
CREATE FUNCTION audit_set_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;

CREATE TRIGGER audit_event_time BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_set_time();
"""

UNDO = """
DROP TRIGGER audit_event_time ON audit_event;
DROP FUNCTION audit_set_time();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_looks")]

    operations = [migrations.RunSQL(TIME, UNDO)]
