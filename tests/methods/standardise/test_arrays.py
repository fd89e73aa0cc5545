# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Standardisation of arrays: slow twins, what must hold for any population, and what is refused."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from samenspel.methods.inputs import FloatArray
from samenspel.methods.intervals import count_interval
from samenspel.methods.standardise import direct, indirect, publishable

BANDS = 5
COUNTS = hnp.arrays(np.int64, (4, BANDS), elements=st.integers(0, 60)).map(lambda a: a.astype(float))
PEOPLE = hnp.arrays(np.int64, (4, BANDS), elements=st.integers(60, 5_000)).map(lambda a: a.astype(float))
WEIGHTS = hnp.arrays(np.int64, BANDS, elements=st.integers(1, 9_000)).map(lambda a: a.astype(float))


def slow_direct(count: FloatArray, n: FloatArray, weights: FloatArray) -> tuple[float, float, float]:
    """One area, band by band."""
    rate = variance = total = 0.0
    for o, people, weight in zip(count, n, weights, strict=True):
        rate += weight * o / people
        variance += weight**2 * o / people**2
        total += o
    rate /= sum(weights)
    variance /= sum(weights) ** 2
    if total < 10:
        return math.nan, math.nan, math.nan
    lower, upper = count_interval(total)
    scale = math.sqrt(variance / total)
    return rate, max(rate + scale * (lower - total), 0.0), rate + scale * (upper - total)


@given(COUNTS, PEOPLE, WEIGHTS)
def test_direct_is_the_sum_over_bands(count: FloatArray, n: FloatArray, weights: FloatArray) -> None:
    found = np.array(direct(count, n, weights))
    wanted = np.array([slow_direct(*row, weights) for row in zip(count, n, strict=True)]).T
    assert found == pytest.approx(wanted, nan_ok=True)


def test_direct_by_hand() -> None:
    """Two bands, 10 of 1,000 young and 40 of 500 old, a standard of 3 to 1: (3 x 0.01 + 0.08) / 4 = 0.0275."""
    rate, lower, upper = direct([10, 40], [1_000, 500], [3, 1])
    assert rate == pytest.approx(0.0275)
    variance = (9 * 10 / 1e6 + 40 / 2.5e5) / 16
    assert lower == pytest.approx(0.0275 + math.sqrt(variance / 50) * (37.111 - 50), rel=1e-3)
    assert upper == pytest.approx(0.0275 + math.sqrt(variance / 50) * (65.919 - 50), rel=1e-3)


@given(COUNTS, PEOPLE, st.floats(0.01, 100))
def test_an_area_with_the_standard_mix_keeps_its_own_rate(count: FloatArray, n: FloatArray, unit: float) -> None:
    """Then the limits are those of the plain count, and the unit of the weights says nothing."""
    rate, lower, upper = direct(count, n, n * unit)
    total, people = count.sum(-1), n.sum(-1)
    known = total >= 10
    assert rate[known] == pytest.approx((total / people)[known])
    limits = count_interval(total)
    assert lower[known] == pytest.approx((limits.lower / people)[known])
    assert upper[known] == pytest.approx((limits.upper / people)[known])


def test_direct_needs_ten_events() -> None:
    found = direct([[4, 5], [5, 5], [0, 0]], 100, [1, 1])
    assert np.isnan(found.rate).tolist() == [True, False, True]
    assert np.isnan(found.lower).tolist() == np.isnan(found.upper).tolist() == [True, False, True]


def test_persons_with_several_events() -> None:
    """Var = sum over frequencies f of f^2 times the variance of those with f events; wider than if all were alone."""
    n, weights = np.array([1_000.0, 800.0]), np.array([5.0, 2.0])
    persons = {1: np.array([20.0, 30.0]), 2: np.array([4.0, 6.0]), 5: np.array([1.0, 0.0])}
    count = sum(f * who for f, who in persons.items())
    squares = sum(f * f * who for f, who in persons.items())
    variance = sum(f * f * sum(weights**2 * who / n**2) for f, who in persons.items()) / weights.sum() ** 2
    rate, lower, upper = direct(count, n, weights, squares=squares)
    total = count.sum()
    limits = count_interval(total)
    assert lower == pytest.approx(rate + math.sqrt(variance / total) * (limits.lower - total))
    alone = direct(count, n, weights)
    assert rate == alone.rate and lower < alone.lower and upper > alone.upper
    assert direct(count, n, weights, squares=count) == pytest.approx(alone)


def test_indirect_by_hand() -> None:
    """Expected 1,000 x 0.01 + 500 x 0.04 = 30; 45 seen: half as many again."""
    found = indirect([15, 30], [1_000, 500], [0.01, 0.04])
    assert found == pytest.approx((45, 30, 1.5, 32.8197 / 30, 60.2155 / 30), abs=1e-4)


@given(COUNTS, PEOPLE, st.lists(st.floats(1e-4, 0.2), min_size=BANDS, max_size=BANDS))
def test_indirect_is_the_sum_over_bands(count: FloatArray, n: FloatArray, rates: list[float]) -> None:
    found = indirect(count, n, rates)
    for area in range(len(n)):
        expected = sum(people * rate for people, rate in zip(n[area], rates, strict=True))
        lower, upper = count_interval(sum(count[area]))
        wanted = (sum(count[area]), expected, sum(count[area]) / expected, lower / expected, upper / expected)
        assert [column[area] for column in found] == pytest.approx(wanted)


@given(COUNTS, PEOPLE)
def test_the_reference_itself_is_as_expected(count: FloatArray, n: FloatArray) -> None:
    """The areas together, held against their own rates."""
    found = indirect(count, n, count.sum(0) / n.sum(0))
    assert found.expected.sum() == pytest.approx(found.observed.sum(), abs=1e-9)


@given(COUNTS, PEOPLE, st.permutations(range(4)), st.permutations(range(BANDS)))
def test_no_order_matters(count: FloatArray, n: FloatArray, areas: list[int], bands: list[int]) -> None:
    weights = np.arange(1.0, BANDS + 1)
    for method in (direct, indirect):
        here = np.array(method(count, n, weights))
        there = np.array(method(count[areas][:, bands], n[areas][:, bands], weights[bands]))
        assert there == pytest.approx(here[:, areas], nan_ok=True)


def test_nothing_expected_is_no_ratio() -> None:
    found = indirect([[0, 0], [2, 1], [1, np.nan], [3, 4]], [[0, 0], [10, 10], [10, 10], [10, np.nan]], [0.1, 0.0])
    assert np.isnan(found.ratio).tolist() == [True, False, True, True]
    assert np.isnan(found.lower).tolist() == [True, False, True, True]
    assert found.observed[3] == 7 and found.expected[0] == 0
    assert publishable([0, 4.99, 5, np.nan]).tolist() == [False, False, True, False]


def test_a_band_without_people_or_weight_says_nothing() -> None:
    assert direct([20, 0], [100, 0], [1, 0]).rate == pytest.approx(0.2)
    assert np.isnan(direct([20, 0], [100, 0], [1, 1]).rate)
    assert np.isnan(direct([20, np.nan], [100, 10], [1, 1])).all()


def test_any_leading_shape() -> None:
    people, rates = np.full((7, BANDS), 100.0), np.full((3, 1, BANDS), 0.02)
    totals = np.arange(21.0).reshape(3, 7, 1)
    found = indirect(totals, people, rates)
    assert found.ratio.shape == (3, 7)
    assert found.ratio == pytest.approx(totals[..., 0] / 10)
    assert direct(np.full((3, 7, BANDS), 9.0), people, np.ones(BANDS)).lower.shape == (3, 7)
    assert indirect([5, 5], [10, 10], 0.5).expected == pytest.approx(10)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: direct([-1, 4], 100, [1, 1]), r"count must not be negative: -1\.0"),
        (lambda: direct([1, 4], [100, 0], [1, 1]), r"n must be above 0 where there are events"),
        (lambda: direct([1, 4], 100, [0, 0]), r"weights must not all be 0"),
        (lambda: direct([9, 4], 100, [1, 1], squares=[8, 4]), r"squares must not be below count"),
        (lambda: direct(9, 100, 1), r"count must have an axis of age bands: 9\.0"),
        (lambda: indirect([1, 4], [100, -1], [1, 1]), r"n must not be negative"),
        (lambda: indirect([1, 4], 100.0, [1, 1]), r"n must have an axis of age bands"),
        (lambda: indirect([1, 4], [100, 1], [np.inf, 1]), r"reference_rate must be finite"),
    ],
)
def test_impossible_input_is_named(call: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()  # type: ignore[operator]


def test_no_rate_lies_below_nothing() -> None:
    """Nine of the ten events where hardly anybody lives: the plain formula gives -0.29."""
    found = direct([9, 1], [100_000, 1], [1, 1])
    assert found.lower == 0 < found.rate < found.upper


@pytest.mark.parametrize("unit", [1e-200, 1e-320, 1e200, 1e307])
def test_the_unit_of_a_standard_does_not_matter(unit: float) -> None:
    found = direct([50, 50], [1_000, 3_000], np.array([3, 1]) * unit)
    assert np.array(found) == pytest.approx(np.array(direct([50, 50], [1_000, 3_000], [3, 1])), rel=1e-3)


def test_one_rate_for_all_bands() -> None:
    wanted = indirect([10, 20], [100, 200], [0.1, 0.1])
    for rate in (0.1, [0.1], [[0.1], [0.1]]):
        assert np.array(indirect([10, 20], [100, 200], rate)).T.reshape(-1, 5)[0] == pytest.approx(np.array(wanted))
    assert indirect([30], [100, 200], [0.1, 0.1]).ratio == pytest.approx(1)
