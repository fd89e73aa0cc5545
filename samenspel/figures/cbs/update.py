# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Refreshing the store from CBS: per table download, understand, check like any other source, and take in or leave."""

import fcntl
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import polars as pl

from samenspel.figures.build import discreet, take_in
from samenspel.figures.cbs.convert import Converted, convert, national
from samenspel.figures.cbs.download import Download, Downloaded, describe
from samenspel.figures.cbs.errors import AlreadyRunning, Unreachable, UpdateProblem
from samenspel.figures.cbs.mapping import Catalogue, LiveTable
from samenspel.figures.cbs.reporting import Reporter
from samenspel.figures.cbs.transport import Asker
from samenspel.figures.importers.checks import KnownAreas
from samenspel.figures.importers.pipeline import Checked, check_cells
from samenspel.figures.passports import Passport
from samenspel.figures.sources import SourceTable, Total
from samenspel.figures.store import read_manifest, write_bytes
from samenspel.figures.types import Status, period_years

State = Literal["updated", "unchanged", "would_update", "failed"]

# CBS numbers districts and neighbourhoods anew every year and we do not hold the list of every year. A municipality
# that we do not know is another matter: that is a failed check.
MAY_BE_UNKNOWN = ("WK", "BU")


class NotAccepted(UpdateProblem):
    """The table arrived whole but did not pass our checks."""

    resumable = False
    advice = "The failing cells stand in the folder quarantine of the figure store, each with its reason."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one table. `cells`: those taken in, or those to download in a dry run."""

    table: str
    title: str
    state: State
    cells: int = 0
    modified: str = ""
    problem: UpdateProblem | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an update works with; `live_folder` keeps unfinished downloads and what was imported last."""

    store_folder: Path
    live_folder: Path
    passports: Mapping[str, Passport]
    areas: KnownAreas
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold the lock of this installation's updates. Raises AlreadyRunning; the lock ends with its process."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning("Another update of this installation is at work") from None
        yield


def update(
    tables: Iterable[LiveTable],
    catalogues: Mapping[str, Catalogue],
    asker: Asker,
    around: Surroundings,
    reporter: Reporter,
    *,
    dry_run: bool = False,
    force: bool = False,
) -> list[Outcome]:
    """Refresh these tables, each all or nothing; what became of each, in their order.

    A table that fails does not keep the others from being refreshed, except when the source cannot be reached at all.
    An edition that we already have is not downloaded again unless `force`. Raises AlreadyRunning.
    """
    outcomes: list[Outcome] = []
    with one_at_a_time(around.live_folder):
        for table in tables:
            catalogue = catalogues[table.catalogue]
            folder = around.live_folder / ".partial" / table.id
            download = Download(table, catalogue.base, asker, folder, reporter)
            try:
                outcome = _update_table(download, catalogue, around, dry_run=dry_run, force=force)
            except UpdateProblem as problem:
                outcome = Outcome(table.id, table.title, "failed", problem=problem)
            outcomes.append(outcome)
            if isinstance(outcome.problem, Unreachable) and not asker.answered:
                break
    return outcomes


def _update_table(
    download: Download, catalogue: Catalogue, around: Surroundings, *, dry_run: bool, force: bool
) -> Outcome:
    table = download.table
    stamp = download.stamp()
    if not force and _have(table, stamp.modified, stamp.version, around):
        return Outcome(table.id, table.title, "unchanged", modified=stamp.modified)
    if dry_run:
        download.check()
        return Outcome(table.id, table.title, "would_update", download.count(), stamp.modified)
    downloaded = download.run()
    converted = convert(table, downloaded.info, downloaded.cells)
    if converted.not_published:
        download.reporter.note("CBS has not published yet: " + ", ".join(sorted(set(converted.not_published))))
    cells, left_out = _with_known_areas(converted.cells, around.areas)
    if left_out:
        download.reporter.note(
            f"{left_out:,} cells of districts and neighbourhoods that we have no list of are left out"
        )
    source = _source(table, catalogue, downloaded, converted, around.now())
    left = {"districts and neighbourhoods not in our lists": left_out}
    checked = check_cells(source, cells, around.passports, around.areas, left_out=left)
    take_in(around.store_folder, discreet(around.store_folder, [checked], around.passports))
    if not checked.accepted:
        # What came in is understood and whole, so the same cells would fail again: keep nothing of them.
        download.clear()
        raise NotAccepted(f"Table {table.id} did not pass the checks: {_reasons(checked)}")
    _remember(table, downloaded, around)
    download.clear()
    return Outcome(table.id, table.title, "updated", checked.cells.height, stamp.modified)


def _with_known_areas(cells: pl.DataFrame, areas: KnownAreas) -> tuple[pl.DataFrame, int]:
    """Without the districts and neighbourhoods that we do not know for a year; and how many cells those had."""
    pairs = cells.select("area", "period").unique()
    unknown = [
        (area, period)
        for area, period in pairs.iter_rows()
        if area.startswith(MAY_BE_UNKNOWN) and not areas.exists(area, period_years(period)[1])
    ]
    gone = pl.DataFrame(unknown, schema={"area": pl.String, "period": pl.String}, orient="row")
    kept = cells.join(gone, on=["area", "period"], how="anti")
    return kept, cells.height - kept.height


def _source(
    table: LiveTable, catalogue: Catalogue, downloaded: Downloaded, converted: Converted, now: datetime
) -> SourceTable:
    """The description of the table for the store, with the totals that its own national figures give."""
    totals = tuple(
        Total(indicator, period, value, f"{table.id}, the national figure in the same table", tolerance)
        for indicator, tolerance in table.sums.items()
        for period, value in national(converted.cells, indicator)
    )
    periods = sorted(converted.cells["period"].unique())
    published = downloaded.info.stamp.modified[:10]
    return SourceTable(
        key=table.key,
        title=table.title,
        publisher=catalogue.publisher,
        year=periods[0] if len(periods) == 1 else f"{periods[0]}-{periods[-1]}",
        file="",
        reader="",
        precedence=table.precedence,
        statline=(table.id,),
        licence=catalogue.licence,
        attribution=catalogue.attribution,
        url=f"https://opendata.cbs.nl/statline/#/CBS/nl/dataset/{table.id}",
        note=" ".join(filter(None, [table.note, f"Stand van {published}, opgehaald op {now.date().isoformat()}."])),
        status=Status.PROVISIONAL if table.provisional else Status.PUBLISHED,
        totals=totals,
    )


def _reasons(checked: Checked) -> str:
    """The most frequent reasons in one line."""
    counted = checked.failures.group_by("reason").len().sort("len", "reason", descending=[True, False]).head(3)
    return "; ".join(f"{reason} ({count} cells)" for reason, count in counted.iter_rows())


def _memory(table: LiveTable, around: Surroundings) -> Path:
    return around.live_folder / f"{table.id}.json"


def _have(table: LiveTable, modified: str, version: str, around: Surroundings) -> bool:
    """Whether this edition, under this mapping, is in the store now."""
    try:
        known = json.loads(_memory(table, around).read_bytes())
        same = (known["modified"], known["version"], known["digest"]) == (modified, version, table.digest())
    except (OSError, ValueError, KeyError, TypeError):
        return False
    manifest = read_manifest(around.store_folder)
    return same and manifest is not None and any(stored.source.key == table.key for stored in manifest.tables)


def _remember(table: LiveTable, downloaded: Downloaded, around: Surroundings) -> None:
    known = {**describe(downloaded.info), "digest": table.digest(), "imported": around.now().isoformat()}
    write_bytes(_memory(table, around), json.dumps(known, indent=1).encode())
