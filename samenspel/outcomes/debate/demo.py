# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Invented examples of a debate, by the example people of the demo. Each is marked as invented where it is shown."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from samenspel.outcomes.debate import actions
from samenspel.outcomes.debate.models import Agreement, Proposal, Review
from samenspel.outcomes.debate.states import ReviewOutcome, Side
from samenspel.platform.service import accounts

INDICATOR = "lonely"


@transaction.atomic
def seed_demo_debate() -> None:
    """Make the examples where they are not there yet; doing it again changes nothing. Only for demo mode.

    Needs the example people (accounts.seed_demo_people); without them it does nothing.
    """
    people = accounts.demo_actors()
    if not {"joris", "aisha", "daan", "pieter"} <= set(people):
        return
    if not Agreement.objects.filter(is_example=True).exists():
        _agreements(people)
    if not Review.objects.filter(is_example=True).exists():
        _review(people)
    if not Proposal.objects.filter(is_example=True).exists():
        _proposal(people)


def _agreements(people: dict[str, accounts.Actor]) -> None:
    actions.agree(
        indicator=INDICATOR,
        organisation=_organisation(people["joris"], accounts.Role.POLICY_OFFICER),
        by=people["joris"],
        is_example=True,
    )
    actions.agree(
        indicator=INDICATOR,
        organisation=_organisation(people["aisha"], accounts.Role.ORGANISATION_MEMBER),
        reservation="Wij zijn het eens als er verhalen van buren naast staan. Eenzaam zijn is meer dan een score.",
        by=people["aisha"],
        is_example=True,
    )


def _review(people: dict[str, accounts.Actor]) -> None:
    today = timezone.localdate()
    actions.record_review(
        indicator=INDICATOR,
        organisation=_organisation(people["joris"], accounts.Role.POLICY_OFFICER),
        held_on=today - timedelta(days=30),
        outcome=ReviewOutcome.EXPLAINED,
        text="Mensen lazen: zo veel mensen zijn alleen. Dat zegt het cijfer niet. Wij schreven het duidelijker op.",
        next_on=today + timedelta(days=335),
        by=people["joris"],
        is_example=True,
    )


def _proposal(people: dict[str, accounts.Actor]) -> None:
    municipality = _organisation(people["joris"], accounts.Role.POLICY_OFFICER)
    made = actions.start_proposal(
        organisation=municipality,
        title="Iemand kunnen bellen als het niet gaat",
        shows="Of mensen iemand hebben die zij midden in de nacht kunnen bellen. Dat zegt meer over wat mensen missen.",
        measured="Eén vraag erbij in de Gezondheidsmonitor, elke vier jaar, bij mensen van 18 jaar en ouder.",
        instead_of=INDICATOR,
        by=people["joris"],
        is_example=True,
    )
    initiative = _organisation(people["aisha"], accounts.Role.ORGANISATION_MEMBER, accounts.OrganisationKind.INITIATIVE)
    actions.join_proposal(proposal=made.public_id, organisation=initiative, side=Side.RESIDENTS, by=people["aisha"])
    actions.join_proposal(
        proposal=made.public_id, organisation=municipality, side=Side.PROFESSIONALS, by=people["daan"]
    )
    actions.submit_proposal(proposal=made.public_id, by=people["joris"])


def _organisation(
    actor: accounts.Actor, role: accounts.Role, kind: accounts.OrganisationKind | None = None
) -> accounts.Organisation:
    """The organisation where an example person holds this role; the first by name where there are more."""
    held = [one for one in actor.roles if one.role == role and kind in (None, one.organisation_kind)]
    first = min(held, key=lambda one: one.organisation_name)
    return accounts.Organisation.objects.get(pk=first.organisation_id)
