# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words of the duty to answer, as other storeys and presenters see them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samenspel.voice.answers.states import Outcome, State, Withdrawal


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer, or what was added to it later: when, the text, what is done with the question, and why."""

    on: date
    text: str
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OwedAnswer:
    """A question with the answer that is owed or was given.

    `owner` is the name of who owes it ("Gemeente Zwolle"). `due_on` is the day that holds now; `first_due_on` the day
    before more time was taken, for which `extended_because` is the public reason ("" when it was not). `overdue` is of
    today and only true without an answer; `answered_late` says that the answer came after the day. A withdrawn
    question has neither text nor answers.
    """

    id: UUID
    subject_kind: str
    subject_id: str
    question: str
    owner: str
    municipality: str
    asked_on: date
    due_on: date
    first_due_on: date
    state: State
    overdue: bool
    address: str
    extended_because: str = ""
    answers: tuple[GivenAnswer, ...] = ()
    answered_late: bool = False
    withdrawn_on: date | None = None
    withdrawn_because: Withdrawal | None = None

    @property
    def answer(self) -> GivenAnswer | None:
        """The first answer; what was added later stands after it in `answers`."""
        return self.answers[0] if self.answers else None
