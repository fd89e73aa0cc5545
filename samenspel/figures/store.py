# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The columnar store: one sorted Parquet file per source table, and a manifest that is swapped last.

A file's name holds its content hash, so nothing is ever overwritten. A writer killed at any moment leaves the former
manifest, and every file it names, in place. The manifest also names the version of the areas beside the tables, so that
its swap changes all at once. Readers look at the manifest's inode and time and so notice a new version without a
restart.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Any, NamedTuple

import polars as pl

from samenspel.figures.importers.frames import CELL, OBSERVATIONS
from samenspel.figures.sources import SourceTable, Total
from samenspel.figures.types import AreaLevel, Status

FORMAT = 1
MANIFEST = "manifest.json"
TABLES = "tables"
# The folder with the versions of the areas, and the name in a manifest's `extra` of the version that goes with it.
AREAS = "areas"
QUARANTINE = "quarantine"

# Rows of one area lie together; smaller groups make a one-area lookup cheaper but the file larger. At 20,000 rows a
# lookup decodes at most two groups per table, and the file of 4.6 million rows has 230 groups (measured by bench).
ROW_GROUP = 20_000
# About 1,000 cells of 60 bytes per area in a frame and 300 bytes in a dictionary: 128 areas are some 45 MB.
CACHED_AREAS = 128


class NoStore(RuntimeError):
    """There is no figure store yet. The message says how to make one."""


@dataclass(frozen=True, slots=True)
class StoredTable:
    """One table in a version of the store."""

    source: SourceTable
    file: str
    index: str
    sha256: str
    rows: int
    values: int


def sync_folder(folder: Path) -> None:
    """Have on disk which files are in the folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Write a file whole or not at all: beside it, to disk, then renamed over it. A failure leaves no draft behind."""
    draft = path.with_name(f".draft-{os.getpid()}-{path.name}")
    try:
        write(draft)
        with draft.open("rb") as handle:
            os.fsync(handle.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_bytes(path: Path, content: bytes) -> None:
    """Have `content` at `path`, whole or not at all."""

    def write(draft: Path) -> None:
        draft.write_bytes(content)

    write_whole(path, write)


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8."""
    path.write_text(text, encoding="utf-8")


@contextmanager
def write_lock(folder: Path) -> Iterator[None]:
    """One writer at a time; a second one waits. The lock goes with its process, however that ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _source_as_json(source: SourceTable) -> dict[str, Any]:
    content = {f.name: getattr(source, f.name) for f in fields(source)}
    content["statuses"] = dict(source.statuses)
    content["totals"] = [asdict(total) for total in source.totals]
    content["statline"] = list(source.statline)
    return content


def _source_from_json(content: Mapping[str, Any]) -> SourceTable:
    totals = tuple(Total(**{**total, "level": AreaLevel(total["level"])}) for total in content["totals"])
    statuses = MappingProxyType({period: Status(status) for period, status in content["statuses"].items()})
    return SourceTable(
        **{
            **content,
            "statline": tuple(content["statline"]),
            "status": Status(content["status"]),
            "statuses": statuses,
            "totals": totals,
        }
    )


def _write_table(folder: Path, source: SourceTable, cells: pl.DataFrame) -> StoredTable:
    """Write the cells of one table and the index of its areas; both are complete on disk when this returns."""
    ordered = cells.select(list(OBSERVATIONS)).sort(CELL)
    tables = folder / TABLES
    draft = tables / f".draft-{os.getpid()}-{source.key}.parquet"
    # Cells come with enumerations of their own table; the file has texts, written in a stream to save memory.
    ordered.lazy().cast(dict(OBSERVATIONS)).sink_parquet(  # type: ignore[arg-type]
        draft, compression="zstd", compression_level=6, row_group_size=ROW_GROUP, statistics=True
    )
    content_hash = hashlib.sha256(draft.read_bytes()).hexdigest()
    name = f"{source.key}-{content_hash[:16]}"
    with draft.open("rb") as handle:
        os.fsync(handle.fileno())
    draft.replace(tables / f"{name}.parquet")
    index = (
        ordered.group_by(pl.col("area").cast(pl.String), maintain_order=True)
        .agg(pl.len().cast(pl.Int64).alias("rows"))
        .with_columns((pl.col("rows").cum_sum() - pl.col("rows")).alias("start"))
    )
    write_whole(tables / f"{name}.index.parquet", index.write_parquet)
    return StoredTable(
        source=source,
        file=f"{name}.parquet",
        index=f"{name}.index.parquet",
        sha256=content_hash,
        rows=ordered.height,
        values=ordered.height - ordered["value"].null_count(),
    )


def _version_of(tables: Iterable[StoredTable], extra: Mapping[str, str]) -> str:
    """The content hash of a store: of all table files, what is said about them, and what else was built beside them."""
    digest = hashlib.sha256()
    for table in sorted(tables, key=lambda t: t.source.key):
        said = json.dumps(_source_as_json(table.source), sort_keys=True)
        digest.update(f"{table.source.key} {table.sha256} {said}\n".encode())
    for name in sorted(extra):
        digest.update(f"{name} {extra[name]}\n".encode())
    return digest.hexdigest()


def commit(
    folder: Path,
    tables: Sequence[tuple[SourceTable, pl.DataFrame]],
    *,
    drop: Sequence[str] = (),
    extra: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Put these tables in the store, beside the ones that are there; give the new version.

    A table with a key that is already there replaces it; keys in `drop` go. `extra` (name -> hash) counts in the
    version. The caller holds `write_lock`. Nothing a reader sees changes before the manifest is swapped.
    """
    (folder / TABLES).mkdir(parents=True, exist_ok=True)
    former = manifest_to_follow(folder)
    stored = {t.source.key: t for t in former.tables} if former else {}
    for key in drop:
        stored.pop(key, None)
    for source, cells in tables:
        stored[source.key] = _write_table(folder, source, cells)
    sync_folder(folder / TABLES)
    version = _version_of(stored.values(), extra)
    content = {
        "format": FORMAT,
        "version": version,
        "extra": dict(extra),
        "inventory": _take_stock(folder / TABLES, stored.values()),
        "tables": [
            {
                **{name: getattr(table, name) for name in ("file", "index", "sha256", "rows", "values")},
                "source": _source_as_json(table.source),
            }
            for table in sorted(stored.values(), key=lambda t: t.source.key)
        ],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    write_whole(folder / MANIFEST, lambda path: write_text(path, text))
    _remove_leftovers(folder, keep=[*stored.values(), *(former.tables if former else ())])
    _remove_areas(folder, keep={beside[AREAS] for beside in (extra, former.extra if former else {}) if AREAS in beside})
    return version


def _remove_leftovers(folder: Path, keep: Iterable[StoredTable]) -> None:
    """Remove files that neither this version nor the former one names; readers may still be reading the former one."""
    names = {name for table in keep for name in (table.file, table.index)}
    for path in (folder / TABLES).iterdir():
        if path.name not in names:
            path.unlink(missing_ok=True)
    for draft in (*folder.glob(".draft-*"), *(folder / QUARANTINE).glob(".draft-*")):
        draft.unlink(missing_ok=True)


def _remove_areas(folder: Path, keep: Collection[str]) -> None:
    """Remove what else is in the folder of the areas: versions no longer named, and what a dead writer left."""
    for path in (folder / AREAS).iterdir() if (folder / AREAS).exists() else ():
        if path.name in keep:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Held:
    """What the store holds of one indicator: periods and breakdowns with a value, and the number of areas with one.

    `tables`: all with a cell of it, also those that only withhold it.
    """

    periods: tuple[str, ...]
    breakdowns: tuple[str, ...]
    areas: int
    levels: Mapping[str, int]
    tables: tuple[str, ...]


def _take_stock(folder: Path, tables: Iterable[StoredTable]) -> dict[str, Any]:
    """What these tables hold together, per indicator, counting an area once."""
    scans = {table.source.key: pl.scan_parquet(folder / table.file, glob=False) for table in tables}
    if not scans:
        return {}
    frames = [
        scan.filter(pl.col("value").is_not_null()).select("indicator", "area", "period", "breakdown")
        for scan in scans.values()
    ]
    said_by: dict[str, list[str]] = {}
    for name in sorted(scans):
        for key in scans[name].select(pl.col("indicator").unique()).collect()["indicator"]:
            said_by.setdefault(key, []).append(name)
    together = pl.concat(
        [
            frame.group_by("indicator")
            .agg(*(pl.col(name).unique() for name in ("area", "period", "breakdown")))
            .collect()
            for frame in frames
        ]
    )
    stock: dict[str, Any] = {}
    for key, rows in together.group_by("indicator"):
        areas = rows["area"].explode().unique()
        levels = areas.str.slice(0, 2).value_counts(sort=False).sort(areas.name)
        stock[str(key[0])] = {
            "periods": rows["period"].explode().unique().sort().to_list(),
            "breakdowns": rows["breakdown"].explode().unique().sort().to_list(),
            "areas": areas.len(),
            "levels": dict(levels.iter_rows()),
            "tables": said_by[str(key[0])],
        }
    return stock


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the manifest file says."""

    version: str
    tables: tuple[StoredTable, ...]
    extra: Mapping[str, str]
    inventory: Mapping[str, "Held"]


def manifest_to_follow(folder: Path) -> Manifest | None:
    """The manifest a writer goes on from; None when there is none, or one of another format, which is then replaced."""
    try:
        return read_manifest(folder)
    except NoStore:
        return None


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a store; None when there is no store. Raises NoStore when it was written by another format."""
    path = folder / MANIFEST
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    if content["format"] != FORMAT:
        raise NoStore(f"The store in {folder} has format {content['format']}; run `samenspel figures build`.")
    tables = tuple(
        StoredTable(
            source=_source_from_json(table["source"]),
            **{name: table[name] for name in ("file", "index", "sha256", "rows", "values")},
        )
        for table in content["tables"]
    )
    inventory = {
        key: Held(
            periods=tuple(held["periods"]),
            breakdowns=tuple(held["breakdowns"]),
            areas=held["areas"],
            levels=MappingProxyType(held["levels"]),
            tables=tuple(held["tables"]),
        )
        for key, held in content["inventory"].items()
    }
    return Manifest(content["version"], tables, MappingProxyType(content["extra"]), MappingProxyType(inventory))


def stored(folder: Path, indicator: str) -> list[pl.DataFrame]:
    """The cells of one indicator, a frame per table that has it; none when there is no store."""
    try:
        manifest = read_manifest(folder)
    except NoStore:
        # Of another format: a build writes it anew.
        return []
    frames = []
    for table in manifest.tables if manifest else ():
        rows = pl.scan_parquet(folder / TABLES / table.file, glob=False).filter(pl.col("indicator") == indicator)
        frames.append(rows.collect())
    return [frame for frame in frames if frame.height]


# Codes in alphabetical order: BU, GG, GM, NL, PV, VR, WK. All that is larger than a district lies together.
FIRST_LARGE, LAST_LARGE = "GG", "VR\x7f"


class Cell(NamedTuple):
    """One cell as it was read, with the key of its source table."""

    period: str
    value: float | None
    numerator: float | None
    denominator: float | None
    status: str
    source: str


# What readers get: the store's columns, and the key of the source table.
CELLS: Mapping[str, pl.DataType] = {**OBSERVATIONS, "source": pl.String()}


class Version:
    """One version of the store, to read from. It never changes; results may be cached for as long as it lives."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.hash = manifest.version
        self.extra = manifest.extra
        # Tables in the order of precedence: of two equal cells the first one with a value stands.
        self.tables = tuple(sorted(manifest.tables, key=lambda t: (t.source.precedence, t.source.key)))
        self._folder = folder / TABLES
        # The areas that go with these cells; None for a store without areas.
        self.areas_folder = folder / AREAS / manifest.extra[AREAS] if AREAS in manifest.extra else None
        self.indexes = [pl.read_parquet(self._folder / table.index).sort("area") for table in self.tables]
        self.area = lru_cache(maxsize=CACHED_AREAS)(self._area)
        self.cells = lru_cache(maxsize=CACHED_AREAS)(self._cells)
        self.inventory = manifest.inventory
        self._large: pl.DataFrame | None = None
        self._lock = Lock()

    def source(self, key: str) -> SourceTable:
        """The source table with this key. Raises KeyError."""
        return next(table.source for table in self.tables if table.source.key == key)

    def _area(self, code: str) -> pl.DataFrame:
        """All cells of one area, each once, sorted by indicator, breakdown and period; cached."""
        if not FIRST_LARGE <= code <= LAST_LARGE:
            return self.between(code, code)
        large = self.large
        first, last = large["area"].search_sorted(code, "left"), large["area"].search_sorted(code, "right")
        return large.slice(first, last - first)

    @property
    def large(self) -> pl.DataFrame:
        """All cells of municipalities and larger areas; read at the first use and kept, some 300,000 rows in 40 MB."""
        if self._large is None:
            with self._lock:
                if self._large is None:
                    self._large = self.between(FIRST_LARGE, LAST_LARGE)
        return self._large

    def _cells(self, code: str) -> Mapping[tuple[str, str], Mapping[str, Cell]]:
        """The cells of one area by (indicator, breakdown), then by period; cached.

        A page asks for a hundred series of the same area; a look in a dictionary costs a thousandth of a filter.
        """
        found: dict[tuple[str, str], dict[str, Cell]] = {}
        names = ("indicator", "breakdown", "period", "value", "numerator", "denominator", "status", "source")
        for indicator, breakdown, *rest in self.area(code).select(names).iter_rows():
            cell = Cell(*rest)
            found.setdefault((indicator, breakdown), {})[cell.period] = cell
        return found

    def between(
        self, first: str, last: str, *, indicators: Sequence[str] | None = None, tables: Sequence[str] | None = None
    ) -> pl.DataFrame:
        """All cells of areas with first <= code <= last, each once, sorted by area, indicator, breakdown and period.

        Codes of one level, and of one municipality within a level, lie together, so this reads a slice of each file.
        """
        parts, sources = [], []
        for table, index in zip(self.tables, self.indexes, strict=True):
            if tables is not None and table.source.key not in tables:
                continue
            lowest, highest = index["area"].search_sorted(first, "left"), index["area"].search_sorted(last, "right")
            if lowest >= highest:
                continue
            start = index["start"][lowest]
            length = index["start"][highest - 1] + index["rows"][highest - 1] - start
            scan = pl.scan_parquet(self._folder / table.file, glob=False, cache=False).slice(start, length)
            if indicators is not None:
                scan = scan.filter(pl.col("indicator").is_in(list(indicators)))
            parts.append(scan.with_columns(pl.lit(table.source.key).alias("source")))
            sources.append(table.source)
        if not parts:
            return pl.DataFrame(schema=dict(CELLS))
        return one_per_cell(pl.concat(_without_older_editions(sources, pl.collect_all(parts))))


def _without_older_editions(sources: Sequence[SourceTable], frames: Sequence[pl.DataFrame]) -> list[pl.DataFrame]:
    """The frames without values of cells that an edition of the same StatLine table that comes before withholds.

    Another table may give what this one does not, but what its publisher took back stays away.
    """
    kept: list[pl.DataFrame] = []
    for place, (source, frame) in enumerate(zip(sources, frames, strict=True)):
        for newer, cells in zip(sources[:place], frames[:place], strict=True):
            if cells["value"].null_count() and not set(newer.statline).isdisjoint(source.statline):
                frame = frame.join(cells.filter(pl.col("value").is_null()), on=CELL, how="anti", maintain_order="left")
        kept.append(frame)
    return kept


def one_per_cell(cells: pl.DataFrame) -> pl.DataFrame:
    """Of equal cells from several tables keep one: the first with a value, in the order in which the tables come.

    Gives them sorted by area, indicator, breakdown and period.
    """
    return (
        cells.with_columns(pl.col("value").is_null().alias("empty"))
        .sort([*CELL, "empty"], maintain_order=True)
        .unique(CELL, keep="first", maintain_order=True)
        .drop("empty")
    )


class Store:
    """The store in a folder; gives the version of this moment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._seen: tuple[int, int, int] | None = None
        self._version: Version | None = None

    def current(self) -> Version:
        """The version of this moment. Raises NoStore when there is none."""
        try:
            stat = (self.folder / MANIFEST).stat()
        except FileNotFoundError:
            raise NoStore(f"There are no figures in {self.folder} yet; run `samenspel figures build`.") from None
        seen = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        if self._version is None or seen != self._seen:
            manifest = read_manifest(self.folder)
            if manifest is None:
                raise NoStore(f"There are no figures in {self.folder} yet; run `samenspel figures build`.")
            if self._version is None or manifest.version != self._version.hash:
                self._version = Version(self.folder, manifest)
            self._seen = seen
        return self._version


@lru_cache(maxsize=4)
def store_in(folder: Path) -> Store:
    """The store of a folder; one object per folder, so that all readers in a process share its cache."""
    return Store(folder)
