# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The public pages on the real figures. None of these tests may touch the database: open figures need none."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from samenspel.figures.service import COUNTRY_CODE, current_municipalities, get_indicator, latest
from samenspel.pages import selection
from samenspel.pages.presenters import indicator
from samenspel.pages.presenters.figure import group_in_words
from samenspel.pages.presenters.numbers import in_sentence, of_hundred
from tests.harness import sweep
from tests.harness.fragments import element_by_id
from tests.harness.scripts import ABOUT_THE_PAGE, check_scripts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("figure_store")]

PAGES = (
    "/",
    "/zoeken/",
    "/zoeken/?zoek=zwolle",
    "/zoeken/?zoek=qqqqqq",
    "/gemeente/zwolle/",
    "/gemeente/zwolle/?kaart=lonely",
    "/gemeente/zwolle/cijfers/",
    "/gemeente/zwolle/cijfers/lonely/",
    "/gemeente/zwolle/cijfers/population/",
    "/gemeente/zwolle/cijfers/wmo_clients_per_1000/",
    "/gemeente/almere/cijfers/social_assistance_per_1000/",
    "/gemeente/zwolle/uitkomsten/",
    "/gemeente/zwolle/wijken/",
    "/gemeente/rozendaal/",
    "/gemeente/GM0788/",
    "/wijk/WK019310/",
    "/wijk/WK019310/cijfers/",
    "/wijk/WK019310/cijfers/lonely/",
    "/buurt/BU01931000/cijfers/lonely/",
    "/buurt/BU01931000/",
    "/indicator/",
    "/indicator/?zoek=eenzaam",
    "/indicator/?zoek=qqqqqq",
    "/indicator/lonely/",
    "/indicator/deaths_by_age/",
    "/bronnen/",
    "/over/",
    "/toegankelijkheid/",
    "/privacy/",
)


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(unescape(answer.content.decode()).split())


@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_for_anyone_and_sets_no_cookie(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    assert 'lang="nl"' in answer.content.decode()
    assert check_scripts(answer.content.decode()) in ([], [ABOUT_THE_PAGE])


@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_in_english(client: Client, address: str) -> None:
    answer = client.get(address, headers={"Cookie": "django_language=en"})
    assert answer.status_code == 200
    assert '<html lang="en"' in answer.content.decode()


@pytest.mark.parametrize("key", sweep.indicators())
def test_every_indicator_has_a_page_in_the_country_and_in_a_municipality(client: Client, key: str) -> None:
    passport = get_indicator(key)
    assert passport.title in text_of(client, f"/indicator/{key}/")
    assert passport.question in text_of(client, f"/gemeente/zwolle/cijfers/{key}/")


def test_the_page_says_the_value_that_the_store_holds(client: Client) -> None:
    passport = get_indicator("lonely")
    point = latest("GM0193", "lonely")
    assert point is not None
    assert point.value is not None
    page = text_of(client, "/gemeente/zwolle/")
    assert passport.in_words(in_sentence(passport, point.value)) in page
    country = latest(COUNTRY_CODE, "lonely")
    assert country is not None
    assert country.value is not None
    assert f"In heel Nederland: {of_hundred(country.value)} van de 100." in page
    assert passport.does_not_say in page


def test_a_code_leads_to_the_readable_address(client: Client) -> None:
    answer = client.get("/gemeente/GM0193/")
    assert (answer.status_code, answer["Location"]) == (301, "/gemeente/zwolle/")
    assert client.get("/gemeente/gm0193/")["Location"] == "/gemeente/zwolle/"
    assert client.get("/wijk/wk019310/")["Location"] == "/wijk/WK019310/"
    assert client.get("/buurt/WK019310/")["Location"] == "/wijk/WK019310/"


def test_a_municipality_that_is_gone_names_where_it_went(client: Client) -> None:
    page = text_of(client, "/gemeente/GM0788/")
    assert "bestaat sinds 2021 niet meer" in page
    for successor in ("Boxtel", "Oisterwijk", "Tilburg", "Vught"):
        assert successor in page


@pytest.mark.parametrize(
    "address",
    [
        "/gemeente/nergenshuizen/",
        "/gemeente/GM9999/",
        "/gemeente/GM0788/cijfers/",
        "/gemeente/zwolle/cijfers/geluk/",
        "/wijk/WK999999/",
        "/buurt/x/",
        "/indicator/geluk/",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_only_reading_is_possible(client: Client) -> None:
    assert client.post("/gemeente/zwolle/").status_code == 405
    assert client.head("/gemeente/zwolle/").status_code == 200


class TestSearch:
    def test_a_name_gives_the_municipality_first(self, client: Client) -> None:
        page = client.get("/zoeken/?zoek=zwolle").content.decode()
        results = str(element_by_id(page, "zoekresultaten"))
        assert results.index("/gemeente/zwolle/") < results.index("/wijk/")

    def test_a_code_goes_straight_there(self, client: Client) -> None:
        answer = client.get("/zoeken/?zoek=GM0193")
        assert (answer.status_code, answer["Location"]) == (302, "/gemeente/zwolle/")

    def test_a_former_name_says_what_became_of_it(self, client: Client) -> None:
        assert "Haaren hoort nu bij" in text_of(client, "/zoeken/?zoek=haaren")

    def test_nothing_found_says_so_and_what_to_do(self, client: Client) -> None:
        assert "Wij vonden geen plaats die qqqqqq heet" in text_of(client, "/zoeken/?zoek=qqqqqq")

    def test_hostile_text_is_only_text(self, client: Client) -> None:
        page = client.get("/zoeken/", {"zoek": '"><script>alert(1)</script>'}).content.decode()
        assert "<script>alert" not in page

    def test_a_very_long_query_is_cut_off(self, client: Client) -> None:
        assert client.get("/zoeken/", {"zoek": "a" * 100_000}).status_code == 200


def test_the_selected_indicators_exist_and_are_known_for_municipalities(client: Client) -> None:
    chosen = {key for section in selection.SECTIONS for key in section.indicators}
    chosen |= {*selection.FACTS, *dict(selection.AGES), *dict(selection.HOUSEHOLDS), *selection.MAPS}
    for key in chosen:
        assert latest("GM0193", key) is not None, key


def test_dutch_content_on_an_english_page_is_marked_as_dutch(client: Client) -> None:
    page = client.get("/gemeente/zwolle/", headers={"Cookie": "django_language=en"}).content.decode()
    passport = get_indicator("lonely")
    assert f'<span lang="nl">{passport.does_not_say}</span>' in unescape(page)


def test_the_map_can_be_chosen_without_javascript(client: Client) -> None:
    chosen = get_indicator("informal_carers")
    page = text_of(client, "/gemeente/zwolle/?kaart=informal_carers")
    assert f"{chosen.title} per wijk in Zwolle" in page
    assert client.get("/gemeente/zwolle/?kaart=geheim").status_code == 200


def test_no_place_in_a_row_and_no_judgement_on_any_page(client: Client) -> None:
    for address in PAGES:
        page = client.get(address).content.decode().casefold()
        for word in ("ranglijst:", "beste gemeente", "slechtste", "koploper", "achterblijver"):
            assert word not in page, address


def test_addresses_have_names() -> None:
    assert reverse("pages:municipality", args=["zwolle"]) == "/gemeente/zwolle/"
    assert reverse("pages:indicator", args=["lonely"]) == "/indicator/lonely/"


class TestGroups:
    def test_ages_are_said_as_they_are_meant(self) -> None:
        assert group_in_words("age=18-65", {"18-65", "65+"}) == "18 tot 65 jaar"
        assert group_in_words("age=0-4;sex=women", {"0-4", "5-9"}) == "0 tot en met 4 jaar, vrouwen"
        assert group_in_words("age=65+", {"65+"}) == "65 jaar en ouder"
        assert group_in_words("age=7", set()) == "7 jaar"

    def test_a_figure_that_exists_by_group_only_shows_its_groups_by_age(self, client: Client) -> None:
        page = text_of(client, "/gemeente/zwolle/cijfers/population_by_age/")
        assert "Dit cijfer is er alleen voor groepen mensen apart" in page
        assert page.index("0 tot en met 4 jaar") < page.index("10 tot en met 14 jaar") < page.index("95 jaar en ouder")


def test_a_neighbourhood_tells_its_municipality_and_the_country_apart_without_colour(client: Client) -> None:
    page = text_of(client, "/buurt/BU01931000/")
    assert 'stroke-dasharray="6 4"' in page
    assert 'stroke-dasharray="2 3"' in page


def test_every_card_names_its_source_and_offers_its_values(client: Client) -> None:
    page = text_of(client, "/wijk/WK019310/")
    assert "Bron: RIVM" in page
    assert "/api/v1/cijfers?gebied=WK019310&indicator=lonely&formaat=csv" in page
    assert 'href="/wijk/WK019310/cijfers/lonely/"' in page


def test_a_municipality_younger_than_the_figure_says_so(client: Client) -> None:
    page = text_of(client, "/gemeente/voorne-aan-zee/")
    assert "Deze plaats bestaat zo sinds 2023. Het cijfer is van 2020, dus van daarvoor." in page


def test_only_places_with_a_page_are_found(client: Client) -> None:
    found = element_by_id(client.get("/zoeken/?zoek=overijssel").content.decode(), "zoekresultaten")
    assert 'href="/"' not in str(found)


def test_a_district_says_once_what_is_not_known_and_shows_no_empty_cards(client: Client) -> None:
    page = text_of(client, "/wijk/WK019310/")
    assert "De bron heeft hier geen cijfer over" in page
    assert "Er is hier geen cijfer" not in page


def test_a_municipality_of_one_district_has_no_map_of_one_colour(client: Client) -> None:
    page = text_of(client, "/gemeente/schiermonnikoog/")
    assert "Daarom is er geen kaart" in page
    assert "per wijk in Schiermonnikoog" not in page


def test_the_table_of_an_indicator_has_the_municipalities_of_today() -> None:
    """Also when its year had others: De Fryske Marren had another code then, and what is gone has no row."""
    page = indicator.indicator_page(get_indicator("lonely"))
    assert page.municipalities is not None
    rows = {row[0].text: str(row[1]) for row in page.municipalities.rows}  # type: ignore[union-attr]
    assert set(rows) == {area.name for area in current_municipalities()}
    assert "%" in rows["De Fryske Marren"]
    assert rows["Land van Cuijk"] == "geen cijfer"
