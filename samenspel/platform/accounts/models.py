# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is stored of people who log in, organisations, teams and roles. Invariants are constraints of the database."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Coalesce, Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenspel.platform.accounts.roles import RULES, OrganisationKind, Role, Unit

AREA_CODE = r"^GM[0-9]{4}$"


class UserManager(BaseUserManager["User"]):
    """Makes users; the e-mail address is kept in lower case, so that one address is one person."""

    def create_user(self, email: str | None, password: str | None = None, **fields: Any) -> "User":
        """A new user; without a password (None) nobody can log in with one."""
        user = self.model(email=normalise_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user by e-mail address, whatever capitals were typed."""
        return self.get(email=normalise_email(username))


def normalise_email(email: str | None) -> str | None:
    """The address as it is stored: trimmed, lower case, None when there is none."""
    return (email or "").strip().lower() or None


class User(AbstractBaseUser):
    """Somebody who logs in: how to reach and address them, and nothing sensitive.

    A resident who comes in through the DigiD broker has no e-mail address. Rights are not here: see RoleAssignment.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mailadres"), unique=True, null=True, blank=True)
    display_name = models.CharField(_("naam"), max_length=120)
    language = models.CharField(
        _("taal"), max_length=2, choices=[("nl", "Nederlands"), ("en", "English")], default="nl"
    )
    is_active = models.BooleanField(_("kan inloggen"), default=True)
    is_example = models.BooleanField(default=False)  # an invented person of the demo; never a real one
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = _("persoon")
        verbose_name_plural = _("personen")
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower_case"),
            models.CheckConstraint(condition=~Q(display_name=""), name="user_has_a_name"),
        ]

    def __str__(self) -> str:
        """The public id, not the name: this text may reach a log."""
        return str(self.public_id)

    def get_short_name(self) -> str:
        """How the person is addressed on a page."""
        return self.display_name

    def get_full_name(self) -> str:
        """How the person is addressed on a page."""
        return self.display_name


class Organisation(models.Model):
    """A municipality, partner organisation, residents' initiative or knowledge institute."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("naam"), max_length=120)
    kind = models.CharField(_("soort"), max_length=20, choices=OrganisationKind.choices)
    area_code = models.CharField(_("gemeentecode"), max_length=6)  # GM0193: its own, or where a partner works
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OrganisationKind.values), name="organisation_kind_known"),
            models.CheckConstraint(condition=Q(area_code__regex=AREA_CODE), name="organisation_area_code"),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_a_name"),
            models.UniqueConstraint(
                fields=["area_code"], condition=Q(kind="municipality"), name="organisation_one_per_municipality"
            ),
            models.UniqueConstraint(Lower("name"), "area_code", name="organisation_name_once_per_municipality"),
            # The target of a composite foreign key: a role names its organisation together with its kind.
            models.UniqueConstraint(fields=["id", "kind"], name="organisation_id_kind"),
        ]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team of an organisation, such as a neighbourhood team."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(_("naam"), max_length=120)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="team_has_a_name"),
            models.UniqueConstraint("organisation", Lower("name"), name="team_name_once_per_organisation"),
            models.UniqueConstraint(fields=["id", "organisation"], name="team_id_organisation"),
        ]

    def __str__(self) -> str:
        return self.name


def _scope_fits() -> Q:
    """One alternative for each role: the kinds of organisation it is held within, with or without a team."""
    condition = Q()
    for role, rule in RULES.items():
        condition |= Q(
            role=role.value,
            organisation_kind__in=sorted(kind.value for kind in rule.kinds),
            team__isnull=rule.unit is not Unit.TEAM,
        )
    return condition


def _point(expression: Any) -> Func:
    """A range of one number. Ranges have a GiST operator class of their own; plain numbers need an extension."""
    number = Cast(expression, models.BigIntegerField())
    return Func(number, number, Value("[]"), function="int8range")


class RoleAssignment(models.Model):
    """A role that a person holds within an organisation (and team) from one moment until another.

    It is never deleted: an ended assignment shows who could do what, when, given by whom and why.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_assignments")
    role = models.CharField(_("rol"), max_length=24, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="role_assignments")
    organisation_kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="role_assignments")
    valid_from = models.DateTimeField(_("vanaf"))
    valid_until = models.DateTimeField(_("tot"), null=True, blank=True)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # None: the program
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    reason = models.CharField(_("reden"), max_length=300)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(_("reden van het einde"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("rol van een persoon")
        verbose_name_plural = _("rollen van personen")
        indexes = [models.Index(fields=["organisation", "role"], name="role_by_organisation")]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_known"),
            models.CheckConstraint(condition=_scope_fits(), name="role_scope_fits"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="role_period_valid"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="role_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="", ended_by__isnull=True)
                | (Q(ended_at__isnull=False, valid_until__isnull=False) & ~Q(end_reason="")),
                name="role_end_has_a_reason",
            ),
            # The same role of the same person within the same unit never overlaps with itself in time.
            ExclusionConstraint(
                name="role_not_twice_at_once",
                expressions=[
                    (_point("person_id"), "&&"),
                    (_point(Func(F("role"), function="hashtext", output_field=models.IntegerField())), "&&"),
                    (_point("organisation_id"), "&&"),
                    (_point(Coalesce("team_id", Value(0))), "&&"),
                    (Func(F("valid_from"), F("valid_until"), function="tstzrange"), "&&"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.public_id}"
