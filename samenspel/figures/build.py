# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Builds the figure store from the source files: every table all or nothing, the manifest swapped last."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
from django.conf import settings

from samenspel.figures import store
from samenspel.figures.areas.build import build_areas
from samenspel.figures.areas.registry import read_registry
from samenspel.figures.importers import checks, small
from samenspel.figures.importers.pipeline import AreaBook, Checked, check_file, summary
from samenspel.figures.importers.places import RegistryAreas
from samenspel.figures.location import store_folder
from samenspel.figures.passports import Passport, passports
from samenspel.figures.sources import TABLES, SourceTable

SUMMARY = "summary.json"
BUILT_FROM = "built-from"

Progress = Callable[[str, int, int], None]


def no_progress(step: str, done: int, of: int) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did: the new version, and per table what entered or why it did not."""

    version: str
    checked: tuple[Checked, ...]

    @property
    def refused(self) -> tuple[Checked, ...]:
        """Tables of which nothing entered; what was there of them is still there."""
        return tuple(result for result in self.checked if not result.accepted)


def build_tables(
    folder: Path,
    sources: Path,
    areas: AreaBook,
    passports_: Mapping[str, Passport],
    *,
    tables: Iterable[SourceTable] = TABLES.values(),
    extra: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
) -> Outcome:
    """Read, check and store these tables from the folder `sources`.

    A table that fails leaves what the store had of it, and its failing rows go to the quarantine report.
    """
    with store.write_lock(folder):
        return _build_tables(folder, sources, areas, passports_, tables, extra, progress)


def _build_tables(
    folder: Path,
    sources: Path,
    areas: AreaBook,
    passports_: Mapping[str, Passport],
    tables: Iterable[SourceTable],
    extra: Mapping[str, str] | None,
    progress: Progress,
) -> Outcome:
    wanted = list(tables)
    checked = []
    for number, table in enumerate(wanted):
        progress(table.key, number, len(wanted))
        checked.append(check_file(table, sources, passports_, areas))
    progress("", len(wanted), len(wanted))
    return _take_in(folder, discreet(folder, checked, passports_), extra)


def discreet(folder: Path, checked: Iterable[Checked], passports_: Mapping[str, Passport]) -> list[Checked]:
    """The same tables without values about places where hardly anybody lives; see `importers.small`.

    How many people live somewhere is known from these tables and from those in the store.
    """
    results = list(checked)
    known = small.populations([*(result.cells for result in results), *store.stored(folder, small.POPULATION)])
    return [
        replace(result, cells=small.withhold(result.cells, passports_, known)) if result.accepted else result
        for result in results
    ]


def take_in(folder: Path, checked: Iterable[Checked], *, extra: Mapping[str, str] | None = None) -> Outcome:
    """Store the tables that passed their checks and report the others; the door for live tables too.

    `extra` None keeps what the store has; it is what the version also depends on (areas, boundaries).
    """
    with store.write_lock(folder):
        return _take_in(folder, checked, extra)


def _take_in(folder: Path, checked: Iterable[Checked], extra: Mapping[str, str] | None) -> Outcome:
    results = tuple(checked)
    former = store.manifest_to_follow(folder)
    beside = dict(former.extra) if extra is None and former else dict(extra or {})
    accepted = [(result.table, result.cells) for result in results if result.accepted]
    version = store.commit(folder, accepted, extra=beside)
    write_quarantine(folder, results)
    return Outcome(version, results)


def write_quarantine(folder: Path, results: Iterable[Checked]) -> None:
    """One Parquet file with failing rows per refused table, none for an accepted one, and a summary for people."""
    quarantine = folder / store.QUARANTINE
    quarantine.mkdir(parents=True, exist_ok=True)
    path = quarantine / SUMMARY
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for result in results:
        report = quarantine / f"{result.table.key}.parquet"
        if result.accepted:
            report.unlink(missing_ok=True)
        else:
            failures = result.failures
            store.write_whole(report, failures.write_parquet)
        known[result.table.key] = summary(result)
    text = json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True)
    store.write_whole(path, lambda draft: store.write_text(draft, text))


def read_quarantine(folder: Path) -> pl.DataFrame:
    """All failing rows of all refused tables: table, file, row, code, indicator, period, column, reason."""
    reports = sorted((folder / store.QUARANTINE).glob("*.parquet"))
    if not reports:
        return pl.DataFrame(schema=dict(checks.FAILURE))
    return pl.concat([pl.read_parquet(path) for path in reports])


def build_all(folder: Path, sources: Path, *, progress: Progress = no_progress) -> Outcome:
    """Build areas and all tables that come with the program into the store in `folder`.

    Readers see the former areas and cells until both new ones are complete. Another builder waits for this one.
    Raises SourceProblem when the sources of the areas contradict each other; then nothing has changed.
    """
    with store.write_lock(folder):
        return _build_all(folder, sources, progress)


def _build_all(folder: Path, sources: Path, progress: Progress) -> Outcome:
    progress("areas", 0, len(TABLES))
    # Before reading the sources: when one changes during the build, the store is not up to date.
    built_from = _digest_of_everything(sources)
    built = build_areas(sources, folder)
    areas = RegistryAreas(read_registry(folder / store.AREAS / built.version))
    extra = {store.AREAS: built.version, BUILT_FROM: built_from}
    return _build_tables(folder, sources, areas, passports(), TABLES.values(), extra, progress)


def bring_up_to_date(*, progress: Progress = no_progress) -> bool:
    """Build this installation's store when it is not there or was built from something else; whether it was built.

    Raises SourceProblem and what else `build_all` raises; RuntimeError when a table was refused.
    """
    folder, sources = store_folder(), settings.SOURCES_FOLDER
    if is_up_to_date(folder, sources):
        return False
    with store.write_lock(folder):
        if is_up_to_date(folder, sources):
            return False  # another process built it while this one waited
        outcome = _build_all(folder, sources, progress)
    if outcome.refused:
        names = ", ".join(result.table.key for result in outcome.refused)
        raise RuntimeError(f"These source tables were refused: {names}. See: samenspel figures build")
    return True


def is_up_to_date(folder: Path, sources: Path) -> bool:
    """Whether the store was built from these sources by this program, with these passports."""
    manifest = store.manifest_to_follow(folder)
    return manifest is not None and manifest.extra.get(BUILT_FROM) == _digest_of_everything(sources)


def _digest_of_everything(sources: Path) -> str:
    """A hash of all that decides the content of the store: the sources, the passports and the importing program."""
    program = Path(__file__).parent
    digest = hashlib.sha256()
    for root, wanted in ((sources, None), (program, (".py", ".yaml"))):
        for path in sorted(root.rglob("*")):
            if path.is_file() and (wanted is None or path.suffix in wanted) and program / "api" not in path.parents:
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                digest.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    return digest.hexdigest()
