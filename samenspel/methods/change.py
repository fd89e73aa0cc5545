# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Change: of an area between two years beside the country, and of a process over many months.

Yearly figures have five to ten points: too few for a chart of a process, so there `change` holds two years beside
each other. Series of 12 points or more, as of a process counted each month, go to `xmr`. Which years may be held
beside each other at all (boundaries, definitions, model estimates) is for the caller to know.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from samenspel.methods.inputs import (
    USUAL,
    BoolArray,
    FloatArray,
    broadcast,
    common_shape,
    floats,
    normal_quantile,
    not_negative,
    of_areas,
)
from samenspel.methods.overdispersion import AREAS_FROM
from samenspel.methods.standardise.arrays import PUBLISH_FROM

# The square of the median of |x| for a standard normal x.
_MEDIAN_SQUARED = 0.674489750196082**2
# A process chart needs this many points; limits from fewer flag too much or nothing.
POINTS_FROM = 12
# Of a run on one side or a trend.
RUN = 7
# The range of two points of a stable process is 1.128 standard deviations, and seldom above 3.267 times its mean
# (Shewhart's d2 and D4 for two points); 2.66 = 3 / 1.128.
_TO_LIMITS = 2.66
_RANGE_LIMIT = 3.267


class ChangeOfArea(NamedTuple):
    """Observed / expected of each area in the second period as a multiple of the first, beside the country's own.

    `lower` and `upper` are the limits of `ratio`, with chance and ordinary change between years in them.
    `country_ratio`, without the axis of areas, is the change of all areas together. `clear` holds where the area
    changed otherwise than the country; `p_value` is the probability of so large a difference without that. `tau2`,
    without the axis of areas, is the ordinary change of one area in one year, as a variance of the log.
    """

    ratio: FloatArray
    lower: FloatArray
    upper: FloatArray
    country_ratio: FloatArray
    clear: BoolArray
    p_value: FloatArray
    tau2: FloatArray


class Rebase(NamedTuple):
    """From point `at` (counted from 0) a process runs otherwise, for a reason that is known and dated."""

    at: int
    reason: str


class ProcessChart(NamedTuple):
    """A series with its natural limits and the points that chance does not readily give; all of the series' length.

    `mean`, `lower` and `upper` hold per point, because a `Rebase` starts them anew; `rebased` are the points where that
    was done, `pending` those of which too few points came after. Directions are not good or bad.
    """

    mean: FloatArray
    lower: FloatArray
    upper: FloatArray
    outside: BoolArray
    run: BoolArray
    trend: BoolArray
    two_of_three: BoolArray
    rebased: tuple[int, ...]
    pending: tuple[int, ...]

    @property
    def signal(self) -> BoolArray:
        """Whether any of the four rules points at the point."""
        result: BoolArray = self.outside | self.run | self.trend | self.two_of_three
        return result


def between_years_variance(
    observed_1: ArrayLike,
    expected_1: ArrayLike,
    observed_2: ArrayLike,
    expected_2: ArrayLike,
    *,
    rounding_variance: ArrayLike = 0.0,
) -> FloatArray:
    """tau2 of `change`, median-calibrated over the areas (last axis).

    Half the median of (d - c)^2 / 0.6745^2 - (1/O1 + 1/O2), or 0: with it half of the areas lie within 0.6745 standard
    deviations of the country's change c. Areas with fewer than 5 expected in one of the years do not take part; NaN
    with fewer than 10 areas left.
    """
    parts = _parts(observed_1, expected_1, observed_2, expected_2, rounding_variance)
    return _between_years(*parts)


def change(
    observed_1: ArrayLike,
    expected_1: ArrayLike,
    observed_2: ArrayLike,
    expected_2: ArrayLike,
    confidence: float = USUAL,
    *,
    tau2: ArrayLike | None = None,
    rounding_variance: ArrayLike = 0.0,
) -> ChangeOfArea:
    """How each area (last axis) changed between two periods beside its own expectation, and whether that is clear.

    d = log(O2/E2) - log(O1/E1), c the same of the sums over all areas, var = 1/O1 + 1/O2 + 2 tau2; the ratio is exp(d)
    with limits exp(d -/+ z sqrt var), and it is clear when |d - c| > z sqrt var. `tau2`, the ordinary change of an area
    in a year, is `between_years_variance` when not given. When the expected numbers of each year are those of the
    country in that year, c is 0 and d itself is the change against the country. `rounding_variance`, in counts squared,
    is what the publisher's rounding adds to each count (2 for rounding to the nearest 5, about 4 for random rounding).

    With fewer than 10 areas that take part the ordinary change cannot be told from the figures: then `tau2`, the limits
    and `p_value` are NaN and nothing is clear, unless you give `tau2`. None observed is taken as one half. NaN, and not
    clear, where fewer than 5 are expected in one of the years or an input is NaN; the country's change is over the
    areas that have both years. "Not clear" is not "no change": say so. Raises ValueError for a negative number, for
    shapes that do not fit and without an axis of areas.
    """
    d, c, error2 = _parts(observed_1, expected_1, observed_2, expected_2, rounding_variance)
    ordinary = _between_years(d, c, error2) if tau2 is None else not_negative("tau2", tau2)
    z = normal_quantile(confidence)
    spread = np.sqrt(error2 + 2 * np.asarray(ordinary)[..., np.newaxis])
    away = np.abs(d - c) / spread
    return ChangeOfArea(
        np.exp(d),
        np.exp(d - z * spread),
        np.exp(d + z * spread),
        np.exp(c[..., 0])[()],
        away > z,
        2 * special.ndtr(-away),
        np.asarray(ordinary)[()],
    )


def xmr(values: ArrayLike, rebases: Sequence[Rebase] = ()) -> ProcessChart:
    """A process chart of single values (X and moving range) with four rules, for one series in order of time.

    Limits: mean -/+ 2.66 mR, mR the mean distance between neighbouring points after those above 3.267 times that mean
    are left out once (Wheeler, Understanding variation; NHS Making data count). A point signals when it is

    - outside the limits;
    - in a run of 7 or more points on one side of the mean (a point on the mean ends it);
    - in a row of 7 or more points of which each is above, or each below, the one before;
    - one of two among three neighbouring points that lie beyond two thirds of the way to the same limit.

    A `Rebase` starts mean, limits and rules anew at its point, as soon as 12 points have come from there on, until
    which the old limits go on. NaN is a period without a figure: it has no range, ends no run and counts for no rule.
    All points equal gives limits on the mean and no signals. The chart takes neighbouring points as independent: with
    seasons, or counts that carry over, it signals too often. Raises ValueError with fewer than 12 points before the
    first rebase, without a reason, and for rebases out of order or outside the series.
    """
    series = floats("values", values)
    if series.ndim != 1:
        raise ValueError(f"values must be one series, not of shape {series.shape}")
    starts, pending = _starts(series, rebases)
    size = len(series)
    mean, reach = np.empty(size), np.empty(size)
    rules = {name: np.zeros(size, dtype=bool) for name in ("outside", "run", "trend", "two_of_three")}
    for start, end in zip(starts, [*starts[1:], size], strict=True):
        part = series[start:end]
        mean[start:end] = centre = np.nanmean(part)
        reach[start:end] = distance = _reach(part)
        known = np.flatnonzero(~np.isnan(part))
        away = part[known] - centre
        # The last bit of a mean of equal values must not look like a deviation.
        away = np.where(np.abs(away) <= 1e-12 * np.abs(centre), 0.0, away)
        at = start + known
        rules["outside"][at] = np.abs(away) > distance
        rules["run"][at] = _long_runs(np.sign(away), RUN)
        steps = _long_runs(np.sign(np.diff(part[known])), RUN - 1)
        rules["trend"][at] = np.append(steps, False) | np.insert(steps, 0, False)
        rules["two_of_three"][at] = _two_of_three(away, 2 / 3 * distance)
    return ProcessChart(mean, mean - reach, mean + reach, **rules, rebased=tuple(starts[1:]), pending=pending)


def _parts(
    observed_1: ArrayLike,
    expected_1: ArrayLike,
    observed_2: ArrayLike,
    expected_2: ArrayLike,
    rounding_variance: ArrayLike,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The change d of each area, that of the country c (with an axis of length 1), and the variance of d by chance."""
    first, base_1, second, base_2 = broadcast(
        ("observed_1", "expected_1", "observed_2", "expected_2"),
        not_negative("observed_1", observed_1),
        not_negative("expected_1", expected_1),
        not_negative("observed_2", observed_2),
        not_negative("expected_2", expected_2),
    )
    of_areas("observed_1", first)
    rounding = not_negative("rounding_variance", rounding_variance)
    common_shape(("areas", "rounding_variance"), first, rounding)
    known = (base_1 >= PUBLISH_FROM) & (base_2 >= PUBLISH_FROM) & ~np.isnan(first) & ~np.isnan(second)
    sums = [np.where(known, part, 0.0).sum(axis=-1, keepdims=True) for part in (first, base_1, second, base_2)]
    with np.errstate(divide="ignore", invalid="ignore"):
        country = np.log(sums[2]) - np.log(sums[3]) - np.log(sums[0]) + np.log(sums[1])
    first, second = (np.where(known, np.maximum(part, 0.5), np.nan) for part in (first, second))
    d = np.log(second) - np.log(np.where(known, base_2, 1.0)) - np.log(first) + np.log(np.where(known, base_1, 1.0))
    error2 = 1 / first + 1 / second + rounding * (1 / first**2 + 1 / second**2)
    return d, np.where(np.isfinite(country), country, np.nan), error2


def _between_years(d: FloatArray, c: FloatArray, error2: FloatArray) -> FloatArray:
    excess = np.square(d - c) / _MEDIAN_SQUARED - error2
    enough = (~np.isnan(excess)).sum(axis=-1) >= AREAS_FROM
    if not np.any(enough):
        return np.full(excess.shape[:-1], np.nan)[()]
    found = np.nanmedian(np.where(enough[..., np.newaxis], excess, 0.0), axis=-1) / 2
    result: FloatArray = np.where(enough, np.maximum(found, 0.0), np.nan)[()]
    return result


def _starts(series: FloatArray, rebases: Sequence[Rebase]) -> tuple[list[int], tuple[int, ...]]:
    """Where limits start, and the rebases that wait for more points."""
    starts, pending = [0], []
    before = 0
    for rebase in rebases:
        if not rebase.reason.strip():
            raise ValueError(f"rebases must have a reason: the one at {rebase.at}")
        if not before < rebase.at < len(series):
            raise ValueError(f"rebases must be in order and within the series: {rebase.at}")
        before = rebase.at
    ends = [*(rebase.at for rebase in rebases), len(series)]
    known = ~np.isnan(series)
    if (number := int(known[: ends[0]].sum())) < POINTS_FROM:
        raise ValueError(f"values must have {POINTS_FROM} points or more: {number}")
    for rebase, end in zip(rebases, ends[1:], strict=True):
        if known[rebase.at : end].sum() >= POINTS_FROM:
            starts.append(rebase.at)
        else:
            pending.append(rebase.at)
    return starts, tuple(pending)


def _reach(part: FloatArray) -> float:
    """How far the limits lie from the mean."""
    ranges = np.abs(np.diff(part))
    ranges = ranges[~np.isnan(ranges)]
    if not ranges.size:
        return float("nan")
    kept = ranges[ranges <= _RANGE_LIMIT * ranges.mean()]
    return float(_TO_LIMITS * kept.mean())


def _long_runs(sign: FloatArray, length: int) -> BoolArray:
    """Which places are in a run of so many equal signs that are not 0."""
    found = np.zeros(len(sign), dtype=bool)
    bounds = np.flatnonzero(np.diff(sign)) + 1
    for start, end in zip(np.insert(bounds, 0, 0), np.append(bounds, len(sign)), strict=True):
        if end - start >= length and sign[start] != 0:
            found[start:end] = True
    return found


def _two_of_three(away: FloatArray, bound: float) -> BoolArray:
    found = np.zeros(len(away), dtype=bool)
    for beyond in (away > bound, away < -bound):
        for place in range(len(away) - 2):
            window = slice(place, place + 3)
            if beyond[window].sum() >= 2:
                found[window] |= beyond[window]
    return found
