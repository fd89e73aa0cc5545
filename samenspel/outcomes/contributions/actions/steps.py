# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every action shares: the locked row, sealing and erasing words, taking a step with its audit event."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from samenspel.outcomes.contributions import policies, queries
from samenspel.outcomes.contributions.consents import CONSENT_TEXTS
from samenspel.outcomes.contributions.models import Consent, Contribution, Decision, Report
from samenspel.outcomes.contributions.states import STEPS, State, Use
from samenspel.outcomes.contributions.words import Words, opened, seal, unseal
from samenspel.platform.service import accounts, audit

PROGRAM = audit.system_actor("contributions")


def locked(contribution: Contribution) -> Contribution:
    """The row as it is now; nobody else changes it until this transaction ends."""
    return Contribution.objects.select_for_update().get(pk=contribution.pk)


def open_words(found: Contribution) -> None:
    """From here on everybody can read the words."""
    if found.sealed is not None:
        found.published = opened(unseal(bytes(found.sealed)))
        found.sealed = None


def close_words(found: Contribution) -> None:
    """From here on nobody reads the words without a decision to make."""
    if found.published is not None:
        found.sealed = seal(Words(**found.published))
        found.published = None


def erase(found: Contribution) -> None:
    """Nothing that somebody wrote stays: not the text, nor what was said about it."""
    found.sealed = None
    found.published = None
    Decision.objects.filter(contribution=found).update(sealed_words=None)
    Report.objects.filter(contribution=found).update(sealed_words=None)


def keep_consent(contribution: Contribution, use: Use, *, given: bool, now: datetime) -> None:
    """Add what was agreed or withdrawn, with the text that was shown."""
    text = CONSENT_TEXTS[use]
    Consent.objects.create(
        contribution=contribution, use=use, given=given, text_version=text.version, text=str(text.text), at=now
    )


def offer_when_due(found: Contribution, now: datetime | None = None) -> bool:
    """Let the text go on to review when its time to think is over; True when that happened now."""
    if found.state != State.WAITING or queries.state_of(found, now) is not State.TO_REVIEW:
        return False
    take(PROGRAM, "offered", found)
    return True


def take(by: Any, step: str, found: Contribution, **detail: Any) -> None:
    """Take a step of states.py and record it. Raises Refusal when it cannot be taken from the state as it is."""
    rule = STEPS[step]
    policies.check_step(step, found)
    if rule.target is not None:
        found.state = rule.target
        found.state_since = timezone.now()
    found.version += 1
    found.save()
    role = ""
    if isinstance(by, accounts.Actor):
        role = accounts.Role.CLERK if by.holds(accounts.Role.CLERK, found.municipality) else accounts.Role.AUDITOR
    record(by, step, found, role=role, **detail)


def record(by: Any, step: str, found: Contribution, *, role: str = "", **detail: Any) -> None:
    """The audit event of a step, about which text and never about what it says."""
    # The teller is never named in the trail, also when logged in: it outlives the text that they may withdraw.
    subject = f"{found.subject_kind}:{found.subject_id}"
    audit.record(
        by=by,
        role=role,
        action=f"contribution.{step}",
        on=found,
        detail={"kind": found.kind, "municipality": found.municipality, "subject": subject, **detail},
    )
