# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The terms of a model: straight lines in standard deviations, and penalised B-splines; together a design matrix.

P-splines after Eilers & Marx 1996 (Stat. Sci. 11:89): many cubic B-splines on equal knots with a penalty on second
differences of their coefficients, so that the smoothing parameter and not the number of knots sets the shape; with an
endless penalty a straight line is left. Each spline is centred over the areas, so that it says nothing about the level.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import BSpline

from samenspel.methods.inputs import floats

Array = NDArray[np.float64]

DEGREE = 3


@dataclass(frozen=True, slots=True)
class Linear:
    """A characteristic as a straight line. `ridge` names a group of terms that share one penalty on their size."""

    key: str
    centre: float
    scale: float
    ridge: str = ""

    @property
    def width(self) -> int:
        """The number of columns."""
        return 1

    def columns(self, values: ArrayLike) -> Array:
        """The values in standard deviations from the mean of the areas that made the term: shape (n, 1)."""
        return (np.asarray(values, dtype=np.float64)[:, None] - self.centre) / self.scale


@dataclass(frozen=True, slots=True)
class Spline:
    """A characteristic as a smooth curve. Beyond the outermost areas the curve stays at its end value."""

    key: str
    lowest: float
    highest: float
    segments: int
    contrasts: Array
    penalty: Array

    @property
    def width(self) -> int:
        """The number of columns, after centring."""
        return int(self.contrasts.shape[1])

    def columns(self, values: ArrayLike) -> Array:
        """The centred B-splines at these values: shape (n, width)."""
        return np.asarray(
            _basis(np.asarray(values, np.float64), self.lowest, self.highest, self.segments)
        ) @ np.asarray(self.contrasts)


Term = Linear | Spline


def linear(key: str, values: ArrayLike, *, ridge: str = "") -> Linear:
    """A straight line, in standard deviations over these areas. ValueError when all are equal or one is missing."""
    x = _complete(key, values)
    scale = float(x.std())
    if _constant(x):
        raise ValueError(f"{key} is {x[0]} in all areas: it cannot explain a difference")
    return Linear(key, float(x.mean()), scale, ridge)


def spline(key: str, values: ArrayLike, *, segments: int = 8) -> Spline:
    """A smooth curve over the range of these areas, of `segments` equal pieces. ValueError as for `linear`."""
    x = _complete(key, values)
    lowest, highest = float(x.min()), float(x.max())
    if _constant(x):
        raise ValueError(f"{key} is {lowest} in all areas: it cannot explain a difference")
    if segments < 2:
        raise ValueError(f"segments is {segments}; a curve needs two or more")
    basis = _basis(x, lowest, highest, segments)
    # Coefficients with which the curve sums to nought over the areas: all directions at right angles to the sums.
    q, _ = np.linalg.qr(basis.sum(axis=0)[:, None], mode="complete")
    contrasts = q[:, 1:]
    differences = np.diff(np.eye(basis.shape[1]), n=2, axis=0)
    penalty = contrasts.T @ differences.T @ differences @ contrasts
    # A common size, so that smoothing parameters of different characteristics can be compared.
    size = float(np.linalg.norm(basis @ contrasts, 2) ** 2 / np.linalg.norm(penalty, 2) / len(x))
    return Spline(key, lowest, highest, segments, contrasts, penalty * size)


def _constant(x: Array) -> bool:
    """Whether all values are the same to rounding, which leaves equal numbers a spread of some 1e-16 of them."""
    return bool(x.max() - x.min() <= 1e-12 * np.abs(x).max())


def _complete(key: str, values: ArrayLike) -> Array:
    x = floats(key, values)
    if x.ndim != 1 or len(x) < 3 or np.isnan(x).any():
        raise ValueError(f"{key} must be a row of three or more finite numbers, one for each area")
    return x


def _basis(x: Array, lowest: float, highest: float, segments: int) -> Array:
    step = (highest - lowest) / segments
    knots = lowest + step * np.arange(-DEGREE, segments + DEGREE + 1)
    inside = np.clip(x, lowest, highest)
    # design_matrix wants x strictly inside; the last knot can round to just under `highest`.
    inside = np.clip(inside, knots[DEGREE], knots[-DEGREE - 1])
    return np.asarray(BSpline.design_matrix(inside, knots, DEGREE).toarray(), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Penalty:
    """What is penalised: some columns of a design, and the matrix S of the penalty lambda b'Sb / 2."""

    name: str
    columns: tuple[int, ...]
    matrix: Array
    rank: int


@dataclass(frozen=True, slots=True)
class Design:
    """An intercept and the terms, for a number of areas: matrix (areas, columns)."""

    terms: tuple[Term, ...]
    matrix: Array
    penalties: tuple[Penalty, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """A name for each column; columns of a spline are numbered."""
        names = ["intercept"]
        for term in self.terms:
            names += [term.key] if term.width == 1 else [f"{term.key}:{i}" for i in range(term.width)]
        return tuple(names)

    def where(self, key: str) -> slice:
        """The columns of a term. Raises KeyError."""
        begin = 1
        for term in self.terms:
            if term.key == key:
                return slice(begin, begin + term.width)
            begin += term.width
        raise KeyError(key)

    def at(self, values: Mapping[str, ArrayLike]) -> Array:
        """The matrix of the same terms for other areas: values by key of the term."""
        parts = [term.columns(np.atleast_1d(np.asarray(values[term.key], np.float64))) for term in self.terms]
        rows = len(parts[0]) if parts else 1
        return np.hstack([np.ones((rows, 1)), *parts])


def design(terms: Sequence[Term], values: Mapping[str, ArrayLike], areas: int | None = None) -> Design:
    """The design of these terms for the areas with these values. `areas` is needed only when there are no terms.

    Raises ValueError when two terms have the same key or the values are of different numbers of areas.
    """
    keys = [term.key for term in terms]
    if len(set(keys)) != len(keys):
        raise ValueError(f"a characteristic appears twice among {keys}")
    parts = [term.columns(_complete(term.key, values[term.key])) for term in terms]
    if len({len(part) for part in parts}) > 1:
        raise ValueError(f"the characteristics {keys} are of different numbers of areas")
    rows = len(parts[0]) if parts else areas
    if rows is None:
        raise ValueError("a design without terms needs the number of areas")
    penalties: list[Penalty] = []
    ridges: dict[str, list[int]] = {}
    begin = 1
    for term in terms:
        if isinstance(term, Spline):
            rank = int(np.linalg.matrix_rank(np.asarray(term.penalty)))
            penalties.append(Penalty(term.key, tuple(range(begin, begin + term.width)), term.penalty, rank))
        elif term.ridge:
            ridges.setdefault(term.ridge, []).append(begin)
        begin += term.width
    penalties += [Penalty(name, tuple(found), np.eye(len(found)), len(found)) for name, found in ridges.items()]
    return Design(tuple(terms), np.hstack([np.ones((rows, 1)), *parts]), tuple(penalties))
