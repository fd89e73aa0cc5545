# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Estimates scaled to published totals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspel.methods.shrinkage import benchmark


def test_worked_example() -> None:
    """Three districts with estimates that add up to 50, published total 60: each times 1.2."""
    found = benchmark([1.0, 0.5, 2.0], [10, 20, 15], 60)
    assert found.factor == pytest.approx([1.2, 1.2, 1.2])
    assert found.estimate == pytest.approx([1.2, 0.6, 2.4])


def test_each_group_its_own_total_for_many_indicators() -> None:
    rng = np.random.default_rng(5)
    estimates, weights = rng.uniform(0.5, 2, (4, 6)), rng.uniform(5, 50, 6)
    groups, totals = np.array([0, 1, 0, 2, 2, 1]), rng.uniform(50, 90, (4, 3))
    found = benchmark(estimates, weights, totals, groups)
    for indicator in range(4):
        for group in range(3):
            own = groups == group
            assert (found.estimate[indicator, own] * weights[own]).sum() == pytest.approx(totals[indicator, group])
            alone = benchmark(estimates[indicator, own], weights[own], totals[indicator, group])
            assert found.estimate[indicator, own] == pytest.approx(alone.estimate)


def test_a_missing_estimate_leaves_its_group_without_a_factor_unless_it_weighs_nothing() -> None:
    found = benchmark([1.0, np.nan, 3.0, 4.0], [1, 1, 1, 1], [2.0, 7.0], [0, 0, 1, 1])
    assert np.isnan(found.estimate[:2]).all() and found.estimate[2:] == pytest.approx([3, 4])
    light = benchmark([1.0, np.nan], [1, 0], 2.0)
    assert light.factor == pytest.approx([2, 2]) and np.isnan(light.estimate[1])
    assert np.isnan(benchmark([1.0, 2.0], [1, 1], np.nan).estimate).all()


def test_nothing_stays_nothing() -> None:
    assert benchmark([0.0, 0.0], [1, 2], 0).estimate.tolist() == [0, 0]
    assert benchmark([1.0, 3.0], [1, 2], 0).estimate.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (([-1.0], [1], 1), "estimates.*-1"),
        (([1.0], [-2], 1), "weights.*-2"),
        (([1.0], [1], -3), "total.*-3"),
        (([0.0], [1], 3), "total must be 0.*3"),
        ((1.0, 1.0, 3), "axis of areas"),
        (([1.0, 2.0], [1, 1], [3.0], [0, 1]), "groups must lie between 0 and 0"),
        (([1.0, 2.0], [1, 1], [3.0], [0.0, 0.5]), "whole number"),
        (([1.0, 2.0], [1, 1], 3.0, [0, 0]), "axis of groups"),
    ],
)
def test_the_impossible_is_refused(arguments: tuple[object, ...], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        benchmark(*arguments)  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.floats(0.01, 10), st.floats(0.1, 100)), min_size=1, max_size=20), st.floats(0, 1e4))
def test_the_total_is_kept_and_the_ratios_between_areas_too(areas: list[tuple[float, float]], total: float) -> None:
    estimates, weights = np.array(areas).T
    found = benchmark(estimates, weights, total)
    assert (found.estimate * weights).sum() == pytest.approx(total)
    assert found.estimate * estimates[0] == pytest.approx(found.estimate[0] * estimates)
