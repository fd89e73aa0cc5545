# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Releases: all figures and comparisons of one moment in files that never change, so that a number can be cited.

`<DATA_FOLDER>/releases/<number>/` holds `figures.parquet`, the same rows as `figures.csv.gz`, `comparisons.parquet`,
and a manifest with their hashes. The folder is made beside its place and renamed, so that a release is whole or not
there. It is made one indicator at a time, so that it takes little memory.
"""

import gzip
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings

from samenspel.figures.service import (
    METHOD_VERSION,
    Passport,
    current_municipalities,
    every_cell,
    list_indicators,
    one_version,
    store_version,
    with_ranges,
    write_bytes,
    write_lock,
)

FIGURES, FIGURES_CSV, COMPARISONS = "figures.parquet", "figures.csv.gz", "comparisons.parquet"
MANIFEST = "release.json"
NUMBER = re.compile(r"\d{4}-\d{2}-\d{2}(\.[1-9]\d*)?")
ROW_GROUP = 20_000
# Looking a figure up takes some five milliseconds for each release, and anybody may ask for what never was.
LOOKED_THROUGH = 50
# Columns repeat themselves so much that more effort hardly makes the file smaller.
GZIP_LEVEL = 3

# The columns of the comparisons.
COMPARED: Mapping[str, pl.DataType] = {
    **dict.fromkeys(("indicator", "area", "period", "unit"), pl.String()),
    "base": pl.Float64(),
    **{f"{name}{end}": pl.Float64() for name in ("observed", "expected", "ratio") for end in ("", "_lower", "_upper")},
    "outcome": pl.String(),
    "flagged": pl.Boolean(),
    **dict.fromkeys(("method_version", "reason_no_comparison", "sentence"), pl.String()),
}

Progress = Callable[[str, int, int], None]


class NoRelease(LookupError):
    """There is no release with this number, or none at all."""


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """One file of a release."""

    name: str
    sha256: str
    size: int
    rows: int


@dataclass(frozen=True, slots=True)
class Release:
    """One release: its number is its day, with a dot and 2, 3, … for more on one day."""

    number: str
    day: str
    version: str
    files: tuple[ReleaseFile, ...]

    def file(self, name: str) -> Path:
        """Where a file of this release is. Raises NoRelease for a name that it does not have."""
        if all(one.name != name for one in self.files):
            raise NoRelease(name)
        return folder() / self.number / name


def folder() -> Path:
    """Where the releases of this installation are."""
    return Path(settings.DATA_FOLDER) / "releases"


def _order(number: str) -> tuple[str, int]:
    day, _dot, more = number.partition(".")
    return day, int(more or 1)


def releases() -> list[Release]:
    """All releases, the newest first."""
    names = [path.parent.name for path in folder().glob(f"*/{MANIFEST}") if NUMBER.fullmatch(path.parent.name)]
    return [_read(folder(), name) for name in sorted(names, key=_order, reverse=True)]


def latest() -> Release | None:
    """The newest release; None before the first one."""
    return next(iter(releases()), None)


def get_release(number: str) -> Release:
    """The release with this number. Raises NoRelease."""
    if not NUMBER.fullmatch(number) or not (folder() / number / MANIFEST).is_file():
        raise NoRelease(number)
    return _read(folder(), number)


@lru_cache(maxsize=1024)
def _read(place: Path, number: str) -> Release:
    content = json.loads((place / number / MANIFEST).read_text(encoding="utf-8"))
    return Release(**{**content, "files": tuple(ReleaseFile(**one) for one in content["files"])})


def content_version(keys: Sequence[str] | None = None, compared: bool = True) -> str:
    """What a release is of: the figures, their ranges and the comparisons. Raises NoStore without figures."""
    from samenspel.outcomes.comparing.queries import comparing_version

    said = [store_version(), comparing_version() if compared else "", *(keys or ())]
    return hashlib.sha256(" ".join(said).encode()).hexdigest()[:32]


def is_released() -> bool:
    """Whether the newest release is of what there is now. Raises NoStore without figures."""
    version, newest = content_version(), latest()
    return newest is not None and newest.version == version


def make_release(
    today: date,
    *,
    indicators: Iterable[str] | None = None,
    compared: bool = True,
    progress: Progress = lambda _name, _done, _all: None,
) -> Release | None:
    """Release what there is now; None when the newest release is of just that. Raises NoStore without figures.

    Of two at once the second waits and finds it done. Whoever is killed leaves a draft, which the next one removes.
    `indicators`: only these; `compared` off leaves the comparisons out.
    """
    with one_version(), write_lock(folder()):
        keys = None if indicators is None else sorted(indicators)
        version = content_version(keys, compared)
        newest = latest()
        if newest is not None and newest.version == version:
            return None
        for left in folder().glob(".draft-*"):
            shutil.rmtree(left, ignore_errors=True)
        # A number that was in use is never used again, also when its folder is not whole.
        names = [path.name for path in folder().iterdir() if NUMBER.fullmatch(path.name)]
        taken = [name for name in names if _order(name)[0] == today.isoformat()]
        more = max((_order(number)[1] for number in taken), default=0) + 1
        number = today.isoformat() if more == 1 else f"{today.isoformat()}.{more}"
        draft = folder() / f".draft-{os.getpid()}"
        try:
            draft.mkdir(parents=True)
            rows = dict.fromkeys((FIGURES, FIGURES_CSV), _write_figures(draft, keys, progress))
            if compared:
                rows[COMPARISONS] = _write_comparisons(draft)
            files = [_described(draft / name, count) for name, count in rows.items()]
            content: dict[str, Any] = {"number": number, "day": today.isoformat(), "version": version, "files": files}
            write_bytes(draft / MANIFEST, json.dumps(content, indent=1).encode())
            draft.rename(folder() / number)
        except BaseException:  # a full disk must not stay full of what nobody can use
            shutil.rmtree(draft, ignore_errors=True)
            raise
    return get_release(number)


def _described(path: Path, rows: int) -> dict[str, Any]:
    """A written file, once it is on disk for sure."""
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())
        sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
    return {"name": path.name, "sha256": sha256, "size": path.stat().st_size, "rows": rows}


def _write_figures(draft: Path, keys: Sequence[str] | None, progress: Progress) -> int:
    """Write all cells with their range, method version and source, or why there is no figure or no range.

    By indicator, area, period and breakdown. Gives the number of rows.
    """
    passports = [passport for passport in list_indicators() if keys is None or passport.key in keys]
    passports.sort(key=lambda passport: passport.key)
    parts, rows = draft / "parts", 0
    parts.mkdir()
    written: list[Path] = []
    with (
        (draft / FIGURES_CSV).open("wb") as handle,
        # Without name and time: equal figures give equal bytes.
        gzip.GzipFile("", "wb", GZIP_LEVEL, handle, mtime=0) as packed,
    ):
        for done, passport in enumerate(passports):
            progress(passport.key, done, len(passports))
            frame = _figures(passport)
            packed.write(frame.write_csv(include_header=not done).encode())
            written.append(parts / f"{done}.parquet")
            frame.write_parquet(written[-1], compression="lz4")
            rows += frame.height
    every = pl.scan_parquet(written, glob=False)
    every.sink_parquet(draft / FIGURES, compression="zstd", row_group_size=ROW_GROUP, statistics=True)
    shutil.rmtree(parts)
    progress("", len(passports), len(passports))
    return rows


def _figures(passport: Passport) -> pl.DataFrame:
    """The rows of one indicator in a release."""
    return (
        with_ranges(every_cell(passport.key), passport)
        .with_columns(
            pl.when(pl.col("value").is_null()).then(pl.lit(passport.suppression)).alias("reason_no_figure"),
            pl.lit(passport.unit.value).alias("unit"),
            pl.lit(METHOD_VERSION).alias("method_version"),
        )
        .sort("area", "period", "breakdown")
    )


def _write_comparisons(draft: Path) -> int:
    frame = _comparisons()
    frame.write_parquet(draft / COMPARISONS, compression="zstd", statistics=True)
    return frame.height


def _comparisons() -> pl.DataFrame:
    """Observed beside expected of every municipality of today, or why it is not compared."""
    from samenspel.outcomes.comparing.queries import comparisons
    from samenspel.outcomes.comparing.types import Comparison

    rows: list[tuple[Any, ...]] = []
    for area in sorted(current_municipalities(), key=lambda one: one.code):
        for one in comparisons(area.code):
            if isinstance(one, Comparison):
                ranges = (one.observed_interval, one.expected_range, one.ratio_interval)
                pairs = zip((one.observed, one.expected, one.ratio), ranges, strict=True)
                numbers = [number for value, within in pairs for number in (value, within.lower, within.upper)]
                said = (one.period, one.unit, one.base, *numbers, one.verdict.value, one.flagged, one.method_version)
                rows.append((one.indicator, one.area, *said, None, None))
            else:
                rows.append((one.indicator, one.area, *[None] * 15, one.reason, one.sentence))
    return pl.DataFrame(rows, schema=COMPARED, orient="row").sort("indicator", "area")


def figure_rows(release: Release, indicator: str, area: str = "", period: str = "") -> pl.DataFrame:
    """The rows of an indicator in a release, of one area and period when these are given."""
    found = pl.scan_parquet(release.file(FIGURES), glob=False).filter(pl.col("indicator") == indicator)
    for name, wanted in (("area", area), ("period", period)):
        if wanted:
            found = found.filter(pl.col(name) == wanted)
    return found.collect()


def last_with(indicator: str, area: str, period: str) -> Release | None:
    """The newest release that has this figure, of the last LOOKED_THROUGH; None when none has it."""
    found = (one for one in releases()[:LOOKED_THROUGH] if not figure_rows(one, indicator, area, period).is_empty())
    return next(found, None)
