# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Shares and means from noisy counts, with intervals in which chance, the lasting coin and the noise count together."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from samenspel.methods.disclosure.coin import Coin

Z = 1.959963984540054  # 97.5 % of the standard normal distribution


class Estimate(NamedTuple):
    """A value with its interval at 95 %."""

    value: float
    lower: float
    upper: float


def share(coin: Coin, people: int, count: float, noise: float, base_noise: float, covariance: float = 0.0) -> Estimate:
    """The share (0-1) who gave an answer, from `count` of `people` after coin and noise.

    `noise` and `base_noise` are the variances of the noise in count and people, `covariance` that between them. The
    interval is Wilson's (1927) with the number of people that gives the whole variance (count / people has variance
    p (1 - p) / n by chance, coin included, plus (noise + p² base_noise - 2 p covariance) / n²), taken back through the
    coin. Raises ValueError for people under 1.
    """
    if people < 1:
        raise ValueError(f"people: {people} is less than 1")
    counted = min(max(count / people, 0.0), 1.0)
    # As in Agresti and Coull: two of each added, so that a share of 0 or 1 has a variance too.
    p = (counted * people + 2) / (people + 4)
    chance = p * (1 - p) / people
    added = max(noise + p * p * base_noise - 2 * p * covariance, 0.0) / people**2
    size = people * chance / (chance + added)
    centre = (counted + Z * Z / (2 * size)) / (1 + Z * Z / size)
    half = Z / (1 + Z * Z / size) * math.sqrt(counted * (1 - counted) / size + Z * Z / (4 * size * size))
    low, high, value = (min(max(float(coin.share(end)), 0.0), 1.0) for end in (centre - half, centre + half, counted))
    return Estimate(value, min(low, value), max(high, value))


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
