# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How fast the sets of places, the similar areas and the spatial model are.

Included: everything from counts to results, and the slicing of the map. Left out: making the counts. The neighbourhoods
are fitted for a few indicators (`SAMENSPEL_BENCH_INDICATORS`, default 2; 100 runs the whole) and scaled: an indicator
costs the same whatever stands beside it. Invented planar maps of the right size.
"""

import os
import time
from collections.abc import Callable

import numpy as np

from bench.measures import Measure
from bench.methods._maps import planar
from samenspel.methods.peers import peers
from samenspel.methods.ranks import confidence_sets
from samenspel.methods.shrinkage import SpatialModel

INDICATORS = 100


def measures() -> list[Measure]:
    """Seconds for each, and how the spatial model grows from 100 to 200 indicators."""
    rng = np.random.default_rng(1)
    error = rng.uniform(0.03, 0.1, 342)
    estimate = rng.normal(0, 0.15, (INDICATORS, 342)) + rng.normal(size=(INDICATORS, 342)) * error
    context, size = rng.normal(size=(342, 30)), np.exp(rng.normal(10.3, 0.8, 342))
    few = int(os.environ.get("SAMENSPEL_BENCH_INDICATORS", "2"))
    half, whole = _spatial(342, INDICATORS), _spatial(342, 2 * INDICATORS)
    ready = time.perf_counter()
    model = SpatialModel(14_421, planar(14_421))
    ready = time.perf_counter() - ready
    large = _spatial(14_421, few, model)
    return [
        Measure("sets of places, 342 x 100", _seconds(lambda: confidence_sets(estimate, error)), "s", 30),
        Measure("similar areas, 342 x 30 variables", _seconds(lambda: peers(context, size)), "s"),
        Measure("spatial model, 342 x 100", half, "s", 15),
        Measure("spatial model, 200 indicators over 100", whole / half, "x", 2.5),
        Measure("map of 14,421 areas made ready", ready, "s"),
        Measure(f"spatial model, 14,421 x 100 (from {few})", (ready + large / few * INDICATORS) / 60, "min", 15),
    ]


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _spatial(areas: int, indicators: int, model: SpatialModel | None = None) -> float:
    rng = np.random.default_rng(2)
    expected = 20 * np.exp(rng.normal(0, 0.8, areas))
    count = rng.poisson(expected * np.exp(rng.normal(0, 0.2, (indicators, areas))))
    if model is None:
        edges = planar(areas)
        return _seconds(lambda: SpatialModel(areas, edges).fit(count, expected, workers=2))
    return _seconds(lambda: model.fit(count, expected, workers=2))
