# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lines and curves: their columns, and that the smoothing finds the shape and no more."""

import numpy as np
import pytest
from scipy.interpolate import BSpline

from samenspel.methods.expected import design, fit, linear, spline


def test_columns_of_a_curve_are_centred_b_splines() -> None:
    x = np.linspace(2, 9, 50)
    term = spline("x", x, segments=5)
    columns = term.columns(x)
    np.testing.assert_allclose(columns.sum(axis=0), 0, atol=1e-12)
    knots = 2 + 7 / 5 * np.arange(-3, 9)
    plain = np.column_stack([BSpline.basis_element(knots[i : i + 5], extrapolate=False)(x) for i in range(8)])
    plain = np.nan_to_num(plain)
    plain[-1] = [0, 0, 0, 0, 0, 1 / 6, 4 / 6, 1 / 6]  # the element leaves out its own right end
    np.testing.assert_allclose(columns, plain @ term.contrasts, atol=1e-12)
    np.testing.assert_array_equal(term.columns([-5.0, 30.0]), term.columns([2.0, 9.0]))


def test_curve_follows_a_bend_and_stays_straight_on_a_line() -> None:
    rng = np.random.default_rng(11)
    x, base = rng.uniform(0, 1, 400), np.full(400, 50_000.0)
    made = design([spline("x", x, segments=12)], {"x": x})
    for shape, freedom in ((np.sin(2 * np.pi * x) * 0.3, (4.0, 11.0)), (0.5 * x, (0.8, 2.2))):
        counts = rng.poisson(base * 0.05 * np.exp(shape) * rng.gamma(60, 1 / 60, 400)).astype(float)
        model = fit(made, counts, base)
        used = float(model.freedom[1:].sum())
        assert freedom[0] <= used <= freedom[1]
        curve = (model.linear - np.log(base)) - (model.linear - np.log(base)).mean()
        assert np.abs(curve - (shape - shape.mean())).max() < 0.08


def test_smoothing_is_where_the_restricted_likelihood_is_highest() -> None:
    """The twin: the Laplace approximation of the restricted likelihood (Wood 2011) over a grid of strengths."""
    rng = np.random.default_rng(12)
    x, base = rng.uniform(0, 1, 200), np.full(200, 2_000.0)
    counts = rng.poisson(base * 0.05 * np.exp(np.sin(5 * x) * 0.4)).astype(float)
    made = design([spline("x", x)], {"x": x})
    model = fit(made, counts, base, "poisson")
    penalty = made.penalties[0]
    whole = np.zeros((made.matrix.shape[1],) * 2)
    whole[np.ix_(penalty.columns, penalty.columns)] = penalty.matrix

    def restricted(strength: float) -> float:
        beta = model.coefficients.copy()
        for _ in range(50):
            mean = base * np.exp(made.matrix @ beta)
            information = (made.matrix * mean[:, None]).T @ made.matrix + strength * whole
            beta = beta + np.linalg.solve(information, made.matrix.T @ (counts - mean) - strength * whole @ beta)
        mean = base * np.exp(made.matrix @ beta)
        loglik = float((counts * np.log(mean) - mean).sum()) - strength * float(beta @ whole @ beta) / 2
        half = np.linalg.slogdet((made.matrix * mean[:, None]).T @ made.matrix + strength * whole)[1] / 2
        return loglik + penalty.rank / 2 * np.log(strength) - half

    best = model.smoothing["x"]
    assert restricted(best) >= max(restricted(best * 1.2), restricted(best / 1.2)) - 1e-4


def test_ridge_draws_terms_without_meaning_to_nothing() -> None:
    rng = np.random.default_rng(13)
    values = {f"x{i}": rng.normal(size=150) for i in range(20)}
    base = np.full(150, 20_000.0)
    counts = rng.poisson(base * 0.05 * rng.gamma(40, 1 / 40, 150)).astype(float)
    free = fit(design([linear(k, x) for k, x in values.items()], values), counts, base)
    drawn = fit(design([linear(k, x, ridge="all") for k, x in values.items()], values), counts, base)
    assert np.abs(drawn.coefficients[1:]).sum() < 0.5 * np.abs(free.coefficients[1:]).sum()
    assert drawn.freedom.sum() < free.freedom.sum()


def test_design_says_what_is_wrong() -> None:
    x = np.arange(5.0)
    with pytest.raises(ValueError, match=r"age is 3\.0 in all areas"):
        linear("age", np.full(5, 3.0))
    with pytest.raises(ValueError, match="age must be a row"):
        spline("age", [1.0, np.nan, 3.0])
    with pytest.raises(ValueError, match="twice"):
        design([linear("x", x), linear("x", x)], {"x": x})
    with pytest.raises(ValueError, match="number of areas"):
        design([], {})
    made = design([linear("x", x), spline("y", x**2, segments=3)], {"x": x, "y": x**2})
    assert made.names[:3] == ("intercept", "x", "y:0")
    assert made.where("y") == slice(2, 7)
    np.testing.assert_allclose(made.at({"x": x, "y": x**2}), made.matrix)
    with pytest.raises(KeyError):
        made.where("z")
