# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Empirical Bayes: a worked example, a slow twin, limits, and that its interval holds what it says."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats
from scipy.special import gammaincinv

from samenspel.methods.shrinkage import empirical_bayes
from samenspel.methods.shrinkage.gamma import gamma_quantile


def twin(count: list[float], expected: list[float]) -> tuple[list[float], list[float], list[float]]:
    """The same by loops and numerical integration: nothing of the module under test."""
    m = sum(count) / sum(expected)
    total = sum(expected)
    p = [o / e for o, e in zip(count, expected, strict=True)]
    moment = sum(e * (x - m) ** 2 for e, x in zip(expected, p, strict=True)) / total - m / (total / len(count))
    a = max(0.0, moment)
    var_a = 0.0
    for e in expected:
        mu, phi = m * e, a / m**2
        cumulant = mu * (1 + phi * mu) * (1 + 6 * phi * mu * (1 + phi * mu))
        var_a += (e / total) ** 2 * (2 * (a + m / e) ** 2 + cumulant / e**4)
    sd = math.sqrt(var_a)
    cut = stats.truncnorm(-moment / sd, np.inf, loc=moment, scale=sd)
    likely, left = float(cut.mean()), float(cut.var())
    estimate, lower, upper = [], [], []
    for o, e in zip(count, expected, strict=True):
        middle = m + (o / e - m) * a / (a + m / e)
        # The gamma posterior at the likely A, whose moments are taken by integration.
        shape, rate = m**2 / likely, m / likely

        def density(t: float, o: float = o, e: float = e, shape: float = shape, rate: float = rate) -> float:
            return float(stats.gamma.pdf(t, shape, scale=1 / rate) * math.exp(o * math.log(t * e) - t * e))

        norm, first, second = (
            integrate.quad(lambda t, k=k: t**k * density(t) if t else 0.0, 0, 12, limit=400)[0] for k in range(3)
        )
        spread = second / norm - (first / norm) ** 2
        keep = likely / (likely + m / e)
        spread += (1 - keep) ** 2 * sum((x / total) ** 2 * (likely + m / x) for x in expected)
        spread += (o / e - m) ** 2 * ((m / e) / (likely + m / e) ** 2) ** 2 * left
        law = stats.gamma(middle**2 / spread, scale=spread / middle)
        estimate.append(middle)
        lower.append(float(law.ppf(0.025)))
        upper.append(float(law.ppf(0.975)))
    return estimate, lower, upper


def test_worked_example() -> None:
    """Marshall's estimator by hand: m = 1, s2 = .34, A = .34 - 1/10 = .24, weight of an area with 10: 0.24/0.34."""
    found = empirical_bayes([4, 8, 10, 11, 17], [10, 10, 10, 10, 10])
    s2 = (36 + 4 + 0 + 1 + 49) / 100 / 5
    a = s2 - 0.1
    weight = a / (a + 0.1)
    assert found.mean == pytest.approx(1.0)
    assert found.variance == pytest.approx(a)
    assert found.weight == pytest.approx(weight)
    assert found.estimate == pytest.approx([1 - 0.6 * weight, 1 - 0.2 * weight, 1, 1 + 0.1 * weight, 1 + 0.7 * weight])


@pytest.mark.parametrize(
    ("count", "expected"),
    [([3, 9, 14, 2, 30], [5.0, 8.0, 9.0, 4.5, 20.0]), ([4, 5, 6, 4], [4.0, 5.5, 5.0, 4.5])],
    ids=["spread", "no spread"],
)
def test_the_slow_twin_agrees(count: list[float], expected: list[float]) -> None:
    fast = empirical_bayes(count, expected)
    for mine, theirs in zip(fast[:3], twin(count, expected), strict=True):
        assert mine == pytest.approx(theirs, rel=1e-6)


def test_without_spread_all_areas_get_the_common_mean_but_an_interval_of_some_width() -> None:
    found = empirical_bayes([10, 20, 30], [10, 20, 30])
    assert found.variance == 0
    assert found.estimate == pytest.approx([1, 1, 1])
    assert (found.upper - found.lower > 0.2).all()


def test_much_information_keeps_the_own_ratio() -> None:
    found = empirical_bayes([8e6, 1.3e7], [1e7, 1e7])
    assert found.estimate == pytest.approx([0.8, 1.3], abs=1e-5)
    assert found.upper - found.lower == pytest.approx(2 * 1.96 * np.sqrt([8e6, 1.3e7]) / 1e7, rel=0.01)


def test_rows_stand_alone_and_missing_areas_are_left_out() -> None:
    rng = np.random.default_rng(3)
    expected = rng.uniform(2, 60, 40)
    count = rng.poisson(expected * rng.gamma(8, 1 / 8, (3, 40))).astype(float)
    together = empirical_bayes(count, expected)
    assert together.estimate.shape == (3, 40) and together.mean.shape == (3,)
    for row in range(3):
        for a, b in zip(together, empirical_bayes(count[row], expected), strict=True):
            assert a[row] == pytest.approx(b)
    count[1, 7] = np.nan
    holed = empirical_bayes(count, expected)
    less = empirical_bayes(np.delete(count[1], 7), np.delete(expected, 7))
    assert np.isnan(holed.estimate[1, 7]) and np.isnan(holed.lower[1, 7]) and np.isnan(holed.upper[1, 7])
    assert np.delete(holed.upper[1], 7) == pytest.approx(less.upper)


def test_nothing_expected_gets_the_common_mean_and_the_widest_interval() -> None:
    count, expected = [0.0, 5, 20, 9, 40], [0.0, 8, 10, 12, 25]
    found = empirical_bayes(count, expected)
    small = empirical_bayes([0.0, *count[1:]], [1e-7, *expected[1:]])
    assert found.estimate[0] == found.mean
    # Not equal: an area with almost nothing still counts among the areas of Marshall's average.
    assert (found.lower[0], found.upper[0]) == pytest.approx((small.lower[0], small.upper[0]), rel=0.1)
    assert np.argmax(found.upper - found.lower) == 0


def test_no_event_anywhere() -> None:
    found = empirical_bayes([0, 0], [10, 20])
    assert found.estimate.tolist() == found.lower.tolist() == [0, 0]
    assert found.upper == pytest.approx(-math.log(0.025) / 30)  # the exact Poisson limit of 0 out of 30
    assert np.isnan(empirical_bayes([0, 0], [0, 0]).estimate).all()
    assert np.isnan(empirical_bayes([np.nan], [np.nan]).mean)


@pytest.mark.parametrize(
    ("count", "expected", "word"),
    [([-1, 2], [3, 3], "count"), ([1, 2], [-3, 3], "expected"), ([1, 2], [0, 3], "count"), (1, 2, "areas")],
)
def test_the_impossible_is_refused(count: object, expected: object, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        empirical_bayes(count, expected)  # type: ignore[arg-type]


def test_a_confidence_outside_0_and_1_is_refused() -> None:
    with pytest.raises(ValueError, match=r"confidence.*1\.5"):
        empirical_bayes([1, 2], [1, 2], confidence=1.5)


@given(
    st.lists(st.tuples(st.integers(0, 500), st.floats(0.1, 400)), min_size=2, max_size=12),
    st.floats(0.01, 100),
)
def test_between_own_and_common_ratio_whatever_the_order_or_the_unit(
    areas: list[tuple[int, float]], unit: float
) -> None:
    count, expected = np.array(areas).T
    found = empirical_bayes(count, expected)
    own = count / expected
    slack = 1e-9 * (1 + own)
    assert (found.estimate >= np.minimum(own, found.mean) - slack).all()
    assert (found.estimate <= np.maximum(own, found.mean) + slack).all()
    assert (found.lower <= found.estimate + slack).all() and (found.lower <= found.upper).all()
    turned = empirical_bayes(count[::-1], expected[::-1])
    assert turned.upper[::-1] == pytest.approx(found.upper, rel=1e-7)
    scaled = empirical_bayes(count, expected * unit)
    assert scaled.estimate * unit == pytest.approx(found.estimate, rel=1e-6, abs=1e-12)
    assert scaled.upper * unit == pytest.approx(found.upper, rel=1e-6)


@pytest.mark.parametrize(("mean", "sd"), [(10, 0.05), (10, 0.2), (50, 0.1)])
def test_the_interval_holds_the_truth(mean: float, sd: float) -> None:
    """342 areas, 60 times. The plain gamma posterior covers .59, .94 and .94 here; too wide is allowed."""
    rng = np.random.default_rng(11)
    expected = mean * np.exp(rng.normal(0, 0.8, (60, 342)))
    truth = rng.gamma(1 / sd**2, sd**2, (60, 342))
    found = empirical_bayes(rng.poisson(expected * truth), expected)
    covered = ((found.lower <= truth) & (truth <= found.upper)).mean()
    assert covered > 0.935


def test_quantiles_of_many_shapes_equal_single_ones() -> None:
    shapes = np.concatenate([np.exp(np.linspace(-8, 19, 5_000)), [np.nan]])
    for probability in (0.001, 0.025, 0.5, 0.999):
        many = gamma_quantile(shapes, probability)
        assert np.isnan(many[-1])
        np.testing.assert_allclose(many[:-1], gammaincinv(shapes[:-1], probability), rtol=1e-7)


@pytest.mark.parametrize("unit", [1e2, 1e10, 1e15, 1e20, 1e60])
def test_nothing_beside_very_much_is_known(unit: float) -> None:
    """An area without events beside one with as many as expected: its estimate is small, above 0, with limits around.

    m = 1/2, A = 1/4 - 1/(2 E) and the estimate m^2 / (A E + m) for the first.
    """
    found = empirical_bayes([0.0, unit], [unit, unit])
    assert found.estimate[0] == pytest.approx(0.25 / (0.25 * unit), rel=1e-9)
    assert (found.lower > 0).all() and (found.lower <= found.estimate).all() and (found.estimate <= found.upper).all()
    assert found.upper[0] < 20 / unit
