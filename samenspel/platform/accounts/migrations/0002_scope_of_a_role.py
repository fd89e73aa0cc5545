# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A role's organisation kind and team must be those of its organisation: two composite foreign keys."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_people_and_roles")]

    operations = [
        migrations.RunSQL(
            sql="""
            ALTER TABLE accounts_roleassignment
                ADD CONSTRAINT role_kind_is_of_organisation FOREIGN KEY (organisation_id, organisation_kind)
                    REFERENCES accounts_organisation (id, kind),
                ADD CONSTRAINT role_team_is_of_organisation FOREIGN KEY (team_id, organisation_id)
                    REFERENCES accounts_team (id, organisation_id);
            """,
            reverse_sql="""
            ALTER TABLE accounts_roleassignment
                DROP CONSTRAINT role_kind_is_of_organisation,
                DROP CONSTRAINT role_team_is_of_organisation;
            """,
        ),
    ]
