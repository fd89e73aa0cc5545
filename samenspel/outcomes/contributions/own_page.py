# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a teller sees of their own text."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from samenspel.outcomes.contributions import policies, queries
from samenspel.outcomes.contributions.actions import words_of
from samenspel.outcomes.contributions.consents import CONSENT_TEXTS
from samenspel.outcomes.contributions.kinds import Kind
from samenspel.outcomes.contributions.models import Contribution, Decision
from samenspel.outcomes.contributions.states import APPEAL_TERM, REVIEW_TERM, SHOWN, Reason, State, Use
from samenspel.outcomes.contributions.subjects import UnknownSubject, find_subject
from samenspel.outcomes.contributions.words import first_and_rest, unseal_note
from samenspel.platform.service import audit, components, dutch


@dataclass(frozen=True, slots=True)
class DecisionInWords:
    """One thing that was decided: when, what, by which rule, and the moderator's own words."""

    heading: str
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    """All that the teller's page shows; every text ready to read."""

    public_id: UUID
    kind: str
    title: str
    about: components.Link | None
    state: str
    next: str
    text: Sequence[str]
    signed: str
    sent_on: str
    decisions: Sequence[DecisionInWords]
    looks: int
    papers: bool
    papers_text: str
    may_change: bool
    may_appeal: bool
    is_shown: bool
    is_withdrawn: bool
    label: str = ""


def own_page(contribution: Contribution) -> OwnPage:
    """Where the text stands now and what can be done. Whoever calls this has checked that it is the teller."""
    now = timezone.now()
    state = queries.state_of(contribution, now)
    holder = policies.Holder(opened=contribution.public_id)
    erased = contribution.sealed is None and contribution.published is None
    words = None if erased else words_of(contribution)
    papers = queries.consents_of(contribution).get(Use.PAPERS)
    try:
        subject = find_subject(contribution.subject_kind, contribution.subject_id)
    except UnknownSubject:
        subject = None
    return OwnPage(
        public_id=contribution.public_id,
        kind=str(Kind(contribution.kind).label),
        title=first_and_rest(words.text)[0] if words else _("De tekst is gewist"),
        about=components.Link(f"{subject.title} ({subject.place})" if subject.place else subject.title, subject.address)
        if subject
        else None,
        state=str(state.label),
        next=_next(contribution, state),
        text=words.text.split("\n\n") if words else (),
        signed=words.signed if words else "",
        sent_on=dutch.date(timezone.localdate(contribution.sent_at)),
        decisions=[_in_words(one) for one in contribution.decisions.order_by("at", "pk")],
        looks=audit.looks_at(contribution.teller or contribution).filter(object_id=str(contribution.public_id)).count(),
        papers=papers is not None and papers.given,
        papers_text=str(CONSENT_TEXTS[Use.PAPERS].text),
        may_change=policies.can_change(holder, contribution, now),
        may_appeal=policies.can_appeal(holder, contribution, now),
        is_shown=state in SHOWN,
        is_withdrawn=state is State.WITHDRAWN,
        label=_("Voorbeeldverhaal, verzonnen") if contribution.is_example else "",
    )


def _next(contribution: Contribution, state: State) -> str:
    """What happens next, and when."""
    looked_at = timezone.localdate(contribution.wait_until + REVIEW_TERM)
    match state:
        case State.WAITING:
            day = dutch.date(timezone.localdate(contribution.wait_until))
            return _("Niemand leest uw tekst voor %(day)s. Tot die dag kunt u hem nog veranderen.") % {"day": day}
        case State.TO_REVIEW:
            return _("Een medewerker van de griffie leest uw tekst, uiterlijk %(day)s.") % {
                "day": dutch.date(looked_at)
            }
        case State.PUBLISHED:
            return _("Iedereen kan uw tekst lezen.")
        case State.UNDER_REVIEW:
            return _("Een lezer meldde iets over uw tekst. Iedereen kan hem nog lezen. De griffie kijkt opnieuw.")
        case State.HIDDEN:
            return _("Een lezer meldde dat iemand te herkennen is. Tot de griffie kijkt, ziet niemand uw tekst.")
        case State.REFUSED:
            last = dutch.date(timezone.localdate(contribution.state_since + APPEAL_TERM))
            return _("U kunt tot %(day)s vragen of iemand anders opnieuw kijkt.") % {"day": last}
        case State.APPEALED:
            return _("Iemand anders dan wie uw tekst weigerde, kijkt er opnieuw naar.")
        case State.REFUSED_FOR_GOOD:
            return _("Uw tekst komt niet op de website. Wij wissen hem na negentig dagen.")
        case _other:
            return _("De tekst is gewist.")


def _in_words(decision: Decision) -> DecisionInWords:
    steps = {
        "published": _("Geplaatst"),
        "refused": _("Niet geplaatst"),
        "reopened": _("Opnieuw bekeken"),
        "appeal_upheld": _("Toch geplaatst, na uw bezwaar"),
        "appeal_rejected": _("Ook na uw bezwaar niet geplaatst"),
        "kept": _("Blijft staan, na een melding"),
        "removed": _("Weggehaald, na een melding"),
    }
    day = dutch.date(timezone.localdate(decision.at))
    return DecisionInWords(
        heading=f"{steps.get(decision.step, decision.step)}, {day}",
        reason=str(Reason(decision.reason).label) if decision.reason else "",
        words=unseal_note(decision.sealed_words),
    )
