# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The fit against statsmodels, which finds the same maxima by other roads."""

import numpy as np
import pytest
import statsmodels.api as sm

from samenspel.methods.expected import Design, design, fit, linear

AREAS = 342


@pytest.fixture(scope="module")
def data() -> tuple[Design, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(7)
    values = {f"x{i}": rng.normal(size=AREAS) for i in range(5)}
    base = np.round(rng.uniform(2e3, 2e5, AREAS))
    mean = base * 0.06 * np.exp(0.1 * values["x0"] - 0.2 * values["x1"])
    counts = rng.poisson(mean * rng.gamma(50, 1 / 50, AREAS)).astype(float)
    return design([linear(key, x) for key, x in values.items()], values), counts, base


def test_poisson_and_binomial_equal_statsmodels(data: tuple[Design, np.ndarray, np.ndarray]) -> None:
    made, counts, base = data
    ours = fit(made, counts, base, "poisson")
    theirs = sm.GLM(counts, made.matrix, family=sm.families.Poisson(), offset=np.log(base)).fit()
    np.testing.assert_allclose(ours.coefficients, theirs.params, atol=1e-12)
    np.testing.assert_allclose(ours.standard_errors(), theirs.bse, rtol=1e-9)
    assert ours.loglik == pytest.approx(theirs.llf, abs=1e-6)
    ours = fit(made, counts, base, "binomial")
    theirs = sm.GLM(np.column_stack([counts, base - counts]), made.matrix, family=sm.families.Binomial()).fit()
    np.testing.assert_allclose(ours.coefficients, theirs.params, atol=1e-12)


def test_negative_binomial_equals_statsmodels_at_the_maximum(data: tuple[Design, np.ndarray, np.ndarray]) -> None:
    made, counts, base = data
    ours = fit(made, counts, base, "negative_binomial")
    # From our maximum, so that its optimiser cannot stop elsewhere; it may only find a higher likelihood.
    start = np.append(ours.coefficients, 1 / ours.dispersion)
    model = sm.NegativeBinomial(counts, made.matrix, offset=np.log(base))
    theirs = model.fit(start_params=start, method="newton", disp=0)
    assert ours.loglik >= theirs.llf - 1e-7
    assert ours.dispersion == pytest.approx(1 / theirs.params[-1], rel=1e-7)
    np.testing.assert_allclose(ours.coefficients, theirs.params[:-1], atol=1e-8)
