# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The graph in slices and the algebra on it, beside dense matrices."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenspel.methods.shrinkage.spatial.blocks import factor, solve, variances
from samenspel.methods.shrinkage.spatial.graph import neighbour_graph
from samenspel.methods.shrinkage.spatial.prior import prior_on
from samenspel.methods.threads import one_thread
from tests.methods.shrinkage.spatial.maps import grid, islands, precision


@pytest.fixture(autouse=True, scope="module")
def _one_thread() -> Iterator[None]:
    with one_thread():
        yield


def test_slices_cover_all_edges_and_areas_once() -> None:
    size, edges = islands(14, 20)
    graph = neighbour_graph(size, [*edges, *[(j, i) for i, j in edges]])
    assert sorted(graph.order.tolist()) == list(range(size))
    assert len(graph.bounds) > 4 and graph.widest < size / 2
    inside = sum(block.sum() for block in graph.within) + 2 * sum(part.sum() for part in graph.across)
    assert inside == graph.adjacency.sum() == 2 * len(edges) == graph.degree.sum()
    assert sorted(graph.component_sizes.tolist()) == [1, 1, 3, 280]


@settings(max_examples=12, deadline=None)
@given(st.integers(1, 150), st.floats(0, 3), st.integers(0, 10_000))
def test_the_algebra_equals_dense_algebra(size: int, density: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    pairs = rng.integers(0, size, (int(density * size), 2))
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    graph = neighbour_graph(size, pairs)
    scale = np.repeat(rng.uniform(0.1, 3, (2, 1)), size, axis=1)
    diagonal = scale * graph.degree + rng.uniform(0.05, 2, (2, size))
    found, right = factor(graph, diagonal, scale), rng.normal(size=(2, size, 3))
    solved, spread = solve(found, right), variances(found)
    for b in range(2):
        dense = np.diag(diagonal[b]) - scale[b, 0] * graph.adjacency.toarray()
        inverse = np.linalg.inv(dense)
        assert found.log_determinant[b] == pytest.approx(np.linalg.slogdet(dense)[1])
        np.testing.assert_allclose(solved[b], inverse @ right[b], rtol=1e-8, atol=1e-10)
        np.testing.assert_allclose(spread[b], np.diag(inverse), rtol=1e-9)


@pytest.mark.parametrize(("sigma", "rho"), [(0.3, 0.05), (0.1, 0.6), (1.2, 0.98)])
def test_the_prior_equals_its_definition(sigma: float, rho: float) -> None:
    size, edges = islands(6, 7)
    graph = neighbour_graph(size, edges)
    diagonal, scale, determinant = prior_on(graph).precision(
        np.array([np.log(sigma)]), np.array([np.log(rho / (1 - rho))])
    )
    mine = np.diag(diagonal[0]) - scale[0][:, np.newaxis] * graph.adjacency.toarray()
    dense = precision(size, edges, sigma, rho)[np.ix_(graph.order, graph.order)]
    np.testing.assert_allclose(mine, dense, rtol=2e-4, atol=1e-9)
    assert determinant[0] == pytest.approx(np.linalg.slogdet(dense)[1], rel=2e-4)
    variance = np.diag(np.linalg.inv(dense))
    assert np.exp(np.log(variance).mean()) == pytest.approx(sigma**2, rel=1e-3)
    assert variance[graph.degree == 0] == pytest.approx(sigma**2, rel=1e-3)


@pytest.mark.parametrize(
    ("size", "edges", "word"),
    [
        (0, [], "size.*0"),
        (3, [(0, 3)], "0 to 2, not 3"),
        (3, [(1, 1)], "1 to itself"),
        (3, [(0.5, 1.0)], "whole numbers"),
        (3, [(0, 1, 2)], "pairs"),
    ],
)
def test_the_impossible_is_refused(size: int, edges: list[tuple[int, ...]], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        neighbour_graph(size, edges)


def test_a_matrix_that_is_not_positive_definite_is_said() -> None:
    graph = neighbour_graph(4, grid(2, 2))
    with pytest.raises(np.linalg.LinAlgError):
        factor(graph, np.zeros((1, 4)), np.ones((1, 4)))
