# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""/gebieden: search, filters, pages, the past, and help when there is no such area."""

import pytest

from samenspel.figures.current import areas
from samenspel.figures.types import AreaLevel
from tests.figures.api.conftest import Ask


def every(ask: Ask, address: str, name: str, **query: object) -> list[dict[str, object]]:
    """The items of all pages."""
    found: list[dict[str, object]] = []
    page = ask(address, **query)
    while True:
        found += page[name]
        following = page["_links"].get("next")
        if following is None:
            assert len(found) == page["totaal"]
            return found
        page = ask(following["href"].removeprefix("/api/v1"))


def test_all_pages_together_are_all_municipalities(ask: Ask) -> None:
    found = every(ask, "/gebieden", "gebieden", niveau="gemeente", perPagina=37)
    codes = [area["code"] for area in found]
    assert codes == sorted(set(codes))
    assert codes == list(areas().codes(AreaLevel.MUNICIPALITY))
    assert len(codes) == 342


def test_all_areas_come_from_large_to_small(ask: Ask) -> None:
    found = every(ask, "/gebieden", "gebieden", perPagina=1000)
    levels = list(dict.fromkeys(area["niveau"] for area in found))
    assert levels == ["land", "provincie", "regio", "gemeente", "wijk", "buurt"]
    assert len({area["code"] for area in found}) == len(found) > 18_000


def test_what_lies_in_a_municipality(ask: Ask) -> None:
    districts = every(ask, "/gebieden", "gebieden", niveau="wijk", binnen="GM0193")
    assert {str(area["code"])[:6] for area in districts} == {"WK0193"}
    both = every(ask, "/gebieden", "gebieden", binnen="GM0193")
    assert {area["niveau"] for area in both} == {"wijk", "buurt"}


def test_a_search_says_what_it_found_the_area_by(ask: Ask) -> None:
    first = ask("/gebieden", zoek="zwolle")["gebieden"][0]
    assert (first["code"], first["gevondenOp"], first["gevondenNaam"]) == ("GM0193", "naam", "Zwolle")
    by_code = ask("/gebieden", zoek="gm0193")["gebieden"]
    assert [(area["code"], area["gevondenOp"]) for area in by_code] == [("GM0193", "code")]
    former = ask("/gebieden", zoek="Haaren", niveau="gemeente")["gebieden"]
    assert "vroegere-naam" in {area["gevondenOp"] for area in former}
    inside = ask("/gebieden", zoek="centrum", binnen="GM0193")["gebieden"]
    assert {area["code"][2:6] for area in inside} <= {"0193"}
    assert ask("/gebieden", zoek="...")["gebieden"] == []


def test_an_area_that_is_gone_says_where_it_went(ask: Ask) -> None:
    haaren = ask("/gebieden/GM0788")
    assert haaren["bestaatNu"] is False
    assert haaren["geldigTot"] == 2020
    assert {step["jaar"] for step in haaren["opvolgers"]} == {2021}
    assert sum(step["aandeelOppervlakte"] for step in haaren["opvolgers"]) == pytest.approx(1, abs=0.01)
    assert "onderdelen" not in haaren["_links"]


def test_every_link_of_an_area_leads_somewhere(ask: Ask) -> None:
    for code in ("NL00", "PV23", "GM0193", "WK019310", "GM0788"):
        area = ask(f"/gebieden/{code}")
        for link in area["_links"].values():
            ask(link["href"].removeprefix("/api/v1"))


def test_the_way_into_what_lies_inside_is_never_a_dead_end(ask: Ask) -> None:
    for code in ("NL00", "PV23", "VR04", "GM0193", "WK019310"):
        inside = ask(f"/gebieden/{code}")["_links"]["onderdelen"]["href"]
        assert ask(inside.removeprefix("/api/v1"))["totaal"] > 0


def test_a_code_that_does_not_exist_is_answered_with_suggestions(ask: Ask) -> None:
    problem = ask("/gebieden/zwolle", status=404)
    assert problem["suggesties"][0] == {"code": "GM0193", "naam": "Zwolle", "href": "/api/v1/gebieden/GM0193"}
    assert "GM0193" in problem["detail"]
    assert "suggesties" not in ask("/gebieden/GM9999", status=404)


def test_binnen_must_be_an_area(ask: Ask) -> None:
    problem = ask("/gebieden", status=400, binnen="GM9999")
    assert [error["location"]["name"] for error in problem["errors"]] == ["binnen"]
