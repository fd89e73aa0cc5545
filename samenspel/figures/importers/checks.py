# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is checked on the cells of a source table before they may enter the store."""

from collections.abc import Mapping
from typing import Protocol

import polars as pl

from samenspel.figures.importers.frames import CELL, breakdown_parts
from samenspel.figures.passports import Passport
from samenspel.figures.sources import SourceTable, Total
from samenspel.figures.types import AreaLevel, period_years

FAILURE: Mapping[str, pl.DataType] = {
    "table": pl.String(),
    "file": pl.String(),
    "row": pl.Int64(),
    "code": pl.String(),
    "indicator": pl.String(),
    "period": pl.String(),
    "column": pl.String(),
    "reason": pl.String(),
}

PREFIXES = {
    AreaLevel.COUNTRY: ("NL",),
    AreaLevel.PROVINCE: ("PV",),
    AreaLevel.REGION: ("GG", "VR"),
    AreaLevel.MUNICIPALITY: ("GM",),
    AreaLevel.DISTRICT: ("WK",),
    AreaLevel.NEIGHBOURHOOD: ("BU",),
}


class KnownAreas(Protocol):
    """What the checks ask about areas."""

    def exists(self, code: str, year: int) -> bool:
        """Whether this code was in use in that year."""


def at_level(level: AreaLevel, column: str = "area") -> pl.Expr:
    """Rows whose area is of this level; the level follows from the first two letters of the code."""
    return pl.col(column).str.slice(0, 2).is_in(PREFIXES[level])


def level_of(code: str) -> AreaLevel:
    """The level of an area code. Raises ValueError when the code has no level."""
    for level, prefixes in PREFIXES.items():
        if code[:2] in prefixes:
            return level
    raise ValueError(f"{code!r} is not an area code")


def failures(
    table: SourceTable, cells: pl.DataFrame, passports: Mapping[str, Passport], known: KnownAreas
) -> pl.DataFrame:
    """Every cell that fails, with row, code, column and reason; empty when all is well."""
    found = [
        _unknown_areas(table, cells, known),
        _unknown_indicators(cells, passports),
        _out_of_range(cells, passports),
        _duplicates(cells),
        _totals(table, cells),
    ]
    return pl.concat([_as_failures(table, frame) for frame in found])


def _as_failures(table: SourceTable, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(
        pl.lit(table.key).alias("table"),
        pl.lit(table.file or table.url).alias("file"),
        pl.col("row").cast(pl.Int64),
        pl.col("area").alias("code"),
        "indicator",
        "period",
        "column",
        "reason",
    )


def from_melt(table: SourceTable, frame: pl.DataFrame) -> pl.DataFrame:
    """Failures of the melt (row, area, column, reason) in the shape of the report."""
    return _as_failures(table, frame.with_columns(pl.lit("").alias("indicator"), pl.lit("").alias("period")))


def _unknown_areas(table: SourceTable, cells: pl.DataFrame, known: KnownAreas) -> pl.DataFrame:
    pairs = cells.select("area", "period").unique()
    good = []
    for area, period in pairs.iter_rows():
        year = table.classification or period_years(period)[1]
        good.append(known.exists(area, year))
    unknown = pairs.filter(~pl.Series(good, dtype=pl.Boolean)) if good else pairs
    return cells.join(unknown, on=["area", "period"], how="semi").with_columns(
        pl.lit("area code not known for this year").alias("reason")
    )


def _unknown_indicators(cells: pl.DataFrame, passports: Mapping[str, Passport]) -> pl.DataFrame:
    return cells.filter(~pl.col("indicator").is_in(list(passports))).with_columns(
        pl.lit("no passport for this indicator").alias("reason")
    )


def _out_of_range(cells: pl.DataFrame, passports: Mapping[str, Passport]) -> pl.DataFrame:
    """Values outside the passport's bounds, values that are no finite number, and parts that cannot be."""
    bounds = pl.DataFrame(
        [(p.key, p.minimum, p.maximum) for p in passports.values()],
        schema={"indicator": pl.String, "minimum": pl.Float64, "maximum": pl.Float64},
        orient="row",
    )
    value = pl.col("value")
    reason = (
        pl.when(value.is_nan() | value.is_infinite())
        .then(pl.lit("not a finite number"))
        .when(value < pl.col("minimum"))
        .then(pl.format("{} is below the minimum {}", value, pl.col("minimum")))
        .when(value > pl.col("maximum"))
        .then(pl.format("{} is above the maximum {}", value, pl.col("maximum")))
        .when((pl.col("numerator") < 0) | (pl.col("denominator") < 0))
        .then(pl.lit("a negative part"))
        .when(value.is_null() != (pl.col("status") == "withheld"))
        .then(pl.lit("a cell is withheld exactly when it has no value"))
    )
    return (
        cells.join(bounds, on="indicator", how="left", maintain_order="left")
        .with_columns(reason.alias("reason"))
        .filter(pl.col("reason").is_not_null())
        .drop("minimum", "maximum")
    )


def _duplicates(cells: pl.DataFrame) -> pl.DataFrame:
    doubled = cells.filter(cells.select(CELL).is_duplicated())
    return doubled.with_columns(pl.lit("the same cell stands here more than once").alias("reason"))


def _has_dimension(text: str, dimension: str) -> bool:
    return set(breakdown_parts(text)) == ({dimension} if dimension else set())


def added_up(total: Total, cells: pl.DataFrame) -> float | None:
    """The sum over the areas of the total's level; None when the table has no such cells."""
    rows = cells.filter(
        (pl.col("indicator") == total.indicator) & (pl.col("period") == total.period) & at_level(total.level)
    )
    texts = [text for text in rows["breakdown"].unique() if _has_dimension(text, total.dimension)]
    rows = rows.filter(pl.col("breakdown").is_in(texts))
    return float(rows["value"].sum()) if rows.height else None


def _totals(table: SourceTable, cells: pl.DataFrame) -> pl.DataFrame:
    found = []
    for total in table.totals:
        sum_ = added_up(total, cells)
        if sum_ is not None and abs(sum_ - total.expected) <= total.tolerance * total.expected:
            continue
        says = "no areas" if sum_ is None else f"areas add up to {sum_:,.0f}"
        reason = f"{says}, the national figure is {total.expected:,.0f} ({total.source})"
        found.append((0, f"all {total.level.value} areas", total.indicator, total.period, "", reason))
    names = ["row", "area", "indicator", "period", "column", "reason"]
    kinds = [pl.Int64, pl.String, pl.String, pl.String, pl.String, pl.String]
    return pl.DataFrame(found, schema=dict(zip(names, kinds, strict=True)), orient="row")
