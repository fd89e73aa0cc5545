# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is stored of a question that is owed an answer, and its history. Invariants are constraints of the database."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenspel.platform.service import accounts
from samenspel.voice.answers.states import STANDING, Outcome, Owner, State, StepKind, Withdrawal


class Question(models.Model):
    """A question about a subject, to whom it was put, and the day by which an answer is due.

    The subject is named by kind and id as data; the storey that owns the kind registers it (registry.py). What was
    asked is kept here and not in the history, because it goes when it is withdrawn.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=120)
    owner = models.CharField(max_length=20, choices=Owner.choices)
    organisation = models.ForeignKey(
        accounts.Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    municipality = models.CharField(max_length=6, blank=True, default="")  # GM0193, or "": the whole country
    text = models.TextField(_("vraag"), blank=True, max_length=4000)
    asked_on = models.DateField()
    due_on = models.DateField()
    asked_by = models.ForeignKey(accounts.User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)

    class Meta:
        db_table = "answers_question"
        verbose_name = _("vraag")
        verbose_name_plural = _("vragen")
        ordering = ["-asked_on", "-id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="question_subject"),
            models.Index(fields=["municipality", "-asked_on", "-id"], name="question_municipality"),
            models.Index(fields=["state", "due_on"], name="question_due"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="question_state_known"),
            models.CheckConstraint(
                condition=Q(owner=Owner.ORGANISATION, organisation__isnull=False)
                | Q(owner=Owner.ADMINISTRATORS, organisation__isnull=True),
                name="question_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(municipality="") | Q(municipality__regex=r"^GM[0-9]{4}$"), name="question_municipality_code"
            ),
            models.CheckConstraint(
                condition=(Q(state=State.WITHDRAWN, text="")) | (~Q(state=State.WITHDRAWN) & ~Q(text="")),
                name="question_text_until_withdrawn",
            ),
            models.CheckConstraint(condition=Q(due_on__gt=F("asked_on")), name="question_due_after_asked"),
            models.CheckConstraint(
                condition=~Q(subject_kind="") & ~Q(subject_id=""), name="question_names_its_subject"
            ),
            # One question at a time stands on a subject; after a withdrawal another may come.
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=Q(state__in=[str(state.value) for state in STANDING]),
                name="question_one_per_subject",
            ),
        ]

    def __str__(self) -> str:
        """The public id, not the text: this may reach a log."""
        return str(self.public_id)


class Step(models.Model):
    """One thing that happened to a question. Never removed, and only changed by taking words out of it that tell who
    somebody is: rights and a trigger refuse anything else.

    `due_on` is the day that holds from this step on (asked, extended); `outcome` with its `reason` is what is done
    with what was asked (answered, supplemented); of an extension `reason` is why; `withdrawal` is why a question went.
    """

    append_only = True
    words_can_go = ("text", "reason")

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20, choices=StepKind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(accounts.User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(blank=True, default="", max_length=8000)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True, default="")
    reason = models.TextField(blank=True, default="", max_length=2000)
    due_on = models.DateField(null=True, blank=True)
    withdrawal = models.CharField(max_length=20, choices=Withdrawal.choices, blank=True, default="")

    class Meta:
        db_table = "answers_step"
        verbose_name = _("stap")
        verbose_name_plural = _("stappen")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=StepKind.ASKED, due_on__isnull=False, outcome="", withdrawal="", text="", reason="")
                | (Q(kind=StepKind.EXTENDED, due_on__isnull=False, outcome="", withdrawal="", text="") & ~Q(reason=""))
                | (
                    Q(kind__in=[StepKind.ANSWERED, StepKind.SUPPLEMENTED], due_on__isnull=True, withdrawal="")
                    & Q(outcome__in=Outcome.values)
                    & ~Q(text="")
                    & (Q(outcome=Outcome.ACCEPTED) | ~Q(reason=""))
                )
                | Q(
                    kind=StepKind.WITHDRAWN,
                    due_on__isnull=True,
                    outcome="",
                    text="",
                    reason="",
                    withdrawal__in=Withdrawal.values,
                ),
                name="step_is_whole",
            ),
            models.UniqueConstraint(
                fields=["question", "kind"],
                condition=~Q(kind=StepKind.SUPPLEMENTED),
                name="step_once_but_for_supplements",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
