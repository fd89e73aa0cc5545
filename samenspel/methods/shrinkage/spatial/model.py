# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The spatial model: ratios of areas drawn towards their neighbours and the common level, with intervals."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, ndtr, ndtri

from samenspel.methods.inputs import between, broadcast, confidence_level, floats, not_negative, of_areas, whole
from samenspel.methods.shrinkage.benchmark import benchmark
from samenspel.methods.shrinkage.spatial.graph import Graph, neighbour_graph
from samenspel.methods.shrinkage.spatial.hyper import Nodes, integrate
from samenspel.methods.shrinkage.spatial.laplace import Data, Fit, State, laplace
from samenspel.methods.shrinkage.spatial.prior import Prior, prior_on
from samenspel.methods.threads import one_thread

Array = NDArray[np.float64]
_MEMORY = 1.2e8  # bytes of slices held at a time, per worker


@dataclass(frozen=True, slots=True)
class Summary:
    """Of a parameter, one number per indicator: median and interval."""

    median: Array
    lower: Array
    upper: Array


@dataclass(frozen=True, slots=True)
class SpatialFit:
    """Per indicator and area: the ratio count / expected as drawn.

    `mean`, `lower`, `upper`, `sd` of the ratio; `above`: the probability that it exceeds `exceeding`. `sigma`: the
    typical standard deviation of the log ratio between areas; `rho`: which part of it follows the map (0-1).
    `terms`: the intercept (of the log ratio) and the effects of the covariates, indicators x terms.
    """

    mean: Array
    lower: Array
    upper: Array
    sd: Array
    above: Array
    sigma: Summary
    rho: Summary
    terms: Summary


class SpatialModel:
    """A spatial model on one neighbour graph; build it once, fit many indicators."""

    def __init__(self, areas: int, edges: ArrayLike) -> None:
        """`edges`: pairs of area numbers (0 to areas - 1) that are neighbours. Raises as `neighbour_graph`."""
        self.graph: Graph = neighbour_graph(areas, edges)
        with one_thread():
            self.prior: Prior = prior_on(self.graph)

    def fit(
        self,
        count: ArrayLike,
        expected: ArrayLike,
        covariates: ArrayLike | None = None,
        *,
        confidence: float = 0.95,
        exceeding: float = 1.0,
        workers: int = 1,
    ) -> SpatialFit:
        """Fit `count ~ Poisson(expected * ratio)`; the last axis of count and expected holds the areas.

        `covariates`: areas x terms, the same for all indicators (standardise them). `workers`: threads over the
        indicators; the result does not depend on it. An area whose count is NaN gets NaN; with an expected number of 0
        (and count 0) it gets what its neighbours suggest. In both cases it still joins its neighbours. An indicator of
        which no area has both a count and something expected gets NaN everywhere.

        Raises ValueError for shapes that do not fit, a negative or infinite count or expected, a NaN in the
        expected or covariates of an area with a count, a confidence outside (0, 1), or an exceeding not above 0.
        """
        return _fit(self, count, expected, covariates, confidence, exceeding, workers)


def spatial(
    count: ArrayLike,
    expected: ArrayLike,
    edges: ArrayLike,
    covariates: ArrayLike | None = None,
    *,
    confidence: float = 0.95,
    exceeding: float = 1.0,
    workers: int = 1,
) -> SpatialFit:
    """Build the graph and fit in one go; see `SpatialModel.fit`."""
    both = broadcast(("count", "expected"), not_negative("count", count), not_negative("expected", expected))
    model = SpatialModel(of_areas("count", both[0]).shape[-1], edges)
    return model.fit(count, expected, covariates, confidence=confidence, exceeding=exceeding, workers=workers)


def benchmarked(fit: SpatialFit, expected: ArrayLike, total: ArrayLike, groups: ArrayLike | None = None) -> SpatialFit:
    """The fit with means, limits and sd scaled so that sum(expected * mean) is the published total; see `benchmark`.

    `above` is left as it was: it speaks of the unscaled ratio.
    """
    scaled = benchmark(fit.mean, expected, total, groups)
    f = scaled.factor
    return SpatialFit(
        scaled.estimate, fit.lower * f, fit.upper * f, fit.sd * f, fit.above, fit.sigma, fit.rho, fit.terms
    )


def _fit(
    model: SpatialModel,
    count: ArrayLike,
    expected: ArrayLike,
    covariates: ArrayLike | None,
    confidence: float,
    exceeding: float,
    workers: int,
) -> SpatialFit:
    names = ("count", "expected")
    observed, base = broadcast(names, not_negative(names[0], count), not_negative(names[1], expected))
    areas = model.graph.size
    extra = np.empty((areas, 0)) if covariates is None else floats("covariates", covariates)
    _check(observed, base, extra, areas, confidence, exceeding, workers)
    lead, order = observed.shape[:-1], model.graph.order
    missing = np.isnan(observed)
    counts = np.where(missing, 0.0, observed).reshape(-1, areas)[:, order]
    bases = np.where(missing, 0.0, base).reshape(-1, areas)[:, order]
    design = np.column_stack([np.ones(areas), extra[order]])
    rows = counts.shape[0]
    total = bases.sum(axis=1)
    some = np.flatnonzero(total > 0)
    # The level is put at 1 first: b is then small, whatever the unit of expected.
    level = (counts.sum(axis=1) + 0.5) / np.where(total > 0, total, 1.0)
    bases = bases * level[:, np.newaxis]
    per_item = 8 * int((np.diff(model.graph.bounds) ** 2).sum())
    size = max(1, min(-(-some.size // workers), int(_MEMORY / per_item / 21)))
    chunks = [some[a : a + size] for a in range(0, some.size, size)]
    one = partial(_chunk, model.prior, counts, bases, design, level, confidence, exceeding, int(_MEMORY / per_item))
    with one_thread():
        if workers == 1 or len(chunks) < 2:
            parts = [one(chunk) for chunk in chunks]
        else:
            with ThreadPoolExecutor(workers) as pool:
                parts = list(pool.map(one, chunks))
    back = np.empty_like(order)
    back[order] = np.arange(areas)
    # NaN for the indicators of which nothing is expected anywhere.
    joined = [np.full(shape, np.nan) for shape in [(rows, areas)] * 5 + [(rows, 3)] * 2 + [(rows, 3, design.shape[1])]]
    for chunk, part in zip(chunks, parts, strict=True):
        for target, values in zip(joined, part, strict=True):
            target[chunk] = values
    ratios = [np.where(missing, np.nan, a[:, back].reshape(observed.shape)) for a in joined[:5]]
    sigma, rho, terms = (_summary(a, lead) for a in joined[5:])
    return SpatialFit(ratios[0], ratios[1], ratios[2], ratios[3], ratios[4], sigma, rho, terms)


def _summary(values: Array, lead: tuple[int, ...]) -> Summary:
    median, lower, upper = (values[:, k].reshape(lead + values.shape[2:]) for k in range(3))
    return Summary(median, lower, upper)


def _check(
    observed: Array, base: Array, extra: Array, areas: int, confidence: float, exceeding: float, workers: int
) -> None:
    if observed.ndim == 0 or observed.shape[-1] != areas:
        raise ValueError(f"count must have a last axis of {areas} areas, not {observed.shape}")
    if extra.ndim != 2 or extra.shape[0] != areas:
        raise ValueError(f"covariates must be {areas} areas x terms, not {extra.shape}")
    if not np.isfinite(extra).all():
        raise ValueError("covariates must be finite, not NaN or inf")
    if (np.isnan(base) & ~np.isnan(observed)).any():
        raise ValueError("expected must be known where count is, not NaN")
    nothing = observed[(base == 0) & (observed > 0)]
    if nothing.size:
        raise ValueError(f"count must be 0 where expected is 0, not {nothing[0]}")
    confidence_level(confidence)
    between("exceeding", exceeding, 0, np.inf)
    whole("workers", workers, 1)


def _chunk(
    prior: Prior,
    counts: Array,
    bases: Array,
    design: Array,
    level: Array,
    confidence: float,
    exceeding: float,
    batch: int,
    rows: NDArray[np.intp],
) -> tuple[Array, ...]:
    """All results of some indicators, areas by position."""
    observed, expected = counts[rows], bases[rows]

    def evaluate(of: NDArray[np.intp], theta: Array, start: State, close: float, spread: bool) -> Fit:
        fits = []
        for begin in range(0, of.size, max(1, batch)):
            part = slice(begin, begin + max(1, batch))
            known = None if start.variance is None else start.variance[part]
            state = State(start.effect[part], start.terms[part], known)
            data = Data(observed[of[part]], expected[of[part]], design)
            fits.append(laplace(prior, data, theta[part], state, close=close, spread=spread))
        return _joined(fits)

    own = np.log((observed + 1) / (expected + 1))
    start = State(0.5 * own, np.zeros((rows.size, design.shape[1])), None)
    nodes = integrate(evaluate, rows.size, start, prior.graph.size)
    log_level = np.log(level[rows])
    ratios = [np.empty((rows.size, prior.graph.size)) for _ in range(5)]
    for r in range(rows.size):
        found = _mixture(nodes, r, float(log_level[r]), confidence, exceeding)
        for target, values in zip(ratios, found, strict=True):
            target[r] = values
    z = ndtri(0.5 + confidence / 2)
    log_sigma, logit_rho = (_weighted(nodes.weight, nodes.theta[:, :, k], 0 * nodes.weight, z) for k in range(2))
    terms = _weighted(nodes.weight[:, :, np.newaxis], nodes.terms, nodes.terms_variance, z)
    terms[:, :, 0] += log_level[:, np.newaxis]
    return (*ratios, np.exp(log_sigma), expit(logit_rho), terms)


def _joined(fits: list[Fit]) -> Fit:
    if len(fits) == 1:
        return fits[0]
    spreads = [f.state.variance for f in fits]
    state = State(
        np.concatenate([f.state.effect for f in fits]),
        np.concatenate([f.state.terms for f in fits]),
        None if spreads[0] is None else np.concatenate([s for s in spreads if s is not None]),
    )
    return Fit(
        np.concatenate([f.log_posterior for f in fits]),
        np.concatenate([f.mean for f in fits]),
        state,
        np.concatenate([f.terms_variance for f in fits]),
    )


def _weighted(weight: Array, mean: Array, variance: Array, z: float) -> Array:
    """Middle and limits of a normal with the moments over the nodes: indicators x 3 (x terms)."""
    middle = (weight * mean).sum(axis=1)
    spread = np.sqrt((weight * (variance + (mean - middle[:, np.newaxis]) ** 2)).sum(axis=1))
    return np.stack([middle, middle - z * spread, middle + z * spread], axis=1)


def _mixture(nodes: Nodes, row: int, log_level: float, confidence: float, exceeding: float) -> tuple[Array, ...]:
    """Mean, limits, sd and exceedance of exp(eta), a mixture of log-normals over the nodes."""
    keep = nodes.weight[row] > 1e-6
    weight = nodes.weight[row, keep, np.newaxis] / nodes.weight[row, keep].sum()
    mean, sd = nodes.mean[row, keep] + log_level, np.sqrt(nodes.variance[row, keep])
    first = np.exp(mean + sd**2 / 2)
    ratio = (weight * first).sum(axis=0)
    second = (weight * first**2 * np.exp(sd**2)).sum(axis=0)
    above = (weight * ndtr((mean - np.log(exceeding)) / sd)).sum(axis=0)
    tail = (1 - confidence) / 2
    lower, upper = (np.exp(_quantile(weight, mean, sd, p)) for p in (tail, 1 - tail))
    return ratio, lower, upper, np.sqrt(np.maximum(second - ratio**2, 0.0)), above


def _quantile(weight: Array, mean: Array, sd: Array, probability: float) -> Array:
    """The quantile of a mixture of normals per area, by Newton steps from that of one normal, kept in a bracket."""
    z = ndtri(probability)
    each = mean + z * sd
    low, high = each.min(axis=0), each.max(axis=0)
    middle = (weight * mean).sum(axis=0)
    x = middle + z * np.sqrt((weight * (sd**2 + (mean - middle) ** 2)).sum(axis=0))
    x = np.clip(x, low, high)
    for _ in range(30):
        t = (x - mean) / sd
        error = (weight * ndtr(t)).sum(axis=0) - probability
        low, high = np.where(error < 0, x, low), np.where(error > 0, x, high)
        density = (weight * np.exp(-0.5 * t**2) / sd).sum(axis=0) / np.sqrt(2 * np.pi)
        new = x - error / np.maximum(density, 1e-300)
        new = np.where((new < low) | (new > high), (low + high) / 2, new)
        if np.abs(new - x).max() < 1e-9:
            return np.asarray(new)
        x = new
    return np.asarray(x)
