# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words of the debate, as pages and reports see them: frozen, without rows of the database."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samenspel.outcomes.debate.states import AgreementKind, ProposalState, ReviewOutcome, Side
from samenspel.voice.service import OwedAnswer


@dataclass(frozen=True, slots=True)
class Said:
    """What an organisation said of an indicator on a day: it agreed, with `words` as its reservation ("" for none), or
    it took that back, with `words` as the reason. `example`: invented, for the demo."""

    organisation: str
    kind: AgreementKind
    on: date
    words: str
    example: bool = False


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review that was held: when, what came of it, who recorded it, and what was said."""

    on: date
    outcome: ReviewOutcome
    organisation: str
    text: str
    example: bool = False


@dataclass(frozen=True, slots=True)
class NextReview:
    """When an indicator is looked at again, and whether that day has passed."""

    on: date
    overdue: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A doubt, or behaviour that an indicator provoked, as somebody told it and a moderator let it through.

    `text` is the whole text; `signed` as the teller wishes; `place` the name of the area, of a doubt about
    the indicator itself that of the teller's municipality; `answer` is None only where no answer is owed.
    """

    id: UUID
    text: str
    signed: str
    on: date
    place: str
    address: str
    answer: OwedAnswer | None
    would_help: str = ""
    example: bool = False


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who carries a proposal: the side and the organisation."""

    side: Side
    organisation: str
    on: date


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal for another indicator.

    `answer` is None until it is submitted. `adopted_as` is the key of the indicator that came of it, or "".
    """

    id: UUID
    municipality: str
    title: str
    shows: str
    measured: str
    instead_of: str
    on: date
    state: ProposalState
    address: str
    carriers: tuple[Carrier, ...]
    answer: OwedAnswer | None
    adopted_as: str = ""
    example: bool = False


@dataclass(frozen=True, slots=True)
class Debate:
    """All that is said of an indicator.

    `publisher` makes the figure, `owner` chose and describes it here. `agreements` hold now, newest first; `history` is
    everything that organisations said, newest first. Of doubts and behaviours the newest are given, with how many there
    are in all.
    """

    indicator: str
    publisher: str
    owner: str
    agreements: tuple[Said, ...]
    history: tuple[Said, ...]
    reviews: tuple[Reviewed, ...]
    next_review: NextReview
    proposals: tuple[Proposed, ...]
    doubts: tuple[Told, ...] = ()
    doubt_count: int = 0
    behaviours: tuple[Told, ...] = ()
    behaviour_count: int = 0
