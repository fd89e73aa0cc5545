# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cross-fitting: what is expected of an area is learnt from areas elsewhere, so that no area sets its own norm."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samenspel.methods.expected.counts import Published
from samenspel.methods.expected.families import Family
from samenspel.methods.expected.fit import FamilyName, Fit, fit
from samenspel.methods.expected.terms import Design

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CrossFit:
    """The model of all areas, and for each area what the areas outside its group lead one to expect.

    `variance` is that of the linear predictor of `expected`: how sure those other areas make it. `folds` are the models
    of the groups, by the number in `fold` of each area.
    """

    whole: Fit
    folds: tuple[Fit, ...]
    fold: NDArray[np.intp]
    linear: Array
    expected: Array
    variance: Array


def cross_fit(
    design: Design,
    count: Published | ArrayLike,
    base: ArrayLike,
    family: FamilyName | Family = "negative_binomial",
    *,
    groups: Sequence[object] | NDArray[np.generic] | None = None,
    rows: NDArray[np.bool_] | None = None,
) -> CrossFit:
    """Fit once with all areas and once without each group (a province); `groups` None leaves out one area at a time.

    Each fold finds its own coefficients, dispersion and smoothing, beginning at those of the whole. Terms and knots are
    those of the design: they were set by the characteristics of all areas, never by a count. `rows` False: the area
    teaches nothing but gets an expected number (its count may be missing). Raises as `fit` does, and ValueError when
    there is only one group.
    """
    number = len(design.matrix)
    labels = np.arange(number) if groups is None else np.asarray([str(group) for group in groups])
    if len(labels) != number:
        raise ValueError(f"groups has {len(labels)} entries; the design has {number} areas")
    names, fold = np.unique(labels, return_inverse=True)
    if len(names) < 2:
        raise ValueError("groups names one group only; then nothing is left to learn from")
    use = np.ones(number, dtype=bool) if rows is None else np.asarray(rows, dtype=bool)
    whole = fit(design, count, base, family, rows=use)
    folds = []
    linear, expected, variance = (np.empty(number) for _ in range(3))
    for which in range(len(names)):
        inside = fold == which
        model = fit(design, count, base, family, rows=use & ~inside, start=whole)
        folds.append(model)
        linear[inside] = model.linear[inside]
        expected[inside] = model.expected[inside]
        variance[inside] = model.predictor(design.matrix[inside])[1]
    return CrossFit(whole, tuple(folds), fold.astype(np.intp), linear, expected, variance)
