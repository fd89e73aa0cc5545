# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is acting in this request, with the roles that are valid now. Policies judge an actor, never a user row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from samenspel.platform.accounts.models import Organisation, RoleAssignment, Team, User
from samenspel.platform.accounts.roles import RULES, STAFF_ROLES, OrganisationKind, Role, Unit

Within = Organisation | Team | str | None
"""An organisation, a team, the code of a municipality ("GM0193"), or None: wherever."""


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that is valid now, and within what."""

    role: Role
    organisation_id: int
    organisation_kind: OrganisationKind
    organisation_name: str
    area_code: str
    team_id: int | None = None
    team_name: str = ""

    def covers(self, within: Within) -> bool:
        """Does this role reach `within`?

        A role held within an organisation reaches its teams; a role held within a team reaches that team only, and
        for an organisation or a municipality counts as held inside it.
        """
        if within is None:
            return True
        if isinstance(within, str):
            return self.area_code == within
        if isinstance(within, Organisation):
            return self.organisation_id == within.pk
        if RULES[self.role].unit is Unit.TEAM:
            return self.team_id == within.pk
        return self.organisation_id == within.organisation_id


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or nobody: person_id None) and what they may act as at this moment.

    `waits_for_second_factor` is True when staff roles exist that do not count yet, because this log-in was with one
    factor only. `represents` is the key of the person for whom a representative logged in at the broker, or "".
    """

    person_id: int | None = None
    public_id: UUID | None = None
    name: str = ""
    roles: tuple[HeldRole, ...] = ()
    waits_for_second_factor: bool = False
    represents: str = ""

    @property
    def pk(self) -> int | None:
        """The id of the account, as the audit trail wants it."""
        return self.person_id

    @property
    def is_known(self) -> bool:
        """Is somebody logged in?"""
        return self.person_id is not None

    def holds(self, role: Role | str, within: Within = None) -> bool:
        """Is this role valid now, and does it reach `within`?"""
        return any(held.role == role and held.covers(within) for held in self.roles)

    def holds_any(self, roles: Iterable[Role | str], within: Within = None) -> bool:
        """Is one of these roles valid now, reaching `within`?"""
        return any(self.holds(role, within) for role in roles)

    @property
    def is_staff(self) -> bool:
        """Does the person hold a role for which staff rules hold (second factor, idle time)?"""
        return self.waits_for_second_factor or any(held.role in STAFF_ROLES for held in self.roles)


NOBODY = Actor()


def actor_for(
    user: User | AnonymousUser | None,
    *,
    second_factor: bool,
    represents: str = "",
    at: datetime | None = None,
) -> Actor:
    """The actor of this person at this moment (one query). Without a second factor the staff roles do not count."""
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    if user.is_example and not settings.DEMO:
        return NOBODY  # an old session of the demo
    now = at or timezone.now()
    assignments = (
        RoleAssignment.objects.filter(person=user, valid_from__lte=now, organisation__is_active=True)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gt=now))
        .filter(Q(team__isnull=True) | Q(team__is_active=True))
        .select_related("organisation", "team")
        .order_by("role", "organisation__name", "team__name", "pk")
    )
    held = tuple(
        HeldRole(
            role=Role(assignment.role),
            organisation_id=assignment.organisation_id,
            organisation_kind=OrganisationKind(assignment.organisation_kind),
            organisation_name=assignment.organisation.name,
            area_code=assignment.organisation.area_code,
            team_id=assignment.team_id,
            team_name=assignment.team.name if assignment.team else "",
        )
        for assignment in assignments
    )
    usable = held if second_factor else tuple(one for one in held if one.role not in STAFF_ROLES)
    return Actor(
        person_id=user.pk,
        public_id=user.public_id,
        name=user.display_name,
        roles=usable,
        waits_for_second_factor=len(usable) < len(held),
        represents=represents,
    )
