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

Array = NDArray[np.float64]


def share_explained(observed: ArrayLike, expected: ArrayLike, base: ArrayLike) -> float:
    """The share of the variation of use between areas that the expected numbers account for.

    1 - sum (log O/n - log E/n)^2 / sum (log O/n - mean log O/n)^2, every area counting equally: the ordinary R^2 of
    the logarithm of use per head, with the expected numbers as the prediction. Numbers expected out of fold give the
    out-of-fold share, which is below 0 when the model predicts worse than the plain mean does. A count of 0 counts as
    a half. Areas with a missing number are left out; NaN when fewer than three remain or all are alike.
    """
    o, e, n = _complete(observed, expected, base)
    if len(o) < 3:
        return float("nan")
    seen, thought = np.log(np.maximum(o, 0.5) / n), np.log(e / n)
    total = float(((seen - seen.mean()) ** 2).sum())
    return float("nan") if total <= 0 else 1 - float(((seen - thought) ** 2).sum()) / total


def deviance_explained(model: Fit, observed: ArrayLike, base: ArrayLike) -> float:
    """1 - D / D0: deviance of the model over that of the same model without characteristics, in the sample.

    Both at the dispersion of the model, so that only the means differ; areas count by what their count can tell. For
    rounded counts, give the middle of their bounds.
    """
    o, n = np.asarray(observed, np.float64), np.asarray(base, np.float64)
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
    o, e = np.asarray(observed, np.float64), np.asarray(expected, np.float64)
    rows = []
    for key, values in characteristics.items():
        x = np.asarray(values, np.float64)
        known = np.isfinite(o) & np.isfinite(e) & np.isfinite(x) & (e > 0)
        cuts = np.quantile(x[known], np.linspace(0, 1, parts + 1)[1:-1]) if known.any() else np.array([])
        part = np.searchsorted(cuts, x, side="right")
        for which in range(parts):
            here = known & (part == which)
            if not here.any():
                continue
            logs = np.log(np.maximum(o[here], 0.5) / e[here])
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
    x = np.asarray(values, np.float64)
    pairs = np.asarray(neighbours, dtype=np.intp).reshape(-1, 2)
    if pairs.size and (pairs.min() < 0 or pairs.max() >= len(x)):
        raise ValueError(f"neighbours names row {pairs.max()}; there are {len(x)} areas")
    joined = np.zeros((len(x), len(x)), dtype=bool)
    joined[pairs[:, 0], pairs[:, 1]] = joined[pairs[:, 1], pairs[:, 0]] = True
    np.fill_diagonal(joined, False)
    keep = np.isfinite(x)
    keep &= joined[:, keep].any(axis=1)
    n = int(keep.sum())
    z = x[keep] - x[keep].mean() if n else x[keep]
    square = float((z**2).sum())
    if n < 4 or square <= 0:
        return Moran(*(float("nan"),) * 4)
    w = joined[np.ix_(keep, keep)].astype(np.float64)
    w /= w.sum(axis=1, keepdims=True)
    statistic = float(z @ w @ z) / square  # n / S0 is 1: every row sums to 1
    s1 = float(((w + w.T) ** 2).sum()) / 2
    s2 = float(((w.sum(axis=0) + w.sum(axis=1)) ** 2).sum())
    s0 = float(n)
    peak = n * float((z**4).sum()) / square**2
    first = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    second = peak * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
    by_chance = -1 / (n - 1)
    variance = (first - second) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - by_chance**2
    deviate = (statistic - by_chance) / float(np.sqrt(variance))
    return Moran(statistic, by_chance, deviate, float(ndtr(-deviate)))


def _complete(observed: ArrayLike, expected: ArrayLike, base: ArrayLike) -> tuple[Array, Array, Array]:
    o, e, n = (np.asarray(values, np.float64) for values in (observed, expected, base))
    keep = np.isfinite(o) & np.isfinite(e) & np.isfinite(n) & (e > 0) & (n > 0)
    return o[keep], e[keep], n[keep]
