# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Doubts about an indicator and behaviour that it provoked: contributions that a moderator let through."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from samenspel.outcomes.contributions import service as contributions
from samenspel.outcomes.contributions.actions import check_open
from samenspel.outcomes.debate.types import Told
from samenspel.platform.service import Refusal, accounts
from samenspel.voice import service as voice

SHOWN_ON_THE_PAGE = 3
"""How many of the newest stand on the page of an indicator; the list has them all."""

Kind = contributions.Kind


def told_about(indicator: str, kind: Kind) -> QuerySet[contributions.Contribution]:
    """What people told of this kind about an indicator, or about its figure anywhere; newest first."""
    of_figure = Q(subject_kind=contributions.FIGURE, subject_id__endswith=f":{indicator}")
    of_indicator = Q(subject_kind=contributions.INDICATOR, subject_id=indicator)
    return contributions.shown().filter(of_figure | of_indicator, kind=kind)


def told(found: Iterable[contributions.Contribution]) -> list[Told]:
    """Contributions of one kind as frozen data, with the answers that are owed (two queries more)."""
    rows = list(found)
    answers = voice.answers_for(rows[0].kind, [one.public_id for one in rows]) if rows else {}
    return [_told(one, answers.get(str(one.public_id))) for one in rows]


def of_residents(municipality: str = "", search: str = "", *, most: int = 20) -> list[Told]:
    """What residents propose to count, as they wrote it and a moderator let it through, newest first."""
    return told(contributions.listed(kinds=[Kind.PROPOSAL], municipality=municipality, search=search)[:most])


def _told(one: contributions.Contribution, answer: voice.OwedAnswer | None) -> Told:
    words = contributions.words_of(one)
    return Told(
        id=one.public_id,
        text=words.text,
        signed=words.signed,
        on=timezone.localdate(one.first_published_at or one.sent_at),
        place=_place(one),
        address=reverse("contributions:one", args=[one.public_id]),
        answer=answer,
        would_help=words.parts.get("would_help", ""),
        example=one.is_example,
    )


def _place(one: contributions.Contribution) -> str:
    try:
        place = contributions.find_subject(one.subject_kind, one.subject_id).place
    except contributions.UnknownSubject:
        place = ""
    return place or voice.place_name(one.municipality)


def where_to_doubt(indicator: str, area: str) -> tuple[str, str]:
    """The reference of the figure to fill in ("figure:GM0193:lonely") and "", or "" and why nothing can be sent here.

    `area` "": both are "", because a place must be chosen first.
    """
    if not area:
        return "", ""
    try:
        subject = contributions.find_subject(contributions.FIGURE, contributions.figure_id(area, indicator))
        check_open(subject.municipality)
    except (contributions.UnknownSubject, Refusal) as problem:
        return "", str(problem)
    return subject.reference, ""


def open_places() -> list[tuple[str, str]]:
    """Code and name of each municipality where a doubt can be sent, by name."""
    taking_part = accounts.Organisation.objects.filter(
        kind=accounts.OrganisationKind.MUNICIPALITY, is_active=True
    ).order_by("pk")
    found = []
    for one in taking_part:
        try:
            check_open(one.area_code)
        except Refusal:
            continue
        found.append((one.area_code, voice.place_name(one.area_code)))
    return sorted(found, key=lambda pair: pair[1])
