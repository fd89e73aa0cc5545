# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What moderators do: look, publish, refuse, undo, judge an objection, judge a report.

They pass the `version` they looked at: a decision on a text that somebody else changed or decided on meanwhile is
refused in words.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samenspel.outcomes.contributions import policies, queries
from samenspel.outcomes.contributions.actions.steps import close_words, locked, offer_when_due, open_words, take
from samenspel.outcomes.contributions.events import REVIEWS
from samenspel.outcomes.contributions.models import Contribution, Decision, Report
from samenspel.outcomes.contributions.owing import forget, owe
from samenspel.outcomes.contributions.states import Reason
from samenspel.outcomes.contributions.words import Words, seal_note, unseal
from samenspel.platform.service import Refusal, accounts, audit


@dataclass(frozen=True, slots=True)
class Looked:
    """What a moderator sees: the row, with the version to decide on, and its words."""

    contribution: Contribution
    words: Words


def look(*, by: accounts.Actor, contribution: Contribution) -> Looked:
    """The words of a text that waits for a decision, for who may take it; the look is logged in the same breath."""
    with transaction.atomic():
        return _look(by=by, contribution=contribution)


def _look(*, by: accounts.Actor, contribution: Contribution) -> Looked:
    found = locked(contribution)
    offer_when_due(found)
    policies.check_looks(by, found, queries.latest_refusal(found))
    role = accounts.Role.CLERK if by.holds(accounts.Role.CLERK, found.municipality) else accounts.Role.AUDITOR
    audit.log_look(
        by=by,
        role=role,
        subject=found.teller or found,
        part="contribution.text",
        purpose=REVIEWS,
        object_id=str(found.public_id),
    )
    return Looked(found, words_of(found))


def words_of(contribution: Contribution) -> Words:
    """The words as they are stored now. Whoever calls this has checked who may read them.

    Raises ValueError when they are erased.
    """
    if contribution.published is not None:
        return Words(**contribution.published)
    if contribution.sealed is None:
        raise ValueError("the words of this contribution are erased")
    return unseal(bytes(contribution.sealed))


@audit.audited
def publish(*, by: accounts.Actor, contribution: Contribution, version: int) -> Contribution:
    """Place the text. The owner of the figure owes an answer from now on, where the kind asks one."""
    found = _decidable(contribution, version, "published")
    policies.check_moderates(by, found)
    _publish(by, found, "published")
    return found


@audit.audited
def refuse(*, by: accounts.Actor, contribution: Contribution, version: int, reason: Reason, words: str) -> Contribution:
    """Do not place the text, for a reason of the published rules and in the moderator's own words to the teller."""
    found = _decidable(contribution, version, "refused")
    policies.check_moderates(by, found)
    _decide(by, found, "refused", reason=reason, words=words)
    return found


@audit.audited
def reopen(*, by: accounts.Actor, contribution: Contribution, version: int) -> Contribution:
    """Undo a refusal, or for an hour a publication: the text waits for review again."""
    found = _decidable(contribution, version, "reopened")
    policies.check_reopens(by, found, timezone.now(), queries.latest_decision(found))
    close_words(found)
    forget(found, by=by)
    found.owed_answer = ""
    _decide(by, found, "reopened")
    return found


@audit.audited
def uphold_appeal(*, by: accounts.Actor, contribution: Contribution, version: int) -> Contribution:
    """Place the text after all."""
    found = _decidable(contribution, version, "appeal_upheld")
    policies.check_judges_appeal(by, found, queries.latest_refusal(found))
    _publish(by, found, "appeal_upheld")
    return found


@audit.audited
def reject_appeal(
    *, by: accounts.Actor, contribution: Contribution, version: int, reason: Reason, words: str
) -> Contribution:
    """Refuse the text for good, with a reason and in words."""
    found = _decidable(contribution, version, "appeal_rejected")
    policies.check_judges_appeal(by, found, queries.latest_refusal(found))
    _decide(by, found, "appeal_rejected", reason=reason, words=words)
    return found


@audit.audited
def keep(*, by: accounts.Actor, contribution: Contribution, version: int) -> Contribution:
    """Let a reported text stand."""
    found = _decidable(contribution, version, "kept")
    policies.check_moderates(by, found)
    _handle_reports(found)
    open_words(found)
    _decide(by, found, "kept")
    return found


@audit.audited
def remove(*, by: accounts.Actor, contribution: Contribution, version: int, reason: Reason, words: str) -> Contribution:
    """Take a reported text away, with a reason; the teller can object."""
    found = _decidable(contribution, version, "removed")
    policies.check_moderates(by, found)
    _handle_reports(found)
    close_words(found)
    forget(found, by=by)
    found.owed_answer = ""
    _decide(by, found, "removed", reason=reason, words=words)
    return found


def _decidable(contribution: Contribution, version: int, step: str) -> Contribution:
    """The row, locked, in a state from which the step can be taken, and as the moderator saw it."""
    found = locked(contribution)
    if found.version != version:
        raise Refusal(
            _(
                "Iemand anders was u net voor: deze tekst is veranderd of er is al over beslist. "
                "Uw besluit is niet bewaard. Bekijk de tekst opnieuw."
            )
        )
    offer_when_due(found)
    policies.check_step(step, found)
    return found


def _publish(by: accounts.Actor, found: Contribution, step: str) -> None:
    open_words(found)
    now = timezone.now()
    found.first_published_at = found.first_published_at or now
    if not found.owed_answer:
        found.owed_answer = owe(found, by=by)
    _decide(by, found, step)


def _decide(
    by: accounts.Actor, found: Contribution, step: str, *, reason: Reason | None = None, words: str = ""
) -> None:
    if reason is not None and not words.strip():
        raise Refusal(_("Leg in eigen woorden uit waarom. De verteller leest dit."))
    if len(words) > 2000:
        raise Refusal(_("Uw uitleg is te lang. Er kunnen 2.000 tekens in."))
    assert by.person_id is not None
    now = timezone.now()
    found.first_decided_at = found.first_decided_at or now
    Decision.objects.create(
        contribution=found,
        step=step,
        reason=reason or "",
        sealed_words=seal_note(words.strip()),
        by_id=by.person_id,
        at=now,
    )
    if reason is None:
        take(by, step, found)
    else:
        take(by, step, found, reason=str(reason))


def _handle_reports(found: Contribution) -> None:
    Report.objects.filter(contribution=found, handled_at__isnull=True).update(handled_at=timezone.now())
