# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of questions that are owed an answer, and of their history."""

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
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_id", models.CharField(max_length=120)),
                (
                    "owner",
                    models.CharField(
                        choices=[
                            ("organisation", "Een organisatie"),
                            ("administrators", "Samenspel, beheer van cijfers"),
                        ],
                        max_length=20,
                    ),
                ),
                ("municipality", models.CharField(blank=True, default="", max_length=6)),
                ("text", models.TextField(blank=True, max_length=4000, verbose_name="vraag")),
                ("asked_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Wacht op antwoord"),
                            ("answered", "Beantwoord"),
                            ("supplemented", "Beantwoord en aangevuld"),
                            ("withdrawn", "Vraag ingetrokken"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "vraag",
                "verbose_name_plural": "vragen",
                "db_table": "answers_question",
                "ordering": ["-asked_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("asked", "Gevraagd"),
                            ("extended", "Meer tijd genomen"),
                            ("answered", "Beantwoord"),
                            ("supplemented", "Antwoord aangevuld"),
                            ("withdrawn", "Vraag ingetrokken"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("text", models.TextField(blank=True, default="", max_length=8000)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Wij doen dit"),
                            ("partly", "Wij doen een deel"),
                            ("not", "Wij doen dit niet"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True, default="", max_length=2000)),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "withdrawal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("by_asker", "Wie het vroeg, heeft de vraag ingetrokken."),
                            ("subject_gone", "Het bericht waar de vraag bij hoorde, staat niet meer op deze website."),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="answers.question"
                    ),
                ),
            ],
            options={
                "verbose_name": "stap",
                "verbose_name_plural": "stappen",
                "db_table": "answers_step",
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["subject_kind", "subject_id"], name="question_subject"),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["municipality", "-asked_on", "-id"], name="question_municipality"),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["state", "due_on"], name="question_due"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "answered", "supplemented", "withdrawn"])),
                name="question_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation__isnull", False), ("owner", "organisation")),
                    models.Q(("organisation__isnull", True), ("owner", "administrators")),
                    _connector="OR",
                ),
                name="question_has_one_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("municipality", ""), ("municipality__regex", "^GM[0-9]{4}$"), _connector="OR"),
                name="question_municipality_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), ("text", "")),
                    models.Q(models.Q(("state", "withdrawn"), _negated=True), models.Q(("text", ""), _negated=True)),
                    _connector="OR",
                ),
                name="question_text_until_withdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gt", models.F("asked_on"))), name="question_due_after_asked"
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("subject_kind", ""), _negated=True), models.Q(("subject_id", ""), _negated=True)
                ),
                name="question_names_its_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["open", "answered", "supplemented"])),
                fields=("subject_kind", "subject_id"),
                name="question_one_per_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("due_on__isnull", False),
                        ("kind", "asked"),
                        ("outcome", ""),
                        ("reason", ""),
                        ("text", ""),
                        ("withdrawal", ""),
                    ),
                    models.Q(
                        ("due_on__isnull", False),
                        ("kind", "extended"),
                        ("outcome", ""),
                        ("text", ""),
                        ("withdrawal", ""),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    models.Q(
                        ("due_on__isnull", True),
                        ("kind__in", ["answered", "supplemented"]),
                        ("withdrawal", ""),
                        ("outcome__in", ["accepted", "partly", "not"]),
                        models.Q(("text", ""), _negated=True),
                        models.Q(("outcome", "accepted"), models.Q(("reason", ""), _negated=True), _connector="OR"),
                    ),
                    models.Q(
                        ("due_on__isnull", True),
                        ("kind", "withdrawn"),
                        ("outcome", ""),
                        ("reason", ""),
                        ("text", ""),
                        ("withdrawal__in", ["by_asker", "subject_gone"]),
                    ),
                    _connector="OR",
                ),
                name="step_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "supplemented"), _negated=True),
                fields=("question", "kind"),
                name="step_once_but_for_supplements",
            ),
        ),
    ]
