# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Direct and indirect standardisation over the last axis of arrays."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from samenspel.methods.inputs import USUAL, BoolArray, FloatArray, broadcast, common_shape, floats, not_negative
from samenspel.methods.intervals import count_interval

# A direct rate rests on at least this many events (Dobson's limits are not reliable below; PHE technical guide).
DIRECT_FROM = 10

# A ratio is published where at least this many events are expected. NHSN computes none below 1; at 5 the 95 % limits
# of a ratio of 1 still run from a third to two and a half.
PUBLISH_FROM = 5.0


class Direct(NamedTuple):
    """A directly standardised rate with its limits, per unit of `n`: events per inhabitant when n are inhabitants."""

    rate: FloatArray
    lower: FloatArray
    upper: FloatArray


class Indirect(NamedTuple):
    """Events seen and expected, their ratio (1: as expected), and the limits of the ratio."""

    observed: FloatArray
    expected: FloatArray
    ratio: FloatArray
    lower: FloatArray
    upper: FloatArray


def direct(
    count: ArrayLike,
    n: ArrayLike,
    weights: ArrayLike,
    confidence: float = USUAL,
    *,
    squares: ArrayLike | None = None,
) -> Direct:
    """What the rate would be if the age bands (last axis) were those of a standard population.

    `rate = sum w O/n / sum w`, with `Var = sum w^2 S/n^2 / (sum w)^2` and S = O; limits `rate + sqrt(Var / sum O) (L -
    sum O)` and the same with U, where L and U are the limits of the total count (Dobson, Kuulasmaa, Eberle & Scherer
    1991, Stat Med 10:457). `count`, `n` and `weights` broadcast; `weights` in any unit.

    Where one person can have several events (several provisions), events are not independent: give `squares`, per band
    the sum over persons of the square of their own number of events. It takes the place of S (the variance summed over
    frequencies f, f^2 times that of the persons with f events). Without it each event is taken to be another person's.

    A lower limit that Dobson's formula puts below 0 (events mostly in a band that weighs far more than its share of
    the population) is 0. NaN where there are fewer than 10 events, where an input is NaN, and where nobody lives in a
    band with weight. Raises ValueError for a negative number, for events in a band without anybody, for weights that
    are all 0, for squares below the count, and for shapes that do not fit.
    """
    events, base, weight = not_negative("count", count), not_negative("n", n), not_negative("weights", weights)
    shape = common_shape(("count", "n", "weights"), events, base, weight)
    if not shape:
        raise ValueError(f"count must have an axis of age bands: {float(events)}")
    nobody = base == 0
    if nobody.any() and (nobody & (events > 0)).any():
        raise ValueError("n must be above 0 where there are events: 0.0")
    # In units of the largest, whose square fits in a float whatever the unit.
    largest = weight.max(axis=-1, keepdims=True, initial=0.0) if weight.ndim else weight
    if (largest == 0).any():
        raise ValueError("weights must not all be 0")
    weight = weight / largest
    # Only as large as populations and weights together: counts have an axis of indicators more, and are summed at once.
    weight, base = np.broadcast_arrays(weight, np.broadcast_to(base, np.broadcast_shapes(base.shape, shape[-1:])))
    total_weight = weight.sum(axis=-1)
    per_head = np.divide(weight, base, out=np.where(weight == 0, 0.0, np.nan), where=base != 0)
    events = np.broadcast_to(events, np.broadcast_shapes(events.shape, shape[-1:]))
    spread = events
    if squares is not None:
        spread = not_negative("squares", squares)
        common_shape(("count", "squares"), events, spread)
        if (spread < events * (1 - 1e-9)).any():
            raise ValueError("squares must not be below count: who has f events adds f to count and f^2 to squares")
        spread = np.broadcast_to(spread, np.broadcast_shapes(spread.shape, shape[-1:]))
    rate = np.vecdot(per_head, events) / total_weight
    variance = np.vecdot(per_head * per_head, spread) / (total_weight * total_weight)
    total = np.broadcast_to(events.sum(axis=-1), rate.shape)
    return dobson(total, rate, variance, confidence)


def indirect(count: ArrayLike, n: ArrayLike, reference_rate: ArrayLike, confidence: float = USUAL) -> Indirect:
    """How many events there are beside how many this mix of ages would have at the rates of the reference.

    `expected = sum n r` over the last axis, `ratio = sum O / expected`; limits are those of the count (exact below 10,
    else Byar) divided by expected, which is taken as known (Breslow & Day 1987, p. 65). `n` and `reference_rate`
    have the same bands (or one rate for all) and broadcast: populations (areas x bands) with rates (indicators x 1 x
    bands) give indicators x areas. `count` has these bands, or a last axis of length 1: totals of which the ages are
    not known.

    Ratio and limits are NaN where nothing is expected or an input is NaN; see `publishable` for what is too little to
    show. Say which reference and year. Two ratios are not comparable with each other when the mixes differ: each says
    only how an area is beside its own expectation. Raises ValueError for a negative number, for
    bands or other axes that do not fit, and for events where nobody lives: take the population in which they arose,
    such as the mean of the year.
    """
    events = not_negative("count", count)
    base, rates = not_negative("n", n), not_negative("reference_rate", reference_rate)
    _at_least_one_axis("count", events)
    _at_least_one_axis("n", base)
    bands = base.shape[-1]
    for name, array in (("count", events), ("reference_rate", rates)):
        if array.ndim and array.shape[-1] not in (bands, 1):
            raise ValueError(f"{name} must have the {bands} bands of n on its last axis, or 1, not {array.shape[-1]}")
    names = ("count", "n", "reference_rate")
    common_shape(names, events[..., :1], base[..., :1], rates[..., :1] if rates.ndim else rates)
    if rates.ndim and rates.shape[-1] == bands:
        expected = np.vecdot(base, rates)
    else:
        expected = base.sum(axis=-1) * (rates[..., 0] if rates.ndim else rates)
    nobody = base == 0
    if nobody.any():
        if events.shape[-1] != bands:
            nobody = nobody.all(axis=-1, keepdims=True)
        if (nobody & (events > 0)).any():
            raise ValueError("n must be above 0 where there are events: 0.0")
    observed = events.sum(axis=-1)
    return ratio_of(observed, expected, confidence)


def ratio_of(observed: FloatArray, expected: FloatArray, confidence: float = USUAL) -> Indirect:
    """The last step of `indirect`, for an expected number from elsewhere, such as a model of use."""
    lower, upper = count_interval(observed, confidence)
    seen, awaited = broadcast(("observed", "expected"), np.asarray(observed), np.asarray(expected))
    inverse = np.divide(1.0, awaited, out=np.full(awaited.shape, np.nan), where=awaited != 0)
    return Indirect(seen[()], awaited[()], (seen * inverse)[()], (lower * inverse)[()], (upper * inverse)[()])


def dobson(total: FloatArray, rate: FloatArray, variance: FloatArray, confidence: float = USUAL) -> Direct:
    """The last step of `direct`: the limits of a weighted sum of rates with so many events in total."""
    lower, upper = count_interval(total, confidence)
    enough = total >= DIRECT_FROM
    scale = np.sqrt(np.divide(variance, total, out=np.full(np.shape(total), np.nan), where=enough))
    rate = np.where(enough, rate, np.nan)
    least = np.maximum(rate + scale * (lower - total), 0.0)
    return Direct(rate[()], least[()], (rate + scale * (upper - total))[()])


def publishable(expected: ArrayLike) -> BoolArray:
    """Whether enough is expected to show a ratio: 5 events or more. False for NaN."""
    result: BoolArray = floats("expected", expected) >= PUBLISH_FROM
    return result


def _at_least_one_axis(name: str, array: FloatArray) -> None:
    if not array.ndim:
        raise ValueError(f"{name} must have an axis of age bands: {float(array)}")
