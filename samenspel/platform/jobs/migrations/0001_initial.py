# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of failed attempts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="JobFailure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("job_id", models.BigIntegerField(db_index=True)),
                ("job_name", models.CharField(max_length=128)),
                ("attempt", models.IntegerField()),
                ("at", models.DateTimeField()),
                ("error_type", models.CharField(max_length=200)),
                ("place", models.CharField(blank=True, max_length=300)),
                ("sentence", models.TextField(blank=True)),
                ("correlation_id", models.CharField(max_length=32)),
            ],
            options={
                "db_table": "job_failure",
                "ordering": ["-at", "-id"],
            },
        ),
    ]
