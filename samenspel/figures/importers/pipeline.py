# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""One way into the store for every table, from a file or from a live source: check all, then all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import polars as pl

from samenspel.figures.importers import checks, melt, readers
from samenspel.figures.importers.frames import CELL, LONG, OBSERVATIONS, REPEATED, compact
from samenspel.figures.passports import Passport
from samenspel.figures.sources import SourceTable
from samenspel.figures.types import Status


class AreaBook(checks.KnownAreas, readers.Places, Protocol):
    """All that importing asks about areas."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome for one table: cells ready for the store, or the failures because of which nothing of it enters."""

    table: SourceTable
    cells: pl.DataFrame
    failures: pl.DataFrame
    left_out: Mapping[str, int]

    @property
    def accepted(self) -> bool:
        """Whether the table may enter the store."""
        return self.failures.is_empty()


def check_cells(
    table: SourceTable,
    cells: pl.DataFrame,
    passports: Mapping[str, Passport],
    known: checks.KnownAreas,
    *,
    earlier_failures: pl.DataFrame | None = None,
    left_out: Mapping[str, int] | None = None,
) -> Checked:
    """Check the cells of a table and bring them in the store's order.

    `cells` has the columns of OBSERVATIONS; `row` and `column` (where the cell stood in its source) may be left out.
    This is the door for live sources: make a SourceTable and a frame, and hand both over. Raises ValueError when a
    column of OBSERVATIONS is missing.
    """
    missing = [name for name in OBSERVATIONS if name not in cells.columns]
    if missing:
        raise ValueError(f"{table.key}: the frame lacks {', '.join(missing)}")
    if "row" not in cells.columns:
        cells = cells.with_row_index("row", offset=1)
    if "column" not in cells.columns:
        cells = cells.with_columns(pl.col("indicator").alias("column"))
    cells = cells.select(list(LONG))
    if any(cells.schema[name] == pl.String for name in REPEATED):
        cells = compact(cells.cast(dict(LONG)))  # type: ignore[arg-type]
    found = checks.failures(table, cells, passports, known)
    if earlier_failures is not None:
        found = pl.concat([earlier_failures, found])
    ready = cells.select(list(OBSERVATIONS)).sort(CELL)
    return Checked(table, ready, found, MappingProxyType(dict(left_out or {})))


def check_file(table: SourceTable, folder: Path, passports: Mapping[str, Passport], areas: AreaBook) -> Checked:
    """Read and check the file of a table. A file that cannot be read or has changed gives one failure, no exception."""
    try:
        wide = readers.read(table.reader, folder / table.file, areas)
        cells, bad = melt.melt(table, wide.frame, passports)
    except readers.ChangedSource as error:
        return Checked(
            table, pl.DataFrame(schema=dict(OBSERVATIONS)), _whole_file(table, str(error)), MappingProxyType({})
        )
    return check_cells(
        table, cells, passports, areas, earlier_failures=checks.from_melt(table, bad), left_out=wide.left_out
    )


def _whole_file(table: SourceTable, reason: str) -> pl.DataFrame:
    row = {"table": table.key, "file": table.file, "row": 0, "code": "", "indicator": "", "period": "", "column": ""}
    return pl.DataFrame([{**row, "reason": reason}], schema=dict(checks.FAILURE))


def summary(checked: Checked) -> dict[str, object]:
    """Counts for the report of a build: rows, values, withheld, areas, indicators, left out, and failures by reason."""
    cells = checked.cells
    withheld = cells.filter(pl.col("status") == Status.WITHHELD.value).height
    return {
        "table": checked.table.key,
        "accepted": checked.accepted,
        "rows": cells.height,
        "values": cells.height - withheld,
        "withheld": withheld,
        "areas": cells["area"].n_unique(),
        "indicators": cells["indicator"].n_unique(),
        "left_out": dict(checked.left_out),
        "failures": checked.failures.height,
    }
