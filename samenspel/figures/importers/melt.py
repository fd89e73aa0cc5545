# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the wide rows of a file to one row per cell, guided by the passports."""

from collections.abc import Iterable, Mapping

import polars as pl

from samenspel.figures.importers.frames import LONG, without_noise
from samenspel.figures.importers.readers import ChangedSource
from samenspel.figures.passports import Column, Passport, Unit
from samenspel.figures.sources import SourceTable
from samenspel.figures.types import COUNTRY_CODE, Status

# A figure for the country that we weigh ourselves needs areas with nearly all of the weight.
COUNTRY_COVERAGE = 0.9

NOT_A_NUMBER = "not a number"


def mappings(table: str, passports: Mapping[str, Passport]) -> list[tuple[Passport, Column]]:
    """All passports' columns that come from this table, in the order of the passports."""
    return [(p, source) for p in passports.values() for source in p.sources if source.table == table]


def melt(
    table: SourceTable, wide: pl.DataFrame, passports: Mapping[str, Passport]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """All cells of a table, and the cells that are text where a number should be.

    Gives (cells in the LONG shape, failures with row, area, column and reason). A period or breakdown in which a column
    is empty everywhere was not published and gives no cells; an empty cell among filled ones is withheld.
    Raises ChangedSource when a column that a passport names is not there.
    """
    pairs = mappings(table.key, passports)
    needed = list(dict.fromkeys(name for _, source in pairs for name in source.columns))
    missing = [name for name in needed if name not in wide.columns]
    if missing:
        raise ChangedSource(f"{table.key}: no column {', '.join(missing)}")
    keys = wide.select("area", "period", "breakdown", "row")
    measures = wide.select(needed).select(pl.all().cast(pl.Float64, strict=False))
    failures = _not_numbers(wide, measures, needed)
    numbers = pl.concat([keys, measures], how="horizontal")
    kinds = _kinds(pairs, keys)
    cells = [_cells(table, numbers, passport, source).with_columns(kinds) for passport, source in pairs]
    return pl.concat(cells) if cells else pl.DataFrame(schema=dict(LONG)), failures


def _kinds(pairs: list[tuple[Passport, Column]], keys: pl.DataFrame) -> list[pl.Expr]:
    """Casts to one enumeration per text column for all cells of a table; see `frames.compact`."""
    texts = {
        "indicator": {passport.key for passport, _ in pairs},
        "area": {COUNTRY_CODE, *keys["area"].drop_nulls()},
        "period": set(keys["period"].drop_nulls()),
        "breakdown": {source.breakdown for _, source in pairs} | set(keys["breakdown"].drop_nulls()),
        "status": {status.value for status in Status},
        "column": {_column_name(source) for _, source in pairs},
    }
    return [pl.col(name).cast(pl.Enum(sorted(values))) for name, values in texts.items()]


def _column_name(source: Column) -> str:
    return source.column or "+".join(source.numerator)


def _not_numbers(wide: pl.DataFrame, measures: pl.DataFrame, names: Iterable[str]) -> pl.DataFrame:
    """Cells with text that is no number."""
    found = [pl.DataFrame(schema={"row": pl.Int64, "area": pl.String, "column": pl.String, "reason": pl.String})]
    for name in names:
        if wide.schema[name] == pl.String:
            bad = wide.filter(wide[name].is_not_null() & measures[name].is_null())
            found.append(
                bad.select(
                    "row",
                    "area",
                    pl.lit(name).alias("column"),
                    (pl.lit(NOT_A_NUMBER + ": ") + pl.col(name)).alias("reason"),
                )
            )
    return pl.concat(found)


def _total(columns: tuple[str, ...]) -> pl.Expr:
    """The sum of columns; empty when one of them is."""
    total = pl.col(columns[0])
    for name in columns[1:]:
        total = total + pl.col(name)
    return total


def _cells(table: SourceTable, numbers: pl.DataFrame, passport: Passport, source: Column) -> pl.DataFrame:
    """The cells of one mapping."""
    rows = numbers
    if source.periods:
        rows = rows.filter(pl.col("period").is_in(source.periods))
    parts = bool(source.numerator)
    rows = rows.select(
        pl.lit(passport.key).alias("indicator"),
        "area",
        "period",
        _breakdown(source).alias("breakdown"),
        (without_noise(pl.col(source.column) * source.factor) if source.column else pl.lit(None, pl.Float64)).alias(
            "value"
        ),
        (_total(source.numerator) if parts else pl.lit(None, pl.Float64)).alias("numerator"),
        (_total(source.denominator) if parts else pl.lit(None, pl.Float64)).alias("denominator"),
        (pl.col(source.weight) if source.weight else pl.lit(None, pl.Float64)).alias("weight"),
        "row",
        pl.lit(_column_name(source)).alias("column"),
    )
    given = pl.col("numerator") if source.column is None else pl.col("value")
    rows = rows.filter(given.is_not_null().any().over("period", "breakdown"))
    if source.country is not None:
        rows = pl.concat([rows, _country(rows, source, passport.unit)], how="diagonal")
    own = _computed(source) if source.column is None else pl.col("value")
    parts_read = without_noise(pl.col("numerator", "denominator"))
    rows = rows.with_columns(without_noise(own).alias("value"), parts_read)
    status = _status(table, source)
    return rows.with_columns(
        pl.when(pl.col("value").is_null()).then(pl.lit(Status.WITHHELD.value)).otherwise(status).alias("status")
    ).select([pl.col(name).cast(kind) for name, kind in LONG.items()])


def _breakdown(source: Column) -> pl.Expr:
    return pl.lit(source.breakdown) if source.breakdown else pl.col("breakdown")


def _computed(source: Column) -> pl.Expr:
    """numerator / denominator * per; empty when the denominator is zero or too small to be shown as a share."""
    enough = (pl.col("denominator") > 0) & (pl.col("denominator") >= source.minimum_denominator)
    share = pl.col("numerator") / pl.col("denominator") * source.per
    if source.rounded_to:
        # Both parts are rounded by the publisher, so that a part can seem larger than its whole, but not by more.
        rounding = pl.col("numerator") - pl.col("denominator") <= source.rounded_to
        share = pl.when(rounding).then(pl.min_horizontal(share, pl.lit(source.per))).otherwise(share)
    return pl.when(enough).then(share)


def _status(table: SourceTable, source: Column) -> pl.Expr:
    """The mark of a cell with a value: what the table says, but derived when we computed it from definitive parts."""
    expression = pl.lit(table.status.value)
    for period, status in table.statuses.items():
        expression = pl.when(pl.col("period") == period).then(pl.lit(status.value)).otherwise(expression)
    derived = pl.lit(source.column is None) | (pl.col("area") == COUNTRY_CODE) & (pl.col("row") == 0)
    return (
        pl.when(derived & (expression == Status.PUBLISHED.value))
        .then(pl.lit(Status.DERIVED.value))
        .otherwise(expression)
    )


def _as_precise_as(parts: pl.Expr, mean: pl.Expr, unit: Unit) -> pl.Expr:
    """The mean in the coarsest step of which all parts are multiples: 1, 0.1, …; for money also 10, 100, 1000."""
    rounded = mean
    for step in (0.001, 0.01, 0.1, 1.0, *((10.0, 100.0, 1000.0) if unit is Unit.EURO else ())):
        multiples = ((parts / step) - (parts / step).round()).abs().max() < 1e-6
        rounded = pl.when(multiples).then((mean / step).round() * step).otherwise(rounded)
    return rounded


def _country(rows: pl.DataFrame, source: Column, unit: Unit) -> pl.DataFrame:
    """A row for the country where the file has none, computed from its areas; row number 0 marks it as ours.

    "sum": counts added up, only when no area is empty. "weighted": the mean of the areas weighed by `weight`, when the
    areas with a value carry at least COUNTRY_COVERAGE of it. With parts, both are added up, under the same rule.
    A mean is no more precise than what it is a mean of: of whole percentages it is one too.
    """
    areas = rows.filter(pl.col("area").str.starts_with("GM"))
    if source.numerator:
        both = pl.col("numerator").is_not_null() & pl.col("denominator").is_not_null()
        covered = pl.col("denominator").filter(both).sum() / pl.col("denominator").sum()
    elif source.country == "weighted":
        both = pl.col("value").is_not_null() & pl.col("weight").is_not_null()
        covered = pl.col("weight").filter(both).sum() / pl.col("weight").sum()
    else:
        both = pl.col("value").is_not_null()
        covered = pl.when(both.all()).then(1.0).otherwise(0.0)
    if source.country == "weighted":
        value = (pl.col("value") * pl.col("weight")).filter(both).sum() / pl.col("weight").filter(both).sum()
        value = _as_precise_as(pl.col("value").filter(both), value, unit)
    elif source.numerator:
        value = pl.col("numerator").filter(both).sum() / pl.col("denominator").filter(both).sum() * source.per
    else:
        value = pl.col("value").filter(both).sum()
    present = rows.filter(pl.col("area") == COUNTRY_CODE).select("period", "breakdown").unique()
    return (
        areas.group_by("indicator", "period", "breakdown", "column", maintain_order=True)
        .agg(
            pl.lit(COUNTRY_CODE).alias("area"),
            (value if source.column else pl.lit(None, pl.Float64)).alias("value"),
            pl.col("numerator").filter(both).sum().alias("numerator"),
            pl.col("denominator").filter(both).sum().alias("denominator"),
            # Without any weight the share is 0 / 0, and polars ranks NaN above all numbers.
            covered.fill_nan(0.0).alias("covered"),
            pl.lit(0, pl.Int64).alias("row"),
        )
        .filter(pl.col("covered") >= COUNTRY_COVERAGE)
        .join(present, on=["period", "breakdown"], how="anti")
        .with_columns(
            [pl.when(bool(source.numerator)).then(pl.col(name)).alias(name) for name in ("numerator", "denominator")]
        )
        .drop("covered")
    )
