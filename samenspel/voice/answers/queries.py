# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads: questions with their answers, as frozen data; lists for everybody and for who owes the answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samenspel.figures.service import NoStore, UnknownArea, get_area
from samenspel.platform.service import accounts
from samenspel.voice.answers.models import Question, Step
from samenspel.voice.answers.policies import WATCHING_ROLES
from samenspel.voice.answers.states import STANDING, Outcome, Owner, State, StepKind, Withdrawal
from samenspel.voice.answers.types import GivenAnswer, OwedAnswer


class Shown(StrEnum):
    """Which questions a list shows. The slug stands in the address."""

    ALL = ""
    OPEN = "open"
    OVERDUE = "te-laat"
    ANSWERED = "beantwoord"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader of the list asks for; empty is everything."""

    municipality: str = ""
    shown: Shown = Shown.ALL
    search: str = ""


def answers_for(subject_kind: str, ids: Iterable[object]) -> dict[str, OwedAnswer]:
    """The standing question about each of these subjects, by subject id (two queries); subjects without are left out.

    A withdrawn question is left out as well: for what it was about, it no longer counts.
    """
    wanted = [str(one) for one in ids]
    if not wanted:
        return {}
    found = _whole().filter(subject_kind=subject_kind, subject_id__in=wanted, state__in=STANDING)
    return {one.subject_id: owed_answer(one) for one in found}


def answers_by_id(ids: Iterable[UUID | str]) -> dict[UUID, OwedAnswer]:
    """These questions by their id, also withdrawn ones (two queries); ids that are unknown or empty are left out."""
    wanted = [str(one) for one in ids if one]
    if not wanted:
        return {}
    return {one.public_id: owed_answer(one) for one in _whole().filter(public_id__in=wanted).order_by("pk")}


def open_answers(organisation: accounts.Organisation | None) -> list[OwedAnswer]:
    """What this organisation (None: the administrators of the figures) still has to answer, the first due first."""
    found = _whole().filter(state=State.OPEN, organisation=organisation).order_by("due_on", "pk")
    return [owed_answer(one) for one in found]


def newest_answers(count: int) -> list[OwedAnswer]:
    """The questions that were answered last, the newest answer first (two queries)."""
    found = _whole().filter(state__in=(State.ANSWERED, State.SUPPLEMENTED))
    return [owed_answer(one) for one in found.annotate(last=Max("steps__at")).order_by("-last", "-pk")[:count]]


def question_by_id(public_id: UUID) -> Question | None:
    """One question with its organisation and steps (two queries)."""
    return _whole().filter(public_id=public_id).first()


def listed(wanted: Wanted) -> QuerySet[Question]:
    """The questions for everybody, newest first. A withdrawn one shows only where nothing is searched or chosen."""
    found = _whole()
    today = timezone.localdate()
    if wanted.municipality:
        found = found.filter(municipality=wanted.municipality)
    match wanted.shown:
        case Shown.OPEN:
            found = found.filter(state=State.OPEN)
        case Shown.OVERDUE:
            found = found.filter(state=State.OPEN, due_on__lt=today)
        case Shown.ANSWERED:
            found = found.filter(state__in=(State.ANSWERED, State.SUPPLEMENTED))
        case _:
            pass
    for word in wanted.search.split():
        answered = Step.objects.filter(question=OuterRef("pk"), text__icontains=word)
        found = found.filter(Q(text__icontains=word) | Exists(answered), state__in=STANDING)
    return found.order_by("-asked_on", "-pk")


def counts(municipality: str = "") -> tuple[int, int, int]:
    """How many standing questions there are, how many were answered, how many are late (one query)."""
    found = Question.objects.filter(state__in=STANDING)
    if municipality:
        found = found.filter(municipality=municipality)
    today, rows = timezone.localdate(), list(found.order_by("pk").values_list("state", "due_on"))
    late = sum(1 for state, due in rows if state == State.OPEN and due < today)
    return len(rows), sum(1 for state, _due in rows if state != State.OPEN), late


def municipalities_with_questions() -> list[tuple[str, str]]:
    """Code and name of each municipality about which something was asked, by name (one query)."""
    codes = Question.objects.exclude(municipality="").order_by().values_list("municipality", flat=True).distinct()
    return sorted(((code, place_name(code)) for code in codes), key=lambda pair: pair[1])


def owed_by(actor: accounts.Actor) -> QuerySet[Question]:
    """All questions that the actor may answer: those still open first, the first due first."""
    mine = Q(pk__in=[])
    for held in actor.roles:
        of_municipality = held.organisation_kind == accounts.OrganisationKind.MUNICIPALITY
        if held.role == accounts.Role.ADMINISTRATOR:
            mine |= Q(owner=Owner.ADMINISTRATORS)
        elif (held.role == accounts.Role.POLICY_OFFICER and of_municipality) or (
            held.role == accounts.Role.ORGANISATION_MEMBER and not of_municipality
        ):
            mine |= Q(organisation=held.organisation_id)
    return _whole().filter(mine)


def watched_by(actor: accounts.Actor) -> QuerySet[Question]:
    """What still waits for an answer in the municipalities whose council the actor serves, the first due first."""
    codes = {held.area_code for held in actor.roles if held.role in WATCHING_ROLES}
    return _whole().filter(state=State.OPEN, municipality__in=codes).order_by("due_on", "pk")


def owner_for(municipality: str) -> accounts.Organisation | None:
    """Who owes answers about this municipality: its organisation where it takes part, else None: the administrators."""
    found = accounts.municipality(municipality) if municipality else None
    return found if found is not None and found.is_active else None


def place_name(code: str) -> str:
    """The name of a municipality; "Nederland" for ""; the code when this installation does not know it."""
    if not code:
        return _("Nederland")
    try:
        return str(get_area(code).name)
    except (UnknownArea, NoStore):
        return code


def owed_answer(question: Question, today: date | None = None) -> OwedAnswer:
    """The question as frozen data; its steps should have been fetched before (see question_by_id)."""
    day = today or timezone.localdate()
    steps = sorted(question.steps.all(), key=lambda step: step.pk)  # written one after the other, under a lock
    withdrawn = next((step for step in steps if step.kind == StepKind.WITHDRAWN), None)
    answers = tuple(
        GivenAnswer(timezone.localdate(step.at), step.text, Outcome(step.outcome), step.reason)
        for step in steps
        if step.kind in (StepKind.ANSWERED, StepKind.SUPPLEMENTED)
    )
    return OwedAnswer(
        id=question.public_id,
        subject_kind=question.subject_kind,
        subject_id=question.subject_id,
        question=question.text,
        owner=question.organisation.name if question.organisation else str(Owner(question.owner).label),
        municipality=question.municipality,
        asked_on=question.asked_on,
        due_on=question.due_on,
        first_due_on=next((step.due_on for step in steps if step.due_on is not None), question.due_on),
        state=State(question.state),
        overdue=question.state == State.OPEN and question.due_on < day,
        address=reverse("answers:question", args=[question.public_id]),
        extended_because=next((step.reason for step in steps if step.kind == StepKind.EXTENDED), ""),
        answers=() if withdrawn else answers,
        answered_late=bool(answers) and answers[0].on > question.due_on and withdrawn is None,
        withdrawn_on=timezone.localdate(withdrawn.at) if withdrawn else None,
        withdrawn_because=Withdrawal(withdrawn.withdrawal) if withdrawn else None,
    )


def _whole() -> QuerySet[Question]:
    return Question.objects.select_related("organisation").prefetch_related("steps")
