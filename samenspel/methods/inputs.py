# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What all methods ask of their input: numbers as float64, NaN for the unknown, and an error that names the rest."""

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

# The two levels of every interval and funnel: about 1 in 20 and 1 in 500 areas outside by chance.
USUAL = 0.95
STRICT = 0.998


def floats(name: str, value: ArrayLike) -> FloatArray:
    """`value` as a float64 array. Raises ValueError for what is not a number or is infinite; NaN passes."""
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must be numbers: {value!r}") from error
    if array.size and (_low(array) == -np.inf or _high(array) == np.inf):
        raise ValueError(f"{name} must be finite: {_first(array, np.isinf(array))}")
    return array


def not_negative(name: str, value: ArrayLike) -> FloatArray:
    """`value` as `floats` gives it; raises ValueError when a number is below 0."""
    array = floats(name, value)
    if array.size and _low(array) < 0:
        raise ValueError(f"{name} must not be negative: {_first(array, array < 0)}")
    return array


def positive(name: str, value: ArrayLike) -> FloatArray:
    """`value` as `floats` gives it; raises ValueError when a number is 0 or below."""
    array = floats(name, value)
    if array.size and _low(array) <= 0:
        raise ValueError(f"{name} must be above 0: {_first(array, array <= 0)}")
    return array


def between(name: str, value: float, low: float, high: float) -> float:
    """`value` as it is; raises ValueError unless low < value < high."""
    if not low < value < high:
        raise ValueError(f"{name} must lie between {low:g} and {high:g}: {value}")
    return float(value)


def normal_quantile(confidence: float) -> float:
    """The z of a two-sided interval: 1.96 for 0.95. Raises ValueError unless 0 < confidence < 1."""
    return NormalDist().inv_cdf(0.5 + between("confidence", confidence, 0, 1) / 2)


def _low(array: FloatArray) -> float:
    """The least number, NaN left out; +inf when all are NaN. (fmin knows NaN without a second pass.)"""
    return float(np.fmin.reduce(array, axis=None, initial=np.inf))


def _high(array: FloatArray) -> float:
    return float(np.fmax.reduce(array, axis=None, initial=-np.inf))


def _first(array: FloatArray, wrong: BoolArray) -> float:
    return float(array[wrong].flat[0])
