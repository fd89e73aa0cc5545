# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""One indicator for one area over the years, on the boundaries of today where the parts add up."""

from collections.abc import Iterable, Mapping

from samenspel.figures.areas.lineage import in_words
from samenspel.figures.areas.registry import Registry
from samenspel.figures.importers.frames import DECIMALS
from samenspel.figures.passports import Passport, Unit
from samenspel.figures.same_place import boundary_year
from samenspel.figures.store import Cell, Version
from samenspel.figures.types import Area, AreaLevel, Break, Point, Series, Status
from samenspel.figures.wholes import whole_of

# Units of which the values of parts add up to the value of the whole.
ADDITIVE = frozenset({Unit.PERSONS, Unit.HOUSEHOLDS, Unit.DWELLINGS, Unit.COUNT})


def per_of(passport: Passport, table: str) -> float:
    """Per how many the shares of this indicator are in a source table (100: percentages); for a live table as usual."""
    with_parts = [source for source in passport.sources if source.numerator]
    return next(
        (source.per for source in with_parts if source.table == table), with_parts[0].per if with_parts else 100
    )


def _as_point(version: Version, area: Area, code: str, passport: Passport, breakdown: str, cell: Cell) -> Point:
    said = passport.uncertainty.whole
    # Those of a group of people are not known from another series.
    whole = whole_of(version.cells(code), said, cell.period) if said is not None and not breakdown else None
    parts = (cell.numerator, cell.denominator)
    return Point(cell.period, cell.value, Status(cell.status), *parts, cell.source, area.level, whole)


def series_of(version: Version, registry: Registry, area: Area, passport: Passport, breakdown: str) -> Series:
    """See `samenspel.figures.service.series`."""
    if area.level is AreaLevel.MUNICIPALITY and area.exists_today:
        return _municipality(version, registry, area, passport, breakdown)
    cells = _cells(version, area.code, passport.key, breakdown)
    # Figures of when the code belonged to another place are not figures of this one.
    years = {period: boundary_year(version, cells[period].source, period) for period in sorted(cells)}
    elsewhere = {years[p]: name for p in years if (name := registry.other_place(area.code, years[p])) is not None}
    points = tuple(
        _as_point(version, area, area.code, passport, breakdown, cells[period])
        for period, year in years.items()
        if year not in elsewhere
    )
    breaks = set(_definition_breaks(passport, points))
    if elsewhere:
        last = max(elsewhere)
        reason = f"In {last} hoorde de code van {area.name} bij een andere wijk: {elsewhere[last]}."
        breaks.add(Break(str(last + 1), f"{reason} Cijfers van toen laten wij hier niet zien."))
    return Series(area, passport.key, breakdown, points, tuple(sorted(breaks)))


def _cells(version: Version, code: str, indicator: str, breakdown: str) -> Mapping[str, Cell]:
    return version.cells(code).get((indicator, breakdown), {})


def _definition_breaks(passport: Passport, points: Iterable[Point]) -> tuple[Break, ...]:
    """Breaks of definition that fall between two points."""
    periods = sorted(point.period for point in points)
    return tuple(
        Break(change.period, change.reason)
        for change in passport.breaks
        if periods and periods[0] < change.period <= periods[-1]
    )


def _municipality(version: Version, registry: Registry, area: Area, passport: Passport, breakdown: str) -> Series:
    lineage = registry.lineage
    held: dict[str, Mapping[str, Cell]] = {}

    def cells_of(code: str) -> Mapping[str, Cell]:
        if code not in held:
            held[code] = _cells(version, code, passport.key, breakdown)
        return held[code]

    own = cells_of(area.code)
    ancestors = _ancestors(registry, area.code)
    periods = sorted({*own, *(period for code in ancestors for period in cells_of(code))})
    points: list[Point] = []
    on_years: list[int] = []
    separate: set[int] = set()
    recoded = False
    for period in periods:
        example = own.get(period) or next(cells_of(c)[period] for c in ancestors if period in cells_of(c))
        year = boundary_year(version, example.source, period)
        parts = lineage.parts(area.code, year) or frozenset({area.code})
        if parts != {area.code}:
            found = [cells_of(part).get(period) for part in sorted(parts)]
            together = _added_up(passport, period, [cell for cell in found if cell is not None])
            if together is not None and None not in found:
                points.append(together)
                on_years.append(year)
                recoded = True
                continue
            separate.add(year)
        # The same municipality, possibly under the code it had before a renaming.
        code = lineage.own(area.code, year) or area.code
        same = cells_of(code)
        if period in same:
            points.append(_as_point(version, area, code, passport, breakdown, same[period]))
            on_years.append(year)
    breaks = {
        *(b for b in lineage.breaks(area.code) if any(year < int(b.period) for year in on_years)),
        *_mergers(registry, area, separate & set(on_years)),
        *_beginning(area, separate - set(on_years)),
        *_definition_breaks(passport, points),
    }
    return Series(area, passport.key, breakdown, tuple(points), tuple(sorted(breaks)), recoded)


def _ancestors(registry: Registry, code: str) -> list[str]:
    """All municipalities that went into this one, also by way of others."""
    found: list[str] = []
    open_ends = [code]
    while open_ends:
        for before, _ in registry.predecessors(open_ends.pop()):
            if before.code not in found and before.code != code:
                found.append(before.code)
                open_ends.append(before.code)
    return sorted(found)


def _added_up(passport: Passport, period: str, cells: list[Cell]) -> Point | None:
    """The point of a whole from the cells of its parts; None when these do not add up.

    Counts are added. A share with parts is the sum of numerators over the sum of denominators. Anything else (a mean, a
    median, a percentage without its parts) cannot be added up.
    """
    if not cells or any(cell.value is None for cell in cells):
        return None
    provisional = any(cell.status == Status.PROVISIONAL.value for cell in cells)
    status = Status.PROVISIONAL if provisional else Status.DERIVED
    tops = [cell.numerator for cell in cells if cell.numerator is not None]
    wholes = [cell.denominator for cell in cells if cell.denominator is not None]
    same = len({per_of(passport, cell.source) for cell in cells}) == 1
    if same and len(tops) == len(wholes) == len(cells) and sum(wholes) > 0:
        per = per_of(passport, cells[0].source)
        share = round(sum(tops) / sum(wholes) * per, DECIMALS)
        return Point(period, share, status, sum(tops), sum(wholes), level=AreaLevel.MUNICIPALITY)
    if passport.unit in ADDITIVE:
        total = sum(cell.value for cell in cells if cell.value is not None)
        return Point(period, total, status, level=AreaLevel.MUNICIPALITY)
    return None


def _mergers(registry: Registry, area: Area, years: set[int]) -> list[Break]:
    """A break for every merger after one of these years, in which values of the parts could not be added up."""
    if not years:
        return []
    arrivals: dict[int, list[str]] = {}
    for before, step in registry.predecessors(area.code):
        if not before.exists_today and step.year > min(years) and before.successors == (step,):
            arrivals.setdefault(step.year, []).append(before.name)
    return [
        Break(
            str(year),
            f"Vanaf {year} {'hoort' if len(names) == 1 else 'horen'} {in_words(sorted(names))} bij {area.name}. "
            f"Cijfers van voor {year} gaan over {area.name} zoals het toen was.",
        )
        for year, names in sorted(arrivals.items())
    ]


def _beginning(area: Area, years: set[int]) -> list[Break]:
    """A break for a municipality that was formed after one of these years, in which its parts could not be added up."""
    if not any(year < area.valid_from for year in years):
        return []
    reason = (
        f"{area.name} bestaat sinds {area.valid_from}. Van eerdere jaren zijn er alleen cijfers van de gemeenten "
        "waaruit zij ontstond, en die zijn bij dit onderwerp niet op te tellen."
    )
    return [Break(str(area.valid_from), reason)]
