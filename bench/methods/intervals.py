# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How often intervals hold the truth. Shares, counts and differences by adding up all outcomes, the rest by drawing."""

from collections.abc import Callable

import numpy as np
from scipy import stats

from bench.methods import Table
from samenspel.methods.inputs import STRICT, USUAL, FloatArray
from samenspel.methods.intervals import (
    Limits,
    byar,
    count_interval,
    effective_sample_size,
    mean_interval,
    newcombe_difference,
    poisson_exact,
    wilson,
)

LEVELS = (USUAL, STRICT)
DRAWS = 40_000


def tables() -> list[Table]:
    """Shares, counts, differences, means and weighted shares."""
    return [_shares(), _counts(), _differences(), _means(), _weighted()]


def _shares() -> Table:
    truth = np.linspace(0.01, 0.99, 197)
    rows: list[list[str | int | float]] = []
    for n in (10, 30, 100, 500, 5_000):
        seen = np.arange(n + 1)
        chance = stats.binom.pmf(seen, n, truth[:, np.newaxis])
        row: list[str | int | float] = [n]
        for level in LEVELS:
            held = _held(wilson(seen, n, level), truth[:, np.newaxis])
            found = 100 * (chance * held).sum(axis=1)
            row += [found.mean(), found.min()]
        rows.append(row)
    note = "All outcomes added up, for 197 true shares from 1 to 99 %: the average over them, and the worst of them."
    return Table("Wilson: % of cases in which the share lies in the interval", ["n", *_columns()], rows, note)


def _counts() -> Table:
    ranges = ((0.5, 2), (2, 5), (5, 10), (10, 25), (25, 100), (100, 1_000))
    methods: dict[str, Callable[[FloatArray, float], Limits]] = {
        "exact": poisson_exact,
        "Byar": byar,
        "exact below 10, else Byar": count_interval,
    }
    rows: list[list[str | int | float]] = []
    for low, high in ranges:
        truth = np.geomspace(low, high, 200)
        seen = np.arange(int(high + 12 * np.sqrt(high) + 30)).astype(np.float64)
        chance = stats.poisson.pmf(seen, truth[:, np.newaxis])
        for name, method in methods.items():
            row: list[str | int | float] = [f"{low:g} to {high:,}", name]
            for level in LEVELS:
                found = 100 * (chance * _held(method(seen, level), truth[:, np.newaxis])).sum(axis=1)
                row += [found.mean(), found.min()]
            rows.append(row)
    note = "All outcomes added up, for 200 true numbers in each range. Whole counts make every interval hold too often."
    return Table(
        "Counts: % of cases in which the expected number lies in the interval",
        ["expected number", "interval", *_columns()],
        rows,
        note,
    )


def _differences() -> Table:
    shares = np.array([0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9])
    rows: list[list[str | int | float]] = []
    for n_1, n_2 in ((10, 10), (30, 30), (30, 300), (100, 100), (400, 400)):
        one, two = np.arange(n_1 + 1)[:, np.newaxis], np.arange(n_2 + 1)
        chance_1 = stats.binom.pmf(np.arange(n_1 + 1), n_1, shares[:, np.newaxis])
        chance_2 = stats.binom.pmf(np.arange(n_2 + 1), n_2, shares[:, np.newaxis])
        row: list[str | int | float] = [n_1, n_2]
        for level in LEVELS:
            limits = newcombe_difference(one, n_1, two, n_2, level)
            found = [
                100 * float(chance_1[a] @ _held(limits, shares[a] - shares[b]) @ chance_2[b])
                for a in range(len(shares))
                for b in range(len(shares))
            ]
            row += [float(np.mean(found)), min(found)]
        rows.append(row)
    note = "All outcomes added up, for 64 pairs of true shares between 2 and 90 %."
    return Table(
        "Newcombe: % of cases in which the difference lies in the interval",
        ["n one", "n other", *_columns()],
        rows,
        note,
    )


def _means() -> Table:
    chance = np.random.default_rng(1)
    scale = np.arange(1.0, 6)
    answers = np.array([0.05, 0.1, 0.2, 0.4, 0.25])
    kinds: dict[str, tuple[Callable[[int], FloatArray], float]] = {
        "normal": (lambda n: chance.normal(0, 1, (DRAWS, n)), 0.0),
        "marks from 1 to 5": (lambda n: chance.choice(scale, (DRAWS, n), p=answers), float(scale @ answers)),
        "skewed amounts (log-normal, 1)": (lambda n: chance.lognormal(0, 1, (DRAWS, n)), float(np.exp(0.5))),
    }
    rows: list[list[str | int | float]] = []
    for name, (draw, truth) in kinds.items():
        for n in (5, 10, 30, 100, 500):
            sample = draw(n)
            mean, sd = sample.mean(1), sample.std(1, ddof=1)
            rows.append(
                [name, n, *(100 * float(_held(mean_interval(mean, sd, n, level), truth).mean()) for level in LEVELS)]
            )
    note = f"{DRAWS:,} draws each, seed 1. Equal marks only give an interval without width, hence the line of 5."
    return Table(
        "Means: % of cases in which the mean lies in the t-interval", ["answers", "n", "95 %", "99.8 %"], rows, note
    )


def _weighted() -> Table:
    """Groups answer unequally often and are weighted back; the weights also differ within groups."""
    chance = np.random.default_rng(2)
    truth = np.array([0.2, 0.5])  # two groups of equal size in the population
    share = float(truth.mean())
    rows: list[list[str | int | float]] = []
    for n in (100, 400, 2_000):
        for other in (0.5, 0.2):  # how many of the answers come from the second group
            group = (chance.random((4_000, n)) < other).astype(np.intp)
            weights = np.where(group == 1, 0.5 / other, 0.5 / (1 - other)) * chance.lognormal(0, 0.3, group.shape)
            yes = chance.random(group.shape) < truth[group]
            size = effective_sample_size(weights)
            estimate = (weights * yes).sum(1) / weights.sum(1)
            row: list[str | int | float] = [n, 100 * other, float(size.mean())]
            row += [100 * float(_held(wilson(estimate * size, size, level), share).mean()) for level in LEVELS]
            row.append(100 * float(_held(wilson(estimate * n, n), share).mean()))
            rows.append(row)
    note = "4,000 draws each, seed 2; true shares 20 and 50 % in two groups of equal size, of which one answers less."
    columns = ["n", "% of answers from the second group", "effective n", "95 %", "99.8 %", "95 % if taken as n answers"]
    return Table("Weighted shares: Wilson with the effective sample size", columns, rows, note)


def _held(limits: Limits, truth: FloatArray | float) -> FloatArray:
    return ((limits.lower <= truth) & (truth <= limits.upper)).astype(np.float64)


def _columns() -> list[str]:
    return ["95 %: average", "95 %: worst", "99.8 %: average", "99.8 %: worst"]
