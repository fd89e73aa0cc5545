# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The shapes of frames on their way into the store, and the words of a breakdown."""

from collections.abc import Mapping

import polars as pl

from samenspel.figures.types import Status

# One row per cell; what the store keeps.
OBSERVATIONS: Mapping[str, pl.DataType] = {
    "indicator": pl.String(),
    "area": pl.String(),
    "period": pl.String(),
    "breakdown": pl.String(),
    "value": pl.Float64(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "status": pl.String(),
}
# Where a cell stood in its source: kept until the checks are done, so that a failing cell can be found.
ORIGIN: Mapping[str, pl.DataType] = {"row": pl.Int64(), "column": pl.String()}
LONG: Mapping[str, pl.DataType] = {**OBSERVATIONS, **ORIGIN}
CELL = ["area", "indicator", "breakdown", "period"]

# What every reader adds to the measures of its file.
KEYS: Mapping[str, pl.DataType] = {
    "area": pl.String(),
    "period": pl.String(),
    "breakdown": pl.String(),
    "row": pl.Int64(),
}


# Sources have at most three decimals; the rest is room for shares that we compute.
DECIMALS = 6


def without_noise(numbers: pl.Expr) -> pl.Expr:
    """The numbers as the source holds them: 32.3 * 1000 is 32300 and not 32299.999999999996."""
    return numbers.round(DECIMALS)


def breakdown_text(**dimensions: str) -> str:
    """The canonical text of a breakdown: dimensions sorted by name, "age=65+;sex=women"; "" for everybody."""
    return ";".join(f"{name}={dimensions[name]}" for name in sorted(dimensions) if dimensions[name])


def breakdown_parts(text: str) -> dict[str, str]:
    """The dimensions of a breakdown: "age=65+;sex=women" -> {"age": "65+", "sex": "women"}.

    Raises ValueError when a part has no "=".
    """
    parts: dict[str, str] = {}
    for part in filter(None, text.split(";")):
        name, equals, value = part.partition("=")
        if not equals:
            raise ValueError(f"{text!r} is not a breakdown; write dimension=value")
        parts[name] = value
    return parts


# Texts of which a table has few different ones; kept as numbers while a table is in memory. 3.7 million cells of the
# health table take 120 MB so, and 480 MB as text.
REPEATED = ("indicator", "area", "period", "breakdown", "status", "column")


def compact(cells: pl.DataFrame) -> pl.DataFrame:
    """The same cells with repeated texts as enumerations in alphabetical order, so that they sort as their texts."""
    always = {"status": {status.value for status in Status}}
    return cells.with_columns(
        pl.col(name).cast(pl.Enum(sorted({*cells[name].drop_nulls(), *always.get(name, ())})))
        for name in REPEATED
        if name in cells.columns
    )
