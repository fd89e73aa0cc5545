# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What goes on now, for the home page: the newest texts of people and the newest answers to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from samenspel.outcomes.service import contributions
from samenspel.platform.service import components, dutch
from samenspel.voice import service as voice

if TYPE_CHECKING:
    from samenspel.voice.service import OwedAnswer

MOST = 3


@dataclass(frozen=True, slots=True)
class NewLine:
    """One line of news: a link with the words of who said it, and what and when it was."""

    link: components.Link
    note: str


@dataclass(frozen=True, slots=True)
class News:
    """The newest texts and answers, each newest first; both can be empty."""

    texts: Sequence[NewLine]
    answers: Sequence[NewLine]


def news() -> News:
    """Up to three texts and three answers, of the whole country."""
    texts = contributions.cards(list(contributions.shown()[:MOST]))
    return News(
        texts=[NewLine(components.Link(one.first, one.address), f"{one.kind_in_words}. {one.by}") for one in texts],
        answers=[_answer(one) for one in voice.newest_answers(MOST)],
    )


def _answer(owed: "OwedAnswer") -> NewLine:
    given = {"owner": owed.owner, "day": dutch.date(owed.answers[-1].on)}
    first = len(owed.answers) == 1
    said = _("%(owner)s gaf antwoord op %(day)s.") if first else _("%(owner)s vulde het antwoord aan op %(day)s.")
    return NewLine(components.Link(owed.question, owed.address), said % given)
