# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Similar areas: a worked example, a slow twin of the distances, the guard, the stability and the reasons."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import mahalanobis
from scipy.stats import norm

from samenspel.methods.peers import Level, Reason, in_words, mixed_weights, peers, reasons, standardised


def _areas(seed: int, areas: int = 40, variables: int = 6) -> np.ndarray:
    rng = np.random.default_rng(seed)
    shared = rng.normal(size=(areas, 1))
    return np.exp(0.7 * shared + rng.normal(size=(areas, variables)))


def twin(context: np.ndarray, size: np.ndarray, blocks: list[int], count: int) -> list[list[int]]:
    """By loops: ranks by counting, Mahalanobis from scipy per block, sorting."""
    areas, variables = context.shape
    scaled = np.empty(context.shape)
    for v in range(variables):
        low, high = np.quantile(context[:, v], [0.01, 0.99])
        column = [min(max(x, low), high) for x in context[:, v]]
        ranks = [sum(y < x for y in column) + (sum(y == x for y in column) + 1) / 2 for x in column]
        scores = norm.ppf([(r - 0.5) / areas for r in ranks])
        scaled[:, v] = (scores - scores.mean()) / scores.std()
    found = []
    for i in range(areas):
        near = []
        for j in range(areas):
            if i == j or max(size[i], size[j]) / min(size[i], size[j]) > 4:
                continue
            total = 0.0
            for block in set(blocks):
                of = [v for v in range(variables) if blocks[v] == block]
                together = np.corrcoef(scaled[:, of].T) * np.ones((len(of), len(of)))
                inverse = np.linalg.inv(0.9 * together + 0.1 * np.eye(len(of)))
                total += mahalanobis(scaled[i, of], scaled[j, of], inverse) ** 2
            near.append((total, j))
        found.append([j for _, j in sorted(near)[:count]])
    return found


def test_the_slow_twin_agrees() -> None:
    context, blocks = _areas(1), [0, 0, 0, 1, 1, 2]
    size = np.exp(np.random.default_rng(2).normal(10, 0.9, 40))
    found = peers(context, size, blocks=blocks, count=5, resamples=1)
    for row, expected in zip(found.neighbour, twin(context, size, blocks, 5), strict=True):
        assert [j for j in row.tolist() if j >= 0] == expected


def test_worked_example() -> None:
    """Four areas on a line: 0 and 1 are nearest to each other, 3 is far from all and not in return chosen."""
    found = peers([[0.0], [1.0], [2.2], [9.0]], [100, 100, 100, 100], transform="none", count=1, resamples=5)
    assert found.neighbour[:, 0].tolist() == [1, 0, 1, 2]
    assert found.mutual[:, 0].tolist() == [True, True, False, False]
    assert (found.stability == 1).all()
    scaled = standardised([[0.0], [1.0], [2.2], [9.0]], "none")
    assert found.distance[0, 0] == pytest.approx(scaled[1, 0] - scaled[0, 0])


def test_the_guard_of_size_leaves_fewer_neighbours() -> None:
    found = peers(_areas(3, 5), [100, 390, 401, 1000, 90_000], count=3, resamples=3)
    assert set(found.neighbour[0].tolist()) == {1, -1}
    assert found.neighbour[4].tolist() == [-1, -1, -1]
    assert np.isnan(found.distance[4]).all() and np.isnan(found.stability[4]).all() and not found.mutual[4].any()


def test_an_area_with_a_gap_has_no_neighbours_and_the_others_are_as_without_it() -> None:
    context = _areas(4)
    context[7, 2] = np.nan
    found = peers(context, np.full(40, 9.0), count=4, resamples=20)
    assert (found.neighbour[7] == -1).all() and not (found.neighbour == 7).any()
    column = standardised(np.delete(context, 7, axis=0))[:, 2]
    assert np.delete(standardised(context)[:, 2], 7) == pytest.approx(column)


def test_a_near_copy_of_a_variable_counts_once_within_a_block() -> None:
    rng = np.random.default_rng(5)
    plain = rng.normal(size=(60, 3))
    copied = np.column_stack([plain, plain[:, 0] + rng.normal(0, 1e-3, 60), plain[:, 0] + rng.normal(0, 1e-3, 60)])
    size = np.full(60, 10.0)
    alone = peers(plain, size, resamples=1).neighbour
    blocked = peers(copied, size, blocks=[0, 1, 2, 0, 0], resamples=1).neighbour
    loose = peers(copied, size, resamples=1).neighbour

    def kept(other: np.ndarray) -> float:
        return float(np.mean([len(set(a) & set(b)) for a, b in zip(alone, other, strict=True)]))

    assert kept(blocked) > 8.8 > kept(loose)


def test_stability_is_low_where_one_variable_decides() -> None:
    """Area 0 and 1 are alike in five of six variables; the sixth, apart, falls out in a sixth of the draws."""
    rng = np.random.default_rng(6)
    context = rng.normal(0, 0.3, (30, 6))
    context[0, :5] = context[1, :5] = 4.0
    context[2, :5], context[2, 5] = 3.0, 4.0
    context[0, 5], context[1, 5] = 4.0, -9.0
    found = peers(context, np.ones(30), transform="none", count=1)
    assert found.neighbour[0, 0] == 2
    assert found.stability[0, 0] == pytest.approx(5 / 6, abs=0.08)
    again = peers(context, np.ones(30), transform="none", count=1)
    assert (again.stability == found.stability)[~np.isnan(found.stability)].all()


def test_a_weight_of_zero_leaves_a_variable_out() -> None:
    context = _areas(7)
    without = peers(context[:, :5], np.ones(40), resamples=1)
    zero = peers(context, np.ones(40), weights=[1, 1, 1, 1, 1, 0], resamples=1)
    assert (without.neighbour == zero.neighbour).all()
    assert without.distance == pytest.approx(zero.distance)


def test_mixed_weights() -> None:
    assert mixed_weights([0.3, -0.1, 0.0]).tolist() == pytest.approx([0.5 + 1.125, 0.5 + 0.375, 0.5])
    assert mixed_weights([0, 0]).tolist() == [1, 1]


def test_reasons_are_shared_peculiarities_and_otherwise_shared_ordinariness() -> None:
    scaled = np.array([[2.0, -1.2, 0.1, 1.5], [1.8, -1.0, 0.0, -1.5], [0.1, 0.1, 0.1, 0.1], [0.2, 0.0, 0.15, 0.4]])
    found = reasons(scaled, 0, 1)
    assert [(r.variable, r.level) for r in found] == [(0, Level.HIGH), (1, Level.LOW)]
    assert found[0] == Reason(0, Level.HIGH, 2.0, 1.8, pytest.approx(4 - 0.04))
    assert [(r.variable, r.level) for r in reasons(scaled, 2, 3, most=2)] == [(2, Level.MIDDLE), (0, Level.MIDDLE)]
    assert reasons(scaled, 0, 2)[0] == Reason(2, Level.MIDDLE, 0.1, 0.1, pytest.approx(0.01))
    assert reasons(scaled, 0, 1, weights=[0.1, 1, 1, 1])[0].variable == 1


def test_a_level_holds_for_both() -> None:
    """One beyond half a standard deviation and the other average is no "both high", far out on one side is."""
    scaled = np.array([[0.51, 3.0, 1.5], [0.02, 2.4, 0.7], [0.0, 0.0, 0.0]])
    for here, there in ((0, 1), (1, 0)):
        assert [(r.variable, r.level) for r in reasons(scaled, here, there)] == [(1, Level.HIGH)]
    assert reasons(scaled, 0, 2) == ()
    assert [r.variable for r in reasons([[0.5], [0.1]], 0, 1)] == [0] and reasons([[0.4], [-0.4]], 0, 1) == ()


def test_reasons_add_up_to_the_distance() -> None:
    """Over all variables `closer` is the square of the distance to the average less that to the neighbour."""
    context, blocks, weights = _areas(9), [0, 0, 0, 1, 1, 2], np.array([1.0, 2, 1, 0.5, 1, 1])
    scaled = standardised(context)
    found = peers(context, np.ones(40), weights, blocks, count=39, resamples=0)
    white = scaled.copy()
    for of in ([0, 1, 2], [3, 4]):
        together = 0.9 * np.corrcoef(scaled[:, of].T) + 0.1 * np.eye(len(of))
        values, vectors = np.linalg.eigh(together)
        white[:, of] = scaled[:, of] @ vectors @ np.diag(values**-0.5) @ vectors.T
    for place, other in enumerate(found.neighbour[0]):
        closer = weights @ white[0] ** 2 - weights.sum() * found.distance[0, place] ** 2
        parts = weights * (white[0] ** 2 - (white[0] - white[other]) ** 2)
        assert parts.sum() == pytest.approx(closer)
        for reason in reasons(scaled, 0, int(other), weights, blocks=blocks):
            assert reason.closer == pytest.approx(parts[reason.variable])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(*[st.floats(-3, 3)] * 2), min_size=1, max_size=5))
def test_no_reason_is_false(pairs: list[tuple[float, float]]) -> None:
    found = reasons(np.array(pairs).T, 0, 1)
    for reason in found:
        low, high = sorted((reason.here, reason.there))
        assert {Level.HIGH: low > 0.5, Level.LOW: high < -0.5, Level.MIDDLE: -0.5 <= low <= high <= 0.5}[reason.level]
        assert high - low < max(0.5, min(abs(low), abs(high)))


@pytest.mark.parametrize(
    ("changed", "word"), [((0, -1), "neighbour.*-1"), ((3, 0), "area.*3"), ((0, 1, [1]), "weights")]
)
def test_reasons_of_what_is_no_row_are_refused(changed: tuple[int, ...], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        reasons(np.ones((3, 2)), *changed)  # type: ignore[arg-type]


def test_reasons_in_words() -> None:
    templates = {Level.HIGH: "Allebei veel {label}.", Level.LOW: "Allebei weinig {label}."}
    why = (Reason(1, Level.HIGH, 2, 2, 4), Reason(0, Level.LOW, -1, -1, 1))
    assert in_words(why, ["kinderen", "ouderen"], templates) == ("Allebei veel ouderen.", "Allebei weinig kinderen.")
    with pytest.raises(ValueError, match="middle"):
        in_words((Reason(0, Level.MIDDLE, 0, 0, 0),), ["x"], templates)


def test_transforms() -> None:
    column = np.array([[1.0], [10], [100], [1000], [np.nan]])
    assert np.diff(standardised(column, "log")[1:3, 0]) > 0
    assert np.isnan(standardised(column)[4, 0])
    assert standardised([[3.0], [3.0]]).tolist() == [[0], [0]]
    assert standardised([[0.1], [0.1], [0.1]], "none").tolist() == [[0], [0], [0]]
    scores = standardised(column[:4])[:, 0]
    assert scores == pytest.approx(-scores[::-1]) and scores.std() == pytest.approx(1)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_neither_order_nor_unit_matters(seed: int) -> None:
    context, rng = _areas(seed), np.random.default_rng(seed)
    size, order = np.exp(rng.normal(9, 0.5, 40)), rng.permutation(40)
    found = peers(context, size, blocks=[0, 0, 1, 1, 2, 2], count=6, resamples=8)
    turned = peers((context * 7 + 3)[order], size[order] * 2, blocks=[0, 0, 1, 1, 2, 2], count=6, resamples=8)
    named = np.where(turned.neighbour >= 0, order[turned.neighbour], -1)
    assert (named == found.neighbour[order]).all()
    assert turned.stability == pytest.approx(found.stability[order], nan_ok=True)
    assert (found.mutual == (found.neighbour >= 0) & _in_return(found.neighbour)).all()


def _in_return(neighbour: np.ndarray) -> np.ndarray:
    return np.array([[i in neighbour[j] for j in row] for i, row in enumerate(neighbour)])


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"context": [1.0, 2.0]}, "context"),
        ({"context": [[np.inf], [1.0]]}, "context.*inf"),
        ({"context": [[0.0], [1.0]], "transform": "log"}, r"above 0.*0\.0"),
        ({"transform": "cube"}, "transform.*cube"),
        ({"transform": ["rank", "rank"]}, "transform.*2"),
        ({"size": [1.0]}, "size"),
        ({"size": [1.0, 0.0]}, r"size.*0\.0"),
        ({"weights": [0.0]}, "weights"),
        ({"weights": [1.0, 1.0]}, "weights"),
        ({"blocks": [1, 1]}, "blocks"),
        ({"count": 0}, "count"),
    ],
)
def test_the_impossible_is_refused(changed: dict[str, object], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        peers(**({"context": [[1.0], [2.0]], "size": [1.0, 1.0]} | changed))  # type: ignore[arg-type]
