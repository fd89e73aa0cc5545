# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is checked on the cells of a source table before they may enter the store."""

from collections.abc import Mapping
from typing import Protocol

import polars as pl

from samenspel.figures.importers.frames import CELL, breakdown_parts, breakdown_text
from samenspel.figures.importers.small import WHOLES, no_whole
from samenspel.figures.passports import Passport
from samenspel.figures.sources import SourceTable, Total
from samenspel.figures.types import AreaLevel, Status, normalise_period, period_years

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


def _none(cells: pl.DataFrame) -> pl.DataFrame:
    return cells.clear().with_columns(pl.lit("").alias("reason"))


def at_level(level: AreaLevel, column: str = "area") -> pl.Expr:
    """Rows whose area is of this level; the level follows from the first two letters of the code."""
    return pl.col(column).cast(pl.String).str.slice(0, 2).is_in(PREFIXES[level])


def failures(
    table: SourceTable, cells: pl.DataFrame, passports: Mapping[str, Passport], known: KnownAreas
) -> pl.DataFrame:
    """Every cell that fails, with row, code, column and reason; empty when all is well."""
    found = [
        _unknown_areas(table, cells, known),
        _unknown_words(cells),
        _unknown_indicators(cells, passports),
        _out_of_range(cells, passports),
        _duplicates(cells),
        _totals(table, cells),
        _wholes(cells),
    ]
    return pl.concat([_as_failures(table, frame) for frame in found])


def _as_failures(table: SourceTable, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(
        pl.lit(table.key).alias("table"),
        pl.lit(table.file or table.url).alias("file"),
        pl.col("row").cast(pl.Int64),
        pl.col("area").cast(pl.String).alias("code"),
        pl.col("indicator", "period", "column", "reason").cast(pl.String),
    )


def from_melt(table: SourceTable, frame: pl.DataFrame) -> pl.DataFrame:
    """Failures of the melt (row, area, column, reason) in the shape of the report."""
    return _as_failures(table, frame.with_columns(pl.lit("").alias("indicator"), pl.lit("").alias("period")))


def _unknown_areas(table: SourceTable, cells: pl.DataFrame, known: KnownAreas) -> pl.DataFrame:
    pairs = cells.select("area", "period").unique()
    years = {period: _year(table, period) for period in pairs["period"].unique()}
    good = [(year := years[period]) is None or known.exists(area, year) for area, period in pairs.iter_rows()]
    unknown = pairs.filter(~pl.Series(good, dtype=pl.Boolean)) if good else pairs
    if unknown.is_empty():
        return _none(cells)
    return cells.join(unknown, on=["area", "period"], how="semi").with_columns(
        pl.lit("area code not known for this year").alias("reason")
    )


def _year(table: SourceTable, period: str) -> int | None:
    """The year whose areas these are; None when the period is none."""
    try:
        last = period_years(period)[1]
    except ValueError:
        return None
    return table.classification or last


def _unknown_words(cells: pl.DataFrame) -> pl.DataFrame:
    """Periods, breakdowns and statuses that do not mean anything."""
    found = [_none(cells)]
    for column, problem in (("period", _bad_period), ("breakdown", _bad_breakdown), ("status", _bad_status)):
        bad = [value for value in cells[column].unique() if value is None or problem(value)]
        if bad:
            rows = cells.filter(pl.col(column).cast(pl.String).is_in(bad, nulls_equal=True))
            found.append(rows.with_columns(pl.format("not a {}: {}", pl.lit(column), pl.col(column)).alias("reason")))
    return pl.concat(found)


def _bad_period(text: str) -> bool:
    try:
        return normalise_period(text) != text
    except ValueError:
        return True


def _bad_breakdown(text: str) -> bool:
    try:
        return breakdown_text(**breakdown_parts(text)) != text
    except ValueError:
        return True


def _bad_status(text: str) -> bool:
    return text not in set(Status)


def _unknown_indicators(cells: pl.DataFrame, passports: Mapping[str, Passport]) -> pl.DataFrame:
    unknown = [key for key in cells["indicator"].unique() if key not in passports]
    return cells.filter(pl.col("indicator").cast(pl.String).is_in(unknown)).with_columns(
        pl.lit("no passport for this indicator").alias("reason")
    )


def _out_of_range(cells: pl.DataFrame, passports: Mapping[str, Passport]) -> pl.DataFrame:
    """Values outside the passport's bounds, values that are no finite number, and parts that cannot be."""
    value = pl.col("value")
    # First find by indicator whether anything can be wrong at all: then few rows are looked at one by one.
    extremes = cells.group_by("indicator").agg(
        value.min().alias("lowest"),
        value.max().alias("highest"),
        (
            value.is_nan()
            | value.is_infinite()
            | (pl.col("numerator") < 0)
            | (pl.col("denominator") < 0)
            | pl.col("numerator").is_nan()
            | pl.col("denominator").is_nan()
        )
        .any()
        .alias("odd"),
        (value.is_null() != (pl.col("status") == Status.WITHHELD.value)).any().alias("unmarked"),
    )
    suspects = [_none(cells)]
    for key, lowest, highest, odd, unmarked in extremes.iter_rows():
        passport = passports.get(key)
        minimum = passport.minimum if passport else None
        maximum = passport.maximum if passport else None
        low = minimum is not None and lowest is not None and lowest < minimum
        high = maximum is not None and highest is not None and highest > maximum
        if low or high or odd or unmarked:
            suspects.append(_judge(cells.filter(pl.col("indicator") == key), minimum, maximum))
    return pl.concat(suspects)


def _judge(rows: pl.DataFrame, minimum: float | None, maximum: float | None) -> pl.DataFrame:
    """Those of the rows of one indicator that cannot be, with the reason."""
    value = pl.col("value")
    below = value < minimum if minimum is not None else pl.lit(False)
    above = value > maximum if maximum is not None else pl.lit(False)
    parts = pl.col("numerator"), pl.col("denominator")
    reason = (
        pl.when(value.is_nan() | value.is_infinite())
        .then(pl.lit("not a finite number"))
        .when(below)
        .then(pl.format("{} is below the minimum {}", value, pl.lit(minimum)))
        .when(above)
        .then(pl.format("{} is above the maximum {}", value, pl.lit(maximum)))
        .when((parts[0] < 0) | (parts[1] < 0) | parts[0].is_nan() | parts[1].is_nan())
        .then(pl.lit("a negative part, or one that is no number"))
        .when(value.is_null() != (pl.col("status") == Status.WITHHELD.value))
        .then(pl.lit("a cell is withheld exactly when it has no value"))
    )
    return rows.with_columns(reason.alias("reason")).filter(pl.col("reason").is_not_null())


def _duplicates(cells: pl.DataFrame) -> pl.DataFrame:
    """Cells that stand more than once; looked for per indicator, which takes a thirtieth of the memory."""
    found = [_none(cells)]
    for key in cells["indicator"].unique():
        rows = cells.filter(pl.col("indicator") == key)
        doubled = rows.filter(rows.select(CELL).is_duplicated())
        if doubled.height:
            reason = pl.lit("the same cell stands here more than once")
            found.append(doubled.with_columns(reason.alias("reason")))
    return pl.concat(found)


def _has_dimension(text: str, dimension: str) -> bool:
    if _bad_breakdown(text):
        return False
    return set(breakdown_parts(text)) == ({dimension} if dimension else set())


def added_up(total: Total, cells: pl.DataFrame) -> float | None:
    """The sum over the areas of the total's level; None when the table has no such cells."""
    rows = cells.filter(
        (pl.col("indicator").cast(pl.String) == total.indicator)
        & (pl.col("period").cast(pl.String) == total.period)
        & at_level(total.level)
    )
    texts = [text for text in rows["breakdown"].unique() if _has_dimension(text, total.dimension)]
    rows = rows.filter(pl.col("breakdown").cast(pl.String).is_in(texts))
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


def _wholes(cells: pl.DataFrame) -> pl.DataFrame:
    """Areas with shares that should be everybody together but are not: then a column was mistaken for another.

    In districts and neighbourhoods it is the publisher's rounding; there `small.withhold` leaves such shares out.
    """
    found = [_none(cells)]
    within = at_level(AreaLevel.DISTRICT) | at_level(AreaLevel.NEIGHBOURHOOD)
    for name, parts in WHOLES.items():
        odd = no_whole(cells, parts).filter(~within)
        if odd.height:
            reason = pl.format("the shares of all {} add up to {}", pl.lit(name), pl.col("total").round(1))
            rows = cells.filter(pl.col("indicator").cast(pl.String).is_in(parts))
            reasons = odd.select("area", "period", "breakdown", reason.alias("reason"))
            found.append(rows.join(reasons, on=["area", "period", "breakdown"]).select(found[0].columns))
    return pl.concat(found)
