# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a rounded or secret count says of the use in an area, given a fitted NB2 model."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammainc, gammaincinv

from samenspel.methods.expected.counts import Published
from samenspel.methods.expected.families import Grid, grid_of, moments_of, nb_logmass
from samenspel.methods.inputs import broadcast, confidence_level, not_negative, positive

Array = NDArray[np.float64]


class AreaRates(NamedTuple):
    """Per area: the posterior mean of the number of people that its level of use gives, and its limits."""

    mean: Array
    lower: Array
    upper: Array


def area_rates(count: Published, expected: ArrayLike, theta: float, *, confidence: float = 0.95) -> AreaRates:
    """The level of use of each area, as a number of people, given its published count and what was expected.

    In NB2 the level is expected * g with g ~ Gamma(theta, theta); given a count y it is Gamma(theta + y,
    theta / expected + 1). Given bounds it is a mixture of those over the possible counts, of which the limits are found
    by bisection to 1e-9. Count and expected broadcast. All NaN for an area whose count is missing. ValueError when
    theta or an expected number is not above 0, for a negative count, for a lower bound above the upper one, and for a
    confidence outside (0, 1).
    """
    if not theta > 0:
        raise ValueError(f"theta is {theta}; it must be above 0")
    confidence_level(confidence)
    names = ("count.lower", "count.upper", "expected")
    lower, upper, mu = broadcast(
        names, not_negative(names[0], count.lower), not_negative(names[1], count.upper), positive(names[2], expected)
    )
    if (lower > upper).any():
        raise ValueError(f"count.lower must not be above count.upper: {lower[lower > upper].flat[0]}")
    known = np.isfinite(lower) & np.isfinite(upper) & np.isfinite(mu)
    result = AreaRates(*(np.full(mu.shape, np.nan) for _ in range(3)))
    if not known.any():
        return result
    mean = mu[known]
    if not np.isfinite(theta):
        # No variation between areas: the level is what was expected, whatever the count.
        for part in result:
            part[known] = mean
        return result
    grid = grid_of(lower[known], upper[known])
    shares = moments_of(nb_logmass(grid, mean, theta), grid).shares
    rate = theta / mean + 1
    result.mean[known] = grid.total(shares * (theta + grid.values)) / rate
    for limit, chance in ((result.lower, (1 - confidence) / 2), (result.upper, (1 + confidence) / 2)):
        limit[known] = _quantile(grid, shares, theta, chance) / rate
    return result


def _quantile(grid: Grid, shares: Array, theta: float, chance: float) -> Array:
    """The quantile of mixtures of standard gammas: between those of the least and of the largest shape in use."""
    shape, used = theta + grid.values, shares > 0
    low = gammaincinv(np.minimum.reduceat(np.where(used, shape, np.inf), grid.first), chance)
    high = gammaincinv(np.maximum.reduceat(np.where(used, shape, -np.inf), grid.first), chance)
    for _ in range(200):
        middle = (low + high) / 2
        below = grid.total(shares * gammainc(shape, grid.each(middle))) < chance
        low, high = np.where(below, middle, low), np.where(below, high, middle)
        if np.all(high - low <= 1e-9 * (1 + high)):
            break
    return np.asarray((low + high) / 2, np.float64)
