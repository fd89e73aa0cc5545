# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Variation beyond chance: slow twins, other programs, what must hold for any areas, and when an area is flagged."""

import math
from collections.abc import Callable
from random import Random
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, optimize, stats
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.multitest import multipletests

from samenspel.methods.inputs import FloatArray
from samenspel.methods.overdispersion import (
    Method,
    additive_variance,
    benjamini_hochberg,
    chance_flags,
    deviation,
    flags,
    funnel_limits,
    probability_that_matters,
)

TAU2 = 0.0324


def areas(seed: int = 1, size: int = 341, tau2: float = TAU2) -> tuple[FloatArray, FloatArray]:
    """Observed and expected of areas that differ by a log-normal with this variance."""
    chance = np.random.default_rng(seed)
    expected = np.exp(chance.normal(5.5, 1.2, size)) + 5
    return chance.poisson(expected * np.exp(chance.normal(0, math.sqrt(tau2), size))).astype(float), expected


# --- tau2 ---


@pytest.mark.parametrize("seed", range(5))
def test_median_calibration_is_what_it_says(seed: int) -> None:
    """By search: the tau2 at which half of the areas lie within 0.6745 standard deviations."""
    observed, expected = areas(seed)
    y, s = deviation(observed, expected)

    def excess(tau2: float) -> float:
        return float(np.median(np.abs(y) / np.sqrt(s**2 + tau2))) - NormalDist().inv_cdf(0.75)

    assert additive_variance(observed, expected) == pytest.approx(optimize.brentq(excess, 0, 10, xtol=1e-14), rel=1e-9)


def slow_moments(observed: FloatArray, expected: FloatArray, method: Method) -> float:
    """Spiegelhalter's moments, area by area, after dropping (SHMI) or pulling in (CQC) the outer tenths."""
    pairs = []
    for o, e in zip(observed, expected, strict=True):
        y, s = (math.log(o / e), 1 / math.sqrt(e)) if method == "shmi" else (math.sqrt(o / e) - 1, 0.5 / math.sqrt(e))
        pairs.append((y / s, 1 / s**2))
    low, high = np.percentile([z for z, _ in pairs], [10, 90])
    if method == "shmi":
        pairs = [(z, w) for z, w in pairs if low <= z <= high]
    else:
        pairs = [(min(max(z, low), high), w) for z, w in pairs]
    phi = sum(z * z for z, _ in pairs) / len(pairs)
    total, squares = sum(w for _, w in pairs), sum(w * w for _, w in pairs)
    return max(0.0, (len(pairs) * phi - (len(pairs) - 1)) / (total - squares / total))


@pytest.mark.parametrize("method", ["shmi", "cqc"])
@pytest.mark.parametrize("tau2", [0.0, TAU2, 0.3])
def test_the_official_methods(method: Method, tau2: float) -> None:
    observed, expected = areas(7, tau2=tau2)
    wanted = slow_moments(np.maximum(observed, 0.5), expected, method)
    assert additive_variance(observed, expected, method) == pytest.approx(wanted, rel=1e-9)


@pytest.mark.parametrize("tau2", [0.0, TAU2, 0.3])
def test_paule_mandel_as_statsmodels_has_it(tau2: float) -> None:
    observed, expected = areas(3, tau2=tau2)
    y, s = deviation(observed, expected)
    wanted = combine_effects(y, s**2, method_re="iterated", atol=1e-12, maxiter=500).tau2
    assert additive_variance(observed, expected, "paule-mandel") == pytest.approx(wanted, rel=1e-6, abs=1e-9)


def test_the_default_finds_the_truth_also_with_outliers() -> None:
    """The official methods find a third to a half of it, Paule-Mandel far more with outliers."""
    observed, expected = zip(*(areas(seed, 342) for seed in range(40)), strict=True)
    clean, base = np.array(observed), np.array(expected)
    assert additive_variance(clean, base).mean() == pytest.approx(TAU2, rel=0.1)
    assert additive_variance(clean, base, "paule-mandel").mean() == pytest.approx(TAU2, rel=0.1)
    assert additive_variance(clean, base, "shmi").mean() < 0.5 * TAU2
    assert additive_variance(clean, base, "cqc", transform="log").mean() < 0.6 * TAU2
    dirty = clean.copy()
    dirty[:, ::20] *= 3
    assert additive_variance(dirty, base).mean() == pytest.approx(TAU2, rel=0.25)
    assert additive_variance(dirty, base, "paule-mandel").mean() > 2 * TAU2


@pytest.mark.parametrize("method", ["median", "shmi", "cqc", "paule-mandel"])
def test_what_holds_for_each_method(method: Method) -> None:
    observed, expected = areas(5, 80)
    plain = additive_variance(observed, expected, method)
    order = np.random.default_rng(1).permutation(80)
    shuffled = additive_variance(observed[order], expected[order], method)
    assert shuffled == pytest.approx(plain, rel=1e-9)
    small = additive_variance(  # areas with fewer than 5 expected, or unknown, do not count
        np.r_[observed, 40, 3, np.nan], np.r_[expected, 4.9, np.nan, 100], method
    )
    assert small == pytest.approx(plain, rel=1e-9)
    rows = additive_variance(np.tile(observed, (2, 3, 1)), expected, method)
    assert rows.shape == (2, 3) and rows == pytest.approx(plain)
    assert additive_variance(expected, expected, method) == 0
    assert np.isnan(additive_variance(observed[:9], expected[:9], method))
    assert np.isnan(additive_variance([observed * np.nan, observed], expected, method)).tolist() == [True, False]


def test_rounding_by_the_publisher_is_not_variation_between_areas() -> None:
    chance = np.random.default_rng(2)
    expected = chance.uniform(10, 30, (200, 341))
    published = np.round(chance.poisson(expected) / 5) * 5
    taken_as_real = additive_variance(published, expected).mean()
    reckoned_with = additive_variance(published, expected, rounding_variance=2).mean()
    assert reckoned_with < taken_as_real


# --- the scale and the funnel ---


def test_scales() -> None:
    assert deviation(150, 100) == pytest.approx((math.log(1.5), 0.1))
    assert deviation(0, 100) == pytest.approx((math.log(0.005), 0.1))
    assert deviation(144, 100, "sqrt") == pytest.approx((0.2, 0.05))
    assert deviation(250, 500, "arcsine", n=1_000) == pytest.approx((math.pi / 6 - math.pi / 4, 0.5 / math.sqrt(1_000)))
    assert deviation(100, 100, rounding_variance=2).standard_error == pytest.approx(math.sqrt(1 / 100 + 2 / 100**2))
    assert np.isnan(deviation([1, np.nan], [0, 5]).value).all()


@given(st.floats(5, 1e5), st.floats(0, 0.5), st.sampled_from([0.95, 0.998]))
def test_on_the_limit_is_on_the_limit(expected: float, tau2: float, confidence: float) -> None:
    """The deviation of the limits is z times the spread, on each scale."""
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    lower, upper = funnel_limits(expected, tau2, confidence)
    assert deviation(upper * expected, expected).value == pytest.approx(z * math.sqrt(1 / expected + tau2))
    assert lower * upper == pytest.approx(1)
    root = funnel_limits(expected, tau2, confidence, transform="sqrt")
    value, error = deviation(root.upper * expected, expected, "sqrt")
    assert value == pytest.approx(z * math.sqrt(error**2 + tau2))
    assert 0 <= root.lower < 1 < root.upper
    share = funnel_limits(expected, tau2, confidence, transform="arcsine", n=3 * expected)
    assert 0 <= share.lower < 1 / 3 < share.upper <= 1


def test_the_funnel_narrows_and_knows_rows() -> None:
    expected = np.array([5.0, 50, 500, np.nan, 0])
    lower, upper = funnel_limits(expected, [0.0, TAU2])
    assert upper.shape == (2, 5)
    assert (np.diff(upper[:, :3]) < 0).all() and (np.diff(lower[:, :3]) > 0).all()
    assert (upper[1, :3] > upper[0, :3]).all()
    assert np.isnan(upper[:, 3:]).all()


# --- flags ---


def slow_probability(observed: float, expected: float) -> float:
    """The likelihood of every true log ratio, integrated numerically outside the bounds."""
    y, s = math.log(observed / expected), 1 / math.sqrt(expected)

    def density(theta: float) -> float:
        return float(stats.norm.pdf(y, theta, s))

    reach, bound = 12 * s + abs(y) + 1, math.log(1.1)
    inside = integrate.quad(density, -bound, bound)[0]
    outside = sum(integrate.quad(density, *ends, limit=200)[0] for ends in ((bound, reach), (-reach, -bound)))
    return outside / (inside + outside)


@pytest.mark.parametrize(("observed", "expected"), [(150, 100), (100, 100), (60, 90), (9, 5)])
def test_probability_is_the_posterior(observed: float, expected: float) -> None:
    assert probability_that_matters(observed, expected) == pytest.approx(slow_probability(observed, expected), rel=1e-6)


def test_an_area_that_stands_out_among_alike_ones_is_seen() -> None:
    """Bristol among the twelve centres of Aylin et al. (Lancet 2001; 358: 181), with the norm of the other eleven."""
    operations = np.array([143, 187, 323, 122, 164, 405, 239, 482, 195, 177, 581, 301])
    deaths = np.array([41, 25, 24, 23, 25, 42, 24, 53, 26, 25, 58, 31])
    expected = operations * deaths[1:].sum() / operations[1:].sum()
    tau2 = additive_variance(deaths[1:], expected[1:])
    assert flags(deaths, expected, tau2).flagged.tolist() == [True] + [False] * 11
    alike = np.full(40, 100.0)
    alike[0] = 190
    assert flags(alike, np.full(40, 100.0)).flagged.tolist() == [True] + [False] * 39


def test_an_area_is_flagged_only_under_all_conditions() -> None:
    tau2 = 0.01
    observed = np.array([200.0, 50, 112, 20_000 * 1.09, 14, 105, np.nan])
    expected = np.array([100.0, 100, 100, 20_000, 4.9, 100, 100])
    found = flags(observed, expected, tau2)
    assert found.flagged.tolist() == [True, True, False, False, False, False, False]
    assert found.direction.tolist() == [1, -1, 0, 0, 0, 0, 0]
    assert found.p_value[4] < 0.05 and found.probability_that_matters[4] > 0  # too few expected, yet computed
    assert np.isnan(found.z[6])
    assert found.chance_flags == pytest.approx(5 * 0.002)
    # A tiny but certain difference: outside a funnel without ordinary variation, and not worth a flag.
    certain = flags([20_000 * 1.09], [20_000], 0.0004)
    assert abs(certain.z[0]) > 3.09 and certain.probability_that_matters[0] < 0.95 and not certain.flagged[0]


@pytest.mark.parametrize(("observed", "expected", "tau2"), [(1, 25, 0.05), (2, 20, 0.01), (60, 15, 0.1), (0, 30, 0.2)])
def test_with_few_expected_the_tail_of_the_count_itself_decides(observed: int, expected: float, tau2: float) -> None:
    """Integrated numerically: a Poisson count so low, or so high, around a log-normal ratio."""

    def tail(theta: float) -> float:
        mean = expected * math.exp(theta)
        below = stats.poisson.cdf(observed, mean) if observed < expected else stats.poisson.sf(observed - 1, mean)
        return float(below * stats.norm.pdf(theta, 0, math.sqrt(tau2)))

    reach = 8 * math.sqrt(tau2)
    wanted = 2 * integrate.quad(tail, -reach, reach, points=[-reach / 3, 0, reach / 3], limit=400)[0]
    found = flags([observed] * 3, [expected] * 3, tau2, confidence=0.5, false_discovery_rate=None)
    assert found.flagged.all()
    on_log_scale = 2 * stats.norm.sf(abs(found.z[0]))
    assert found.p_value[0] == pytest.approx(max(wanted, on_log_scale), rel=1e-3)  # summed to 6 sd


def test_no_more_are_flagged_than_is_said() -> None:
    """On the log scale alone 1 per cent of neighbourhoods lies outside 99.8 %; with the tail of the count not."""
    chance = np.random.default_rng(6)
    expected = np.exp(chance.normal(math.log(15), 0.9, (4, 14_421)))
    observed = chance.poisson(expected * np.exp(chance.normal(0, 0.3, expected.shape)))
    found = flags(observed, expected, 0.09, false_discovery_rate=None)
    outside = (np.abs(found.z) > 3.09) & (expected >= 5)
    assert (outside.sum(1) > 3 * found.chance_flags).all()
    assert (found.flagged.sum(1) <= found.chance_flags).all()


def test_false_discoveries_are_held_back() -> None:
    """One area just outside the funnel among many is what chance gives; among many others outside it stays."""
    expected = np.full(342, 1_000.0)
    edge = np.exp(3.2 * np.sqrt(1 / 1_000 + TAU2))
    observed = expected.copy()
    observed[0] *= edge
    assert flags(observed, expected, TAU2, false_discovery_rate=None).flagged.sum() == 1
    assert flags(observed, expected, TAU2).flagged.sum() == 0
    observed[1:30] *= 3
    assert flags(observed, expected, TAU2).flagged.sum() == 30


@given(st.randoms(), st.integers(0, 339))
def test_the_order_of_areas_does_not_matter_and_more_is_more(chance: Random, place: int) -> None:
    observed, expected = areas(4)
    order = list(range(341))
    chance.shuffle(order)
    here, there = flags(observed, expected, TAU2), flags(observed[order], expected[order], TAU2)
    assert np.array_equal(there.flagged, here.flagged[order])
    more = observed.copy()
    more[place] += 10
    assert flags(more, expected, TAU2).z[place] > here.z[place]


def test_rows_are_apart() -> None:
    both = [areas(seed) for seed in (8, 9)]
    observed, expected = np.array([o for o, _ in both]), np.array([e for _, e in both])
    together = flags(observed, expected)
    assert together.chance_flags.shape == (2,)
    for row in range(2):
        alone = flags(observed[row], expected[row])
        assert np.array_equal(together.flagged[row], alone.flagged)
        assert together.z[row] == pytest.approx(alone.z)
        assert isinstance(alone.chance_flags, float)


def test_chance_flags_of_all_municipalities() -> None:
    assert chance_flags(342) == pytest.approx(0.684)
    assert chance_flags([342, 3_352]) == pytest.approx([0.684, 6.704])


# --- false discoveries ---


def test_the_example_of_the_paper() -> None:
    """Benjamini & Hochberg 1995, section 3.2: four of fifteen are rejected."""
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    assert benjamini_hochberg(p).tolist() == [True] * 4 + [False] * 11


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.sampled_from([0.01, 0.05, 0.2]))
def test_as_statsmodels_has_it(p: list[float], rate: float) -> None:
    wanted = multipletests(p, rate, "fdr_bh")[0]
    assert benjamini_hochberg(p, rate).tolist() == wanted.tolist()
    gaps = np.insert(np.array(p), 0, np.nan)
    assert benjamini_hochberg([gaps, gaps[::-1]], rate).tolist() == [
        [False, *wanted.tolist()],
        [*wanted.tolist()[::-1], False],
    ]


def test_all_unknown_holds_nothing() -> None:
    assert not benjamini_hochberg([np.nan, np.nan]).any()
    assert benjamini_hochberg([]).shape == (0,)
    assert benjamini_hochberg([0.001] * 3).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: additive_variance([1] * 20, [9] * 20, "mean"), r"method must be one of median, .*: mean"),
        (lambda: additive_variance(5, 9), r"observed must have an axis of areas: 5"),
        (lambda: additive_variance([1, -4], [9, 9]), r"observed must not be negative: -4\.0"),
        (lambda: deviation(1, 5, "cube"), r"transform must be one of log, sqrt, arcsine: cube"),
        (lambda: deviation(1, 5, "arcsine"), r"n must be given for transform arcsine"),
        (lambda: deviation(6, 5, "arcsine", n=5), r"n must not be below observed or expected"),
        (lambda: deviation(6, 5, rounding_variance=-2), r"rounding_variance must not be negative"),
        (lambda: funnel_limits(9, -0.1), r"tau2 must not be negative"),
        (lambda: probability_that_matters(9, 9, ratio=0.9), r"ratio must lie between 1 and inf: 0\.9"),
        (lambda: benjamini_hochberg([1.2]), r"p_value must not be above 1: 1\.2"),
    ],
)
def test_impossible_input_is_named(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_none_observed_is_never_more_than_expected() -> None:
    expected = np.array([0.01, 0.3, 0.5, 2.0, 40.0])
    assert deviation(np.zeros(5), expected).value == pytest.approx([0, 0, 0, -np.log(4), -np.log(80)])
    assert deviation(0, 0).value != deviation(0, 0).value  # nothing expected: nothing to say
