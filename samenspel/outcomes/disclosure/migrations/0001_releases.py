# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Families of figures, the keys of their noise, their releases and what those cost."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Family",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80, unique=True)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("suppression", "SUPPRESSION"),
                            ("cell_key", "CELL_KEY"),
                            ("rounding", "ROUNDING"),
                            ("laplace", "LAPLACE"),
                        ],
                        max_length=20,
                    ),
                ),
                ("population", models.CharField(max_length=80)),
                ("definition", models.TextField()),
                ("coin", models.BinaryField()),
                ("memory", models.BinaryField(null=True)),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "db_table": "disclosure_family",
                "ordering": ["key"],
            },
        ),
        migrations.CreateModel(
            name="NoiseKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key_id", models.CharField(max_length=16, unique=True)),
                ("sealed", models.BinaryField()),
                ("drawn_at", models.DateTimeField(auto_now_add=True)),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="noise_keys", to="disclosure.family"
                    ),
                ),
            ],
            options={
                "db_table": "disclosure_noise_key",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("period", models.CharField(max_length=20)),
                ("computed", models.PositiveIntegerField()),
                ("key_id", models.CharField(blank=True, max_length=16)),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("batch", "BATCH"),
                            ("waiting", "WAITING"),
                            ("earlier", "EARLIER"),
                            ("budget", "BUDGET"),
                        ],
                        max_length=20,
                    ),
                ),
                ("cells", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="disclosure.family"
                    ),
                ),
            ],
            options={
                "db_table": "disclosure_release",
                "ordering": ["family_id", "number"],
            },
        ),
        migrations.CreateModel(
            name="Spending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("population", models.CharField(max_length=80)),
                ("year", models.PositiveSmallIntegerField()),
                ("epsilon", models.CharField(max_length=40)),
                (
                    "release",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="spending", to="disclosure.release"
                    ),
                ),
            ],
            options={
                "db_table": "disclosure_spending",
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(fields=("family", "number"), name="disclosure_release_number"),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(fields=("family", "period"), name="disclosure_release_period"),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(
                condition=models.Q(("computed", models.F("number")), models.Q(("key_id", ""), _negated=True)),
                fields=("key_id",),
                name="disclosure_release_key_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1), ("computed__gte", 1), ("computed__lte", models.F("number"))),
                name="disclosure_release_computed_before",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("computed", models.F("number")), ("cells", ""), _connector="OR"),
                name="disclosure_release_cells_once",
            ),
        ),
        migrations.AddIndex(
            model_name="spending",
            index=models.Index(fields=["population", "year"], name="disclosure_spending_year"),
        ),
    ]
