# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions and answers in words, for the card of the ui kit and for the pages of this part."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samenspel.platform.service import components, dutch
from samenspel.voice.answers.queries import place_name
from samenspel.voice.answers.registry import Subject
from samenspel.voice.answers.states import State
from samenspel.voice.answers.types import GivenAnswer, OwedAnswer


@dataclass(frozen=True, slots=True)
class AnswerText:
    """One answer as it is read: a heading with the day, paragraphs, what is done with it, and the reason."""

    heading: str
    text: str
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """What the tag `owed_answer` shows; every text is ready to read.

    `promise` is the line about the day ("Antwoord uiterlijk 15 mei 2026"), `state` the state in a word.
    """

    id: str
    question: str
    to: str
    promise: str
    state: str
    note: str
    url: str
    about: components.Link | None
    answers: tuple[AnswerText, ...]
    language: str = ""


def answer_card(owed: OwedAnswer, about: Subject | None = None) -> AnswerCard:
    """The card of one question; `about` adds a link to what it is about."""
    gone = owed.state == State.WITHDRAWN
    return AnswerCard(
        id=f"vraag-{owed.id}",
        question=_("Deze vraag is ingetrokken") if gone else owed.question,
        to=_("Gevraagd aan %(owner)s, op %(day)s.") % {"owner": owed.owner, "day": dutch.date(owed.asked_on)},
        promise=_promise(owed),
        state=state_in_words(owed),
        note=_note(owed),
        url=owed.address,
        about=components.Link(about.title, about.address) if about and not gone else None,
        answers=tuple(_answer(owed, given, first=index == 0) for index, given in enumerate(owed.answers)),
        language="" if gone or get_language() == "nl" else "nl",
    )


def state_in_words(owed: OwedAnswer) -> str:
    """The state as a word: "Te laat" is said of an open question after its day."""
    return _("Te laat") if owed.overdue else str(owed.state.label)


def cards(questions: Iterable[OwedAnswer], subjects: dict[tuple[str, str], Subject]) -> list[AnswerCard]:
    """A card for each question, with a link to its subject where that can be seen."""
    return [answer_card(one, subjects.get((one.subject_kind, one.subject_id))) for one in questions]


def place_in_words(owed: OwedAnswer) -> str:
    """The place that the question is about."""
    return place_name(owed.municipality)


def _promise(owed: OwedAnswer) -> str:
    day = {"day": dutch.date(owed.due_on)}
    if owed.state == State.WITHDRAWN:
        return ""
    if owed.overdue:
        return _("Het antwoord had er op %(day)s moeten zijn. Het is er nog niet.") % day
    if owed.state == State.OPEN:
        return _("Antwoord uiterlijk %(day)s.") % day
    assert owed.answer is not None
    if owed.answered_late:
        words = {"given": dutch.date(owed.answer.on), **day}
        return _("Het antwoord kwam op %(given)s. Het had er op %(day)s moeten zijn.") % words
    return _("Beantwoord op %(given)s.") % {"given": dutch.date(owed.answer.on)}


def _note(owed: OwedAnswer) -> str:
    if owed.withdrawn_because is not None:
        return str(owed.withdrawn_because.label)
    if owed.extended_because:
        words = {"first": dutch.date(owed.first_due_on), "reason": owed.extended_because}
        return _("Eerst was het %(first)s. De reden voor meer tijd: %(reason)s") % words
    return ""


def _answer(owed: OwedAnswer, given: GivenAnswer, *, first: bool) -> AnswerText:
    words = {"owner": owed.owner, "day": dutch.date(given.on)}
    heading = _("Antwoord van %(owner)s, %(day)s") % words if first else _("Aanvulling van %(owner)s, %(day)s") % words
    return AnswerText(heading, given.text, str(given.outcome.label), given.reason)
