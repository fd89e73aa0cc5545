# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""An area with its series beside those of the country."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samenspel.figures.service import (
    COUNTRY_CODE,
    Area,
    AreaLevel,
    NoRange,
    Passport,
    Point,
    Range,
    Series,
    Status,
    Topic,
    UnknownArea,
    WhyNoRange,
    all_series,
    area_by_slug,
    children,
    get_area,
    get_indicator,
    list_indicators,
    observations,
    snapshot,
    with_ranges,
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One indicator for one area, beside the same indicator for the areas around it, the country last."""

    passport: Passport
    here: Series
    around: tuple[Series, ...]

    @property
    def country(self) -> Series | None:
        """The series of the Netherlands, unless that is what the page is about."""
        return self.around[-1] if self.around else None


def compare(area: Area, keys: Iterable[str]) -> list[Compared]:
    """Each indicator for this area beside its municipality (for a district or neighbourhood) and the Netherlands."""
    beside = [around for around in (_municipality_around(area), COUNTRY_CODE) if around and around != area.code]
    wanted = list(keys)
    by_place = [all_series(code, wanted) for code in (area.code, *beside)]
    return [
        Compared(passport=get_indicator(key), here=here, around=tuple(around))
        for key, (here, *around) in zip(wanted, zip(*by_place, strict=True), strict=True)
    ]


def figures_by_topic(area: Area) -> Mapping[Topic, list[Compared]]:
    """All indicators of an area's level, grouped by topic, in the order of the topics."""
    groups: dict[Topic, list[Compared]] = {}
    offered = [one for topic in Topic for one in list_indicators(topic) if area.level in one.levels]
    for compared in compare(area, [passport.key for passport in offered]):
        groups.setdefault(compared.passport.topic, []).append(compared)
    return groups


def latest_by_group(area: Area, passport: Passport) -> dict[str, Point]:
    """The latest point with a value for each group of people that the source tells apart, by its breakdown."""
    found: dict[str, Point] = {}
    for row in observations([area.code], [passport.key], breakdowns=None).iter_rows(named=True):
        if row["breakdown"] and row["value"] is not None:  # periods come in their order, so the last one stays
            found[row["breakdown"]] = Point(row["period"], row["value"], Status(row["status"]))
    return dict(sorted(found.items(), key=lambda pair: [_age_order(value) for _name, value in parts_of(pair[0])]))


def parts_of(breakdown: str) -> list[tuple[str, str]]:
    """The dimensions of a breakdown with their groups: "age=0-4;sex=women" gives two pairs."""
    pairs = (part.partition("=") for part in breakdown.split(";"))
    return [(name, group) for name, _equals, group in pairs]


def _age_order(group: str) -> tuple[int, str]:
    """Ages by their first year, other groups by their name."""
    first = group.rstrip("+").partition("-")[0]
    return (int(first), group) if first.isdigit() else (0, group)


def latest_of_parts(area: Area, passport: Passport, level: AreaLevel) -> list[tuple[Area, Point, Range | NoRange]]:
    """The parts of an area at this level with a value in the latest year that any has one, with its range; by name."""
    if level not in passport.levels:
        return []
    frame = snapshot(passport.key, level=level, within=area)
    known = {row["area"]: row for row in with_ranges(frame, passport).iter_rows(named=True) if row["value"] is not None}
    found: list[tuple[Area, Point, Range | NoRange]] = []
    for part in parts_by_name(area, level):
        row = known.get(part.code)
        if row is None:
            continue
        point = Point(row["period"], row["value"], Status(row["status"]))
        if row["no_range"] is not None:
            found.append((part, point, NoRange(WhyNoRange(row["no_range"]))))
        else:
            found.append((part, point, Range(row["lower"], row["upper"], row["confidence"], row["range"])))
    return found


def municipality_by_name(name: str) -> Area:
    """The municipality with this readable address ("zwolle") or code ("GM0193", also of a municipality that is gone).

    Raises UnknownArea, also for the name or code of another kind of area.
    """
    if name[:2].upper() == "GM" and name[2:].isdigit():
        return get_area(name.upper())
    area = area_by_slug(name)
    if area.level is not AreaLevel.MUNICIPALITY:
        raise UnknownArea(_("%(name)s is geen gemeente.") % {"name": area.name})
    return area


def ancestors(area: Area) -> list[Area]:
    """The areas above this one, the municipality first: for a trail of links."""
    found: list[Area] = []
    parent = area.parent
    while parent is not None:
        above = get_area(parent)
        if above.level not in (AreaLevel.DISTRICT, AreaLevel.MUNICIPALITY):
            break
        found.insert(0, above)
        parent = above.parent
    return found


def parts_by_name(area: Area, level: AreaLevel) -> list[Area]:
    """The parts of an area at this level, by name."""
    return sorted(children(area.code, level), key=lambda part: (part.name, part.code))


def districts_and_neighbourhoods(area: Area) -> list[tuple[Area, list[Area]]]:
    """The districts of a municipality, each with its neighbourhoods, by name."""
    return [
        (district, parts_by_name(district, AreaLevel.NEIGHBOURHOOD))
        for district in parts_by_name(area, AreaLevel.DISTRICT)
    ]


def _municipality_around(area: Area) -> str | None:
    above = ancestors(area)
    return above[0].code if above else None
