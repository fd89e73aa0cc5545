# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Invented maps for simulations: points in a tall rectangle, neighbours by Delaunay, without the longest edges."""

import numpy as np
from scipy.spatial import Delaunay

from samenspel.methods.inputs import FloatArray


def planar(areas: int, seed: int = 0) -> FloatArray:
    """Edges of a map of `areas` areas (about 6 neighbours each), as pairs of numbers."""
    points = np.random.default_rng(seed).uniform(size=(areas, 2)) * [1, 1.4]
    corners = Delaunay(points).simplices
    edges = np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]])
    length = np.hypot(*(points[edges[:, 0]] - points[edges[:, 1]]).T)
    kept: FloatArray = edges[length < np.quantile(length, 0.985)]
    return kept


def field(areas: int, edges: FloatArray, rho: float, rng: np.random.Generator, rows: int) -> FloatArray:
    """Log ratios of the scaled Leroux prior with sigma 1, rows x areas, by dense algebra."""
    adjacency = np.zeros((areas, areas))
    adjacency[edges[:, 0], edges[:, 1]] = adjacency[edges[:, 1], edges[:, 0]] = 1
    precision = rho * (np.diag(adjacency.sum(axis=1)) - adjacency) + (1 - rho) * np.eye(areas)
    covariance = np.linalg.inv(precision)
    covariance /= np.exp(np.log(np.diag(covariance)).mean())
    return np.asarray(rng.normal(size=(rows, areas)) @ np.linalg.cholesky(covariance).T)
