# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Builds the areas of the store from the source files: registry, succession, search terms, boundaries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from samenspel.figures.areas import boundaries
from samenspel.figures.areas.names import (
    ALIASES,
    PROVINCE_NAMES,
    district_name,
    names_another_place,
    normalise,
    short_name,
)
from samenspel.figures.areas.sources import (
    REGION_ALIASES,
    TODAY_YEAR,
    Municipalities,
    Municipality,
    Part,
    SourceProblem,
    inhabitants,
    read_municipalities,
    read_parts,
)
from samenspel.figures.areas.versions import write_version
from samenspel.figures.types import COUNTRY_CODE, AreaLevel

AREAS_FILE = "areas.parquet"
SUCCESSIONS_FILE = "successions.parquet"
NAMES_FILE = "names.parquet"

AREA_COLUMNS: dict[str, Any] = {
    "code": pl.String,
    "name": pl.String,
    "level": pl.String,
    "parent": pl.String,
    "region": pl.String,
    "valid_from": pl.Int16,
    "valid_to": pl.Int16,
    "inhabitants": pl.Int32,
    "former_names": pl.List(pl.String),
    "other_until": pl.Int16,
    "other_name": pl.String,
}
SUCCESSION_COLUMNS: dict[str, Any] = {
    "old": pl.String,
    "new": pl.String,
    "since": pl.Int16,
    "year": pl.Int16,
    "area_share": pl.Float64,
    "old_stays": pl.Boolean,
}
NAME_COLUMNS: dict[str, Any] = {"key": pl.String, "shown": pl.String, "code": pl.String, "former": pl.Boolean}


@dataclass(frozen=True, slots=True)
class AreasBuilt:
    """What a build made: its content hash and the number of area codes by level, former ones included."""

    version: str
    counts: dict[str, int]


def build_areas(sources: Path, target: Path) -> AreasBuilt:
    """Build a version of the areas for the store in the folder `target` from the source files (the folder `data/`).

    Readers see it once a manifest names it; the same sources give the same version. The caller holds the store's
    `write_lock`. Raises SourceProblem when the sources contradict each other; the store is then as it was.
    """
    version, counts = write_version(target, lambda draft: _write(sources, draft))
    return AreasBuilt(version, counts)


def _write(sources: Path, folder: Path) -> dict[str, int]:
    municipalities = read_municipalities(sources)
    parts = read_parts(sources)
    rows = [(*row, *_other_place(row[0], parts)) for row in _areas(municipalities, parts, inhabitants(sources))]
    _check(rows)
    areas = pl.DataFrame(rows, schema=AREA_COLUMNS, orient="row").sort("code")
    areas.write_parquet(folder / AREAS_FILE)
    successions = pl.DataFrame(list(_successions(municipalities)), schema=SUCCESSION_COLUMNS, orient="row")
    successions.sort("year", "old", "new").write_parquet(folder / SUCCESSIONS_FILE)
    names = pl.DataFrame(list(_names(rows, municipalities)), schema=NAME_COLUMNS, orient="row")
    names.unique().sort("key", "code", "shown", "former").write_parquet(folder / NAMES_FILE)
    mergers = {
        entry.code: max(entry.successors, key=lambda step: step.area_share).code
        for entry in municipalities.by_code.values()
        if entry.successors
    }
    current = {code: entry.name for code, entry in municipalities.by_code.items() if entry.last is None}
    boundaries.build(sources, folder, names=current, mergers=mergers)
    return {level: areas.filter(level=level).height for level in AreaLevel}


def _areas(municipalities: Municipalities, parts: dict[str, Part], people: dict[str, int]) -> Iterable[tuple[Any, ...]]:
    start = min(entry.first for entry in municipalities.by_code.values())
    yield (COUNTRY_CODE, "Nederland", AreaLevel.COUNTRY, None, None, start, None, people[COUNTRY_CODE], [])
    province_people: dict[str, int] = defaultdict(int)
    for entry in municipalities.by_code.values():
        province_people[entry.province] += people.get(entry.code, 0)
        province_people[entry.region] += people.get(entry.code, 0)
    for code, name in sorted(municipalities.provinces.items()):
        name = PROVINCE_NAMES.get(name, name)
        yield (code, name, AreaLevel.PROVINCE, COUNTRY_CODE, None, start, None, province_people[code], [])
    for code, name in sorted(municipalities.regions.items()):
        yield (code, name, AreaLevel.REGION, COUNTRY_CODE, None, start, None, province_people[code], [])
    former = _former_names(municipalities)
    for code, entry in sorted(municipalities.by_code.items()):
        level = AreaLevel.MUNICIPALITY
        size = people.get(code, 0)
        yield (code, entry.name, level, entry.province, entry.region, entry.first, entry.last, size, former[code])
    for code, part in sorted(parts.items()):
        yield _part(code, part, municipalities.by_code)


def _part(code: str, part: Part, municipalities: dict[str, Municipality]) -> tuple[Any, ...]:
    municipality = municipalities.get("GM" + code[2:6])
    if municipality is None:
        raise SourceProblem(f"{code} lies in a municipality that no list names")
    level = AreaLevel.DISTRICT if code.startswith("WK") else AreaLevel.NEIGHBOURHOOD
    parent = municipality.code if level is AreaLevel.DISTRICT else "WK" + code[2:8]
    names = [district_name(name) for _, name in sorted(part.names.items(), reverse=True)]
    if not names:
        # Only the health figures of 2020 know this code; their table has no names.
        names = [f"{'Wijk' if level is AreaLevel.DISTRICT else 'Buurt'} {code[6:]} in {short_name(municipality.name)}"]
    earlier = list(dict.fromkeys(name for name in names[1:] if normalise(name) != normalise(names[0])))
    last = None if TODAY_YEAR in part.years else max(part.years)
    if last is not None and municipality.last is not None:
        last = max(last, min(municipality.last, max(part.years)))
    return (code, names[0], level, parent, municipality.region, min(part.years), last, part.inhabitants, earlier)


def _other_place(code: str, parts: dict[str, Part]) -> tuple[int | None, str | None]:
    """Until when a district code named another place, and which; its neighbourhoods' codes then did too."""
    district = parts.get("WK" + code[2:8]) if code[:2] in {"WK", "BU"} else None
    if district is None or len(district.names) < 2:
        return None, None
    newest = max(district.names)
    for year in sorted(district.names, reverse=True):
        if names_another_place(district.names[year], district.names[newest]):
            return year, district_name(district.names[year])
    return None, None


def _former_names(municipalities: Municipalities) -> dict[str, list[str]]:
    """Earlier names of the code itself, then of all that went into it, wholly or partly; oldest changes last."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, entry in municipalities.by_code.items():
        same = normalise(short_name(entry.name))
        found[code] += [name for name in entry.names.values() if normalise(short_name(name)) != same]
    gone = sorted((e for e in municipalities.by_code.values() if e.last is not None), key=lambda e: (e.last, e.code))
    for entry in gone:
        for succession in entry.successors:
            found[succession.code] += [entry.name, *found[entry.code]]
    return {code: list(dict.fromkeys(found[code])) for code in municipalities.by_code}


def heirs(entry: Municipality, municipalities: dict[str, Municipality]) -> list[str]:
    """The codes of today among which a municipality was divided in the end, largest part first."""
    shares: dict[str, float] = defaultdict(float)
    open_ends = [(entry, 1.0)]
    while open_ends:
        current, share = open_ends.pop()
        if current.last is None:
            shares[current.code] += share
        open_ends += [(municipalities[step.code], share * step.area_share) for step in current.successors]
    return sorted(shares, key=lambda code: (-shares[code], code))


def _successions(municipalities: Municipalities) -> Iterable[tuple[Any, ...]]:
    for entry in municipalities.by_code.values():
        for step in entry.successors:
            yield (entry.code, step.code, step.year - 1, step.year, step.area_share, False)
    for move in municipalities.transfers:
        yield (move.old, move.new, move.since, move.year, move.area_share, True)


def _names(rows: list[tuple[Any, ...]], municipalities: Municipalities) -> Iterable[tuple[str, str, str, bool]]:
    """Every name by which an area of today can be found."""
    for code, name, _, _, _, _, last, *_ in rows:
        # A district that kept its code may have become another place: its earlier name is no search term.
        if last is not None:
            continue
        for known in (name, short_name(name), *ALIASES.get(code, ()), *REGION_ALIASES.get(code, ())):
            if normalise(known):
                yield (normalise(known), known, code, False)
    for entry in municipalities.by_code.values():
        if entry.last is None:
            continue
        for code in heirs(entry, municipalities.by_code):
            for name in dict.fromkeys((entry.name, short_name(entry.name))):
                yield (normalise(name), name, code, True)


def _check(rows: list[tuple[Any, ...]]) -> None:
    """Codes are unique, each area lies in a known area, and what exists today lies in what exists today."""
    known = {row[0]: row for row in rows}
    if len(known) != len(rows):
        raise SourceProblem("an area code occurs twice")
    for code, _, _, parent, _, _, last, *_ in rows:
        if parent is None:
            continue
        if parent not in known:
            raise SourceProblem(f"{code} lies in {parent}, which no list names")
        if last is None and known[parent][6] is not None:
            raise SourceProblem(f"{code} exists today, but {parent}, in which it lies, does not")
