# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Integration over the hyperparameters (log sigma, logit rho): adaptive Gauss-Hermite quadrature.

The mode and curvature of the log posterior are found per indicator by Newton steps on differences of six evaluations.
Around the mode stand the 5 x 5 Gauss-Hermite nodes without their four corners (weights below 0.0002), scaled by the
curvature; each is weighted by the exact ratio of the posterior to the normal there (Naylor & Smith 1982; Bilodeau,
Stringer & Tang 2024, JASA). That is finer than the coarse grid of 30 points that left intervals too narrow, with fewer
evaluations, because the nodes follow the posterior of each indicator.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samenspel.methods.shrinkage.spatial.laplace import Fit, State
from samenspel.methods.shrinkage.spatial.prior import HIGHEST, LOWEST

Array = NDArray[np.float64]
Index = NDArray[np.intp]
# (rows of the indicators, theta, start, close, spread) -> fit
Evaluate = Callable[[Index, Array, State, float, bool], Fit]

_LOW = np.array([np.log(0.004), LOWEST])
_HIGH = np.array([np.log(5.0), HIGHEST])
_LOOK = np.array([[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1], [1, 1]])
_FIRST = np.array([(np.log(a), b) for a in (0.05, 0.15, 0.45) for b in (-1.0, 1.5, 4.0)])
# Many areas leave no second mode and lead the way from afar: fewer places to look first.
_FIRST_MANY = np.array([(np.log(0.2), b) for b in (0.0, 3.0)])
_MANY = 2_000
_ROUNDS = 12


class Nodes(NamedTuple):
    """Per indicator and node: theta, weight (adding up to 1), mean and variance of eta, b and its variance."""

    theta: Array
    weight: Array
    mean: Array
    variance: Array
    terms: Array
    terms_variance: Array


def integrate(evaluate: Evaluate, rows: int, start: State, areas: int) -> Nodes:
    """The nodes of all indicators."""
    middle, curved, state = _mode(evaluate, rows, start)
    root = np.linalg.cholesky(np.linalg.inv(curved))
    z, omega = np.polynomial.hermite_e.hermegauss(5)
    grid = np.array([(a, b) for a in z for b in z])
    base = np.array([p * q for p in omega for q in omega]) / (2 * np.pi)
    inside = base > 2e-4
    grid, base = grid[inside], base[inside]
    count = len(grid)
    theta = np.clip(middle[:, np.newaxis] + grid @ root.transpose(0, 2, 1), _LOW, _HIGH)
    # One call with all nodes of an indicator after each other, each from the state at the mode.
    of = np.repeat(np.arange(rows), count)
    fit = evaluate(of, theta.reshape(-1, 2), _pick(state, of), 0.05, True)
    log_weight = fit.log_posterior.reshape(rows, count) + 0.5 * (grid**2).sum(axis=1) + np.log(base)
    weight = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
    weight /= weight.sum(axis=1, keepdims=True)
    assert fit.state.variance is not None
    shape = (rows, count, -1)
    return Nodes(
        theta,
        weight,
        fit.mean.reshape(rows, count, areas),
        fit.state.variance.reshape(rows, count, areas),
        fit.state.terms.reshape(shape),
        fit.terms_variance.reshape(shape),
    )


def _pick(state: State, rows: Index) -> State:
    return State(state.effect[rows], state.terms[rows], None if state.variance is None else state.variance[rows])


def _mode(evaluate: Evaluate, rows: int, start: State) -> tuple[Array, Array, State]:
    """Mode, minus the second derivatives there, and the state near it, per indicator."""
    first = _FIRST if start.effect.shape[1] < _MANY else _FIRST_MANY
    of = np.repeat(np.arange(rows), len(first))
    scan = evaluate(of, np.tile(first, (rows, 1)), _pick(start, of), 0.25, False)
    best = scan.log_posterior.reshape(rows, -1).argmax(axis=1)
    theta = first[best].copy()
    state = _pick(scan.state, np.arange(rows) * len(first) + best)
    centre = evaluate(np.arange(rows), theta, state, 0.05, True).state
    look = np.tile([0.2, 0.5], (rows, 1))
    curved = np.tile(np.eye(2), (rows, 1, 1))
    active = np.arange(rows)
    for round_ in range(_ROUNDS):
        theta[active] = np.clip(theta[active], _LOW + look[active], _HIGH - look[active])
        points = theta[active, np.newaxis] + _LOOK * look[active, np.newaxis]
        of = np.repeat(active, len(_LOOK))
        fit = evaluate(of, points.reshape(-1, 2), _pick(centre, of), 0.1, False)
        value = fit.log_posterior.reshape(active.size, -1)
        middle = np.arange(active.size) * len(_LOOK)
        centre.effect[active], centre.terms[active] = fit.state.effect[middle], fit.state.terms[middle]
        slope, bend = _differences(value, look[active])
        step = np.einsum("bij,bj->bi", np.linalg.inv(bend), slope)
        curved[active] = bend
        scale = np.sqrt(np.diagonal(np.linalg.inv(bend), axis1=1, axis2=2))
        length = np.abs(step).max(axis=1, keepdims=True)
        theta[active] += step * np.minimum(1.0, 1.2 / np.maximum(length, 1e-12))
        fine = (look[active] <= 1.5 * scale).all(axis=1)
        look[active] = np.clip(0.8 * scale, 0.02, [0.3, 0.8])
        done = (np.abs(step) < 0.25 * scale).all(axis=1) & (fine | (round_ > 2))
        active = active[~done]
        if not active.size:
            break
    return np.clip(theta, _LOW, _HIGH), curved, centre


def _differences(value: Array, look: Array) -> tuple[Array, Array]:
    """First derivatives and minus the second ones, made positive definite, from the six values around each point."""
    here, right, left, up, down, both = value.T
    a, b = look.T
    slope = np.stack([(right - left) / (2 * a), (up - down) / (2 * b)], axis=1)
    aa = -(right - 2 * here + left) / a**2
    bb = -(up - 2 * here + down) / b**2
    ab = -(both - right - up + here) / (a * b)
    values, vectors = np.linalg.eigh(np.stack([np.stack([aa, ab], 1), np.stack([ab, bb], 1)], axis=1))
    # Where the posterior is flat or bends up, a curvature of 0.2: about that of the prior.
    values = np.maximum(values, 0.2)
    return slope, vectors @ (values[:, :, np.newaxis] * vectors.transpose(0, 2, 1))
