# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How fast the basic methods are for all areas at once, and beside PHStatsMethods on one long table.

**The line.** 342 municipalities, 3,352 districts and 14,421 neighbourhoods (invented populations of the right size)
times 100 indicators, counts in 20 age bands. Included: Wilson and count intervals, direct and indirect standardisation
with limits, empirical Bayes with limits, variance between areas, funnel and flags, fifths weighted by inhabitants, and
the checks of the input; the better of two runs per level. Left out: making the counts. The memory is the highest of
the process, Python and counts included.

**The ratio.** PHStatsMethods.ph_ISRatio and `indirect_long` from the same long table in memory (18,115 areas of all
levels x 20 bands, one indicator; columns indicator, area, age, count, n, count and population of the reference; 95 %
limits), each in the frame of its own library. Included: grouping, the rates of the reference, limits. Left out: reading
and making the table. Each area has an event, because the peer refuses 0. The array ratio leaves out the grouping on our
side only: what remains when the figures are already in an array. Best of several runs on both sides.
"""

import resource
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
import polars as pl
from PHStatsMethods import ph_ISRatio

from bench.measures import Measure
from samenspel.methods.inputs import FloatArray
from samenspel.methods.intervals import count_interval, wilson
from samenspel.methods.overdispersion import additive_variance, flags, funnel_limits
from samenspel.methods.quantiles import quantiles
from samenspel.methods.shrinkage import empirical_bayes
from samenspel.methods.standardise import direct, indirect, indirect_long

INDICATORS = 100
BANDS = 20
LEVELS = {"municipalities": (342, 52_000), "districts": (3_352, 5_300), "neighbourhoods": (14_421, 1_240)}
BOUND_S = 5
BOUND_MB = 2_000
LONG_BOUND = 200
ARRAY_BOUND = 500


def measures() -> list[Measure]:
    """The line, how it grows with the indicators, its memory, and the ratios."""
    seconds = sum(min(_line(areas, mean, INDICATORS) for _ in "12") for areas, mean in LEVELS.values())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
    pairs = [[_line(*LEVELS["districts"], number) for number in (INDICATORS, 2 * INDICATORS)] for _ in "1234"]
    half, whole = (min(taken) for taken in zip(*pairs, strict=True))
    table, cube = _table()
    frame = pd.DataFrame({column: table.get_column(column).to_list() for column in table.columns})
    difference = _difference(_ours(table), _peer(frame))
    peer_seconds = _best(lambda: _peer(frame), 2)
    long_seconds = _best(lambda: _ours(table), 25)
    array_seconds = _best(lambda: indirect(*cube), 25)
    return [
        Measure("all methods, 18,115 areas x 100 indicators", seconds, "s", BOUND_S),
        Measure("memory, counts by age included", memory, "MB", BOUND_MB),
        Measure("districts, 200 indicators over 100", whole / half, "x", 2.5),
        Measure("PHStatsMethods, indirect, one indicator", peer_seconds * 1_000, "ms"),
        Measure("indirect from the long table", long_seconds * 1_000, "ms"),
        Measure("faster than the peer, from the long table", peer_seconds / long_seconds, "x", LONG_BOUND, "higher"),
        Measure("indirect from arrays", array_seconds * 1_000, "ms"),
        Measure("faster than the peer, from arrays", peer_seconds / array_seconds, "x", ARRAY_BOUND, "higher"),
        Measure("largest difference with the peer", difference * 1e9, "e-9", 1),
    ]


def _line(areas: int, mean: float, indicators: int) -> float:
    """Seconds of everything for one level."""
    count, n, rates = _figures(areas, mean, indicators)
    weights = n.sum(0)
    start = time.perf_counter()
    total, population = count.sum(-1), n.sum(-1)
    wilson(total, population)
    count_interval(total)
    direct(count, n, weights)
    found = indirect(count, n, rates)
    empirical_bayes(found.observed, found.expected)
    tau2 = additive_variance(found.observed, found.expected)
    funnel_limits(found.expected, tau2)
    flags(found.observed, found.expected, tau2)
    quantiles(found.ratio, population=population)
    return time.perf_counter() - start


def _figures(areas: int, mean: float, indicators: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Counts (indicators x areas x bands), populations (areas x bands), rates (indicators x 1 x bands)."""
    chance = np.random.default_rng(1)
    size = np.exp(chance.normal(np.log(mean), 0.8, (areas, 1)))
    n = np.round(size * chance.dirichlet(np.full(BANDS, 20.0), areas)) + 1
    rates = np.exp(chance.normal(-4, 1, (indicators, 1, 1))) * np.linspace(0.3, 2, BANDS)
    level = np.exp(chance.normal(0, 0.18, (indicators, areas, 1)))
    rates = np.minimum(rates, 0.3)
    return np.minimum(chance.poisson(n * rates * level), n).astype(np.float64), n, rates


def _table() -> tuple[pl.DataFrame, tuple[FloatArray, FloatArray, FloatArray]]:
    """One indicator for all areas of all levels, as a long table and as arrays."""
    levels = [_figures(areas, mean, 1) for areas, mean in LEVELS.values()]
    n = np.concatenate([people for _, people, _ in levels])
    count = np.concatenate([events[0] for events, _, _ in levels])
    count[:, -1] = np.maximum(count[:, -1], 1)
    area, band = np.indices(n.shape)
    reference_count, reference_n = count.sum(0), n.sum(0)
    table = pl.DataFrame(
        {
            "indicator": ["wmo_clients"] * n.size,
            "area": [f"A{number:06}" for number in area.ravel()],
            "age": band.ravel(),
            "count": count.ravel(),
            "n": n.ravel(),
            "ref_count": reference_count[band.ravel()],
            "ref_n": reference_n[band.ravel()],
        }
    )
    return table, (count, n, reference_count / reference_n)


def _ours(table: pl.DataFrame) -> pl.DataFrame:
    rated = table.with_columns(reference_rate=pl.col("ref_count") / pl.col("ref_n"))
    return indirect_long(rated, ["indicator", "area"])


def _peer(table: pd.DataFrame) -> pd.DataFrame:
    return ph_ISRatio(table, "count", "n", "ref_count", "ref_n", ["indicator", "area"])


def _best(run: Callable[[], object], times: int) -> float:
    """The least seconds of several runs."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return min(taken)


def _difference(ours: pl.DataFrame, theirs: pd.DataFrame) -> float:
    """The largest relative difference of expected, ratio and limits."""
    ordered = ours.sort("indicator", "area")
    names = {"expected": "Expected", "ratio": "Value", "lower": "lower_95_ci", "upper": "upper_95_ci"}
    pairs = [(ordered.get_column(a).to_numpy(), theirs[b].to_numpy(dtype=np.float64)) for a, b in names.items()]
    return max(float(np.abs(here / there - 1).max()) for here, there in pairs)
