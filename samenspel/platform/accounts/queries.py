# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads: people and their roles, as lists for an administrator and as rows for the quarterly review."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from samenspel.platform.accounts.actors import Actor
from samenspel.platform.accounts.models import Organisation, RoleAssignment, Team, User
from samenspel.platform.accounts.policies import Ties
from samenspel.platform.accounts.roles import STAFF_ROLES, OrganisationKind, Role


def valid_assignments(at: datetime | None = None) -> QuerySet[RoleAssignment]:
    """Roles that are valid at a moment (now)."""
    moment = at or timezone.now()
    return RoleAssignment.objects.filter(valid_from__lte=moment).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=moment)
    )


def other_administrators(assignment: RoleAssignment, at: datetime | None = None) -> QuerySet[RoleAssignment]:
    """The other administrators of the municipality: valid now without a known end, with an open account."""
    return (
        valid_assignments(at)
        .filter(
            role=Role.ADMINISTRATOR,
            organisation=assignment.organisation_id,
            valid_until__isnull=True,
            person__is_active=True,
        )
        .exclude(pk=assignment.pk)
    )


def administrators_left_without(person: User) -> int | None:
    """How many administrators the worst-off municipality keeps without this person; None when they are none now."""
    held = valid_assignments().filter(person=person, role=Role.ADMINISTRATOR)
    return min((other_administrators(one).count() for one in held), default=None)


def administered_codes(actor: Actor) -> list[str]:
    """The municipalities whose people and roles the actor may change: an administrator's."""
    return sorted({held.area_code for held in actor.roles if held.role == Role.ADMINISTRATOR})


def visible_codes(actor: Actor) -> list[str]:
    """The municipalities of which the actor may see the roles: an administrator's and an auditor's."""
    return sorted({held.area_code for held in actor.roles if held.role in (Role.ADMINISTRATOR, Role.AUDITOR)})


def ties_of(person: User, at: datetime | None = None) -> Ties:
    """The municipalities to which a person belongs now or soon, and those to which they once belonged (one query)."""
    moment = at or timezone.now()
    held = set(person.role_assignments.values_list("organisation__area_code", "valid_until"))
    current = frozenset(code for code, until in held if until is None or until > moment)
    return Ties(current=current, former=frozenset(code for code, _ in held) - current)


def organisations_of(actor: Actor) -> QuerySet[Organisation]:
    """The organisations where the actor may give roles, the municipality itself first."""
    return Organisation.objects.filter(area_code__in=administered_codes(actor), is_active=True).order_by(
        "area_code", "kind", "name"
    )


def teams_of(actor: Actor) -> QuerySet[Team]:
    """The teams of those organisations."""
    return (
        Team.objects.filter(organisation__in=organisations_of(actor), is_active=True)
        .select_related("organisation")
        .order_by("organisation__name", "name")
    )


def assignments_of(actor: Actor) -> QuerySet[RoleAssignment]:
    """All roles ever given within the municipalities that the actor may see, newest first."""
    return (
        RoleAssignment.objects.filter(organisation__area_code__in=visible_codes(actor))
        .select_related("person", "organisation", "team", "given_by", "ended_by")
        .order_by("-valid_from", "-pk")
    )


def people_of(actor: Actor, *, search: str = "", role: str = "") -> QuerySet[User]:
    """People whom the actor may see: with a role in those municipalities, ever, or with no role anywhere yet.

    Seeing somebody is not managing them: whose account the actor may close says check_manages_account.
    `search` is part of a name or address. `role` keeps those who hold that role now. Their open roles stand in
    `open_roles`.
    """
    codes = visible_codes(actor)
    current = valid_assignments().filter(organisation__area_code__in=codes)
    people = User.objects.filter(
        Q(role_assignments__organisation__area_code__in=codes) | Q(role_assignments__isnull=True)
    )
    if search:
        people = people.filter(Q(display_name__icontains=search) | Q(email__icontains=search))
    if role:
        people = people.filter(pk__in=current.filter(role=role).values("person"))
    shown = current.select_related("organisation", "team").order_by("role", "organisation__name", "pk")
    return (
        people.distinct()
        .order_by("display_name", "pk")
        .prefetch_related(Prefetch("role_assignments", queryset=shown, to_attr="open_roles"))
    )


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One line of the quarterly review of access rights (BIO2 8.02.01)."""

    person: str
    name: str
    email: str
    role: str
    organisation: str
    municipality: str
    team: str
    valid_from: str
    valid_until: str
    valid_now: str
    given_by: str
    reason: str
    ended_by: str
    end_reason: str
    last_login: str


def review_rows(actor: Actor, *, only_current: bool = False) -> Iterator[RoleRow]:
    """Every role within the actor's municipalities as a row, sorted by person; with only_current those valid now."""
    now = timezone.now()
    chosen = assignments_of(actor).order_by("person__display_name", "person_id", "role", "valid_from", "pk")
    if only_current:
        chosen = chosen.filter(pk__in=valid_assignments(now).values("pk"))
    for one in chosen.iterator(chunk_size=500):
        valid = one.valid_from <= now and (one.valid_until is None or one.valid_until > now) and one.person.is_active
        yield RoleRow(
            person=str(one.person.public_id),
            name=one.person.display_name,
            email=one.person.email or "",
            role=one.role,
            organisation=one.organisation.name,
            municipality=one.organisation.area_code,
            team=one.team.name if one.team else "",
            valid_from=one.valid_from.isoformat(timespec="seconds"),
            valid_until=one.valid_until.isoformat(timespec="seconds") if one.valid_until else "",
            valid_now="yes" if valid else "no",
            given_by=one.given_by.display_name if one.given_by else "",
            reason=one.reason,
            ended_by=one.ended_by.display_name if one.ended_by else "",
            end_reason=one.end_reason,
            last_login=one.person.last_login.isoformat(timespec="seconds") if one.person.last_login else "",
        )


def municipality(area_code: str) -> Organisation | None:
    """The organisation of a municipality, when it takes part here."""
    return Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, area_code=area_code).first()


def has_staff_role(person: User) -> bool:
    """Does this person hold a staff role now?"""
    return valid_assignments().filter(person=person, role__in=STAFF_ROLES).exists()


def real_people_exist() -> bool:
    """Whether this installation has accounts of others than the invented people of the demo."""
    return User.objects.filter(is_example=False).exists()
