# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Boundaries for maps: made at build time from the source files, one small GeoJSON file per map."""

import gzip
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from samenspel.figures.areas.names import district_name
from samenspel.figures.areas.rings import Polygon, clockwise, merge, simplify_together

FOLDER = "boundaries"
COUNTRY_FILE = "municipalities.geojson"
DISTRICTS_FOLDER = "districts"

MUNICIPALITIES_SOURCE = "boundaries/gemeenten_2022_pdok_generalised.geojson.gz"
DISTRICTS_SOURCE = "boundaries/wijken_2024.geojson.gz"

# In degrees. A map of the country is 600 to 1200 pixels high, so a pixel is 0.003 degrees or more.
COUNTRY_TOLERANCE = 0.0015
COUNTRY_DECIMALS, DISTRICT_DECIMALS = 4, 5

Feature = dict[str, Any]


def build(sources: Path, target: Path, *, names: dict[str, str], mergers: dict[str, str]) -> None:
    """Write the map of all municipalities of today and a map of the districts of each.

    `names`: today's municipalities by code; `mergers`: where a municipality that is gone went as a whole. The
    country's map is of 2022, with what merged later taken together, because only that source has borders that
    neighbours share (see docs/decisions/0012). Raises ValueError when a municipality of today gets no map.
    """
    folder = target / FOLDER
    (folder / DISTRICTS_FOLDER).mkdir(parents=True, exist_ok=True)
    polygons: dict[str, list[Polygon]] = defaultdict(list)
    for feature in _features(sources / MUNICIPALITIES_SOURCE):
        code = feature["properties"]["gemeentecode"]
        while code not in names:
            code = mergers[code]
        polygons[code] += _polygons(feature["geometry"])
    missing = sorted(set(names) - set(polygons))
    if missing:
        raise ValueError(f"no boundaries for {', '.join(missing)}")
    whole = {code: merge(found) for code, found in sorted(polygons.items())}
    simple = simplify_together(whole, COUNTRY_TOLERANCE)
    _write(folder / COUNTRY_FILE, [_feature(code, names[code], simple[code], COUNTRY_DECIMALS) for code in simple])

    districts: dict[str, list[Feature]] = defaultdict(list)
    for feature in _features(sources / DISTRICTS_SOURCE):
        about = feature["properties"]
        name, shape = district_name(about["wijknaam"]), _polygons(feature["geometry"])
        districts[about["gemeentecode"]].append(_feature(about["wijkcode"], name, shape, DISTRICT_DECIMALS))
    for code, found in districts.items():
        found.sort(key=lambda feature: str(feature["id"]))
        _write(folder / DISTRICTS_FOLDER / f"{code}.geojson", found)


def read_country(folder: Path) -> Feature:
    """The map of all municipalities of today, as a GeoJSON FeatureCollection."""
    return _read(folder / FOLDER / COUNTRY_FILE)


def read_districts(folder: Path, municipality: str) -> Feature:
    """The districts of one municipality; FileNotFoundError when there is no map of it."""
    return _read(folder / FOLDER / DISTRICTS_FOLDER / f"{municipality}.geojson")


def _read(file: Path) -> Feature:
    collection = json.loads(file.read_bytes())
    assert isinstance(collection, dict)
    return collection


def _write(file: Path, features: list[Feature]) -> None:
    collection = {"type": "FeatureCollection", "features": features}
    file.write_text(json.dumps(collection, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _features(file: Path) -> list[Feature]:
    with gzip.open(file) as stream:
        features = json.load(stream)["features"]
    assert isinstance(features, list)
    return features


def _polygons(geometry: dict[str, Any]) -> list[Polygon]:
    """The polygons of a Polygon, MultiPolygon or collection (left by a repair; its points and lines are dropped)."""
    match geometry["type"]:
        case "Polygon":
            found = [geometry["coordinates"]]
        case "MultiPolygon":
            found = geometry["coordinates"]
        case "GeometryCollection":
            return [polygon for member in geometry["geometries"] for polygon in _polygons(member)]
        case _:
            return []
    return [[[(float(x), float(y)) for x, y, *_ in ring] for ring in polygon] for polygon in found]


def _feature(code: str, name: str, polygons: list[Polygon], decimals: int) -> Feature:
    """A GeoJSON feature with exterior rings clockwise and holes the other way, as d3 and Vega read them.

    RFC 7946 asks for the opposite, but d3 (spherical) would then fill the whole earth but this area.
    """
    rounded: list[list[list[tuple[float, float]]]] = []
    for polygon in polygons:
        rings = [_rounded(ring, decimals) for ring in polygon]
        if rings and len(rings[0]) >= 4:
            kept = [rings[0], *(ring for ring in rings[1:] if len(ring) >= 4)]
            rounded.append([clockwise(ring, place == 0) for place, ring in enumerate(kept)])
    rounded.sort()
    geometry: dict[str, Any] = {"type": "MultiPolygon", "coordinates": rounded}
    if len(rounded) == 1:
        geometry = {"type": "Polygon", "coordinates": rounded[0]}
    return {"type": "Feature", "id": code, "properties": {"code": code, "name": name}, "geometry": geometry}


def _rounded(ring: list[tuple[float, float]], decimals: int) -> list[tuple[float, float]]:
    points = [(round(x, decimals), round(y, decimals)) for x, y in ring]
    kept = [point for place, point in enumerate(points) if place == 0 or point != points[place - 1]]
    if kept[0] != kept[-1]:
        kept.append(kept[0])
    return kept
