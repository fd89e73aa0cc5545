# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Intervals of shares, counts, means and differences: how far the true figure may lie from the one that was seen.

All functions take numbers or arrays that broadcast together and return `Limits(lower, upper)` of that shape, in the
unit of the input. `confidence` is two-sided, between 0 and 1; pages use `USUAL` (95 %) and `STRICT` (99.8 %). NaN in
any input gives NaN limits. An impossible input (a negative count, more events than people) raises ValueError and names
it.

The rate of an area is a count divided by a population that is taken as known: divide both limits by it.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from samenspel.methods.inputs import (
    STRICT,
    USUAL,
    FloatArray,
    broadcast,
    common_shape,
    confidence_level,
    floats,
    normal_quantile,
    not_negative,
)

__all__ = [
    "EXACT_BELOW",
    "STRICT",
    "USUAL",
    "Limits",
    "byar",
    "count_interval",
    "effective_sample_size",
    "mean_interval",
    "newcombe_difference",
    "poisson_exact",
    "wilson",
]

# Byar's approximation is taken from this count on; below it the exact limits.
EXACT_BELOW = 10

# A weighted count may exceed its base by no more than what rounding of floats can do.
_ROUNDING = 1e-9


class Limits(NamedTuple):
    """The two ends of an interval, of the shape of the input; lower <= upper, or both NaN."""

    lower: FloatArray
    upper: FloatArray


def wilson(count: ArrayLike, n: ArrayLike, confidence: float = USUAL) -> Limits:
    """The interval of a share (0 to 1): `count` of `n`.

    (2O + z2 -/+ z sqrt(z2 + 4 O (1 - O/n))) / (2 (n + z2)), with O = count and z2 = z squared (Wilson 1927, JASA
    22:209). Stays within 0 and 1, also for none or all of few. `count` and `n` need not be whole numbers: for a
    weighted survey give `share * n_eff` and `n_eff`, with `effective_sample_size`. NaN where n is 0.
    """
    z = normal_quantile(confidence)
    events, base = _part_and_whole("count", count, "n", n)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = events / base
        whole = 2 * events + z * z + z * np.sqrt(z * z + 4 * events * (1 - share))
        # The lower limit multiplied above and below by its conjugate: the difference loses the digits of a tiny count.
        lower, upper = 2 * events * share / whole, whole / (2 * (base + z * z))
    return Limits(_at(lower), _at(np.where(events == base, upper * 0 + 1, upper)))


def byar(count: ArrayLike, confidence: float = USUAL) -> Limits:
    """The interval of the expected number behind an observed count, by Byar's approximation.

    L = O (1 - 1/(9O) - z/(3 sqrt O))^3, U = (O+1) (1 - 1/(9(O+1)) + z/(3 sqrt(O+1)))^3 (Breslow & Day 1987, Statistical
    methods in cancer research II, p. 69). L is 0 for O = 0, and where the cube would be negative. From 10 on within
    half a per cent of the exact limits at 95 %; `count_interval` uses it there. The count need not be whole (weighted
    or apportioned events); the formula then runs smoothly between whole counts.
    """
    events = not_negative("count", count)
    lower, upper = _byar(events, normal_quantile(confidence))
    return Limits(_at(lower), _at(upper))


def poisson_exact(count: ArrayLike, confidence: float = USUAL) -> Limits:
    """The exact interval of the expected number behind an observed count.

    L = chi2(alpha/2; 2O) / 2 and U = chi2(1 - alpha/2; 2O + 2) / 2 (Garwood 1936, Biometrika 28:437), here as quantiles
    of the gamma distribution. L is 0 for O = 0. Never covers less than `confidence`, mostly more. The count need not be
    whole: the gamma quantiles run smoothly between whole counts, where "exact" is then only a name.
    """
    tail = (1 - confidence_level(confidence)) / 2
    events = not_negative("count", count)
    lower, upper = _exact(events, tail)
    return Limits(_at(lower), _at(upper))


def count_interval(count: ArrayLike, confidence: float = USUAL) -> Limits:
    """The interval of the expected number behind an observed count: exact below 10, else Byar.

    As in Armitage & Berry (2002), Statistical methods in medical research, and the public-health practice that follows
    it. Not whole counts are allowed, as in `byar` and `poisson_exact`.
    """
    z = normal_quantile(confidence)
    tail = (1 - confidence) / 2
    events = np.atleast_1d(not_negative("count", count))
    lower, upper = _byar(events, z)
    small = np.flatnonzero(events.reshape(-1) < EXACT_BELOW)
    if small.size:
        few = events.reshape(-1)[small]
        whole = few.astype(np.intp)
        if (whole == few).all():
            # The ten whole counts below 10 have ten pairs of limits: look them up instead of inverting each.
            limits = _exact(np.arange(EXACT_BELOW, dtype=np.float64), tail)
            lower.reshape(-1)[small], upper.reshape(-1)[small] = limits[0][whole], limits[1][whole]
        else:
            lower.reshape(-1)[small], upper.reshape(-1)[small] = _exact(few, tail)
    shape = np.shape(count)
    return Limits(_at(lower.reshape(shape)), _at(upper.reshape(shape)))


def mean_interval(mean: ArrayLike, sd: ArrayLike, n: ArrayLike, confidence: float = USUAL) -> Limits:
    """The t-interval of a mean: mean -/+ t(1 - alpha/2; n - 1) sd / sqrt n.

    `sd` is the standard deviation of the sample (with n - 1), in the unit of the mean. `n` need not be whole: give the
    effective sample size of a weighted sample. NaN where n is below 2: one answer says nothing about spread.
    Assumes that the mean is about normal; for very skewed amounts and small n it covers too little (measured in
    docs/explanation/methods.md).
    """
    upper_tail = 0.5 + confidence_level(confidence) / 2
    centre, spread, size = broadcast(
        ("mean", "sd", "n"), floats("mean", mean), not_negative("sd", sd), not_negative("n", n)
    )
    enough = size >= 2
    safe = np.where(enough, size, 2.0)
    reach = special.stdtrit(safe - 1, upper_tail) * spread / np.sqrt(safe)
    reach = np.where(enough, reach, np.nan)
    return Limits(_at(centre - reach), _at(centre + reach))


def newcombe_difference(
    count_1: ArrayLike, n_1: ArrayLike, count_2: ArrayLike, n_2: ArrayLike, confidence: float = USUAL
) -> Limits:
    """The interval of a difference of two independent shares: count_1 / n_1 minus count_2 / n_2 (-1 to 1).

    Square-and-add of the two Wilson intervals: d - sqrt((p1 - l1)^2 + (u2 - p2)^2) to d + sqrt((u1 - p1)^2 + (p2 -
    l2)^2) (Newcombe 1998, Stat Med 17:873, method 10). Counts need not be whole, as in `wilson`. NaN where n is 0.
    """
    first_events, first_base = _part_and_whole("count_1", count_1, "n_1", n_1)
    second_events, second_base = _part_and_whole("count_2", count_2, "n_2", n_2)
    common_shape(("count_1 and n_1", "count_2 and n_2"), first_events, second_events)
    lower_1, upper_1 = wilson(first_events, first_base, confidence)
    lower_2, upper_2 = wilson(second_events, second_base, confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        share_1, share_2 = first_events / first_base, second_events / second_base
    difference = share_1 - share_2
    lower = difference - np.hypot(share_1 - lower_1, upper_2 - share_2)
    upper = difference + np.hypot(upper_1 - share_1, share_2 - lower_2)
    return Limits(_at(lower), _at(upper))


def effective_sample_size(weights: ArrayLike, axis: int = -1) -> FloatArray:
    """How many equally weighted answers say as much as these weighted ones: (sum w)^2 / sum w^2 (Kish 1965).

    Over `axis`; weights in any unit, not negative; a weight of 0 or NaN is somebody who did not answer and counts for
    nothing. 0 where nobody answered. Always show the unweighted number of answers beside it. Holds for shares and means
    in which the weights say nothing about the answer; it does not know of clustering.
    """
    known = np.nan_to_num(np.atleast_1d(not_negative("weights", weights)), nan=0.0)
    # In units of the largest weight, so that no square is too large or too small for a float.
    largest = known.max(axis=axis, keepdims=True, initial=0.0)
    known = known / np.where(largest > 0, largest, 1.0)
    total, squares = known.sum(axis=axis), np.square(known).sum(axis=axis)
    found = np.divide(total * total, squares, out=np.zeros_like(total), where=squares > 0)
    return _at(found)


def _byar(events: FloatArray, z: float) -> tuple[FloatArray, FloatArray]:
    # Without powers, which are slow: this runs over millions of counts. A count of 0 gives minus infinity, so 0.
    with np.errstate(divide="ignore", over="ignore"):
        lower = np.maximum(1 - 1 / (9 * events) - (z / 3) / np.sqrt(events), 0)
    more = events + 1
    upper = 1 - 1 / (9 * more) + (z / 3) / np.sqrt(more)
    return events * lower * lower * lower, more * upper * upper * upper


def _exact(events: FloatArray, tail: float) -> tuple[FloatArray, FloatArray]:
    none = events <= 1e-6  # of so few the lower limit is 0 to the last bit, and the inverse fails
    lower = special.gammaincinv(np.where(none, 1.0, events), tail) * ~none
    return np.asarray(lower, dtype=np.float64), np.asarray(special.gammainccinv(events + 1, tail), dtype=np.float64)


def _part_and_whole(part: str, count: ArrayLike, whole: str, n: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Both broadcast; raises ValueError when the part is more than the whole, beyond rounding."""
    events, base = broadcast((part, whole), not_negative(part, count), not_negative(whole, n))
    over = events > base
    if over.any():
        if (events > base * (1 + _ROUNDING)).any():
            place = np.flatnonzero(events > base * (1 + _ROUNDING))[0]
            raise ValueError(
                f"{part} must not be more than {whole}: {float(events.flat[place])} of {float(base.flat[place])}"
            )
        events = np.minimum(events, base)
    return events, base


def _at(array: FloatArray) -> FloatArray:
    """A number for a number: np.float64, which is a float, instead of an array without axes."""
    result: FloatArray = np.asarray(array)[()]
    return result
