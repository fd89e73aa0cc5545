# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long the suppression of a table takes with its audit, and noise on many counts.

Bound: 40 x 10 with all margins in 2 s. Included: building the table, the optimal suppression, and the audit of every
hidden cell. Not included: loading Python and scipy.
"""

import time

import numpy as np

from bench.measures import Measure
from samenspel.methods.disclosure.laplace import KeyedSource, draw
from samenspel.methods.disclosure.noise import perturbed
from samenspel.methods.disclosure.releases import Earlier, suppress_after, weak_cells
from samenspel.methods.disclosure.tables import with_margins

SEEDS = range(12)
BOUND = 2.0


def table_seconds(seed: int, shape: tuple[int, ...]) -> float:
    """Seconds to suppress and audit one random table of a mixed size: about a quarter of its cells is small."""
    numbers = np.random.default_rng(seed)
    counts = numbers.poisson(numbers.gamma(1, 40, size=shape))
    start = time.perf_counter()
    table = with_margins(counts)
    primary = {name for name, count in table.counts.items() if count < 10}
    release, found = suppress_after([], table, primary, joined=0, left=0)
    weak = weak_cells([release])
    seconds = time.perf_counter() - start
    if weak or not found.optimal:
        raise RuntimeError(f"seed {seed}: {len(weak)} weak cells, optimal {found.optimal}")
    return seconds


def second_release_seconds() -> float:
    """The same for a table of 10 x 5 after an earlier release of it."""
    numbers = np.random.default_rng(1)
    counts = numbers.poisson(numbers.gamma(1, 40, size=(10, 5)))
    earlier: list[Earlier] = []
    seconds = 0.0
    for number in range(2):
        table = with_margins(counts)
        primary = {name for name, count in table.counts.items() if count < 10}
        start = time.perf_counter()
        release, _found = suppress_after(earlier, table, primary, joined=12 * number, left=0)
        earlier.append(release)
        weak_cells(earlier)
        seconds = time.perf_counter() - start
        counts = counts + numbers.multinomial(12, np.full(50, 1 / 50)).reshape(10, 5)
    return seconds


def measures() -> list[Measure]:
    """The figures against the bound, for `make bench`."""
    table_seconds(99, (4, 3))
    taken = sorted(table_seconds(seed, (40, 10)) for seed in SEEDS)
    three = table_seconds(1, (8, 5, 3))
    source = KeyedSource(b"a key of sixteen", "bench")
    start = time.perf_counter()
    for _ in range(20_000):
        draw(1, source)
    laplace = time.perf_counter() - start
    numbers = np.random.default_rng(1)
    counts, keys = numbers.poisson(40, 1_000_000), numbers.integers(0, 2**32, 1_000_000)
    start = time.perf_counter()
    perturbed(counts, keys)
    noise = time.perf_counter() - start
    return [
        Measure("suppression and audit 40 x 10, slowest", taken[-1], "s", BOUND),
        Measure("suppression and audit 40 x 10, median", taken[len(taken) // 2], "s"),
        Measure("suppression and audit 8 x 5 x 3", three, "s"),
        Measure("second release of 10 x 5", second_release_seconds(), "s"),
        Measure("20,000 discrete Laplace draws", laplace, "s"),
        Measure("a million cell key changes", noise, "s"),
    ]
