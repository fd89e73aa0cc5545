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
    release, found = suppress_after([], table, primary, key=_key(seed), joined=0, left=0)
    weak = weak_cells([release])
    seconds = time.perf_counter() - start
    if weak or not found.optimal:
        raise RuntimeError(f"seed {seed}: {len(weak)} weak cells, optimal {found.optimal}")
    return seconds


def later_release_seconds(shape: tuple[int, int] = (10, 5), releases: int = 20) -> list[float]:
    """The same for each of twenty releases of a table, each safe together with all before it; 12 people join each."""
    numbers = np.random.default_rng(1)
    counts = numbers.poisson(numbers.gamma(1, 40, size=shape))
    earlier: list[Earlier] = []
    taken = []
    for number in range(releases):
        table = with_margins(counts)
        primary = {name for name, count in table.counts.items() if count < 10}
        start = time.perf_counter()
        release, _found = suppress_after(earlier, table, primary, key=_key(number), joined=12 * (number > 0), left=0)
        earlier.append(release)
        weak = weak_cells(earlier)
        taken.append(time.perf_counter() - start)
        if weak:
            raise RuntimeError(f"release {number}: {len(weak)} weak cells")
        counts = counts + numbers.multinomial(12, np.full(counts.size, 1 / counts.size)).reshape(shape)
    return taken


def _key(number: int) -> bytes:
    return b"key of release %08d" % number


def measures() -> list[Measure]:
    """The figures against the bound, for `make bench`."""
    table_seconds(99, (4, 3))
    taken = sorted(table_seconds(seed, (40, 10)) for seed in SEEDS)
    later = later_release_seconds()
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
        Measure("20 releases of 10 x 5 with audit, slowest", max(later), "s"),
        Measure("20 releases of 10 x 5 with audit, all", sum(later), "s"),
        Measure("20,000 discrete Laplace draws", laplace, "s"),
        Measure("a million cell key changes", noise, "s"),
    ]
