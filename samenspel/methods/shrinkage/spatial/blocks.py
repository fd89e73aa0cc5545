# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Exact algebra with `A = diag(d) - c W` of a sliced graph: solve, log determinant, and the diagonal of the inverse.

For slices 1..K, with `W_k` the edges from slice k to k + 1:

    S_1 = A_11,   S_{k+1} = A_{k+1,k+1} - c^2 W_k' S_k^-1 W_k,   log|A| = sum log|S_k|

and the inverse, from the last slice back (Takahashi's recursion for blocks):

    V_K = S_K^-1,   V_k = S_k^-1 + c^2 S_k^-1 W_k V_{k+1} W_k' S_k^-1

No approximation and no sampling. A batch of matrices over one graph is worked at a time: `d` and `c` are batch x areas.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg.lapack import dpotrf, dpotri

from samenspel.methods.shrinkage.spatial.graph import Graph

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Factor:
    """`inverse[k]`: S_k^-1 (batch x slice x slice). `log_determinant`: per matrix of the batch."""

    graph: Graph
    scale: Array
    inverse: tuple[Array, ...]
    log_determinant: Array


def factor(graph: Graph, diagonal: Array, scale: Array) -> Factor:
    """Factor `diag(diagonal) - scale W`, batch x areas by position; `scale` must be equal within a component.

    Raises numpy.linalg.LinAlgError when a matrix is not positive definite.
    """
    inverse: list[Array] = []
    determinant = np.zeros(diagonal.shape[0])
    taken: Array | None = None
    for k, (start, end) in enumerate(pairwise(graph.bounds)):
        c = scale[:, start:end]
        block = -c[:, :, np.newaxis] * graph.within[k]
        if taken is not None:
            block -= taken * (c[:, :, np.newaxis] * c[:, np.newaxis, :])
        here = np.arange(end - start)
        block[:, here, here] += diagonal[:, start:end]
        determinant += _invert(block)
        inverse.append(block)
        if k < len(graph.across):
            taken = _between(block, graph.back[k])
    return Factor(graph, scale, tuple(inverse), determinant)


def _invert(blocks: Array) -> Array:
    """Each symmetric block replaced by its inverse; the log determinants."""
    logs = np.empty(blocks.shape[0])
    for b, block in enumerate(blocks):
        # The transpose of a row-major array is column-major: LAPACK then works in place.
        root, failed = dpotrf(block.T, lower=1, clean=0, overwrite_a=1)
        if failed:
            raise np.linalg.LinAlgError(f"not positive definite at row {failed} of a slice")
        logs[b] = 2 * np.log(np.diagonal(root)).sum()
        half, _ = dpotri(root, lower=1, overwrite_c=1)
        lower = np.tril(half)
        np.add(lower, lower.T, out=block)
        np.einsum("ii->i", block)[...] *= 0.5
    return logs


def _between(middle: Array, turned: sparse.csr_array) -> Array:
    """turned middle turned', for a batch of symmetric matrices."""
    batch, rows, _ = middle.shape
    columns = turned.shape[0]
    first = np.asarray(turned @ middle.reshape(batch * rows, rows).T).reshape(columns, batch, rows)
    second = np.ascontiguousarray(first.transpose(2, 1, 0)).reshape(rows, batch * columns)
    return np.asarray(turned @ second).reshape(columns, batch, columns).transpose(1, 0, 2)


def solve(found: Factor, right: Array) -> Array:
    """A^-1 right, for right of batch x areas x columns."""
    bounds, across, scale = found.graph.bounds, found.graph.across, found.scale
    parts = [right[:, a:b] for a, b in pairwise(bounds)]
    forward = [parts[0]]
    for k, edges in enumerate(found.graph.back):
        c = scale[:, bounds[k + 1] : bounds[k + 2], np.newaxis]
        forward.append(parts[k + 1] + c * _times(edges, found.inverse[k] @ forward[k]))
    result = np.empty_like(right)
    last = found.inverse[-1] @ forward[-1]
    result[:, bounds[-2] :] = last
    for k in range(len(across) - 1, -1, -1):
        c = scale[:, bounds[k] : bounds[k + 1], np.newaxis]
        last = found.inverse[k] @ (forward[k] + c * _times(across[k], last))
        result[:, bounds[k] : bounds[k + 1]] = last
    return result


def _times(edges: sparse.csr_array, values: Array) -> Array:
    batch, rows, columns = values.shape
    flat = np.ascontiguousarray(values.transpose(1, 0, 2)).reshape(rows, batch * columns)
    return np.asarray(edges @ flat).reshape(edges.shape[0], batch, columns).transpose(1, 0, 2)


def variances(found: Factor) -> Array:
    """The diagonal of A^-1, batch x areas."""
    bounds = found.graph.bounds
    result = np.empty_like(found.scale)
    here = found.inverse[-1]
    result[:, bounds[-2] :] = np.diagonal(here, axis1=1, axis2=2)
    for k in range(len(found.graph.across) - 1, -1, -1):
        start, end = bounds[k], bounds[k + 1]
        c = found.scale[:, start:end]
        back = _between(np.ascontiguousarray(here), found.graph.across[k])
        back = back * (c[:, :, np.newaxis] * c[:, np.newaxis, :])
        middle = found.inverse[k]
        here = middle + middle @ (back @ middle)
        result[:, start:end] = np.diagonal(here, axis1=1, axis2=2)
    return result
