# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of the audit trail."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "db_table": "audit_head",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="AuditLink",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event_id", models.BigIntegerField(unique=True)),
                ("version", models.SmallIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "db_table": "audit_link",
                "ordering": ["seq"],
            },
        ),
        migrations.CreateModel(
            name="AuditTurn",
            fields=[
                ("event_id", models.BigIntegerField(primary_key=True, serialize=False)),
            ],
            options={
                "db_table": "audit_turn",
                "ordering": ["event_id"],
            },
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "actor_kind",
                    models.CharField(
                        choices=[("person", "Person"), ("anonymous", "Anonymous"), ("system", "System")], max_length=10
                    ),
                ),
                ("actor_id", models.CharField(blank=True, max_length=64)),
                ("actor_role", models.CharField(blank=True, max_length=40)),
                ("action", models.CharField(max_length=80)),
                ("object_kind", models.CharField(max_length=60)),
                ("object_id", models.CharField(max_length=120)),
                (
                    "result",
                    models.CharField(
                        choices=[("done", "Done"), ("refused", "Refused"), ("failed", "Failed")], max_length=10
                    ),
                ),
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
                ("correlation_id", models.CharField(max_length=32)),
                ("detail", models.TextField(default="{}")),
            ],
            options={
                "db_table": "audit_event",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["object_kind", "object_id", "-id"], name="audit_event_object"),
                    models.Index(fields=["actor_kind", "actor_id", "-id"], name="audit_event_actor"),
                    models.Index(fields=["correlation_id"], name="audit_event_correlation"),
                ],
            },
        ),
    ]
