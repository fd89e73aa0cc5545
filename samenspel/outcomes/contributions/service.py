# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other parts of the outcomes, and the storeys above through outcomes.service, use of contributions."""

from samenspel.outcomes.contributions.actions import Draft, Sent, move_on, send, words_of
from samenspel.outcomes.contributions.choices import figure_choices
from samenspel.outcomes.contributions.demo import seed_demo_stories
from samenspel.outcomes.contributions.kinds import KINDS, Kind, KindRule, Part
from samenspel.outcomes.contributions.models import Contribution
from samenspel.outcomes.contributions.policies import Holder
from samenspel.outcomes.contributions.presenters import (
    Beside,
    ContributionCard,
    about_indicator,
    cards,
    contributions_about,
    stories_beside,
    why_closed,
)
from samenspel.outcomes.contributions.queries import (
    about,
    about_figure,
    counts_by_kind,
    for_papers,
    listed,
    moderation_numbers,
    published,
    shown,
)
from samenspel.outcomes.contributions.states import SHOWN, State, Use
from samenspel.outcomes.contributions.subjects import (
    FIGURE,
    INDICATOR,
    Subject,
    UnknownSubject,
    figure_id,
    find_subject,
    register_subject_kind,
    subject_of_reference,
)

__all__ = [
    "FIGURE",
    "INDICATOR",
    "KINDS",
    "SHOWN",
    "Beside",
    "Contribution",
    "ContributionCard",
    "Draft",
    "Holder",
    "Kind",
    "KindRule",
    "Part",
    "Sent",
    "State",
    "Subject",
    "UnknownSubject",
    "Use",
    "about",
    "about_figure",
    "about_indicator",
    "cards",
    "contributions_about",
    "counts_by_kind",
    "figure_choices",
    "figure_id",
    "find_subject",
    "for_papers",
    "listed",
    "moderation_numbers",
    "move_on",
    "published",
    "register_subject_kind",
    "seed_demo_stories",
    "send",
    "shown",
    "stories_beside",
    "subject_of_reference",
    "why_closed",
    "words_of",
]
