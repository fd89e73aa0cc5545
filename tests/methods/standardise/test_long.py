# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Standardisation of long tables: as the arrays, as the public-health package, whatever the order of the rows."""

import numpy as np
import pandas as pd
import polars as pl
import pytest
from PHStatsMethods import ph_dsr, ph_ISRatio
from polars.testing import assert_frame_equal

from samenspel.methods.standardise import direct, direct_long, indirect, indirect_long

AREAS, BANDS = 40, 6


@pytest.fixture(scope="module")
def table() -> pl.DataFrame:
    """Two indicators, 40 areas, 6 age bands; few events in some areas, at least one in each."""
    chance = np.random.default_rng(3)
    people = np.tile(chance.integers(50, 4_000, (AREAS, BANDS)), (2, 1, 1))
    rate = np.linspace(0.002, 0.03, BANDS) * np.array([0.1, 1.0])[:, None, None]
    count = chance.poisson(people * rate)
    count[..., -1] += 1
    indicator, area, band = np.indices(people.shape).reshape(3, -1)
    return pl.DataFrame(
        {
            "indicator": [f"i{number}" for number in indicator],
            "area": [f"GM{number:04}" for number in area],
            "age": band,
            "count": count.ravel(),
            "n": people.ravel(),
            "weight": np.array([5.0, 6, 7, 6, 4, 2])[band],
            "ref_count": count.sum(1)[indicator, band],
            "ref_n": people.sum(1)[indicator, band],
        }
    ).with_columns(reference_rate=pl.col("ref_count") / pl.col("ref_n"))


BY = ["indicator", "area"]


def cube(table: pl.DataFrame, column: str) -> np.ndarray:
    return table.get_column(column).to_numpy().reshape(2, AREAS, BANDS)


def test_as_the_arrays(table: pl.DataFrame) -> None:
    found = indirect_long(table, BY)
    wanted = indirect(cube(table, "count"), cube(table, "n"), cube(table, "reference_rate"))
    assert found.columns == [*BY, "observed", "expected", "ratio", "lower", "upper"]
    assert found.select(BY).equals(table.select(BY).unique(maintain_order=True))
    for name, values in wanted._asdict().items():
        assert found.get_column(name).to_numpy() == pytest.approx(values.ravel(), rel=1e-12)
    rates = direct_long(table.lazy(), BY)
    for name, values in direct(cube(table, "count"), cube(table, "n"), cube(table, "weight"))._asdict().items():
        assert rates.get_column(name).cast(pl.Float64).to_numpy() == pytest.approx(values.ravel(), nan_ok=True)
    assert rates.get_column("rate").null_count() == (rates.get_column("events") < 10).sum() > 0


def test_as_the_public_health_package(table: pl.DataFrame) -> None:
    peer = pd.DataFrame(table.to_dict(as_series=False))
    ratios = ph_ISRatio(peer, "count", "n", "ref_count", "ref_n", BY, confidence=0.998)
    found = indirect_long(table, BY, confidence=0.998).sort(BY)
    names = {"expected": "Expected", "ratio": "Value", "lower": "lower_99_8_ci", "upper": "upper_99_8_ci"}
    for ours, theirs in names.items():
        assert found.get_column(ours).to_numpy() == pytest.approx(ratios[theirs].to_numpy(), rel=1e-9)
    rates = ph_dsr(peer, "count", "n", "weight", BY, euro_standard_pops=False, multiplier=1)
    rate = direct_long(table, BY).sort(BY)
    for ours, theirs in {"rate": "Value", "lower": "lower_95_ci", "upper": "upper_95_ci"}.items():
        known = rates[theirs].notna().to_numpy()
        assert np.array_equal(known, rate.get_column(ours).is_not_null().to_numpy())
        wanted = rates[theirs].dropna().to_numpy()
        assert rate.get_column(ours).drop_nulls().to_numpy() == pytest.approx(wanted, rel=1e-9)


def test_the_order_of_rows_does_not_matter(table: pl.DataFrame) -> None:
    shuffled = table.sample(fraction=1, shuffle=True, seed=1)
    for method in (direct_long, indirect_long):
        assert_frame_equal(method(shuffled, BY).sort(BY), method(table, BY).sort(BY), rel_tol=1e-12)


def test_the_reference_may_be_a_table_of_its_own(table: pl.DataFrame) -> None:
    rates = table.select("indicator", "age", "reference_rate").unique()
    apart = indirect_long(table.drop("reference_rate"), BY, reference=rates, on=["indicator", "age"])
    assert_frame_equal(apart, indirect_long(table, BY), rel_tol=1e-12)
    without = rates.filter((pl.col("age") != 2) | (pl.col("indicator") != "i0"))
    partly = indirect_long(table.drop("reference_rate"), BY, reference=without, on=["indicator", "age"])
    assert partly.filter(pl.col("indicator") == "i0").get_column("ratio").null_count() == AREAS
    assert partly.filter(pl.col("indicator") == "i1").get_column("ratio").null_count() == 0


def test_one_row_unknown_is_a_group_unknown(table: pl.DataFrame) -> None:
    first = (pl.col("area") == "GM0000") & (pl.col("age") == 1)
    gap = table.with_columns(count=pl.when(first).then(None).otherwise(pl.col("count")))
    for method, column in ((indirect_long, "ratio"), (direct_long, "rate")):
        lost = method(gap, BY).filter(pl.col("area") == "GM0000")
        assert lost.get_column(column).null_count() == 2
        kept = method(gap, BY).filter(pl.col("area") != "GM0000")
        assert_frame_equal(kept, method(table, BY).filter(pl.col("area") != "GM0000"))


def test_persons_with_several_events(table: pl.DataFrame) -> None:
    with_squares = table.with_columns(squares=pl.col("count") * 2)
    found = direct_long(with_squares, BY, squares="squares")
    wanted = direct(cube(table, "count"), cube(table, "n"), cube(table, "weight"), squares=cube(table, "count") * 2)
    assert found.get_column("upper").cast(pl.Float64).to_numpy() == pytest.approx(wanted.upper.ravel(), nan_ok=True)


def test_impossible_input_is_named(table: pl.DataFrame) -> None:
    rates = table.select("age", "reference_rate")
    below = pl.col("count").cast(pl.Int64) - 1
    with pytest.raises(ValueError, match="no column inhabitants; it has indicator"):
        indirect_long(table, BY, n="inhabitants")
    with pytest.raises(ValueError, match=r"count must not be negative: -1\.0"):
        indirect_long(table.with_columns(count=below - pl.col("count")), BY)
    with pytest.raises(ValueError, match=r"one row for each combination of on: \['age'\]"):
        indirect_long(table.drop("reference_rate"), BY, reference=rates, on=["age"])
    with pytest.raises(ValueError, match="n must be above 0"):
        direct_long(table.with_columns(n=0), BY)
    with pytest.raises(ValueError, match="weight must not all be 0 in a group"):
        direct_long(table.with_columns(weight=0), BY)
    with pytest.raises(ValueError, match="squares must not be below count"):
        direct_long(table.with_columns(squares=pl.col("count") * 0), BY, squares="squares")


def test_an_empty_table_gives_an_empty_table(table: pl.DataFrame) -> None:
    assert indirect_long(table.head(0), BY).shape == (0, 7)
    assert direct_long(table.head(0), BY).shape == (0, 6)


def test_groups_that_stand_together_and_groups_that_do_not(table: pl.DataFrame) -> None:
    """Runs are summed first; a group may come back later, and a name may be null."""
    twice = pl.concat([table.head(240), table.tail(240), table.head(240)])
    found = indirect_long(twice, BY).select("observed", "expected")
    assert_frame_equal(found.head(40), indirect_long(table, BY).select("observed", "expected").head(40) * 2)
    nameless = table.with_columns(area=pl.when(pl.col("area") == "GM0003").then(None).otherwise(pl.col("area")))
    assert indirect_long(nameless, BY).filter(pl.col("area").is_null()).height == 2
