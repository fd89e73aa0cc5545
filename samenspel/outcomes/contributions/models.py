# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is stored of contributions. A text that is not published is encrypted; a withdrawn one is gone."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from samenspel.outcomes.contributions.kinds import Kind
from samenspel.outcomes.contributions.states import SHOWN, Reason, ReportReason, State, Use
from samenspel.platform.service import accounts

CODE_HASH = 64
MUNICIPALITY = r"^GM[0-9]{4}$"


class Contribution(models.Model):
    """One text of one teller about one subject.

    Its words stand in one place only: encrypted in `sealed` as long as they are not for everybody, in `published` while
    they are, and nowhere after withdrawal. `code_hash` is a keyed hash of the personal code; the code is not kept.
    """

    audit_kind = "contribution"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.CharField(max_length=120)
    municipality = models.CharField(max_length=6)
    beside = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="counter_contributions")
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    version = models.PositiveIntegerField(default=1)  # counts every change, so that nobody decides on what was changed
    sealed = models.BinaryField(null=True)
    published = models.JSONField(null=True)
    teller = models.ForeignKey(accounts.User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_role = models.CharField(max_length=24, blank=True, default="")  # the role in which the teller logged in
    code_hash = models.CharField(max_length=CODE_HASH, unique=True)
    sent_at = models.DateTimeField(default=timezone.now)
    wait_until = models.DateTimeField()
    state_since = models.DateTimeField(default=timezone.now)
    first_published_at = models.DateTimeField(null=True)
    first_decided_at = models.DateTimeField(null=True)
    owed_answer = models.CharField(max_length=40, blank=True, default="")
    is_example = models.BooleanField(default=False)  # an invented text of the demo

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "state", "wait_until"], name="contribution_to_review"),
            models.Index(fields=["subject_kind", "subject_id", "state"], name="contribution_about"),
            models.Index(fields=["state", "-first_published_at"], name="contribution_newest"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="contribution_kind_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="contribution_state_known"),
            models.CheckConstraint(condition=Q(municipality__regex=MUNICIPALITY), name="contribution_municipality"),
            models.CheckConstraint(
                condition=Q(state__in=SHOWN, published__isnull=False, sealed__isnull=True)
                | (~Q(state__in=SHOWN) & Q(published__isnull=True)),
                name="contribution_words_open_only_while_shown",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WITHDRAWN) | Q(sealed__isnull=True, teller__isnull=True, confirmed_role=""),
                name="contribution_withdrawn_is_erased",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.COUNTER_STORY) | Q(beside__isnull=True), name="contribution_beside_another"
            ),
        ]

    def __str__(self) -> str:
        """The public id: this text may reach a log."""
        return str(self.public_id)


class Consent(models.Model):
    """Consent given or withdrawn for one use, with the text as it was shown. Never changed, never removed."""

    append_only = True

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="consents")
    use = models.CharField(max_length=10, choices=Use.choices)
    given = models.BooleanField()
    text_version = models.CharField(max_length=10)
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(use__in=Use.values), name="consent_use_known"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(text_version=""), name="consent_keeps_its_text"),
        ]

    def __str__(self) -> str:
        return f"{self.use} {self.given}"


class Decision(models.Model):
    """One step of a moderator: which, why by the rules, and words for the teller (encrypted; erased with the text)."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="decisions")
    step = models.CharField(max_length=20)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True, default="")
    sealed_words = models.BinaryField(null=True)
    by = models.ForeignKey(accounts.User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["contribution", "-at"], name="decision_latest")]
        constraints = [
            models.CheckConstraint(condition=Q(reason="") | Q(reason__in=Reason.values), name="decision_reason_known")
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.reason}"


class Report(models.Model):
    """Somebody says that something is wrong with a published text. Who says so is not kept."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="reports")
    reason = models.CharField(max_length=20, choices=ReportReason.choices)
    sealed_words = models.BinaryField(null=True)
    at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(reason__in=ReportReason.values), name="report_reason_known")]

    def __str__(self) -> str:
        return self.reason
