# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Figures of when a code belonged to another place are not figures of the area that has that code now."""

import polars as pl

from samenspel.figures.areas.registry import Registry
from samenspel.figures.store import Version
from samenspel.figures.types import period_years


def boundary_year(version: Version, source: str, period: str) -> int:
    """The year whose boundaries a cell is on: that of its source table, else the last year of its period."""
    return version.source(source).classification or period_years(period)[1]


def without_other_places(version: Version, registry: Registry, cells: pl.DataFrame) -> pl.DataFrame:
    """`cells` without those of when their code belonged to another place (Registry.other_place); the order stays.

    Needs the columns area, period and source. Only few codes were ever given to another place, so that cells of most
    municipalities go through untouched.
    """
    reused = sorted(registry.reused.intersection(cells["area"].unique()))
    if not reused:
        return cells
    suspects = cells.filter(pl.col("area").is_in(reused)).select("area", "source", "period").unique()
    elsewhere = [
        (code, source, period)
        for code, source, period in suspects.iter_rows()
        if registry.other_place(code, boundary_year(version, source, period)) is not None
    ]
    if not elsewhere:
        return cells
    wrong = pl.DataFrame(elsewhere, schema=suspects.schema, orient="row")
    return cells.join(wrong, on=["area", "source", "period"], how="anti", maintain_order="left")
