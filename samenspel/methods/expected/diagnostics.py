# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far a model of expected use reaches: share explained, calibration, residuals by characteristic and on the map."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from samenspel.methods.expected.families import grid_of
from samenspel.methods.expected.fit import SHARES, Fit, fit
from samenspel.methods.expected.terms import design, linear
from samenspel.methods.inputs import broadcast, floats, not_negative, positive, whole

Array = NDArray[np.float64]


def share_explained(observed: ArrayLike, expected: ArrayLike, base: ArrayLike) -> float:
    """The share of the variation of use between areas that the expected numbers account for.

    1 - sum (log O/n - log E/n)^2 / sum (log O/n - mean log O/n)^2, every area counting equally: the ordinary R^2 of
    the logarithm of use per head, with the expected numbers as the prediction. Numbers expected out of fold give the
    out-of-fold share, which is below 0 when the model predicts worse than the plain mean does. A count of 0 counts as
    a half, or as what was expected where that is less. Areas with a missing number are left out; NaN when fewer than
    three remain or all are alike.
    """
    o, e, n = _complete(observed, expected, base)
    if len(o) < 3:
        return float("nan")
    seen, thought = np.log(_not_none(o, e) / n), np.log(e / n)
    total = float(((seen - seen.mean()) ** 2).sum())
    return float("nan") if _alike(seen) else 1 - float(((seen - thought) ** 2).sum()) / total


def deviance_explained(model: Fit, observed: ArrayLike, base: ArrayLike) -> float:
    """1 - D / D0: deviance of the model over that of the same model without characteristics, in the sample.

    Both at the dispersion of the model, so that only the means differ; areas count by what their count can tell. For
    rounded counts, give the middle of their bounds.
    """
    o, n = broadcast(("observed", "base"), not_negative("observed", observed), positive("base", base))
    size = n if model.family.name in SHARES else np.ones_like(n)
    null = _level_only(model, o, n)
    left = float(model.family.deviance(o, model.linear, size).sum())
    whole = float(model.family.deviance(o, null, size).sum())
    return float("nan") if whole <= 0 else 1 - left / whole


def _level_only(model: Fit, o: Array, n: Array) -> Array:
    """The linear predictor of the model with only an intercept, at the dispersion of `model`."""
    shares = model.family.name in SHARES
    offset = np.zeros_like(n) if shares else np.log(n)
    size = n if shares else np.ones_like(n)
    level = float(np.log(o.sum() / n.sum())) if not shares else float(np.log(o.sum() / (n - o).sum()))
    grid = grid_of(o, o)
    for _ in range(100):
        slope = model.family.slope(level + offset, size, grid)
        step = float(slope.score.sum() / slope.weight.sum())
        level += float(np.clip(step, -1, 1))
        if abs(step) < 1e-12:
            break
    return level + offset


class Calibration(NamedTuple):
    """The slope of observed on expected, on the log scale, with its 95 % interval. 1: differences are as large."""

    slope: float
    lower: float
    upper: float


def calibration_slope(observed: ArrayLike, expected: ArrayLike, base: ArrayLike) -> Calibration:
    """How strongly use follows what was expected: NB2 of the count on log(E / n), with offset log n.

    1 is right. Below 1: the expected numbers lie too far apart (a model that learnt noise); above 1: too close
    together. Give numbers expected out of fold. Areas with a missing number are left out; ValueError when all expected
    rates are the same.
    """
    o, e, n = _complete(observed, expected, base)
    rate = np.log(e / n)
    if len(rate) and _alike(rate):
        raise ValueError("expected is the same share of base in all areas: there is no slope")
    model = fit(design([linear("expected", rate)], {"expected": rate}), o, n, "negative_binomial")
    term = model.design.terms[0]
    scale = getattr(term, "scale", 1.0)
    lower, upper = model.intervals()
    return Calibration(*(float(limit[1] / scale) for limit in (model.coefficients, lower, upper)))


class ResidualRow(NamedTuple):
    """Areas alike in one characteristic: how many, from and to which value, and observed beside expected.

    `ratio` is the geometric mean of O/E over the areas, with a 95 % interval from the spread between them.
    """

    characteristic: str
    part: int
    areas: int
    lowest: float
    highest: float
    observed: float
    expected: float
    ratio: float
    lower: float
    upper: float


def residual_table(
    observed: ArrayLike, expected: ArrayLike, characteristics: Mapping[str, ArrayLike], *, parts: int = 5
) -> list[ResidualRow]:
    """O/E of areas in equal groups by each characteristic: a good model leaves a ratio of about 1 in every group.

    Areas with a missing value are left out. Groups are as equal as ties allow; a group may be empty and is not given.
    """
    o, e = broadcast(("observed", "expected"), not_negative("observed", observed), not_negative("expected", expected))
    whole("parts", parts, 2)
    rows = []
    for key, values in characteristics.items():
        x = floats(key, values)
        if x.shape != o.shape:
            raise ValueError(f"{key} must be one per area {o.shape}, not {x.shape}")
        known = np.isfinite(o) & np.isfinite(e) & np.isfinite(x) & (e > 0)
        cuts = np.quantile(x[known], np.linspace(0, 1, parts + 1)[1:-1]) if known.any() else np.array([])
        part = np.searchsorted(cuts, x, side="right")
        for which in range(parts):
            here = known & (part == which)
            if not here.any():
                continue
            logs = np.log(_not_none(o[here], e[here]) / e[here])
            spread = float(logs.std(ddof=1) / np.sqrt(len(logs))) if len(logs) > 1 else float("nan")
            middle, reach = float(logs.mean()), float(ndtri(0.975)) * spread
            limits = (np.exp(middle), np.exp(middle - reach), np.exp(middle + reach))
            rows.append(
                ResidualRow(
                    key,
                    which + 1,
                    int(here.sum()),
                    float(x[here].min()),
                    float(x[here].max()),
                    float(o[here].sum()),
                    float(e[here].sum()),
                    *(float(limit) for limit in limits),
                )
            )
    return rows


class Moran(NamedTuple):
    """Moran's I, what chance alone gives (-1 / (n - 1)), the standard normal deviate and its one-sided p-value."""

    statistic: float
    by_chance: float
    deviate: float
    p_value: float


def morans_i(values: ArrayLike, neighbours: ArrayLike) -> Moran:
    """Whether neighbouring areas are alike: I = (n / S0) sum_ij w_ij z_i z_j / sum_i z_i^2 (Moran 1950).

    `neighbours` holds pairs (i, j) of row numbers, each pair once or both ways; weights are row-standardised (each
    neighbour of an area counts 1 / number of neighbours). Mean and variance under randomisation (Cliff & Ord 1981,
    eq. 2.24). Areas with a missing value or without a neighbour that has one are left out; all NaN when fewer than four
    remain or all values are the same.
    """
    x = floats("values", values)
    if x.ndim != 1:
        raise ValueError(f"values must be one row of areas, not {x.shape}")
    i, j = _both_ways(neighbours, len(x))
    both = ~(np.isnan(x[i]) | np.isnan(x[j]))
    i, j = i[both], j[both]
    near = np.bincount(i, minlength=len(x)).astype(np.float64)
    keep = near > 0
    n = int(keep.sum())
    if n < 4 or _alike(x[keep]):
        return Moran(*(float("nan"),) * 4)
    z = np.where(keep, np.where(keep, x, 0.0) - x[keep].mean(), 0.0)
    square = float((z**2).sum())
    statistic = float((z[i] * z[j] / near[i]).sum()) / square  # n / S0 is 1: every row sums to 1
    # Of each pair both directions are here: w_ij + w_ji, squared, and half the sum.
    s1 = float(((1 / near[i] + 1 / near[j]) ** 2).sum()) / 2
    s2 = float(((np.bincount(j, 1 / near[i], minlength=len(x)) + keep) ** 2).sum())
    s0 = float(n)
    peak = n * float((z**4).sum()) / square**2
    first = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    second = peak * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
    by_chance = -1 / (n - 1)
    variance = (first - second) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - by_chance**2
    deviate = (statistic - by_chance) / float(np.sqrt(variance))
    return Moran(statistic, by_chance, deviate, float(ndtr(-deviate)))


def _both_ways(neighbours: ArrayLike, areas: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The pairs (i, j) in both directions, each once, none of an area with itself."""
    given = np.asarray(neighbours)
    if given.size == 0:
        given = np.empty((0, 2), np.intp)
    if given.ndim != 2 or given.shape[1] != 2 or not np.issubdtype(given.dtype, np.integer):
        raise ValueError(f"neighbours must be pairs of row numbers, not {given.dtype} {given.shape}")
    outside = given[(given < 0) | (given >= areas)]
    if outside.size:
        raise ValueError(f"neighbours names row {outside[0]}; there are {areas} areas")
    pairs = given[given[:, 0] != given[:, 1]].astype(np.int64)
    key = np.unique(np.concatenate([pairs[:, 0] * areas + pairs[:, 1], pairs[:, 1] * areas + pairs[:, 0]]))
    return (key // areas).astype(np.intp), (key % areas).astype(np.intp)


def _not_none(observed: Array, expected: Array) -> Array:
    """The count, for its logarithm: none as a half, or as what was expected where that is less."""
    return np.asarray(np.maximum(observed, np.minimum(0.5, expected)), np.float64)


def _alike(values: Array) -> bool:
    """Whether all are the same to rounding."""
    return bool(values.max() - values.min() <= 1e-12 * max(float(np.abs(values).max()), 1e-300))


def _complete(observed: ArrayLike, expected: ArrayLike, base: ArrayLike) -> tuple[Array, Array, Array]:
    names = ("observed", "expected", "base")
    o, e, n = broadcast(names, *(not_negative(*pair) for pair in zip(names, (observed, expected, base), strict=True)))
    keep = np.isfinite(o) & np.isfinite(e) & np.isfinite(n) & (e > 0) & (n > 0)
    return o[keep], e[keep], n[keep]
