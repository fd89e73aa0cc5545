# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small maps for the tests, and the same prior by dense algebra."""

import numpy as np


def grid(rows: int, columns: int) -> list[tuple[int, int]]:
    """The edges of a rectangular grid of areas."""
    number = np.arange(rows * columns).reshape(rows, columns)
    across = zip(number[:, :-1].ravel(), number[:, 1:].ravel(), strict=True)
    down = zip(number[:-1].ravel(), number[1:].ravel(), strict=True)
    return [(int(i), int(j)) for i, j in (*across, *down)]


def islands(rows: int, columns: int) -> tuple[int, list[tuple[int, int]]]:
    """A grid, a group of three areas of its own, and two areas without neighbours, all mixed: size and edges."""
    main = rows * columns
    edges = [*grid(rows, columns), (main, main + 1), (main + 1, main + 2)]
    name = np.random.default_rng(1).permutation(main + 5)
    return main + 5, [(int(name[i]), int(name[j])) for i, j in edges]


def precision(size: int, edges: list[tuple[int, int]], sigma: float, rho: float) -> np.ndarray:
    """Q / sigma^2 of the scaled Leroux prior, dense, by its definition."""
    adjacency = np.zeros((size, size))
    for i, j in edges:
        adjacency[i, j] = adjacency[j, i] = 1
    leroux = rho * (np.diag(adjacency.sum(axis=1)) - adjacency) + (1 - rho) * np.eye(size)
    covariance = np.linalg.inv(leroux)
    reached = np.eye(size, dtype=bool)
    for _ in range(size):
        reached = reached | (reached @ adjacency > 0)
    for start in range(size):
        component = np.flatnonzero(reached[start])
        if component[0] == start:
            scale = np.exp(np.log(np.diag(covariance)[component]).mean())
            leroux[np.ix_(component, component)] *= scale
    return leroux / sigma**2
