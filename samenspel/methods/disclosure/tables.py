# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables that add up, as linear equations: a cell is a number, an equation says which cells add up to which total."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Name = tuple[str, ...]
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Equation:
    """`total` is the sum of `parts`; all are names of cells."""

    total: Name
    parts: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class LinearTable:
    """Counts by cell name, and the equations that hold between them. Raises ValueError when one does not hold."""

    counts: Mapping[Name, int]
    equations: tuple[Equation, ...]

    def __post_init__(self) -> None:
        for name, count in self.counts.items():
            if count < 0:
                raise ValueError(f"counts: {name} is {count}, and a count is never negative")
        for equation in self.equations:
            unknown = [name for name in (equation.total, *equation.parts) if name not in self.counts]
            if unknown:
                raise ValueError(f"equations: {unknown[0]} is not a cell")
            found = sum(self.counts[part] for part in equation.parts)
            if found != self.counts[equation.total]:
                raise ValueError(f"counts: {equation.total} is {self.counts[equation.total]}, its parts are {found}")

    @property
    def names(self) -> tuple[Name, ...]:
        """The cells, in the order of `counts`."""
        return tuple(self.counts)


def leaves(table: LinearTable) -> frozenset[Name]:
    """The cells that are no total of others."""
    totals = {equation.total for equation in table.equations}
    return frozenset(name for name in table.counts if name not in totals)


def matrix(names: Sequence[Name], equations: Sequence[Equation]) -> csr_array:
    """One row for each equation: 1 for its parts, -1 for its total, so that matrix @ counts is zero."""
    place = {name: index for index, name in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    signs: list[float] = []
    for row, equation in enumerate(equations):
        for part in equation.parts:
            rows.append(row)
            columns.append(place[part])
            signs.append(1.0)
        rows.append(row)
        columns.append(place[equation.total])
        signs.append(-1.0)
    return csr_array((signs, (rows, columns)), shape=(len(equations), len(names)))


def with_margins(counts: NDArray[Any], labels: Sequence[Sequence[str]] | None = None) -> LinearTable:
    """A table of any number of dimensions with all its margins: names are one label for each axis, "total" for a sum.

    `counts` holds whole numbers >= 0; `labels` gives those of each axis (default: "0", "1", …). With d axes every line
    along every axis, also among the margins, is an equation. Raises ValueError for other numbers or labels.
    """
    array = np.asarray(counts)
    if array.ndim == 0 or array.size == 0:
        raise ValueError(f"counts: a table needs cells, not the shape {array.shape}")
    if not np.all(np.isfinite(array)) or np.any(array != np.round(array)):
        raise ValueError("counts: not all are whole numbers")
    axes = [list(axis) for axis in labels] if labels is not None else [[str(i) for i in range(n)] for n in array.shape]
    if [len(set(axis)) for axis in axes] != list(array.shape) or any(TOTAL in axis for axis in axes):
        raise ValueError(f"labels: need {array.shape} different labels, none of them {TOTAL!r}")
    whole = array.astype(np.int64)
    for axis in range(array.ndim):
        whole = np.concatenate([whole, whole.sum(axis=axis, keepdims=True)], axis=axis)
    named = [[*axis, TOTAL] for axis in axes]
    cells = {tuple(name): int(value) for name, value in zip(product(*named), whole.ravel(), strict=True)}
    equations = [
        Equation((*before, TOTAL, *after), tuple((*before, label, *after) for label in axes[axis]))
        for axis in range(array.ndim)
        for before in product(*named[:axis])
        for after in product(*named[axis + 1 :])
    ]
    return LinearTable(cells, tuple(equations))
