# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The debate as data: agreements and reviews, the life of a proposal, and which role speaks for which side."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from samenspel.platform.service import accounts

Role = accounts.Role
Kind = accounts.OrganisationKind


class AgreementKind(models.TextChoices):
    """What an organisation says of an indicator. The slug is stored and stays."""

    AGREED = "agreed", _("Is het eens met dit cijfer")
    TAKEN_BACK = "taken_back", _("Is het niet meer eens met dit cijfer")


class ReviewOutcome(models.TextChoices):
    """What came of looking at an indicator again."""

    KEPT = "kept", _("Het cijfer blijft zoals het is")
    EXPLAINED = "explained", _("Het cijfer blijft, de uitleg is veranderd")
    CHANGED = "changed", _("Het cijfer wordt anders berekend")
    REPLACED = "replaced", _("Er komt een ander cijfer voor in de plaats")
    DROPPED = "dropped", _("Het cijfer verdwijnt")


class ProposalState(models.TextChoices):
    """Where a proposal stands here; what was answered stands with the answer that is owed."""

    GATHERING = "gathering", _("Zoekt wie meedoet")
    SUBMITTED = "submitted", _("Ingediend")
    WITHDRAWN = "withdrawn", _("Ingetrokken")


class ProposalStepKind(models.TextChoices):
    """What happened to a proposal."""

    STARTED = "started", _("Begonnen")
    JOINED = "joined", _("Deed mee")
    SUBMITTED = "submitted", _("Ingediend")
    WITHDRAWN = "withdrawn", _("Ingetrokken")
    ADOPTED = "adopted", _("Is een cijfer geworden")


@dataclass(frozen=True, slots=True)
class Move:
    """A step of a proposal: from which state, to which, and the audit action that it announces."""

    sources: frozenset[ProposalState]
    target: ProposalState
    announces: str


MOVES: dict[ProposalStepKind, Move] = {
    ProposalStepKind.JOINED: Move(
        frozenset({ProposalState.GATHERING}), ProposalState.GATHERING, "indicator_proposal.joined"
    ),
    ProposalStepKind.SUBMITTED: Move(
        frozenset({ProposalState.GATHERING}), ProposalState.SUBMITTED, "indicator_proposal.submitted"
    ),
    ProposalStepKind.WITHDRAWN: Move(
        frozenset({ProposalState.GATHERING, ProposalState.SUBMITTED}),
        ProposalState.WITHDRAWN,
        "indicator_proposal.withdrawn",
    ),
    ProposalStepKind.ADOPTED: Move(
        frozenset({ProposalState.SUBMITTED}), ProposalState.SUBMITTED, "indicator_proposal.adopted"
    ),
}

LEAST_SIDES = 2
"""How many different sides must carry a proposal before it is asked: nobody decides alone what counts."""


class Side(models.TextChoices):
    """Who carries a proposal."""

    MUNICIPALITY = "municipality", _("Gemeente")
    RESIDENTS = "residents", _("Inwoners")
    PROFESSIONALS = "professionals", _("Mensen die het werk doen")
    ORGANISATIONS = "organisations", _("Organisatie")


SIDE_OF: dict[tuple[Role, Kind], Side] = {
    (Role.POLICY_OFFICER, Kind.MUNICIPALITY): Side.MUNICIPALITY,
    (Role.CLERK, Kind.MUNICIPALITY): Side.MUNICIPALITY,
    (Role.RESIDENT, Kind.MUNICIPALITY): Side.RESIDENTS,
    (Role.ORGANISATION_MEMBER, Kind.INITIATIVE): Side.RESIDENTS,
    (Role.PROFESSIONAL, Kind.MUNICIPALITY): Side.PROFESSIONALS,
    (Role.PROFESSIONAL, Kind.PARTNER): Side.PROFESSIONALS,
    (Role.TEAM_LEAD, Kind.MUNICIPALITY): Side.PROFESSIONALS,
    (Role.TEAM_LEAD, Kind.PARTNER): Side.PROFESSIONALS,
    (Role.ORGANISATION_MEMBER, Kind.PARTNER): Side.ORGANISATIONS,
    (Role.ORGANISATION_MEMBER, Kind.KNOWLEDGE_INSTITUTE): Side.ORGANISATIONS,
}
"""On which side somebody stands by the role they hold, and within which kind of organisation."""

STARTS = (Role.POLICY_OFFICER, Role.CLERK, Role.PROFESSIONAL, Role.TEAM_LEAD, Role.ORGANISATION_MEMBER)
"""Who starts a proposal. A resident joins one, or writes a contribution, which somebody reads first."""

AGREES = (Role.POLICY_OFFICER, Role.CLERK, Role.ORGANISATION_MEMBER)
"""Who agrees with an indicator on behalf of their organisation."""

REVIEWS = (Role.ADMINISTRATOR, Role.POLICY_OFFICER)
"""Who records a review."""
