# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How often a change is called clear that is not there, and how often a calm process gives a signal."""

import numpy as np

from bench.methods import Table
from samenspel.methods.change import change, xmr
from samenspel.methods.inputs import STRICT, USUAL, BoolArray, FloatArray

RUNS = 300
CHARTS = 2_000


def tables() -> list[Table]:
    """Two years, then charts of processes."""
    return [_two_years(), _found(), _calm(), _shifted()]


def _years(
    seed: int, centre: float, tau2: float, factor: float = 1.0
) -> tuple[tuple[FloatArray, FloatArray, FloatArray, FloatArray], BoolArray]:
    """O1, E1, O2, E2 of 342 areas in many runs; in the second year one in twenty changes by a factor."""
    chance = np.random.default_rng(seed)
    expected = np.exp(chance.normal(np.log(centre), 0.9, (RUNS, 342)))
    level = np.exp(chance.normal(0, 0.18, expected.shape))
    moved = chance.random(expected.shape) < 0.05
    first = chance.poisson(expected * level * np.exp(chance.normal(0, np.sqrt(tau2), expected.shape)))
    second = chance.poisson(
        expected * level * np.exp(chance.normal(0, np.sqrt(tau2), expected.shape)) * np.where(moved, factor, 1.0)
    )
    return (first.astype(np.float64), expected, second.astype(np.float64), expected), moved


def _two_years() -> Table:
    rows: list[list[str | int | float]] = []
    for centre in (30, 300, 3_000):
        for tau2 in (0.0, 0.0025, 0.01):
            years, _ = _years(1, centre, tau2)
            known = years[1] >= 5
            found, strict = change(*years), change(*years, STRICT)
            chance_alone = change(*years, tau2=0.0)
            shares = [100 * float(one.clear[known].mean()) for one in (found, strict, chance_alone)]
            rows.append([centre, tau2, float(found.tau2.mean()), *shares])
    note = f"{RUNS} simulations of 342 areas in which nothing changes but by chance and ordinarily; seed 1."
    columns = [
        "expected (median)",
        "true tau2 between years",
        "mean tau2 found",
        "% clear at 95 %",
        "% clear at 99.8 %",
        "% clear at 95 % if only chance counted",
    ]
    return Table("Changes called clear that are not there", columns, rows, note)


def _found() -> Table:
    rows: list[list[str | int | float]] = []
    for centre in (30, 300, 3_000):
        for factor in (1.1, 1.25, 1.5, 2.0):
            years, moved = _years(2, centre, 0.0025, factor)
            known = years[1] >= 5
            row: list[str | int | float] = [centre, factor]
            for level in (USUAL, STRICT):
                clear = change(*years, level).clear
                row += [100 * float(clear[known & moved].mean()), 100 * float(clear[known & ~moved].mean())]
            rows.append(row)
    note = f"{RUNS} simulations, 5 % of 342 areas change by this factor, tau2 between years 0.0025 (5 %); seed 2."
    columns = ["expected (median)", "factor", "95 %: % found", "95 %: % false", "99.8 %: % found", "99.8 %: % false"]
    return Table("Changes that are there", columns, rows, note)


def _series(kind: str, size: int, chance: np.random.Generator) -> FloatArray:
    if kind == "counts around 5":
        return chance.poisson(5, (CHARTS, size)).astype(np.float64)
    if kind == "counts around 50":
        return chance.poisson(50, (CHARTS, size)).astype(np.float64)
    series = chance.normal(0, 1, (CHARTS, size))
    if kind == "each month half of the last":
        for place in range(1, size):
            series[:, place] += 0.5 * series[:, place - 1]
    return series


def _calm() -> Table:
    chance = np.random.default_rng(3)
    rows: list[list[str | int | float]] = []
    for kind in ("normal", "counts around 50", "counts around 5", "each month half of the last"):
        for size in (12, 24, 60):
            charts = [xmr(series) for series in _series(kind, size, chance)]
            rules = [
                100 * float(np.mean([getattr(chart, rule) for chart in charts]))
                for rule in ("outside", "run", "trend", "two_of_three", "signal")
            ]
            rows.append([kind, size, *rules, 100 * float(np.mean([chart.signal.any() for chart in charts]))])
    note = f"{CHARTS:,} charts each of a process in which nothing happens; seed 3. Per cent of points, and of charts."
    columns = ["process", "points", "outside", "run of 7", "trend of 7", "2 of 3", "any rule", "charts with a signal"]
    return Table("Process charts: signals of a calm process", columns, rows, note)


def _shifted() -> Table:
    chance = np.random.default_rng(4)
    rows: list[list[str | int | float]] = []
    for shift in (1.0, 2.0, 3.0):
        series = chance.normal(0, 1, (CHARTS, 30))
        series[:, 18:] += shift
        charts = [xmr(one) for one in series]
        row: list[str | int | float] = [shift]
        for rule in ("outside", "run", "two_of_three", "signal"):
            row.append(100 * float(np.mean([getattr(chart, rule)[18:].any() for chart in charts])))
        rows.append(row)
    note = (
        f"{CHARTS:,} charts each of 30 points, of which the last 12 lie this many standard deviations higher; seed 4."
    )
    columns = ["shift", "outside", "run of 7", "2 of 3", "any rule"]
    return Table("Process charts: % of charts that signal after a shift", columns, rows, note)
