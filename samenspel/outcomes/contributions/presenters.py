# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Contributions in words and cards, for the pages of this part and as frozen data for those of others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samenspel.figures.service import UnknownArea, get_area
from samenspel.outcomes.contributions import policies, queries
from samenspel.outcomes.contributions.kinds import KINDS, Kind
from samenspel.outcomes.contributions.models import Contribution
from samenspel.outcomes.contributions.states import State
from samenspel.outcomes.contributions.subjects import FIGURE, Subject, UnknownSubject, figure_id, find_subject
from samenspel.outcomes.contributions.words import Words, first_and_rest
from samenspel.platform.service import Refusal, accounts, components, dutch
from samenspel.voice import service as voice

IN_A_LIST = 400


@dataclass(frozen=True, slots=True)
class ContributionCard:
    """One published contribution, every text ready to read and none of it HTML.

    `first` is the first sentence, `rest` what follows in paragraphs (cut off in a list: `shortened`), `more` the other
    questions of its kind with their answers. `note` says that readers reported something. `answer` is the answer that
    is owed or given. `beside` are its counter-stories.
    """

    id: str
    public_id: UUID
    kind: Kind
    kind_in_words: str
    label: str
    first: str
    rest: tuple[str, ...]
    shortened: bool
    more: tuple[tuple[str, str], ...]
    by: str
    note: str
    about: components.Link | None
    address: str
    counter_address: str
    answer: voice.AnswerCard | None
    beside: tuple["ContributionCard", ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside one figure: the newest contributions, how many there are, and the ways to add one.

    `closed` says why nothing can be added here; "" when it can.
    """

    cards: tuple[ContributionCard, ...]
    total: int
    all_address: str
    tell_address: str
    doubt_address: str
    behaviour_address: str
    closed: str


def cards(contributions: Sequence[Contribution], *, whole: bool = False) -> list[ContributionCard]:
    """A card for each, with its counter-stories and the answer (a fixed number of queries)."""
    answers_beside = queries.beside(contributions)
    everything = [*contributions, *(one for found in answers_beside.values() for one in found)]
    owed = {
        kind: voice.answers_for(kind, [one.public_id for one in everything if one.kind == kind])
        for kind in {one.kind for one in everything if KINDS[Kind(one.kind)].owes_answer}
    }
    subjects: dict[tuple[str, str], Subject | None] = {}

    def card(one: Contribution, beside: Sequence[Contribution]) -> ContributionCard:
        key = (one.subject_kind, one.subject_id)
        if key not in subjects:
            subjects[key] = _subject(one)
        answer = owed.get(one.kind, {}).get(str(one.public_id))
        return _card(one, subjects[key], answer, tuple(card(other, ()) for other in beside), whole=whole)

    return [card(one, answers_beside[one.pk]) for one in contributions]


def _card(
    one: Contribution,
    subject: Subject | None,
    answer: voice.OwedAnswer | None,
    beside: tuple[ContributionCard, ...],
    *,
    whole: bool,
) -> ContributionCard:
    assert one.published is not None
    words = Words(**one.published)
    return ContributionCard(
        id=f"tekst-{one.public_id}",
        public_id=one.public_id,
        kind=Kind(one.kind),
        kind_in_words=str(Kind(one.kind).label),
        label=_("Voorbeeldverhaal, verzonnen") if one.is_example else "",
        by=_by(one, words, subject),
        note=_("Een lezer heeft iets gemeld. Wij kijken opnieuw.") if one.state == State.UNDER_REVIEW else "",
        about=_about(subject),
        address=reverse("contributions:one", args=[one.public_id]),
        counter_address=f"{reverse('contributions:tell')}?bij={one.public_id}",
        answer=voice.answer_card(answer) if answer else None,
        beside=beside,
        **_texts(Kind(one.kind), words, whole=whole),
    )


def preview(kind: Kind, words: Words, subject: Subject, *, role: str = "") -> ContributionCard:
    """The card as it will look, before anything is sent."""
    return ContributionCard(
        id="voorbeeld",
        public_id=UUID(int=0),
        kind=kind,
        kind_in_words=str(kind.label),
        label="",
        by=_said_by(words.signed, role, subject.place, timezone.now()),
        note="",
        about=_about(subject),
        address="",
        counter_address="",
        answer=None,
        beside=(),
        **_texts(kind, words, whole=True),
    )


def _texts(kind: Kind, words: Words, *, whole: bool) -> dict[str, Any]:
    first, rest = first_and_rest(words.text)
    shortened = not whole and len(rest) > IN_A_LIST
    if shortened:
        rest = rest[: rest.rfind(" ", 0, IN_A_LIST) + 1 or IN_A_LIST].rstrip() + " …"
    others = [
        (str(part.question), words.parts[part.slug]) for part in KINDS[kind].parts[1:] if part.slug in words.parts
    ]
    return {
        "first": first,
        "rest": tuple(rest.split("\n\n")) if rest else (),
        "shortened": shortened,
        "more": tuple(others) if whole else (),
    }


def _subject(one: Contribution) -> Subject | None:
    try:
        return find_subject(one.subject_kind, one.subject_id)
    except UnknownSubject:
        return None


def _about(subject: Subject | None) -> components.Link | None:
    if subject is None:
        return None
    return components.Link(f"{subject.title} ({subject.place})" if subject.place else subject.title, subject.address)


def _by(one: Contribution, words: Words, subject: Subject | None) -> str:
    place = subject.place if subject is not None and subject.place else place_name(one.municipality)
    return _said_by(words.signed, one.confirmed_role, place, one.first_published_at or one.sent_at)


def _said_by(signed: str, role: str, place: str, at: datetime) -> str:
    who = signed[:1].upper() + signed[1:]
    if role:
        who = _("%(who)s (%(role)s: dat klopt, want deze persoon logde in)") % {
            "who": who,
            "role": str(accounts.Role(role).label).lower(),
        }
    return f"{who}. {place}, {dutch.date(timezone.localdate(at))}."


def place_name(code: str) -> str:
    """The name of a municipality; its code when this installation does not know it."""
    try:
        return str(get_area(code).name)
    except UnknownArea:
        return code


def why_closed(municipality: str) -> str:
    """Why nothing can be sent about this municipality, as a sentence; "" when it can."""
    organisation = accounts.municipality(municipality)
    try:
        policies.check_takes_part(municipality, organisation, clerks=queries.clerks(organisation))
    except Refusal as refusal:
        return str(refusal)
    return ""


def stories_beside(indicator: str, area: str, *, most: int = 4) -> Beside | None:
    """What people tell at this figure of this area, newest first; None where nobody can tell anything (too small).

    `area` is the code of a municipality or district. For the fragment `contributions/beside.html`.
    """
    try:
        subject = find_subject(FIGURE, figure_id(area, indicator))
    except UnknownSubject:
        return None
    found = queries.about_figure(indicator, area)
    # A counter-story whose story stands here is shown beside it, not once more by itself.
    alone = found.exclude(beside__in=found.values("pk"))
    tell = f"{reverse('contributions:tell')}?over={subject.reference}"
    return Beside(
        cards=tuple(cards(list(alone[:most]))),
        total=found.count(),
        all_address=f"{reverse('contributions:list')}?over={subject.reference}",
        tell_address=tell,
        doubt_address=f"{tell}&soort={Kind.DOUBT}",
        behaviour_address=f"{tell}&soort={Kind.BEHAVIOUR}",
        closed=why_closed(subject.municipality),
    )


def contributions_about(indicator: str, area: str) -> list[ContributionCard]:
    """All that people published about this figure of this area, newest first, whole; [] when there is nothing."""
    found = queries.about_figure(indicator, area)
    return cards(list(found.exclude(beside__in=found.values("pk"))), whole=True)


def about_indicator(indicator: str, kinds: Sequence[str]) -> list[ContributionCard]:
    """What people published about the indicator itself (doubts, behaviour, proposals), newest first, whole."""
    return cards(list(queries.about([("indicator", indicator)], kinds=kinds)), whole=True)
