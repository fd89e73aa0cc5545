# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scale estimates of areas so that together they give the published total (ratio raking)."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samenspel.methods.inputs import broadcast, not_negative, of_areas

Array = NDArray[np.float64]


class Benchmarked(NamedTuple):
    """`estimate`: the scaled estimates. `factor`: per area what they were multiplied by (also for their limits)."""

    estimate: Array
    factor: Array


def benchmark(
    estimates: ArrayLike, weights: ArrayLike, total: ArrayLike, groups: ArrayLike | None = None
) -> Benchmarked:
    """Multiply estimates so that sum(weights * estimate) equals the total; the last axis holds the areas.

        factor = total / sum(weights * estimate)

    `estimates`: ratios or rates, 0 or more. `weights`: what turns an estimate into a number (expected or population).
    `total`: the published number, one per row of areas (shape of the estimates without the last axis, or a scalar).
    With `groups` (one whole number from 0 per area: its municipality, say) every group has a total of its own, and
    `total` has a last axis of groups. Ratio raking keeps the ratios between areas of a group as they were (Pfeffermann
    2013, Statistical Science 28:40, section 6.3).

    A NaN estimate or weight leaves the group it is in without a factor (NaN), as the total holds that area too: leave
    it out, or give weight 0, if the total does not. A NaN total gives NaN. Raises ValueError for a negative estimate,
    weight or total, shapes that do not fit, or a total above 0 where all numbers are 0.
    """
    names = ("estimates", "weights")
    given, scale = broadcast(names, not_negative(names[0], estimates), not_negative(names[1], weights))
    wanted = not_negative("total", total)
    of_areas("estimates", given)
    areas = given.shape[-1]
    numbers = np.where(scale == 0, 0.0, given * scale)
    if groups is None:
        of, wanted = np.zeros(areas, np.int64), wanted[..., np.newaxis]
    else:
        of = _group_numbers(groups, areas, wanted)
    count = wanted.shape[-1]
    rows = numbers.reshape(-1, areas)
    added = [np.bincount(of, row, minlength=count).astype(np.float64) for row in rows]
    sums = np.stack(added).reshape(*given.shape[:-1], count)
    sums, wanted = broadcast(("estimates (areas summed)", "total"), sums, wanted)
    impossible = wanted[(sums == 0) & (wanted > 0)]
    if impossible.size:
        raise ValueError(f"total must be 0 where all estimates times weights are 0, not {impossible[0]}")
    with np.errstate(invalid="ignore"):
        factor = np.where(wanted == sums, 1.0, wanted / np.where(sums == 0, np.nan, sums))[..., of]
    return Benchmarked(given * factor, factor)


def _group_numbers(groups: ArrayLike, areas: int, total: Array) -> NDArray[np.int64]:
    of = np.asarray(groups)
    if of.shape != (areas,) or not np.issubdtype(of.dtype, np.integer):
        raise ValueError(f"groups must be one whole number for each of the {areas} areas, not {of.dtype} {of.shape}")
    if total.ndim == 0:
        raise ValueError("total must have a last axis of groups, not be a single number")
    if areas and not 0 <= of.min() <= of.max() < total.shape[-1]:
        raise ValueError(f"groups must lie between 0 and {total.shape[-1] - 1}, not {of.min()} to {of.max()}")
    return of.astype(np.int64)
