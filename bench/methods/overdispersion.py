# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How often areas are flagged that do not stand out, and how often those are that do, for each way of finding tau2."""

import numpy as np

from bench.methods import Table
from samenspel.methods.inputs import STRICT, BoolArray, FloatArray, normal_quantile
from samenspel.methods.overdispersion import Method, additive_variance, flags

RUNS = 400
TAU2 = 0.0324
METHODS: tuple[Method, ...] = ("median", "shmi", "cqc", "paule-mandel")


def tables() -> list[Table]:
    """Municipalities as in the reference simulation, without and with outliers; the size of areas; the conditions."""
    return [_methods(), _sizes(), _conditions()]


def _areas(
    seed: int,
    outliers: float,
    shift: float,
    *,
    areas: int = 342,
    centre: float = 6.5,
    tau2: float = TAU2,
    runs: int = RUNS,
) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Observed, expected (log-normal around exp(centre)) and which are out of the ordinary; runs x areas."""
    chance = np.random.default_rng(seed)
    expected = np.exp(chance.normal(centre, 0.9, (runs, areas)))
    out = chance.random((runs, areas)) < outliers
    log_ratio = chance.normal(0, np.sqrt(tau2), (runs, areas))
    log_ratio = np.where(out, chance.choice([-shift, shift], (runs, areas)) + log_ratio, log_ratio)
    return chance.poisson(expected * np.exp(log_ratio)).astype(np.float64), expected, out


def _methods() -> Table:
    rows: list[list[str | int | float]] = []
    for outliers, shift in ((0.0, 0.0), (0.05, np.log(2)), (0.05, 1.0)):
        observed, expected, out = _areas(1, outliers, shift)
        label = "none" if not outliers else f"5 %, {np.exp(shift):.1f} times more or fewer"
        plain = np.abs(flags(observed, expected, 0.0).z) > normal_quantile(STRICT)
        rows.append([label, "none (chance alone)", 0, *_rates(plain, out)])
        for method in METHODS:
            tau2 = additive_variance(observed, expected, method, transform="log")
            outside = np.abs(flags(observed, expected, tau2).z) > normal_quantile(STRICT)
            rows.append([label, method, float(tau2.mean()), *_rates(outside, out)])
    note = (
        f"{RUNS} simulations of 342 areas, seed 1; true tau2 {TAU2} (areas differ ordinarily by 18 %), expected "
        "numbers log-normal around 665. Nominal: 0.2 % of ordinary areas outside. All methods on the log scale."
    )
    columns = [
        "areas out of the ordinary",
        "method",
        "mean tau2",
        "% ordinary outside",
        "% others outside",
    ]
    return Table("Outside the 99.8 % funnel, by the way tau2 is found", columns, rows, note)


def _rates(found: BoolArray, out: BoolArray) -> tuple[float, float | str]:
    return 100 * float(found[~out].mean()), 100 * float(found[out].mean()) if out.any() else "-"


def _sizes() -> Table:
    rows: list[list[str | int | float]] = []
    for label, areas, centre, runs in (
        ("342 municipalities", 342, np.log(665), 400),
        ("342, small figures", 342, np.log(40), 400),
        ("3,352 districts", 3_352, np.log(60), 60),
        ("14,421 neighbourhoods", 14_421, np.log(15), 20),
    ):
        for tau2 in (0.0, 0.01, TAU2, 0.1):
            observed, expected, _ = _areas(2, 0.0, 0.0, areas=areas, centre=centre, tau2=tau2, runs=runs)
            found = flags(observed, expected)
            tested = expected >= 5
            outside = (np.abs(found.z) > normal_quantile(STRICT)) & tested
            estimate = additive_variance(observed, expected)
            rows.append(
                [
                    label,
                    tau2,
                    float(estimate.mean()),
                    100 * float(outside.sum() / tested.sum()),
                    float(outside.sum(1).mean()),
                    float(found.chance_flags.mean()),
                    float(flags(observed, expected, false_discovery_rate=None).flagged.sum(1).mean()),
                    float(found.flagged.sum(1).mean()),
                ]
            )
    note = "Seed 2; nobody is out of the ordinary. Stated: the number of chance flags that `flags` gives to be shown."
    columns = [
        "areas",
        "true tau2",
        "mean tau2",
        "% outside",
        "outside per page",
        "stated",
        "flagged without false discovery rate",
        "flagged",
    ]
    return Table("Median-calibrated, by size of areas and of ordinary variation", columns, rows, note)


def _conditions() -> Table:
    rows: list[list[str | int | float]] = []
    for shift in (np.log(1.5), np.log(2), 1.0, np.log(4)):
        observed, expected, out = _areas(3, 0.05, shift)
        tau2 = additive_variance(observed, expected)
        outside = np.abs(flags(observed, expected, tau2).z) > normal_quantile(STRICT)
        three = flags(observed, expected, tau2, false_discovery_rate=None).flagged
        with_rate = flags(observed, expected, tau2).flagged
        false = [float((found & ~out).sum(1).mean()) for found in (outside, three, with_rate)]
        power = [100 * float(found[out].mean()) for found in (outside, three, with_rate)]
        rows.append([float(np.exp(shift)), *false, *power])
    note = f"{RUNS} simulations of 342 areas, of which 5 % this many times more or fewer; seed 3, true tau2 {TAU2}."
    columns = [
        "times",
        "false: outside",
        "false: three conditions",
        "false: and false discovery rate",
        "% found: outside",
        "% found: three conditions",
        "% found: and false discovery rate",
    ]
    return Table("What each condition adds: false flags per page and share of the real ones found", columns, rows, note)
