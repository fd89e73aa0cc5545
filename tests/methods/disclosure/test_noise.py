# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounding, cell keys, the lasting coin and discrete Laplace: moments, bounds, and slow twins."""

import math
import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from samenspel.methods.disclosure import estimates
from samenspel.methods.disclosure.coin import Coin, odds_for
from samenspel.methods.disclosure.laplace import (
    Budget,
    BudgetSpent,
    KeyedSource,
    Spending,
    draw,
    scale_for,
    variance,
)
from samenspel.methods.disclosure.noise import (
    KEY_BITS,
    cell_key,
    perturbed,
    ptable,
    record_key,
    rounded,
    rounding_variance,
)

KEY = b"a key of sixteen"
ANY_KEY = st.integers(0, 2**KEY_BITS - 1)
EVERY = (np.arange(200_000) * (2**KEY_BITS / 200_000)).astype(np.int64)  # cell keys evenly spread


# --- rounding ---------------------------------------------------------------------------------------------------------


@given(st.integers(0, 10_000), ANY_KEY)
def test_rounding_goes_to_a_neighbour(count: int, key: int) -> None:
    found = int(rounded(count, key))
    assert found % 5 == 0
    assert abs(found - count) < 5
    if count % 5 == 0:
        assert found == count


@pytest.mark.parametrize("count", [0, 1, 4, 12, 103])
def test_rounding_is_right_on_average(count: int) -> None:
    found = rounded(count, EVERY)
    assert found.mean() == pytest.approx(count, abs=1e-4)
    assert found.var() == pytest.approx(float(rounding_variance(count)), abs=1e-3)


# --- cell key ---------------------------------------------------------------------------------------------------------


def test_the_table_has_the_moments_it_promises() -> None:
    table = ptable()
    assert table.probabilities.shape == (4, 7)
    assert table.row(0).tolist() == [0, 0, 0, 1, 0, 0, 0]
    for count in (1, 2, 3, 50):
        row = table.row(count)
        assert row.sum() == pytest.approx(1, abs=1e-12)
        assert row @ table.changes == pytest.approx(0, abs=1e-12)
        assert row @ table.changes**2 == pytest.approx(2, abs=1e-12)
        assert (row[table.changes < -count] == 0).all()
    assert table.row(9) == pytest.approx([0.0374, 0.1119, 0.2161, 0.2692, 0.2161, 0.1119, 0.0374], abs=5e-5)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_no_other_table_has_more_entropy(count: int) -> None:
    """The twin: maximise the entropy itself under the two moments, by a general method."""
    changes = np.arange(-count, 4)
    found = minimize(
        lambda p: float(np.sum(p * np.log(p))),
        np.full(len(changes), 1 / len(changes)),
        bounds=[(1e-9, 1)] * len(changes),
        constraints=[
            {"type": "eq", "fun": lambda p: p.sum() - 1},
            {"type": "eq", "fun": lambda p: p @ changes},
            {"type": "eq", "fun": lambda p: p @ changes**2 - 2},
        ],
        options={"ftol": 1e-12, "maxiter": 500},
    )
    assert ptable().row(count)[3 - count :] == pytest.approx(found.x, abs=1e-4)


@given(st.integers(0, 1000), ANY_KEY)
def test_a_change_stays_small_and_zero_stays_zero(count: int, key: int) -> None:
    found = int(perturbed(count, key))
    assert found >= 0
    assert abs(found - count) <= 3
    if count == 0:
        assert found == 0


@pytest.mark.parametrize("count", [0, 1, 2, 3, 40])
def test_a_perturbed_count_is_right_on_average(count: int) -> None:
    found = perturbed(count, EVERY)
    assert found.mean() == pytest.approx(count, abs=1e-3)
    assert found.var() == pytest.approx(2 if count else 0, abs=1e-3)


def test_the_same_people_give_the_same_noise_in_every_table_of_a_release_only() -> None:
    people = [f"person {i}" for i in range(40)]
    keys = [record_key(KEY, person) for person in people]
    assert cell_key(keys) == cell_key(reversed(keys))
    assert cell_key(keys) != cell_key(record_key(KEY + b"!", person) for person in people)
    drawn = np.array([record_key(KEY, str(i)) for i in range(4000)]) / 2**KEY_BITS
    assert np.histogram(drawn, 10, (0, 1))[0] == pytest.approx(400, abs=100)


@pytest.mark.parametrize(("distance", "size"), [(0, 1.0), (3, 3.0), (3, 0.0)])
def test_impossible_tables(distance: int, size: float) -> None:
    with pytest.raises(ValueError, match=r"distance|variance"):
        ptable(distance, size)


def test_impossible_counts_and_keys() -> None:
    with pytest.raises(ValueError, match="counts"):
        perturbed(-1, 5)
    with pytest.raises(ValueError, match="counts"):
        rounded(1.5, 5)
    with pytest.raises(ValueError, match="cell_keys"):
        perturbed(1, 2**KEY_BITS)
    with pytest.raises(ValueError, match="key"):
        record_key(b"short", "x")


# --- the lasting coin -------------------------------------------------------------------------------------------------


@given(st.integers(2, 11), st.floats(1.5, 1000))
def test_odds_change_by_no_more_than_the_coin_allows(answers: int, odds: float) -> None:
    coin = Coin(answers, odds)
    assert coin.keep + (answers - 1) * coin.other == pytest.approx(1)
    assert coin.keep / coin.other == pytest.approx(odds)
    assert coin.highest_certainty() == pytest.approx(odds / (odds + 1))


def test_the_default_makes_nobody_sure() -> None:
    assert Coin(2).keep == pytest.approx(10 / 11)
    assert Coin(2).highest_certainty() == pytest.approx(10 / 11)
    assert Coin(2).highest_certainty(0.9) < 0.99


def test_a_lopsided_question_needs_a_stronger_coin() -> None:
    assert odds_for(0.9) == pytest.approx(11)
    assert Coin(2, odds_for(0.9)).highest_certainty(0.9) == pytest.approx(0.99)
    assert odds_for(0.5) == pytest.approx(99)
    with pytest.raises(ValueError, match="common"):
        odds_for(0.995)


def test_the_coin_falls_once() -> None:
    coin = Coin(3, 10)
    falls = [coin.exchanged(KEY, str(i), 1) for i in range(6000)]
    assert falls == [coin.exchanged(KEY, str(i), 1) for i in range(6000)]
    assert np.bincount(falls, minlength=3) / 6000 == pytest.approx([coin.other, coin.keep, coin.other], abs=0.02)
    assert falls != [coin.exchanged(KEY + b"!", str(i), 1) for i in range(6000)]
    assert Coin(3, math.inf).exchanged(KEY, "x", 2) == 2


@given(st.floats(0, 1), st.integers(2, 6))
def test_the_coin_can_be_undone_on_average(share: float, answers: int) -> None:
    coin = Coin(answers)
    expected = share * coin.keep + (1 - share) * coin.other
    assert float(coin.share(expected)) == pytest.approx(share, abs=1e-9)


# --- intervals --------------------------------------------------------------------------------------------------------


@settings(max_examples=200)
@given(st.integers(10, 500), st.data())
def test_noise_widens_an_interval(people: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, people))
    quiet = estimates.share(Coin(2, math.inf), people, count, 0, 0)
    noisy = estimates.share(Coin(2, math.inf), people, count, 2, 2)
    with_coin = estimates.share(Coin(2), people, count, 2, 2)
    for found in (quiet, noisy, with_coin):
        assert 0 <= found.lower <= found.value <= found.upper <= 1
    assert noisy.upper - noisy.lower > quiet.upper - quiet.lower


def test_without_noise_the_interval_is_wilsons() -> None:
    """Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662."""
    found = estimates.share(Coin(2, math.inf), 263, 81, 0, 0)
    assert (found.lower, found.upper) == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    numbers = np.random.default_rng(7)
    coin, people, truth, inside = Coin(2), 60, 0.3, 0
    for _ in range(1500):
        yes = numbers.binomial(people, truth)
        counted = numbers.binomial(yes, coin.keep) + numbers.binomial(people - yes, coin.other)
        base, found = perturbed([people, counted], numbers.integers(0, 2**KEY_BITS, 2))
        interval = estimates.share(coin, int(base), int(found), 2, 2)
        inside += interval.lower <= truth <= interval.upper
    assert 0.935 <= inside / 1500 <= 0.98


def test_shares_are_published_in_whole_per_cents() -> None:
    assert estimates.in_per_cent(estimates.Estimate(0.3149, 0.2851, 0.3401)) == (0.31, 0.28, 0.35)
    assert estimates.in_per_cent(estimates.Estimate(0.0, 0.0, 0.07)) == (0.0, 0.0, 0.07)


def test_the_tails_of_laplace_are_those_of_the_sum_itself() -> None:
    """Without chance (a share of 0) the noise is one Laplace, of which the probability outside is exp(-x / scale)."""
    distance = np.array([0.5, 8.5, 24.5, 40.5])
    found = estimates._outside(distance, np.zeros(4), 1, math.exp(-1 / 8), 50.0)
    assert found == pytest.approx(np.exp(-(distance - 0.5) / 8), abs=0.01)


@pytest.mark.parametrize(
    ("people", "yes"),
    [(40, 1), *(pytest.param(*case, marks=pytest.mark.slow) for case in ((40, 3), (40, 20), (200, 6)))],
)
def test_intervals_with_laplace_hold_the_truth_also_near_zero(people: int, yes: int) -> None:
    numbers, coin, runs, inside = np.random.default_rng(3), Coin(2), 100, []
    e = math.exp(-1 / 8)
    for _ in range(runs if yes == 1 else 600):
        said = numbers.binomial(people, yes / people)
        counted = numbers.binomial(said, coin.keep) + numbers.binomial(people - said, coin.other)
        first, second = numbers.geometric(1 - e, 2) - numbers.geometric(1 - e, 2)
        counts = [int(counted + first), int(people - counted + second)]
        if sum(counts) >= 1:
            found = estimates.share_with_laplace(coin, counts, 0, 8.0)
            inside.append(found.lower <= yes / people <= found.upper)
    assert np.mean(inside) >= (0.9 if yes == 1 else 0.935)


# --- discrete Laplace -------------------------------------------------------------------------------------------------


def test_the_variance_of_discrete_laplace() -> None:
    """The sum itself, to a hundred terms; epsilon 1 has standard deviation 1.357."""
    for scale in (0.5, 1.0, 4.0):
        sizes = np.arange(-400, 401)
        mass = np.exp(-np.abs(sizes) / scale)
        assert variance(scale) == pytest.approx(float(mass @ sizes**2 / mass.sum()))
    assert math.sqrt(variance(1)) == pytest.approx(1.357, abs=5e-4)


@pytest.mark.parametrize("scale", [Fraction(1), Fraction(5, 2), Fraction(1, 3)])
def test_draws_follow_the_distribution(scale: Fraction) -> None:
    source = random.Random(3)
    found = np.array([draw(scale, source) for _ in range(8000)])
    mass = np.exp(-np.abs(np.arange(-3, 4)) / float(scale))
    whole = np.exp(-np.abs(np.arange(-200, 201)) / float(scale)).sum()
    for size, expected in zip(range(-3, 4), mass / whole, strict=True):
        assert np.mean(found == size) == pytest.approx(expected, abs=4.5 * math.sqrt(expected * (1 - expected) / 8000))


def test_a_keyed_source_repeats_itself_and_is_even() -> None:
    first, again = KeyedSource(KEY, "a"), KeyedSource(KEY, "a")
    drawn = [first.randrange(6) for _ in range(6000)]
    assert drawn == [again.randrange(6) for _ in range(6000)]
    assert drawn != [KeyedSource(KEY, "b").randrange(6) for _ in range(6000)]
    assert np.bincount(drawn) / 6000 == pytest.approx(1 / 6, abs=0.02)
    assert KeyedSource(KEY, "a").randrange(1) == 0
    assert -40 < draw(2) < 40


def test_the_year_has_one_epsilon() -> None:
    budget = Budget()
    for _ in range(4):
        budget = budget.charge(Spending("debt", "panel", 2026, Fraction(1, 4)))
    assert budget.spent("panel", 2026) == 1
    assert budget.rho("panel") == Fraction(1, 8)
    with pytest.raises(BudgetSpent):
        budget.charge(Spending("violence", "panel", 2026, Fraction(1, 100)))
    assert budget.charge(Spending("debt", "panel", 2027, Fraction(1, 4))).spent("panel", 2027) == Fraction(1, 4)
    assert scale_for(Fraction(1, 4), tables=3, cells_changed=2) == 24


def test_impossible_scales_and_budgets() -> None:
    for call in (lambda: draw(0), lambda: variance(-1), lambda: scale_for(Fraction(0))):
        with pytest.raises(ValueError):
            call()
    with pytest.raises(ValueError, match="epsilon"):
        Budget().charge(Spending("debt", "panel", 2026, Fraction(0)))
