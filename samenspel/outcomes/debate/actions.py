# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes: agreeing and taking it back, recording a review, and the life of a proposal. Each takes its audit event."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from samenspel.figures.service import UnknownIndicator, get_indicator
from samenspel.outcomes.debate import policies, queries
from samenspel.outcomes.debate.models import Agreement, Proposal, ProposalStep, Review, Supporter
from samenspel.outcomes.debate.states import (
    MOVES,
    AgreementKind,
    ProposalState,
    ProposalStepKind,
    ReviewOutcome,
    Side,
)
from samenspel.platform.service import Refusal, accounts, audit
from samenspel.voice import service as voice
from samenspel.voice.service import careful

PROPOSAL = "indicator_proposal"
"""The kind of subject under which a proposal is owed an answer."""


@audit.audited
def agree(
    *,
    indicator: str,
    organisation: accounts.Organisation,
    reservation: str = "",
    confirmed: bool = False,
    by: accounts.Actor,
    is_example: bool = False,
) -> Agreement:
    """Agree with an indicator on behalf of an organisation, with a reservation or without.

    An organisation that agreed already agrees anew when its reservation changed; the former words stay in the history.
    Raises Refusal when the actor does not speak for the organisation, and when nothing would change.
    """
    policies.check_agrees(by, organisation)
    _check_indicator(indicator)
    words = _whole(reservation, most=2000)
    careful.check_public([words], organisation.area_code, confirmed=confirmed)
    last = _last_word(indicator, organisation)
    if last is not None and last.kind == AgreementKind.AGREED and last.reservation == words:
        raise Refusal(_("Er staat al dat uw organisatie het eens is met dit cijfer."))
    return _say(indicator, organisation, AgreementKind.AGREED, by, "indicator.agreed", words, "", is_example)


@audit.audited
def take_back(
    *, indicator: str, organisation: accounts.Organisation, reason: str, confirmed: bool = False, by: accounts.Actor
) -> Agreement:
    """Take an agreement back, with a reason for everybody. Raises Refusal when there is none, or no reason."""
    policies.check_agrees(by, organisation)
    words = _whole(reason, most=2000, missing=_("Schrijf op waarom u het niet meer eens bent. Iedereen kan dat lezen."))
    careful.check_public([words], organisation.area_code, confirmed=confirmed)
    last = _last_word(indicator, organisation)
    if last is None or last.kind == AgreementKind.TAKEN_BACK:
        raise Refusal(_("Er staat niet dat uw organisatie het eens is met dit cijfer."))
    return _say(
        indicator, organisation, AgreementKind.TAKEN_BACK, by, "indicator.agreement_taken_back", "", words, False
    )


@audit.audited
def record_review(
    *,
    indicator: str,
    organisation: accounts.Organisation,
    held_on: date,
    outcome: ReviewOutcome | str,
    text: str,
    next_on: date,
    confirmed: bool = False,
    by: accounts.Actor,
    is_example: bool = False,
) -> Review:
    """Record that an indicator was looked at again. Raises Refusal for dates that cannot be and without a text."""
    policies.check_reviews(by, organisation)
    _check_indicator(indicator)
    if outcome not in ReviewOutcome.values:
        raise Refusal(_("Kies wat eruit kwam."))
    if held_on > timezone.localdate():
        raise Refusal(_("De dag waarop het cijfer opnieuw is bekeken, ligt in de toekomst."))
    if next_on <= max(held_on, timezone.localdate()):
        raise Refusal(_("De dag waarop u weer kijkt, moet na vandaag zijn."))
    words = _whole(text, most=4000, missing=_("Schrijf op wat er is besproken en besloten."))
    careful.check_public([words], organisation.area_code, confirmed=confirmed)
    made = Review.objects.create(
        indicator=indicator,
        organisation=organisation,
        held_on=held_on,
        outcome=outcome,
        text=words,
        next_on=next_on,
        at=timezone.now(),
        by_id=by.person_id,
        is_example=is_example,
    )
    audit.record(
        by=by,
        action="indicator.reviewed",
        on=made,
        detail={
            "indicator": indicator,
            "organisation": str(organisation.public_id),
            "outcome": str(outcome),
            "next_on": next_on.isoformat(),
        },
    )
    return made


@audit.audited
def start_proposal(
    *,
    organisation: accounts.Organisation,
    title: str,
    shows: str,
    measured: str,
    instead_of: str = "",
    confirmed: bool = False,
    by: accounts.Actor,
    is_example: bool = False,
) -> Proposal:
    """Start a proposal; the starter's own side carries it from the start. Raises Refusal when something is missing."""
    policies.check_starts(by, organisation)
    if instead_of:
        _check_indicator(instead_of)
    careful.check_public([title, shows, measured], organisation.area_code, confirmed=confirmed)
    now = timezone.now()
    proposal = Proposal.objects.create(
        municipality=organisation.area_code,
        title=_whole(title, most=120, missing=_("Geef het cijfer een titel.")),
        shows=_whole(shows, most=2000, missing=_("Schrijf op wat het cijfer moet laten zien.")),
        measured=_whole(measured, most=2000, missing=_("Schrijf op hoe dit te tellen is.")),
        instead_of=instead_of,
        started_by=organisation,
        started_at=now,
        is_example=is_example,
    )
    side = policies.sides_of(by, organisation.pk)[0]
    Supporter.objects.create(proposal=proposal, side=side, organisation=organisation, at=now, by_id=by.person_id)
    _note(proposal, ProposalStepKind.STARTED, organisation, by)
    audit.record(
        by=by, action="indicator_proposal.started", on=proposal, detail=_about(proposal, organisation, side=str(side))
    )
    return proposal


@audit.audited
def join_proposal(*, proposal: UUID, organisation: accounts.Organisation, side: Side | str, by: accounts.Actor) -> None:
    """Carry a proposal on one side. Raises Refusal (see the policy), also when this side of them does so already."""
    found = _locked(proposal)
    policies.check_joins(by, found, organisation, side)
    try:
        with transaction.atomic():
            Supporter.objects.create(
                proposal=found, side=side, organisation=organisation, at=timezone.now(), by_id=by.person_id
            )
    except IntegrityError as error:
        if "supporter_once" in str(error):
            raise Refusal(_("U doet al mee.")) from error
        raise
    _move(found, ProposalStepKind.JOINED, organisation, by, side=str(side))


@audit.audited
def submit_proposal(*, proposal: UUID, by: accounts.Actor) -> UUID:
    """Ask for an answer; gives the id of the question. The administrators of the figures owe it, within a term."""
    found = _locked(proposal)
    policies.check_submits(by, found, found.supporters.order_by("pk").values_list("side", flat=True))
    found.question = voice.owe_answer(
        subject_kind=PROPOSAL,
        subject_id=str(found.public_id),
        owed_by=None,
        municipality=found.municipality,
        question=_question(found),
        by=by,
    )
    _move(found, ProposalStepKind.SUBMITTED, found.started_by, by, question=str(found.question))
    return found.question


@audit.audited
def withdraw_proposal(*, proposal: UUID, by: accounts.Actor) -> None:
    """Take a proposal off the list, and its question with it. Raises Refusal when there is an answer."""
    found = _locked(proposal)
    policies.check_withdraws(by, found, queries.answer_to(found))
    if found.question is not None:
        voice.withdraw_question(question=found.question, why=voice.Withdrawal.SUBJECT_GONE, by=by)
    _move(found, ProposalStepKind.WITHDRAWN, found.started_by, by)


@audit.audited
def link_passport(*, proposal: UUID, indicator: str, by: accounts.Actor) -> None:
    """Say which indicator came of a proposal. Raises Refusal when it was not adopted or the indicator is unknown."""
    found = _locked(proposal)
    policies.check_links_passport(by, found, queries.answer_to(found))
    _check_indicator(indicator)
    found.adopted_as = indicator
    _move(found, ProposalStepKind.ADOPTED, None, by, indicator=indicator)


@audit.audited
def remove_words(*, text: Agreement | Review | Proposal, words: str, by: accounts.Actor) -> None:
    """Replace words in a published text by "[weggehaald]": they are gone from the database. For personal data.

    Raises Refusal when the actor may not, and when these words do not stand there.
    """
    whose = text.started_by if isinstance(text, Proposal) else text.organisation
    policies.check_removes_words(by, whose)
    found = type(text).objects.select_for_update(of=("self",)).get(pk=text.pk)
    fields = WORDS_OF[type(text)]
    left = careful.without(words, *(getattr(found, field) for field in fields))
    if isinstance(found, Proposal) and len(left[0]) > 120:
        left = (left[0][:119] + "…", *left[1:])
    type(text).objects.filter(pk=text.pk).update(**dict(zip(fields, left, strict=True)))
    if isinstance(found, Proposal) and found.question is not None:
        voice.remove_from_question(question=found.question, words=words, by=by)
    audit.record(by=by, action="debate.words_removed", on=found, detail={"organisation": str(whose.public_id)})


WORDS_OF: dict[type[Agreement] | type[Review] | type[Proposal], tuple[str, ...]] = {
    Agreement: ("reservation", "reason"),
    Review: ("text",),
    Proposal: ("title", "shows", "measured"),
}


def _question(proposal: Proposal) -> str:
    """The question as it is kept, in Dutch whatever language the page has."""
    with override("nl"):
        return _in_dutch(proposal)


def _in_dutch(proposal: Proposal) -> str:
    asked = _("Kan dit cijfer er komen: {title}? {shows}").format(title=proposal.title, shows=proposal.shows)
    return " ".join((_("Verzonnen voorbeeld."), asked)) if proposal.is_example else asked


def _say(
    indicator: str,
    organisation: accounts.Organisation,
    kind: AgreementKind,
    by: accounts.Actor,
    action: str,
    reservation: str,
    reason: str,
    is_example: bool,
) -> Agreement:
    made = Agreement.objects.create(
        indicator=indicator,
        organisation=organisation,
        kind=kind,
        reservation=reservation,
        reason=reason,
        at=timezone.now(),
        by_id=by.person_id,
        is_example=is_example,
    )
    audit.record(
        by=by, action=action, on=made, detail={"indicator": indicator, "organisation": str(organisation.public_id)}
    )
    return made


def _last_word(indicator: str, organisation: accounts.Organisation) -> Agreement | None:
    """What this organisation said last; colleagues who speak at the same moment wait for each other here."""
    accounts.Organisation.objects.select_for_update().get(pk=organisation.pk)
    return Agreement.objects.filter(indicator=indicator, organisation=organisation).order_by("-pk").first()


def _move(
    proposal: Proposal,
    kind: ProposalStepKind,
    organisation: accounts.Organisation | None,
    by: accounts.Actor,
    **detail: str,
) -> None:
    move = MOVES[kind]
    proposal.state = ProposalState(move.target)
    proposal.save(update_fields=["state", "question", "adopted_as"])
    _note(proposal, kind, organisation, by)
    audit.record(by=by, action=move.announces, on=proposal, detail=_about(proposal, organisation, **detail))


def _note(
    proposal: Proposal, kind: ProposalStepKind, organisation: accounts.Organisation | None, by: accounts.Actor
) -> None:
    ProposalStep.objects.create(
        proposal=proposal, kind=kind, organisation=organisation, at=timezone.now(), by_id=by.person_id
    )


def _about(proposal: Proposal, organisation: accounts.Organisation | None, **detail: str) -> dict[str, str]:
    whose = {"organisation": str(organisation.public_id)} if organisation is not None else {}
    return {"municipality": proposal.municipality, **whose, **detail}


def _locked(proposal: UUID) -> Proposal:
    found = (
        Proposal.objects.select_for_update(of=("self",)).select_related("started_by").filter(public_id=proposal).first()
    )
    if found is None:
        raise Refusal(_("Dit voorstel bestaat niet."))
    return found


def _check_indicator(key: str) -> None:
    try:
        get_indicator(key)
    except UnknownIndicator as error:
        raise Refusal(_("Er is geen cijfer met deze naam.")) from error


def _whole(text: str, *, most: int, missing: str = "") -> str:
    cleaned = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not cleaned and missing:
        raise Refusal(missing)
    if len(cleaned) > most:
        raise Refusal(_("De tekst is te lang. Er passen {most} tekens in.").format(most=most))
    return cleaned
