# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fits the model of expected use of one outcome in one year: counts with their rounding, characteristics, provinces."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samenspel.methods.expected import CrossFit, Published, cross_fit, design, linear, rounded, rounded_rate
from samenspel.outcomes.comparing.characteristics import Column, Municipalities, TooFewAreas
from samenspel.outcomes.comparing.specs import CountSpec, OutcomeSpec, specs

Array = NDArray[np.float64]

# All characteristics share one penalty on their size, found from the data: see docs/decisions/0082.
RIDGE = "characteristics"
# A published 0 stands for none or for few: tables say "bij heel weinig mensen staat er nul". One under the first ten.
ZERO_IS_AT_MOST = 9.0


# Fewer municipalities than this teach nothing about characteristics.
FEWEST_AREAS = 100


@dataclass(frozen=True, slots=True)
class Fitted:
    """One outcome in one year, for all municipalities with a published figure, base and characteristics.

    Arrays run along `codes`. `counted` are the bounds of the count; `observed` halfway. `columns`: the characteristics
    by key, of these municipalities. `among`: the base of the published figure. `without`: other municipalities of that
    year that have no figure, or no full set of characteristics (the keys that lack).
    """

    indicator: str
    period: str
    spec: OutcomeSpec
    codes: tuple[str, ...]
    provinces: tuple[str, ...]
    base: Array
    published: Array
    counted: Published
    columns: Mapping[str, Column]
    model: CrossFit
    among: Array
    without: Mapping[str, tuple[str, ...]]

    @property
    def observed(self) -> Array:
        """The number of people: as published, or halfway the bounds that a rounded figure leaves."""
        return self.counted.middle


def prepare(key: str, values: Array) -> Array:
    """The scale on which a characteristic is in the model."""
    return np.log(values) if specs().characteristics[key].logarithm else values


def fit_outcome(figures: Municipalities, indicator: str, period: str) -> Fitted:
    """Fit one outcome in one year, cross-fitted by province. Raises TooFewAreas, and NotConverged."""
    spec = specs().outcomes[indicator]
    frame = figures.outcome(indicator, period).filter(pl.col("area").str.starts_with("GM"))
    if frame["value"].count() < FEWEST_AREAS:
        raise TooFewAreas(f"{indicator} {period}: figures of {frame['value'].count()} municipalities")
    codes = frame["area"].to_list()
    keys = sorted({*spec.terms, *(group.shown for group in spec.groups)})
    columns = {key: figures.characteristic(specs().characteristics[key], codes, period) for key in keys}
    base = figures.base(specs().bases[spec.base], codes, period)
    among = figures.base(specs().bases[spec.count.among or spec.base], codes, period)
    counted = bounds(spec.count, frame, among, period)
    lacking = {
        code: tuple(
            key
            for key, known in (
                ("figure", np.isfinite(counted.lower[row])),
                ("base", np.isfinite(base[row])),
                *((term, np.isfinite(columns[term].values[row])) for term in spec.terms),
            )
            if not known
        )
        for row, code in enumerate(codes)
    }
    use = np.array([not lacking[code] for code in codes], dtype=bool)
    kept = [code for code in codes if not lacking[code]]
    if len(kept) < FEWEST_AREAS:
        raise TooFewAreas(f"{indicator} {period}: characteristics of {len(kept)} municipalities")
    columns = {key: column._replace(values=column.values[use]) for key, column in columns.items()}
    values = {key: prepare(key, columns[key].values) for key in spec.terms}
    counts = Published(counted.lower[use], counted.upper[use])
    terms = [linear(key, values[key], ridge=RIDGE) for key in spec.terms]
    provinces = figures.provinces(kept)
    return Fitted(
        indicator=indicator,
        period=period,
        spec=spec,
        codes=tuple(kept),
        provinces=tuple(provinces),
        base=base[use],
        published=frame["value"].cast(pl.Float64).fill_null(float("nan")).to_numpy()[use],
        counted=counts,
        columns=columns,
        model=cross_fit(design(terms, values), counts, base[use], spec.family, groups=provinces),
        among=among[use],
        without={code: lack for code, lack in lacking.items() if lack},
    )


def bounds(spec: CountSpec, frame: pl.DataFrame, among: Array, period: str) -> Published:
    """The lowest and highest count that each published figure allows; NaN where there is no figure.

    Where the store has the count itself it was rounded once; where it has a rate, the count was rounded and then the
    rate. Half a rounding step below 0 does not exist; a published 0 may be anything under ten.
    """
    value = frame["value"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    if period in spec.step:
        found = rounded_rate(value, among, per=spec.per, step=spec.step[period], base=spec.rounded_to)
    else:
        count = frame["numerator"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
        found = rounded(count, spec.rounded_to)
    return Published(found.lower, np.where(value == 0, np.maximum(found.upper, ZERO_IS_AT_MOST), found.upper))
