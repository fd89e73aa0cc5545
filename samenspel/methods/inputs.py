# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What all methods ask of their input: numbers as float64, NaN for the unknown, and an error that names the rest."""

from collections.abc import Sequence
from numbers import Integral, Real
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

# The two levels of every interval and funnel: about 1 in 20 and 1 in 500 areas outside by chance.
USUAL = 0.95
STRICT = 0.998


def floats(name: str, value: ArrayLike) -> FloatArray:
    """`value` as a float64 array, what is masked as NaN.

    Raises ValueError for what is not a number (text, dates) or is infinite; NaN and None pass, as NaN.
    """
    try:
        found = np.ma.filled(value.astype(np.float64), np.nan) if isinstance(value, np.ma.MaskedArray) else value
        array = np.asarray(found)
        if array.dtype.kind not in "biufO":
            raise TypeError(array.dtype)
        array = array.astype(np.float64, copy=False)
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
    """`value` as a float; raises ValueError unless it is one number with low < value < high."""
    if not isinstance(value, Real) or not low < value < high:
        raise ValueError(f"{name} must lie between {low:g} and {high:g}: {value!r}")
    return float(value)


def whole(name: str, value: int, lowest: int) -> int:
    """`value` as an int; raises ValueError unless it is one whole number, `lowest` or more."""
    if not isinstance(value, Integral) or value < lowest:
        raise ValueError(f"{name} must be a whole number, {lowest} or more: {value!r}")
    return int(value)


def normal_quantile(confidence: float) -> float:
    """The z of a two-sided interval: 1.96 for 0.95. Raises ValueError unless 0 < confidence < 1."""
    return NormalDist().inv_cdf(0.5 + confidence_level(confidence) / 2)


def confidence_level(confidence: float) -> float:
    """`confidence` as a float; raises ValueError unless it is one number above 0 and below 1, also when halved."""
    level = between("confidence", confidence, 0, 1)
    if 0.5 + level / 2 >= 1:
        raise ValueError(f"confidence must lie between 0 and 1, further from 1 than this: {confidence!r}")
    return level


def common_shape(names: Sequence[str], *arrays: NDArray[np.generic]) -> tuple[int, ...]:
    """The shape that the arrays broadcast to; raises ValueError with the names and shapes when they do not."""
    try:
        return np.broadcast_shapes(*(array.shape for array in arrays))
    except ValueError as error:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in zip(names, arrays, strict=True))
        raise ValueError(f"shapes do not fit together: {shapes}") from error


def broadcast(names: Sequence[str], *arrays: FloatArray) -> tuple[FloatArray, ...]:
    """The arrays broadcast to one shape; raises ValueError as `common_shape` does."""
    shape = common_shape(names, *arrays)
    return tuple(np.broadcast_to(array, shape) for array in arrays)


def of_areas(name: str, array: FloatArray) -> FloatArray:
    """`array` as it is; raises ValueError when it has no last axis of areas."""
    if not array.ndim:
        raise ValueError(f"{name} must have an axis of areas: {float(array)}")
    return array


def _low(array: FloatArray) -> float:
    """The least number, NaN left out; +inf when all are NaN. (fmin knows NaN without a second pass.)"""
    return float(np.fmin.reduce(array, axis=None, initial=np.inf))


def _high(array: FloatArray) -> float:
    return float(np.fmax.reduce(array, axis=None, initial=-np.inf))


def _first(array: FloatArray, wrong: BoolArray) -> float:
    return float(array[wrong].flat[0])
