# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Intervals: values from the literature, slow twins, other programs, and what must hold for any input."""

import math
from fractions import Fraction
from math import isqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PHStatsMethods import confidence_intervals as phs
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from samenspel.methods.inputs import normal_quantile
from samenspel.methods.intervals import (
    STRICT,
    byar,
    count_interval,
    effective_sample_size,
    mean_interval,
    newcombe_difference,
    poisson_exact,
    wilson,
)

COUNTS = st.floats(0, 1e6)
LEVELS = st.sampled_from([0.8, 0.9, 0.95, 0.99, STRICT])


# --- shares ---


def slow_wilson(count: float, n: float, z: float) -> tuple[float, float]:
    """The two roots of (p - P)^2 = z^2 P (1 - P) / n in P: what the interval is."""
    p = count / n
    roots = np.roots([1 + z * z / n, -(2 * p + z * z / n), p * p])
    return min(roots.real), max(roots.real)


@pytest.mark.parametrize(
    ("count", "n", "lower", "upper"),
    # Newcombe 1998, Stat Med 17:857, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_in_the_literature(count: int, n: int, lower: float, upper: float) -> None:
    assert wilson(count, n) == pytest.approx((lower, upper), abs=5e-5)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), LEVELS)
def test_wilson_is_the_root_of_the_score_test(pair: tuple[int, int], confidence: float) -> None:
    count, n = pair
    z = stats.norm.ppf(0.5 + confidence / 2)
    found = wilson(count, n, confidence)
    assert found == pytest.approx(slow_wilson(count, n, z), abs=1e-6)
    assert found == pytest.approx(proportion_confint(count, n, 1 - confidence, "wilson"), abs=1e-12)
    assert found == pytest.approx(phs.wilson(count, n, confidence), abs=1e-9)
    assert 0 <= found.lower <= count / n <= found.upper <= 1


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), LEVELS)
def test_wilson_of_the_others_is_the_mirror(pair: tuple[int, int], confidence: float) -> None:
    count, n = pair
    some, others = wilson(count, n, confidence), wilson(n - count, n, confidence)
    assert some.lower == pytest.approx(1 - others.upper, abs=1e-12)
    assert some.upper == pytest.approx(1 - others.lower, abs=1e-12)


def test_wilson_of_none_and_all_and_nobody() -> None:
    found = wilson([0, 7, 0, np.nan, 2], [7, 7, 0, 5, np.nan])
    assert found.lower[0] == 0 and found.upper[1] == 1
    assert np.isnan(found.lower[2:]).all() and np.isnan(found.upper[2:]).all()


def test_a_weighted_survey_by_its_effective_size() -> None:
    """Kish: half of the answers count double: (60 + 120)^2 / (60 + 240) = 108 of 120 answers."""
    weights = np.array([1.0, 2.0] * 60)
    size = effective_sample_size(weights)
    assert size == pytest.approx(108)
    assert wilson(0.4 * size, size) == pytest.approx(wilson(43.2, 108))
    assert effective_sample_size([[1, 1, 1, np.nan], [0, 0, 0, 0]]) == pytest.approx([3, 0])
    assert effective_sample_size([2.5] * 9) == pytest.approx(9)


@given(st.lists(st.floats(1e-3, 1e3), min_size=1, max_size=30), st.floats(1e-3, 1e3))
def test_effective_size_is_at_most_the_size_and_knows_no_unit(weights: list[float], unit: float) -> None:
    size = effective_sample_size(weights)
    assert 1 - 1e-9 <= size <= len(weights) * (1 + 1e-9)
    assert effective_sample_size(np.array(weights) * unit) == pytest.approx(size)


# --- counts ---


def slow_exact(count: int, confidence: float) -> tuple[float, float]:
    """By halving: the expected numbers under which so many, or so few, are just improbable enough."""
    tail = (1 - confidence) / 2

    def solve(probability: object, low: float, high: float) -> float:
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if probability(middle) < tail else (low, middle)  # type: ignore[operator]
        return (low + high) / 2

    at_least = 0.0 if count == 0 else solve(lambda mean: stats.poisson.sf(count - 1, mean), 0, count + 1)
    at_most = solve(lambda mean: stats.poisson.cdf(count, mean), 10 * count + 50, count)
    return at_least, at_most


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    # Garwood 1936; the table in every textbook (Breslow & Day 1987, table 2.11).
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390), (50, 37.111, 65.919)],
)
def test_exact_in_the_literature(count: int, lower: float, upper: float) -> None:
    assert poisson_exact(count) == pytest.approx((lower, upper), abs=6e-4)


@pytest.mark.parametrize("confidence", [0.95, STRICT])
@pytest.mark.parametrize("count", [0, 1, 3, 9, 10, 42, 300])
def test_exact_is_where_the_count_becomes_improbable(count: int, confidence: float) -> None:
    assert poisson_exact(count, confidence) == pytest.approx(slow_exact(count, confidence), rel=1e-8)


def test_byar_lies_close_to_exact_from_ten_on() -> None:
    """Half a per cent at 95 %, two per cent at 99.8 %: what the docstring of `byar` promises."""
    counts = np.arange(10, 5_000)
    for confidence, within in ((0.95, 0.005), (STRICT, 0.02)):
        ratios = np.array(byar(counts, confidence)) / np.array(poisson_exact(counts, confidence))
        assert np.abs(ratios - 1).max() < within


@given(st.integers(0, 10**6), LEVELS)
def test_counts_as_the_public_health_package_has_them(count: int, confidence: float) -> None:
    lower, upper = count_interval(count, confidence)
    assert lower == pytest.approx(phs.byars_lower(count, confidence) if count else 0.0, rel=1e-9)
    assert upper == pytest.approx(phs.byars_upper(count, confidence) if count else -math.log((1 - confidence) / 2))


def test_exact_below_ten_else_byar() -> None:
    counts = np.array([0, 3, 9, 9.5, 10, 11.5, 400, np.nan])
    found = np.array(count_interval(counts))
    few = counts < 10
    assert np.array_equal(found[:, few], np.array(poisson_exact(counts[few])))
    assert np.array_equal(found[:, ~few], np.array(byar(counts[~few])), equal_nan=True)
    assert np.array(count_interval([3, 9])) == pytest.approx(found[:, [1, 2]], rel=1e-12)  # looked up, not inverted


def test_byar_never_falls_below_nothing() -> None:
    assert byar([0, 0.01, 1], STRICT).lower == pytest.approx([0, 0, 0])
    assert count_interval(0).lower == 0


@given(COUNTS, st.floats(0, 1e5), LEVELS)
def test_more_events_never_lower_the_limits(count: float, more: float, confidence: float) -> None:
    for method in (byar, poisson_exact):
        less_ends, more_ends = method(count, confidence), method(count + more, confidence)
        assert more_ends.lower >= less_ends.lower * (1 - 1e-9)
        assert more_ends.upper >= less_ends.upper * (1 - 1e-9)


@given(COUNTS)
def test_more_confidence_is_a_wider_interval_around_the_count(count: float) -> None:
    for method in (byar, poisson_exact, count_interval):
        usual, strict = method(count), method(count, STRICT)
        assert strict.lower <= usual.lower <= count <= usual.upper <= strict.upper


# --- means and differences ---


def test_mean_is_the_t_interval() -> None:
    """Student's sleep data (Student 1908), second drug: mean 2.33, sd 2.002, n 10."""
    extra = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    found = mean_interval(np.mean(extra), np.std(extra, ddof=1), 10)
    assert found == pytest.approx((0.8976775, 3.7623225), abs=1e-7)
    wanted = stats.t.interval(STRICT, 9, np.mean(extra), stats.sem(extra))
    assert mean_interval(np.mean(extra), np.std(extra, ddof=1), 10, STRICT) == pytest.approx(wanted)
    alone = mean_interval([3, 3, np.nan, 3], [1, 0, 1, np.nan], [1, 5, 5, 5])
    assert np.array_equal(alone.lower, [np.nan, 3, np.nan, np.nan], equal_nan=True)


@pytest.mark.parametrize(
    ("first", "second", "lower", "upper"),
    # Newcombe 1998, Stat Med 17:873, table II, method 10.
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_difference_in_the_literature(
    first: tuple[int, int], second: tuple[int, int], lower: float, upper: float
) -> None:
    assert newcombe_difference(*first, *second) == pytest.approx((lower, upper), abs=5e-5)


PAIR = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(PAIR, PAIR, LEVELS)
def test_difference_as_statsmodels_has_it_and_its_mirror(
    first: tuple[int, int], second: tuple[int, int], confidence: float
) -> None:
    found = newcombe_difference(*first, *second, confidence)
    wanted = confint_proportions_2indep(*first, *second, method="newcomb", compare="diff", alpha=1 - confidence)
    assert found == pytest.approx(wanted, abs=1e-9)
    swapped = newcombe_difference(*second, *first, confidence)
    assert (-swapped.upper, -swapped.lower) == pytest.approx(found, abs=1e-12)
    assert -1 - 1e-12 <= found.lower <= found.upper <= 1 + 1e-12


# --- any input ---


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: wilson(-1, 5), r"count must not be negative: -1\.0"),
        (lambda: wilson([1, 6], 5), r"count must not be more than n: 6\.0 of 5\.0"),
        (lambda: wilson(1, -5), r"n must not be negative"),
        (lambda: wilson(1, 5, 1.0), r"confidence must lie between 0 and 1: 1\.0"),
        (lambda: byar(math.inf), r"count must be finite: inf"),
        (lambda: poisson_exact("many"), r"count must be numbers: 'many'"),
        (lambda: poisson_exact(3, 95), r"confidence must lie between 0 and 1: 95"),
        (lambda: count_interval([3, -2]), r"count must not be negative: -2\.0"),
        (lambda: mean_interval(1, -1, 5), r"sd must not be negative"),
        (lambda: newcombe_difference(1, 5, 3, 2), r"count_2 must not be more than n_2: 3\.0 of 2\.0"),
        (lambda: effective_sample_size([1, -1]), r"weights must not be negative"),
    ],
)
def test_impossible_input_is_named(call: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()  # type: ignore[operator]


def test_everything_broadcasts() -> None:
    assert wilson(np.ones((4, 1)), np.full(3, 9.0)).lower.shape == (4, 3)
    assert count_interval(np.arange(24).reshape(2, 3, 4)).upper.shape == (2, 3, 4)
    assert count_interval([]).lower.shape == (0,)
    assert mean_interval(np.ones((2, 1)), [1, 2, 3], 10).lower.shape == (2, 3)
    assert newcombe_difference(1, [10, 20], np.ones((3, 1)), 9).upper.shape == (3, 2)
    assert isinstance(count_interval(4).lower, float)


@given(st.lists(st.one_of(st.integers(0, 50), st.just(math.nan)), min_size=1, max_size=20), st.randoms())
def test_each_count_stands_alone(counts: list[float], chance: object) -> None:
    """The order does not matter, NaN stays NaN where it is, and nothing else becomes NaN."""
    order = list(range(len(counts)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    together = np.array(count_interval(counts))
    assert np.array_equal(np.array(count_interval(np.array(counts)[order])), together[:, order], equal_nan=True)
    assert np.array_equal(np.isnan(together[0]), np.isnan(counts))
    assert np.array_equal(np.isnan(together[1]), np.isnan(counts))


@given(st.floats(0, 1), st.floats(1, 1e5))
def test_rounding_of_a_weighted_count_is_forgiven(share: float, n: float) -> None:
    """share * n may exceed n by the last bit."""
    assume(share > 0.5)
    assert wilson(n * (1 + 1e-12), n).upper == 1
    assert wilson(share * n, n).upper <= 1


@pytest.mark.parametrize(
    ("count", "n"),
    [(1e-9, 10), (1e-12, 1e6), (1e-6, 1e9), (0.3, 7.5), (5, 10), (1e-30, 1), (1e200, 1e300), (1e15 - 1, 1e15)],
)
def test_wilson_keeps_its_digits(count: float, n: float) -> None:
    """Against the formula in exact fractions, also of a tiny weighted count and of all but a hair."""
    z, o, base = (Fraction(number) for number in (normal_quantile(0.95), count, n))
    root = z * z + 4 * o * (1 - o / base)
    size = 10**700
    root = Fraction(isqrt(root.numerator * root.denominator * size**2), root.denominator * size)
    found = wilson(count, n)
    for limit, side in ((found.lower, -1), (found.upper, 1)):
        assert limit == pytest.approx(float((2 * o + z * z + side * z * root) / (2 * (base + z * z))), rel=1e-12, abs=0)


def test_the_unit_of_weights_does_not_matter() -> None:
    for unit in (1e-200, 1.0, 1e200, 1e308):
        assert effective_sample_size(np.array([0.2, 0.4, 1.0, 0.0, np.nan]) * unit) == pytest.approx(1.6**2 / 1.2)
