# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The database itself refuses people and roles that cannot be."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from samenspel.platform.accounts.models import Organisation, RoleAssignment, Team, User
from samenspel.platform.accounts.roles import RULES, OrganisationKind, Role, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return User.objects.create_user("Anna@Example.nl", display_name="Anna")


@pytest.fixture
def municipality() -> Organisation:
    return Organisation.objects.create(name="Zwolle", kind="municipality", area_code="GM0193")


def assign(person: User, organisation: Organisation, **fields: Any) -> RoleAssignment:
    values: dict[str, Any] = {
        "role": "councillor",
        "organisation_kind": organisation.kind,
        "valid_from": timezone.now(),
        "reason": "benoemd",
    }
    with transaction.atomic():
        return RoleAssignment.objects.create(person=person, organisation=organisation, **{**values, **fields})


def test_an_email_address_is_kept_in_lower_case_and_belongs_to_one_person(person: User) -> None:
    assert person.email == "anna@example.nl"
    assert User.objects.get_by_natural_key(" ANNA@example.nl") == person
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("anna@EXAMPLE.nl", display_name="Anna twee")
    with pytest.raises(IntegrityError, match="user_email_lower_case"), transaction.atomic():
        User.objects.create(email="Piet@example.nl", display_name="Piet")


def test_several_people_have_no_email_address() -> None:
    User.objects.create_user(None, display_name="Inwoner een")
    User.objects.create_user("", display_name="Inwoner twee")
    assert User.objects.filter(email=None).count() == 2


def test_text_of_a_user_holds_no_name(person: User) -> None:
    assert "Anna" not in str(person)


@pytest.mark.parametrize(("role", "kind", "with_team"), list(product(Role, OrganisationKind, [False, True])))
def test_a_role_is_held_only_within_what_fits(
    person: User, role: Role, kind: OrganisationKind, with_team: bool
) -> None:
    organisation = Organisation.objects.create(name="Eenheid", kind=kind, area_code="GM0193")
    team = Team.objects.create(organisation=organisation, name="Noord") if with_team else None
    rule = RULES[role]
    if kind in rule.kinds and with_team == (rule.unit is Unit.TEAM):
        assert assign(person, organisation, role=role, team=team).pk
    else:
        with pytest.raises(IntegrityError, match="role_scope_fits"):
            assign(person, organisation, role=role, team=team)


def test_a_role_cannot_lie_about_its_organisation(person: User, municipality: Organisation) -> None:
    partner = Organisation.objects.create(name="Welzijn", kind="partner", area_code="GM0193")
    team = Team.objects.create(organisation=municipality, name="Noord")
    with pytest.raises(IntegrityError, match="role_kind_is_of_organisation"), transaction.atomic():
        assign(person, partner, organisation_kind="municipality")
    with pytest.raises(IntegrityError, match="role_team_is_of_organisation"), transaction.atomic():
        assign(person, partner, role="professional", team=team)


def test_a_period_does_not_end_before_it_begins(person: User, municipality: Organisation) -> None:
    # PostgreSQL's range type refuses it even before the check constraint does.
    now = timezone.now()
    with pytest.raises(Exception, match=r"role_period_valid|range lower bound"):
        assign(person, municipality, valid_from=now, valid_until=now - timedelta(seconds=1))


def test_the_same_role_is_not_held_twice_at_once(person: User, municipality: Organisation) -> None:
    now = timezone.now()
    assign(person, municipality, valid_from=now, valid_until=now + timedelta(days=10))
    with pytest.raises(IntegrityError, match="role_not_twice_at_once"):
        assign(person, municipality, valid_from=now + timedelta(days=9))
    assign(person, municipality, valid_from=now + timedelta(days=10))
    assign(person, municipality, role="clerk")
    other = User.objects.create_user("piet@example.nl", display_name="Piet")
    assign(other, municipality)


def test_the_same_role_may_be_held_in_two_teams(person: User, municipality: Organisation) -> None:
    for name in ("Noord", "Zuid"):
        team = Team.objects.create(organisation=municipality, name=name)
        assign(person, municipality, role="professional", team=team)
        with pytest.raises(IntegrityError, match="role_not_twice_at_once"):
            assign(person, municipality, role="professional", team=team)


def test_an_early_end_says_why(person: User, municipality: Organisation) -> None:
    now = timezone.now()
    with pytest.raises(IntegrityError, match="role_end_has_a_reason"):
        assign(person, municipality, valid_until=now + timedelta(days=1), ended_at=now)
    with pytest.raises(IntegrityError, match="role_has_a_reason"):
        assign(person, municipality, reason="")


def test_one_municipality_has_one_organisation(municipality: Organisation) -> None:
    with pytest.raises(IntegrityError, match="organisation_one_per_municipality"), transaction.atomic():
        Organisation.objects.create(name="Zwolle 2", kind="municipality", area_code="GM0193")
    with pytest.raises(IntegrityError, match="organisation_area_code"), transaction.atomic():
        Organisation.objects.create(name="Zwolle 3", kind="partner", area_code="193")
