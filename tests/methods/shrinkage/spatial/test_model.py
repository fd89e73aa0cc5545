# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The spatial model: limits, a dense twin, a twin by simulation, what is missing, and the totals."""

import numpy as np
import pytest
from scipy.optimize import minimize

from samenspel.methods.shrinkage.spatial import SpatialFit, SpatialModel, benchmarked, spatial
from samenspel.methods.shrinkage.spatial.laplace import Data, State, laplace
from tests.methods.shrinkage.spatial.maps import grid, islands, precision

SIZE, EDGES = islands(7, 8)


def _counts(sigma: float, rho: float, mean: float, seed: int = 3, rows: int = 1) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    root = np.linalg.cholesky(np.linalg.inv(precision(SIZE, EDGES, sigma, rho)))
    truth = np.exp(rng.normal(size=(rows, SIZE)) @ root.T)
    expected = mean * np.exp(rng.normal(0, 0.6, SIZE))
    return rng.poisson(expected * truth).astype(float), expected


def test_laplace_equals_a_dense_twin_that_minimises_and_takes_determinants() -> None:
    counts, expected = _counts(0.3, 0.8, 12)
    model = SpatialModel(SIZE, EDGES)
    order = model.graph.order
    design = np.column_stack([np.ones(SIZE), np.linspace(-1, 1, SIZE)])
    data = Data(counts[:, order], expected[np.newaxis, order], design[order])
    start = State(np.zeros((1, SIZE)), np.zeros((1, 2)), None)

    def dense(sigma: float, rho: float) -> tuple[float, np.ndarray, np.ndarray]:
        prior = precision(SIZE, EDGES, sigma, rho)

        def minus(x: np.ndarray) -> tuple[float, np.ndarray]:
            u, b = x[:SIZE], x[SIZE:]
            eta = u + design @ b
            left = counts[0] - expected * np.exp(eta)
            value = counts[0] @ eta - (expected * np.exp(eta)).sum() - 0.5 * u @ prior @ u - 0.125 * b @ b
            return -value, -np.concatenate([left - prior @ u, design.T @ left - 0.25 * b])

        best = minimize(minus, np.zeros(SIZE + 2), jac=True, method="BFGS", options={"gtol": 1e-7, "maxiter": 5000})
        eta = best.x[:SIZE] + design @ best.x[SIZE:]
        both = np.column_stack([np.eye(SIZE), design])
        hessian = both.T @ np.diag(expected * np.exp(eta)) @ both
        hessian[:SIZE, :SIZE] += prior
        hessian[SIZE:, SIZE:] += 0.25 * np.eye(2)
        value = -best.fun + 0.5 * np.linalg.slogdet(prior)[1] - 0.5 * np.linalg.slogdet(hessian)[1]
        value += np.log(sigma) - 0.5 * sigma**2 + np.log(rho * (1 - rho))
        return value, eta, np.diag(both @ np.linalg.inv(hessian) @ both.T)

    mine, twins = [], []
    for sigma, rho in ((0.2, 0.5), (0.4, 0.9)):
        theta = np.array([[np.log(sigma), np.log(rho / (1 - rho))]])
        fit = laplace(model.prior, data, theta, start, close=0.01, spread=True)
        value, eta, variance = dense(sigma, rho)
        mode = fit.state.effect[0] + fit.state.terms[0] @ design[order].T
        np.testing.assert_allclose(mode, eta[order], atol=2e-4)
        assert fit.state.variance is not None
        np.testing.assert_allclose(fit.state.variance[0], variance[order], rtol=1e-2)
        mine.append(fit.log_posterior[0])
        twins.append(value)
    assert mine[1] - mine[0] == pytest.approx(twins[1] - twins[0], abs=5e-3)


def test_no_spread_gives_one_level_everywhere() -> None:
    fit = spatial(np.full(SIZE, 1000.0), np.full(SIZE, 500.0), EDGES)
    assert fit.mean == pytest.approx(2.0, rel=0.01)
    assert fit.sigma.median < 0.02 and fit.sigma.lower < fit.sigma.median < fit.sigma.upper


def test_much_information_keeps_each_area_its_own_ratio() -> None:
    rng = np.random.default_rng(1)
    expected = np.full(SIZE, 1e6)
    counts = rng.poisson(expected * np.exp(rng.normal(0, 0.3, SIZE)))
    fit = spatial(counts, expected, EDGES)
    assert fit.mean == pytest.approx(counts / expected, rel=1e-3)
    assert fit.upper - fit.lower == pytest.approx(2 * 1.96 * np.sqrt(counts) / expected, rel=0.02)


def test_a_pattern_on_the_map_is_seen_and_a_pattern_off_it_too() -> None:
    patterned, expected = _counts(0.4, 0.97, 200, seed=5, rows=4)
    loose, _ = _counts(0.4, 0.02, 200, seed=5, rows=4)
    model = SpatialModel(SIZE, EDGES)
    assert model.fit(patterned, expected).rho.median.mean() > model.fit(loose, expected).rho.median.mean() + 0.3


def test_nothing_expected_is_told_by_the_neighbours_and_an_unknown_count_stays_unknown() -> None:
    expected = np.full(25, 400.0)
    counts = np.where(np.arange(25) % 5 < 2, 520.0, 280.0)
    counts[10] = expected[10] = 0.0  # among the high ones
    counts[14] = np.nan
    fit = spatial(counts, expected, grid(5, 5))
    assert fit.mean[10] > 1.05 and fit.upper[10] - fit.lower[10] > 2 * (fit.upper[11] - fit.lower[11])
    assert np.isnan([fit.mean[14], fit.lower[14], fit.upper[14], fit.sd[14], fit.above[14]]).all()
    assert not np.isnan(np.delete(fit.mean, 14)).any()


def test_covariates_an_exceedance_and_the_level() -> None:
    rng = np.random.default_rng(4)
    covariate = rng.normal(size=SIZE)
    expected = np.full(SIZE, 150.0)
    counts = rng.poisson(expected * np.exp(0.5 + 0.3 * covariate + rng.normal(0, 0.1, SIZE)))
    fit = spatial(counts, expected, EDGES, covariate[:, np.newaxis], exceeding=1.5)
    assert fit.terms.lower[0] < 0.5 < fit.terms.upper[0] and fit.terms.lower[1] < 0.3 < fit.terms.upper[1]
    assert fit.terms.upper[1] - fit.terms.lower[1] < 0.12
    assert (fit.above[fit.lower > 1.5] > 0.97).all() and (fit.above[fit.upper < 1.5] < 0.03).all()
    scaled = spatial(counts, expected * 1000, EDGES, covariate[:, np.newaxis])
    assert scaled.mean * 1000 == pytest.approx(fit.mean, rel=1e-3)


def test_rows_stand_alone_whatever_the_workers_and_the_order_of_the_areas() -> None:
    counts, expected = _counts(0.3, 0.7, 20, rows=5)
    model = SpatialModel(SIZE, EDGES)
    together, threads = model.fit(counts, expected), model.fit(counts, expected, workers=2)
    alone = model.fit(counts[2], expected)
    assert alone.mean.shape == (SIZE,) and together.sigma.median.shape == (5,) and together.terms.median.shape == (5, 1)
    for many in (together, threads):
        assert many.upper[2] == pytest.approx(alone.upper, rel=2e-3)
        assert many.mean[2] == pytest.approx(alone.mean, rel=1e-3)
    again = model.fit(counts, expected)
    assert (again.lower == together.lower).all()
    turned = np.random.default_rng(2).permutation(SIZE)
    place = np.argsort(turned)
    other = spatial(counts[2][turned], expected[turned], [(int(place[i]), int(place[j])) for i, j in EDGES])
    assert other.mean == pytest.approx(alone.mean[turned], rel=1e-3)


def test_benchmarked_to_published_totals() -> None:
    counts, expected = _counts(0.3, 0.7, 20)
    groups = np.arange(SIZE) % 3
    totals = np.bincount(groups, counts[0])
    fit = spatial(counts[0], expected, EDGES)
    scaled = benchmarked(fit, expected, totals, groups)
    assert np.bincount(groups, scaled.mean * expected) == pytest.approx(totals)
    assert scaled.upper / scaled.mean == pytest.approx(fit.upper / fit.mean)


def test_a_row_without_anything_expected_or_counted_is_nan_and_leaves_the_others_alone() -> None:
    counts, expected = _counts(0.3, 0.7, 20)
    none = np.zeros(SIZE)
    rows = np.stack([none, counts[0], np.full(SIZE, np.nan)])
    both = spatial(rows, np.stack([none, expected, expected]), EDGES)
    alone = spatial(counts[0], expected, EDGES)
    for found, same in zip(_parts_of(both), _parts_of(alone), strict=True):
        assert np.isnan(found[0]).all() and np.isnan(found[2]).all()
        assert found[1] == pytest.approx(same)
    assert np.isnan(spatial(none, none, EDGES).sigma.median)


def _parts_of(fit: SpatialFit) -> list[np.ndarray]:
    summaries = [part for one in (fit.sigma, fit.rho, fit.terms) for part in (one.median, one.lower, one.upper)]
    return [fit.mean, fit.lower, fit.upper, fit.sd, fit.above, *summaries]


def test_counts_of_zero_only() -> None:
    fit = spatial(np.zeros(SIZE), np.full(SIZE, 2.0), EDGES)
    assert (fit.mean < 0.1).all() and (fit.lower >= 0).all() and (fit.upper < 0.5).all()


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"count": [1.0, -1.0]}, r"count.*-1\.0"),
        ({"expected": [1.0, -1.0]}, r"expected.*-1\.0"),
        ({"expected": [1.0, np.nan]}, "expected.*NaN"),
        ({"expected": [1.0, 0.0]}, r"count must be 0.*2\.0"),
        ({"covariates": [1.0, 2.0]}, "covariates"),
        ({"covariates": [[1.0], [np.nan]]}, "covariates.*NaN"),
        ({"confidence": 0.0}, r"confidence.*0\.0"),
        ({"exceeding": 0.0}, r"exceeding.*0\.0"),
        ({"workers": 0}, "workers.*0"),
        ({"count": 1.0, "expected": 1.0}, "axis of areas"),
    ],
)
def test_the_impossible_is_refused(changed: dict[str, object], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        spatial(**({"count": [1.0, 2.0], "expected": [1.0, 2.0], "edges": [(0, 1)]} | changed))  # type: ignore[arg-type]


@pytest.mark.slow
def test_a_twin_by_importance_sampling_finds_the_same_means_and_intervals() -> None:
    """The exact posterior on a 5 x 5 grid: 240,000 weighted draws over a fine grid of sigma and rho, dense algebra."""
    edges, size = grid(5, 5), 25
    rng = np.random.default_rng(12)
    expected = rng.uniform(5, 40, size)
    counts = rng.poisson(expected * np.exp(rng.normal(0, 0.35, size))).astype(float)
    fit = spatial(counts, expected, edges)
    both = np.column_stack([np.eye(size), np.ones(size)])
    base = expected * (counts.sum() + 0.5) / expected.sum()
    logs, draws = [], []
    for log_sigma in np.linspace(np.log(0.01), np.log(2.5), 50):
        for logit in np.linspace(-6, 8, 25):
            rho = 1 / (1 + np.exp(-logit))
            prior = precision(size, edges, np.exp(log_sigma), rho)
            whole = np.pad(prior, (0, 1))
            whole[-1, -1] = 0.25
            x = np.zeros(size + 1)
            for _ in range(60):
                rates = base * np.exp(both @ x)
                hessian = both.T @ (rates[:, np.newaxis] * both) + whole
                x = x + np.clip(np.linalg.solve(hessian, both.T @ (counts - rates) - whole @ x), -1, 1)
            root = np.linalg.cholesky(hessian)
            z = rng.normal(size=(size + 1, 192))
            some = x[:, np.newaxis] + np.linalg.solve(root.T, z)
            eta = both @ some
            log = counts @ eta - base @ np.exp(eta) - 0.5 * np.einsum("ik,ij,jk->k", some, whole, some)
            log += 0.5 * np.linalg.slogdet(prior)[1] + 0.5 * (z**2).sum(axis=0) - np.log(np.diag(root)).sum()
            log += log_sigma - 0.5 * np.exp(2 * log_sigma) + np.log(rho * (1 - rho))
            logs.append(log)
            draws.append(np.exp(eta) * base[:, np.newaxis] / expected[:, np.newaxis])
    log, values = np.concatenate(logs), np.concatenate(draws, axis=1)
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    assert 1 / (weight**2).sum() > 3_000
    mean = values @ weight
    assert fit.mean == pytest.approx(mean, rel=0.015)
    assert fit.sd == pytest.approx(np.sqrt(values**2 @ weight - mean**2), rel=0.1)
    for i in range(size):
        order = np.argsort(values[i])
        reached = np.cumsum(weight[order])
        lower, upper = (values[i][order[np.searchsorted(reached, p)]] for p in (0.025, 0.975))
        assert abs(fit.lower[i] - lower) < 0.08 * (upper - lower)
        assert abs(fit.upper[i] - upper) < 0.08 * (upper - lower)
