# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Laplace approximation of the spatial Poisson model at given hyperparameters, for a batch of (indicator, sigma, rho).

    O ~ Poisson(E exp(eta)),  eta = X b + u,  u ~ N(0, sigma^2 Q(rho)^-1),  b ~ N(0, 2^2)

At the mode the posterior of (u, b) is taken as normal with precision [[diag(w) + Q/sigma^2, wX], [X'w, X'wX + 1/4]],
w = E exp(eta). The areas are eliminated exactly by the sliced factor, the few b by the Schur complement.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samenspel.methods.shrinkage.spatial.blocks import Factor, factor, solve, variances
from samenspel.methods.shrinkage.spatial.prior import Prior

Array = NDArray[np.float64]
# Two: with no event at all the upper limit of the level is then that of Poisson, -log(0.025) / expected.
_B_PRECISION = 0.25
_ARRIVED = 1e-5
_LONGEST = 2.0  # an area's log ratio moves at most this far in one step


class Data(NamedTuple):
    """Per item of the batch, areas by position: counts (0 where unknown), expected (0 where unknown), X (shared)."""

    counts: Array
    expected: Array
    design: Array


class State(NamedTuple):
    """Where an approximation starts from or ended: u (batch x areas), b (batch x terms), var(eta) or None."""

    effect: Array
    terms: Array
    variance: Array | None


class Fit(NamedTuple):
    """`log_posterior` of (log sigma, logit rho), up to a constant of the indicator; `mean` of eta (its mode, if the
    variances were not asked for); the mode of u and b in `state`; the variance of b."""

    log_posterior: Array
    mean: Array
    state: State
    terms_variance: Array


def laplace(prior: Prior, data: Data, theta: Array, start: State, *, close: float, spread: bool) -> Fit:
    """Approximate at `theta` (batch x 2: log sigma, logit rho), from `start`.

    `close`: how far (in log ratio) the mode may lie from the point of the last factor; from there it is reached by
    steps with the same factor, and the log determinant is corrected to first order with the variances of `start`.
    `spread`: give the variances of eta at the end in the state.
    """
    diagonal, scale, determinant = prior.precision(theta[:, 0], theta[:, 1])
    effect, terms = start.effect.copy(), start.terms.copy()
    design = data.design
    for _ in range(40):
        eta = effect + terms @ design.T
        weight = data.expected * np.exp(eta)
        found = factor(prior.graph, weight + diagonal, scale)
        border = _Border(found, weight, design)
        arrived = False
        for turn in range(12):
            step, change = border.step(*_gradient(prior, data, diagonal, scale, effect, terms))
            size = np.abs(step + change @ design.T).max(axis=1, keepdims=True)
            far = turn == 0 and size.max() > close
            shorter = np.minimum(1.0, _LONGEST / np.maximum(size, _LONGEST))
            effect, terms = effect + shorter * step, terms + shorter * change
            arrived = bool(size.max() < _ARRIVED)
            if far or arrived:
                break
        if arrived:
            break
    else:
        raise ArithmeticError("the mode of the spatial effects was not found in 40 factorisations")
    eta = effect + terms @ design.T
    rates = data.expected * np.exp(eta)
    around, _ = _quadratic(prior, diagonal, scale, effect)
    value = (data.counts * eta - rates).sum(axis=1) - 0.5 * around - 0.5 * _B_PRECISION * (terms**2).sum(axis=1)
    value += 0.5 * determinant - 0.5 * found.log_determinant - 0.5 * border.log_determinant
    variance = border.variances() if spread else None
    nearby = variance if variance is not None else start.variance
    if nearby is not None:
        value -= 0.5 * (nearby * (rates - weight)).sum(axis=1)
    # Priors of sigma (half-normal, scale 1) and rho (uniform) with the Jacobians of log sigma and logit rho.
    value += theta[:, 0] - 0.5 * np.exp(2 * theta[:, 0]) - np.logaddexp(0, theta[:, 1]) - np.logaddexp(0, -theta[:, 1])
    if variance is not None:
        # The posterior leans to the left of its mode (third derivative -rates): its mean, to first order.
        lean = -0.5 * rates * variance
        shift, change = border.step(lean, lean @ design)
        eta = eta + shift + change @ design.T
    return Fit(value, eta, State(effect, terms, variance), border.terms_variance())


def _quadratic(prior: Prior, diagonal: Array, scale: Array, effect: Array) -> tuple[Array, Array]:
    product = diagonal * effect - scale * np.asarray(prior.graph.adjacency @ effect.T).T
    return (effect * product).sum(axis=1), product


def _gradient(
    prior: Prior, data: Data, diagonal: Array, scale: Array, effect: Array, terms: Array
) -> tuple[Array, Array]:
    left = data.counts - data.expected * np.exp(effect + terms @ data.design.T)
    _, product = _quadratic(prior, diagonal, scale, effect)
    return left - product, left @ data.design - _B_PRECISION * terms


class _Border:
    """The system of u and b together, with u eliminated."""

    def __init__(self, found: Factor, weight: Array, design: Array) -> None:
        self.found, self.design = found, design
        self.weighted = weight[:, :, np.newaxis] * design
        self.through = solve(found, self.weighted)
        inner = np.einsum("np,bnq->bpq", design, self.weighted)
        inner -= np.einsum("bnp,bnq->bpq", self.weighted, self.through)
        inner += _B_PRECISION * np.eye(design.shape[1])
        self.inner = np.linalg.inv(inner)
        self.log_determinant = np.linalg.slogdet(inner)[1]

    def step(self, effect: Array, terms: Array) -> tuple[Array, Array]:
        alone = solve(self.found, effect[:, :, np.newaxis])[:, :, 0]
        change = np.einsum("bpq,bq->bp", self.inner, terms - np.einsum("bnp,bn->bp", self.weighted, alone))
        spread = alone - np.einsum("bnp,bp->bn", self.through, change)
        return spread, change

    def variances(self) -> Array:
        loads = self.design - self.through
        return np.asarray(variances(self.found) + np.einsum("bnp,bpq,bnq->bn", loads, self.inner, loads))

    def terms_variance(self) -> Array:
        return np.asarray(np.diagonal(self.inner, axis1=1, axis2=2))
