# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who speaks for an organisation in the debate, who records reviews, and who carries a proposal how far."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from samenspel.outcomes.debate.models import Proposal
from samenspel.outcomes.debate.states import (
    AGREES,
    LEAST_SIDES,
    MOVES,
    REVIEWS,
    SIDE_OF,
    STARTS,
    ProposalStepKind,
    Side,
)
from samenspel.platform.service import Refusal, accounts, allows, public
from samenspel.voice import service as voice

READS_DEBATE = public("Everybody may see who agrees with a figure, who doubts it and what was answered (essay, ch. 7).")
AGREES_WITH = accounts.needs_role(*AGREES)
KEEPS_REVIEWS = accounts.needs_role(*REVIEWS)
CARRIES_PROPOSALS = accounts.needs_role(*dict.fromkeys(role for role, _kind in SIDE_OF))
REMOVES = tuple(dict.fromkeys((*AGREES, *REVIEWS, *STARTS)))
REMOVES_WORDS = accounts.needs_role(*REMOVES)
STARTS_PROPOSALS = accounts.needs_role(*STARTS)
LINKS_PASSPORTS = accounts.needs_role(accounts.Role.ADMINISTRATOR)


def check_agrees(actor: accounts.Actor, organisation: accounts.Organisation) -> None:
    """May the actor agree with an indicator, or take that back, on behalf of this organisation?"""
    accounts.check_has_role(actor, *AGREES, within=organisation)


def check_reviews(actor: accounts.Actor, organisation: accounts.Organisation) -> None:
    """May the actor record a review, as somebody of this organisation?"""
    accounts.check_has_role(actor, *REVIEWS, within=organisation)


def check_removes_words(actor: accounts.Actor, organisation: accounts.Organisation) -> None:
    """May the actor take personal data out of a text of this organisation? Who writes for it, the clerk of that place,
    or an administrator."""
    if actor.holds_any([accounts.Role.ADMINISTRATOR]) or actor.holds(accounts.Role.CLERK, organisation.area_code):
        return
    if not any(held.organisation_id == organisation.pk and held.role in REMOVES for held in actor.roles):
        accounts.check_logged_in(actor)
        raise Refusal(_("U werkt hier niet namens deze organisatie."))


def check_starts(actor: accounts.Actor, organisation: accounts.Organisation) -> None:
    """May the actor start a proposal on behalf of this organisation?"""
    if not any(held.organisation_id == organisation.pk and held.role in STARTS for held in actor.roles):
        accounts.check_has_role(actor, *STARTS, within=organisation)  # says why not
        raise Refusal(_("U werkt hier niet namens deze organisatie."))
    if not organisation.is_active:
        raise Refusal(_("Deze organisatie doet niet meer mee."))


def sides_of(actor: accounts.Actor, organisation_id: int) -> list[Side]:
    """The sides on which the actor stands within this organisation, by the roles they hold there now."""
    held = (one for one in actor.roles if one.organisation_id == organisation_id)
    found = (SIDE_OF.get((one.role, one.organisation_kind)) for one in held)
    return list(dict.fromkeys(side for side in found if side is not None))


def check_joins(
    actor: accounts.Actor, proposal: Proposal, organisation: accounts.Organisation, side: Side | str
) -> None:
    """May the actor carry this proposal on this side? From the same municipality, while it still looks for others."""
    accounts.check_logged_in(actor)
    check_step(proposal, ProposalStepKind.JOINED)
    if organisation.area_code != proposal.municipality:
        raise Refusal(_("Dit voorstel is van een andere gemeente."))
    if side not in sides_of(actor, organisation.pk):
        raise Refusal(_("U kunt hier niet namens deze kant meedoen. Daarvoor heeft u een andere rol nodig."))


def check_submits(actor: accounts.Actor, proposal: Proposal, sides: Iterable[str]) -> None:
    """May the actor submit it? Who started it, when at least two different sides carry it."""
    check_starts(actor, proposal.started_by)
    check_step(proposal, ProposalStepKind.SUBMITTED)
    if len(set(sides)) < LEAST_SIDES:
        raise Refusal(
            _("Er moeten minstens twee kanten meedoen, bijvoorbeeld gemeente en inwoners. Niemand bepaalt dit alleen.")
        )


def check_withdraws(actor: accounts.Actor, proposal: Proposal, owed: voice.OwedAnswer | None) -> None:
    """May the actor withdraw it? Who started it, as long as there is no answer."""
    check_starts(actor, proposal.started_by)
    check_step(proposal, ProposalStepKind.WITHDRAWN)
    if owed is not None and owed.answer is not None:
        raise Refusal(_("Er is al een antwoord op dit voorstel. Het blijft staan."))


def check_links_passport(actor: accounts.Actor, proposal: Proposal, owed: voice.OwedAnswer | None) -> None:
    """May the actor say which passport came of it? An administrator, once, after it was adopted or is tried."""
    accounts.check_has_role(actor, accounts.Role.ADMINISTRATOR)
    check_step(proposal, ProposalStepKind.ADOPTED)
    if proposal.adopted_as:
        raise Refusal(_("Bij dit voorstel staat al welk cijfer het werd."))
    latest = owed.answers[-1] if owed is not None and owed.answers else None
    if latest is None or latest.outcome == voice.Outcome.NOT:
        raise Refusal(_("Dit voorstel is niet overgenomen. Geef eerst antwoord, of vul het antwoord aan."))


def check_step(proposal: Proposal, kind: ProposalStepKind) -> None:
    """May this step follow on where the proposal stands (states.MOVES)?"""
    if proposal.state not in MOVES[kind].sources:
        raise Refusal(
            _("Dit kan nu niet. Het voorstel staat op: {state}.").format(state=proposal.get_state_display().lower())
        )


can_agree = allows(check_agrees)
can_remove_words = allows(check_removes_words)
can_join = allows(check_joins)
can_submit = allows(check_submits)
can_withdraw = allows(check_withdraws)
can_link_passport = allows(check_links_passport)
