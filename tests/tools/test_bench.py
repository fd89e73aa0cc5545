# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The benchmarks can be found, and a ratio means the same in both directions."""

from importlib import import_module

import pytest

from bench.measures import BENCHES, Measure, machine
from bench.methods import Table
from bench.methods.__main__ import names as method_names


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


def test_a_table_of_a_simulation_prints_as_markdown() -> None:
    table = Table("Coverage", ["interval", "n", "coverage"], [["Wilson", 1000, 0.951234]], note="Seed 1.")
    assert table.markdown().splitlines() == [
        "**Coverage**",
        "",
        "| interval | n | coverage |",
        "| --- | ---: | ---: |",
        "| Wilson | 1,000 | 0.9512 |",
        "",
        "Seed 1.",
    ]
    with pytest.raises(ValueError, match="2 cells under 3 columns"):
        Table("Coverage", ["interval", "n", "coverage"], [["Wilson", 1000]])


@pytest.mark.parametrize("name", method_names())
def test_every_simulation_can_be_run(name: str) -> None:
    assert callable(import_module(f"bench.methods.{name}").tables)
