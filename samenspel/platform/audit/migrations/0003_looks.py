# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who looked at whom, and the processing log; guarded like the audit trail."""

from django.db import migrations, models

GUARD = """
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""
UNGUARD = "DROP TRIGGER {table}_no_change ON {table}; DROP TRIGGER {table}_no_truncate ON {table};"
TABLES = ("access_log", "processing_log")


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_chain"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("trace_id", models.CharField(max_length=32)),
                ("operation_id", models.CharField(max_length=16, unique=True)),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("read", "Read"), ("search", "Search"), ("change", "Change"), ("export", "Export")],
                        max_length=10,
                    ),
                ),
                (
                    "actor_kind",
                    models.CharField(
                        choices=[("person", "Person"), ("anonymous", "Anonymous"), ("system", "System")], max_length=10
                    ),
                ),
                ("actor_id", models.CharField(max_length=64)),
                ("actor_role", models.CharField(max_length=40)),
                ("actor_unit", models.CharField(blank=True, max_length=64)),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_id", models.CharField(max_length=120)),
                ("part", models.CharField(max_length=80)),
                ("object_id", models.CharField(blank=True, max_length=120)),
                ("purpose", models.CharField(max_length=80)),
                ("ground", models.CharField(max_length=120)),
                ("result", models.CharField(choices=[("shown", "Shown"), ("refused", "Refused")], max_length=10)),
                (
                    "origin_kind",
                    models.CharField(
                        choices=[
                            ("request", "REQUEST"),
                            ("command", "COMMAND"),
                            ("job", "JOB"),
                            ("program", "PROGRAM"),
                        ],
                        max_length=10,
                    ),
                ),
                ("origin_name", models.CharField(blank=True, max_length=200)),
                ("address_class", models.CharField(blank=True, max_length=10)),
                ("keep_until", models.DateField()),
            ],
            options={
                "db_table": "access_log",
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(fields=["subject_kind", "subject_id", "-at"], name="access_log_subject"),
                    models.Index(fields=["actor_kind", "actor_id", "-at"], name="access_log_actor"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("purpose", ""), _negated=True),
                            models.Q(("ground", ""), _negated=True),
                            models.Q(("actor_id", ""), _negated=True),
                            models.Q(("subject_id", ""), _negated=True),
                        ),
                        name="access_log_says_who_whom_and_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProcessingLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("trace_id", models.BinaryField(max_length=16)),
                ("operation_id", models.BinaryField(max_length=8, unique=True)),
                ("parent_operation_id", models.BinaryField(max_length=8, null=True)),
                ("status", models.CharField(choices=[("OK", "Ok"), ("ERROR", "Error")], max_length=5)),
                ("name", models.CharField(max_length=120)),
                ("start_time", models.DateTimeField()),
                ("end_time", models.DateTimeField()),
                ("processing_activity_id", models.CharField(max_length=300)),
                ("data_subject_id", models.BinaryField()),
                ("data_subject_id_type", models.CharField(max_length=60)),
                ("keep_until", models.DateField()),
            ],
            options={
                "db_table": "processing_log",
                "ordering": ["-start_time", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end_time__gte", models.F("start_time"))),
                        name="processing_log_ends_after_start",
                    )
                ],
            },
        ),
        *(migrations.RunSQL(GUARD.format(table=table), UNGUARD.format(table=table)) for table in TABLES),
    ]
