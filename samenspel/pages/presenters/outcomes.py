# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""All comparisons of a municipality together, by topic: never by how large a difference is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samenspel.figures.service import Area
from samenspel.outcomes.service import Comparison, NoComparison
from samenspel.pages import queries
from samenspel.pages.addresses import area_address, figure_address
from samenspel.pages.presenters import cards
from samenspel.pages.presenters.outcome import ComparisonView, comparison_view
from samenspel.pages.presenters.trail import trail
from samenspel.pages.presenters.words import dutch, said


@dataclass(frozen=True, slots=True)
class TopicOfComparisons:
    """The comparisons of one topic."""

    heading: str
    comparisons: Sequence[ComparisonView]


@dataclass(frozen=True, slots=True)
class Uncompared:
    """A figure without a comparison, and why there is none."""

    title: str
    address: str
    because: str


@dataclass(frozen=True, slots=True)
class OutcomesPage:
    """All comparisons of a municipality."""

    area: Area
    trail: Sequence[tuple[str, str]]
    topics: Sequence[TopicOfComparisons]
    uncompared: Sequence[Uncompared]


def outcomes_page(area: Area) -> OutcomesPage:
    """The page with all comparisons of this municipality."""
    groups: dict[str, list[ComparisonView]] = {}
    uncompared = []
    for passport, found in queries.outcomes_of(area):
        if isinstance(found, NoComparison):
            address = figure_address(area, passport.key)
            uncompared.append(Uncompared(cards.title(passport), address, dutch(found.sentence)))
        else:
            groups.setdefault(said(passport.topic), []).append(comparison_view(area, passport, found))
    return OutcomesPage(
        area=area,
        trail=[*trail(area)[:-1], (area.name, area_address(area)), (_("Naast wat wij verwachten"), "")],
        topics=[TopicOfComparisons(heading, found) for heading, found in groups.items()],
        uncompared=uncompared,
    )


def in_short(area: Area) -> list[ComparisonView]:
    """The comparisons of a municipality without their charts, for cards."""
    return [
        comparison_view(area, passport, found, chart=False)
        for passport, found in queries.outcomes_of(area)
        if isinstance(found, Comparison)
    ]
