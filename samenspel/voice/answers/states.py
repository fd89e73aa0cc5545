# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The life cycle of a question as data: what may follow on what, and what it announces to the audit trail.

Overdue is no state: it follows from the day of today and the day by which an answer is due.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a question stands. The slug is stored and stays."""

    OPEN = "open", _("Wacht op antwoord")
    ANSWERED = "answered", _("Beantwoord")
    SUPPLEMENTED = "supplemented", _("Beantwoord en aangevuld")
    WITHDRAWN = "withdrawn", _("Vraag ingetrokken")


class StepKind(models.TextChoices):
    """What happened to a question. The history holds these, and is never changed."""

    ASKED = "asked", _("Gevraagd")
    EXTENDED = "extended", _("Meer tijd genomen")
    ANSWERED = "answered", _("Beantwoord")
    SUPPLEMENTED = "supplemented", _("Antwoord aangevuld")
    WITHDRAWN = "withdrawn", _("Vraag ingetrokken")


class Outcome(models.TextChoices):
    """What is done with what was asked."""

    ACCEPTED = "accepted", _("Wij doen dit")
    PARTLY = "partly", _("Wij doen een deel")
    NOT = "not", _("Wij doen dit niet")


class Withdrawal(models.TextChoices):
    """Why a question is no longer there."""

    BY_ASKER = "by_asker", _("Wie het vroeg, heeft de vraag ingetrokken.")
    SUBJECT_GONE = "subject_gone", _("Het bericht waar de vraag bij hoorde, staat niet meer op deze website.")


class Owner(models.TextChoices):
    """Who owes the answer."""

    ORGANISATION = "organisation", _("Een organisatie")
    ADMINISTRATORS = "administrators", _("Samenspel, beheer van cijfers")


@dataclass(frozen=True, slots=True)
class Move:
    """A step that may be taken: from which states, to which, and the audit action that it announces."""

    sources: frozenset[State]
    target: State
    announces: str


MOVES: dict[StepKind, Move] = {
    StepKind.EXTENDED: Move(frozenset({State.OPEN}), State.OPEN, "answer.extended"),
    StepKind.ANSWERED: Move(frozenset({State.OPEN}), State.ANSWERED, "answer.given"),
    StepKind.SUPPLEMENTED: Move(
        frozenset({State.ANSWERED, State.SUPPLEMENTED}), State.SUPPLEMENTED, "answer.supplemented"
    ),
    StepKind.WITHDRAWN: Move(
        frozenset({State.OPEN, State.ANSWERED, State.SUPPLEMENTED}), State.WITHDRAWN, "question.withdrawn"
    ),
}
"""What may happen after ASKED, which begins every question as OPEN."""

STANDING = (State.OPEN, State.ANSWERED, State.SUPPLEMENTED)
"""The states in which a question can still be read."""
