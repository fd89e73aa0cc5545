# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The shapes of CBS OData v4 answers: properties, dimensions, code lists, and pages of observations.

Facts about the protocol and where they are from stand in docs/reference/live-source.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from samenspel.figures.cbs.errors import Garbled, SchemaChanged

NO_ATTRIBUTE = "None"
# CBS: "a cell that cannot occur on logical grounds"; also what a dissolved municipality has after its end.
IMPOSSIBLE = "Impossible"

FIXED_COLUMNS = {"Id": pl.Int64, "Measure": pl.String, "ValueAttribute": pl.String, "Value": pl.Float64}


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which edition of a table this is. Two downloads belong together only when their stamps are equal."""

    modified: str
    observations_modified: str
    version: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a table, as CBS describes it."""

    code: str
    title: str
    unit: str
    description: str


@dataclass(frozen=True, slots=True)
class Period:
    """One period of a table. `status` is empty where CBS gives none (70072ned, 7461bev)."""

    code: str
    status: str
    description: str


@dataclass(frozen=True, slots=True)
class TableInfo:
    """What a table says about itself."""

    title: str
    stamp: Stamp
    cells: int
    dimensions: tuple[str, ...]
    time_dimension: str | None
    measures: Mapping[str, Measure]
    periods: Mapping[str, Period]


def text_of(row: Mapping[str, Any], key: str, where: str, *, needed: bool = True) -> str:
    """The text under `key`, trimmed (CBS pads codes with spaces). Raises SchemaChanged when it is not there."""
    value = row.get(key)
    if value is None and not needed:
        return ""
    if not isinstance(value, str):
        raise SchemaChanged(f"{where} has no text {key!r}")
    return value.strip()


def rows_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a collection. Raises Garbled when it is no collection."""
    rows = document.get("value")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Garbled("An answer has no list of rows")
    return rows


def check_collection(document: Mapping[str, Any]) -> None:
    """Refuse, as damaged, an answer that is not a collection."""
    rows_of(document)


def next_link(document: Mapping[str, Any]) -> str | None:
    """The address of the next page, None at the end. Raises Garbled when it is something other than an address."""
    link = document.get("@odata.nextLink")
    if link is None:
        return None
    if not isinstance(link, str) or not link:
        raise Garbled("The link to the next page is not an address")
    return link


def parse_stamp(properties: Mapping[str, Any], table: str) -> Stamp:
    """The edition of a table from its Properties."""
    where = f"Properties of {table}"
    return Stamp(
        modified=text_of(properties, "Modified", where),
        observations_modified=text_of(properties, "ObservationsModified", where, needed=False),
        version=text_of(properties, "Version", where, needed=False),
    )


def parse_measures(rows: Iterable[Mapping[str, Any]], table: str) -> dict[str, Measure]:
    """MeasureCodes by code."""
    where = f"MeasureCodes of {table}"
    measures: dict[str, Measure] = {}
    for row in rows:
        code = text_of(row, "Identifier", where)
        if code in measures:
            raise SchemaChanged(f"{where} lists {code} twice")
        measures[code] = Measure(
            code=code,
            title=text_of(row, "Title", where),
            unit=text_of(row, "Unit", where, needed=False),
            description=text_of(row, "Description", where, needed=False),
        )
    return measures


def parse_periods(rows: Iterable[Mapping[str, Any]], table: str) -> dict[str, Period]:
    """The codes of the time dimension by code."""
    where = f"Periods of {table}"
    return {
        (code := text_of(row, "Identifier", where)): Period(
            code=code,
            status=text_of(row, "Status", where, needed=False),
            description=text_of(row, "Description", where, needed=False),
        )
        for row in rows
    }


def parse_dimensions(rows: Iterable[Mapping[str, Any]], table: str) -> tuple[tuple[str, ...], str | None]:
    """The names of the dimensions, and which of them is time (None for a table about one year)."""
    where = f"Dimensions of {table}"
    names: list[str] = []
    time: str | None = None
    for row in rows:
        name = text_of(row, "Identifier", where)
        names.append(name)
        if text_of(row, "Kind", where, needed=False) == "TimeDimension":
            time = name
    if not names:
        raise SchemaChanged(f"{where}: there are none")
    return tuple(names), time


def parse_observations(rows: list[dict[str, Any]], dimensions: tuple[str, ...], table: str) -> pl.DataFrame:
    """A page of observations: Id, Measure, ValueAttribute, Value and a column per dimension, codes trimmed.

    Raises SchemaChanged when a column is missing or holds another kind of value.
    """
    columns: dict[str, list[Any]] = {name: [] for name in (*FIXED_COLUMNS, *dimensions)}
    for row in rows:
        for name, cells in columns.items():
            if name not in row:
                raise SchemaChanged(f"The observations of {table} have no column {name!r}")
            cells.append(row[name])
    schema: dict[str, Any] = {**FIXED_COLUMNS, **dict.fromkeys(dimensions, pl.String)}
    for name, kind in schema.items():
        for value in columns[name]:
            fits = (
                isinstance(value, str)
                if kind == pl.String
                else isinstance(value, int | float) and not isinstance(value, bool)
            )
            if not fits and not (value is None and name == "Value"):
                raise SchemaChanged(f"The column {name!r} of {table} holds {type(value).__name__}, which it never did")
    columns["Value"] = [None if value is None else float(value) for value in columns["Value"]]
    frame = pl.DataFrame(columns, schema=schema)
    return frame.with_columns(pl.col("Measure", "ValueAttribute", *dimensions).str.strip_chars())
