# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sets of places: exact cases, a slow twin, and that they hold the true places."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from samenspel.methods.ranks import confidence_sets, tau_best


def twin(
    x: list[float], se: list[float], simultaneous: bool, draws: int, seed: int, confidence: float = 0.95
) -> list[tuple[int, int]]:
    """Pairs one by one, on the same noise: all ordered pairs, everything computed again at each step down."""
    size = len(x)
    noise = np.random.default_rng(seed).standard_normal((size, draws), dtype=np.float32)
    rank = sorted(range(size), key=lambda j: (-x[j], se[j]))
    z = {area: noise[position] for position, area in enumerate(rank)}

    def scaled(j: int, k: int, a: float, b: float) -> float:
        return (a - b) / (se[j] ** 2 + se[k] ** 2) ** 0.5

    seen = {(j, k): scaled(j, k, x[j], x[k]) for j in range(size) for k in range(size) if j != k}
    noisy = {(j, k): (z[j] * se[j] - z[k] * se[k]) / (se[j] ** 2 + se[k] ** 2) ** 0.5 for j, k in seen}
    families = [list(seen)] if simultaneous else [[p for p in seen if j in p] for j in range(size)]
    larger: list[set[tuple[int, int]]] = []
    for family in families:
        standing, rejected = set(family), set()
        while standing:
            largest = np.max([noisy[pair] for pair in standing], axis=0)
            critical = np.sort(largest)[int(np.ceil(confidence * (draws + 1))) - 1]
            new = {pair for pair in standing if seen[pair] > critical}
            if not new:
                break
            rejected |= new
            standing -= new
        larger.append(rejected)
    found = []
    for j in range(size):
        mine = larger[0] if simultaneous else larger[j]
        found.append((1 + sum((k, j) in mine for k in range(size)), size - sum((j, k) in mine for k in range(size))))
    return found


@pytest.mark.parametrize("simultaneous", [True, False])
def test_the_slow_twin_agrees(simultaneous: bool) -> None:
    rng = np.random.default_rng(8)
    for spread in (0.1, 0.4, 3.0):
        x, se = rng.normal(0, spread, 9), rng.uniform(0.05, 0.3, 9)
        sets = confidence_sets(x, se, simultaneous=simultaneous, draws=499, seed=4)
        both = list(zip(sets.lowest.astype(int), sets.highest.astype(int), strict=True))
        assert both == twin(list(x), list(se), simultaneous, 499, 4)


def test_two_areas_are_an_ordinary_test_of_a_difference() -> None:
    """The critical value is 1.96, so 1.85 standard errors apart is open and 2.07 is not."""
    for gap, sets in ((1.85, ([1, 1], [2, 2])), (2.07, ([1, 2], [1, 2]))):
        for simultaneous in (True, False):
            found = confidence_sets([gap * 5, 0.0], [3.0, 4.0], simultaneous=simultaneous, draws=20_000)
            assert (found.lowest.tolist(), found.highest.tolist()) == sets


def test_the_first_critical_value_is_that_of_the_studentized_range() -> None:
    """Equal errors: the largest difference of p normals. Tukey's table for p = 10: 4.474 / sqrt(2) = 3.164."""
    critical = stats.studentized_range.ppf(0.95, 10, np.inf) / np.sqrt(2)
    assert critical == pytest.approx(3.164, abs=1e-3)
    middle = [0.0] * 8
    for factor, apart in ((0.97, False), (1.03, True)):
        # Only the two ends differ clearly, and each from the other alone.
        half = factor * critical * np.sqrt(2) / 2
        found = confidence_sets([half, *middle, -half], np.ones(10), draws=20_000)
        assert (found.lowest[-1], found.highest[0]) == ((2, 9) if apart else (1, 10))
        assert (found.lowest[1:-1] == 1).all() and (found.highest[1:-1] == 10).all()


@pytest.mark.parametrize("unit", [1e-41, 1e-12, 1e39, 1e300])
def test_the_unit_of_the_values_does_not_matter(unit: float) -> None:
    rng = np.random.default_rng(3)
    x, se = rng.normal(0, 0.4, 12), rng.uniform(0.02, 0.3, 12)
    for simultaneous in (True, False):
        plain = confidence_sets(x, se, simultaneous=simultaneous)
        other = confidence_sets(x * unit, se * unit, simultaneous=simultaneous)
        assert (plain.lowest == other.lowest).all() and (plain.highest == other.highest).all()


def test_exact_values_have_one_place_and_equal_values_share_places() -> None:
    found = confidence_sets([3.0, 9.0, 5.0], 0.0)
    assert found.lowest.tolist() == found.highest.tolist() == [3, 1, 2]
    tied = confidence_sets([4.0, 4.0, 1.0], 0.0)
    assert tied.lowest.tolist() == [1, 1, 3] and tied.highest.tolist() == [2, 2, 3]
    alone = confidence_sets([2.0], [1.0])
    assert (alone.lowest[0], alone.highest[0]) == (1, 1)


def test_an_area_without_a_value_is_left_out() -> None:
    found = confidence_sets([[3.0, np.nan, 1.0], [1.0, 2.0, 3.0]], [[0.1, 0.1, 0.1], [0.1, np.nan, 0.1]])
    assert np.isnan(found.lowest[:, 1]).all() and np.isnan(found.highest[:, 1]).all()
    assert found.lowest[:, [0, 2]].tolist() == [[1, 2], [2, 1]]
    assert np.isnan(confidence_sets([np.nan], [1.0]).lowest).all()
    assert tau_best([3.0, np.nan, 1.0], 0.1, 3).tolist() == [True, False, True]


def test_tau_best_holds_all_that_may_belong() -> None:
    assert tau_best([9.0, 5.0, 4.9, 0.0], [0.1, 0.2, 0.2, 0.1], 1).tolist() == [True, False, False, False]
    assert tau_best([9.0, 5.0, 4.9, 0.0], [0.1, 0.2, 0.2, 0.1], 2).tolist() == [True, True, True, False]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.booleans(), st.booleans())
def test_the_order_of_the_areas_does_not_matter(seed: int, simultaneous: bool, ties: bool) -> None:
    rng = np.random.default_rng(seed)
    x, se = rng.normal(0, 0.4, 12), rng.uniform(0.02, 0.3, 12)
    if ties:
        x[3:6], se[3:6], x[9] = x[3], se[3], x[8]
    turned = rng.permutation(12)
    sets = confidence_sets(x, se, simultaneous=simultaneous, draws=99)
    other = confidence_sets(x[turned], se[turned], simultaneous=simultaneous, draws=99)
    assert (sets.lowest[turned] == other.lowest).all() and (sets.highest[turned] == other.highest).all()
    own = 1 + (x[:, np.newaxis] < x).sum(axis=1)
    assert (sets.lowest <= own).all() and (own <= sets.highest).all()


@pytest.mark.parametrize("simultaneous", [True, False])
def test_turning_the_values_around_turns_the_places_around(simultaneous: bool) -> None:
    """Differences either clear or not to be seen, so that the other draws of the turned values do not matter."""
    x, se = np.repeat([0.0, 8.0, 16.0], 4) + np.tile([0.0, 1e-3], 6), np.linspace(0.2, 0.5, 12)
    sets = confidence_sets(x, se, simultaneous=simultaneous)
    turned = confidence_sets(-x, se, simultaneous=simultaneous)
    assert sets.lowest.tolist() == [9.0] * 4 + [5.0] * 4 + [1.0] * 4
    assert (turned.lowest == 13 - sets.highest).all() and (turned.highest == 13 - sets.lowest).all()


def test_larger_errors_or_more_confidence_never_make_a_set_smaller() -> None:
    rng = np.random.default_rng(6)
    x = rng.normal(0, 0.3, 30)
    narrow, wide = confidence_sets(x, 0.05), confidence_sets(x, 0.15)
    assert (wide.lowest <= narrow.lowest).all() and (wide.highest >= narrow.highest).all()
    surer = confidence_sets(x, 0.05, confidence=0.99)
    assert (surer.lowest <= narrow.lowest).all() and (surer.highest >= narrow.highest).all()


def test_with_equal_truths_the_error_is_what_was_agreed() -> None:
    """The hardest case, where the simultaneous sets are exact: all 15 truths equal, so every set must be 1..15."""
    rng = np.random.default_rng(9)
    se = rng.uniform(0.1, 1.0, 15)
    sets = confidence_sets(rng.normal(0, se, (2_000, 15)), se, draws=399)
    whole = ((sets.lowest == 1) & (sets.highest == 15)).all(axis=1).mean()
    assert 0.935 < whole < 0.965


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({"estimate": [np.inf, 1]}, "estimate.*inf"),
        ({"standard_error": [-1, 1]}, "standard_error.*-1"),
        ({"estimate": 1.0, "standard_error": 1.0}, "axis of areas"),
        ({"confidence": 1.0}, r"confidence.*1\.0"),
        ({"draws": 18}, "draws must be at least 19, not 18"),
    ],
)
def test_the_impossible_is_refused(arguments: dict[str, object], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        confidence_sets(**({"estimate": [1, 2], "standard_error": [1, 1]} | arguments))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"tau.*0"):
        tau_best([1, 2], [1, 1], 0)
