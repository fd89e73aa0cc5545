# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tests of the registry: who existed when, what lies in what, what became of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspel.figures.areas.names import ALIASES
from samenspel.figures.areas.registry import Registry
from samenspel.figures.types import AreaLevel, Succession, UnknownArea

# CBS, "Gemeentelijke indeling op 1 januari", per year.
MUNICIPALITIES = {
    2012: 415,
    2013: 408,
    2014: 403,
    2015: 393,
    2016: 390,
    2017: 388,
    2018: 380,
    2019: 355,
    2020: 355,
    2021: 352,
    2022: 345,
    2023: 342,
    2024: 342,
    2025: 342,
}


@pytest.mark.parametrize(("year", "number"), MUNICIPALITIES.items())
def test_the_number_of_municipalities_is_the_official_one(netherlands: Registry, year: int, number: int) -> None:
    assert len(netherlands.codes(AreaLevel.MUNICIPALITY, year)) == number


def test_the_areas_of_today_are_all_there(netherlands: Registry) -> None:
    counts = {level.value: len(netherlands.codes(level)) for level in AreaLevel}
    assert counts == {
        "country": 1,
        "province": 12,
        "region": 25,
        "municipality": 342,
        "district": 3393,
        "neighbourhood": 14574,
    }


@pytest.mark.parametrize("whole", [AreaLevel.PROVINCE, AreaLevel.REGION])
def test_provinces_and_regions_each_divide_the_country(netherlands: Registry, whole: AreaLevel) -> None:
    inside = [
        area.code for code in netherlands.codes(whole) for area in netherlands.children(code, AreaLevel.MUNICIPALITY)
    ]
    assert sorted(inside) == list(netherlands.codes(AreaLevel.MUNICIPALITY))


def test_every_neighbourhood_is_reached_by_going_down(netherlands: Registry) -> None:
    reached = [
        neighbourhood.code
        for municipality in netherlands.children("NL00", AreaLevel.MUNICIPALITY)
        for district in netherlands.children(municipality.code, AreaLevel.DISTRICT)
        for neighbourhood in netherlands.children(district.code, AreaLevel.NEIGHBOURHOOD)
    ]
    assert sorted(reached) == list(netherlands.codes(AreaLevel.NEIGHBOURHOOD))


def test_the_brabant_regions_are_those_of_the_ggd(netherlands: Registry) -> None:
    # Tilburg lies in the safety region Midden- en West-Brabant, but its GGD is Hart voor Brabant.
    assert netherlands.get("GM0855").region == netherlands.get("GM0796").region == "GGHB"
    assert netherlands.get("GM0758").region == "GGWB"
    assert netherlands.get("GGHB").name == "GGD Hart voor Brabant"


def test_a_split_municipality_names_its_successors(netherlands: Registry) -> None:
    haaren = netherlands.get("GM0788")
    assert (haaren.valid_from, haaren.valid_to) == (2012, 2020)
    assert haaren.successors == (
        Succession("GM0757", 2021, 0.0933),
        Succession("GM0824", 2021, 0.2788),
        Succession("GM0855", 2021, 0.1781),
        Succession("GM0865", 2021, 0.4501),
    )
    assert [area.name for area in netherlands.today("GM0788")] == ["Vught", "Oisterwijk", "Tilburg", "Boxtel"]
    assert "Haaren" in netherlands.get("GM0824").former_names


def test_a_chain_of_mergers_is_followed_to_today(netherlands: Registry) -> None:
    # Graafstroom went into Molenwaard in 2013, that into Molenlanden in 2019.
    assert [step.code for step in netherlands.successors("GM0693")] == ["GM1927"]
    assert [area.name for area in netherlands.today("GM0693")] == ["Molenlanden"]
    # Ubbergen went into Groesbeek in 2015, which took another name and code in 2016.
    assert netherlands.successors("GM0282")[0].code == "GM0241"
    assert [area.name for area in netherlands.today("GM0282")] == ["Berg en Dal"]


def test_predecessors_are_the_mirror_of_successors(netherlands: Registry) -> None:
    for code in netherlands.codes(AreaLevel.MUNICIPALITY):
        for former, step in netherlands.predecessors(code):
            # Who gave a part and stayed (Slochteren in 2017) does not name it: it has no successor yet.
            assert step in former.successors or former.existed_in(step.year)


def test_the_shares_of_a_former_municipality_make_up_the_whole(netherlands: Registry) -> None:
    gone = set(netherlands.codes(AreaLevel.MUNICIPALITY, 2012)) - set(netherlands.codes(AreaLevel.MUNICIPALITY))
    shares = {code: sum(step.area_share for step in netherlands.successors(code)) for code in gone}
    # The rest is the difference between coast lines, and corrections under 2 % that the source leaves out.
    assert {code: share for code, share in shares.items() if not 0.97 < share < 1.001} == {}


def test_codes_that_are_gone_are_known_for_their_years(netherlands: Registry) -> None:
    assert netherlands.exists("GM0788", 2020)
    assert not netherlands.exists("GM0788", 2021)
    assert not netherlands.exists("GM0788")
    assert not netherlands.exists("GM9999", 2020)
    assert netherlands.exists("WK078801", 2020)
    assert not netherlands.exists("WK078801", 2024)
    assert netherlands.get("BU00030000").name == "Buurt 0000 in Appingedam"


def test_an_unknown_code_gets_a_sentence_that_helps(netherlands: Registry) -> None:
    with pytest.raises(UnknownArea, match=r"Er is geen gebied met de code 'XX1'.*GM0193"):
        netherlands.get("XX1")


@given(st.text(max_size=60))
def test_no_code_whatever_breaks_the_registry(text: str) -> None:
    from samenspel.figures.areas.lineage import Lineage

    empty = Registry([], {}, [], [])
    with pytest.raises(UnknownArea):
        empty.get(text)
    assert empty.find(text) == []
    assert isinstance(empty.lineage, Lineage)


def test_every_municipality_has_a_slug_of_its_own(netherlands: Registry) -> None:
    codes = netherlands.codes(AreaLevel.MUNICIPALITY)
    slugs = [netherlands.slug(code) for code in codes]
    assert len(set(slugs)) == len(codes)
    assert [netherlands.by_slug(slug).code for slug in slugs] == list(codes)
    assert netherlands.slug("GM0373") == "bergen-nh"
    assert netherlands.slug("GM0518") == "s-gravenhage"
    assert netherlands.slug("GM1900") == "sudwest-fryslan"


def test_districts_and_former_municipalities_are_found_by_slug_too(netherlands: Registry) -> None:
    for code in ("WK019310", "BU01931000", "GM0788", "PV23", "VR04", "GGHB", "NL00"):
        slug = netherlands.slug(code)
        assert netherlands.by_slug(slug).code == code
        assert netherlands.by_slug(code.lower()).code == code


def test_aliases_are_of_areas_that_exist(netherlands: Registry) -> None:
    assert [code for code in ALIASES if not netherlands.exists(code)] == []


def test_a_code_that_was_given_to_another_place_is_known(netherlands: Registry) -> None:
    assert netherlands.get("WK022501").name == "Druten"
    assert netherlands.other_place("WK022501", 2020) == "Puiflijk"
    assert netherlands.other_place("BU02250101", 2022) == "Puiflijk"
    assert netherlands.other_place("WK022501", 2024) is None
    # Spelt otherwise, or named after a number: the same place.
    assert netherlands.other_place("WK010603", 2022) is None  # "Wijk 03 Assen Oost", "Assen-Oost"
    assert netherlands.other_place("WK022204", 2022) is None  # "Wijk 04", "Oosseld / Vijverberg"
    assert netherlands.other_place("WK017703", 2022) is None  # "Marienheem", "Mariënheem"
    reused = [code for code in netherlands.codes(AreaLevel.DISTRICT) if netherlands.other_place(code, 2022)]
    assert 20 <= len(reused) <= 40


def test_municipality_of_goes_up(netherlands: Registry) -> None:
    above = netherlands.municipality_of("BU01931000")
    assert above is not None and above.name == "Zwolle"
    assert netherlands.municipality_of("PV23") is None
