# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A neighbour graph cut into slices, so that a slice touches only the one before and the one after.

From an outermost area of each connected component the areas are put in order of their number of steps away. In that
order the precision matrix of a spatial model is block tridiagonal: slices of a few hundred areas for all
neighbourhoods of the Netherlands, instead of one matrix of 14,421 by 14,421. Components follow each other, and an
island without neighbours is a component of one.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.sparse import csgraph

Array = NDArray[np.float64]
Index = NDArray[np.intp]
_SMALLEST = 48  # slices are joined up to this size: below it the calls cost more than the sums


@dataclass(frozen=True, slots=True)
class Graph:
    """`order[p]` is the area at position p; all else is by position.

    `bounds`: where slices begin and end. `within[k]`: adjacency inside slice k, dense. `across[k]`: from slice k to
    slice k + 1, sparse, and `back[k]` its transpose. `adjacency`: the whole. `degree`: number of neighbours.
    `component`: number of the connected component.
    """

    size: int
    order: Index
    bounds: Index
    within: tuple[Array, ...]
    across: tuple[sparse.csr_array, ...]
    back: tuple[sparse.csr_array, ...]
    adjacency: sparse.csr_array
    degree: Array
    component: Index
    component_sizes: Index

    @property
    def widest(self) -> int:
        """The number of areas in the largest slice: memory and time grow with it."""
        return int(np.diff(self.bounds).max(initial=0))


def neighbour_graph(size: int, edges: ArrayLike) -> Graph:
    """The graph of `size` areas from `edges`: pairs (i, j) of area numbers, in any order, once or twice.

    Areas without an edge are islands. Raises ValueError for a size below 1, edges that are not pairs of whole numbers
    from 0 to size - 1, or an area that is its own neighbour.
    """
    if size < 1:
        raise ValueError(f"size must be at least 1, not {size}")
    pairs = np.asarray(edges)
    if pairs.size == 0:
        pairs = np.empty((0, 2), np.int64)
    if pairs.ndim != 2 or pairs.shape[1] != 2 or not np.issubdtype(pairs.dtype, np.integer):
        raise ValueError(f"edges must be pairs of whole numbers, not {pairs.dtype} {pairs.shape}")
    outside = pairs[(pairs < 0) | (pairs >= size)]
    if outside.size:
        raise ValueError(f"edges must name areas from 0 to {size - 1}, not {outside[0]}")
    loops = pairs[pairs[:, 0] == pairs[:, 1], 0]
    if loops.size:
        raise ValueError(f"edges must join different areas, not {loops[0]} to itself")
    both = np.concatenate([pairs, pairs[:, ::-1]]).astype(np.int64)
    key = np.unique(both[:, 0] * size + both[:, 1])
    adjacency = sparse.csr_array((np.ones(key.size), (key // size, key % size)), shape=(size, size))
    count, label = csgraph.connected_components(adjacency, directed=False)
    order = np.lexsort((np.arange(size), _steps(adjacency, label, count), label))
    turned = sparse.csr_array(adjacency[order][:, order])
    bounds = _cut(turned)
    parts = list(pairwise(bounds))
    across = tuple(sparse.csr_array(turned[a:b, c:d]) for (a, b), (c, d) in pairwise(parts))
    return Graph(
        size=size,
        order=order.astype(np.intp),
        bounds=bounds,
        within=tuple(turned[a:b, a:b].toarray() for a, b in parts),
        across=across,
        back=tuple(sparse.csr_array(edges.T.tocsr()) for edges in across),
        adjacency=turned,
        degree=np.asarray(turned.sum(axis=1), np.float64),
        component=label[order].astype(np.intp),
        component_sizes=np.bincount(label, minlength=count).astype(np.intp),
    )


def _steps(adjacency: sparse.csr_array, label: NDArray[np.int32], count: int) -> Index:
    """Per area the number of steps from an outermost area of its component, found by walking to the end three times."""
    steps = np.zeros(label.size, np.intp)
    members = np.split(np.argsort(label, kind="stable"), np.cumsum(np.bincount(label, minlength=count))[:-1])
    for areas in members:
        if areas.size <= 2:
            steps[areas] = np.arange(areas.size)
            continue
        own = sparse.csr_array(adjacency[areas][:, areas])
        start = 0
        for _ in range(3):
            away = csgraph.shortest_path(own, unweighted=True, indices=start, method="D")
            start = int(np.flatnonzero(away == away.max())[0])
        steps[areas] = csgraph.shortest_path(own, unweighted=True, indices=start, method="D").astype(np.intp)
    return steps


def _cut(adjacency: sparse.csr_array) -> Index:
    """Slice bounds such that no edge skips a slice."""
    size = adjacency.shape[0]
    reach = np.arange(size)
    rows, columns = adjacency.nonzero()
    np.maximum.at(reach, rows, columns)
    reach = np.maximum.accumulate(reach) + 1  # the neighbours of positions 0..p all lie before reach[p]
    bounds, end = [0], min(_SMALLEST, size)
    while end < size:
        bounds.append(end)
        end = min(size, max(int(reach[end - 1]), end + _SMALLEST))
    return np.array([*bounds, size], np.intp)
