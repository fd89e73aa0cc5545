# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The debate in words: who said what of an indicator, reviews, and proposals with their answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samenspel.figures.service import Passport, get_indicator
from samenspel.outcomes.debate.models import Agreement, Proposal, Review
from samenspel.outcomes.debate.states import AgreementKind, ProposalState, Side
from samenspel.outcomes.debate.types import Debate, NextReview, Proposed, Reviewed, Said, Told
from samenspel.platform.service import components, dutch
from samenspel.voice import service as voice


@dataclass(frozen=True, slots=True)
class About:
    """The indicator that a page is about."""

    title: str
    address: str
    key: str
    trail: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was said or done: a sentence with its day, the words, and a mark for what was invented."""

    sentence: str
    words: str
    example: bool


@dataclass(frozen=True, slots=True)
class ToldCard:
    """A doubt, or behaviour that was seen, ready to read. `answer` is the card of the answer that is owed."""

    id: str
    text: str
    by: str
    would_help: str
    url: str
    answer: voice.AnswerCard | None
    example: bool


@dataclass(frozen=True, slots=True)
class ToldList:
    """The newest of one kind on the page of an indicator, how many there are, and where all of them stand."""

    cards: Sequence[ToldCard]
    count: int
    all: components.Link


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """A proposal, ready to read. `answer` is the card of the answer that is owed, None before it is submitted."""

    id: str
    title: str
    url: str
    state: str
    place: str
    begun: str
    shows: str
    measured: str
    beside: components.Link | None
    adopted: components.Link | None
    carriers: Sequence[str]
    answer: voice.AnswerCard | None
    example: bool


@dataclass(frozen=True, slots=True)
class DebateSection:
    """The debate about an indicator, ready to read on its page."""

    made_by: str
    chosen_by: str
    doubts: ToldList
    behaviours: ToldList
    doubt: components.Link
    agreements: Sequence[Entry]
    reviews: Sequence[Entry]
    next_review: str
    review_late: bool
    proposals: Sequence[ProposalCard]
    history: components.Link | None
    doors: Sequence[components.Link]


def debate_section(debate: Debate) -> DebateSection:
    """The debate in words, with the ways to take part in it."""
    key = debate.indicator
    everything = components.Link(_("Alles wat organisaties hierover zeiden"), reverse("debate:history", args=[key]))
    return DebateSection(
        made_by=debate.publisher,
        chosen_by=debate.owner,
        doubts=ToldList(
            [told_card(one) for one in debate.doubts],
            debate.doubt_count,
            components.Link(_("Alle twijfels bij dit cijfer"), reverse("debate:doubts", args=[key])),
        ),
        behaviours=ToldList(
            [told_card(one) for one in debate.behaviours],
            debate.behaviour_count,
            components.Link(_("Alles wat mensen zagen gebeuren"), reverse("debate:behaviours", args=[key])),
        ),
        doubt=doubt_link(key),
        agreements=[said(one) for one in debate.agreements],
        reviews=[reviewed(one) for one in debate.reviews],
        next_review=next_review(debate.next_review),
        review_late=debate.next_review.overdue,
        proposals=[proposal_card(one) for one in debate.proposals],
        history=everything if len(debate.history) > len(debate.agreements) else None,
        doors=[
            components.Link(
                _("Zeg namens uw organisatie dat u het eens bent met dit cijfer"), reverse("debate:agree", args=[key])
            ),
            components.Link(_("Schrijf op dat dit cijfer opnieuw is bekeken"), reverse("debate:review", args=[key])),
            components.Link(_("Stel een ander cijfer voor"), reverse("debate:start") + "?" + urlencode({"bij": key})),
            components.Link(_("Haal woorden weg waaraan iemand te herkennen is"), reverse("debate:remove", args=[key])),
        ],
    )


def title_of(passport: Passport) -> str:
    """The indicator's title in the language of the page."""
    return passport.title_en if (get_language() or "nl").startswith("en") else passport.title


def address_of(key: str) -> str:
    """The page of an indicator."""
    return reverse("pages:indicator", args=[key])


def link_to(key: str) -> components.Link:
    """A link to the page of an indicator."""
    return components.Link(title_of(get_indicator(key)), address_of(key))


def about(passport: Passport) -> About:
    """The indicator that a page is about, with the way back."""
    title, address = title_of(passport), address_of(passport.key)
    trail = [(_("Begin"), "/"), (title, address)]
    return About(title=title, address=address, key=passport.key, trail=trail)


def said(one: Said) -> Entry:
    """ "Gemeente Zwolle is het eens met dit cijfer (gezegd op 3 maart 2026)." with its reservation or reason."""
    words = {"organisation": one.organisation, "day": dutch.date(one.on)}
    if one.kind == AgreementKind.TAKEN_BACK:
        sentence = _("%(organisation)s is het sinds %(day)s niet meer eens met dit cijfer.") % words
        return Entry(sentence, _("Reden: %(words)s") % {"words": one.words}, one.example)
    sentence = _("%(organisation)s is het eens met dit cijfer (gezegd op %(day)s).") % words
    return Entry(
        sentence, _("Wij zijn het eens, maar: %(words)s") % {"words": one.words} if one.words else "", one.example
    )


def words_of(text: Agreement | Review | Proposal) -> str:
    """The words of a published text, to choose it by."""
    if isinstance(text, Proposal):
        return " ".join((text.title, text.shows, text.measured))
    return text.text if isinstance(text, Review) else text.reservation or text.reason


def reviewed(one: Reviewed) -> Entry:
    """ "Op 3 maart 2026 bekeek Gemeente Zwolle dit cijfer opnieuw. Het cijfer blijft zoals het is." """
    words = {"organisation": one.organisation, "day": dutch.date(one.on), "outcome": one.outcome.label}
    sentence = _("Op %(day)s bekeek %(organisation)s dit cijfer opnieuw. %(outcome)s.") % words
    return Entry(sentence, one.text, one.example)


def next_review(one: NextReview) -> str:
    """When the next review is, or plainly that it is late."""
    day = {"day": dutch.date(one.on)}
    if one.overdue:
        return _("Dit cijfer had voor %(day)s opnieuw bekeken moeten zijn. Dat is niet gebeurd.") % day
    return _("Wij bekijken dit cijfer opnieuw voor %(day)s.") % day


def doubt_link(key: str, area: str = "") -> components.Link:
    """The way to say that one doubts a figure, of this area (GM0193, WK019310) or in general."""
    address = reverse("debate:doubt", args=[key])
    return components.Link(
        _("Ik twijfel aan dit cijfer"), f"{address}?{urlencode({'gebied': area})}" if area else address
    )


def told_card(one: Told) -> ToldCard:
    """What somebody told, ready to read."""
    words = {"who": one.signed[:1].upper() + one.signed[1:], "place": one.place, "day": dutch.date(one.on)}
    return ToldCard(
        id=f"twijfel-{one.id}",
        text=one.text,
        by=_("%(who)s. %(place)s, %(day)s.") % words,
        would_help=one.would_help,
        url=one.address,
        answer=voice.answer_card(one.answer) if one.answer else None,
        example=one.example,
    )


def proposal_card(one: Proposed) -> ProposalCard:
    """A proposal, ready to read."""
    words = {"day": dutch.date(one.on), "place": voice.place_name(one.municipality)}
    return ProposalCard(
        id=f"voorstel-{one.id}",
        title=one.title,
        url=one.address,
        state=proposal_state(one),
        place=words["place"],
        begun=_("Voorgesteld in %(place)s, op %(day)s.") % words,
        shows=one.shows,
        measured=one.measured,
        beside=link_to(one.instead_of) if one.instead_of else None,
        adopted=link_to(one.adopted_as) if one.adopted_as else None,
        carriers=[carried_by(carrier.side, carrier.organisation) for carrier in one.carriers],
        answer=voice.answer_card(one.answer) if one.answer else None,
        example=one.example,
    )


def proposal_state(one: Proposed) -> str:
    """Where a proposal stands, in a word or two."""
    if one.state != ProposalState.SUBMITTED or one.answer is None:
        return str(one.state.label)
    if not one.answer.answers:
        return _("Antwoord te laat") if one.answer.overdue else _("Wacht op antwoord")
    match one.answer.answers[-1].outcome:
        case voice.Outcome.ACCEPTED:
            return _("Overgenomen")
        case voice.Outcome.PARTLY:
            return _("Wordt uitgeprobeerd")
        case _other:
            return _("Niet overgenomen")


def carried_by(side: Side, organisation: str) -> str:
    """ "Inwoners (De Buurtkamer)": the side, and within which organisation."""
    return f"{side.label} ({organisation})"
