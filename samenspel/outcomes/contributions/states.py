# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The life of a contribution as data: its states, and who takes it from which state to which."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a contribution stands. The slug is stored and stays."""

    WAITING = "waiting", _("In bedenktijd")
    TO_REVIEW = "to_review", _("Wacht op controle")
    PUBLISHED = "published", _("Staat op de website")
    UNDER_REVIEW = "under_review", _("Staat op de website en wordt opnieuw bekeken")
    HIDDEN = "hidden", _("Tijdelijk niet te zien: wordt opnieuw bekeken")
    REFUSED = "refused", _("Niet geplaatst")
    APPEALED = "appealed", _("Iemand anders kijkt er opnieuw naar")
    REFUSED_FOR_GOOD = "refused_for_good", _("Niet geplaatst, ook niet na bezwaar")
    WITHDRAWN = "withdrawn", _("Ingetrokken")


class Who(StrEnum):
    """Who may take a step."""

    TELLER = "teller"
    TIME = "time"
    MODERATOR = "moderator"
    SECOND = "second"  # a moderator or auditor who did not take the decision that is appealed
    ANYBODY = "anybody"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its slug (the audit action is `contribution.<slug>`), from where, to where, by whom."""

    slug: str
    sources: frozenset[State]
    target: State | None  # None: the state stays as it is
    who: Who


def _step(slug: str, who: Who, target: State | None, *sources: State) -> Step:
    return Step(slug, frozenset(sources), target, who)


_LIVING = tuple(state for state in State if state is not State.WITHDRAWN)

STEPS: dict[str, Step] = {
    step.slug: step
    for step in (
        _step("changed", Who.TELLER, None, State.WAITING),
        _step("consent_changed", Who.TELLER, None, *_LIVING),
        _step("offered", Who.TIME, State.TO_REVIEW, State.WAITING),
        _step("published", Who.MODERATOR, State.PUBLISHED, State.TO_REVIEW),
        _step("refused", Who.MODERATOR, State.REFUSED, State.TO_REVIEW),
        _step("reopened", Who.MODERATOR, State.TO_REVIEW, State.REFUSED, State.PUBLISHED),
        _step("appealed", Who.TELLER, State.APPEALED, State.REFUSED),
        _step("appeal_upheld", Who.SECOND, State.PUBLISHED, State.APPEALED),
        _step("appeal_rejected", Who.SECOND, State.REFUSED_FOR_GOOD, State.APPEALED),
        _step("closed", Who.TIME, State.REFUSED_FOR_GOOD, State.REFUSED),
        _step("reported", Who.ANYBODY, State.UNDER_REVIEW, State.PUBLISHED, State.UNDER_REVIEW),
        _step("hidden", Who.ANYBODY, State.HIDDEN, State.PUBLISHED, State.UNDER_REVIEW),
        _step("kept", Who.MODERATOR, State.PUBLISHED, State.UNDER_REVIEW, State.HIDDEN),
        _step("removed", Who.MODERATOR, State.REFUSED, State.UNDER_REVIEW, State.HIDDEN),
        _step("withdrawn", Who.TELLER, State.WITHDRAWN, *_LIVING),
    )
}

SHOWN = frozenset({State.PUBLISHED, State.UNDER_REVIEW})
"""What everybody can read. The text of these is kept as it is; that of all others encrypted."""

FOR_MODERATORS = frozenset({State.TO_REVIEW, State.APPEALED, State.UNDER_REVIEW, State.HIDDEN})
"""What waits for a decision of a moderator."""

LEAST_WAIT_DAYS = 1
APPEAL_TERM = timedelta(weeks=6)
"""How long after a refusal the teller can object: the term of an objection (Awb 6:7)."""
UNDO_TERM = timedelta(hours=1)
"""How long a decision to publish can be undone by the moderator."""
REVIEW_TERM = timedelta(days=5)
"""Within how many days after the wait we say that somebody looks."""
KEEP_REFUSED = timedelta(days=90)
"""How long a text that is refused for good is kept before it is erased."""


class Reason(models.TextChoices):
    """Why a text is refused or taken away: the published rules. The slug is stored and stays."""

    IDENTIFIES = "identifies", _("Uit de tekst is op te maken wie iemand anders is.")
    TELLER_AT_RISK = "teller_at_risk", _("De tekst kan de verteller zelf in gevaar brengen.")
    INSULTS = "insults", _("De tekst scheldt, bedreigt of zet aan tot haat.")
    ACCUSES = "accuses", _("De tekst beschuldigt een herkenbaar persoon van een strafbaar feit.")
    NOT_ABOUT_THIS = "not_about_this", _("De tekst gaat niet over dit cijfer of over leven in deze gemeente.")
    ADVERTISES = "advertises", _("De tekst is reclame.")
    TWICE = "twice", _("Dezelfde tekst staat er al.")


class ReportReason(models.TextChoices):
    """Why a reader reports a text."""

    IDENTIFIES = "identifies", _("Uit de tekst is op te maken wie iemand is.")
    INSULTS = "insults", _("De tekst scheldt, bedreigt of zet aan tot haat.")
    UNTRUE = "untrue", _("De tekst geeft feiten die niet kloppen.")
    OTHER = "other", _("Iets anders.")


class Use(models.TextChoices):
    """For what the teller gives consent, each apart."""

    SITE = "site", _("Op deze website")
    PAPERS = "papers", _("In het rapport en in stukken voor de gemeenteraad")
