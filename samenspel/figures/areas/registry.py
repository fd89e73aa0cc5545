# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""All areas in memory: immutable, read once per version of the store."""

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from types import MappingProxyType

import polars as pl

from samenspel.figures.areas.build import AREAS_FILE, NAMES_FILE, SUCCESSIONS_FILE
from samenspel.figures.areas.lineage import Lineage, Step
from samenspel.figures.areas.names import slugify
from samenspel.figures.areas.search import Index, Term
from samenspel.figures.areas.versions import NoAreas, areas_folder
from samenspel.figures.store import NoStore, Version, store_in
from samenspel.figures.types import Area, AreaLevel, AreaMatch, Succession, UnknownArea

# "GM193", "0193" and "193" mean GM0193.
_SHORT_CODE = re.compile(r"(?:GM)?0*(?P<number>\d{1,4})")


class Registry:
    """The areas of one version of the store. Nothing in it changes, so threads may share it."""

    def __init__(
        self,
        areas: list[Area],
        inhabitants: Mapping[str, int],
        steps: list[Step],
        terms: list[Term],
        other: Mapping[str, tuple[int, str]] = MappingProxyType({}),
    ) -> None:
        self._areas: Mapping[str, Area] = MappingProxyType({area.code: area for area in areas})
        self._other = other
        # Codes that once belonged to another place; see `other_place`.
        self.reused = frozenset(other)
        by_parent: dict[tuple[str, AreaLevel], list[Area]] = defaultdict(list)
        for area in areas:
            for above in self._above(area):
                by_parent[above, area.level].append(area)
        self._below = {key: tuple(found) for key, found in by_parent.items()}
        self.lineage = Lineage(
            {area.code: (area.valid_from, area.valid_to) for area in areas if area.level is AreaLevel.MUNICIPALITY},
            steps,
            {area.code: area.name for area in areas if area.level is AreaLevel.MUNICIPALITY},
        )
        self._index = Index(self._areas, inhabitants, terms)
        self._slugs = self._make_slugs()
        self._by_slug = {slug: code for code, slug in self._slugs.items()}

    def _above(self, area: Area) -> list[str]:
        """Codes of all areas in which this one lies."""
        above: list[str] = []
        current = area.parent
        while current is not None:
            above.append(current)
            current = self._areas[current].parent
        if area.region is not None:
            above.append(area.region)
        return above

    def get(self, code: str) -> Area:
        """The area with this code, also one that is gone. Capitals do not matter. Raises UnknownArea."""
        found = self._areas.get(code.strip().upper())
        if found is None:
            raise UnknownArea(
                f"Er is geen gebied met de code {code.strip()[:20]!r}. Een code ziet eruit als GM0193 (gemeente), "
                "WK019310 (wijk) of BU01931000 (buurt). Zoek het gebied op naam."
            )
        return found

    def exists(self, code: str, year: int | None = None) -> bool:
        """Whether the code was in use on 1 January of `year`, as far as the sources reach; None: whether it is now."""
        area = self._areas.get(code)
        if area is None:
            return False
        return area.exists_today if year is None else area.existed_in(year)

    def codes(self, level: AreaLevel, year: int | None = None) -> tuple[str, ...]:
        """Codes of a level in use in `year` (None: now), sorted."""
        return tuple(area.code for area in self._areas.values() if area.level is level and self.exists(area.code, year))

    def children(self, code: str, level: AreaLevel, year: int | None = None) -> tuple[Area, ...]:
        """The areas of `level` inside an area in `year` (None: now), by code; empty when there are none.

        A province gives its municipalities, a region (GGD) too, a municipality its districts or neighbourhoods.
        Raises UnknownArea.
        """
        parent = self.get(code)
        inside = self._below.get((parent.code, level), ())
        return tuple(area for area in inside if self.exists(area.code, year))

    def other_place(self, code: str, year: int) -> str | None:
        """The name of the district to which this code of today belonged in `year`, when that was another place.

        Municipalities renumber: in 2022 WK022501 was Puiflijk, in 2024 it is Druten. Figures of then must not be shown
        as figures of now. Known for districts by comparing the names of 2022 and 2024 (2020 has no names and is taken
        to be as 2022), and for neighbourhoods through their district; None: the same place, as far as is known.
        """
        until, name = self._other.get(code, (0, ""))
        return name if year <= until else None

    def municipality_of(self, code: str) -> Area | None:
        """The municipality in which a district or neighbourhood lies; itself for one; None for larger areas."""
        area: Area | None = self.get(code)
        while area is not None and area.level is not AreaLevel.MUNICIPALITY:
            area = self._areas.get(area.parent) if area.parent else None
        return area

    def successors(self, code: str) -> tuple[Succession, ...]:
        """Among which areas an area was divided when it went; empty for an area of today. Raises UnknownArea."""
        return self.get(code).successors

    def predecessors(self, code: str) -> tuple[tuple[Area, Succession], ...]:
        """The areas that went into this one, wholly or partly, by year. Raises UnknownArea."""
        return tuple((self._areas[old], step) for old, step in self.lineage.predecessors(self.get(code).code))

    def today(self, code: str) -> tuple[Area, ...]:
        """The areas of today that hold the ground of this one, largest share first; itself when it exists."""
        area = self.get(code)
        if area.exists_today:
            return (area,)
        return tuple(self._areas[heir] for heir in self.lineage.heirs(area.code))

    def find(self, text: str, limit: int = 20, levels: frozenset[AreaLevel] | None = None) -> list[AreaMatch]:
        """See `samenspel.figures.service.find_areas`."""
        code = text.strip().upper()
        short = _SHORT_CODE.fullmatch(code)
        if short is not None:
            code = f"GM{int(short['number']):04}"
        if code in self._areas:
            heirs = self.today(code) or (self._areas[code],)
            return [AreaMatch(area, code, "code") for area in heirs if levels is None or area.level in levels][:limit]
        return self._index.find(text, limit, levels)

    def slug(self, code: str) -> str:
        """A readable, unique part of an address: "zwolle", "bergen-nh"; below the municipality name and code."""
        area = self.get(code)
        return self._slugs.get(area.code) or f"{slugify(area.name)}-{area.code.lower()}"

    def by_slug(self, slug: str) -> Area:
        """The area with this slug or code. Raises UnknownArea."""
        code = self._by_slug.get(slug.lower()) or slug.rpartition("-")[2]
        return self.get(code)

    def _make_slugs(self) -> dict[str, str]:
        """Municipalities of today have their name; all others add their code (names of districts are not unique)."""
        names: dict[str, list[str]] = defaultdict(list)
        for area in self._areas.values():
            if area.level is AreaLevel.MUNICIPALITY and area.exists_today:
                names[slugify(area.name)].append(area.code)
        return {
            code: slug if len(codes) == 1 else f"{slug}-{code.lower()}"
            for slug, codes in names.items()
            for code in codes
        }


def read_registry(folder: Path) -> Registry:
    """The registry in the folder of one version."""
    successions = pl.read_parquet(folder / SUCCESSIONS_FILE)
    steps = [Step(*row) for row in successions.select("old", "new", "since", "year", "area_share", "old_stays").rows()]
    went: dict[str, list[Succession]] = defaultdict(list)
    for step in steps:
        if not step.old_stays:
            went[step.old].append(Succession(step.new, step.year, step.area_share))
    frame = pl.read_parquet(folder / AREAS_FILE)
    columns = "code", "name", "level", "parent", "valid_from", "valid_to", "former_names", "region"
    levels = {level.value: level for level in AreaLevel}
    areas = [
        Area(code, name, levels[level], parent, first, last, tuple(former), tuple(sorted(went.get(code, ()))), region)
        for code, name, level, parent, first, last, former, region in frame.select(columns).iter_rows()
    ]
    inhabitants = dict(frame.select("code", "inhabitants").iter_rows())
    reused = frame.filter(pl.col("other_until").is_not_null()).select("code", "other_until", "other_name")
    other = {code: (until, name) for code, until, name in reused.iter_rows()}
    terms = [Term(*row) for row in pl.read_parquet(folder / NAMES_FILE).select("key", "shown", "code", "former").rows()]
    return Registry(areas, inhabitants, steps, terms, MappingProxyType(other))


_lock = Lock()
_cached: dict[Path, Registry] = {}


def registry_of(version: Version) -> Registry:
    """The registry that goes with this version of the store, read once. Raises NoAreas when it has none."""
    folder = areas_folder(version)
    found = _cached.get(folder)
    if found is None:
        with _lock:
            found = _cached.get(folder)
            if found is None:
                found = read_registry(folder)
                # A request that began before a swap goes on with the former version beside the newest one.
                for older in [other for other in _cached if other.parent == folder.parent][:-1]:
                    del _cached[older]
                _cached[folder] = found
    return found


def registry(store: Path) -> Registry:
    """The registry of the store in this folder at this moment. Raises NoAreas when there is none."""
    try:
        version = store_in(store).current()
    except NoStore as problem:
        raise NoAreas(str(problem)) from None
    return registry_of(version)
