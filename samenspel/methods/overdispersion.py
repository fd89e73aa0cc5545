# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much areas differ beyond chance, the funnel that reckons with it, and which areas may be said to stand out.

Large registers have tiny chance errors, so that nearly every area lies outside a plain funnel. The additive model
(Spiegelhalter 2005, Stat Med 24:1185; Spiegelhalter et al. 2012, JRSS-A 175:1) lets areas vary ordinarily with a
variance tau2 on a transformed scale; only what lies beyond chance *and* ordinary variation stands out. The areas are
the last axis of every array; leading axes (indicators, years) are apart from each other.
"""

from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from samenspel.methods.inputs import (
    STRICT,
    BoolArray,
    FloatArray,
    between,
    broadcast,
    common_shape,
    confidence_level,
    floats,
    normal_quantile,
    not_negative,
)
from samenspel.methods.intervals import Limits
from samenspel.methods.standardise.arrays import PUBLISH_FROM

Method = Literal["median", "shmi", "cqc", "paule-mandel"]
Transform = Literal["log", "sqrt", "arcsine"]

# The median of |x| for a standard normal x.
_MEDIAN = 0.674489750196082
# The share of areas that SHMI drops, and CQC pulls in, at each end.
_TRIM = 0.1
# Steps per standard deviation when the ordinary variation is summed over.
_STEPS = 10
# Fewer areas than this say nothing about how much areas differ.
AREAS_FROM = 10
# A ratio nearer to 1 than this is no difference that matters, however certain.
MATTERS_FROM = 1.1
MATTERS_PROBABILITY = 0.95
FALSE_DISCOVERY_RATE = 0.05


class Deviation(NamedTuple):
    """How far observed lies from expected on a scale where chance is about normal, and its standard error by chance."""

    value: FloatArray
    standard_error: FloatArray


class Flags(NamedTuple):
    """Which areas stand out, and by what.

    `flagged` holds where all conditions do; `direction` is 1 (more than expected), -1 (less) or 0 (not flagged). `z`
    is the deviation in units of chance and ordinary variation together, `p_value` its two-sided probability,
    `probability_that_matters` that of a ratio beyond 1.1 either way. `chance_flags`, without the axis of areas, is
    how many areas would lie outside the funnel by chance alone: show it beside the flags.
    """

    flagged: BoolArray
    direction: NDArray[np.int8]
    z: FloatArray
    p_value: FloatArray
    probability_that_matters: FloatArray
    chance_flags: FloatArray


def deviation(
    observed: ArrayLike,
    expected: ArrayLike,
    transform: Transform = "log",
    *,
    n: ArrayLike | None = None,
    rounding_variance: ArrayLike = 0.0,
) -> Deviation:
    """Observed beside expected on a transformed scale; 0 is as expected.

    "log": log(O/E), s = 1/sqrt E (as SHMI); none observed is taken as one half, or as
    what was expected where that is less. "sqrt": sqrt(O/E) - 1, s = 1/(2 sqrt E)
    (as CQC). "arcsine", for a share O/n: arcsin sqrt(O/n) - arcsin sqrt(E/n), s = 1/(2 sqrt n); needs `n`.
    `rounding_variance`, in counts squared, is what the publisher's rounding adds: 2 for rounding to the nearest 5,
    about 4 for random rounding to 5; it widens s by sqrt(1 + v/E). NaN where expected is 0 or an input is NaN. Raises
    ValueError for a negative number, an unknown transform, and for "arcsine" when a count exceeds `n`.
    """
    names, rounding = ("observed", "expected"), not_negative("rounding_variance", rounding_variance)
    seen, awaited = broadcast(names, not_negative("observed", observed), not_negative("expected", expected))
    common_shape(("observed and expected", "rounding_variance"), seen, rounding)
    known = np.where(awaited > 0, awaited, np.nan)
    widened = 1 + rounding / known
    if transform == "log":
        # Half a person, or what was expected where that is less: none observed is never more than expected.
        none = np.minimum(0.5, known)
        return Deviation(np.log(np.where(seen == 0, none, seen) / known), np.sqrt(widened / known))
    if transform == "sqrt":
        return Deviation(np.sqrt(seen / known) - 1, np.sqrt(widened / known) / 2)
    if transform == "arcsine":
        if n is None:
            raise ValueError("n must be given for transform arcsine")
        base = not_negative("n", n)
        common_shape(("observed and expected", "n"), seen, base)
        if (seen > base).any() or (awaited > base).any():
            raise ValueError("n must not be below observed or expected")
        value = np.arcsin(np.sqrt(seen / np.where(base > 0, base, np.nan))) - np.arcsin(np.sqrt(known / base))
        return Deviation(value, np.sqrt(widened / base) / 2)
    raise ValueError(f"transform must be one of {', '.join(get_args(Transform))}: {transform}")


def additive_variance(
    observed: ArrayLike,
    expected: ArrayLike,
    method: Method = "median",
    *,
    transform: Transform | None = None,
    n: ArrayLike | None = None,
    rounding_variance: ArrayLike = 0.0,
) -> FloatArray:
    """tau2: how much areas differ beyond chance, as a variance on the transformed scale. Shape: without the axis of
    areas.

    With y, s from `deviation`, z = y/s, w = 1/s^2, I areas:

    - "median" (default): the tau2 with which the median of |y| / sqrt(s^2 + tau2) is that of a normal variable, 0.6745.
      Since |y| / sqrt(s^2 + t) <= m exactly when y^2/m^2 - s^2 <= t, this is the median of y^2/m^2 - s^2, or 0.
      Half of the areas may be out of the ordinary without moving it far.
    - "shmi": the outer tenths by z are dropped, then tau2 = max(0, (I phi - (I - 1)) / (sum w - sum w^2 / sum w)) with
      phi = mean z^2. "cqc": the same with the outer tenths pulled in to their bounds. Both take away ordinary variation
      with the extremes and so find too little: use them only to compare with publications that do.
    - "paule-mandel": tau2 with sum (y - mean)^2 / (s^2 + tau2) = I - 1, mean weighted alike (Paule & Mandel 1982).
      Right without outliers, too large with them.

    `transform` is "log", and "sqrt" for "cqc", unless another is named. Areas with fewer than 5 expected (or NaN) do
    not take part; NaN with fewer than 10 areas left. Raises ValueError as `deviation` does and for an unknown method.
    """
    if method not in get_args(Method):
        raise ValueError(f"method must be one of {', '.join(get_args(Method))}: {method}")
    scale = transform or ("sqrt" if method == "cqc" else "log")
    found = deviation(observed, expected, scale, n=n, rounding_variance=rounding_variance)
    if not np.ndim(found.value):
        raise ValueError(f"observed must have an axis of areas: {observed!r}")
    takes_part = (np.asarray(expected, dtype=np.float64) >= PUBLISH_FROM) & ~np.isnan(found.value)
    value = np.where(takes_part, found.value, np.nan)
    error = np.where(takes_part, found.standard_error, np.nan)
    return _estimate(value, error, method)


def funnel_limits(
    expected: ArrayLike,
    tau2: ArrayLike = 0.0,
    confidence: float = STRICT,
    *,
    transform: Transform = "log",
    n: ArrayLike | None = None,
    rounding_variance: ArrayLike = 0.0,
) -> Limits:
    """Between which ratios O/E an area with so many expected mostly lies: 0 -/+ z sqrt(s^2 + tau2), transformed back.

    For "arcsine" between which shares O/n. `tau2` has the shape of `expected` without the axis of areas (or is a
    number) and is on the scale of `transform`; 0 gives the funnel of chance alone. NaN where nothing is expected.
    Raises ValueError as `deviation` does.
    """
    awaited = not_negative("expected", expected)
    error = deviation(awaited, awaited, transform, n=n, rounding_variance=rounding_variance).standard_error
    reach = normal_quantile(confidence) * np.sqrt(error**2 + _per_area(tau2, awaited))
    if transform == "log":
        wide = np.exp(reach)
        return Limits((1 / wide)[()], wide[()])
    if transform == "sqrt":
        return Limits(np.square(np.maximum(1 - reach, 0))[()], np.square(1 + reach)[()])
    centre = np.arcsin(np.sqrt(awaited / not_negative("n", n if n is not None else np.nan)))
    lower, upper = np.clip(centre - reach, 0, np.pi / 2), np.clip(centre + reach, 0, np.pi / 2)
    return Limits((np.sin(lower) ** 2)[()], (np.sin(upper) ** 2)[()])


def probability_that_matters(
    observed: ArrayLike,
    expected: ArrayLike,
    *,
    ratio: float = MATTERS_FROM,
    rounding_variance: ArrayLike = 0.0,
) -> FloatArray:
    """The posterior probability that the true ratio of an area lies beyond `ratio` or below 1/`ratio`.

    Flat prior on the true log ratio; likelihood: log(O/E) is normal around it with variance s^2 = 1/E. The ordinary
    distribution of areas is no prior here: this question is put to areas that do not seem to belong to it, and with
    that prior an area among alike ones would never matter (twelve centres of Aylin et al. 2001: Bristol, 41 deaths
    where 16 were expected, would not be seen). Log scale only; NaN where there is nothing to compute.
    """
    awaited = not_negative("expected", expected)
    value, error = deviation(observed, awaited, rounding_variance=rounding_variance)
    bound = np.log(between("ratio", ratio, 1, np.inf))
    above, below = special.ndtr((value - bound) / error), special.ndtr((-value - bound) / error)
    result: FloatArray = np.asarray(above + below, dtype=np.float64)[()]
    return result


def flags(
    observed: ArrayLike,
    expected: ArrayLike,
    tau2: ArrayLike | None = None,
    *,
    confidence: float = STRICT,
    false_discovery_rate: float | None = FALSE_DISCOVERY_RATE,
    rounding_variance: ArrayLike = 0.0,
) -> Flags:
    """Which areas may be said to have clearly more or fewer than expected, on the log scale.

    An area is flagged only when (a) it lies outside the funnel of chance and ordinary variation at `confidence`, (b)
    the probability is at least 0.95 that its true ratio is beyond 1.1 either way (`probability_that_matters`), (c) at
    least 5 are expected, and it stays after Benjamini-Hochberg over the areas that were tested (None: left out; a page
    that shows several outcomes runs `benjamini_hochberg` over all its tests). `tau2` is median-calibrated when not
    given. Areas under (c) or with NaN are never flagged; their numbers are NaN only where there is nothing to compute.

    With few expected the logarithm makes low counts look rarer than they are: among neighbourhoods five times as many
    areas lie outside the funnel by chance as it says (measured). So (a) asks as well that so low or high a count is
    that improbable for a Poisson count around a log-normal ratio; `p_value` is then the larger of the two.

    A flag is not a verdict: more use is not worse, nor better.
    """
    value, error = deviation(observed, expected, rounding_variance=rounding_variance)
    if tau2 is None:
        tau2 = additive_variance(observed, expected, rounding_variance=rounding_variance)
    z = value / np.sqrt(error**2 + _per_area(tau2, value))
    p_value = 2 * special.ndtr(-np.abs(z))
    matters = probability_that_matters(observed, expected, rounding_variance=rounding_variance)
    tested = (np.asarray(expected, dtype=np.float64) >= PUBLISH_FROM) & ~np.isnan(z)
    flagged = tested & (np.abs(z) > normal_quantile(confidence)) & (matters >= MATTERS_PROBABILITY)
    if flagged.any():
        exact = _tail(observed, expected, tau2, flagged)
        p_value = np.where(flagged, np.maximum(p_value, exact), p_value)
        flagged &= p_value <= 1 - confidence
    if false_discovery_rate is not None:
        flagged &= benjamini_hochberg(np.where(tested, p_value, np.nan), false_discovery_rate)
    direction = np.where(flagged, np.sign(np.nan_to_num(z)), 0).astype(np.int8)
    by_chance = chance_flags(tested.sum(axis=-1), confidence)
    return Flags(flagged, direction, z, p_value, matters, by_chance)


def chance_flags(tested: ArrayLike, confidence: float = STRICT) -> FloatArray:
    """How many of so many areas lie outside the funnel by chance alone: 0.7 of 342 at 99.8 %.

    The other conditions of `flags` make it fewer (measured in docs/explanation/methods.md): this is the number to
    state.
    """
    result: FloatArray = (not_negative("tested", tested) * (1 - confidence_level(confidence)))[()]
    return result


def benjamini_hochberg(p_value: ArrayLike, rate: float = FALSE_DISCOVERY_RATE) -> BoolArray:
    """Which of the tests on the last axis hold when at most a share `rate` of those that hold may be false.

    With p(1) <= ... <= p(m): all up to the largest k with p(k) <= k rate / m (Benjamini & Hochberg 1995, JRSS-B
    57:289). A number is one test with one answer. NaN is no test: it does not hold and does not count. Raises
    ValueError for p outside 0 to 1.
    """
    values = not_negative("p_value", p_value)
    if (values > 1).any():
        raise ValueError(f"p_value must not be above 1: {float(values[values > 1].flat[0])}")
    level = between("rate", rate, 0, 1)
    if not values.ndim:
        single: BoolArray = (values <= level)[()]
        return single
    if not values.shape[-1]:
        return np.zeros(values.shape, dtype=bool)
    ordered = np.sort(values, axis=-1)  # NaN last
    tests = (~np.isnan(values)).sum(axis=-1, keepdims=True)
    bounds = np.arange(1, values.shape[-1] + 1) / np.maximum(tests, 1) * level
    largest = np.where(ordered <= bounds, ordered, -1.0).max(axis=-1, keepdims=True)
    result: BoolArray = values <= largest
    return result


def _tail(observed: ArrayLike, expected: ArrayLike, tau2: ArrayLike, chosen: BoolArray) -> FloatArray:
    """Two-sided probability of a Poisson count around a log-normal ratio at the chosen areas, 0 elsewhere.

    Summed over the ratio in steps of a tenth of its standard deviation. Where chance is smaller than such a step, the
    normal on the log scale is exact enough, and 0 lets it stand.
    """
    seen, awaited, variance = (
        np.broadcast_to(part, chosen.shape)[chosen]
        for part in (
            floats("observed", observed),
            floats("expected", expected),
            _per_area(tau2, chosen.astype(np.float64)),
        )
    )
    fine = 1 / awaited > variance / _STEPS**2
    seen, awaited, variance = seen[fine], awaited[fine], variance[fine]
    places = np.linspace(-6, 6, 12 * _STEPS + 1)
    density = np.exp(-np.square(places) / 2)
    density /= density.sum()
    mean = awaited[:, np.newaxis] * np.exp(np.sqrt(variance)[:, np.newaxis] * places)
    low = special.gammaincc(np.floor(seen)[:, np.newaxis] + 1, mean) @ density
    high = special.gammainc(np.maximum(np.ceil(seen), 1)[:, np.newaxis], mean) @ density
    found = np.zeros(chosen.shape)
    found[tuple(places_of[fine] for places_of in np.nonzero(chosen))] = 2 * np.minimum(low, np.where(seen > 0, high, 1))
    return np.minimum(found, 1.0)


def _per_area(tau2: ArrayLike, areas: FloatArray) -> FloatArray:
    """tau2 with an axis of areas, so that it broadcasts over them."""
    variance = not_negative("tau2", tau2)
    if np.ndim(areas) and variance.ndim:
        common_shape(("areas (without the last axis)", "tau2"), np.asarray(areas)[..., 0:1].sum(axis=-1), variance)
        return variance[..., np.newaxis]
    return variance


def _estimate(value: FloatArray, error: FloatArray, method: Method) -> FloatArray:
    """tau2 along the last axis; NaN marks areas that do not take part."""
    number = (~np.isnan(value)).sum(axis=-1)
    enough = number >= AREAS_FROM
    if not enough.any():
        return np.full(number.shape, np.nan)[()]
    # A row without areas is computed on zeros and then left out, so that no step meets a row of NaN.
    value, error = np.where(enough[..., np.newaxis], value, 0.0), np.where(enough[..., np.newaxis], error, 1.0)
    if method == "median":
        found = _nan_median(np.square(value / _MEDIAN) - np.square(error))
    elif method == "paule-mandel":
        found = _paule_mandel(value, error)
    else:
        z = value / error
        low, high = np.nanquantile(z, [_TRIM, 1 - _TRIM], axis=-1, keepdims=True)
        kept = ~np.isnan(z) if method == "cqc" else (z >= low) & (z <= high)
        squares = np.where(kept, np.square(np.clip(z, low, high)), 0.0).sum(axis=-1)
        weight = np.where(kept, 1 / np.square(error), 0.0)
        total = weight.sum(axis=-1)
        found = (squares - (kept.sum(axis=-1) - 1)) / (total - np.square(weight).sum(axis=-1) / total)
    result: FloatArray = np.where(enough, np.maximum(found, 0.0), np.nan)[()]
    return result


def _nan_median(values: FloatArray) -> FloatArray:
    """As np.nanmedian along the last axis, without its slow path when nothing is missing."""
    result: FloatArray = np.nanmedian(values, axis=-1) if np.isnan(values).any() else np.median(values, axis=-1)
    return result


def _paule_mandel(value: FloatArray, error: FloatArray) -> FloatArray:
    """By Newton's method from 0: the sum of squares falls and is convex in tau2, so that it never overshoots."""
    known = ~np.isnan(value)
    y, s2 = np.where(known, value, 0.0), np.where(known, np.square(error), 1.0)
    tau2 = np.zeros(value.shape[:-1])
    for _ in range(100):
        weight = known / (s2 + tau2[..., np.newaxis])
        mean = (weight * y).sum(axis=-1, keepdims=True) / weight.sum(axis=-1, keepdims=True)
        squares = weight * np.square(y - mean)
        excess = squares.sum(axis=-1) - (known.sum(axis=-1) - 1)
        slope = (weight * squares).sum(axis=-1)
        step = np.divide(excess, slope, out=np.zeros_like(excess), where=slope > 0)
        moved = np.maximum(tau2 + step, 0.0)
        if np.allclose(moved, tau2, rtol=1e-12, atol=1e-15):
            break
        tau2 = moved
    return tau2
