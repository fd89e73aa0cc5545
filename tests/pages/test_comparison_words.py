# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is said of a comparison: number and range, never better or worse, and never without what it does not mean."""

import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samenspel.figures.service import get_indicator, list_indicators
from samenspel.outcomes.service import Comparison, Interval, Verdict
from samenspel.pages.presenters import comparison as words
from tests.harness.comparisons import ALONE, CHANGE, HIGHER, INCOME, MODEL, OLDER, SIMILAR, WITHIN, like

WMO = get_indicator("wmo_clients_per_1000")
LONELY = get_indicator("lonely")
JUDGING = re.compile(r"\b(beter|slechter|beste|slechtste|goed beleid|scoort|better|worse|best|worst)\b", re.IGNORECASE)


def number(text: str) -> int:
    return int(text.replace(".", ""))


def test_expected_beside_observed_in_numbers_with_their_ranges() -> None:
    said = words.in_words(WMO, WITHIN)
    assert said.expected == (
        "Bij deze inwoners verwacht je ongeveer 410 mensen met hulp via de Wmo (meestal tussen 370 en 450)."
    )
    assert said.observed == "In 2022 waren het er 432."
    assert said.margin == "Door toeval hadden het er ook 395 of 475 kunnen zijn."
    assert said.verdict == "Dat valt binnen wat je verwacht."
    assert said.short == "Binnen wat je verwacht"
    assert said.chance == ""


def test_a_clear_difference_is_no_judgement_and_says_how_many_stand_out_by_chance() -> None:
    said = words.in_words(WMO, HIGHER)
    assert said.verdict == "Dat is duidelijk meer dan je zou verwachten."
    assert "niet goed of slecht" in said.no_judgement and "Praat mee" in said.no_judgement
    assert said.chance == ("Van de 342 gemeenten vallen er door toeval alleen al ongeveer 0,7 buiten de ruimste band.")
    assert said.chance in said.sentences()


@pytest.mark.parametrize("observed", [300.0, 500.0])
def test_outside_the_range_is_not_yet_a_clear_difference(observed: float) -> None:
    found = like(WITHIN, observed=observed, verdict=Verdict.HIGHER if observed > 410 else Verdict.LOWER)
    said = words.in_words(WMO, found)
    assert "Duidelijk is het verschil niet: het kan toeval zijn." in said.verdict
    assert said.short == "Geen duidelijk verschil"
    assert said.chance == ""


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("found", [WITHIN, HIGHER, like(HIGHER, observed=200.0, verdict=Verdict.LOWER)])
def test_whatever_is_compared_comes_with_the_sentence_and_judges_nobody(found: Comparison, language: str) -> None:
    with translation.override(language):
        for passport in list_indicators():
            said = words.in_words(passport, found)
            every = " ".join(said.sentences())
            assert said.no_judgement in every and len(said.no_judgement) > 60
            assert not JUDGING.search(every.replace("niet goed of slecht beleid", "")), every


def test_an_estimate_says_that_it_is_one() -> None:
    found = like(WITHIN, observed=46_049.0, observed_interval=Interval(43_020.0, 49_100.0))
    assert words.in_words(LONELY, found).margin == ""
    assert words.observed_sentence(LONELY, found) == (
        "In 2022 waren het er naar schatting 46.000, waarschijnlijk tussen 43.000 en 49.100."
    )
    assert "rekenmodel" in words.no_trend(LONELY) and words.no_trend(WMO) == ""


@given(
    st.integers(0, 200_000),
    st.floats(0.1, 150_000),
    st.floats(1.001, 5),
    st.floats(1.001, 5),
)
def test_round_numbers_never_contradict_the_verdict(observed: int, expected: float, below: float, above: float) -> None:
    found = like(
        WITHIN,
        observed=float(observed),
        expected=expected,
        expected_range=Interval(expected / below, expected * above),
    )
    low, high = (number(text) for text in words.written_range(found))
    assert (low <= observed <= high) is words.is_within(found)


def test_no_place_is_given_without_its_range() -> None:
    assert words.places_sentence(WITHIN) == (
        "Deze gemeente staat ergens tussen plaats 90 en 270 van 342. Een precieze plaats is niet te geven."
    )


def test_how_much_is_explained_and_what_the_rest_is() -> None:
    assert words.explained_sentence(MODEL) == (
        "Wie er wonen, verklaart ongeveer de helft van de verschillen tussen gemeenten (52\u00a0%). De rest is beleid, "
        "cultuur, verschil in meten en toeval."
    )


@given(st.floats(0, 1))
def test_any_share_has_words(share: float) -> None:
    assert words.share_in_words(share)


def test_a_characteristic_says_what_it_does_in_numbers() -> None:
    assert words.characteristic_sentence(OLDER) == (
        "Inwoners van 80 jaar en ouder: hier 3,9\u00a0%, in Nederland 4,9\u00a0%. Daardoor verwacht je 6\u00a0% minder."
    )
    assert words.shifting((ALONE, OLDER, INCOME)) == [OLDER, ALONE], "income shifts less than one in a hundred"


def test_a_change_that_is_not_clear_is_not_called_none() -> None:
    said = words.change_sentence(CHANGE)
    assert "6\u00a0% omhoog" in said and "tussen 2\u00a0% omlaag en 14\u00a0% omhoog" in said
    assert "In heel Nederland ging het aantal 3\u00a0% omhoog." in said
    assert said.endswith("Er is geen duidelijke verandering te zien.")
    assert "geen verandering" not in said


def test_distances_are_words() -> None:
    nearest = min(one.distance for one in SIMILAR)
    assert [words.distance_in_words(one, nearest) for one in SIMILAR] == ["Lijkt veel", "Lijkt het meest"]
