# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is said of a comparison: number and range, never better or worse, and never without what it does not mean."""

import re
from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samenspel.figures.service import get_indicator, list_indicators
from samenspel.outcomes.comparing.specs import specs
from samenspel.outcomes.service import CharacteristicValue, Comparison, Interval, Verdict
from samenspel.pages.presenters import characteristics as of_residents
from samenspel.pages.presenters import comparison as words
from samenspel.pages.presenters.characteristic_names import NAMES
from tests.harness.comparisons import ALONE, CHANGE, HIGHER, INCOME, MODEL, OLDER, SIMILAR, WITHIN, like

WMO = get_indicator("wmo_clients_per_1000")
LONELY = get_indicator("lonely")
JUDGING = re.compile(r"\b(beter|slechter|beste|slechtste|goed beleid|scoort|better|worse|best|worst)\b", re.IGNORECASE)


def number(text: str) -> int:
    return int(text.replace(".", ""))


def test_expected_beside_observed_in_numbers_with_their_ranges() -> None:
    said = words.in_words(WMO, WITHIN)
    assert said.expected == (
        "Bij deze inwoners verwachten wij ongeveer 410 mensen met hulp via de Wmo (meestal tussen 370 en 450)."
    )
    assert said.observed == "In 2022 waren het er 432."
    assert said.margin == "Door toeval kan het ook tussen 395 en 475 liggen."
    assert said.verdict == "Dat valt binnen wat wij verwachten."
    assert said.short == "Binnen wat wij verwachten"
    assert said.chance == ""


def test_a_clear_difference_is_no_judgement_and_says_how_many_stand_out_by_chance() -> None:
    said = words.in_words(WMO, HIGHER)
    assert said.verdict == "Dat is duidelijk meer dan wij verwachten."
    assert "niet goed of slecht" in said.no_judgement and "Praat mee" in said.no_judgement
    assert said.chance == (
        "9 van de 342 gemeenten zijn duidelijk anders dan wij verwachten. Door toeval alleen zou dat er nog geen één "
        "zijn."
    )
    assert said.chance in said.sentences()


@pytest.mark.parametrize("observed", [300.0, 500.0])
def test_outside_the_range_is_not_yet_a_clear_difference(observed: float) -> None:
    found = like(WITHIN, observed=observed, verdict=Verdict.HIGHER if observed > 410 else Verdict.LOWER)
    said = words.in_words(WMO, found)
    assert "Duidelijk is het verschil niet: het kan toeval zijn." in said.verdict
    sure = words.in_words(WMO, like(found, ratio_interval=Interval(0.62, 0.66)))
    assert "gemeenten verschillen vaker zo veel" in sure.verdict and "toeval" not in sure.verdict
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
        "Wie er wonen, verklaart ongeveer de helft van de verschillen tussen gemeenten (52\u00a0%). De rest kan "
        "komen door beleid, cultuur, verschil in meten en toeval."
    )


@given(st.floats(0, 1))
def test_any_share_has_words(share: float) -> None:
    assert words.share_in_words(share)


def test_a_characteristic_says_what_it_does_in_numbers() -> None:
    assert of_residents.characteristic_sentence(OLDER) == (
        "Inwoners van 80 jaar en ouder: hier 3,9\u00a0%, in Nederland 4,9\u00a0%. Dat gaat samen met 6\u00a0% minder "
        "(tussen 3\u00a0% en 9\u00a0% minder)."
    )
    assert of_residents.shifting((ALONE, OLDER, INCOME)) == [OLDER, ALONE], "income shifts less than one in a hundred"


def test_what_may_be_nothing_is_not_called_a_difference() -> None:
    wide = replace(OLDER, factor=1.05, factor_interval=Interval(0.957, 1.151))
    assert of_residents.shifting((wide, ALONE)) == [ALONE] and of_residents.unsure((wide, ALONE, INCOME)) == [wide]
    said = of_residents.characteristic_sentence(wide)
    assert "het kan ook nul zijn (tussen 4\u00a0% minder en 15\u00a0% meer)" in said and "gaat samen" not in said


def test_all_of_a_group_is_given_with_its_years_and_what_is_unsure() -> None:
    rent = CharacteristicValue("social_rent", "Woningen van een woningcorporatie", 36.0, 29.0, "percent", "2021")
    worth = CharacteristicValue("woz", "Gemiddelde waarde van een woning", 159e3, 290e3, "euro", "2022", computed=True)
    found = replace(ALONE, group="Wonen", values=(rent, worth), outside=True, against_published=True)
    said = of_residents.characteristic_sentence(found, "2022")
    assert said.startswith(
        "Wonen: woningen van een woningcorporatie hier 36,0\u00a0%, in Nederland 29,0\u00a0% (cijfers van 2021); "
        "gemiddelde waarde van een woning hier €\u00a0159.000, in Nederland €\u00a0290.000 (door ons berekend). "
    )
    other = replace(found, period="2021")
    assert of_residents.short_name(other, "2022") == "wonen (cijfers van 2021)"
    assert of_residents.short_name(other, "2021") == "wonen"
    assert "geen van de gemeenten waarvan wij leerden" in said and "vond het omgekeerde" in said


@pytest.mark.parametrize(
    ("observed", "expected", "said"),
    [
        (500.0, 410.0, "Een deel van het verschil met Nederland past dus bij wie hier wonen."),
        (390.0, 410.0, "bij wie hier wonen. Wij zouden zelfs een groter verschil verwachten."),
        (300.0, 410.0, "Dat het er hier juist minder zijn, komt dus niet door wie hier wonen."),
        (360.0, 410.0, "Toch zijn het er niet meer dan gemiddeld."),
        (500.0, 362.0, "Wie hier wonen, maakt alles bij elkaar bijna geen verschil."),
        (500.0, 300.0, "Dat het er hier meer zijn, komt dus niet door wie hier wonen."),
        (280.0, 300.0, "Een deel van het verschil met Nederland past dus bij wie hier wonen."),
        (320.0, 300.0, "bij wie hier wonen. Wij zouden zelfs een groter verschil verwachten."),
        (360.0, 300.0, "Toch zijn het er niet minder dan gemiddeld."),
    ],
)
def test_residents_explain_only_a_difference_in_their_direction(observed: float, expected: float, said: str) -> None:
    found = like(WITHIN, observed=observed, expected=expected, country_use=360.0)
    shown = words.residents_sentence(found)
    assert shown.endswith(said)
    assert ("juist minder" in shown.split(" Dat ")[0]) is (expected == 300.0)
    assert words.residents_sentence(like(found, country_use=0.0)) == ""


def test_the_band_is_held_against_what_it_promises() -> None:
    assert words.within_sentence(WITHIN) == (
        "312 van de 342 gemeenten liggen binnen hun eigen band. Wij zouden er 325 verwachten."
    )


def test_all_names_of_characteristics_have_a_translation() -> None:
    known = specs()
    needed = {one.label for one in [*known.characteristics.values(), *known.bases.values()]}
    needed |= {group.label for outcome in known.outcomes.values() for group in outcome.groups}
    for one in known.characteristics.values():
        if one.alike is not None:
            needed |= {one.alike.high, one.alike.middle, one.alike.low}
    assert set(NAMES) == needed
    with translation.override("en"):
        assert not [name for name in NAMES if of_residents.label(name) == name]


def test_a_published_rate_keeps_its_own_denominator() -> None:
    found = like(WITHIN, base=88_593.0, published_base=133_141.0, observed=3_830.0)
    assert round(words.published_rate(WMO, found, found.observed), 1) == 28.8
    assert words.published_rate(WMO, WITHIN, 432.0) == words.rate(WMO, 432.0, WITHIN.base)


def test_a_change_that_is_not_clear_is_not_called_none() -> None:
    said = words.change_sentence(CHANGE)
    assert "6\u00a0% omhoog" in said and "tussen 2\u00a0% omlaag en 14\u00a0% omhoog" in said
    assert said.index("Er is geen duidelijke verandering te zien.") < said.index("in heel Nederland")
    assert said.endswith("Het cijfer zelf ging in heel Nederland in die tijd 3\u00a0% omhoog.")
    assert "Dit gaat over één jaar." in said
    assert "Dit gaat over één jaar." not in words.change_sentence(replace(CHANGE, first="2019"))
    assert "geen verandering" not in said


def test_distances_are_words() -> None:
    nearest = min(one.distance for one in SIMILAR)
    assert [words.distance_in_words(one, nearest) for one in SIMILAR] == ["Veel overeenkomst", "Heel veel overeenkomst"]
