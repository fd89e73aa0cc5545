# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Coverage of empirical Bayes, beside the plain gamma posterior that takes the spread as known."""

import numpy as np
from scipy.special import gammaincinv

from bench.methods._table import Table
from samenspel.methods.shrinkage import empirical_bayes

ROWS = 400


def tables() -> list[Table]:
    """One table: per number of areas, true spread and size of the counts."""
    rng = np.random.default_rng(2026)
    rows: list[list[str | int | float]] = []
    for areas in (20, 342):
        for spread in (0.0, 0.05, 0.1, 0.2, 0.4):
            for mean in (3, 10, 50):
                expected = mean * np.exp(rng.normal(0, 0.8, (ROWS, areas)))
                shape = 1 / max(spread, 1e-6) ** 2
                truth = rng.gamma(shape, 1 / shape, (ROWS, areas)) if spread else np.ones((ROWS, areas))
                count = rng.poisson(expected * truth)
                found = empirical_bayes(count, expected)
                level, variance = found.mean[:, np.newaxis], np.maximum(found.variance[:, np.newaxis], 1e-12)
                alpha, rate = level**2 / variance + count, level / variance + expected
                plain = (gammaincinv(alpha, 0.025) <= truth * rate) & (truth * rate <= gammaincinv(alpha, 0.975))
                held = (found.lower <= truth) & (truth <= found.upper)
                rows.append([areas, spread, mean, 100 * float(plain.mean()), 100 * float(held.mean())])
    return [
        Table(
            "Empirical Bayes: coverage of 95 % intervals",
            ["areas", "true spread (sd)", "mean count", "plain gamma posterior %", "ours %"],
            rows,
            f"Gamma-distributed ratios, log-normal sizes, {ROWS} simulations per row, seed 2026.",
        )
    ]
