# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is stored of the debate. Agreements, reviews and steps are only added to; invariants are constraints."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenspel.outcomes.debate.states import (
    AgreementKind,
    ProposalState,
    ProposalStepKind,
    ReviewOutcome,
    Side,
)
from samenspel.platform.service import accounts

INDICATOR_KEY = r"^[a-z][a-z0-9_-]*$"


class Agreement(models.Model):
    """An organisation agreed with an indicator, or took that back. What an organisation says now is its last row."""

    append_only = True
    words_can_go = ("reservation", "reason")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    indicator = models.CharField(max_length=60)
    organisation = models.ForeignKey(accounts.Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=AgreementKind.choices)
    reservation = models.TextField(_("voorbehoud"), blank=True, default="", max_length=2000)
    reason = models.TextField(_("reden"), blank=True, default="", max_length=2000)
    at = models.DateTimeField()
    by = models.ForeignKey(accounts.User, on_delete=models.PROTECT, null=True, related_name="+")
    is_example = models.BooleanField(default=False)

    class Meta:
        db_table = "debate_agreement"
        verbose_name = _("instemming")
        verbose_name_plural = _("instemmingen")
        ordering = ["id"]
        indexes = [models.Index(fields=["indicator", "organisation"], name="agreement_indicator")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=AgreementKind.AGREED, reason="")
                | (Q(kind=AgreementKind.TAKEN_BACK, reservation="") & ~Q(reason="")),
                name="agreement_is_whole",
            ),
            models.CheckConstraint(condition=Q(indicator__regex=INDICATOR_KEY), name="agreement_indicator_key"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.indicator}"


class Review(models.Model):
    """An indicator was looked at again: when, what came of it, and when the next look is promised."""

    append_only = True
    words_can_go = ("text",)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    indicator = models.CharField(max_length=60)
    organisation = models.ForeignKey(accounts.Organisation, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    outcome = models.CharField(max_length=20, choices=ReviewOutcome.choices)
    text = models.TextField(max_length=4000)
    next_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(accounts.User, on_delete=models.PROTECT, null=True, related_name="+")
    is_example = models.BooleanField(default=False)

    class Meta:
        db_table = "debate_review"
        verbose_name = _("herziening")
        verbose_name_plural = _("herzieningen")
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["indicator", "-held_on", "-id"], name="review_indicator")]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=ReviewOutcome.values), name="review_outcome_known"),
            models.CheckConstraint(condition=~Q(text=""), name="review_says_why"),
            models.CheckConstraint(condition=Q(next_on__gt=F("held_on")), name="review_next_after_held"),
            models.CheckConstraint(condition=Q(indicator__regex=INDICATOR_KEY), name="review_indicator_key"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.indicator}"


class Proposal(models.Model):
    """Another indicator, proposed in a municipality by more than one side.

    `instead_of` names the indicator that it would replace or stand beside ("": none). `question` is the question that
    is owed an answer, from the moment it is submitted. `adopted_as` names the passport that came of it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    municipality = models.CharField(max_length=6)
    title = models.CharField(_("titel"), max_length=120)
    shows = models.TextField(_("wat het laat zien"), max_length=2000)
    measured = models.TextField(_("hoe het te tellen is"), max_length=2000)
    instead_of = models.CharField(max_length=60, blank=True, default="")
    started_by = models.ForeignKey(accounts.Organisation, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=ProposalState.choices, default=ProposalState.GATHERING)
    question = models.UUIDField(null=True, blank=True, unique=True)
    adopted_as = models.CharField(max_length=60, blank=True, default="")
    is_example = models.BooleanField(default=False)

    class Meta:
        db_table = "debate_proposal"
        verbose_name = _("voorstel voor een cijfer")
        verbose_name_plural = _("voorstellen voor een cijfer")
        ordering = ["-started_at", "-id"]
        indexes = [models.Index(fields=["instead_of", "-started_at"], name="proposal_instead_of")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="proposal_state_known"),
            models.CheckConstraint(condition=Q(municipality__regex=r"^GM[0-9]{4}$"), name="proposal_municipality"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(shows="") & ~Q(measured=""), name="proposal_says_what_and_how"
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.GATHERING, question__isnull=True, adopted_as="")
                | Q(state=ProposalState.SUBMITTED, question__isnull=False)
                | Q(state=ProposalState.WITHDRAWN, adopted_as=""),
                name="proposal_question_when_submitted",
            ),
        ]

    def __str__(self) -> str:
        """The public id, not the title: this may reach a log."""
        return str(self.public_id)


class Supporter(models.Model):
    """A side that carries a proposal: an organisation, or people within it, each once."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="supporters")
    side = models.CharField(max_length=20, choices=Side.choices)
    organisation = models.ForeignKey(accounts.Organisation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(accounts.User, on_delete=models.PROTECT, null=True, related_name="+")

    append_only = True

    class Meta:
        db_table = "debate_supporter"
        verbose_name = _("wie een voorstel draagt")
        verbose_name_plural = _("wie een voorstel dragen")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="supporter_side_known"),
            models.UniqueConstraint(fields=["proposal", "side", "organisation"], name="supporter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.pk}"


class ProposalStep(models.Model):
    """One thing that happened to a proposal. Never changed, never removed."""

    append_only = True

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20, choices=ProposalStepKind.choices)
    organisation = models.ForeignKey(accounts.Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(accounts.User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "debate_proposal_step"
        verbose_name = _("stap van een voorstel")
        verbose_name_plural = _("stappen van een voorstel")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ProposalStepKind.values), name="proposal_step_known"),
            models.UniqueConstraint(
                fields=["proposal", "kind"],
                condition=~Q(kind=ProposalStepKind.JOINED),
                name="proposal_step_once_but_for_joining",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
