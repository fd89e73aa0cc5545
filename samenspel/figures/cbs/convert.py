# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the cells of a CBS table to the long frame of our store: areas, periods, units, statuses, withheld cells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from samenspel.figures.cbs.errors import SchemaChanged
from samenspel.figures.cbs.mapping import LiveMeasure, LiveTable
from samenspel.figures.cbs.protocol import IMPOSSIBLE, NO_ATTRIBUTE, Period, TableInfo
from samenspel.figures.importers.frames import without_noise
from samenspel.figures.types import COUNTRY_CODE, Status, normalise_period

OBSERVATION_COLUMNS: Mapping[str, pl.DataType] = {
    "indicator": pl.String(),
    "area": pl.String(),
    "period": pl.String(),
    "breakdown": pl.String(),
    "value": pl.Float64(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "status": pl.String(),
}
CELL = ["indicator", "area", "period", "breakdown"]
# Regional tables call the country NL01, neighbourhood tables NL00.
COUNTRY_CODES = ("NL00", "NL01")
AREA_CODE = re.compile(r"NL0[01]|PV\d{2}|GM\d{4}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4}")
YEAR_CODE = re.compile(r"\d{4}JJ00")
FINAL = "definitief"
PROVISIONAL = frozenset({"voorlopig", "nadervoorlopig"})


@dataclass(frozen=True, slots=True)
class Converted:
    """The long frame, and what of the table is not in it: indicators without any figure yet."""

    cells: pl.DataFrame
    not_published: tuple[str, ...]


def is_provisional(period: Period | None, measure: LiveMeasure, description: str, table: LiveTable) -> bool:
    """Whether CBS may still change a figure.

    In this order: the period's own status; else the measure's description ("Het betreft voorlopige cijfers"), the
    period's note and the mapping. A note names topics in free text, so it counts for all of them: calling a
    definitive figure provisional misleads less than the reverse. `final` in the mapping overrules the note.
    """
    if period is not None and period.status:
        status = period.status.replace(" ", "").casefold()
        if status not in PROVISIONAL | {FINAL}:
            raise SchemaChanged(f"Table {table.id}: period {period.code} has the unknown status {period.status!r}")
        return status in PROVISIONAL
    if measure.final:
        return False
    note = period.description if period is not None else ""
    return table.provisional or "voorlopige cijfers" in description.casefold() or "voorlopig" in note.casefold()


def convert(table: LiveTable, info: TableInfo, cells: pl.DataFrame) -> Converted:
    """The cells in the store's shape.

    Raises SchemaChanged for cells that cannot be understood: a code of another form, a value with a reason for having
    none, an empty cell without one, or two figures for one cell (CBS uses some codes of 70072ned for several figures).
    """
    frame = _with_areas_and_periods(table, cells)
    _check_values(table, frame)
    frame = _without_gone_areas(frame)
    parts = [_indicator(table, info, frame, measure) for measure in table.measures]
    found = [part for part in parts if part.height]
    empty = tuple(m.indicator for m, part in zip(table.measures, parts, strict=True) if not part.height)
    if not found:
        raise SchemaChanged(f"Table {table.id} has no figure for any of our indicators")
    return Converted(pl.concat(found).sort(CELL), empty)


def national(converted: pl.DataFrame, indicator: str) -> list[tuple[str, float]]:
    """The national figure per period, without breakdown: what the municipalities must add up to."""
    rows = converted.filter(
        (pl.col("indicator") == indicator)
        & (pl.col("area") == COUNTRY_CODE)
        & (pl.col("breakdown") == "")
        & pl.col("value").is_not_null()
    )
    return [(str(period), float(value)) for period, value in rows.select("period", "value").iter_rows()]


def _with_areas_and_periods(table: LiveTable, cells: pl.DataFrame) -> pl.DataFrame:
    """The columns code, area, period_code, period, attribute and value; only the areas and years that we keep."""
    for name, code in table.fixed.items():
        other = cells.filter(pl.col(name) != code)
        if other.height:
            raise SchemaChanged(f"Table {table.id} sent {name} {other[name][0]!r} where {code!r} was asked for")
    asked = set(table.codes)
    unasked = set(cells["Measure"].unique()) - asked
    if unasked:
        raise SchemaChanged(f"Table {table.id} sent measures that were not asked for: {', '.join(sorted(unasked))}")
    area = pl.col(table.area_dimension)
    frame = cells.filter(area.str.slice(0, 2).is_in(table.areas))
    strange = [code for code in frame[table.area_dimension].unique() if not AREA_CODE.fullmatch(code)]
    if strange:
        raise SchemaChanged(f"Table {table.id} has area codes of a new form, such as {min(strange)!r}")
    if table.time_dimension is None:
        when = pl.lit("")
        period = pl.lit(table.period)
    else:
        codes = frame[table.time_dimension].unique().to_list()
        # Quarters and months are not ours.
        years = {code: normalise_period(code) for code in codes if YEAR_CODE.fullmatch(code)}
        frame = frame.filter(pl.col(table.time_dimension).is_in(list(years)))
        when = pl.col(table.time_dimension)
        period = when.replace_strict(years, default=None, return_dtype=pl.String) if years else pl.lit(None, pl.String)
    selected = frame.select(
        pl.col("Measure").alias("code"),
        area.replace(dict.fromkeys(COUNTRY_CODES, COUNTRY_CODE)).alias("area"),
        when.alias("period_code"),
        period.alias("period"),
        pl.col("ValueAttribute").alias("attribute"),
        pl.col("Value").alias("value"),
    )
    double = selected.filter(selected.select("code", "area", "period").is_duplicated())
    if double.height:
        code, where, year = double.select("code", "area", "period").row(0)
        raise SchemaChanged(f"Table {table.id} has more than one figure for {code}, {where}, {year}")
    return selected


def _check_values(table: LiveTable, frame: pl.DataFrame) -> None:
    none = pl.col("attribute") == NO_ATTRIBUTE
    wrong = frame.filter(pl.col("value").is_null() == none)
    if wrong.height:
        code, where, attribute = wrong.select("code", "area", "attribute").row(0)
        raise SchemaChanged(
            f"Table {table.id} has {wrong.height} cells whose value and attribute disagree, "
            f"such as {code} for {where} with attribute {attribute!r}"
        )


def _without_gone_areas(frame: pl.DataFrame) -> pl.DataFrame:
    """Without the areas that did not exist in a year: every cell of theirs is impossible."""
    impossible = (pl.col("attribute") == IMPOSSIBLE).all().over("area", "period")
    return frame.filter(~impossible)


def _indicator(table: LiveTable, info: TableInfo, frame: pl.DataFrame, measure: LiveMeasure) -> pl.DataFrame:
    """All cells of one indicator; no rows when CBS has published nothing of it."""
    own = frame.filter(pl.col("code") == measure.code).select("area", "period", "period_code", "value")
    for code in measure.plus:
        other = frame.filter(pl.col("code") == code).select("area", "period", other="value")
        own = own.join(other, on=["area", "period"], how="left").select(
            "area", "period", "period_code", pl.col("value") + pl.col("other")
        )
    level = pl.col("area").str.slice(0, 2).alias("level")
    # CBS leaves most empty cells out of its answers. An area without the cell, among areas of its kind that have it,
    # is one for which the figure is withheld. A kind of area, or a year, in which nobody has it was not published.
    published = own.filter(pl.col("value").is_not_null()).select(level, "period").unique()
    everyone = frame.select("area", "period", "period_code", level).unique()
    rows = everyone.join(published, on=["level", "period"], how="semi").join(
        own.drop("period_code"), on=["area", "period"], how="left"
    )
    value, numerator, denominator = pl.col("value") * measure.factor, pl.lit(None, pl.Float64), pl.lit(None, pl.Float64)
    if measure.denominator is not None:
        below = frame.filter(pl.col("code") == measure.denominator).select("area", "period", below="value")
        rows = rows.join(below, on=["area", "period"], how="left")
        numerator, denominator = pl.col("value") * measure.factor, pl.col("below")
        enough = (denominator > 0) & (denominator >= measure.minimum_denominator)
        share = numerator / denominator * measure.per
        slight = (numerator > denominator) & (numerator - denominator <= measure.rounded_to)
        value = pl.when(enough & slight).then(pl.lit(measure.per)).when(enough).then(share)
    description = info.measures[measure.code].description
    may_change = {
        code: is_provisional(info.periods.get(code), measure, description, table)
        for code in rows["period_code"].unique()
    }
    settled = Status.PUBLISHED if measure.denominator is None else Status.DERIVED
    marks = {code: (Status.PROVISIONAL if soon else settled).value for code, soon in may_change.items()}
    mark = pl.col("period_code").replace_strict(marks, return_dtype=pl.String) if marks else pl.lit(settled.value)
    return (
        rows.select(
            pl.lit(measure.indicator).alias("indicator"),
            "area",
            "period",
            pl.lit(measure.breakdown).alias("breakdown"),
            without_noise(value).alias("value"),
            without_noise(numerator).alias("numerator"),
            denominator.alias("denominator"),
            mark.alias("status"),
        )
        .with_columns(
            pl.when(pl.col("value").is_null()).then(pl.lit(Status.WITHHELD.value)).otherwise("status").alias("status")
        )
        .select([pl.col(name).cast(kind) for name, kind in OBSERVATION_COLUMNS.items()])
    )
