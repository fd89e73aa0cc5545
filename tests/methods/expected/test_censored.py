# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounded and secret counts in the likelihood: against sums over all possible counts, and what ignoring them does."""

import numpy as np
import pytest
from scipy import stats
from scipy.integrate import quad
from scipy.optimize import minimize

from samenspel.methods.expected import Published, area_rates, design, fit, linear, rounded, rounded_rate, secret
from samenspel.methods.expected.families import BetaBinomial, Binomial, NegativeBinomial, Poisson, grid_of
from tests.methods.expected import slow


def as_published(counts: np.ndarray) -> Published:
    """As CBS publishes clients of care: multiples of 5, 0 to 7 secret."""
    hidden = secret(counts.shape)
    is_hidden = counts <= 7
    shown = rounded(np.where(is_hidden, np.nan, 5 * np.round(counts / 5)), 5, lowest=8)
    return Published(np.where(is_hidden, hidden.lower, shown.lower), np.where(is_hidden, hidden.upper, shown.upper))


@pytest.mark.parametrize("family", [Poisson(), NegativeBinomial(12.0), Binomial(), BetaBinomial(0.02)])
def test_loglik_is_the_sum_over_the_possible_counts(family: Poisson) -> None:
    low, high = np.array([0.0, 8, 30, 40]), np.array([7.0, 12, 30, 60])
    base = np.full(4, 500.0)
    share = np.array([0.01, 0.02, 0.08, 0.1])
    eta = np.log(share / (1 - share)) if isinstance(family, Binomial | BetaBinomial) else np.log(base * share)
    dispersion = getattr(family, "theta", getattr(family, "rho", 0.0))
    found = family.slope(eta, base, grid_of(low, high))
    expected = [
        slow.log_probability(family.name, *row, dispersion) for row in zip(low, high, base * share, base, strict=True)
    ]
    np.testing.assert_allclose(found.loglik, expected, rtol=1e-9)
    # The score is the slope of that likelihood.
    step = 1e-5
    ends = [family.slope(eta + side * step, base, grid_of(low, high)).loglik for side in (-1, 1)]
    np.testing.assert_allclose(found.score, (ends[1] - ends[0]) / (2 * step), rtol=1e-4, atol=1e-6)
    assert np.all(found.weight > 0)


@pytest.mark.parametrize("theta", [0.1, 0.3, 1.0, 5.0, 50.0])
def test_wide_interval_near_zero_has_its_probability(theta: float) -> None:
    """Mass that piles up at 0, in intervals of all widths: against the distribution function."""
    low = np.repeat([0.0, 0, 0, 0, 0, 1, 8, 8, 20, 900], 4)
    high = np.repeat([31.0, 33, 40, 60, 1_025, 40, 48, 60_000, 3_000, 2_400], 4)
    mu = np.tile([0.5, 2.0, 10.0, 50.0], 10)
    found = np.exp(NegativeBinomial(theta).slope(np.log(mu), np.ones(40), grid_of(low, high)).loglik)
    law = stats.nbinom(theta, theta / (theta + mu))
    true = np.where(low > 0, law.sf(low - 1) - law.sf(high), law.cdf(high) - law.cdf(low - 1))
    likely = true > 1e-200
    np.testing.assert_allclose(found[likely], true[likely], rtol=1e-8)
    assert likely.sum() >= 36 and (found <= 1 + 1e-12).all()


@pytest.mark.parametrize("mean", [3_000.0, 60_000.0])
@pytest.mark.parametrize("width", [33, 130, 870, 2_500, 9_001])
def test_wide_interval_is_the_sum(mean: float, width: int) -> None:
    for low in np.floor([[mean - 9 * mean**0.5], [mean * 0.99], [mean * 1.05]]):
        for family in (NegativeBinomial(40.0), Poisson()):
            ours = family.slope(np.log([mean]), np.ones(1), grid_of(low, low + width)).loglik[0]
            twin = slow.log_probability(family.name, float(low[0]), float(low[0] + width), mean, 1.0, 40.0)
            assert np.exp(ours - twin) == pytest.approx(1, abs=1e-9), (family.name, low)


@pytest.mark.parametrize("family", [Binomial(), BetaBinomial(0.02), BetaBinomial(0.6)])
def test_wide_interval_of_a_share_is_the_sum_up_to_all(family: Binomial) -> None:
    for low, high, share in ((0.0, 4_000.0, 0.4), (100, 2_500, 0.02), (2_000, 3_990, 0.97), (900, 2_100, 0.5)):
        one = family.slope(np.log([share / (1 - share)]), np.array([4e3]), grid_of(*np.array([[low], [high], [4e3]])))
        rho = getattr(family, "rho", 0.0)
        twin = slow.log_probability(family.name, low, high, 4_000 * share, 4_000.0, rho)
        assert one.loglik[0] == pytest.approx(twin, abs=1e-9)


def test_a_very_wide_interval_stays_small() -> None:
    grid = grid_of(np.array([0.0]), np.array([5e6]))
    assert len(grid.values) < 50_000
    assert grid.weights.sum() == pytest.approx(5_000_001)
    assert (grid.weights * grid.values).sum() == pytest.approx(5_000_001 * 2_500_000)


@pytest.mark.parametrize(("rate", "theta"), [(0.0004, 1.0), (0.003, 5.0)])
def test_a_rare_provision_in_large_places_is_found(rate: float, theta: float) -> None:
    """Rates per 1,000 of large places: intervals from 0 up to 150 wide, of which the sum is the only right answer."""
    rng = np.random.default_rng(7)
    people = rng.uniform(40_000, 150_000, 300)
    counts = rng.poisson(rate * people * rng.gamma(theta, 1 / theta, 300))
    bounds = rounded_rate(np.round(1_000 * counts / people), people)
    ours = fit(design([], {}, areas=300), bounds, people)

    def lost(parameters: np.ndarray) -> float:
        mu, size = people * np.exp(parameters[0]), np.exp(parameters[1])
        law = stats.nbinom(size, size / (size + mu))
        return -float(np.log(law.cdf(bounds.upper) - law.cdf(bounds.lower - 1)).sum())

    found = minimize(lost, [ours.coefficients[0] + 0.02, np.log(ours.dispersion) - 0.05], method="BFGS")
    assert ours.loglik == pytest.approx(-found.fun, abs=1e-6)
    assert np.exp(ours.coefficients[0]) == pytest.approx(rate, rel=0.2)


def test_fit_equals_a_general_optimiser() -> None:
    rng = np.random.default_rng(3)
    x, base = rng.normal(size=60), rng.uniform(100, 2_000, 60)
    counts = rng.poisson(base * 0.03 * np.exp(0.3 * x) * rng.gamma(8, 1 / 8, 60)).astype(float)
    bounds = as_published(counts)
    made = design([linear("x", x)], {"x": x})
    ours = fit(made, bounds, base)
    start = np.array([*ours.coefficients + 0.02, np.log(ours.dispersion) - 0.05])
    theirs, height = slow.fit("negative_binomial", made.matrix, bounds.lower, bounds.upper, base, start)
    assert ours.loglik >= height - 1e-6
    np.testing.assert_allclose(ours.coefficients, theirs[:2], atol=2e-4)
    assert np.log(ours.dispersion) == pytest.approx(theirs[2], abs=5e-3)


def test_bounds_of_one_value_are_the_exact_count() -> None:
    rng = np.random.default_rng(4)
    x, base = rng.normal(size=80), rng.uniform(100, 2_000, 80)
    counts = rng.poisson(base * 0.03).astype(float)
    made = design([linear("x", x)], {"x": x})
    exact_fit, bound_fit = fit(made, counts, base), fit(made, Published(counts, counts), base)
    np.testing.assert_array_equal(exact_fit.coefficients, bound_fit.coefficients)


def test_leaving_out_what_is_secret_is_wrong_and_the_likelihood_is_not() -> None:
    """The mean of published rates is too high, as the secret areas are the low ones (section 2.4 of the design)."""
    rng = np.random.default_rng(5)
    people = rng.lognormal(np.log(300), 0.9, 3_000).round() + 20
    rate = 0.06 * rng.gamma(8, 1 / 8, 3_000)
    counts = rng.poisson(people * rate).astype(float)
    bounds = as_published(counts)
    shown = counts > 7
    naive = float((5 * np.round(counts / 5) / people)[shown].mean())
    assert naive > 0.06 * 1.05
    model = fit(design([], {}, areas=3_000), bounds, people)
    assert np.exp(model.coefficients[0]) == pytest.approx(0.06, rel=0.02)
    assert model.dispersion == pytest.approx(8, rel=0.12)
    found = area_rates(bounds, model.expected, model.dispersion)
    truth = people * rate
    inside = (found.lower <= truth) & (truth <= found.upper)
    assert 0.93 <= inside.mean() <= 0.97
    assert 0.92 <= inside[~shown].mean() <= 0.98


def test_area_rates_against_integration() -> None:
    """The posterior of a secret area, by integrating prior times likelihood."""
    theta, mu = 4.0, 9.0
    likelihood = stats.poisson.cdf
    prior = stats.gamma(theta, scale=mu / theta)

    def density(level: float) -> float:
        return float(prior.pdf(level) * likelihood(7, level))

    total = quad(density, 0, 100)[0]
    found = area_rates(secret(1), [mu], theta)
    assert found.mean[0] == pytest.approx(quad(lambda level: level * density(level), 0, 100)[0] / total, rel=1e-6)
    for limit, chance in ((found.lower[0], 0.025), (found.upper[0], 0.975)):
        assert quad(density, 0, limit)[0] / total == pytest.approx(chance, abs=1e-6)
    assert np.isnan(area_rates(Published(np.array([np.nan]), np.array([np.nan])), [mu], theta).mean[0])
    with pytest.raises(ValueError, match="theta is 0"):
        area_rates(secret(1), [mu], 0)
