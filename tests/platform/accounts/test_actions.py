# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Giving and ending roles: what is refused, what takes effect at once, what is written in the audit trail."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from samenspel.platform.accounts import actions, queries
from samenspel.platform.accounts.actors import NOBODY, Actor, actor_for
from samenspel.platform.accounts.models import Organisation, RoleAssignment, Team, User
from samenspel.platform.accounts.roles import Role
from samenspel.platform.audit.service import AuditEvent
from samenspel.platform.policies import Refusal
from tests.platform.accounts.conftest import strong

pytestmark = pytest.mark.django_db
Make = Callable[..., User]


def roles_of(person: User, at: datetime | None = None) -> list[str]:
    return [str(held.role) for held in actor_for(person, second_factor=True, at=at).roles]


def test_a_role_is_given_with_who_why_and_an_event(
    as_administrator: Actor, administrator: User, make: Make, municipality: Organisation
) -> None:
    person = make("anna")
    given = actions.grant_role(
        by=as_administrator, person=person, role="clerk", organisation=municipality, reason=" Nieuwe griffier. "
    )
    assert (given.given_by, given.reason, given.valid_until) == (administrator, "Nieuwe griffier.", None)
    event = AuditEvent.objects.get(action="role.granted", object_id=str(given.public_id))
    assert event.actor_id == str(administrator.public_id)
    assert '"role":"clerk"' in event.detail and "Anna" not in event.detail and "anna@" not in event.detail
    assert roles_of(person) == ["clerk"]


def test_a_refused_role_leaves_nothing(as_administrator: Actor, make: Make, elsewhere: Organisation) -> None:
    person = make("anna")
    before = AuditEvent.objects.count()
    with pytest.raises(Refusal, match="niet voor deze gemeente"):
        actions.grant_role(by=as_administrator, person=person, role="clerk", organisation=elsewhere, reason="x")
    assert roles_of(person) == [] and AuditEvent.objects.count() == before


def test_nobody_gives_themselves_a_role(
    as_administrator: Actor, administrator: User, make: Make, municipality: Organisation, team: Team
) -> None:
    for role in Role:
        in_team = team if role in (Role.PROFESSIONAL, Role.TEAM_LEAD) else None
        with pytest.raises(Refusal, match="uzelf"):
            actions.grant_role(
                by=as_administrator,
                person=administrator,
                role=role,
                organisation=municipality,
                team=in_team,
                reason="x",
            )  # fmt: skip
    second = make("tweede", Role.ADMINISTRATOR)
    actions.grant_role(
        by=strong(second), person=administrator, role="professional", organisation=municipality, team=team, reason="x"
    )
    with pytest.raises(Refusal, match="beheerder"):
        actions.grant_role(
            by=strong(make("bas", Role.CLERK)),
            person=administrator,
            role="clerk",
            organisation=municipality,
            reason="x",
        )
    with pytest.raises(Refusal, match="Log eerst in"):
        actions.grant_role(by=NOBODY, person=administrator, role="clerk", organisation=municipality, reason="x")


def test_the_second_of_the_same_role_is_refused_in_words(
    as_administrator: Actor, make: Make, municipality: Organisation
) -> None:
    person = make("anna", Role.CLERK)
    with pytest.raises(Refusal, match="al in deze periode"):
        actions.grant_role(by=as_administrator, person=person, role="clerk", organisation=municipality, reason="x")
    assert roles_of(person) == ["clerk"]


def test_empty_reasons_and_periods_are_refused(as_administrator: Actor, make: Make, municipality: Organisation) -> None:
    person = make("anna")
    now = timezone.now()
    with pytest.raises(Refusal, match="waarom"):
        actions.grant_role(by=as_administrator, person=person, role="clerk", organisation=municipality, reason="  ")
    with pytest.raises(Refusal, match="einddatum"):
        actions.grant_role(
            by=as_administrator, person=person, role="clerk", organisation=municipality, reason="x",
            valid_from=now, valid_until=now,
        )  # fmt: skip


def test_a_role_holds_from_its_begin_until_just_before_its_end(
    as_administrator: Actor, make: Make, municipality: Organisation
) -> None:
    person = make("anna")
    begin, end = datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 7, 1, tzinfo=UTC)
    actions.grant_role(
        by=as_administrator, person=person, role="clerk", organisation=municipality, reason="vervanging",
        valid_from=begin, valid_until=end,
    )  # fmt: skip
    for moment, expected in (
        (begin - timedelta(microseconds=1), []),
        (begin, ["clerk"]),
        (end - timedelta(microseconds=1), ["clerk"]),
        (end, []),
    ):
        with time_machine.travel(moment, tick=False):
            assert roles_of(person) == expected, moment


def test_ending_takes_effect_at_once(as_administrator: Actor, administrator: User, make: Make) -> None:
    person = make("anna", Role.CLERK)
    ended = actions.end_role(by=as_administrator, assignment=person.role_assignments.get(), reason="uit dienst")
    assert roles_of(person) == []
    assert (ended.ended_by, ended.end_reason) == (administrator, "uit dienst")
    assert AuditEvent.objects.filter(action="role.ended", object_id=str(ended.public_id)).count() == 1
    with pytest.raises(Refusal, match="al afgelopen"):
        actions.end_role(by=as_administrator, assignment=ended, reason="nog eens")


def test_a_role_that_had_not_begun_never_holds(as_administrator: Actor, make: Make, municipality: Organisation) -> None:
    person = make("anna")
    begin = timezone.now() + timedelta(days=5)
    given = actions.grant_role(
        by=as_administrator, person=person, role="clerk", organisation=municipality, reason="x", valid_from=begin
    )
    actions.end_role(by=as_administrator, assignment=given, reason="toch niet")
    assert roles_of(person, at=begin) == []
    assert actions.grant_role(
        by=as_administrator, person=person, role="clerk", organisation=municipality, reason="toch wel", valid_from=begin
    ).pk


def test_the_last_administrator_stays(as_administrator: Actor, administrator: User, make: Make) -> None:
    mine = administrator.role_assignments.get()
    with pytest.raises(Refusal, match="laatste beheerder"):
        actions.end_role(by=as_administrator, assignment=mine, reason="weg")
    with pytest.raises(Refusal, match="laatste beheerder"):
        actions.close_person(by=None, person=administrator)
    second = make("tweede", Role.ADMINISTRATOR)
    actions.close_person(by=None, person=second)
    with pytest.raises(Refusal, match="laatste beheerder"):  # one whose account is closed does not count
        actions.end_role(by=as_administrator, assignment=mine, reason="weg")
    actions.reopen_person(by=None, person=second)
    actions.end_role(by=as_administrator, assignment=mine, reason="weg")
    assert roles_of(administrator) == []


def test_an_administrator_whose_role_has_a_known_end_does_not_count(
    as_administrator: Actor, administrator: User, make: Make, municipality: Organisation
) -> None:
    actions.grant_role(
        by=as_administrator, person=make("tijdelijk"), role="administrator", organisation=municipality, reason="x",
        valid_until=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    with pytest.raises(Refusal, match="laatste beheerder"):
        actions.end_role(by=as_administrator, assignment=administrator.role_assignments.get(), reason="weg")


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_end_each_other_at_the_same_moment(make: Make) -> None:
    first, second = make("een", Role.ADMINISTRATOR), make("twee", Role.ADMINISTRATOR)
    together = threading.Barrier(2)
    outcomes: list[str] = []

    def end(by: Actor, assignment: RoleAssignment) -> None:
        try:
            together.wait(timeout=10)
            actions.end_role(by=by, assignment=assignment, reason="ruzie")
            outcomes.append("ended")
        except Refusal:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=end, args=(strong(first), second.role_assignments.get())),
        threading.Thread(target=end, args=(strong(second), first.role_assignments.get())),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["ended", "refused"]
    assert queries.valid_assignments().filter(role=Role.ADMINISTRATOR).count() == 1


def test_without_second_factor_staff_roles_do_not_count(make: Make) -> None:
    person = make("anna", Role.CLERK, Role.RESIDENT)
    weak = actor_for(person, second_factor=False)
    assert [held.role for held in weak.roles] == [Role.RESIDENT] and weak.waits_for_second_factor and weak.is_staff
    assert not strong(person).waits_for_second_factor


def test_roles_of_a_stopped_organisation_or_team_do_not_count(
    make: Make, municipality: Organisation, team: Team
) -> None:
    person = make("anna", Role.PROFESSIONAL, Role.CLERK)
    team.is_active = False
    team.save()
    assert roles_of(person) == ["clerk"]
    municipality.is_active = False
    municipality.save()
    assert roles_of(person) == []


def test_an_actor_costs_one_query(make: Make, django_assert_num_queries: Callable[..., object]) -> None:
    person = make("anna", Role.CLERK, Role.RESIDENT, Role.PROFESSIONAL)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert len(strong(person).roles) == 3


def test_an_administrator_sees_and_closes_only_people_of_the_own_municipality(
    as_administrator: Actor, make: Make, elsewhere: Organisation
) -> None:
    stranger = make("ver", Role.CLERK, organisation=elsewhere)
    newcomer = make("nieuw")
    assert set(queries.people_of(as_administrator)) >= {newcomer}
    assert stranger not in queries.people_of(as_administrator)
    with pytest.raises(Refusal, match="niet bij uw gemeente"):
        actions.close_person(by=as_administrator, person=stranger)


def hold(person: User, place: Organisation, how: str) -> None:
    """Give the person the role of clerk: "now", "soon", or "once" (ended)."""
    given = actions.grant_role(
        by=None, person=person, role="clerk", organisation=place, reason="x",
        valid_from=timezone.now() + timedelta(days=3) if how == "soon" else None,
    )  # fmt: skip
    if how == "once":
        actions.end_role(by=None, assignment=given, reason="weg")


PLACES = [None, "once", "now", "soon"]


@pytest.mark.parametrize(("here", "there"), list(product(PLACES, PLACES)))
def test_an_account_is_closed_by_who_administers_every_place_where_the_person_works(
    here: str | None, there: str | None, make: Make, municipality: Organisation, elsewhere: Organisation
) -> None:
    person = make("anna")
    for place, how in ((municipality, here), (elsewhere, there)):
        if how:
            hold(person, place, how)
    both = make("beide", Role.ADMINISTRATOR)
    actions.grant_role(by=None, person=both, role="administrator", organisation=elsewhere, reason="x")
    half = make("half", Role.ADMINISTRATOR)  # administrator here, auditor there
    actions.grant_role(by=None, person=half, role="auditor", organisation=elsewhere, reason="x")
    works_here, works_there = here in ("now", "soon"), there in ("now", "soon")
    allowed = not works_there if works_here or works_there else here == "once" or there is None
    if allowed:
        actions.close_person(by=strong(half), person=person)
        actions.reopen_person(by=strong(half), person=person)
    else:
        for change in (actions.close_person, actions.reopen_person):
            with pytest.raises(Refusal, match="gemeente"):
                change(by=strong(half), person=person)
    person.refresh_from_db()
    assert person.is_active
    actions.close_person(by=strong(both), person=person)
    assert not person.is_active


def test_an_auditor_may_give_roles_nowhere_but_where_they_administer(
    make: Make, municipality: Organisation, elsewhere: Organisation
) -> None:
    half = make("half", Role.ADMINISTRATOR)
    actions.grant_role(by=None, person=half, role="auditor", organisation=elsewhere, reason="x")
    actor = strong(half)
    assert list(queries.organisations_of(actor)) == [municipality]
    assert queries.administered_codes(actor) == ["GM0193"]
    assert queries.visible_codes(actor) == ["GM0166", "GM0193"]


def test_a_person_is_added_once_for_an_address(as_administrator: Actor, make: Make) -> None:
    make("anna")
    with pytest.raises(Refusal, match="al iemand"), transaction.atomic():
        actions.add_person(by=as_administrator, email=" ANNA@zwolle.example", display_name="Anna twee")
