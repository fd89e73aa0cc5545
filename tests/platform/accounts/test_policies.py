# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Truth tables: every role against every policy, and every role against every place."""

from itertools import product

import pytest

from samenspel.platform.accounts import policies
from samenspel.platform.accounts.actors import NOBODY, Actor, HeldRole
from samenspel.platform.accounts.models import Organisation, RoleAssignment, Team, User
from samenspel.platform.accounts.roles import RULES, STAFF_ROLES, OrganisationKind, Role, Unit
from samenspel.platform.policies import Refusal

HERE = Organisation(pk=1, name="Zwolle", kind="municipality", area_code="GM0193")
PARTNER_HERE = Organisation(pk=2, name="Welzijn", kind="partner", area_code="GM0193")
ELSEWHERE = Organisation(pk=3, name="Kampen", kind="municipality", area_code="GM0166")
TEAM = Team(pk=10, organisation=HERE, name="Noord")
OTHER_TEAM = Team(pk=11, organisation=HERE, name="Zuid")
TEAM_ELSEWHERE = Team(pk=12, organisation=ELSEWHERE, name="Kampen")


def held(role: Role, organisation: Organisation = HERE, team: Team = TEAM) -> HeldRole:
    in_team = RULES[role].unit is Unit.TEAM
    return HeldRole(
        role=role,
        organisation_id=organisation.pk,
        organisation_kind=OrganisationKind(organisation.kind),
        organisation_name=organisation.name,
        area_code=organisation.area_code,
        team_id=team.pk if in_team else None,
        team_name=team.name if in_team else "",
    )


def somebody(*roles: Role, person_id: int = 7) -> Actor:
    return Actor(person_id=person_id, name="Anna", roles=tuple(held(role) for role in roles))


@pytest.mark.parametrize(("has", "asked"), list(product(Role, Role)))
def test_a_role_is_that_role_and_no_other(has: Role, asked: Role) -> None:
    assert policies.has_role(somebody(has), asked) == (has == asked)


@pytest.mark.parametrize("role", Role)
def test_nobody_holds_no_role(role: Role) -> None:
    with pytest.raises(policies.NotLoggedIn):
        policies.check_has_role(NOBODY, role)


@pytest.mark.parametrize("role", Role)
def test_how_far_each_role_reaches(role: Role) -> None:
    actor = somebody(role)
    reach = {
        "anywhere": policies.has_role(actor, role),
        "this municipality by code": policies.has_role(actor, role, within="GM0193"),
        "another municipality by code": policies.has_role(actor, role, within="GM0166"),
        "this organisation": policies.has_role(actor, role, within=HERE),
        "a partner here": policies.has_role(actor, role, within=PARTNER_HERE),
        "another municipality": policies.has_role(actor, role, within=ELSEWHERE),
        "this team": policies.has_role(actor, role, within=TEAM),
        "another team here": policies.has_role(actor, role, within=OTHER_TEAM),
        "a team elsewhere": policies.has_role(actor, role, within=TEAM_ELSEWHERE),
    }
    assert reach == {
        "anywhere": True,
        "this municipality by code": True,
        "another municipality by code": False,
        "this organisation": True,
        "a partner here": False,
        "another municipality": False,
        "this team": True,
        "another team here": RULES[role].unit is Unit.ORGANISATION,
        "a team elsewhere": False,
    }


MANAGES = {Role.ADMINISTRATOR}
SEES = {Role.ADMINISTRATOR, Role.AUDITOR}


@pytest.mark.parametrize("role", Role)
def test_who_manages_and_who_sees_roles(role: Role) -> None:
    actor = somebody(role)
    for within in (None, HERE, PARTNER_HERE, "GM0193"):
        assert policies.can_manage_roles(actor, within) == (role in MANAGES), within
        assert policies.can_see_roles(actor, within) == (role in SEES), within
    for within in (ELSEWHERE, "GM0166"):
        assert not policies.can_manage_roles(actor, within)
        assert not policies.can_see_roles(actor, within)


@pytest.mark.parametrize(("mine", "given", "to_myself"), list(product(Role, Role, [False, True])))
def test_who_gives_which_role_to_whom(mine: Role, given: Role, to_myself: bool) -> None:
    actor = somebody(mine)
    person = User(pk=7 if to_myself else 8, display_name="Bas")
    expected = mine == Role.ADMINISTRATOR and not to_myself
    assert policies.can_grant_role(actor, person, given, HERE) == expected
    assert not policies.can_grant_role(actor, person, given, ELSEWHERE)


@pytest.mark.parametrize(("mine", "ended", "left"), list(product(Role, Role, [0, 1])))
def test_who_ends_which_role(mine: Role, ended: Role, left: int) -> None:
    assignment = RoleAssignment(role=ended, organisation=HERE)
    expected = mine == Role.ADMINISTRATOR and (ended != Role.ADMINISTRATOR or left > 0)
    assert policies.can_end_role(somebody(mine), assignment, administrators_left=left) == expected


TIES = {
    # where the person holds a role now, and where only ended ones
    "nowhere yet": policies.Ties(),
    "here": policies.Ties(current=frozenset({"GM0193"})),
    "elsewhere": policies.Ties(current=frozenset({"GM0166"})),
    "in both": policies.Ties(current=frozenset({"GM0193", "GM0166"})),
    "here, once elsewhere": policies.Ties(current=frozenset({"GM0193"}), former=frozenset({"GM0166"})),
    "elsewhere, once here": policies.Ties(current=frozenset({"GM0166"}), former=frozenset({"GM0193"})),
    "once here": policies.Ties(former=frozenset({"GM0193"})),
    "once elsewhere": policies.Ties(former=frozenset({"GM0166"})),
    "once in both": policies.Ties(former=frozenset({"GM0193", "GM0166"})),
}
# Administrator of: nowhere, here only, elsewhere only, both -> whose account they may close and open.
CLOSES = {
    (False, False): set(),
    (True, False): {"nowhere yet", "here", "here, once elsewhere", "once here", "once in both"},
    (False, True): {"nowhere yet", "elsewhere", "elsewhere, once here", "once elsewhere", "once in both"},
    (True, True): set(TIES),
}


@pytest.mark.parametrize(("here", "there"), list(product([None, *Role], [None, *Role])))
def test_whose_account_may_be_closed_and_opened(here: Role | None, there: Role | None) -> None:
    roles = [held(here)] if here else []
    roles += [held(there, ELSEWHERE, TEAM_ELSEWHERE)] if there else []
    actor = Actor(person_id=7, name="Anna", roles=tuple(roles))
    expected = CLOSES[here == Role.ADMINISTRATOR, there == Role.ADMINISTRATOR]
    assert {name for name, ties in TIES.items() if policies.can_manage_account(actor, ties)} == expected
    assert {
        name
        for name, ties in TIES.items()
        if policies.can_close_account(actor, User(pk=8), ties, administrators_left=None)
    } == expected
    for ties in TIES.values():
        assert not policies.can_close_account(actor, User(pk=7), ties, administrators_left=1), "their own account"
        assert not policies.can_close_account(actor, User(pk=8), ties, administrators_left=0), "the last administrator"


@pytest.mark.parametrize(("role", "kind", "team"), list(product(Role, OrganisationKind, [None, "own", "other"])))
def test_what_a_role_fits(role: Role, kind: OrganisationKind, team: str | None) -> None:
    organisation = Organisation(pk=5, name="Een", kind=kind, area_code="GM0193")
    chosen = {None: None, "own": Team(pk=1, organisation=organisation, name="x"), "other": TEAM_ELSEWHERE}[team]
    rule = RULES[role]
    expected = kind in rule.kinds and (team == "own" if rule.unit is Unit.TEAM else team is None)
    assert policies.can_role_fit(role, organisation, chosen) == expected


@pytest.mark.parametrize("role", Role)
def test_every_refusal_is_a_dutch_sentence(role: Role) -> None:
    with pytest.raises(Refusal) as refused:
        policies.check_has_role(somebody(), role)
    assert str(refused.value).endswith(".") and str(Role(role).label).lower() in str(refused.value)
    with pytest.raises(Refusal) as elsewhere:
        policies.check_has_role(somebody(role), role, within=ELSEWHERE)
    assert "niet voor deze gemeente" in str(elsewhere.value)


def test_a_missing_second_step_is_said_as_such() -> None:
    with pytest.raises(policies.SecondFactorMissing):
        policies.check_has_role(Actor(person_id=1, waits_for_second_factor=True), Role.CLERK)


def test_staff_are_all_but_residents_and_their_representatives() -> None:
    assert set(Role) - STAFF_ROLES == {Role.RESIDENT, Role.REPRESENTATIVE}
