# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Published counts as what they are: exact, rounded or kept secret. All become a lowest and a highest possible count.

CBS rounds clients of youth care and of the Wmo to multiples of 5 and hides 0 to 7; rates are computed after that
rounding (CBS, Toelichting Wijk- en Buurtkaart 2022-2024, 30 October 2024). A likelihood that takes the published number
for the exact one, or drops what is secret, gives areas the wrong use; see `bench/methods/expected.py` for by how much.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samenspel.methods.inputs import broadcast, not_negative

Array = NDArray[np.float64]


class Published(NamedTuple):
    """The lowest and the highest count that a published figure allows; equal when the count is exact."""

    lower: Array
    upper: Array

    @property
    def middle(self) -> Array:
        """Halfway: the published count itself where it was rounded to the nearest multiple."""
        return (self.lower + self.upper) / 2


def exact(count: ArrayLike) -> Published:
    """Counts that were not rounded. NaN stays NaN. ValueError for a negative count."""
    values = not_negative("count", count)
    return Published(values, values.copy())


def rounded(count: ArrayLike, base: int, *, lowest: float = 0.0) -> Published:
    """Counts rounded to the nearest multiple of `base`; with base 5, a published 15 is 13 to 17.

    With an even base (10) the halves may have gone either way, so that both are possible: 20 is 15 to 25. `lowest`: the
    smallest count that is published at all (8 where 0 to 7 is secret). NaN stays NaN. ValueError for a count that is no
    multiple of `base`, and for one that no count of `lowest` or more is rounded to.
    """
    if base < 1:
        raise ValueError(f"base is {base}; it is the multiple to which was rounded, 1 or more")
    values = not_negative("count", count)
    off = np.abs(values - base * np.round(values / base)) > 1e-6
    if off.any():
        raise ValueError(f"count must be a multiple of {base}, to which it was rounded: {values[off].flat[0]}")
    reach = base // 2
    below = values + reach < lowest
    if below.any():
        raise ValueError(f"count must come from {lowest:g} or more: {values[below].flat[0]}")
    return Published(np.maximum(values - reach, lowest), values + reach)


def secret(shape: int | tuple[int, ...], highest: float = 7.0, lowest: float = 0.0) -> Published:
    """Counts of which only is known that they lie from `lowest` up to and including `highest`."""
    if not 0 <= lowest <= highest:
        raise ValueError(f"a secret count lies from {lowest} to {highest}: that is no range")
    return Published(np.full(shape, lowest), np.full(shape, highest))


def rounded_rate(
    rate: ArrayLike, population: ArrayLike, *, per: float = 1000.0, step: float = 1.0, base: int = 1
) -> Published:
    """The counts behind a rate per `per`, rounded to multiples of `step` after the count was rounded to `base`.

    A rate of 82 per 1,000 in steps of 1 among 130,000 people is a count from 10,595 to 10,725, and two more on each
    side when counts are rounded to 5 first. Bounds are whole numbers; lower is never under 0 and never over upper: in a
    place so small that no whole count gives this rate, both are the nearest whole number. NaN stays NaN.
    """
    if per <= 0 or step < 0:
        raise ValueError(f"per is {per} and step is {step}; per must be above 0 and step not below 0")
    names = ("rate", "population")
    rates, people = broadcast(names, not_negative(names[0], rate), not_negative(names[1], population))
    reach = base // 2
    # A count that is exactly on the edge may be represented a hair beside it.
    lower = np.ceil((rates - step / 2) * people / per - 1e-6) - reach
    upper = np.floor((rates + step / 2) * people / per + 1e-6) + reach
    nearest = np.round(rates * people / per)
    lower = np.where(lower > upper, nearest, lower)
    return Published(np.maximum(lower, 0.0), np.maximum(upper, np.maximum(lower, 0.0)))
