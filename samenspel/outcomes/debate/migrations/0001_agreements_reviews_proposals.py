# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of agreements, reviews and proposals."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_cache_table"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("municipality", models.CharField(max_length=6)),
                ("title", models.CharField(max_length=120, verbose_name="titel")),
                ("shows", models.TextField(max_length=2000, verbose_name="wat het laat zien")),
                ("measured", models.TextField(max_length=2000, verbose_name="hoe het te tellen is")),
                ("instead_of", models.CharField(blank=True, default="", max_length=60)),
                ("started_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("gathering", "Zoekt wie meedoet"),
                            ("submitted", "Ingediend"),
                            ("withdrawn", "Ingetrokken"),
                        ],
                        default="gathering",
                        max_length=20,
                    ),
                ),
                ("question", models.UUIDField(blank=True, null=True, unique=True)),
                ("adopted_as", models.CharField(blank=True, default="", max_length=60)),
                ("is_example", models.BooleanField(default=False)),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "voorstel voor een cijfer",
                "verbose_name_plural": "voorstellen voor een cijfer",
                "db_table": "debate_proposal",
                "ordering": ["-started_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ProposalStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("started", "Begonnen"),
                            ("joined", "Deed mee"),
                            ("submitted", "Ingediend"),
                            ("withdrawn", "Ingetrokken"),
                            ("adopted", "Heeft een paspoort gekregen"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="debate.proposal"
                    ),
                ),
            ],
            options={
                "verbose_name": "stap van een voorstel",
                "verbose_name_plural": "stappen van een voorstel",
                "db_table": "debate_proposal_step",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("indicator", models.CharField(max_length=60)),
                ("held_on", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("kept", "Het cijfer blijft zoals het is"),
                            ("explained", "Het cijfer blijft, de uitleg is veranderd"),
                            ("changed", "Het cijfer wordt anders berekend"),
                            ("replaced", "Er komt een ander cijfer voor in de plaats"),
                            ("dropped", "Het cijfer verdwijnt"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(max_length=4000)),
                ("next_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("is_example", models.BooleanField(default=False)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "herziening",
                "verbose_name_plural": "herzieningen",
                "db_table": "debate_review",
                "ordering": ["-held_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Supporter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("municipality", "Gemeente"),
                            ("residents", "Inwoners"),
                            ("professionals", "Mensen die het werk doen"),
                            ("organisations", "Organisatie"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="supporters", to="debate.proposal"
                    ),
                ),
            ],
            options={
                "verbose_name": "wie een voorstel draagt",
                "verbose_name_plural": "wie een voorstel dragen",
                "db_table": "debate_supporter",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("indicator", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[("agreed", "Is het eens met dit cijfer"), ("taken_back", "Trok de instemming in")],
                        max_length=20,
                    ),
                ),
                ("reservation", models.TextField(blank=True, default="", max_length=2000, verbose_name="voorbehoud")),
                ("reason", models.TextField(blank=True, default="", max_length=2000, verbose_name="reden")),
                ("at", models.DateTimeField()),
                ("is_example", models.BooleanField(default=False)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "instemming",
                "verbose_name_plural": "instemmingen",
                "db_table": "debate_agreement",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["indicator", "organisation"], name="agreement_indicator")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "agreed"), ("reason", "")),
                            models.Q(
                                ("kind", "taken_back"), ("reservation", ""), models.Q(("reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="agreement_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("indicator__regex", "^[a-z][a-z0-9_-]*$")), name="agreement_indicator_key"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["instead_of", "-started_at"], name="proposal_instead_of"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["gathering", "submitted", "withdrawn"])), name="proposal_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("municipality__regex", "^GM[0-9]{4}$")), name="proposal_municipality"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True),
                    models.Q(("shows", ""), _negated=True),
                    models.Q(("measured", ""), _negated=True),
                ),
                name="proposal_says_what_and_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("adopted_as", ""), ("question__isnull", True), ("state", "gathering")),
                    models.Q(("question__isnull", False), ("state", "submitted")),
                    models.Q(("adopted_as", ""), ("state", "withdrawn")),
                    _connector="OR",
                ),
                name="proposal_question_when_submitted",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposalstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["started", "joined", "submitted", "withdrawn", "adopted"])),
                name="proposal_step_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposalstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "joined"), _negated=True),
                fields=("proposal", "kind"),
                name="proposal_step_once_but_for_joining",
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["indicator", "-held_on", "-id"], name="review_indicator"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["kept", "explained", "changed", "replaced", "dropped"])),
                name="review_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="review_says_why"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("next_on__gt", models.F("held_on"))), name="review_next_after_held"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("indicator__regex", "^[a-z][a-z0-9_-]*$")), name="review_indicator_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="supporter",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["municipality", "residents", "professionals", "organisations"])),
                name="supporter_side_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="supporter",
            constraint=models.UniqueConstraint(fields=("proposal", "side", "organisation"), name="supporter_once"),
        ),
    ]
