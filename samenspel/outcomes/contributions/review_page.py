# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a moderator sees: rows without words, and one text with what was found in it and what to check."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samenspel.methods.identifying import Kind as FindKind
from samenspel.outcomes.contributions import policies, presenters, queries
from samenspel.outcomes.contributions.actions.deciding import Looked
from samenspel.outcomes.contributions.actions.telling import place_names
from samenspel.outcomes.contributions.checking import FOUND_IN_WORDS, find_in
from samenspel.outcomes.contributions.forms import marked
from samenspel.outcomes.contributions.kinds import KINDS, Kind
from samenspel.outcomes.contributions.models import Contribution
from samenspel.outcomes.contributions.states import REVIEW_TERM, Reason, ReportReason, State
from samenspel.outcomes.contributions.subjects import UnknownSubject, find_subject
from samenspel.outcomes.contributions.words import unseal_note
from samenspel.platform.service import accounts, dutch


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One line of the list: what it is, about what, since when, and until when we promised to look."""

    public_id: UUID
    version: int
    title: str
    about: str
    state: str
    waits: str
    late: bool
    address: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One text to decide on. `parts` are question and marked text (safe HTML)."""

    row: ReviewRow
    parts: Sequence[tuple[str, str]]
    signed: str
    finds: Sequence[str]
    reasons_given: Sequence[tuple[str, str]]
    appeal: str
    is_appeal: bool
    earlier: Sequence[tuple[str, str]]
    reports: Sequence[tuple[str, str]]
    checks: Sequence[str]
    decisions: Sequence[tuple[str, str]]
    refusal: str
    may_decide: bool


def row(contribution: Contribution) -> ReviewRow:
    """The line of one text, without a word of it."""
    try:
        subject = find_subject(contribution.subject_kind, contribution.subject_id)
        about = f"{subject.title} ({subject.place or presenters.place_name(contribution.municipality)})"
    except UnknownSubject:
        about = contribution.subject_id
    state = queries.state_of(contribution)
    since = contribution.wait_until if state is State.TO_REVIEW else contribution.state_since
    due = timezone.localdate(since + REVIEW_TERM)
    return ReviewRow(
        public_id=contribution.public_id,
        version=contribution.version,
        title=str(Kind(contribution.kind).label),
        about=about,
        state=str(state.label),
        waits=_("Wacht sinds %(day)s. Beslis uiterlijk %(due)s.")
        % {"day": dutch.date(timezone.localdate(since)), "due": dutch.date(due)},
        late=due < timezone.localdate(),
        address=reverse("contributions:review", args=[contribution.public_id]),
    )


def review_page(looked: Looked, actor: accounts.Actor) -> ReviewPage:
    """The page of a text that was looked at (and the look logged)."""
    found, words = looked.contribution, looked.words
    finds = find_in(words.parts, words.signed, known=place_names(found.municipality))
    questions = {part.slug: str(part.question) for part in KINDS[Kind(found.kind)].parts}
    state = State(found.state)
    return ReviewPage(
        row=row(found),
        parts=[
            (questions[slug], marked(text, [find for find in finds if find.part == slug]))
            for slug, text in words.parts.items()
        ],
        signed=marked(words.signed, [find for find in finds if find.part == "signed"]),
        finds=list(dict.fromkeys(find.in_words for find in finds)),
        reasons_given=[(str(FOUND_IN_WORDS[FindKind(kind)]), why) for kind, why in words.confirmed.items()],
        appeal=words.appeal,
        is_appeal=state is State.APPEALED,
        earlier=[
            (str(Reason(one.reason).label) if one.reason else one.step, unseal_note(one.sealed_words))
            for one in found.decisions.order_by("at", "pk")
        ],
        reports=[
            (str(ReportReason(one.reason).label), unseal_note(one.sealed_words))
            for one in found.reports.filter(handled_at__isnull=True).order_by("at", "pk")
        ],
        checks=[str(reason.label) for reason in Reason],
        decisions=_decisions(state, may_reopen(actor, found)),
        refusal=_refusal(state),
        may_decide=bool(_decisions(state, may_reopen(actor, found))),
    )


def _decisions(state: State, reopens: bool) -> list[tuple[str, str]]:
    """The decisions without a reason that fit the state: value and words on the button."""
    match state:
        case State.TO_REVIEW:
            return [("publish", _("Plaats deze tekst"))]
        case State.APPEALED:
            return [("uphold", _("Plaats deze tekst toch"))]
        case State.UNDER_REVIEW | State.HIDDEN:
            return [("keep", _("Laat deze tekst staan"))]
        case _other:
            return [("reopen", _("Bekijk deze tekst opnieuw"))] if reopens else []


def _refusal(state: State) -> str:
    """The decision with a reason that fits the state; "" for none."""
    return {
        State.TO_REVIEW: "refuse",
        State.APPEALED: "reject",
        State.UNDER_REVIEW: "remove",
        State.HIDDEN: "remove",
    }.get(state, "")


def may_reopen(actor: accounts.Actor, contribution: Contribution) -> bool:
    """Whether the actor can undo what was decided about this text."""
    return policies.can_reopen(actor, contribution, timezone.now(), queries.latest_decision(contribution))


def alone(actor: accounts.Actor) -> bool:
    """Whether somewhere nobody else could judge an objection against the actor's refusals."""
    return any(queries.judges(code) < 2 for code in queries.codes_of(actor, accounts.Role.CLERK))
