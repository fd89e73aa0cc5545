# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Change between two years and over many months: slow twins, a textbook chart, each rule alone, what is refused."""

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize

from samenspel.methods.change import ProcessChart, Rebase, between_years_variance, change, xmr
from samenspel.methods.inputs import FloatArray

# --- two years ---


def two_years(seed: int = 1, tau2: float = 0.01, size: int = 341) -> tuple[FloatArray, ...]:
    """O1, E1, O2, E2 of areas that keep their own level and differ ordinarily from year to year."""
    chance = np.random.default_rng(seed)
    expected = np.exp(chance.normal(5.5, 1, size)) + 5
    level = np.exp(chance.normal(0, 0.2, size))
    first, second = (chance.poisson(expected * level * np.exp(chance.normal(0, math.sqrt(tau2), size))) for _ in "12")
    return first.astype(float), expected, second * 1.0, expected


def test_one_area_by_hand() -> None:
    """200 of 160 expected becomes 150 of 150; the country, with the other, from 400 of 400 to 360 of 400."""
    found = change([200, 200], [160, 240], [150, 210], [150, 250], tau2=0.005)
    spread = math.sqrt(1 / 200 + 1 / 150 + 0.01)
    assert found.ratio[0] == pytest.approx(0.8)
    assert found.lower[0] == pytest.approx(0.8 * math.exp(-1.959964 * spread))
    assert found.upper[0] == pytest.approx(0.8 * math.exp(1.959964 * spread))
    assert found.country_ratio == pytest.approx(0.9)
    assert found.p_value[0] == pytest.approx(math.erfc(abs(math.log(0.8 / 0.9)) / spread / math.sqrt(2)))
    assert not found.clear.any()
    assert change([200, 200], [160, 240], [75, 210], [150, 250], tau2=0.005).clear[0]


@pytest.mark.parametrize("seed", range(4))
def test_ordinary_change_is_median_calibrated(seed: int) -> None:
    """By search: the variance at which half of the areas lie within 0.6745 standard deviations of the country."""
    o1, e1, o2, e2 = two_years(seed)
    country = math.log(o2.sum() / e2.sum()) - math.log(o1.sum() / e1.sum())
    away = np.abs(np.log(o2 / e2) - np.log(o1 / e1) - country)

    def excess(tau2: float) -> float:
        return float(np.median(away / np.sqrt(1 / o1 + 1 / o2 + 2 * tau2))) - 0.6744897501960817

    wanted = optimize.brentq(excess, 0, 5, xtol=1e-15)
    assert between_years_variance(o1, e1, o2, e2) == pytest.approx(wanted, rel=1e-8)
    assert change(o1, e1, o2, e2).tau2 == pytest.approx(wanted, rel=1e-8)
    assert wanted == pytest.approx(0.01, rel=0.5)


def test_the_truth_is_found_over_many_years_and_without_ordinary_change_it_is_none() -> None:
    many = np.array([two_years(seed) for seed in range(40)]).transpose(1, 0, 2)
    assert between_years_variance(*many).mean() == pytest.approx(0.01, rel=0.1)
    assert change(*many).clear.mean() == pytest.approx(0.05, abs=0.01)
    none = np.array([two_years(seed, 0.0) for seed in range(40)]).transpose(1, 0, 2)
    assert between_years_variance(*none).mean() < 0.001


@given(st.permutations(range(60)), st.floats(0.2, 5))
def test_no_order_and_no_unit_of_expectation_matters(order: list[int], unit: float) -> None:
    """The country's change takes up what all areas have in common."""
    parts = [part[:60] + 20 for part in two_years(3)]
    here = change(*parts)
    there = change(*(part[order] for part in parts))
    assert there.ratio == pytest.approx(here.ratio[order])
    assert there.tau2 == pytest.approx(here.tau2)
    other = change(parts[0], parts[1], parts[2], parts[3] * unit * 30)
    assert other.p_value == pytest.approx(here.p_value)
    back = change(parts[2], parts[3], parts[0], parts[1])
    assert back.ratio == pytest.approx(1 / here.ratio)
    assert back.p_value == pytest.approx(here.p_value)


def test_what_is_not_known_or_too_small_is_not_clear() -> None:
    o1, e1, o2, e2 = (part.copy() for part in two_years(2))
    o1[0], e1[1], o2[2], o2[3] = np.nan, 4.9, np.nan, 0
    found = change(o1, e1, o2, e2)
    assert np.isnan(found.ratio[:3]).all() and np.isnan(found.upper[:3]).all() and np.isnan(found.p_value[:3]).all()
    assert not found.clear[:3].any()
    assert found.ratio[3] == pytest.approx(0.5 / e2[3] * e1[3] / o1[3]) and found.clear[3]
    assert not np.isnan(found.ratio[3:]).any()
    alone = change(o1[3:], e1[3:], o2[3:], e2[3:])
    assert alone.country_ratio == pytest.approx(found.country_ratio)
    assert np.isnan(change(o1[4:12], e1[4:12], o2[4:12], e2[4:12]).tau2)
    nobody = change(np.full(20, np.nan), e1[:20], o2[:20], e2[:20])
    assert np.isnan(nobody.country_ratio) and not nobody.clear.any()


def test_rounding_makes_it_less_sure() -> None:
    parts = two_years(5)
    plain, rounded = change(*parts, tau2=0.01), change(*parts, tau2=0.01, rounding_variance=2)
    assert (rounded.upper > plain.upper).all() and (rounded.lower < plain.lower).all()
    assert (rounded.p_value >= plain.p_value).all()


def test_rows_are_apart() -> None:
    rows = np.array([two_years(6), two_years(7)]).transpose(1, 0, 2)
    together = change(*rows)
    assert together.tau2.shape == together.country_ratio.shape == (2,)
    for row in range(2):
        alone = change(*rows[:, row])
        assert together.ratio[row] == pytest.approx(alone.ratio)
        assert np.array_equal(together.clear[row], alone.clear)


# --- a process ---

VISCOSITY = [33.75, 33.05, 34.0, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.0, 33.54, 33.12, 33.84]
CALM = [10.0, 11, 10, 9, 10, 11, 9, 10, 11, 10, 9, 10, 11, 9, 10]


def test_a_chart_from_the_textbook() -> None:
    """Montgomery, Statistical Quality Control, viscosity of paint: 33.52, 32.24 to 34.80, in control."""
    chart = xmr(VISCOSITY)
    assert chart.mean[0] == pytest.approx(33.52, abs=0.005)
    assert (chart.lower[0], chart.upper[0]) == pytest.approx((32.24, 34.80), abs=0.01)
    assert not chart.signal.any()
    assert len(set(chart.upper)) == 1 and chart.rebased == () and chart.pending == ()


def slow_rules(values: list[float], chart: ProcessChart) -> list[list[bool]]:
    """The four rules, point by point."""
    size, mean, reach = len(values), chart.mean[0], chart.upper[0] - chart.mean[0]
    found = [[False] * size for _ in range(4)]
    for place, value in enumerate(values):
        found[0][place] = abs(value - mean) > reach
    for start in range(size - 6):
        seven = values[start : start + 7]
        if all(value > mean for value in seven) or all(value < mean for value in seven):
            found[1][start : start + 7] = [True] * 7
        steps = [later - earlier for earlier, later in pairwise(seven)]
        if all(step > 0 for step in steps) or all(step < 0 for step in steps):
            found[2][start : start + 7] = [True] * 7
    for start in range(size - 2):
        for side in (1, -1):
            beyond = [place for place in range(start, start + 3) if side * (values[place] - mean) > 2 / 3 * reach]
            if len(beyond) >= 2:
                for place in beyond:
                    found[3][place] = True
    return found


@given(st.lists(st.integers(-9, 9), min_size=12, max_size=40), st.floats(0, 0.8))
def test_each_rule_as_written(values: list[int], drift: float) -> None:
    series = [value + drift * place + 0.137 for place, value in enumerate(values)]
    chart = xmr(series)
    found = [chart.outside, chart.run, chart.trend, chart.two_of_three]
    if chart.upper[0] - chart.mean[0] > 1e-9:
        assert [rule.tolist() for rule in found] == slow_rules(series, chart)


def test_one_sudden_step_does_not_widen_the_limits() -> None:
    """A range above 3.267 times their mean is left out: 14 ranges, one of 30."""
    series = [*CALM[:7], *(value + 30 for value in CALM[7:])]
    ranges = [abs(b - a) for a, b in pairwise(series)]
    kept = [r for r in ranges if r <= 3.267 * sum(ranges) / len(ranges)]
    assert len(kept) == len(ranges) - 1
    chart = xmr(series)
    assert chart.upper[0] - chart.mean[0] == pytest.approx(2.66 * sum(kept) / len(kept))
    assert chart.run.all()


def test_a_known_event_starts_anew_once_there_are_enough_points() -> None:
    moved = [value + 30 for value in CALM]
    event = [Rebase(15, "Sinds juli tellen ook telefonische meldingen mee")]
    chart = xmr(CALM + moved, event)
    assert chart.rebased == (15,) and chart.pending == ()
    assert not chart.signal.any()
    assert chart.mean[15] - chart.mean[14] == pytest.approx(30)
    waiting = xmr(CALM + moved[:5], event)
    assert waiting.rebased == () and waiting.pending == (15,)
    assert waiting.mean[0] == waiting.mean[-1] and waiting.outside[15:].any()


def test_a_month_without_a_figure() -> None:
    """It has no range, ends no run and counts for no rule, and is itself no signal."""
    series = [*CALM, math.nan, *[11.0] * 4, math.nan, *[11.0] * 4]
    chart = xmr(series)
    assert not chart.signal[[15, 20]].any()
    assert chart.run[16:20].all() and chart.run[21:].all()
    assert chart.mean[0] == pytest.approx(np.nanmean(series))
    with pytest.raises(ValueError, match="12 points or more: 11"):
        xmr([*CALM[:11], math.nan, math.nan])


@given(st.floats(-1e3, 1e3), st.floats(0.01, 1e3))
def test_the_unit_does_not_matter(shift: float, unit: float) -> None:
    series = np.array([*CALM, 20, 9.5, 9, 8.7, 8, 7.2, 7, 6.1, 30])
    here, there = xmr(series), xmr(series * unit + shift)
    assert there.upper == pytest.approx(here.upper * unit + shift, rel=1e-6, abs=1e-6)
    assert np.array_equal(here.signal, there.signal)


def test_all_equal_is_no_signal() -> None:
    chart = xmr([0.1] * 20)
    assert chart.upper[0] == chart.lower[0] == pytest.approx(0.1)
    assert not chart.signal.any()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: xmr(CALM[:11]), r"values must have 12 points or more: 11"),
        (lambda: xmr([CALM, CALM]), r"values must be one series, not of shape \(2, 15\)"),
        (lambda: xmr([*CALM, math.inf]), r"values must be finite"),
        (lambda: xmr(CALM, [Rebase(13, " ")]), r"rebases must have a reason: the one at 13"),
        (lambda: xmr(CALM, [Rebase(15, "x")]), r"rebases must be in order and within the series: 15"),
        (lambda: xmr(CALM * 3, [Rebase(20, "x"), Rebase(14, "y")]), r"rebases must be in order .*: 14"),
        (lambda: xmr(CALM, [Rebase(5, "x")]), r"values must have 12 points or more: 5"),
        (lambda: change(4, 5, 6, 7), r"observed_1 must have an axis of areas: 4\.0"),
        (lambda: change([4], [5], [-6], [7]), r"observed_2 must not be negative: -6\.0"),
        (lambda: change([4], [5], [6], [7], tau2=-1), r"tau2 must not be negative"),
    ],
)
def test_impossible_input_is_named(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_few_areas_do_not_tell_what_is_ordinary() -> None:
    few = [np.full(9, number) for number in (50.0, 50.0, 200.0, 50.0)]
    found = change(*few)
    assert np.isnan(found.tau2) and np.isnan(found.lower).all() and np.isnan(found.p_value).all()
    assert not found.clear.any() and found.ratio == pytest.approx(4.0)
    assert np.isfinite(change(*few, tau2=0.01).lower).all()
