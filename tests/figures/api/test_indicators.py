# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""/indicatoren and /bronnen: the passports and the tables, whole and consistent."""

import pytest

from samenspel.figures.api.words import (
    TOPIC_WORDS,
    Onderwerp,
    breakdown_from_dutch,
    breakdown_in_dutch,
)
from samenspel.figures.passports import Topic
from samenspel.figures.queries import holdings, list_indicators, sources
from tests.figures.api.conftest import Ask


def test_every_indicator_is_listed_and_has_a_passport(ask: Ask) -> None:
    listed = ask("/indicatoren", perPagina=1000)
    assert [item["sleutel"] for item in listed["indicatoren"]] == [p.key for p in list_indicators()]
    assert listed["totaal"] >= 60
    for item in listed["indicatoren"]:
        passport = ask(f"/indicatoren/{item['sleutel']}")
        assert {**passport, **item} == passport
        assert passport["watHetNietZegt"]
        for table in passport["bronnen"]:
            ask(f"/bronnen/{table}")
        for other in passport["hangtSamenMet"]:
            ask(f"/indicatoren/{other}")


def test_topics_divide_the_indicators(ask: Ask) -> None:
    per_topic = {topic: ask("/indicatoren", onderwerp=topic.value)["totaal"] for topic in Onderwerp}
    assert sum(per_topic.values()) == ask("/indicatoren")["totaal"]
    assert set(TOPIC_WORDS) == set(Topic)
    assert len(set(TOPIC_WORDS.values())) == len(Topic)


def test_it_says_what_the_store_holds(ask: Ask) -> None:
    held = holdings("population")
    assert held is not None
    passport = ask("/indicatoren/population")
    assert passport["perioden"] == list(held.periods)
    assert passport["aantalGebieden"] == held.areas


def test_an_unknown_indicator_is_answered_with_suggestions(ask: Ask) -> None:
    problem = ask("/indicatoren/populatie", status=404)
    assert "population" in [suggestion["code"] for suggestion in problem["suggesties"]]


def test_every_source_says_how_to_name_it(ask: Ask) -> None:
    listed = ask("/bronnen", perPagina=1000)["bronnen"]
    assert {item["sleutel"] for item in listed} == {table.key for table in sources()}
    for item in listed:
        assert item["bronvermelding"].startswith("Bron:")
        assert item["licentie"]
        assert ask(f"/bronnen/{item['sleutel']}") == item
    assert "/api/v1/bronnen" in ask("/bronnen/onbekend", status=404)["detail"]


@pytest.mark.parametrize(
    ("store", "wire"),
    [
        ("", ""),
        ("age=65+", "leeftijd=65+"),
        ("age=0-4;sex=women", "leeftijd=0-4;geslacht=vrouwen"),
        ("sex=men", "geslacht=mannen"),
    ],
)
def test_breakdowns_are_written_in_dutch(store: str, wire: str) -> None:
    assert breakdown_in_dutch(store) == wire
    assert breakdown_from_dutch(wire) == store


def test_a_breakdown_may_be_written_in_any_order_and_with_a_bare_plus() -> None:
    assert breakdown_from_dutch("geslacht=vrouwen;leeftijd=95+") == "age=95+;sex=women"
    assert breakdown_from_dutch("leeftijd=65 ") == "age=65+"


def test_every_breakdown_in_the_store_survives_the_round_trip() -> None:
    for passport in list_indicators():
        held = holdings(passport.key)
        for breakdown in held.breakdowns if held else ():
            assert breakdown_from_dutch(breakdown_in_dutch(breakdown)) == breakdown
