# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Agreeing, reviewing and proposing: who may, in which order, what stays, and what is owed."""

import json
from datetime import date
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction

from samenspel.figures.service import UnknownIndicator, get_indicator
from samenspel.outcomes.debate import actions, queries
from samenspel.outcomes.debate.models import Agreement, Proposal, ProposalStep
from samenspel.outcomes.debate.states import MOVES, SIDE_OF, AgreementKind, ProposalState, ProposalStepKind, Side
from samenspel.outcomes.service import debate_about
from samenspel.platform.accounts.actors import NOBODY
from samenspel.platform.accounts.roles import RULES
from samenspel.platform.audit.models import AuditEvent
from samenspel.platform.database.roles import WEB
from samenspel.platform.service import Refusal
from samenspel.voice import service as voice
from tests.outcomes.debate.conftest import People

pytestmark = pytest.mark.django_db
KEY = "lonely"


def start(people: People, **fields: str) -> UUID:
    texts = {"title": "Iemand kunnen bellen", "shows": "Of mensen iemand hebben.", "measured": "Eén vraag."}
    made = actions.start_proposal(organisation=people.zwolle, by=people.officer, **{**texts, **fields})
    return made.public_id


def submitted(people: People) -> UUID:
    proposal = start(people, instead_of=KEY)
    actions.join_proposal(proposal=proposal, organisation=people.initiative, side=Side.RESIDENTS, by=people.member)
    actions.submit_proposal(proposal=proposal, by=people.officer)
    return proposal


def test_an_organisation_agrees_with_a_reservation_and_takes_it_back(people: People) -> None:
    actions.agree(indicator=KEY, organisation=people.zwolle, by=people.officer)
    actions.agree(indicator=KEY, organisation=people.initiative, reservation="Met verhalen ernaast.", by=people.member)
    debate = debate_about(KEY)
    assert [(one.organisation, one.words) for one in debate.agreements] == [
        ("De Buurtkamer", "Met verhalen ernaast."),
        ("Gemeente Zwolle", ""),
    ]
    actions.take_back(indicator=KEY, organisation=people.initiative, reason="Er staat geen verhaal.", by=people.member)
    debate = debate_about(KEY)
    assert [one.organisation for one in debate.agreements] == ["Gemeente Zwolle"]
    assert [one.kind for one in debate.history] == [
        AgreementKind.TAKEN_BACK, AgreementKind.AGREED, AgreementKind.AGREED,
    ]  # fmt: skip
    assert queries.agreeing_organisations(KEY) == {people.zwolle.pk}
    assert debate_about("strongly_lonely").history == ()
    event = AuditEvent.objects.get(action="indicator.agreement_taken_back")
    assert "verhaal" not in event.detail and json.loads(event.detail)["indicator"] == KEY


def test_agreeing_twice_needs_something_new(people: People) -> None:
    actions.agree(indicator=KEY, organisation=people.zwolle, by=people.officer)
    with pytest.raises(Refusal, match="staat al dat"):
        actions.agree(indicator=KEY, organisation=people.zwolle, by=people.officer)
    actions.agree(indicator=KEY, organisation=people.zwolle, reservation="Maar.", by=people.officer)
    assert [one.words for one in debate_about(KEY).agreements] == ["Maar."]


def test_nobody_speaks_for_another_organisation(people: People) -> None:
    for actor in (NOBODY, people.stranger, people.professional, people.resident, people.member):
        with pytest.raises(Refusal):
            actions.agree(indicator=KEY, organisation=people.zwolle, by=actor)
    with pytest.raises(Refusal):
        actions.agree(indicator=KEY, organisation=people.initiative, by=people.officer)
    with pytest.raises(Refusal, match="geen cijfer"):
        actions.agree(indicator="happiness", organisation=people.zwolle, by=people.officer)
    assert not Agreement.objects.exists()


def test_only_who_agreed_takes_back_and_says_why(people: People) -> None:
    with pytest.raises(Refusal, match="staat niet dat"):
        actions.take_back(indicator=KEY, organisation=people.zwolle, reason="x", by=people.officer)
    actions.agree(indicator=KEY, organisation=people.zwolle, by=people.officer)
    with pytest.raises(Refusal, match="waarom"):
        actions.take_back(indicator=KEY, organisation=people.zwolle, reason=" ", by=people.officer)


@time_machine.travel("2026-11-21 12:00+01:00", tick=False)
def test_a_review_moves_the_next_one_and_lateness_is_plain(people: People) -> None:
    due = get_indicator(KEY).review
    assert debate_about(KEY).next_review.on == due and not debate_about(KEY).next_review.overdue
    with time_machine.travel("2027-02-02 12:00+01:00", tick=False):
        assert debate_about(KEY).next_review.overdue
        actions.record_review(
            indicator=KEY, organisation=people.zwolle, held_on=date(2027, 2, 1), outcome="kept", text="Het klopt nog.",
            next_on=date(2028, 2, 1), by=people.administrator,
        )  # fmt: skip
        debate = debate_about(KEY)
        assert (debate.next_review.on, debate.next_review.overdue) == (date(2028, 2, 1), False)
        assert [(one.on, one.outcome, one.text) for one in debate.reviews] == [
            (date(2027, 2, 1), "kept", "Het klopt nog.")
        ]


@pytest.mark.parametrize(
    "change",
    [
        {"held_on": date(2100, 1, 1)},
        {"next_on": date(2020, 1, 1)},
        {"text": " "},
        {"outcome": "fine"},
        {"indicator": "happiness"},
    ],
)
def test_a_review_that_cannot_be_is_refused(people: People, change: dict[str, object]) -> None:
    review = {
        "indicator": KEY, "organisation": people.zwolle, "held_on": date(2026, 1, 5), "outcome": "kept", "text": "x",
        "next_on": date(2099, 1, 1), "by": people.officer,
    }  # fmt: skip
    with pytest.raises(Refusal):
        actions.record_review(**{**review, **change})  # type: ignore[arg-type]


def test_a_proposal_needs_two_sides_and_gets_an_answer(people: People) -> None:
    proposal = start(people, instead_of=KEY)
    with pytest.raises(Refusal, match="twee kanten"):
        actions.submit_proposal(proposal=proposal, by=people.officer)
    for actor, organisation, side in (
        (people.resident, people.zwolle, Side.RESIDENTS),
        (people.professional, people.zwolle, Side.PROFESSIONALS),
        (people.member, people.initiative, Side.RESIDENTS),
    ):
        actions.join_proposal(proposal=proposal, organisation=organisation, side=side, by=actor)
    with pytest.raises(Refusal):
        actions.submit_proposal(proposal=proposal, by=people.member)
    question = actions.submit_proposal(proposal=proposal, by=people.officer)
    shown = debate_about(KEY).proposals[0]
    assert [str(one.side) for one in shown.carriers] == ["municipality", "residents", "professionals", "residents"]
    assert shown.state == ProposalState.SUBMITTED and shown.answer is not None and shown.answer.id == question
    assert shown.answer.owner == "Samenspel, beheer van cijfers" and "Iemand kunnen bellen" in shown.answer.question
    with pytest.raises(Refusal, match="niet overgenomen"):
        actions.link_passport(proposal=proposal, indicator="strongly_lonely", by=people.administrator)
    voice.give_answer(question=question, text="Wij doen het.", outcome="accepted", by=people.administrator)
    with pytest.raises(Refusal):
        actions.link_passport(proposal=proposal, indicator="strongly_lonely", by=people.officer)
    actions.link_passport(proposal=proposal, indicator="strongly_lonely", by=people.administrator)
    with pytest.raises(Refusal, match="al welk cijfer"):
        actions.link_passport(proposal=proposal, indicator=KEY, by=people.administrator)
    assert debate_about("strongly_lonely").proposals[0].adopted_as == "strongly_lonely"
    assert [one.kind for one in ProposalStep.objects.order_by("pk")] == [
        "started", "joined", "joined", "joined", "submitted", "adopted",
    ]  # fmt: skip


def test_people_of_one_side_are_one_side(people: People) -> None:
    """Two initiatives are both residents: still one side."""
    made = actions.start_proposal(organisation=people.initiative, title="x", shows="x", measured="x", by=people.member)
    actions.join_proposal(proposal=made.public_id, organisation=people.zwolle, side=Side.RESIDENTS, by=people.resident)
    with pytest.raises(Refusal, match="twee kanten"):
        actions.submit_proposal(proposal=made.public_id, by=people.member)


def test_who_may_start_and_join(people: People) -> None:
    for actor in (NOBODY, people.resident, people.stranger, people.administrator):
        with pytest.raises(Refusal):
            actions.start_proposal(organisation=people.zwolle, title="x", shows="x", measured="x", by=actor)
    for missing in ("title", "shows", "measured"):
        with pytest.raises(Refusal):
            start(people, **{missing: " "})
    with pytest.raises(Refusal):
        start(people, instead_of="happiness")
    proposal = start(people)
    for actor, organisation, side in (
        (NOBODY, people.zwolle, Side.RESIDENTS),
        (people.stranger, people.kampen, Side.MUNICIPALITY),
        (people.officer, people.zwolle, Side.RESIDENTS),  # not a side of theirs
        (people.officer, people.zwolle, Side.MUNICIPALITY),  # already
    ):
        with pytest.raises(Refusal):
            actions.join_proposal(proposal=proposal, organisation=organisation, side=side, by=actor)
    with pytest.raises(Refusal, match="bestaat niet"):
        actions.submit_proposal(proposal=uuid4(), by=people.officer)


def test_withdrawing_takes_the_question_along(people: People) -> None:
    proposal = submitted(people)
    with pytest.raises(Refusal):
        actions.withdraw_proposal(proposal=proposal, by=people.member)
    actions.withdraw_proposal(proposal=proposal, by=people.officer)
    assert debate_about(KEY).proposals == () and voice.open_answers(None) == []
    assert queries.proposal_subjects([str(proposal)]) == {}
    with pytest.raises(Refusal):
        actions.join_proposal(proposal=proposal, organisation=people.zwolle, side=Side.RESIDENTS, by=people.resident)


def test_after_an_answer_a_proposal_stays(people: People) -> None:
    proposal = submitted(people)
    question = Proposal.objects.get().question
    assert question is not None
    voice.give_answer(question=question, text="Nee.", outcome="not", reason="Te duur.", by=people.administrator)
    with pytest.raises(Refusal, match="al een antwoord"):
        actions.withdraw_proposal(proposal=proposal, by=people.officer)


def test_history_is_only_added_to(people: People) -> None:
    actions.agree(indicator=KEY, organisation=people.zwolle, by=people.officer)
    submitted(people)
    for table in ("debate_agreement", "debate_supporter", "debate_proposal_step"):
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
        with pytest.raises(DatabaseError, match="denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {WEB}")
            cursor.execute(f"UPDATE {table} SET by_id = NULL")


@pytest.mark.parametrize(
    "change",
    [{"state": "lost"}, {"state": "submitted"}, {"municipality": "x"}, {"title": ""}, {"adopted_as": "lonely"}],
)
def test_the_database_refuses_what_cannot_be(people: People, change: dict[str, str]) -> None:
    start(people)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(**change)


def test_every_side_can_be_held() -> None:
    """The table of sides names roles within kinds of organisation where the role exists, and every side is there."""
    assert all(kind in RULES[role].kinds for role, kind in SIDE_OF)
    assert set(SIDE_OF.values()) == set(Side)
    assert set(MOVES) == set(ProposalStepKind) - {ProposalStepKind.STARTED}


def test_an_unknown_indicator_has_no_debate() -> None:
    with pytest.raises(UnknownIndicator):
        debate_about("happiness")
