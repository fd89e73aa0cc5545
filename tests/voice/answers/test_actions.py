# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Owing, giving, supplementing, extending and withdrawing: who may, in which order, and that history stays."""

import json
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenspel.platform.accounts.actors import NOBODY
from samenspel.platform.accounts.models import Organisation, User
from samenspel.platform.accounts.roles import OrganisationKind, Role
from samenspel.platform.accounts.service import add_organisation
from samenspel.platform.audit.models import AuditEvent
from samenspel.platform.database.roles import WEB
from samenspel.platform.service import Refusal
from samenspel.voice import service as voice
from samenspel.voice.answers import queries
from samenspel.voice.answers.models import Question, Step
from samenspel.voice.answers.states import MOVES, State, StepKind
from tests.platform.accounts.conftest import strong
from tests.voice.answers.conftest import KIND, Ask

pytestmark = pytest.mark.django_db
Make = Callable[..., User]
ASKED = "2026-11-20 10:00+01:00"


def owed(subject: str = "1") -> voice.OwedAnswer:
    return voice.answers_for(KIND, [subject])[subject]


@time_machine.travel(ASKED, tick=False)
def test_an_answer_is_owed_in_six_weeks_on_a_working_day(ask: Ask) -> None:
    public_id = ask()
    one = owed()
    assert (one.id, one.state, one.overdue) == (public_id, voice.State.OPEN, False)
    assert (one.asked_on, one.due_on, one.owner) == (date(2026, 11, 20), date(2027, 1, 4), "Gemeente Zwolle")
    event = AuditEvent.objects.get(action="answer.owed")
    assert json.loads(event.detail)["due"] == "2027-01-04" and "cijfer" not in event.detail


def test_overdue_follows_from_the_day(ask: Ask) -> None:
    with time_machine.travel(ASKED, tick=False):
        ask()
    for day, late in (("2027-01-04 23:59+01:00", False), ("2027-01-05 00:01+01:00", True)):
        with time_machine.travel(day, tick=False):
            assert owed().overdue is late


def test_the_policy_officer_answers_and_supplements(ask: Ask, make: Make) -> None:
    officer = strong(make("joris", Role.POLICY_OFFICER))
    with time_machine.travel(ASKED, tick=False):
        public_id = ask()
    with time_machine.travel("2027-01-07 10:00+01:00", tick=False):
        voice.give_answer(
            question=public_id, text="Omdat.", outcome="partly", reason="Er is geld voor één.", by=officer
        )
    one = owed()
    assert one.state == voice.State.ANSWERED and one.answered_late and not one.overdue
    assert one.answer == voice.GivenAnswer(date(2027, 1, 7), "Omdat.", voice.Outcome.PARTLY, "Er is geld voor één.")
    voice.give_answer(question=public_id, text="Er kwam geld bij.", outcome="accepted", by=officer)
    one = owed()
    assert one.state == voice.State.SUPPLEMENTED
    assert [given.text for given in one.answers] == ["Omdat.", "Er kwam geld bij."]
    details = [json.loads(e.detail) for e in AuditEvent.objects.filter(action__startswith="answer.").order_by("id")]
    assert details[1:] == [{"late": True, "outcome": "partly"}, {"outcome": "accepted"}]


def test_others_may_not_answer(ask: Ask, make: Make, elsewhere: Organisation) -> None:
    public_id = ask()
    for actor in (
        NOBODY,
        strong(make("clerk", Role.CLERK)),
        strong(make("beheer", Role.ADMINISTRATOR)),
        strong(make("kees", Role.POLICY_OFFICER, organisation=elsewhere)),
    ):
        with pytest.raises(Refusal):
            voice.give_answer(question=public_id, text="x", outcome="accepted", by=actor)
        with pytest.raises(Refusal):
            voice.check_may_answer(actor, Question.objects.get())
    assert owed().state == voice.State.OPEN


def test_the_administrators_answer_for_the_figures(ask: Ask, make: Make) -> None:
    public_id = ask(organisation=None, code="")
    officer, administrator = strong(make("joris", Role.POLICY_OFFICER)), strong(make("beheer", Role.ADMINISTRATOR))
    with pytest.raises(Refusal):
        voice.give_answer(question=public_id, text="x", outcome="accepted", by=officer)
    assert owed().owner == "Samenspel, beheer van cijfers"
    assert [one.id for one in voice.open_answers(None)] == [public_id]
    voice.give_answer(question=public_id, text="Wij passen het aan.", outcome="accepted", by=administrator)
    assert voice.open_answers(None) == []


def test_a_partner_answers_through_its_members(ask: Ask, make: Make) -> None:
    partner = add_organisation(by=None, name="Welzijn", kind=OrganisationKind.PARTNER, area_code="GM0193")
    public_id = ask(organisation=partner)
    with pytest.raises(Refusal):
        voice.give_answer(
            question=public_id, text="x", outcome="accepted", by=strong(make("joris", Role.POLICY_OFFICER))
        )
    member = strong(make("aisha", Role.ORGANISATION_MEMBER, organisation=partner))
    voice.give_answer(question=public_id, text="x", outcome="accepted", by=member)


@pytest.mark.parametrize(
    ("text", "outcome", "reason"),
    [("  ", "accepted", ""), ("Nee.", "not", " "), ("Ja.", "maybe", "x"), ("x" * 8001, "accepted", "")],
)
def test_an_answer_is_whole_or_refused(ask: Ask, make: Make, text: str, outcome: str, reason: str) -> None:
    public_id, officer = ask(), strong(make("joris", Role.POLICY_OFFICER))
    with pytest.raises(Refusal):
        voice.give_answer(question=public_id, text=text, outcome=outcome, reason=reason, by=officer)
    assert Step.objects.count() == 1


def test_more_time_once_with_a_public_reason(ask: Ask, make: Make) -> None:
    officer = strong(make("joris", Role.POLICY_OFFICER))
    with time_machine.travel(ASKED, tick=False):
        public_id = ask()
        for weeks, reason in ((0, "x"), (7, "x"), (3, " ")):
            with pytest.raises(Refusal):
                voice.extend_answer(question=public_id, weeks=weeks, reason=reason, by=officer)
        voice.extend_answer(question=public_id, weeks=3, reason="Wij wachten op het CBS.", by=officer)
        one = owed()
        assert (one.first_due_on, one.due_on) == (date(2027, 1, 4), date(2027, 1, 25))
        assert one.extended_because == "Wij wachten op het CBS."
        with pytest.raises(Refusal, match="al een keer"):
            voice.extend_answer(question=public_id, weeks=1, reason="x", by=officer)


def test_no_more_time_when_it_is_late(ask: Ask, make: Make) -> None:
    officer = strong(make("joris", Role.POLICY_OFFICER))
    with time_machine.travel(ASKED, tick=False):
        public_id = ask()
    with time_machine.travel("2027-01-05 10:00+01:00", tick=False), pytest.raises(Refusal, match="te laat"):
        voice.extend_answer(question=public_id, weeks=1, reason="x", by=officer)


def test_who_asked_withdraws_and_the_text_goes(ask: Ask, make: Make) -> None:
    samira, henk = strong(make("samira", Role.RESIDENT)), strong(make("henk", Role.RESIDENT))
    public_id = ask(by=samira)
    for stranger in (henk, NOBODY):
        with pytest.raises(Refusal):
            voice.withdraw_question(question=public_id, by=stranger)
    voice.withdraw_question(question=public_id, by=samira)
    assert voice.answers_for(KIND, ["1"]) == {}
    row = Question.objects.get()
    assert row.text == "" and queries.owed_answer(row).withdrawn_because == voice.Withdrawal.BY_ASKER
    with pytest.raises(Refusal, match="ingetrokken"):
        voice.withdraw_question(question=public_id, why=voice.Withdrawal.SUBJECT_GONE, by=samira)
    assert ask(by=samira) != public_id, "after a withdrawal the subject may be asked about again"


def test_an_answer_to_a_withdrawn_question_is_not_shown(ask: Ask, make: Make) -> None:
    public_id = ask()
    officer = strong(make("joris", Role.POLICY_OFFICER))
    voice.give_answer(question=public_id, text="Omdat u schreef.", outcome="accepted", by=officer)
    voice.withdraw_question(question=public_id, why=voice.Withdrawal.SUBJECT_GONE, by=NOBODY)
    assert queries.owed_answer(Question.objects.get()).answers == ()
    with pytest.raises(Refusal):
        voice.give_answer(question=public_id, text="x", outcome="accepted", by=officer)


def test_one_question_at_a_time_about_a_subject(ask: Ask) -> None:
    ask()
    with pytest.raises(Refusal, match="al een vraag"):
        ask()
    ask("2")
    assert set(voice.answers_for(KIND, ["1", "2", "3"])) == {"1", "2"}
    assert voice.answers_for(KIND, []) == {}


def test_what_is_unknown_is_refused(ask: Ask, make: Make) -> None:
    with pytest.raises(voice.UnknownSubjectKind, match="nothing"):
        voice.owe_answer(subject_kind="nothing", subject_id="1", owed_by=None, municipality="", question="x", by=NOBODY)
    with pytest.raises(Refusal, match="bestaat niet"):
        voice.give_answer(question=uuid4(), text="x", outcome="accepted", by=NOBODY)
    with pytest.raises(Refusal):
        ask(question=" ")
    with pytest.raises(ValueError, match="weeks is 0"):
        voice.register_subject_kind("x", name="x", resolve=lambda ids: {}, weeks=0)


def test_history_is_only_added_to(ask: Ask) -> None:
    ask()
    for change in ("UPDATE answers_step SET kind = 'answered'", "DELETE FROM answers_step"):
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
        with pytest.raises(DatabaseError, match="denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {WEB}")
            cursor.execute(change)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "lost"},
        {"owner": "administrators"},
        {"organisation": None},
        {"municipality": "Zwolle"},
        {"text": ""},
        {"due_on": date(2020, 1, 1)},
        {"state": "withdrawn"},
    ],
)
def test_the_database_refuses_what_cannot_be(ask: Ask, change: dict[str, object]) -> None:
    ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.update(**change)


@given(st.lists(st.sampled_from(["answer", "extend", "withdraw"]), max_size=5))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_order_of_steps_follows_the_table(ask: Ask, steps: list[str]) -> None:
    """Whatever is tried in whatever order: the state is that of the moves that were allowed, and so is the history."""
    with transaction.atomic():  # rolled back below, so that each example begins anew
        officer = strong(_officer())
        public_id = ask(str(uuid4()))
        state, taken = State.OPEN, [StepKind.ASKED]
        for step in steps:
            kind = {
                "answer": StepKind.ANSWERED if state == State.OPEN else StepKind.SUPPLEMENTED,
                "extend": StepKind.EXTENDED,
                "withdraw": StepKind.WITHDRAWN,
            }[step]
            allowed = state in MOVES[kind].sources and not (kind == StepKind.EXTENDED and kind in taken)
            try:
                if step == "answer":
                    voice.give_answer(question=public_id, text="x", outcome="accepted", by=officer)
                elif step == "extend":
                    voice.extend_answer(question=public_id, weeks=1, reason="x", by=officer)
                else:
                    voice.withdraw_question(question=public_id, why=voice.Withdrawal.SUBJECT_GONE, by=officer)
            except Refusal:
                assert not allowed
            else:
                assert allowed
                state, taken = MOVES[kind].target, [*taken, kind]
        row = Question.objects.get(public_id=public_id)
        assert row.state == state
        assert [one.kind for one in row.steps.order_by("pk")] == taken
        transaction.set_rollback(True)


def _officer() -> User:
    from samenspel.platform.accounts.service import add_person, grant_role

    person = add_person(by=None, email=None, display_name="Joris")
    grant_role(
        by=None,
        person=person,
        role=Role.POLICY_OFFICER,
        organisation=Organisation.objects.get(area_code="GM0193"),
        reason="voor de test",
    )
    return person


def test_who_owes_answers_about_a_place(municipality: Organisation) -> None:
    assert voice.owner_for("GM0193") == municipality
    assert voice.owner_for("GM0166") is None and voice.owner_for("") is None
