# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The benchmarks can be found, and a ratio means the same in both directions."""

from importlib import import_module

import pytest

from bench.measures import BENCHES, Measure, machine


@pytest.mark.parametrize(
    ("measure", "ratio", "within"),
    [
        (Measure("time", 25, "ms", 50), 0.5, True),
        (Measure("time", 75, "ms", 50), 1.5, False),
        (Measure("speed", 200, "rows/s", 100, "higher"), 0.5, True),
        (Measure("speed", 50, "rows/s", 100, "higher"), 2.0, False),
        (Measure("speed", 0, "rows/s", 100, "higher"), float("inf"), False),
        (Measure("size", 7, "MB"), None, True),
    ],
)
def test_up_to_one_keeps_the_bound(measure: Measure, ratio: float | None, within: bool) -> None:
    """Lower is better for times, higher for speeds."""
    assert measure.ratio == ratio
    assert measure.within is within


@pytest.mark.parametrize("name", list(BENCHES))
def test_every_benchmark_gives_measures(name: str) -> None:
    """The registry names modules with a function `measures`."""
    assert callable(import_module(BENCHES[name]).measures)


def test_the_machine_is_described() -> None:
    """A figure without its machine says nothing."""
    assert {"processor", "cores", "memory_gb", "load_before"} <= set(machine())
