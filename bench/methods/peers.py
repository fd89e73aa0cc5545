# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a stability of 60 % tells true neighbours from chance ones."""

import numpy as np

from bench.methods._table import Table
from samenspel.methods.peers import peers

AREAS = 342


def tables() -> list[Table]:
    """One table: per share of noise in the variables."""
    rows: list[list[str | int | float]] = []
    for noise in (0.1, 0.3, 0.6, 1.0):
        found, firm, again, firm_again = [], [], [], []
        for seed in range(4):
            rng = np.random.default_rng(seed)
            factors = rng.normal(size=(AREAS, 5))
            loads = rng.normal(size=(5, 30)) / np.sqrt(5)
            size = np.exp(rng.normal(10.3, 0.8, AREAS))
            true = peers(factors @ loads, size, resamples=0, transform="none")
            seen = peers(factors @ loads + noise * rng.normal(size=(AREAS, 30)), size, resamples=100, seed=seed)
            real = np.zeros((AREAS, AREAS), bool)
            places = np.nonzero(true.neighbour >= 0)
            real[places[0], true.neighbour[places]] = True
            there = seen.neighbour >= 0
            hit = real[np.arange(AREAS)[:, np.newaxis], seen.neighbour][there]
            steady = (seen.stability >= 0.6)[there]
            found.append(seen.stability[there].mean())
            firm.append(steady.mean())
            again.append(hit.mean())
            firm_again.append(hit[steady].mean())
        rows.append([noise, *(100 * float(np.mean(x)) for x in (found, firm, again, firm_again))])
    return [
        Table(
            "Similar areas: stability and truth",
            ["noise (sd)", "mean stability %", "shown (60 % or more) %", "true neighbour %", "true, of those shown %"],
            rows,
            f"{AREAS} areas, 30 variables made of 5 factors and noise; a true neighbour is one of the 10 nearest "
            "without noise. 4 maps per row, 100 resamples without 20 % of the variables.",
        )
    ]
