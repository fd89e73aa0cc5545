# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads: what everybody sees, what a teller sees of their own, and what waits for moderators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from samenspel.outcomes.contributions.codes import hash_of
from samenspel.outcomes.contributions.kinds import Kind
from samenspel.outcomes.contributions.models import Consent, Contribution, Decision
from samenspel.outcomes.contributions.states import (
    APPEAL_TERM,
    FOR_MODERATORS,
    KEEP_REFUSED,
    SHOWN,
    UNDO_TERM,
    Reason,
    State,
    Use,
)
from samenspel.outcomes.contributions.subjects import FIGURE, figure_id
from samenspel.platform.service import accounts

LEAST_FOR_NUMBERS = 10
"""Below this many the numbers on moderation would tell about single texts."""
REFUSALS = ("refused", "removed")


def shown() -> QuerySet[Contribution]:
    """What everybody can read, newest first, without the counter-stories that stand beside another one."""
    return _shown().order_by("-first_published_at", "-pk")


def _shown() -> QuerySet[Contribution]:
    # Invented texts are for the demo only, whatever a database that once was one still holds.
    found = Contribution.objects.filter(state__in=SHOWN)
    return found if settings.DEMO else found.filter(is_example=False)


def listed(
    *,
    search: str = "",
    municipality: str = "",
    subject: tuple[str, str] | None = None,
    kinds: Sequence[str] = (),
) -> QuerySet[Contribution]:
    """Published contributions, newest first. `search`: every word stands in the text, whatever its capitals."""
    found = shown()
    for word in search.split()[:8]:
        found = found.filter(published__parts__text__icontains=word)
    if municipality:
        found = found.filter(municipality=municipality)
    if subject:
        found = found.filter(subject_kind=subject[0], subject_id=subject[1])
    if kinds:
        found = found.filter(kind__in=kinds)
    return found


def published(public_id: UUID) -> Contribution | None:
    """One that everybody can read; None when there is none, or not any more."""
    return shown().filter(public_id=public_id).select_related("beside").first()


def in_any_state(public_id: UUID) -> Contribution | None:
    """The row with this address whatever its state; None when there is none. It says nothing of who may see it."""
    return Contribution.objects.filter(public_id=public_id).select_related("beside").first()


def was_here(public_id: UUID) -> bool:
    """Whether a text with this address was ever published and is now gone or hidden."""
    return Contribution.objects.filter(public_id=public_id, first_published_at__isnull=False).exists()


def beside(contributions: Sequence[Contribution]) -> dict[int, list[Contribution]]:
    """The published counter-stories of each, oldest first, by the row number of what they stand beside (one query)."""
    found: dict[int, list[Contribution]] = {one.pk: [] for one in contributions}
    answers = _shown().filter(beside__in=found).order_by("first_published_at", "pk")
    for one in answers:
        assert one.beside_id is not None
        found[one.beside_id].append(one)
    return found


def about(
    subjects: Sequence[tuple[str, str]], *, kinds: Sequence[str] = (), municipality: str = ""
) -> QuerySet[Contribution]:
    """Published contributions about any of these subjects, newest first."""
    wanted = Q(pk__in=[])
    for kind, id in subjects:
        wanted |= Q(subject_kind=kind, subject_id=id)
    found = shown().filter(wanted)
    if municipality:
        found = found.filter(municipality=municipality)
    return found.filter(kind__in=kinds) if kinds else found


def about_figure(indicator: str, area: str, *, kinds: Sequence[str] = ()) -> QuerySet[Contribution]:
    """Published contributions about this figure of this area (GM0193, WK019310), newest first."""
    return about([(FIGURE, figure_id(area, indicator))], kinds=kinds)


def by_code(code: str) -> Contribution | None:
    """The contribution with this personal code, as somebody types it; None when there is none or it was withdrawn."""
    return Contribution.objects.filter(code_hash=hash_of(code)).exclude(state=State.WITHDRAWN).first()


def own(public_id: UUID) -> Contribution | None:
    """A contribution that its teller may look into (check_holds says whose it is); None when it was withdrawn."""
    return (
        Contribution.objects.filter(public_id=public_id)
        .exclude(state=State.WITHDRAWN)
        .prefetch_related(Prefetch("decisions", Decision.objects.order_by("at", "pk")))
        .first()
    )


def mine(actor: accounts.Actor) -> QuerySet[Contribution]:
    """What somebody sent while logged in, newest first."""
    return Contribution.objects.filter(teller=actor.person_id).order_by("-sent_at", "-pk")


def state_of(contribution: Contribution, now: datetime | None = None) -> State:
    """The state as it is now: a text whose time to think is over waits for review, also when no worker ran."""
    if contribution.state == State.WAITING and contribution.wait_until <= (now or timezone.now()):
        return State.TO_REVIEW
    return State(contribution.state)


def overdue(now: datetime) -> QuerySet[Contribution]:
    """Texts whose time to think is over but that still stand as waiting."""
    return Contribution.objects.filter(state=State.WAITING, wait_until__lte=now).order_by("wait_until", "pk")


def past_appeal(now: datetime) -> QuerySet[Contribution]:
    """Refused texts whose term for an objection is over."""
    return Contribution.objects.filter(state=State.REFUSED, state_since__lte=now - APPEAL_TERM).order_by("pk")


def to_erase(now: datetime) -> QuerySet[Contribution]:
    """Texts that were refused for good so long ago that nobody needs them any more."""
    return Contribution.objects.filter(
        state=State.REFUSED_FOR_GOOD, state_since__lte=now - KEEP_REFUSED, sealed__isnull=False
    ).order_by("pk")


def codes_of(actor: accounts.Actor, *roles: str) -> list[str]:
    """The municipalities where the actor holds one of these roles."""
    return sorted({held.area_code for held in actor.roles if held.role in roles})


def to_review(actor: accounts.Actor, now: datetime | None = None) -> QuerySet[Contribution]:
    """What waits for the actor's decision, the oldest first.

    A clerk sees everything of their municipality, but for their own texts and for objections against their own refusal;
    an auditor sees objections.
    """
    moment = now or timezone.now()
    clerk, auditor = codes_of(actor, accounts.Role.CLERK), codes_of(actor, accounts.Role.AUDITOR)
    waiting = Q(state__in=FOR_MODERATORS - {State.APPEALED}) | Q(state=State.WAITING, wait_until__lte=moment)
    refused_by_me = Contribution.objects.filter(
        pk__in=[
            one.contribution_id
            for one in latest_refusals(Contribution.objects.filter(state=State.APPEALED)).values()
            if one.by_id == actor.person_id
        ]
    )
    return (
        Contribution.objects.filter(
            Q(waiting, municipality__in=clerk) | Q(state=State.APPEALED, municipality__in=[*clerk, *auditor])
        )
        .exclude(teller=actor.person_id, teller__isnull=False)
        .exclude(pk__in=refused_by_me.values("pk"))
        .order_by("wait_until", "pk")
    )


def latest_refusals(contributions: QuerySet[Contribution]) -> dict[int, Decision]:
    """The last decision to refuse or remove each of these, by their row number (one query)."""
    decisions = Decision.objects.filter(contribution__in=contributions, step__in=REFUSALS).order_by("at", "pk")
    return {one.contribution_id: one for one in decisions}


def latest_refusal(contribution: Contribution) -> Decision | None:
    """The last decision to refuse or remove this one."""
    return contribution.decisions.filter(step__in=REFUSALS).order_by("-at", "-pk").first()


def latest_decision(contribution: Contribution) -> Decision | None:
    """The last decision about this one."""
    return contribution.decisions.order_by("-at", "-pk").first()


def consents_of(contribution: Contribution) -> dict[Use, Consent]:
    """The consent that holds now, given or withdrawn, for each use that was asked."""
    return {Use(one.use): one for one in contribution.consents.order_by("at", "pk")}


def for_papers(contributions: QuerySet[Contribution]) -> list[Contribution]:
    """Those that may stand in the report and in papers for the council by their teller's consent, in the same order."""
    latest: dict[int, bool] = {}
    for one in Consent.objects.filter(contribution__in=contributions, use=Use.PAPERS).order_by("at", "pk"):
        latest[one.contribution_id] = one.given
    return [one for one in contributions if latest.get(one.pk)]


def clerks(organisation: accounts.Organisation | None, now: datetime | None = None) -> int:
    """How many people can moderate for this municipality now."""
    if organisation is None:
        return 0
    moment = now or timezone.now()
    return (
        accounts.RoleAssignment.objects.filter(
            organisation=organisation, role=accounts.Role.CLERK, valid_from__lte=moment, person__is_active=True
        )
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gt=moment))
        .values("person")
        .distinct()
        .count()
    )


def municipalities_with_texts() -> list[str]:
    """The codes of municipalities of which something can be read, in order."""
    return list(_shown().order_by("municipality").values_list("municipality", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Numbers:
    """How moderation went, of all texts ever sent; refusals by the reason of their last decision.

    `median_days` counts from the end of the wait until the first decision. None stands for fewer than
    LEAST_FOR_NUMBERS decided texts.
    """

    received: int
    published: int
    refused: dict[Reason, int]
    appealed: int
    median_days: float


def moderation_numbers(municipality: str = "") -> Numbers | None:
    """How moderation went, for one municipality or all; None as long as fewer than ten texts were decided on."""
    every = Contribution.objects.filter(is_example=False)
    if municipality:
        every = every.filter(municipality=municipality)
    times = list(
        every.filter(first_decided_at__isnull=False).order_by("pk").values_list("wait_until", "first_decided_at")
    )
    if len(times) < LEAST_FOR_NUMBERS:
        return None
    refused: dict[Reason, int] = {}
    for decision in latest_refusals(every.filter(state__in=[State.REFUSED, State.REFUSED_FOR_GOOD])).values():
        refused[Reason(decision.reason)] = refused.get(Reason(decision.reason), 0) + 1
    appeals = Decision.objects.filter(contribution__in=every, step__in=["appeal_upheld", "appeal_rejected"])
    waited = [max(end - start, timedelta()) / timedelta(days=1) for start, end in times if end is not None]
    return Numbers(
        received=every.count(),
        published=every.filter(first_published_at__isnull=False).count(),
        refused=dict(sorted(refused.items())),
        appealed=appeals.count(),
        median_days=median(waited),
    )


def counts_by_kind(subjects: Sequence[tuple[str, str]], *, municipality: str = "") -> dict[Kind, int]:
    """How many published contributions of each kind there are about these subjects."""
    counts: dict[Kind, int] = {}
    for kind in about(subjects, municipality=municipality).values_list("kind", flat=True):
        counts[Kind(kind)] = counts.get(Kind(kind), 0) + 1
    return counts


def recent_decisions(actor: accounts.Actor, most: int = 20) -> list[Contribution]:
    """Texts of the actor's municipalities about which was decided last, newest first: refused, or just published."""
    codes = codes_of(actor, accounts.Role.CLERK)
    return list(
        Contribution.objects.filter(
            Q(state=State.REFUSED) | Q(state=State.PUBLISHED, state_since__gt=timezone.now() - UNDO_TERM),
            municipality__in=codes,
        ).order_by("-state_since", "-pk")[:most]
    )


def judges(municipality: str) -> int:
    """How many people can judge an objection here: clerks and auditors."""
    moment = timezone.now()
    return (
        accounts.RoleAssignment.objects.filter(
            organisation__area_code=municipality,
            role__in=[accounts.Role.CLERK, accounts.Role.AUDITOR],
            valid_from__lte=moment,
            person__is_active=True,
        )
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gt=moment))
        .values("person")
        .distinct()
        .count()
    )


def open_municipalities() -> list[accounts.Organisation]:
    """The municipalities where a text can be sent: they take part, and somebody can look at it; by name."""
    takes_part = accounts.Organisation.objects.filter(
        kind=accounts.OrganisationKind.MUNICIPALITY, is_active=True
    ).order_by("name")
    return [one for one in takes_part if clerks(one)]
