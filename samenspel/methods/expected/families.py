# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The four distributions of a model of expected use: likelihood, score and information, also of a censored count.

A count is given by its lowest and highest possible value (`counts.Published`). For a censored count the score is the
mean of the complete-data score over the possible values, and the information is the mean complete-data information
less the variance of that score (Louis 1982, J. R. Stat. Soc. B 44:226). Exact counts are the case of one value.

Links: log for `Poisson` and `NegativeBinomial` (with an offset: log of the base population), logit for `Binomial` and
`BetaBinomial` (of a number of trials). Dispersion: `theta` of NB2, variance mu + mu^2 / theta (as MASS::glm.nb);
`rho` of the beta-binomial, variance n mu (1 - mu) (1 + (n - 1) rho).
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import ClassVar, NamedTuple, Protocol, Self

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import betaln, expit, gammaln, polygamma, psi

Array = NDArray[np.float64]

# Intervals up to this width are summed count by count; of wider ones the smooth parts in blocks (see `grid_of`).
WIDEST_SUM = 1024
_SHORTEST_BLOCK, _NODES = 128, 20

# Larger: the counts show no more variation than Poisson, smaller: hardly anything but.
LOWEST_LOG_THETA, HIGHEST_LOG_THETA = float(np.log(1e-3)), float(np.log(1e6))


class Slope(NamedTuple):
    """Per observation: log-likelihood, its derivative to the linear predictor, and the information to weigh with."""

    loglik: Array
    score: Array
    weight: Array


class Grid(NamedTuple):
    """The possible values of each count with their weights, those of one area after those of the other.

    `row` is the area of each value, `first` where the values of each area begin; exact counts have one value each.
    """

    values: Array
    weights: Array
    log_factorials: Array
    row: NDArray[np.intp]
    first: NDArray[np.intp]
    exact: bool

    def each(self, per_area: Array) -> Array:
        """A number per area, at each of the values of that area."""
        return per_area if self.exact else per_area[self.row]

    def total(self, per_value: Array) -> Array:
        """The sum over the values of each area."""
        return per_value if self.exact else np.add.reduceat(per_value, self.first)


def grid_of(lower: Array, upper: Array, size: Array | None = None) -> Grid:
    """The values each count can have: all of them in an interval up to 1,024 wide.

    Of a wider one the counts near 0 (and near `size`, the number of trials, if any), all of them; the rest in blocks of
    at most 4 sqrt(y) counts, each by the Gauss rule of a sum over whole numbers with 20 nodes, which is exact for
    polynomials up to degree 39. Within such a block neither a Poisson nor an NB2 mass function has more than four
    standard deviations, so that the probability is right to 1e-9 of itself (tested).
    """
    width = upper - lower
    if not np.any(width > 0):
        places = np.arange(len(lower))
        return Grid(lower, np.ones_like(lower), gammaln(lower + 1), places, places, True)
    number = np.where(width <= WIDEST_SUM, np.floor(width) + 1, 1).astype(np.intp)
    blocks = {
        int(at): _blocks(float(lower[at]), float(upper[at]), np.inf if size is None else float(size[at]))
        for at in np.flatnonzero(width > WIDEST_SUM)
    }
    for at, (nodes, _) in blocks.items():
        number[at] = len(nodes)
    first = np.concatenate([[0], np.cumsum(number)[:-1]]).astype(np.intp)
    row = np.repeat(np.arange(len(lower)), number)
    values, weights = lower[row] + (np.arange(len(row)) - first[row]), np.ones(len(row))
    for at, (nodes, heavy) in blocks.items():
        here = slice(first[at], first[at] + number[at])
        values[here], weights[here] = nodes, heavy
    return Grid(values, weights, gammaln(values + 1), row, first, False)


def _blocks(lower: float, upper: float, size: float) -> tuple[Array, Array]:
    """Nodes and weights of a sum over the whole numbers from lower up to and including upper."""
    nodes, weights = [], []
    at, left = lower, int(upper - lower) + 1
    while left > 0:
        length = _SHORTEST_BLOCK
        while 2 * length <= left and _smooth(at, 2 * length, size):
            length *= 2
        if length <= left and _smooth(at, length, size):
            steps, heavy = _gauss_sum(length)
        else:
            length = min(length, left)
            steps, heavy = np.arange(length, dtype=np.float64), np.ones(length)
        nodes.append(at + steps)
        weights.append(heavy)
        at, left = at + length, left - length
    return np.concatenate(nodes), np.concatenate(weights)


def _smooth(begin: float, length: int, size: float) -> bool:
    nearest = min(begin, size - begin - length)
    return nearest > 0 and length <= 4 * float(np.sqrt(nearest))


@cache
def _gauss_sum(length: int) -> tuple[Array, Array]:
    """Places and weights with which the sum over 0 .. length - 1 of a polynomial up to degree 39 is exact.

    By the recurrence of the discrete Chebyshev (Gram) polynomials (Golub & Welsch 1969, Math. Comp. 23:221).
    """
    k = np.arange(1, _NODES)
    beside = k / 2 * np.sqrt((length**2 - k**2) / (4 * k**2 - 1))
    places, vectors = np.linalg.eigh(np.diag(beside, 1) + np.diag(beside, -1))
    return places + (length - 1) / 2, length * vectors[0] ** 2


class Moments(NamedTuple):
    loglik: Array  # per area
    shares: Array  # probability of each value, given that it is one of those of its area


def moments_of(logmass: Array, grid: Grid) -> Moments:
    if grid.exact:
        return Moments(logmass, np.ones_like(logmass))
    highest = np.maximum.reduceat(logmass, grid.first)
    terms = np.exp(logmass - grid.each(highest)) * grid.weights
    total = grid.total(terms)
    return Moments(np.log(total) + highest, terms / grid.each(total))


class Family(Protocol):
    """What `fit` asks of a distribution. `size` is the number of trials, or ones for a count."""

    name: ClassVar[str]
    dispersed: ClassVar[bool]

    def mean(self, eta: Array, size: Array) -> Array:
        """The expected count at a linear predictor."""

    def start(self, middle: Array, size: Array, offset: Array) -> Array:
        """A linear predictor to begin at, without the offset."""

    def slope(self, eta: Array, size: Array, grid: Grid) -> Slope:
        """Log-likelihood, score and information at a linear predictor."""

    def deviance(self, middle: Array, eta: Array, size: Array) -> Array:
        """Twice the log-likelihood lost against a model that fits each count exactly, at this dispersion."""

    def redispersed(self, eta: Array, size: Array, grid: Grid) -> Self:
        """The same family with the dispersion that fits best at these linear predictors."""


@dataclass(frozen=True, slots=True)
class Poisson:
    """Counts with variance equal to the mean."""

    name: ClassVar[str] = "poisson"
    dispersed: ClassVar[bool] = False

    def mean(self, eta: Array, size: Array) -> Array:
        """exp(eta)."""
        return np.exp(eta)

    def start(self, middle: Array, size: Array, offset: Array) -> Array:
        """The logarithm of the counts, drawn half a person away from zero."""
        return np.log(middle + 0.5) - offset

    def slope(self, eta: Array, size: Array, grid: Grid) -> Slope:
        """Score E[y] - mu, information mu - Var[y] over the possible counts."""
        mu = np.exp(eta)
        moments = moments_of(grid.values * grid.each(eta) - grid.each(mu) - grid.log_factorials, grid)
        mean, variance = _mean_and_variance(grid, moments.shares)
        return Slope(moments.loglik, mean - mu, mu - variance)

    def deviance(self, middle: Array, eta: Array, size: Array) -> Array:
        """2 (y log(y / mu) - (y - mu))."""
        mu = np.exp(eta)
        return np.asarray(2 * (_xlogx_ratio(middle, mu) - (middle - mu)))

    def redispersed(self, eta: Array, size: Array, grid: Grid) -> Self:
        """Poisson has no dispersion."""
        return self


@dataclass(frozen=True, slots=True)
class NegativeBinomial:
    """NB2: Poisson counts whose rates vary between areas as a gamma with shape `theta`, so with CV theta^-1/2."""

    theta: float = float("inf")
    name: ClassVar[str] = "negative_binomial"
    dispersed: ClassVar[bool] = True

    def mean(self, eta: Array, size: Array) -> Array:
        """exp(eta)."""
        return np.exp(eta)

    def start(self, middle: Array, size: Array, offset: Array) -> Array:
        """As for Poisson."""
        return Poisson().start(middle, size, offset)

    def slope(self, eta: Array, size: Array, grid: Grid) -> Slope:
        """Score (E[y] - mu) theta / (theta + mu); the expected complete information less the variance of the score."""
        if not np.isfinite(self.theta):
            return Poisson().slope(eta, size, grid)
        theta, mu = self.theta, np.exp(eta)
        moments = moments_of(nb_logmass(grid, mu, theta), grid)
        mean, variance = _mean_and_variance(grid, moments.shares)
        draw = theta / (theta + mu)
        return Slope(moments.loglik, (mean - mu) * draw, mu * draw - variance * draw**2)

    def deviance(self, middle: Array, eta: Array, size: Array) -> Array:
        """2 (y log(y / mu) - (y + theta) log((y + theta) / (mu + theta)))."""
        if not np.isfinite(self.theta):
            return Poisson().deviance(middle, eta, size)
        mu = np.exp(eta)
        second = (middle + self.theta) * np.log((middle + self.theta) / (mu + self.theta))
        return np.asarray(2 * (_xlogx_ratio(middle, mu) - second))

    def redispersed(self, eta: Array, size: Array, grid: Grid) -> Self:
        """Maximum likelihood of theta at these means: the best of a grid, then the root of the score around it.

        Infinite when the likelihood still rises at 1e6 (a CV of 0.1 %): the counts vary no more than Poisson.
        """
        mu = np.exp(eta)

        def loglik(log_theta: float) -> float:
            return float(moments_of(nb_logmass(grid, mu, float(np.exp(log_theta))), grid).loglik.sum())

        def score(log_theta: float) -> float:
            theta, y = float(np.exp(log_theta)), grid.values
            shares = moments_of(nb_logmass(grid, mu, theta), grid).shares
            level = np.log(theta / (theta + mu)) + mu / (theta + mu) - psi(theta)
            slope = psi(y + theta) - y * grid.each(1 / (theta + mu)) + grid.each(level)
            return float((shares * slope).sum() * theta)

        near = float(np.log(self.theta)) if np.isfinite(self.theta) else None
        best = _best_log(loglik, score, near)
        return replace(self, theta=float("inf") if best >= HIGHEST_LOG_THETA else float(np.exp(best)))


@dataclass(frozen=True, slots=True)
class Binomial:
    """A number out of `size`, each with the same chance."""

    name: ClassVar[str] = "binomial"
    dispersed: ClassVar[bool] = False

    def mean(self, eta: Array, size: Array) -> Array:
        """size / (1 + exp(-eta))."""
        return np.asarray(size * expit(eta))

    def start(self, middle: Array, size: Array, offset: Array) -> Array:
        """The log odds, drawn half a person away from none and all."""
        return np.log((middle + 0.5) / (size - middle + 0.5)) - offset

    def slope(self, eta: Array, size: Array, grid: Grid) -> Slope:
        """Score E[y] - n mu, information n mu (1 - mu) - Var[y] over the possible counts."""
        share, y, n = expit(eta), grid.values, grid.each(size)
        # log mu = -log(1 + e^-eta) and log(1 - mu) = -log(1 + e^eta), without loss near 0 and 1.
        against, for_ = grid.each(np.logaddexp(0, eta)), grid.each(np.logaddexp(0, -eta))
        moments = moments_of(-y * for_ - (n - y) * against + _log_choose(n, y), grid)
        mean, variance = _mean_and_variance(grid, moments.shares)
        return Slope(moments.loglik, mean - size * share, size * share * (1 - share) - variance)

    def deviance(self, middle: Array, eta: Array, size: Array) -> Array:
        """2 (y log(y / n mu) + (n - y) log((n - y) / (n - n mu)))."""
        mu = size * expit(eta)
        return np.asarray(2 * (_xlogx_ratio(middle, mu) + _xlogx_ratio(size - middle, size - mu)))

    def redispersed(self, eta: Array, size: Array, grid: Grid) -> Self:
        """The binomial has no dispersion."""
        return self


@dataclass(frozen=True, slots=True)
class BetaBinomial:
    """A number out of `size`, whose chance varies between areas as a beta; `rho` is the correlation within an area."""

    rho: float = 0.0
    name: ClassVar[str] = "beta_binomial"
    dispersed: ClassVar[bool] = True

    def mean(self, eta: Array, size: Array) -> Array:
        """size / (1 + exp(-eta))."""
        return np.asarray(size * expit(eta))

    def start(self, middle: Array, size: Array, offset: Array) -> Array:
        """As for the binomial."""
        return Binomial().start(middle, size, offset)

    def slope(self, eta: Array, size: Array, grid: Grid) -> Slope:
        """The score by digammas; as information that of a binomial with the same mean and variance.

        That is the quasi-likelihood information, close to the expected one and never negative, so that a step always
        goes uphill; it sets the pace and the standard errors, not the estimates.
        """
        if self.rho <= 0:
            return Binomial().slope(eta, size, grid)
        share, y, n = grid.each(expit(eta)), grid.values, grid.each(size)
        phi = 1 / self.rho - 1
        moments = moments_of(_bb_logmass(y, n, share, phi), grid)
        a, b = share * phi, (1 - share) * phi
        slope = phi * (psi(y + a) - psi(a) - psi(n - y + b) + psi(b)) * share * (1 - share)
        score = grid.total(moments.shares * slope)
        flat = expit(eta) * expit(-eta)
        weight = size * flat / (1 + (size - 1) * self.rho)
        if not grid.exact:
            spread = grid.total(moments.shares * slope**2) - score**2
            weight = np.maximum(weight - spread, 0.05 * weight)
        return Slope(moments.loglik, score, weight)

    def deviance(self, middle: Array, eta: Array, size: Array) -> Array:
        """Twice the loss against each area's own share, at this rho; its own share within half a person of 0 and 1."""
        if self.rho <= 0:
            return Binomial().deviance(middle, eta, size)
        phi = 1 / self.rho - 1
        own = np.clip(middle / size, 0.5 / size, 1 - 0.5 / size)
        lost = _bb_logmass(middle, size, own, phi) - _bb_logmass(middle, size, expit(eta), phi)
        return np.asarray(np.maximum(2 * lost, 0))

    def redispersed(self, eta: Array, size: Array, grid: Grid) -> Self:
        """Maximum likelihood of rho at these means; 0 when the shares vary no more than binomially."""
        share, y, n = grid.each(expit(eta)), grid.values, grid.each(size)

        def loglik(log_phi: float) -> float:
            return float(moments_of(_bb_logmass(y, n, share, float(np.exp(log_phi))), grid).loglik.sum())

        def score(log_phi: float) -> float:
            phi = float(np.exp(log_phi))
            a, b = share * phi, (1 - share) * phi
            shares = moments_of(_bb_logmass(y, n, share, phi), grid).shares
            slope = share * (psi(y + a) - psi(a)) + (1 - share) * (psi(n - y + b) - psi(b)) - psi(n + phi) + psi(phi)
            return float((shares * slope).sum() * phi)

        near = float(np.log(1 / self.rho - 1)) if 0 < self.rho < 1 else None
        best = _best_log(loglik, score, near)
        return replace(self, rho=0.0 if best >= HIGHEST_LOG_THETA else float(1 / (1 + np.exp(best))))


def theta_standard_error(family: NegativeBinomial, eta: Array, count: Array) -> float:
    """The standard error of theta from the observed information at exact counts, as MASS::theta.ml gives it."""
    theta, mu = family.theta, np.exp(eta)
    if not np.isfinite(theta):
        return float("nan")
    information = (
        polygamma(1, theta)
        - polygamma(1, count + theta)
        - 1 / theta
        + 2 / (mu + theta)
        - (count + theta) / (mu + theta) ** 2
    ).sum()
    return float(1 / np.sqrt(information)) if information > 0 else float("nan")


def _best_log(loglik: "_Curve", score: "_Curve", near: float | None) -> float:
    """Where a likelihood of one parameter on the log scale is highest; HIGHEST_LOG_THETA when it rises to the end.

    `near`: where it was found before; then only around there is looked first.
    """
    if near is not None:
        for reach in (0.02, 0.4):
            below, above = max(near - reach, LOWEST_LOG_THETA), min(near + reach, HIGHEST_LOG_THETA)
            if score(below) > 0 > score(above):
                return float(brentq(score, below, above, xtol=1e-10, rtol=1e-11))
    points = np.linspace(LOWEST_LOG_THETA, HIGHEST_LOG_THETA, 22)
    values = np.array([loglik(float(point)) for point in points])
    top = int(values.argmax())
    below, above = float(points[max(top - 1, 0)]), float(points[min(top + 1, len(points) - 1)])
    at_below, at_above = score(below), score(above)
    if top == len(points) - 1 and at_above >= 0:
        return HIGHEST_LOG_THETA
    if at_below > 0 > at_above:
        return float(brentq(score, below, above, xtol=1e-11, rtol=1e-11))
    # At the very end, or so flat that the score has no sign: rising to the right means no dispersion to be seen.
    return HIGHEST_LOG_THETA if values[-1] >= values[top] - 1e-9 else float(points[top])


class _Curve(Protocol):
    def __call__(self, at: float, /) -> float: ...


def _mean_and_variance(grid: Grid, shares: Array) -> tuple[Array, Array]:
    mean = grid.total(shares * grid.values)
    return mean, grid.total(shares * (grid.values - grid.each(mean)) ** 2)


def nb_logmass(grid: Grid, mu: Array, theta: float) -> Array:
    """The logarithm of the NB2 probability of each value of a grid; `mu` has one per area."""
    # log(mu / (mu + theta)) and log(theta / (mu + theta)) without loss when theta is very large.
    level = -gammaln(theta) - theta * np.log1p(mu / theta)
    slope = np.log(mu) - np.log(mu + theta)
    y = grid.values
    return np.asarray(gammaln(y + theta) - grid.log_factorials + y * grid.each(slope) + grid.each(level))


def _log_choose(n: Array, y: Array) -> Array:
    return np.asarray(gammaln(n + 1) - gammaln(y + 1) - gammaln(n - y + 1))


def _bb_logmass(y: Array, n: Array, share: Array, phi: float) -> Array:
    a, b = share * phi, (1 - share) * phi
    return np.asarray(_log_choose(n, y) + betaln(y + a, n - y + b) - betaln(a, b))


def _xlogx_ratio(y: Array, mu: Array) -> Array:
    """y log(y / mu), 0 for y = 0."""
    safe = np.where(y > 0, y, 1.0)
    return np.asarray(np.where(y > 0, y * np.log(safe / np.where(y > 0, mu, 1.0)), 0.0))
