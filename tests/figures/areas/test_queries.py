# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tests of what other storeys get: search, areas and maps of this installation."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from samenspel.figures import service
from samenspel.figures.areas.build import build_areas
from samenspel.figures.areas.rings import signed_area
from samenspel.figures.areas.versions import NoAreas
from samenspel.figures.current import areas
from samenspel.figures.types import AreaLevel, NoGeometry


def test_the_service_finds_and_shows(installed: Path) -> None:
    found = service.find_areas("zwolle", limit=1)[0].area
    assert service.get_area(found.code) is found
    assert service.slug(found) == "zwolle"
    assert service.area_by_slug("zwolle") is found
    assert len(service.children(found.code, AreaLevel.DISTRICT)) == 16
    assert len(service.current_municipalities()) == 342


def test_the_country_map_has_every_municipality(installed: Path) -> None:
    map_ = service.geometry(AreaLevel.MUNICIPALITY)
    assert [f["id"] for f in map_["features"]] == [area.code for area in service.current_municipalities()]
    assert len(json.dumps(map_)) < 500_000


def test_a_province_map_has_its_municipalities(installed: Path) -> None:
    map_ = service.geometry(AreaLevel.MUNICIPALITY, "PV24")
    assert {f["properties"]["name"] for f in map_["features"]} == {
        "Almere",
        "Dronten",
        "Lelystad",
        "Noordoostpolder",
        "Urk",
        "Zeewolde",
    }


def test_every_municipality_has_a_map_of_its_districts(installed: Path) -> None:
    for municipality in service.current_municipalities():
        features = service.geometry(AreaLevel.DISTRICT, municipality.code)["features"]
        assert [f["id"] for f in features] == [
            area.code for area in service.children(municipality.code, AreaLevel.DISTRICT)
        ]


@pytest.mark.parametrize("within", ["NL00", "GM0193", "GM0363", "GM0096"])
def test_rings_run_as_d3_wants_them_and_are_closed(installed: Path, within: str) -> None:
    level = AreaLevel.MUNICIPALITY if within == "NL00" else AreaLevel.DISTRICT
    for feature in service.geometry(level, within)["features"]:
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        assert polygons
        for outer, *holes in polygons:
            assert signed_area(outer) < 0
            assert all(signed_area(hole) > 0 for hole in holes)
            assert all(len(ring) >= 4 and ring[0] == ring[-1] for ring in (outer, *holes))


@pytest.mark.parametrize(
    ("level", "within"),
    [(AreaLevel.NEIGHBOURHOOD, "GM0193"), (AreaLevel.DISTRICT, "NL00"), (AreaLevel.DISTRICT, "GM0788")],
)
def test_a_map_that_is_not_there_is_refused_in_dutch(installed: Path, level: AreaLevel, within: str) -> None:
    with pytest.raises(NoGeometry, match="Er is geen kaart per"):
        service.geometry(level, within)


def test_without_a_store_the_message_says_what_to_do(tmp_path: Path, settings: object) -> None:
    settings.DATA_FOLDER = tmp_path  # type: ignore[attr-defined]
    with pytest.raises(NoAreas, match="samenspel figures build"):
        service.find_areas("zwolle")


def test_threads_share_one_registry(installed: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len({id(registry) for registry in pool.map(lambda _: areas(), range(50))}) == 1


def test_a_failed_build_leaves_the_former_areas(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(path for path in installed.rglob("*"))
    with pytest.raises(FileNotFoundError):
        build_areas(tmp_path, installed)
    assert sorted(path for path in installed.rglob("*")) == before
    assert service.get_area("GM0193").name == "Zwolle"
