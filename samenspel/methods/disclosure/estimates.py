# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Shares and means from noisy counts, with intervals in which chance, the lasting coin and the noise count together."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samenspel.methods.disclosure.coin import Coin

Z = 1.959963984540054  # 97.5 % of the standard normal distribution


_STEPS = 200  # shares that are tried, from 0 to 1


class Estimate(NamedTuple):
    """A value with its interval at 95 %."""

    value: float
    lower: float
    upper: float


def share(coin: Coin, people: int, count: float, noise: float, base_noise: float) -> Estimate:
    """The share (0-1) who gave an answer, from `count` of `people` after coin and noise.

    `noise` and `base_noise` are the variances of the noise in count and people, drawn apart. The interval is Wilson's
    (1927) with the number of people that gives the whole variance (count / people has variance p (1 - p) / n by chance,
    coin included, plus (noise + p² base_noise) / n²), taken back through the coin. ValueError for people < 1.
    """
    if people < 1:
        raise ValueError(f"people: {people} is less than 1")
    counted = min(max(count / people, 0.0), 1.0)
    # As in Agresti and Coull: two of each added, so that a share of 0 or 1 has a variance too.
    p = (counted * people + 2) / (people + 4)
    chance = p * (1 - p) / people
    added = (noise + p * p * base_noise) / people**2
    size = people * chance / (chance + added)
    centre = (counted + Z * Z / (2 * size)) / (1 + Z * Z / size)
    half = Z / (1 + Z * Z / size) * math.sqrt(counted * (1 - counted) / size + Z * Z / (4 * size * size))
    low, high, value = (min(max(float(coin.share(end)), 0.0), 1.0) for end in (centre - half, centre + half, counted))
    return Estimate(value, min(low, value), max(high, value))


def share_with_laplace(coin: Coin, counts: Sequence[int], answer: int, scale: float) -> Estimate:
    """The share (0-1) who gave an answer, from the counts of all answers after coin and discrete Laplace of `scale`.

    The interval is the test turned round: a share p after the coin is kept when (1 - p) x the answer's count - p x that
    of the others is not farther from zero than in one of twenty cases. That has noise (1 - p) L - p (L + … + L), which
    is heavier in the tails than the normal, and the variance n p (1 - p) of chance; its distribution is computed by
    inverting its characteristic function (Gil-Pelaez 1951). n is not known: it is taken one standard deviation above
    the sum of the counts, because a smaller one would be too sure. The value is the count by the sum, kept between 0
    and 1, and so are the ends. Raises ValueError for fewer than two counts or a scale that is not above zero.
    """
    if len(counts) < 2 or not scale > 0:
        raise ValueError(f"counts, scale: {len(counts)} counts, scale {scale}")
    own, others = counts[answer], sum(counts) - counts[answer]
    e = math.exp(-1 / scale)
    noise = 2 * e / (1 - e) ** 2
    people = max(own + others, 1.0) + math.sqrt(noise * len(counts))
    shares = np.linspace(0.0, 1.0, _STEPS + 1)
    distance = np.abs((1 - shares) * own - shares * others)
    outside = _outside(distance, shares, len(counts) - 1, e, people)
    kept = np.flatnonzero(outside >= 0.05)
    # Noise can be so far from what is possible that no share fits: then the one that fits best.
    first, last = (kept[0], kept[-1]) if len(kept) else (int(outside.argmax()),) * 2
    raw = min(max(own / max(own + others, 1.0), 0.0), 1.0)
    step = 1.0 / _STEPS
    low, high, value = (
        min(max(float(coin.share(end)), 0.0), 1.0) for end in (shares[first] - step, shares[last] + step, raw)
    )
    return Estimate(value, min(low, value), max(high, value))


def _outside(
    distance: NDArray[np.float64], shares: NDArray[np.float64], others: int, e: float, people: float
) -> NDArray[np.float64]:
    """For each share how probable it is that noise and chance lie as far from zero as `distance`, or farther.

    P(|X| < x) = 2 / pi x integral of sin(x t) / t x phi(t) over t > 0, because X is symmetric. The noise is in whole
    numbers: half of one is taken off the distance, so that the probability is not too small.
    """
    scale = -1 / math.log(e)
    steps = np.linspace(0.0, 1.0, 501)[1:]
    spread = np.sqrt(2 * scale**2 * ((1 - shares) ** 2 + others * shares**2) + people * shares * (1 - shares))
    t = steps[None, :] * 40.0 / spread[:, None]
    # A continuous Laplace of the same scale has the same tails; its characteristic function vanishes at infinity.
    phi = 1 / (1 + (scale * (1 - shares[:, None]) * t) ** 2) / (1 + (scale * shares[:, None] * t) ** 2) ** others
    phi = phi * np.exp(-0.5 * people * (shares * (1 - shares))[:, None] * t**2)
    x = np.clip(distance - 0.5, 0.0, 8 * spread)[:, None]  # farther than that is as good as impossible
    values = np.sin(x * t) / t * phi
    width = t[:, 1] - t[:, 0]
    inside = 2 / math.pi * width * (values.sum(axis=1) - values[:, -1] / 2 + x[:, 0] / 2)
    return np.asarray(np.clip(1 - inside, 0.0, 1.0), dtype=np.float64)


def in_per_cent(found: Estimate) -> Estimate:
    """The same in whole per cents, as a share is published: the value rounded, the interval to the outside."""
    low, high = math.floor(100 * found.lower + 1e-9) / 100, math.ceil(100 * found.upper - 1e-9) / 100
    return Estimate(round(found.value, 2), low, high)


def mean(coin: Coin, people: int, counts: Sequence[float], noise: float, values: Sequence[float]) -> Estimate:
    """The mean of what the answers count for, from their counts after coin and noise (each with variance `noise`).

    Coin undone: (sum of v x counted share - other x sum of v) / (keep - other). The interval is normal, kept within
    the lowest and highest value. Raises ValueError for people under 1 or another number of values.
    """
    if people < 1:
        raise ValueError(f"people: {people} is less than 1")
    if len(values) != len(counts):
        raise ValueError(f"values: {len(values)} for {len(counts)} counts")
    total = max(sum(counts), 1.0)
    counted = sum(v * c for v, c in zip(values, counts, strict=True)) / total
    spread = max(sum((v - counted) ** 2 * c for v, c in zip(values, counts, strict=True)) / total, 0.0)
    added = noise * sum((v - counted) ** 2 for v in values) / total**2
    factor = coin.keep - coin.other
    value = (counted - coin.other * sum(values)) / factor
    half = Z * math.sqrt(spread / total + added) / factor
    low, high = min(values), max(values)
    value = min(max(value, low), high)
    return Estimate(value, max(value - half, low), min(value + half, high))
