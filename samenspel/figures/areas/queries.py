# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads of areas from the store of this installation."""

from collections.abc import Iterable
from typing import Any

from samenspel.figures.areas import boundaries
from samenspel.figures.areas.versions import areas_folder
from samenspel.figures.current import areas, current
from samenspel.figures.types import COUNTRY_CODE, Area, AreaLevel, AreaMatch, NoGeometry


def find_areas(text: str, limit: int = 20, levels: Iterable[AreaLevel] | None = None) -> list[AreaMatch]:
    """Areas of today by name, former name or code, best first; nothing for a text without letters or digits.

    Capitals, accents and short articles ('s, 't) do not matter. First municipalities (with country, provinces and
    regions), then districts, then neighbourhoods; in each the whole name before its beginning, before a word in it;
    then larger places first. After that what is one typing error away (two in words of seven letters and more). A
    former municipality gives those it went into. `levels`: only these; None or empty means all.
    """
    wanted = frozenset(levels or ()) or None
    return areas().find(text, limit, wanted)


def get_area(code: str) -> Area:
    """The area with this code, also one that is gone. Raises UnknownArea."""
    return areas().get(code)


def area_by_slug(slug: str) -> Area:
    """The area with this slug (see `slug`) or code. Raises UnknownArea."""
    return areas().by_slug(slug)


def children(code: str, level: AreaLevel) -> list[Area]:
    """The areas of today of this level in an area, by code; empty when there are none. Raises UnknownArea."""
    return list(areas().children(code, level))


def municipality_of(code: str) -> Area | None:
    """The municipality in which an area lies; None for country, province and region. Raises UnknownArea."""
    return areas().municipality_of(code)


def current_municipalities() -> list[Area]:
    """All municipalities of today, by code."""
    return children(COUNTRY_CODE, AreaLevel.MUNICIPALITY)


def slug(area: Area) -> str:
    """A readable, unique part of an address: "zwolle", "bergen-nh"; for districts and the like name and code."""
    return areas().slug(area.code)


def geometry(level: AreaLevel, within: str = COUNTRY_CODE) -> dict[str, Any]:
    """Boundaries of today as a GeoJSON FeatureCollection (WGS84); features have `id`, `properties.code` and `.name`.

    There are two kinds of maps: municipalities of the country, a province or a region; districts of one municipality.
    Exterior rings run clockwise, as d3 and Vega want them. Raises NoGeometry for any other map, UnknownArea for an
    unknown code.
    """
    area = get_area(within)
    if level is AreaLevel.MUNICIPALITY and area.level in (AreaLevel.COUNTRY, AreaLevel.PROVINCE, AreaLevel.REGION):
        country = boundaries.read_country(areas_folder(current()))
        if area.level is AreaLevel.COUNTRY:
            return country
        inside = {child.code for child in children(area.code, level)}
        return {**country, "features": [feature for feature in country["features"] if feature["id"] in inside]}
    if level is AreaLevel.DISTRICT and area.level is AreaLevel.MUNICIPALITY and area.exists_today:
        return boundaries.read_districts(areas_folder(current()), area.code)
    raise NoGeometry(
        f"Er is geen kaart per {level.in_words()} van {area.name}. Er zijn kaarten van gemeenten in het land, een "
        "provincie of een regio, en van wijken in een gemeente van nu."
    )
