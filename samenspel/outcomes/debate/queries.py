# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads: what is said of an indicator, and the proposals for others, as frozen data."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from samenspel.figures.service import Passport, get_indicator
from samenspel.outcomes.debate.models import Agreement, Proposal, Review
from samenspel.outcomes.debate.states import AgreementKind, ProposalState, ReviewOutcome, Side
from samenspel.outcomes.debate.told import SHOWN_ON_THE_PAGE, Kind, told, told_about
from samenspel.outcomes.debate.types import Carrier, Debate, NextReview, Proposed, Reviewed, Said
from samenspel.platform.service import accounts
from samenspel.voice import service as voice

SHOWN = Q(state__in=(ProposalState.GATHERING, ProposalState.SUBMITTED))


def debate_about(indicator: str) -> Debate:
    """All that is said of an indicator. Raises UnknownIndicator (see samenspel.figures)."""
    passport = get_indicator(indicator)
    history = said_of(indicator)
    reviews = reviews_of(indicator)
    doubts = list(told_about(indicator, Kind.DOUBT))
    behaviours = list(told_about(indicator, Kind.BEHAVIOUR))
    return Debate(
        indicator=indicator,
        publisher=passport.publisher,
        owner=passport.owner,
        agreements=holding(history),
        history=tuple(said for _organisation, said in history),
        reviews=tuple(reviewed(one) for one in reviews),
        next_review=next_review(passport, reviews),
        proposals=tuple(proposed(proposals().filter(Q(instead_of=indicator) | Q(adopted_as=indicator)))),
        doubts=tuple(told(doubts[:SHOWN_ON_THE_PAGE])),
        doubt_count=len(doubts),
        behaviours=tuple(told(behaviours[:SHOWN_ON_THE_PAGE])),
        behaviour_count=len(behaviours),
    )


def said_of(indicator: str) -> list[tuple[int, Said]]:
    """Everything that organisations said of an indicator, newest first, with the organisation's row (one query)."""
    rows = Agreement.objects.filter(indicator=indicator).select_related("organisation").order_by("-pk")
    return [
        (
            one.organisation_id,
            Said(
                organisation=one.organisation.name,
                kind=AgreementKind(one.kind),
                on=timezone.localdate(one.at),
                words=one.reservation or one.reason,
                example=one.is_example,
            ),
        )
        for one in rows
    ]


def texts_of(indicator: str) -> list[Agreement | Review]:
    """Everything that organisations wrote about an indicator, newest first (two queries)."""
    said = Agreement.objects.filter(indicator=indicator).exclude(reservation="", reason="")
    return [*said.select_related("organisation").order_by("-pk"), *reviews_of(indicator)]


def holding(history: Iterable[tuple[int, Said]]) -> tuple[Said, ...]:
    """The agreements that hold now: of each organisation its last word, where that is an agreement."""
    last: dict[int, Said] = {}
    for organisation, said in history:  # newest first
        last.setdefault(organisation, said)
    return tuple(said for said in last.values() if said.kind == AgreementKind.AGREED)


def agreeing_organisations(indicator: str) -> set[int]:
    """The row numbers of the organisations that agree now."""
    last: dict[int, Said] = {}
    for organisation, said in said_of(indicator):
        last.setdefault(organisation, said)
    return {organisation for organisation, said in last.items() if said.kind == AgreementKind.AGREED}


def reviews_of(indicator: str) -> list[Review]:
    """The reviews of an indicator, newest first (one query)."""
    found = Review.objects.filter(indicator=indicator).select_related("organisation")
    return list(found.order_by("-held_on", "-pk"))


def reviewed(review: Review) -> Reviewed:
    """A review as frozen data."""
    return Reviewed(
        on=review.held_on,
        outcome=ReviewOutcome(review.outcome),
        organisation=review.organisation.name,
        text=review.text,
        example=review.is_example,
    )


def next_review(passport: Passport, reviews: Iterable[Review], today: date | None = None) -> NextReview:
    """The day in the passport, or a later one that was promised at a review; overdue when that day has passed."""
    on = max([passport.review, *(one.next_on for one in reviews)])
    return NextReview(on=on, overdue=on < (today or timezone.localdate()))


def proposals() -> QuerySet[Proposal]:
    """Proposals that everybody can read, newest first."""
    found = Proposal.objects.filter(SHOWN).select_related("started_by")
    return found.prefetch_related("supporters__organisation").order_by("-started_at", "-pk")


def listed(*, municipality: str = "", search: str = "") -> QuerySet[Proposal]:
    """Those of one municipality, with every word of the search in title, purpose or way of counting."""
    found = proposals()
    if municipality:
        found = found.filter(municipality=municipality)
    for word in search.split()[:8]:
        found = found.filter(Q(title__icontains=word) | Q(shows__icontains=word) | Q(measured__icontains=word))
    return found


def proposal_by_id(public_id: UUID) -> Proposal | None:
    """One proposal, also a withdrawn one; None when there is none."""
    found = Proposal.objects.select_related("started_by").prefetch_related("supporters__organisation")
    return found.filter(public_id=public_id).first()


def proposed(found: Iterable[Proposal]) -> list[Proposed]:
    """Proposals as frozen data with the answers that are owed (two queries more)."""
    rows = list(found)
    answers = voice.answers_by_id(one.question for one in rows if one.question)
    return [
        Proposed(
            id=one.public_id,
            municipality=one.municipality,
            title=one.title,
            shows=one.shows,
            measured=one.measured,
            instead_of=one.instead_of,
            on=timezone.localdate(one.started_at),
            state=ProposalState(one.state),
            address=reverse("debate:proposal", args=[one.public_id]),
            carriers=tuple(
                Carrier(Side(sup.side), sup.organisation.name, timezone.localdate(sup.at))
                for sup in sorted(one.supporters.all(), key=lambda sup: sup.pk)
            ),
            answer=answers.get(one.question) if one.question else None,
            adopted_as=one.adopted_as,
            example=one.is_example,
        )
        for one in rows
    ]


def answer_to(proposal: Proposal) -> voice.OwedAnswer | None:
    """The answer that is owed to a proposal; None before it is submitted."""
    return voice.answers_by_id([proposal.question]).get(proposal.question) if proposal.question else None


def proposal_subjects(ids: Collection[str]) -> dict[str, voice.Subject]:
    """Titles and addresses of proposals, for the list of answers (one query); withdrawn ones are left out."""
    found = Proposal.objects.filter(SHOWN, public_id__in=ids).order_by("pk")
    return {
        str(one.public_id): voice.Subject(
            one.title,
            reverse("debate:proposal", args=[one.public_id]),
            "\n\n".join((one.title, one.shows, one.measured)),
        )
        for one in found
    }


def municipalities_with_proposals() -> list[tuple[str, str]]:
    """Code and name of each municipality with a proposal, by name (one query)."""
    codes = Proposal.objects.filter(SHOWN).order_by().values_list("municipality", flat=True).distinct()
    return sorted(((code, voice.place_name(code)) for code in codes), key=lambda pair: pair[1])


def organisation(number: int) -> accounts.Organisation:
    """The organisation with this row number, as the choices of a form name it. Raises DoesNotExist."""
    return accounts.Organisation.objects.get(pk=number)


def organisations_where(actor: accounts.Actor, roles: Collection[str]) -> QuerySet[accounts.Organisation]:
    """The organisations within which the actor holds one of these roles now, by name."""
    ids = {held.organisation_id for held in actor.roles if held.role in roles}
    return accounts.Organisation.objects.filter(pk__in=ids, is_active=True).order_by("name", "pk")
