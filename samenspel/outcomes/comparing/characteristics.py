# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Values of municipalities from the figures, as rows of numbers: outcomes, bases and characteristics of residents."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samenspel.figures.service import (
    COUNTRY_CODE,
    AreaLevel,
    get_area,
    holdings,
    period_years,
    series,
    snapshot,
)
from samenspel.outcomes.comparing.neighbours import borders
from samenspel.outcomes.comparing.specs import BaseSpec, CharacteristicSpec

Array = NDArray[np.float64]

# A period counts for a characteristic when nearly all municipalities have a value in it.
ENOUGH_MUNICIPALITIES = 300
AGES, FIRST_AGES = "population_by_age", "age=0-4"
POPULATION = "population"


class TooFewAreas(RuntimeError):
    """The store holds an outcome or a characteristic for too few municipalities to learn from."""


class Column(NamedTuple):
    """One characteristic of all areas asked for: values (NaN: unknown), the country's value, and the year it is of.

    `computed`: the country's value is the mean of municipalities by residents, because none is published.
    """

    values: Array
    country: float
    period: str
    computed: bool = False


class Municipalities:
    """Reads figures of municipalities, each once. Of one version of the store: make a new one for each build."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str, str], Mapping[str, float]] = {}
        self._made: dict[tuple[str, str, str], Mapping[str, float]] = {}
        self._periods: dict[str, tuple[str, ...]] = {}

    def outcome(self, indicator: str, period: str) -> pl.DataFrame:
        """The published figures of a period on the municipalities of that time; see `figures.service.snapshot`."""
        return snapshot(indicator, period, AreaLevel.MUNICIPALITY)

    def values(self, indicator: str, codes: Sequence[str], year: str, breakdown: str = "") -> tuple[Array, str]:
        """An indicator for these municipalities of `year`, from that year or the nearest one that nearly all have.

        A municipality that was not there in that other year has what its parts add up to, where they do.
        """
        # All age groups are there in the same years, so one of them tells for all.
        period = self._nearest(indicator, year, FIRST_AGES if indicator == AGES else breakdown)
        found = self._of(indicator, period, breakdown)
        values = [
            found[code] if code in found else self._added_up(indicator, code, period, breakdown) for code in codes
        ]
        return np.array(values, dtype=np.float64), period

    def base(self, spec: BaseSpec, codes: Sequence[str], year: str) -> Array:
        """The number of people among whom is counted: residents of that year, times the share that has these ages."""
        people, _ = self.values(POPULATION, codes, year)
        if not spec.ages:
            return people
        groups = self._ages(codes, year)
        return np.asarray(people * sum(share * groups[age] for age, share in spec.ages.items()) / _total(groups))

    def characteristic(self, spec: CharacteristicSpec, codes: Sequence[str], year: str) -> Column:
        """A characteristic for these municipalities, with the country's own value."""
        if not spec.parts:
            values, period = self.values(spec.of, codes, year)
            country = self._published(spec.of, period)
            if country is not None:
                return Column(values, country, period)
            people, _ = self.values(POPULATION, codes, year)
            known = np.isfinite(values) & np.isfinite(people)
            mean = float(np.average(values[known], weights=people[known])) if known.any() else float("nan")
            return Column(values, mean, period, computed=True)
        groups = self._ages(codes, year)
        whole = spec.whole or tuple(groups)
        part, all_ = _total({age: groups[age] for age in spec.parts}), _total({age: groups[age] for age in whole})
        known = np.isfinite(all_)
        country = float(part[known].sum() / all_[known].sum() * 100) if known.any() else float("nan")
        return Column(part / all_ * 100, country, self._nearest(AGES, year, FIRST_AGES))

    def provinces(self, codes: Iterable[str]) -> list[str]:
        """The code of the province of each municipality."""
        return [get_area(code).parent or code for code in codes]

    @cached_property
    def borders(self) -> frozenset[tuple[str, str]]:
        """Pairs of municipalities of today that border on each other."""
        return borders()

    @cached_property
    def age_groups(self) -> tuple[str, ...]:
        """The five-year age groups that the store has for municipalities."""
        held = holdings(AGES)
        names = [name.removeprefix("age=") for name in (held.breakdowns if held else ()) if ";" not in name]
        groups = [name for name in names if "-" in name or name.endswith("+")]
        return tuple(sorted(groups, key=lambda name: int(name.rstrip("+").split("-")[0])))

    def _ages(self, codes: Sequence[str], year: str) -> dict[str, Array]:
        return {age: self.values(AGES, codes, year, f"age={age}")[0] for age in self.age_groups}

    def _published(self, indicator: str, period: str) -> float | None:
        """The value of the country itself; None where it has none in this period."""
        return next((p.value for p in series(COUNTRY_CODE, indicator).points if p.period == period), None)

    def _nearest(self, indicator: str, year: str, breakdown: str) -> str:
        """The period nearest to a year that nearly all municipalities have; of two equally near ones the earlier."""
        key = f"{indicator} {breakdown}"
        if key not in self._periods:
            held = holdings(indicator)
            periods = held.periods if held is not None else ()
            full = [p for p in periods if len(self._of(indicator, p, breakdown)) >= ENOUGH_MUNICIPALITIES]
            self._periods[key] = tuple(full)
        if not self._periods[key]:
            raise TooFewAreas(f"no year of {indicator} has figures of nearly all municipalities")
        wanted = period_years(year)[0]
        return min(self._periods[key], key=lambda p: (abs(period_years(p)[0] - wanted), p))

    def _of(self, indicator: str, period: str, breakdown: str) -> Mapping[str, float]:
        key = (indicator, period, breakdown)
        if key not in self._held:
            frame = snapshot(indicator, period, AreaLevel.MUNICIPALITY, breakdown=breakdown)
            frame = frame.filter(pl.col("value").is_not_null())
            self._held[key] = dict(zip(frame["area"].to_list(), frame["value"].to_list(), strict=True))
        return self._held[key]

    def _added_up(self, indicator: str, code: str, period: str, breakdown: str) -> float:
        key = (indicator, code, breakdown)
        if key not in self._made:
            points = series(code, indicator, breakdown).points
            self._made[key] = {point.period: point.value for point in points if point.value is not None}
        return self._made[key].get(period, float("nan"))


def _total(groups: Mapping[str, Array]) -> Array:
    return np.asarray(np.sum(list(groups.values()), axis=0), dtype=np.float64)
