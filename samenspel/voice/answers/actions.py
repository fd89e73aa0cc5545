# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes: owing an answer, giving and supplementing it, taking more time once, withdrawing the question."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samenspel.methods.legal_terms import term_in_weeks
from samenspel.platform.service import Refusal, accounts, audit
from samenspel.voice.answers.careful import check_public, without
from samenspel.voice.answers.models import Question, Step
from samenspel.voice.answers.policies import (
    check_may_answer,
    check_may_extend,
    check_may_remove_words,
    check_step,
    check_withdraws,
)
from samenspel.voice.answers.registry import find_kind
from samenspel.voice.answers.states import MOVES, Outcome, Owner, State, StepKind, Withdrawal

MOST_TEXT = 8000


@audit.audited
def owe_answer(
    *,
    subject_kind: str,
    subject_id: str,
    owed_by: accounts.Organisation | None,
    municipality: str,
    question: str,
    by: Any,
) -> UUID:
    """Note that an answer is owed; gives the question's id. The term begins the day after today.

    `owed_by` None: the administrators of the figures of this installation. `municipality` is the code (GM0193) of the
    place that the question is about, or "" for the whole country. `by` asks: an Actor of accounts, or the program.
    Who may ask about a subject is for the storey that owns it, which calls this. Raises UnknownSubjectKind, and Refusal
    for an empty or overlong question and when a question about this subject stands already.
    """
    kind = find_kind(subject_kind)
    text = _whole(question, _("Schrijf uw vraag op."), most=4000)
    today = timezone.localdate()
    due = term_in_weeks(today, kind.weeks)
    try:
        with transaction.atomic():
            asked = Question.objects.create(
                subject_kind=subject_kind,
                subject_id=str(subject_id),
                owner=Owner.ORGANISATION if owed_by is not None else Owner.ADMINISTRATORS,
                organisation=owed_by,
                municipality=municipality,
                text=text,
                asked_on=today,
                due_on=due,
                asked_by_id=_person(by),
            )
    except IntegrityError as error:
        if "question_one_per_subject" in str(error):
            raise Refusal(_("Hierover staat al een vraag.")) from error
        raise
    Step.objects.create(question=asked, kind=StepKind.ASKED, at=timezone.now(), by_id=_person(by), due_on=due)
    audit.record(
        by=by,
        action="answer.owed",
        on=asked,
        detail={
            "due": due.isoformat(),
            "subject_kind": subject_kind,
            "subject": str(subject_id),
            "municipality": municipality,
            "owner": str(owed_by.public_id) if owed_by is not None else str(Owner.ADMINISTRATORS),
        },
    )
    return asked.public_id


@audit.audited
def give_answer(
    *, question: UUID, text: str, outcome: Outcome | str, reason: str = "", confirmed: bool = False, by: accounts.Actor
) -> None:
    """Answer a question, or supplement the answer that stands: what was said before stays as it was.

    `outcome` says what is done with it; `reason` is needed unless everything is accepted. Raises Refusal when the actor
    does not owe the answer, when the question was withdrawn, when the text or the reason is missing, and when they may
    tell who somebody is (see careful.py); `confirmed`: the writer says that the name in it may stand there.
    """
    asked = _locked(question)
    check_may_answer(by, asked)
    kind = StepKind.ANSWERED if asked.state == State.OPEN else StepKind.SUPPLEMENTED
    check_step(asked, kind)
    if outcome not in Outcome.values:
        raise Refusal(_("Kies wat u met de vraag doet."))
    why = reason.strip()
    if outcome != Outcome.ACCEPTED:
        why = _whole(reason, _("Schrijf op waarom u dit niet, of niet helemaal doet."), most=2000)
    check_public([text, why], asked.municipality, confirmed=confirmed)
    late = timezone.localdate() > asked.due_on
    Step.objects.create(
        question=asked,
        kind=kind,
        at=timezone.now(),
        by_id=by.person_id,
        text=_whole(text, _("Schrijf uw antwoord op."), most=MOST_TEXT),
        outcome=outcome,
        reason=why,
    )
    detail: dict[str, Any] = {"outcome": str(outcome)}
    if kind == StepKind.ANSWERED:
        detail["late"] = late
    _move(asked, kind, by=by, detail=detail)


@audit.audited
def extend_answer(*, question: UUID, weeks: int, reason: str, confirmed: bool = False, by: accounts.Actor) -> None:
    """Take more time, once: `weeks` from the day that was due, at most the term of this kind of subject again.

    The reason is public. Raises Refusal when the actor does not owe the answer, when it was done before, when the
    answer is late already, for a number of weeks out of reach and without a reason.
    """
    asked = _locked(question)
    check_may_extend(by, asked, timezone.localdate())
    most = find_kind(asked.subject_kind).weeks
    if not 1 <= weeks <= most:
        raise Refusal(_("Kies een aantal weken van 1 tot en met {most}.").format(most=most))
    why = _whole(reason, _("Schrijf op waarom u meer tijd nodig hebt. Iedereen kan dat lezen."), most=2000)
    check_public([why], asked.municipality, confirmed=confirmed)
    asked.due_on = term_in_weeks(asked.due_on, weeks)
    Step.objects.create(
        question=asked, kind=StepKind.EXTENDED, at=timezone.now(), by_id=by.person_id, due_on=asked.due_on, reason=why
    )
    _move(asked, StepKind.EXTENDED, by=by, detail={"due": asked.due_on.isoformat()})


@audit.audited
def withdraw_question(*, question: UUID, why: Withdrawal | str = Withdrawal.BY_ASKER, by: Any) -> None:
    """Withdraw a question: its text goes, and that there was one remains.

    BY_ASKER is for who asked it. SUBJECT_GONE is for the storey that owns the subject, when it is taken down or its
    teller withdrew it: that storey has checked who may. Raises Refusal when it was withdrawn already.
    """
    asked = _locked(question)
    why = Withdrawal(why)
    if why == Withdrawal.BY_ASKER:
        check_withdraws(by, asked)
    check_step(asked, StepKind.WITHDRAWN)
    asked.text = ""
    Step.objects.create(question=asked, kind=StepKind.WITHDRAWN, at=timezone.now(), by_id=_person(by), withdrawal=why)
    _move(asked, StepKind.WITHDRAWN, by=by, detail={"why": str(why)})


@audit.audited
def remove_words(*, step: int, words: str, by: accounts.Actor) -> None:
    """Replace words in an answer, or in the reason for more time, by "[weggehaald]": they are gone from the database.

    For personal data that should not have been published. The trail says who did it, never what stood there.
    Raises Refusal when the actor may not, and when these words do not stand there.
    """
    found = Step.objects.select_related("question__organisation").filter(pk=step).exclude(text="", reason="").first()
    if found is None:
        raise Refusal(_("Deze tekst bestaat niet."))
    check_may_remove_words(by, found.question)
    _locked(found.question.public_id)
    found.refresh_from_db()
    text, reason = without(words, found.text, found.reason)
    Step.objects.filter(pk=step).update(text=text, reason=reason)
    audit.record(by=by, action="answer.words_removed", on=found.question, detail={"step": found.kind})


@audit.audited
def remove_from_question(*, question: UUID, words: str, by: Any) -> None:
    """Take the same words out of the question about a text; the storey that owns the text has checked who may."""
    asked = _locked(question)
    if words.strip() in asked.text:
        (asked.text,) = without(words, asked.text)
        asked.save(update_fields=["text"])
        audit.record(by=by, action="answer.words_removed", on=asked, detail={"step": "asked"})


def _move(asked: Question, kind: StepKind, *, by: Any, detail: dict[str, Any]) -> None:
    move = MOVES[kind]
    asked.state = move.target
    asked.save(update_fields=["state", "due_on", "text"])
    audit.record(by=by, action=move.announces, on=asked, detail=detail)


def _locked(question: UUID) -> Question:
    """The question, for this transaction only: two answers at once wait for each other. Raises Refusal when unknown."""
    found = (
        Question.objects.select_for_update(of=("self",)).select_related("organisation").filter(public_id=question)
    ).first()
    if found is None:
        raise Refusal(_("Deze vraag bestaat niet."))
    return found


def _person(by: Any) -> int | None:
    person: int | None = getattr(by, "person_id", None)
    return person


def _whole(text: str, missing: str, *, most: int) -> str:
    cleaned = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not cleaned:
        raise Refusal(missing)
    if len(cleaned) > most:
        raise Refusal(_("De tekst is te lang. Er passen {most} tekens in.").format(most=most))
    return cleaned
