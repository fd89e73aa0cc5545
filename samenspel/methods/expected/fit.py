# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fits a model of expected use: log E = log base + b0 + sum f_k(x_k), or logit of a share.

Coefficients by penalised scoring (Green 1984, J. R. Stat. Soc. B 46:149), dispersion by its own maximum likelihood at
the fitted means, smoothing by the generalised Fellner-Schall update (Wood & Fasiolo 2017, Biometrics 73:1071), which
climbs the restricted likelihood; the three take turns until none moves. Covariance is the inverse of the penalised
information (Bayesian, Nychka 1988), at the dispersion and smoothing found.

Without penalties this is what MASS::glm.nb does; the same estimates come out (see tests/methods/expected).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samenspel.methods.expected.counts import Published, exact
from samenspel.methods.expected.families import (
    BetaBinomial,
    Binomial,
    Family,
    Grid,
    NegativeBinomial,
    Poisson,
    Slope,
    grid_of,
)
from samenspel.methods.expected.terms import Design
from samenspel.methods.inputs import broadcast, floats, normal_quantile

Array = NDArray[np.float64]
FamilyName = Literal["poisson", "negative_binomial", "binomial", "beta_binomial"]

FAMILIES: Mapping[str, Family] = {
    "poisson": Poisson(),
    "negative_binomial": NegativeBinomial(),
    "binomial": Binomial(),
    "beta_binomial": BetaBinomial(),
}
SHARES = ("binomial", "beta_binomial")

MOST_ROUNDS = 200
MOST_STEPS = 100
LOWEST_SMOOTHING, HIGHEST_SMOOTHING = 1e-6, 1e9


class NotConverged(RuntimeError):
    """The likelihood went on rising. The message says after how many rounds."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted model. Rows and columns are those of the design; `expected` is the number of people, for each area.

    `linear` is the linear predictor with its offset. `freedom` is the effective number of coefficients per column.
    """

    design: Design
    family: Family
    coefficients: Array
    covariance: Array
    smoothing: Mapping[str, float]
    freedom: Array
    loglik: float
    linear: Array
    expected: Array
    rounds: int

    @property
    def dispersion(self) -> float:
        """`theta` of NB2 or `rho` of the beta-binomial; NaN for a family without."""
        if isinstance(self.family, NegativeBinomial):
            return self.family.theta
        return self.family.rho if isinstance(self.family, BetaBinomial) else float("nan")

    def standard_errors(self) -> Array:
        """Of the coefficients."""
        return np.sqrt(np.diag(self.covariance))

    def intervals(self, confidence: float = 0.95) -> tuple[Array, Array]:
        """Lower and upper limits of the coefficients, normal on the scale of the linear predictor.

        Raises ValueError for a confidence outside (0, 1).
        """
        reach = normal_quantile(confidence) * self.standard_errors()
        return self.coefficients - reach, self.coefficients + reach

    def predictor(self, matrix: Array) -> tuple[Array, Array]:
        """The linear predictor without offset for rows of a design, and its variance."""
        return matrix @ self.coefficients, np.einsum("ij,jk,ik->i", matrix, self.covariance, matrix)

    def predict(self, matrix: Array, base: ArrayLike) -> Array:
        """The expected number of people among `base`, for rows of a design."""
        linear, _ = self.predictor(matrix)
        size, offset = _size_and_offset(self.family, np.asarray(base, np.float64))
        return self.family.mean(linear + offset, size)


def fit(
    design: Design,
    count: Published | ArrayLike,
    base: ArrayLike,
    family: FamilyName | Family = "negative_binomial",
    *,
    rows: NDArray[np.bool_] | None = None,
    start: Fit | None = None,
    tolerance: float = 1e-9,
) -> Fit:
    """Fit a model of `count` people out of (or beside) `base` for each area.

    `base` > 0 is the number of people among whom is counted: the exposure of Poisson and NB2, the trials of binomial
    and beta-binomial. `count` may be a `Published` with bounds. `rows`: the areas to learn from; `linear` and
    `expected` are given for all. `start`: a fit to begin at. Fractions of a person are allowed. `tolerance`: change of
    the likelihood, relative to it, at which to stop.

    Raises ValueError for impossible input, naming it, and NotConverged.
    """
    bounds = count if isinstance(count, Published) else exact(count)
    names = ("count", "count", "base")
    lower, upper, people = broadcast(names, *(floats(*pair) for pair in zip(names, (*bounds, base), strict=True)))
    if isinstance(family, str) and family not in FAMILIES:
        raise ValueError(f"family must be one of {', '.join(FAMILIES)}: {family}")
    chosen = FAMILIES[family] if isinstance(family, str) else family
    use = np.ones(len(lower), dtype=bool) if rows is None else np.asarray(rows, dtype=bool)
    _check(design, lower, upper, people, chosen, use)
    if chosen.name in SHARES:
        upper = np.minimum(upper, people)
    size, offset = _size_and_offset(chosen, people)
    trials = size[use] if chosen.name in SHARES else None
    grid = grid_of(lower[use], upper[use], trials)
    problem = _Problem(design, design.matrix[use], size[use], offset[use], grid)
    family_, beta, smoothing = _begin(problem, chosen, start, (lower + upper)[use] / 2)
    family_, beta, smoothing, rounds = _solve(problem, family_, beta, smoothing, tolerance)
    slope = problem.slope(family_, beta)
    covariance, information = problem.covariance(slope, smoothing)
    linear = design.matrix @ beta + offset
    return Fit(
        design=design,
        family=family_,
        coefficients=beta,
        covariance=covariance,
        smoothing={p.name: float(s) for p, s in zip(design.penalties, smoothing, strict=True)},
        freedom=np.diag(covariance @ information),
        loglik=float(slope.loglik.sum()),
        linear=linear,
        expected=chosen.mean(linear, size),
        rounds=rounds,
    )


def _check(design: Design, lower: Array, upper: Array, base: Array, family: Family, use: NDArray[np.bool_]) -> None:
    if lower.shape != (len(design.matrix),):
        raise ValueError(f"count has shape {lower.shape}; the design has {len(design.matrix)} areas")
    lower, upper, base = lower[use], upper[use], base[use]
    for name, values in (("count", lower), ("count", upper), ("base", base)):
        if not np.all(np.isfinite(values)):
            raise ValueError(f"{name} is missing for an area to learn from; leave that area out with `rows`")
    if np.any(lower < 0) or np.any(upper < lower):
        raise ValueError("count has a lower bound below 0 or above its upper bound")
    if np.any(base <= 0):
        raise ValueError(f"base holds {base[base <= 0][0]}; it must be above 0")
    if family.name in SHARES and np.any(lower > base):
        raise ValueError("count is larger than base for an area; a share cannot be above 1")
    if use.sum() <= design.matrix.shape[1] and not design.penalties:
        raise ValueError(f"{use.sum()} areas are too few for {design.matrix.shape[1]} coefficients")
    if not np.any(upper > 0):
        raise ValueError("count is 0 in all areas: there is nothing to expect")


def _size_and_offset(family: Family, base: Array) -> tuple[Array, Array]:
    return (base, np.zeros_like(base)) if family.name in SHARES else (np.ones_like(base), np.log(base))


@dataclass(frozen=True, slots=True)
class _Problem:
    design: Design
    matrix: Array
    size: Array
    offset: Array
    grid: Grid

    def linear(self, beta: Array) -> Array:
        return self.matrix @ beta + self.offset

    def slope(self, family: Family, beta: Array) -> Slope:
        return family.slope(self.linear(beta), self.size, self.grid)

    def penalty(self, smoothing: Array) -> Array:
        total = np.zeros((self.matrix.shape[1], self.matrix.shape[1]))
        for penalty, strength in zip(self.design.penalties, smoothing, strict=True):
            total[np.ix_(penalty.columns, penalty.columns)] += strength * penalty.matrix
        return total

    def covariance(self, slope: Slope, smoothing: Array) -> tuple[Array, Array]:
        information = (self.matrix * slope.weight[:, None]).T @ self.matrix
        inverse = np.linalg.pinv(information + self.penalty(smoothing), hermitian=True)
        return np.asarray(inverse, np.float64), information


def _begin(problem: _Problem, family: Family, start: Fit | None, middle: Array) -> tuple[Family, Array, Array]:
    if start is not None and start.family.name == family.name:
        smoothing = np.array([start.smoothing.get(p.name, 1.0) for p in problem.design.penalties])
        return start.family, start.coefficients.copy(), smoothing
    target = family.start(middle, problem.size, problem.offset)
    # Least squares on the scale of the predictor, with a whiff of a ridge for columns that say the same.
    square = problem.matrix.T @ problem.matrix
    square += 1e-8 * np.trace(square) / len(square) * np.eye(len(square))
    beta = np.asarray(np.linalg.solve(square, problem.matrix.T @ target), np.float64)
    return family, beta, np.ones(len(problem.design.penalties), dtype=np.float64)


def _solve(
    problem: _Problem, family: Family, beta: Array, smoothing: Array, tolerance: float
) -> tuple[Family, Array, Array, int]:
    """Coefficients, dispersion and smoothing in turns. The likelihood at the found dispersion must stop rising."""
    before, used_before = -np.inf, np.full(len(smoothing), np.inf)
    # Smoothing is settled when the freedom of the curves is, to a thousandth; closer would not be seen in any number.
    enough = tolerance if not len(smoothing) else max(tolerance, 1e-7)
    for round_ in range(1, MOST_ROUNDS + 1):
        beta = _score_steps(problem, family, beta, smoothing, tolerance)
        if family.dispersed:
            family = family.redispersed(problem.linear(beta), problem.size, problem.grid)
        now = float(problem.slope(family, beta).loglik.sum()) - float(beta @ problem.penalty(smoothing) @ beta) / 2
        renewed, used = _smoother(problem, family, beta, smoothing)
        settled = bool(np.all(np.abs(used - used_before) < 1e-3))
        if settled and abs(now - before) <= enough * (abs(now) + 1):
            return family, _score_steps(problem, family, beta, smoothing, tolerance), smoothing, round_
        before, used_before, smoothing = now, used, renewed
    raise NotConverged(f"coefficients, dispersion and smoothing still moved after {MOST_ROUNDS} rounds")


def _score_steps(problem: _Problem, family: Family, beta: Array, smoothing: Array, tolerance: float) -> Array:
    penalty = problem.penalty(smoothing)

    def height(at: Array, slope: Slope) -> float:
        return float(slope.loglik.sum()) - float(at @ penalty @ at) / 2

    slope = problem.slope(family, beta)
    now = height(beta, slope)
    for _ in range(MOST_STEPS):
        gradient = problem.matrix.T @ slope.score - penalty @ beta
        information = (problem.matrix * slope.weight[:, None]).T @ problem.matrix + penalty
        step = np.linalg.lstsq(information, gradient, rcond=1e-13)[0]
        # The height that is still to be won; when that is nothing, the top is reached.
        if float(gradient @ step) <= tolerance * 1e-3 * (abs(now) + 1):
            return beta + step if np.all(np.abs(step) < 1e-3) else beta
        for _ in range(40):
            there = beta + step
            slope_there = problem.slope(family, there)
            height_there = height(there, slope_there)
            if np.isfinite(height_there) and height_there >= now - 1e-12 * (abs(now) + 1):
                break
            step = step / 2
        else:
            return beta
        beta, slope, now = there, slope_there, height_there
    raise NotConverged(f"coefficients still moved after {MOST_STEPS} steps")


def _smoother(problem: _Problem, family: Family, beta: Array, smoothing: Array) -> tuple[Array, Array]:
    """The Fellner-Schall update of each smoothing parameter, and the freedom that each penalised part uses now.

    Steps are taken half as far again on the log scale: the plain update closes in from one side, and slowly where a
    curve is really a straight line.
    """
    used = np.empty(len(smoothing))
    renewed = smoothing.copy()
    if not len(smoothing):
        return renewed, used
    covariance, _ = problem.covariance(problem.slope(family, beta), smoothing)
    for at, penalty in enumerate(problem.design.penalties):
        inner = covariance[np.ix_(penalty.columns, penalty.columns)]
        b = beta[list(penalty.columns)]
        used[at] = penalty.rank - smoothing[at] * float(np.trace(inner @ penalty.matrix))
        if used[at] < 0.01:
            continue  # flat or straight already; a stronger penalty would change nothing
        rough = float(b @ penalty.matrix @ b)
        target = used[at] / max(rough, 1e-12)
        step = float(np.clip(1.5 * np.log(target / smoothing[at]), -5, 5))
        renewed[at] = np.clip(smoothing[at] * np.exp(step), LOWEST_SMOOTHING, HIGHEST_SMOOTHING)
    return renewed, used
