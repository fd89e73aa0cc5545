# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Slow, readable twins: the same numbers by loops, sums and a general optimiser."""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import stats
from scipy.optimize import minimize

Values = np.ndarray[Any, np.dtype[np.float64]]


def log_probability(family: str, low: float, high: float, mean: float, base: float, dispersion: float) -> float:
    """Of a count from `low` up to and including `high`, by summing the probabilities of all."""
    if family == "poisson":
        one: Callable[[Values], Values] = stats.poisson(mean).pmf
    elif family == "negative_binomial":
        one = stats.nbinom(dispersion, dispersion / (dispersion + mean)).pmf
    elif family == "binomial":
        one = stats.binom(int(base), mean / base).pmf
    else:
        phi = 1 / dispersion - 1
        one = stats.betabinom(int(base), mean / base * phi, (1 - mean / base) * phi).pmf
    return float(np.log(one(np.arange(low, high + 1)).sum()))


def loglik(family: str, low: Values, high: Values, mean: Values, base: Values, dispersion: float) -> float:
    rows = zip(low, high, mean, base, strict=True)
    return sum(log_probability(family, *(float(number) for number in row), dispersion) for row in rows)


def fit(family: str, matrix: Values, low: Values, high: Values, base: Values, start: Values) -> tuple[Values, float]:
    """Coefficients and, last, the log of the dispersion (NB2's theta) that make the likelihood highest; and that."""

    def lost(parameters: Values) -> float:
        beta = parameters[: matrix.shape[1]]
        dispersion = float(np.exp(parameters[-1])) if family == "negative_binomial" else 0.0
        return -loglik(family, low, high, base * np.exp(matrix @ beta), base, dispersion)

    found = minimize(lost, start, method="BFGS", options={"gtol": 1e-5})
    return found.x, -float(found.fun)


def morans_i(values: Values, pairs: list[tuple[int, int]]) -> float:
    """Row-standardised, by loops."""
    near: dict[int, set[int]] = {}
    for a, b in pairs:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    areas = sorted(near)
    mean = sum(values[i] for i in areas) / len(areas)
    top = sum((values[i] - mean) * (values[j] - mean) / len(near[i]) for i in areas for j in near[i])
    return float(top / sum((values[i] - mean) ** 2 for i in areas))
