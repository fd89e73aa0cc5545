# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The roles as data: their slugs, what they are called, and within what each can be held."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What sort of organisation it is."""

    MUNICIPALITY = "municipality", _("Gemeente")
    PARTNER = "partner", _("Partnerorganisatie")
    INITIATIVE = "initiative", _("Bewonersinitiatief")
    KNOWLEDGE_INSTITUTE = "knowledge_institute", _("Kennisinstelling")


class Role(models.TextChoices):
    """The eleven roles. The slug is stored and stays; never a Python path."""

    RESIDENT = "resident", _("Inwoner")
    REPRESENTATIVE = "representative", _("Vertegenwoordiger")
    PROFESSIONAL = "professional", _("Medewerker wijkteam")
    TEAM_LEAD = "team_lead", _("Teamleider")
    POLICY_OFFICER = "policy_officer", _("Beleidsmedewerker")
    COUNCILLOR = "councillor", _("Raadslid")
    CLERK = "clerk", _("Griffier")
    ORGANISATION_MEMBER = "organisation_member", _("Medewerker van een organisatie")
    RESEARCHER = "researcher", _("Onderzoeker")
    ADMINISTRATOR = "administrator", _("Beheerder")
    AUDITOR = "auditor", _("Controleur")


class Unit(StrEnum):
    """Within what a role is held: a whole organisation or one team of it."""

    ORGANISATION = "organisation"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class RoleRule:
    """Within what a role can be held, and how its holder logs in.

    `staff` roles need a second factor (or a passkey, or the municipality's identity provider); the others do not,
    because their holders come in through a broker that already checks who they are.
    """

    kinds: frozenset[OrganisationKind]
    unit: Unit
    staff: bool


_MUNICIPALITY = frozenset({OrganisationKind.MUNICIPALITY})
_EMPLOYERS = frozenset({OrganisationKind.MUNICIPALITY, OrganisationKind.PARTNER})
_PARTNERS = frozenset({OrganisationKind.PARTNER, OrganisationKind.INITIATIVE, OrganisationKind.KNOWLEDGE_INSTITUTE})
_RESEARCH = frozenset({OrganisationKind.MUNICIPALITY, OrganisationKind.KNOWLEDGE_INSTITUTE})

RULES: dict[Role, RoleRule] = {
    Role.RESIDENT: RoleRule(_MUNICIPALITY, Unit.ORGANISATION, staff=False),
    Role.REPRESENTATIVE: RoleRule(_MUNICIPALITY, Unit.ORGANISATION, staff=False),
    Role.PROFESSIONAL: RoleRule(_EMPLOYERS, Unit.TEAM, staff=True),
    Role.TEAM_LEAD: RoleRule(_EMPLOYERS, Unit.TEAM, staff=True),
    Role.POLICY_OFFICER: RoleRule(_MUNICIPALITY, Unit.ORGANISATION, staff=True),
    Role.COUNCILLOR: RoleRule(_MUNICIPALITY, Unit.ORGANISATION, staff=True),
    Role.CLERK: RoleRule(_MUNICIPALITY, Unit.ORGANISATION, staff=True),
    Role.ORGANISATION_MEMBER: RoleRule(_PARTNERS, Unit.ORGANISATION, staff=True),
    Role.RESEARCHER: RoleRule(_RESEARCH, Unit.ORGANISATION, staff=True),
    Role.ADMINISTRATOR: RoleRule(_MUNICIPALITY, Unit.ORGANISATION, staff=True),
    Role.AUDITOR: RoleRule(_MUNICIPALITY, Unit.ORGANISATION, staff=True),
}

STAFF_ROLES = frozenset(role for role, rule in RULES.items() if rule.staff)
