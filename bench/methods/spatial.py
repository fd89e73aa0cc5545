# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Coverage and error of the spatial model on a map of 342 areas with a known pattern."""

import numpy as np

from bench.methods._maps import field, planar
from bench.methods._table import Table
from samenspel.methods.shrinkage import SpatialModel, empirical_bayes

AREAS = 342
ROWS = 60


def tables() -> list[Table]:
    """One table: per spread, share of pattern and size of the counts."""
    edges = planar(AREAS)
    model, rng = SpatialModel(AREAS, edges), np.random.default_rng(2026)
    rows: list[list[str | int | float]] = []
    for sigma in (0.1, 0.2, 0.4):
        for rho in (0.3, 0.7, 0.95):
            for mean in (5, 20, 100):
                truth = np.exp(sigma * field(AREAS, edges, rho, rng, ROWS))
                expected = mean * np.exp(rng.normal(-0.3, 0.8, AREAS))
                count = rng.poisson(expected * truth)
                fit, plain = model.fit(count, expected), empirical_bayes(count, expected)
                held = (fit.lower <= truth) & (truth <= fit.upper)
                errors = [np.sqrt(np.mean((x - truth) ** 2)) for x in (count / expected, plain.estimate, fit.mean)]
                rows.append([sigma, rho, mean, 100 * float(held.mean()), *map(float, errors)])
    cover = np.array([row[3] for row in rows], np.float64)
    within = int(((cover >= 93.5) & (cover <= 96.5)).sum())
    return [
        Table(
            "Spatial model: coverage of 95 % intervals, and the error of three estimates",
            ["sigma", "rho", "mean count", "coverage %", "RMSE raw", "RMSE empirical Bayes", "RMSE spatial"],
            rows,
            f"Planar map of {AREAS} areas, {ROWS} simulated indicators per row, log-normal sizes, seed 2026. Over all "
            f"rows {cover.mean():.1f} %; {within} of {len(rows)} rows lie between 93.5 and 96.5.",
        )
    ]
