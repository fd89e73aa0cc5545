# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables of people, organisations, teams and roles."""

import uuid

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, null=True, unique=True, verbose_name="e-mailadres"),
                ),
                ("display_name", models.CharField(max_length=120, verbose_name="naam")),
                (
                    "language",
                    models.CharField(
                        choices=[("nl", "Nederlands"), ("en", "English")],
                        default="nl",
                        max_length=2,
                        verbose_name="taal",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="kan inloggen")),
                ("is_example", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "verbose_name": "persoon",
                "verbose_name_plural": "personen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                        name="user_email_lower_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("display_name", ""), _negated=True), name="user_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("municipality", "Gemeente"),
                            ("partner", "Partnerorganisatie"),
                            ("initiative", "Bewonersinitiatief"),
                            ("knowledge_institute", "Kennisinstelling"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                ("area_code", models.CharField(max_length=6, verbose_name="gemeentecode")),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "verbose_name": "organisatie",
                "verbose_name_plural": "organisaties",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["municipality", "partner", "initiative", "knowledge_institute"])
                        ),
                        name="organisation_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("area_code__regex", "^GM[0-9]{4}$")), name="organisation_area_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="organisation_has_a_name"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "municipality")),
                        fields=("area_code",),
                        name="organisation_one_per_municipality",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        models.F("area_code"),
                        name="organisation_name_once_per_municipality",
                    ),
                    models.UniqueConstraint(fields=("id", "kind"), name="organisation_id_kind"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                ("is_active", models.BooleanField(default=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="teams", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "team",
                "verbose_name_plural": "teams",
            },
        ),
        migrations.CreateModel(
            name="RoleAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("resident", "Inwoner"),
                            ("representative", "Vertegenwoordiger"),
                            ("professional", "Medewerker wijkteam"),
                            ("team_lead", "Teamleider"),
                            ("policy_officer", "Beleidsmedewerker"),
                            ("councillor", "Raadslid"),
                            ("clerk", "Griffier"),
                            ("organisation_member", "Medewerker van een organisatie"),
                            ("researcher", "Onderzoeker"),
                            ("administrator", "Beheerder"),
                            ("auditor", "Controleur"),
                        ],
                        max_length=24,
                        verbose_name="rol",
                    ),
                ),
                (
                    "organisation_kind",
                    models.CharField(
                        choices=[
                            ("municipality", "Gemeente"),
                            ("partner", "Partnerorganisatie"),
                            ("initiative", "Bewonersinitiatief"),
                            ("knowledge_institute", "Kennisinstelling"),
                        ],
                        max_length=20,
                    ),
                ),
                ("valid_from", models.DateTimeField(verbose_name="vanaf")),
                ("valid_until", models.DateTimeField(blank=True, null=True, verbose_name="tot")),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("reason", models.CharField(max_length=300, verbose_name="reden")),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "end_reason",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="reden van het einde"),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "given_by",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_assignments",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_assignments",
                        to="accounts.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "rol van een persoon",
                "verbose_name_plural": "rollen van personen",
            },
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="team_has_a_name"),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.UniqueConstraint(
                models.F("organisation"),
                django.db.models.functions.text.Lower("name"),
                name="team_name_once_per_organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="team_id_organisation"),
        ),
        migrations.AddIndex(
            model_name="roleassignment",
            index=models.Index(fields=["organisation", "role"], name="role_by_organisation"),
        ),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "resident",
                            "representative",
                            "professional",
                            "team_lead",
                            "policy_officer",
                            "councillor",
                            "clerk",
                            "organisation_member",
                            "researcher",
                            "administrator",
                            "auditor",
                        ],
                    )
                ),
                name="role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation_kind__in", ["municipality"]), ("role", "resident"), ("team__isnull", True)),
                    models.Q(
                        ("organisation_kind__in", ["municipality"]), ("role", "representative"), ("team__isnull", True)
                    ),
                    models.Q(
                        ("organisation_kind__in", ["municipality", "partner"]),
                        ("role", "professional"),
                        ("team__isnull", False),
                    ),
                    models.Q(
                        ("organisation_kind__in", ["municipality", "partner"]),
                        ("role", "team_lead"),
                        ("team__isnull", False),
                    ),
                    models.Q(
                        ("organisation_kind__in", ["municipality"]), ("role", "policy_officer"), ("team__isnull", True)
                    ),
                    models.Q(
                        ("organisation_kind__in", ["municipality"]), ("role", "councillor"), ("team__isnull", True)
                    ),
                    models.Q(("organisation_kind__in", ["municipality"]), ("role", "clerk"), ("team__isnull", True)),
                    models.Q(
                        ("organisation_kind__in", ["initiative", "knowledge_institute", "partner"]),
                        ("role", "organisation_member"),
                        ("team__isnull", True),
                    ),
                    models.Q(
                        ("organisation_kind__in", ["knowledge_institute", "municipality"]),
                        ("role", "researcher"),
                        ("team__isnull", True),
                    ),
                    models.Q(
                        ("organisation_kind__in", ["municipality"]), ("role", "administrator"), ("team__isnull", True)
                    ),
                    models.Q(("organisation_kind__in", ["municipality"]), ("role", "auditor"), ("team__isnull", True)),
                    _connector="OR",
                ),
                name="role_scope_fits",
            ),
        ),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                ),
                name="role_period_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="role_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end_reason", ""), ("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("valid_until__isnull", False),
                        models.Q(("end_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="role_end_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            django.db.models.functions.comparison.Cast("person_id", models.BigIntegerField()),
                            django.db.models.functions.comparison.Cast("person_id", models.BigIntegerField()),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            django.db.models.functions.comparison.Cast(
                                models.Func(models.F("role"), function="hashtext", output_field=models.IntegerField()),
                                models.BigIntegerField(),
                            ),
                            django.db.models.functions.comparison.Cast(
                                models.Func(models.F("role"), function="hashtext", output_field=models.IntegerField()),
                                models.BigIntegerField(),
                            ),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            django.db.models.functions.comparison.Cast("organisation_id", models.BigIntegerField()),
                            django.db.models.functions.comparison.Cast("organisation_id", models.BigIntegerField()),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            django.db.models.functions.comparison.Cast(
                                django.db.models.functions.comparison.Coalesce("team_id", models.Value(0)),
                                models.BigIntegerField(),
                            ),
                            django.db.models.functions.comparison.Cast(
                                django.db.models.functions.comparison.Coalesce("team_id", models.Value(0)),
                                models.BigIntegerField(),
                            ),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    (models.Func(models.F("valid_from"), models.F("valid_until"), function="tstzrange"), "&&"),
                ],
                name="role_not_twice_at_once",
            ),
        ),
    ]
