# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other parts use of accounts.

`request.actor` is the Actor of every request. A view declares `@declares(needs_role(Role.CLERK))` and then checks
within what: `check_has_role(request.actor, Role.CLERK, within="GM0193")`.
"""

from samenspel.platform.accounts.actions import add_organisation, add_person, add_team, end_role, grant_role
from samenspel.platform.accounts.actors import NOBODY, Actor, HeldRole, Within, actor_for
from samenspel.platform.accounts.demo import AREA_CODE as DEMO_AREA_CODE
from samenspel.platform.accounts.demo import PERSONAS, demo_actors, seed_demo_people
from samenspel.platform.accounts.models import Organisation, RoleAssignment, Team, User
from samenspel.platform.accounts.policies import (
    LOGGED_IN,
    NotLoggedIn,
    SecondFactorMissing,
    check_has_role,
    check_logged_in,
    check_manages_roles,
    has_role,
    needs,
    needs_role,
)
from samenspel.platform.accounts.queries import municipality, real_people_exist
from samenspel.platform.accounts.roles import OrganisationKind, Role

__all__ = [
    "DEMO_AREA_CODE",
    "LOGGED_IN",
    "NOBODY",
    "PERSONAS",
    "Actor",
    "HeldRole",
    "NotLoggedIn",
    "Organisation",
    "OrganisationKind",
    "Role",
    "RoleAssignment",
    "SecondFactorMissing",
    "Team",
    "User",
    "Within",
    "actor_for",
    "add_organisation",
    "add_person",
    "add_team",
    "check_has_role",
    "check_logged_in",
    "check_manages_roles",
    "demo_actors",
    "end_role",
    "grant_role",
    "has_role",
    "municipality",
    "needs",
    "needs_role",
    "real_people_exist",
    "seed_demo_people",
]
