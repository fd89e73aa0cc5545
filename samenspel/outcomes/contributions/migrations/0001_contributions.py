# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Contributions with their consents, decisions and reports."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("story", "Verhaal"),
                            ("counter_story", "Tegenverhaal"),
                            ("doubt", "Twijfel"),
                            ("behaviour", "Gedrag door dit cijfer"),
                            ("proposal", "Voorstel voor een ander cijfer"),
                        ],
                        max_length=20,
                    ),
                ),
                ("subject_kind", models.CharField(max_length=20)),
                ("subject_id", models.CharField(max_length=120)),
                ("municipality", models.CharField(max_length=6)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "In bedenktijd"),
                            ("to_review", "Wacht op controle"),
                            ("published", "Staat op de website"),
                            ("under_review", "Staat op de website en wordt opnieuw bekeken"),
                            ("hidden", "Tijdelijk niet te zien: wordt opnieuw bekeken"),
                            ("refused", "Niet geplaatst"),
                            ("appealed", "Iemand anders kijkt er opnieuw naar"),
                            ("refused_for_good", "Niet geplaatst, ook niet na bezwaar"),
                            ("withdrawn", "Ingetrokken"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("sealed", models.BinaryField(null=True)),
                ("published", models.JSONField(null=True)),
                ("confirmed_role", models.CharField(blank=True, default="", max_length=24)),
                ("code_hash", models.CharField(max_length=64, unique=True)),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("wait_until", models.DateTimeField()),
                ("state_since", models.DateTimeField(default=django.utils.timezone.now)),
                ("first_published_at", models.DateTimeField(null=True)),
                ("first_decided_at", models.DateTimeField(null=True)),
                ("owed_answer", models.CharField(blank=True, default="", max_length=40)),
                ("is_example", models.BooleanField(default=False)),
                (
                    "beside",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counter_contributions",
                        to="contributions.contribution",
                    ),
                ),
                (
                    "teller",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("site", "Op deze website"),
                            ("papers", "In het rapport en in stukken voor de gemeenteraad"),
                        ],
                        max_length=10,
                    ),
                ),
                ("given", models.BooleanField()),
                ("text_version", models.CharField(max_length=10)),
                ("text", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="contributions.contribution",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=20)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("identifies", "Uit de tekst is op te maken wie iemand anders is."),
                            ("teller_at_risk", "De tekst kan de verteller zelf in gevaar brengen."),
                            ("insults", "De tekst scheldt, bedreigt of zet aan tot haat."),
                            ("accuses", "De tekst beschuldigt een herkenbaar persoon van een strafbaar feit."),
                            ("not_about_this", "De tekst gaat niet over dit cijfer of over leven in deze gemeente."),
                            ("advertises", "De tekst is reclame."),
                            ("twice", "Dezelfde tekst staat er al."),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("sealed_words", models.BinaryField(null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="contributions.contribution",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("identifies", "Uit de tekst is op te maken wie iemand is."),
                            ("insults", "De tekst scheldt, bedreigt of zet aan tot haat."),
                            ("untrue", "De tekst geeft feiten die niet kloppen."),
                            ("other", "Iets anders."),
                        ],
                        max_length=20,
                    ),
                ),
                ("sealed_words", models.BinaryField(null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("handled_at", models.DateTimeField(null=True)),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="contributions.contribution",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(fields=["municipality", "state", "wait_until"], name="contribution_to_review"),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(fields=["subject_kind", "subject_id", "state"], name="contribution_about"),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(fields=["state", "-first_published_at"], name="contribution_newest"),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["story", "counter_story", "doubt", "behaviour", "proposal"])),
                name="contribution_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "waiting",
                            "to_review",
                            "published",
                            "under_review",
                            "hidden",
                            "refused",
                            "appealed",
                            "refused_for_good",
                            "withdrawn",
                        ],
                    )
                ),
                name="contribution_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("municipality__regex", "^GM[0-9]{4}$")), name="contribution_municipality"
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("published__isnull", False),
                        ("sealed__isnull", True),
                        ("state__in", frozenset(["published", "under_review"])),
                    ),
                    models.Q(
                        models.Q(("state__in", frozenset(["published", "under_review"])), _negated=True),
                        ("published__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="contribution_words_open_only_while_shown",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), _negated=True),
                    models.Q(("confirmed_role", ""), ("sealed__isnull", True), ("teller__isnull", True)),
                    _connector="OR",
                ),
                name="contribution_withdrawn_is_erased",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "counter_story"), ("beside__isnull", True), _connector="OR"),
                name="contribution_beside_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("use__in", ["site", "papers"])), name="consent_use_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("text", ""), _negated=True), models.Q(("text_version", ""), _negated=True)
                ),
                name="consent_keeps_its_text",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["contribution", "-at"], name="decision_latest"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reason", ""),
                    (
                        "reason__in",
                        ["identifies", "teller_at_risk", "insults", "accuses", "not_about_this", "advertises", "twice"],
                    ),
                    _connector="OR",
                ),
                name="decision_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__in", ["identifies", "insults", "untrue", "other"])),
                name="report_reason_known",
            ),
        ),
    ]
