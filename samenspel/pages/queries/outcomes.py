# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Outcomes of a municipality beside what its residents lead one to expect, with all that explains them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from samenspel.figures.service import Area, Passport, Topic, current_municipalities, get_area, get_indicator
from samenspel.outcomes import service as outcomes
from samenspel.outcomes.service import Change, Comparison, ModelSummary, NoComparison, PartEstimate, SimilarArea

if TYPE_CHECKING:
    from samenspel.outcomes.service import contributions

LOOK_ALIKE = 10


@dataclass(frozen=True, slots=True)
class Alike:
    """A municipality with alike residents, and the same comparison there."""

    found: SimilarArea
    area: Area
    comparison: Comparison | NoComparison


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome of one municipality, compared.

    `change` is None where it is not looked for: without a comparison, and for model estimates, which say nothing of
    change. `all_areas` holds (expected, ratio) of every other municipality, without saying which.
    """

    area: Area
    passport: Passport
    comparison: Comparison
    model: ModelSummary
    change: Change | NoComparison | None
    similar: tuple[Alike, ...]
    all_areas: tuple[tuple[float, float], ...]


def is_compared(passport: Passport) -> bool:
    """Whether outcomes of this indicator are compared with what is expected."""
    return passport.key in outcomes.compared_indicators()


def version() -> str:
    """Of which figures and which method the comparisons are: whatever is kept of them belongs to it."""
    return outcomes.comparing_version()


def comparison_of(area: Area, passport: Passport) -> Comparison | NoComparison:
    """The comparison of this indicator for this municipality, or why there is none."""
    return outcomes.comparison(area.code, passport.key)


def outcome(area: Area, passport: Passport, found: Comparison) -> Outcome:
    """A comparison with all that goes with it."""
    return Outcome(
        area=area,
        passport=passport,
        comparison=found,
        model=outcomes.model_summary(passport.key, found.period),
        change=None if passport.model_estimate else outcomes.change(area.code, passport.key),
        similar=tuple(_alike(one, passport, found.period) for one in outcomes.similar(area.code, LOOK_ALIKE)),
        all_areas=tuple(
            (expected, ratio)
            for code, expected, ratio in _everywhere(version(), passport.key, found.period)
            if code != area.code
        ),
    )


def why_not_similar(area: Area) -> NoComparison | None:
    """Why no municipalities with alike residents are shown; None when there are some."""
    return outcomes.why_not_similar(area.code)


def estimates_of_parts(area: Area, passport: Passport) -> list[PartEstimate] | NoComparison:
    """The districts of a municipality with their figures and ranges, or why there are none."""
    return outcomes.parts(area.code, passport.key)


def beside(area: Area, passport: Passport) -> "contributions.Beside | None":
    """What people tell at this figure of this area; None where it is too small to tell about without being known."""
    return outcomes.stories_beside(passport.key, area.code)


def outcomes_of(area: Area) -> list[tuple[Passport, Comparison | NoComparison]]:
    """All comparisons of a municipality, by topic and title: never by the size of the difference."""
    topics = list(Topic)
    found = [(get_indicator(one.indicator), one) for one in outcomes.comparisons(area.code)]
    return sorted(found, key=lambda pair: (topics.index(pair[0].topic), pair[0].title, pair[0].key))


def _alike(found: SimilarArea, passport: Passport, period: str) -> Alike:
    area = get_area(found.code)
    return Alike(found, area, outcomes.comparison(area.code, passport.key, period))


@lru_cache(maxsize=64)
def _everywhere(version: str, indicator: str, period: str) -> Sequence[tuple[str, float, float]]:
    """Area, expected number and ratio of every municipality with a comparison, once for each version."""
    every = (outcomes.comparison(area.code, indicator, period) for area in current_municipalities())
    return tuple((one.area, one.expected, one.ratio) for one in every if isinstance(one, Comparison))
