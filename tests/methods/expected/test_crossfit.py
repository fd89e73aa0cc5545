# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""No area sets its own norm; and how far a model reaches."""

from itertools import pairwise

import numpy as np
import pytest

from samenspel.methods.expected import (
    calibration_slope,
    cross_fit,
    design,
    deviance_explained,
    fit,
    linear,
    morans_i,
    residual_table,
    share_explained,
    theta_standard_error,
)
from samenspel.methods.expected.families import NegativeBinomial
from tests.methods.expected import slow

RNG = np.random.default_rng(21)
AREAS = 120
X = {"x": RNG.normal(size=AREAS), "y": RNG.normal(size=AREAS)}
BASE = RNG.uniform(1e4, 1e5, AREAS)
COUNTS = RNG.poisson(BASE * 0.05 * np.exp(0.2 * X["x"]) * RNG.gamma(60, 1 / 60, AREAS)).astype(float)
GROUPS = [f"PV{i % 6}" for i in range(AREAS)]
DESIGN = design([linear(key, x) for key, x in X.items()], X)


def test_expected_is_that_of_a_fit_without_the_own_group() -> None:
    found = cross_fit(DESIGN, COUNTS, BASE, groups=GROUPS)
    for group in sorted(set(GROUPS)):
        inside = np.array([name == group for name in GROUPS])
        alone = fit(DESIGN, COUNTS, BASE, rows=~inside)
        np.testing.assert_allclose(found.expected[inside], alone.expected[inside], rtol=1e-7)
    np.testing.assert_allclose(found.whole.expected, fit(DESIGN, COUNTS, BASE).expected)
    np.testing.assert_allclose(found.expected, BASE * np.exp(found.linear) / BASE, rtol=1e-12)


def test_own_count_does_not_move_the_own_norm() -> None:
    changed = COUNTS.copy()
    inside = np.array([name == "PV3" for name in GROUPS])
    changed[inside] *= 3
    before, after = (cross_fit(DESIGN, counts, BASE, groups=GROUPS).expected for counts in (COUNTS, changed))
    np.testing.assert_allclose(after[inside], before[inside], rtol=1e-7)
    assert np.abs(after[~inside] / before[~inside] - 1).min() > 1e-3


def test_leaving_out_one_area_at_a_time() -> None:
    counts, base = COUNTS[:30], BASE[:30]
    made = design(DESIGN.terms, {key: x[:30] for key, x in X.items()})
    found = cross_fit(made, counts, base)
    alone = fit(made, counts, base, rows=np.arange(30) != 4)
    assert found.expected[4] == pytest.approx(alone.expected[4], rel=1e-7)
    assert len(found.folds) == 30


def test_area_without_a_count_gets_an_expected_number() -> None:
    counts = COUNTS.copy()
    counts[5] = np.nan
    rows = np.isfinite(counts)
    found = cross_fit(DESIGN, counts, BASE, groups=GROUPS, rows=rows)
    assert found.expected[5] > 0
    with pytest.raises(ValueError, match="count is missing"):
        cross_fit(DESIGN, counts, BASE, groups=GROUPS)
    with pytest.raises(ValueError, match="one group only"):
        cross_fit(DESIGN, COUNTS, BASE, groups=["PV1"] * AREAS)
    with pytest.raises(ValueError, match="3 entries"):
        cross_fit(DESIGN, COUNTS, BASE, groups=["a", "b", "c"])


def test_share_explained_by_hand() -> None:
    observed, expected, base = np.array([10, 20, 40]), np.array([12, 18, 40]), np.array([100, 100, 200])
    log = np.log
    seen, thought = [log(0.1), log(0.2), log(0.2)], [log(0.12), log(0.18), log(0.2)]
    mean = sum(seen) / 3
    lost = sum((a - b) ** 2 for a, b in zip(seen, thought, strict=True))
    assert share_explained(observed, expected, base) == pytest.approx(1 - lost / sum((a - mean) ** 2 for a in seen))
    assert np.isnan(share_explained([1, 2], [1, 2], [10, 10]))
    assert np.isnan(share_explained([1, 1, 1], [1, 1, 1], [10, 10, 10]))
    assert share_explained([10, 20, 30], [30, 20, 10], [100, 100, 100]) < 0


def test_deviance_explained_is_nothing_for_a_model_without_terms() -> None:
    bare = fit(design([], {}, areas=AREAS), COUNTS, BASE)
    assert deviance_explained(bare, COUNTS, BASE) == pytest.approx(0, abs=1e-9)
    assert 0.5 < deviance_explained(fit(DESIGN, COUNTS, BASE), COUNTS, BASE) < 1


def test_calibration_slope_sees_what_lies_too_far_apart() -> None:
    model = fit(DESIGN, COUNTS, BASE)
    found = calibration_slope(COUNTS, model.expected, BASE)
    assert found.lower < 1 < found.upper
    rate = model.expected / BASE
    apart = BASE * np.exp(2 * (np.log(rate) - np.log(rate).mean()) + np.log(rate).mean())
    assert calibration_slope(COUNTS, apart, BASE).slope == pytest.approx(found.slope / 2, rel=1e-6)


def test_residual_table_holds_all_areas_once() -> None:
    model = fit(DESIGN, COUNTS, BASE)
    rows = residual_table(COUNTS, model.expected, X, parts=4)
    for key in X:
        mine = [row for row in rows if row.characteristic == key]
        assert [row.part for row in mine] == [1, 2, 3, 4]
        assert sum(row.areas for row in mine) == AREAS
        assert sum(row.observed for row in mine) == pytest.approx(COUNTS.sum())
        assert all(row.lower < row.ratio < row.upper for row in mine)
        assert all(one.highest <= two.lowest for one, two in pairwise(mine))


def test_morans_i_against_loops_and_permutations() -> None:
    pairs = [(i, i + 1) for i in range(39)] + [(i, i + 8) for i in range(30)]
    values = np.sin(np.arange(40) / 4) + RNG.normal(scale=0.2, size=40)
    found = morans_i(values, pairs)
    assert found.statistic == pytest.approx(slow.morans_i(values, pairs))
    assert found.p_value < 0.01
    shuffled = np.array([morans_i(RNG.permutation(values), pairs).statistic for _ in range(2_000)])
    assert shuffled.mean() == pytest.approx(found.by_chance, abs=0.01)
    spread = (found.statistic - found.by_chance) / found.deviate
    assert shuffled.std() == pytest.approx(spread, rel=0.06)
    values = np.append(values, [5.0, np.nan])
    assert morans_i(values, pairs).statistic == pytest.approx(found.statistic)  # no neighbour, no value
    assert np.isnan(morans_i(np.ones(40), pairs).statistic)
    with pytest.raises(ValueError, match="neighbours names row 40"):
        morans_i(np.ones(3), [(0, 40)])


def test_counts_without_extra_variation_have_endless_theta() -> None:
    rng = np.random.default_rng(22)
    base = np.full(500, 1000.0)
    counts = rng.binomial(1000, 0.05, 500).astype(float)  # a little less than Poisson
    model = fit(design([], {}, areas=500), counts, base)
    assert model.dispersion == float("inf")
    assert model.loglik == pytest.approx(fit(design([], {}, areas=500), counts, base, "poisson").loglik)
    assert np.isnan(theta_standard_error(NegativeBinomial(), model.linear, counts))


@pytest.mark.parametrize("family", ["binomial", "beta_binomial"])
def test_shares(family: str) -> None:
    rng = np.random.default_rng(23)
    n = np.full(300, 400.0)
    share = rng.beta(0.1 * 60, 0.9 * 60, 300)
    counts = rng.binomial(400, share).astype(float)
    model = fit(design([], {}, areas=300), counts, n, family)  # type: ignore[arg-type]
    assert model.expected.mean() == pytest.approx(counts.mean(), rel=0.02)
    if family == "beta_binomial":
        assert model.dispersion == pytest.approx(1 / 61, rel=0.2)
    with pytest.raises(ValueError, match="larger than base"):
        fit(design([], {}, areas=2), [3, 1], [2, 2], family)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("count", "base", "message"),
    [
        ([np.nan, 1, 1, 1], 10, "count is missing"),
        ([1, 1, 1, 1], [0, 1, 1, 1], "base holds 0"),
        ([0, 0, 0, 0], 10, "0 in all areas"),
        ([1, 1], 10, "count has shape"),
        ([-1, 1, 1, 1], 10, "-1"),
    ],
)
def test_impossible_input_is_named(count: list[float], base: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        fit(design([], {}, areas=4), count, base)  # type: ignore[arg-type]
