# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Areas in equal groups by a characteristic, such as fifths by income: to see a gradient without ranking places."""

import numpy as np
from numpy.typing import ArrayLike

from samenspel.methods.inputs import FloatArray, broadcast, floats, not_negative, of_areas, whole

__all__ = ["quantiles"]


def quantiles(
    value: ArrayLike, groups: int = 5, *, population: ArrayLike | None = None, highest_first: bool = False
) -> FloatArray:
    """The group of each area (last axis), 1 to `groups`; 1 has the lowest values, or the highest with `highest_first`.

    Without `population` each group has about as many areas: with rank r (equal values share the lowest) of N, the group
    is floor(groups + 1 - ceil((N + 1 - r) groups / N)), and at least 1 (OHID, Assigning deprivation categories, as in
    PHEindicatormethods and PHStatsMethods). With `population` each group has about as many inhabitants: the group in
    which the middle inhabitant of the area falls when areas stand in order of value; areas with the same value go
    together, by their common middle. Populations broadcast with the values.

    NaN where the value (or population) is NaN, and everywhere along a row with fewer areas than groups, or without
    inhabitants. Raises ValueError for fewer than 2 groups, values without an axis, and negative populations.
    """
    whole("groups", groups, 2)
    values = of_areas("value", floats("value", value))
    if population is None:
        weights = np.ones_like(values)
    else:
        values, weights = broadcast(("value", "population"), values, not_negative("population", population))
    shape = values.shape
    if not values.size:
        return np.full(shape, np.nan)
    flat = (-values if highest_first else values).reshape(-1, shape[-1])
    rows = weights.reshape(-1, shape[-1])
    found = np.full(flat.shape, np.nan)
    for row in range(len(flat)):  # a row is one indicator: sorting it is most of the work
        known = np.flatnonzero(~(np.isnan(flat[row]) | np.isnan(rows[row])))
        if len(known) >= groups:
            of = _by_number if population is None else _by_population
            found[row, known] = of(flat[row, known], rows[row, known], groups)
    return found.reshape(shape)


def _by_number(value: FloatArray, _: FloatArray, groups: int) -> FloatArray:
    order, starts, sizes = _blocks(value)
    number = len(value)
    rank = np.repeat(starts + 1, sizes)
    # As the guide has it: the length of a group first, so that rounding falls where its users know it.
    group = np.floor(groups + 1 - np.ceil((number + 1 - rank) / (number / groups)))
    found = np.empty(number)
    found[order] = np.maximum(group, 1)
    return found


def _by_population(value: FloatArray, people: FloatArray, groups: int) -> FloatArray:
    order, starts, sizes = _blocks(value)
    found = np.full(len(value), np.nan)
    total = people.sum()
    if total > 0:
        inhabitants = np.add.reduceat(people[order], starts)
        middle = np.cumsum(inhabitants) - inhabitants / 2
        group = np.floor(middle / total * groups) + 1
        found[order] = np.repeat(np.clip(group, 1, groups), sizes)
    return found


def _blocks(value: FloatArray) -> tuple[np.ndarray[tuple[int], np.dtype[np.intp]], ...]:
    """The order of the values, and where each run of equal values starts in it and how long it is."""
    order = np.argsort(value, kind="stable")
    ordered = value[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    return order, starts, np.diff(np.append(starts, len(value)))
