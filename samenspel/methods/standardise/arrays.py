# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Direct and indirect standardisation over the last axis of arrays."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from samenspel.methods.inputs import USUAL, BoolArray, FloatArray, floats, not_negative
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

    NaN where there are fewer than 10 events, where an input is NaN, and where nobody lives in a band with weight.
    Raises ValueError for a negative number, for events in a band without anybody, for weights that are all 0, and for
    squares below the count.
    """
    events, base, weight = not_negative("count", count), not_negative("n", n), not_negative("weights", weights)
    shape = np.broadcast_shapes(events.shape, base.shape, weight.shape)
    if not shape:
        raise ValueError(f"count must have an axis of age bands: {float(events)}")
    nobody = base == 0
    if nobody.any() and (nobody & (events > 0)).any():
        raise ValueError("n must be above 0 where there are events: 0.0")
    # Only as large as populations and weights together: counts have an axis of indicators more, and are summed at once.
    weight, base = np.broadcast_arrays(weight, np.broadcast_to(base, np.broadcast_shapes(base.shape, shape[-1:])))
    total_weight = weight.sum(axis=-1)
    if (total_weight == 0).any():
        raise ValueError("weights must not all be 0")
    per_head = np.divide(weight, base, out=np.where(weight == 0, 0.0, np.nan), where=base != 0)
    events = np.broadcast_to(events, np.broadcast_shapes(events.shape, shape[-1:]))
    spread = events
    if squares is not None:
        spread = not_negative("squares", squares)
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
    broadcast: populations (areas x bands) with rates (indicators x 1 x bands) give indicators x areas. `count` is
    summed over its own last axis, so totals of which the ages are not known are given with a last axis of length 1.

    Ratio and limits are NaN where nothing is expected or an input is NaN; see `publishable` for what is too little to
    show. Say which reference and year. Two ratios are not comparable with each other when the mixes differ: each says
    only how an area is beside its own expectation. Raises ValueError for a negative number.
    """
    events = not_negative("count", count)
    base, rates = not_negative("n", n), not_negative("reference_rate", reference_rate)
    _at_least_one_axis("count", events)
    _at_least_one_axis("n", base)
    expected = np.vecdot(base, rates) if rates.ndim else base.sum(axis=-1) * rates
    observed = events.sum(axis=-1)
    return ratio_of(observed, expected, confidence)


def ratio_of(observed: FloatArray, expected: FloatArray, confidence: float = USUAL) -> Indirect:
    """The last step of `indirect`, for an expected number from elsewhere, such as a model of use."""
    lower, upper = count_interval(observed, confidence)
    seen, awaited = np.broadcast_arrays(observed, expected)
    inverse = np.divide(1.0, awaited, out=np.full(awaited.shape, np.nan), where=awaited != 0)
    return Indirect(seen[()], awaited[()], (seen * inverse)[()], (lower * inverse)[()], (upper * inverse)[()])


def dobson(total: FloatArray, rate: FloatArray, variance: FloatArray, confidence: float = USUAL) -> Direct:
    """The last step of `direct`: the limits of a weighted sum of rates with so many events in total."""
    lower, upper = count_interval(total, confidence)
    enough = total >= DIRECT_FROM
    scale = np.sqrt(np.divide(variance, total, out=np.full(np.shape(total), np.nan), where=enough))
    rate = np.where(enough, rate, np.nan)
    return Direct(rate[()], (rate + scale * (lower - total))[()], (rate + scale * (upper - total))[()])


def publishable(expected: ArrayLike) -> BoolArray:
    """Whether enough is expected to show a ratio: 5 events or more. False for NaN."""
    result: BoolArray = floats("expected", expected) >= PUBLISH_FROM
    return result


def _at_least_one_axis(name: str, array: FloatArray) -> None:
    if not array.ndim:
        raise ValueError(f"{name} must have an axis of age bands: {float(array)}")
