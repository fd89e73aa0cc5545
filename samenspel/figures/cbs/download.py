# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Downloading one table: in parts and pages that are kept, so that an interrupted download goes on where it was.

A page is written to disk before the list of pages names it, and both are replaced in one move; whatever is killed
whenever, the list never names a page that is not wholly there.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import polars as pl

from samenspel.figures.cbs.errors import Garbled, Incomplete, Refused, SchemaChanged, TableChanging, UpdateProblem
from samenspel.figures.cbs.mapping import LiveTable, normalised
from samenspel.figures.cbs.protocol import (
    Stamp,
    TableInfo,
    check_collection,
    next_link,
    parse_dimensions,
    parse_measures,
    parse_observations,
    parse_periods,
    parse_stamp,
    rows_of,
    text_of,
)
from samenspel.figures.cbs.reporting import Reporter
from samenspel.figures.cbs.transport import Asker
from samenspel.figures.store import write_bytes, write_whole

# Measures per request. OData services written with ASP.NET refuse a filter of more than 100 nodes, and each
# comparison takes four; ten measures with four kinds of areas and a period stay under it.
MEASURES_PER_PART = 10
# How often a table may change, or come incomplete, before we give up.
RESTARTS = 3
STATE_FORMAT = 1


@dataclass(slots=True)
class Page:
    """A page on disk. `link` is the address it came from."""

    file: str
    rows: int
    sha256: str
    link: str


@dataclass(slots=True)
class Part:
    """The cells of some measures: one filter, one count, pages that follow each other."""

    filter: str
    expected: int | None = None
    pages: list[Page] = field(default_factory=list)
    next: str | None = None
    done: bool = False

    @property
    def rows(self) -> int:
        """Cells on disk."""
        return sum(page.rows for page in self.pages)


@dataclass(slots=True)
class State:
    """What of a table is on disk."""

    stamp: Stamp
    digest: str
    parts: list[Part]
    format: int = STATE_FORMAT


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A whole table: what it says about itself, and every cell we asked for, once."""

    info: TableInfo
    cells: pl.DataFrame


def filters(table: LiveTable) -> list[str]:
    """The OData filters that together ask for every cell of `table` that we use, each once."""
    conditions: list[str] = []
    # The neighbourhood tables hold nothing but these four; a filter would only be a chance to be refused.
    if set(table.areas) != {"NL", "GM", "WK", "BU"}:
        starts = " or ".join(f"startswith({table.area_dimension},'{area}')" for area in table.areas)
        conditions.append(f"({starts})")
    if table.from_period is not None:
        conditions.append(f"{table.time_dimension} ge '{table.from_period}JJ00'")
    conditions += [f"{name} eq '{code}'" for name, code in table.fixed.items()]
    found = []
    for start in range(0, len(table.codes), MEASURES_PER_PART):
        codes = table.codes[start : start + MEASURES_PER_PART]
        measures = " or ".join(f"Measure eq '{code}'" for code in codes)
        found.append(" and ".join([f"({measures})", *conditions]))
    return found


def check_meaning(table: LiveTable, info: TableInfo) -> None:
    """Raise SchemaChanged, naming every difference, unless the table still is what tables.yaml says it is."""
    differences: list[str] = []
    if set(info.dimensions) != set(table.dimensions):
        differences.append(f"its dimensions are {', '.join(info.dimensions)}, not {', '.join(table.dimensions)}")
    for code, (titles, units) in table.expected.items():
        measure = info.measures.get(code)
        if measure is None:
            differences.append(f"measure {code} ({titles[0]}) is gone")
            continue
        if normalised(measure.title) not in {normalised(title) for title in titles}:
            differences.append(f"measure {code} is called {measure.title!r}, not {titles[0]!r}")
        if normalised(measure.unit) not in {normalised(unit) for unit in units}:
            differences.append(f"measure {code} has the unit {measure.unit!r}, not {units[0]!r}")
    if differences:
        raise SchemaChanged(f"Table {table.id} has changed: " + "; ".join(differences))


class Download:
    """Gets one table into `folder`, which is its own."""

    def __init__(self, table: LiveTable, base: str, asker: Asker, folder: Path, reporter: Reporter) -> None:
        self.table = table
        self.address = f"{base}/{table.id}"
        self.asker = asker
        self.folder = folder
        self.reporter = reporter

    @property
    def _state_file(self) -> Path:
        return self.folder / "pages.json"

    def stamp(self) -> Stamp:
        """The edition that is published now."""
        return parse_stamp(self.asker.document(f"{self.address}/Properties"), self.table.id)

    def info(self) -> TableInfo:
        """What the table says about itself now. Raises SchemaChanged when it is not what we know."""
        services = rows_of(self.asker.document(self.address, check_collection))
        offered = {text_of(row, "name", f"The list of {self.table.id}") for row in services}
        missing = {"Properties", "Dimensions", "MeasureCodes", "Observations"} - offered
        if missing:
            raise SchemaChanged(f"Table {self.table.id} no longer offers {', '.join(sorted(missing))}")
        properties = self.asker.document(f"{self.address}/Properties")
        dimensions, time = parse_dimensions(self._collection("Dimensions"), self.table.id)
        if self.table.time_dimension is not None and time != self.table.time_dimension:
            raise SchemaChanged(
                f"Table {self.table.id} has changed: it has no time dimension {self.table.time_dimension}"
            )
        cells = properties.get("ObservationCount")
        return TableInfo(
            title=text_of(properties, "Title", f"Properties of {self.table.id}"),
            stamp=parse_stamp(properties, self.table.id),
            cells=cells if isinstance(cells, int) else 0,
            dimensions=dimensions,
            time_dimension=time,
            measures=parse_measures(self._collection("MeasureCodes"), self.table.id),
            periods=parse_periods(self._collection(f"{time}Codes"), self.table.id) if time else {},
        )

    def run(self) -> Downloaded:
        """The whole table. Raises an UpdateProblem; what came in before is kept when that helps the next run."""
        for attempt in range(1, RESTARTS + 1):
            info = self.check()
            kept = self._kept(info.stamp)
            state = kept or self._fresh(info.stamp)
            problem: UpdateProblem | None = None
            try:
                self._fetch(state)
                cells = self._whole(state)
            except (Garbled, Incomplete, Refused, SchemaChanged) as caught:
                problem = caught
            if not self._changed_since(info.stamp, problem):
                if problem is None:
                    return Downloaded(info, cells)
                # What came before may be at fault, so an incomplete table, and one whose pages make no sense once some
                # were taken, get a clean start. Other problems are the source's own; asking again would not help.
                again = (
                    isinstance(problem, Incomplete) or kept or (isinstance(problem, Garbled) and state.parts[0].pages)
                )
                if attempt == RESTARTS or not again:
                    if not problem.resumable:
                        self.clear()
                    raise problem
                self.reporter.note(f"{problem.what}; starting this table again")
            else:
                self.reporter.note("CBS published a new edition meanwhile; starting again with that one")
            self.clear()
        raise TableChanging(f"Table {self.table.id} changed {RESTARTS} times while it was being downloaded")

    def check(self) -> TableInfo:
        """What the table says about itself; raises SchemaChanged when it is not what we know. Keeps nothing."""
        info = self.info()
        check_meaning(self.table, info)
        return info

    def count(self) -> int:
        """How many cells we would download; asks the source, keeps nothing."""
        return sum(self._count(one) for one in filters(self.table))

    def kept_rows(self) -> int:
        """How many cells are on disk from an earlier run, whatever edition they are of."""
        state = self._read_state()
        return 0 if state is None else sum(part.rows for part in state.parts)

    def clear(self) -> None:
        """Throw away what was downloaded."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _collection(self, name: str) -> list[dict[str, Any]]:
        """All rows of a small collection, page by page."""
        for _attempt in range(RESTARTS):
            rows: list[dict[str, Any]] = []
            link: str | None = f"{self.address}/{name}"
            seen: set[str] = set()
            while link is not None:
                seen.add(link)
                document = self.asker.document(link, self._check_link(name, seen))
                rows += rows_of(document)
                link = self._own(next_link(document), name)
            codes = [row.get("Identifier") for row in rows]
            if len(set(codes)) == len(codes):
                return rows
        raise Garbled(f"{self.table.id}/{name} lists a code twice")

    def _check_link(self, name: str, seen: set[str]) -> Callable[[Any], None]:
        def check(document: Any) -> None:
            check_collection(document)
            if self._own(next_link(document), name) in seen:
                raise Garbled(f"The pages of {self.table.id}/{name} go round in a circle")

        return check

    def _own(self, link: str | None, name: str) -> str | None:
        """The next page on the address that we were told to use.

        A service behind another address (a mirror, a proxy that ends TLS) names its own host in its links. Taking
        only their query keeps us where the operator sent us, whatever the answer says.
        """
        if link is None:
            return None
        parts = urlsplit(urljoin(f"{self.address}/{name}", link))
        if not parts.path.endswith(f"/{self.table.id}/{name}") or not parts.query:
            raise Garbled(f"The link to the next page of {self.table.id} leads elsewhere")
        return f"{self.address}/{name}?{parts.query}"

    def _count(self, one: str) -> int:
        return self.asker.number(f"{self.address}/Observations/$count?$filter={quote(one)}")

    def _fresh(self, stamp: Stamp) -> State:
        self.clear()
        self.folder.mkdir(parents=True)
        return State(stamp, self.table.digest(), [Part(one) for one in filters(self.table)])

    def _kept(self, stamp: Stamp) -> State | None:
        """The state of an earlier run, when it is of this edition and this mapping, and wholly there."""
        state = self._read_state()
        if state is None or state.stamp != stamp or state.digest != self.table.digest():
            return None
        for page in (page for part in state.parts for page in part.pages):
            path = self.folder / page.file
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != page.sha256:
                return None
        return state

    def _read_state(self) -> State | None:
        try:
            content = json.loads(self._state_file.read_bytes())
            if content["format"] != STATE_FORMAT:
                return None
            parts = [Part(**{**part, "pages": [Page(**page) for page in part["pages"]]}) for part in content["parts"]]
            return State(Stamp(**content["stamp"]), content["digest"], parts)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _save(self, state: State) -> None:
        write_bytes(self._state_file, json.dumps(asdict(state), indent=1).encode())

    def _fetch(self, state: State) -> None:
        for part in state.parts:
            if part.expected is None:
                part.expected = self._count(part.filter)
                # Measures that CBS has announced but not published have no cells to ask for.
                part.done = part.expected == 0
        self._save(state)
        total = sum(part.expected or 0 for part in state.parts)
        already = sum(part.rows for part in state.parts)
        self.reporter.begin(self.table.id, self.table.title, total, already)
        seen = {key for part in state.parts for page in part.pages for key in self._page(page)["Id"]}
        for number, part in enumerate(state.parts):
            self._fetch_part(state, number, part, seen)

    def _fetch_part(self, state: State, number: int, part: Part, seen: set[int]) -> None:
        expected = part.expected or 0
        first = f"{self.address}/Observations?$filter={quote(part.filter)}"
        link: str | None = part.next or first
        while not part.done and link is not None:
            links = {page.link for page in part.pages} | {link}
            check = self._check_page(links, seen)
            document = self.asker.document(link, check)
            rows = rows_of(document)
            frame = parse_observations(rows, self.table.dimensions, self.table.id)
            following = self._own(next_link(document), "Observations")
            if part.rows + len(rows) > expected or (following is None and part.rows + len(rows) < expected):
                raise Incomplete(
                    f"Table {self.table.id} should have {expected} of these cells and sent {part.rows + len(rows)}"
                )
            name = f"part{number}-page{len(part.pages)}.parquet"
            write_whole(self.folder / name, partial(frame.write_parquet, compression="zstd"))
            content = (self.folder / name).read_bytes()
            part.pages.append(Page(name, len(rows), hashlib.sha256(content).hexdigest(), link))
            part.next, part.done = following, following is None
            self._save(state)
            seen.update(frame["Id"])
            self.reporter.rows(len(rows))
            link = following

    def _check_page(self, links: set[str], seen: set[int]) -> Callable[[Any], None]:
        """What a page must be to be believed; a page that fails is asked for again."""

        def check(document: Any) -> None:
            rows = rows_of(document)
            link = next_link(document)
            if self._own(link, "Observations") in links:
                raise Garbled(f"The pages of {self.table.id} go round in a circle")
            if link is not None and not rows:
                raise Garbled(f"Table {self.table.id} sent an empty page that is not the last")
            ids = [row.get("Id") for row in rows]
            if len(set(ids)) != len(ids) or not seen.isdisjoint(ids):
                raise Garbled(f"Table {self.table.id} sent cells for the second time")

        return check

    def _changed_since(self, stamp: Stamp, problem: UpdateProblem | None) -> bool:
        """Whether there is a new edition. When the source cannot even say that, an earlier `problem` stands."""
        try:
            return self.stamp() != stamp
        except UpdateProblem as unanswered:
            raise (problem or unanswered) from None

    def _page(self, page: Page) -> pl.DataFrame:
        return pl.read_parquet(self.folder / page.file)

    def _whole(self, state: State) -> pl.DataFrame:
        """All pages as one frame. Raises Incomplete unless every cell is there exactly once."""
        pages = [self._page(page) for part in state.parts for page in part.pages]
        cells = pl.concat(pages) if pages else pl.DataFrame()
        expected = sum(part.expected or 0 for part in state.parts)
        if cells.height != expected:
            raise Incomplete(f"Table {self.table.id} should have {expected} cells and sent {cells.height}")
        if expected == 0:
            raise Incomplete(f"Table {self.table.id} has none of the cells that we use")
        if cells["Id"].n_unique() != cells.height:
            raise Incomplete(f"Table {self.table.id} sent cells for the second time")
        return cells


def describe(info: TableInfo) -> Mapping[str, str]:
    """The few things about an edition that are kept beside what was imported."""
    return {"title": info.title, **asdict(info.stamp)}
