# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every method says of input it cannot use: the argument by name, never a bare error from deep inside."""

from collections.abc import Callable

import numpy as np
import pytest

from samenspel.methods.change import change
from samenspel.methods.expected import (
    area_rates,
    calibration_slope,
    design,
    exact,
    fit,
    linear,
    morans_i,
    residual_table,
    rounded,
    rounded_rate,
    secret,
    share_explained,
    spline,
)
from samenspel.methods.inputs import between, broadcast, common_shape, floats, whole
from samenspel.methods.intervals import (
    byar,
    count_interval,
    effective_sample_size,
    mean_interval,
    newcombe_difference,
    poisson_exact,
    wilson,
)
from samenspel.methods.overdispersion import (
    additive_variance,
    benjamini_hochberg,
    deviation,
    flags,
    funnel_limits,
    probability_that_matters,
)
from samenspel.methods.quantiles import quantiles
from samenspel.methods.ranks import confidence_sets, tau_best
from samenspel.methods.shrinkage import benchmark, empirical_bayes, spatial
from samenspel.methods.standardise import direct, indirect

EDGES = [(0, 1)]
TWO, THREE = np.ones(2), np.ones(3)
EMPTY = design([], {}, areas=3)


@pytest.mark.parametrize(
    ("call", "word"),
    [
        # Shapes that do not fit: which arguments, and their shapes.
        (lambda: wilson(TWO, THREE), r"count \(2,\), n \(3,\)"),
        (lambda: mean_interval(TWO, THREE, 5), r"mean \(2,\), sd \(3,\), n \(\)"),
        (lambda: newcombe_difference(TWO, TWO, THREE, THREE), r"count_1 and n_1 \(2,\), count_2 and n_2 \(3,\)"),
        (lambda: direct(THREE, TWO, TWO), r"count \(3,\), n \(2,\), weights \(2,\)"),
        (lambda: direct(TWO, TWO, TWO, squares=THREE), r"squares \(3,\)"),
        (lambda: indirect(THREE, TWO, TWO), "count must have the 2 bands of n"),
        (lambda: indirect(TWO, TWO, THREE), "reference_rate must have the 2 bands of n"),
        (lambda: indirect(TWO, TWO[:1], TWO), "count must have the 1 bands of n"),
        (lambda: indirect(np.ones((3, 2)), np.ones((2, 2)), TWO), r"count \(3, 1\), n \(2, 1\)"),
        (lambda: deviation(TWO, THREE), r"observed \(2,\), expected \(3,\)"),
        (lambda: deviation(TWO, TWO, rounding_variance=THREE), r"rounding_variance \(3,\)"),
        (lambda: deviation(TWO, TWO, "arcsine", n=THREE), r"n \(3,\)"),
        (lambda: additive_variance(TWO, THREE), r"observed \(2,\), expected \(3,\)"),
        (lambda: funnel_limits(np.ones((4, 3)), TWO), r"tau2 \(2,\)"),
        (lambda: flags(TWO, THREE), r"observed \(2,\), expected \(3,\)"),
        (lambda: change(TWO, TWO, TWO, THREE), r"observed_1 \(2,\).*expected_2 \(3,\)"),
        (lambda: quantiles(THREE, 2, population=TWO), r"value \(3,\), population \(2,\)"),
        (lambda: confidence_sets(TWO, THREE), r"estimate \(2,\), standard_error \(3,\)"),
        (lambda: empirical_bayes(TWO, THREE), r"count \(2,\), expected \(3,\)"),
        (lambda: benchmark(TWO, THREE, 1), r"estimates \(2,\), weights \(3,\)"),
        (lambda: benchmark(np.ones((4, 3)), THREE, TWO), r"total \(2, 1\)"),
        (lambda: spatial(TWO, THREE, EDGES), r"count \(2,\), expected \(3,\)"),
        (lambda: fit(EMPTY, THREE, TWO), r"count \(3,\).*base \(2,\)"),
        (lambda: area_rates(exact(TWO), THREE, 2.0), r"expected \(3,\)"),
        (lambda: rounded_rate(TWO, THREE), r"rate \(2,\), population \(3,\)"),
        (lambda: share_explained(THREE, THREE, TWO), r"base \(2,\)"),
        (lambda: residual_table(THREE, THREE, {"age": TWO}), r"age must be one per area \(3,\), not \(2,\)"),
        # No numbers.
        (lambda: wilson("5", 10), "count must be numbers: '5'"),
        (lambda: byar([1, "b"]), "count must be numbers"),
        (lambda: poisson_exact(np.array(["2026-01-01"], "M8[D]")), "count must be numbers"),
        (lambda: empirical_bayes(["a"], [1]), "count must be numbers"),
        (lambda: confidence_sets(["a"], [1]), "estimate must be numbers"),
        (lambda: spatial(["a", "b"], TWO, EDGES), "count must be numbers"),
        (lambda: benchmark(["a"], [1], 1), "estimates must be numbers"),
        (lambda: fit(EMPTY, ["a", "b", "c"], THREE), "count must be numbers"),
        (lambda: linear("age", ["a", "b", "c"]), "age must be numbers"),
        (lambda: morans_i(["a"], EDGES), "values must be numbers"),
        (lambda: share_explained(["a"], [1], [1]), "observed must be numbers"),
        # A confidence that is none.
        *(
            (lambda f=f, bad=bad: f(bad), "confidence must lie between 0 and 1")
            for bad in (95, 1.0, "0.95", None, np.array([0.9, 0.95]), 1 - 1e-16)
            for f in (
                lambda c: wilson(5, 10, c),
                lambda c: count_interval(5, c),
                lambda c: confidence_sets(TWO, TWO, c),
                lambda c: empirical_bayes(TWO, TWO, c),
                lambda c: flags(TWO, TWO, confidence=c),
                lambda c: area_rates(exact(TWO), TWO, 2.0, confidence=c),
                lambda c: fit(EMPTY, [3, 4, 5], THREE).intervals(c),
                lambda c: spatial(TWO, TWO, EDGES, confidence=c),
            )
        ),
        # Whole numbers and names.
        (lambda: quantiles(THREE, 2.5), r"groups must be a whole number.*2\.5"),
        (lambda: confidence_sets(TWO, TWO, draws=99.5), r"draws must be a whole number.*99\.5"),
        (lambda: tau_best(TWO, TWO, 1.5), r"tau must be a whole number.*1\.5"),
        (lambda: spatial(TWO, TWO, EDGES, workers=None), "workers must be a whole number.*None"),
        (lambda: fit(EMPTY, [1, 2, 3], THREE, "nb"), "family must be one of poisson, negative_binomial.*nb"),
        (lambda: probability_that_matters(TWO, TWO, ratio="2"), "ratio must lie between"),
        (lambda: benjamini_hochberg(TWO, 5), "rate must lie between"),
        # What cannot be.
        (lambda: indirect([10, 20], [0, 200], [0.1, 0.1]), "n must be above 0 where there are events"),
        (lambda: indirect([10], [0, 0], [0.1, 0.1]), "n must be above 0 where there are events"),
        (lambda: rounded([15, 12], 5), r"count must be a multiple of 5.*12\.0"),
        (lambda: rounded([10, 5], 5, lowest=8), r"count must come from 8 or more: 5\.0"),
        (lambda: area_rates(secret(2)._replace(upper=-TWO), TWO, 2.0), "count.upper must not be negative"),
        (lambda: area_rates(secret(2, 3.0)._replace(lower=9 * TWO), TWO, 2.0), r"count.lower.*9\.0"),
        (lambda: calibration_slope([5, 6, 7.0], [1, 2, 3.0], [10, 20, 30.0]), "expected is the same share"),
        (lambda: morans_i(THREE, [(0, -1)]), "neighbours names row -1"),
        (lambda: morans_i(THREE, [(0, 3)]), "neighbours names row 3"),
        (lambda: morans_i(THREE, [(0.5, 1)]), "neighbours must be pairs of row numbers"),
        (lambda: morans_i([[1.0, 2]], EDGES), "values must be one row"),
        (lambda: residual_table(THREE, THREE, {}, parts=1), "parts must be a whole number, 2 or more: 1"),
    ],
)
def test_impossible_input_is_named(call: Callable[[], object], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        call()


@pytest.mark.parametrize("value", [0.1, 1 / 3, 0.7, 2.3, 1e9 / 7, -0.1])
def test_what_is_the_same_everywhere_to_rounding_explains_nothing(value: float) -> None:
    for size in (3, 6, 7, 10, 30, 342):
        same = np.full(size, value)
        for term in (linear, spline):
            with pytest.raises(ValueError, match="in all areas"):
                term("age", same)
            with pytest.raises(ValueError, match="in all areas"):
                term("age", same * 3 - same * 2 + np.resize([0.0, np.spacing(value)], size))
    rng = np.random.default_rng(1)
    people = rng.uniform(100, 1e5, 50)
    assert np.isnan(share_explained(0.1 * people, 0.2 * people, people))
    ring = [(i, (i + 1) % 50) for i in range(50)]
    assert np.isnan(morans_i(np.full(50, value), ring).statistic)


def test_a_mask_is_a_gap() -> None:
    masked = np.ma.array([5.0, 7.0, 9.0], mask=[False, True, False])
    assert np.isnan(floats("x", masked)).tolist() == [False, True, False]
    assert np.isnan(floats("x", np.ma.array([5, 7], mask=[0, 1]))).tolist() == [False, True]
    for found in (
        wilson(masked, 10).lower,
        byar(masked).upper,
        empirical_bayes(masked, THREE * 5).estimate,
        confidence_sets(masked, THREE).lowest,
        spatial(masked, THREE * 5, [(0, 1), (1, 2)]).mean,
        deviation(masked, THREE).value,
        quantiles(masked, 2),
    ):
        assert np.isnan(found).tolist() == [False, True, False]


def test_nothing_gives_nothing_without_a_warning() -> None:
    """Warnings are errors here."""
    assert np.isnan(additive_variance([], [])) and np.isnan(additive_variance(np.zeros((2, 0)), 0.0)).all()
    found = change([], [], [], [])
    assert found.ratio.shape == (0,) and np.isnan(found.country_ratio) and np.isnan(found.tau2)
    assert quantiles([]).shape == (0,) and quantiles(np.zeros((2, 0))).shape == (2, 0)
    assert confidence_sets([], []).lowest.shape == (0,) and empirical_bayes([], []).estimate.shape == (0,)
    assert count_interval([]).lower.shape == (0,) and effective_sample_size([]) == 0
    assert flags([], []).flagged.shape == (0,) and benjamini_hochberg([]).shape == (0,)


def test_one_number_gives_one_number() -> None:
    assert area_rates(exact(5), 4.0, 2.0).mean.shape == () and area_rates(exact(5), [4.0, 5.0], 2.0).mean.shape == (2,)
    assert isinstance(benjamini_hochberg(0.01), np.bool_) and benjamini_hochberg(0.01) and not benjamini_hochberg(0.3)
    assert effective_sample_size(3) == 1


def test_the_helpers() -> None:
    assert common_shape(("a", "b"), np.ones((2, 1)), np.ones(3)) == (2, 3)
    assert [part.shape for part in broadcast(("a", "b"), np.ones((2, 1)), np.ones(3))] == [(2, 3)] * 2
    assert between("x", np.float64(0.5), 0, 1) == 0.5 and whole("x", np.int64(3), 2) == 3
    with pytest.raises(ValueError, match="x must be finite: inf"):
        floats("x", [1, np.inf])
    assert np.isnan(floats("x", [1, None])).tolist() == [False, True]
