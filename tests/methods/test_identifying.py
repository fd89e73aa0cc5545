# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may tell who somebody is, is found wherever it stands; ordinary sentences are left alone."""

import re
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspel.methods.identifying import LONGEST, NEVER, Kind, identify

FOUND = [
    ("Bel mij op 06-12345678.", Kind.PHONE, "06-12345678"),
    ("Bel 038 421 23 45 overdag", Kind.PHONE, "038 421 23 45"),
    ("Bel (038) 421 23 45 overdag", Kind.PHONE, "038) 421 23 45"),
    ("of +31 6 12 34 56 78", Kind.PHONE, "+31 6 12 34 56 78"),
    ("Mail k.voorbeeld@voorbeeld.example", Kind.EMAIL, "k.voorbeeld@voorbeeld.example"),
    ("mail kees apenstaartje voorbeeld punt nl", Kind.EMAIL, "kees apenstaartje voorbeeld punt nl"),
    ("mijn bsn is 111222333", Kind.BSN, "111222333"),
    ("mijn bsn is 1234.56.782", Kind.BSN, "1234.56.782"),
    ("naar NL91 ABNA 0417 1643 00", Kind.IBAN, "NL91 ABNA 0417 1643 00"),
    ("naar BE68539007547034 toe", Kind.IBAN, "BE68539007547034"),
    ("wij wonen in 8011 AB", Kind.POSTCODE, "8011 AB"),
    ("wij wonen in 8011ab 12", Kind.POSTCODE, "8011ab"),
    ("op Kerkstraat 12a in Zwolle", Kind.ADDRESS, "Kerkstraat 12a"),
    ("op de kerkstraat 12", Kind.ADDRESS, "kerkstraat 12"),
    ("geboren op 12-3-1948", Kind.BIRTH_DATE, "geboren op 12-3-1948"),
    ("op 3 maart 2024 belde ik", Kind.DATE, "3 maart 2024"),
    ("een auto met AB-123-C", Kind.LICENCE_PLATE, "AB-123-C"),
    ("kenteken 12abc3", Kind.LICENCE_PLATE, "kenteken 12abc3"),
    ("zie www.voorbeeld.example/ik", Kind.WEB, "www.voorbeeld.example/ik"),
    ("zie voorbeeld.nl", Kind.WEB, "voorbeeld.nl"),
    ("volg @henk_83", Kind.HANDLE, "@henk_83"),
    ("insta: henk.83", Kind.HANDLE, "insta: henk.83"),
    ("toen kwam mevrouw Van der Berg", Kind.NAME, "mevrouw Van der Berg"),
    ("toen kwam dhr. J. de Vries", Kind.NAME, "dhr. J. de Vries"),
    ("samen met Jan Jansen", Kind.NAME, "Jan Jansen"),
    ("op Basisschool De Regenboog", Kind.ORGANISATION, "Basisschool De Regenboog"),
    ("bij huisartsenpraktijk Sint Jan", Kind.ORGANISATION, "huisartsenpraktijk Sint Jan"),
    ("mijn vader is 98 jaar", Kind.RARE, "98 jaar"),
    ("wij zijn de enige Syrische familie in het dorp", Kind.RARE, "de enige Syrische familie in het dorp"),
    ("０６１２３４５６７８", Kind.PHONE, "０６１２３４５６７８"),
    ("06\u200b12\u00ad345678", Kind.PHONE, "06\u200b12\u00ad345678"),
]

LEFT_ALONE = [
    "Wij wachten al 26 weken op 1.250 euro.",
    "In Nederland wonen 17.800.000 mensen, van wie 12 miljoen werken.",
    "Onderweg 2 keer gevallen, op straat 3 weken lang niemand gezien.",
    "De wachttijd ging van 12 naar 16 weken in 2023 en 2024.",
    "Het wijkteam Noord van de gemeente Zwolle belde terug.",
    "Mijn moeder is 83 jaar. Zij woont al 40 jaar in Den Haag.",
    "Tussen 10.30 en 12.00 uur was er niemand.",
    "Het kost 123456789 keer niets.",  # nine digits that fail the eleven-test
    "Ik kreeg de Wmo-hulp pas na 14 maanden en 3 gesprekken.",
]


@pytest.mark.parametrize(("text", "kind", "marked"), FOUND)
def test_it_is_found_where_it_stands(text: str, kind: Kind, marked: str) -> None:
    found = identify(text)
    assert [(one.kind, text[one.start : one.end]) for one in found] == [(kind, marked)]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_ordinary_sentences_are_left_alone(text: str) -> None:
    assert identify(text) == ()


def test_names_that_are_no_persons_are_left_alone() -> None:
    assert identify("Wij wonen in Berkum Brinkhoek, naast Jan Jansen", known=["Berkum Brinkhoek"]) == identify(
        "Wij wonen in xxxxxx xxxxxxxxx, naast Jan Jansen"
    )


def test_what_points_at_one_person_never_passes() -> None:
    assert {Kind.BSN, Kind.PHONE, Kind.EMAIL, Kind.ADDRESS, Kind.IBAN} <= NEVER
    assert not {Kind.NAME, Kind.ORGANISATION, Kind.DATE, Kind.RARE} & NEVER


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match=f"{LONGEST + 1} characters"):
        identify("a" * (LONGEST + 1))


RUNS = ("a", "a-", "1 ", "De ", "06", "Aa-", "00-", "Aa ")


def test_work_grows_with_the_text_and_not_with_its_square() -> None:
    """Four times the text: about four times the work. A pattern that tries all ways to divide a run gives sixteen."""

    def work(run: str, size: int) -> float:
        text, times = (run * size)[:size], []
        for _ in range(2):
            begin = process_time()
            identify(text)
            times.append(process_time() - begin)
        return min(times)

    grown = {run: work(run, 10_000) / max(work(run, 2_500), 0.002) for run in RUNS}
    assert max(grown.values()) < 7, grown


def test_names_with_many_parts_are_found_whole() -> None:
    text = "met Anne-Marie van der Heijden-Oude Elferink"
    assert [text[one.start : one.end] for one in identify(text)] == ["Anne-Marie van der Heijden-Oude"]


@given(st.text(max_size=200))
def test_finds_lie_within_the_text_in_order_and_apart(text: str) -> None:
    found = identify(text)
    assert identify(text) == found
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


words = st.text(alphabet="abcdefghij ,.", max_size=40).map(lambda text: f"{text} ").filter(lambda t: "nl" not in t)


@given(words, words, st.integers(10_000_000, 99_999_999), st.sampled_from(["", "-", " ", "\u2011", "\u200b"]))
def test_a_mobile_number_is_found_in_any_text(before: str, after: str, number: int, between: str) -> None:
    text = f"{before}06{between}{number} {after}"
    assert any(one.kind is Kind.PHONE and str(number) in text[one.start : one.end] for one in identify(text))


@given(st.integers(0, 99_999_999), words)
def test_every_citizen_service_number_is_found_and_no_other(first: int, after: str) -> None:
    eight = f"{first:08}"
    rest = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), eight, strict=True)) % 11
    if eight.startswith("0") or rest == 10:
        return
    right, wrong = f"{eight}{rest}", f"{eight}{(rest + 1) % 10}"
    assert [one.kind for one in identify(f"nummer {right} {after}")] == [Kind.BSN]
    assert identify(f"nummer {wrong} {after}") == ()


@given(st.text(alphabet="0123456789", min_size=10, max_size=10), st.sampled_from(["ABNA", "INGB", "RABO"]))
def test_an_account_number_is_found_also_with_a_typing_error(digits: str, bank: str) -> None:
    code = f"NL00{bank}{digits}"
    grouped = " ".join(re.findall(".{1,4}", code))
    for written in (code, code.lower(), grouped):
        assert [one.kind for one in identify(f"naar {written}.")] == [Kind.IBAN]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Mijn overbuurman van 83 kijkt uit het raam.", Kind.RARE, "overbuurman van 83"),
        ("Onze buurvrouw heeft al jaren kanker.", Kind.RARE, "buurvrouw heeft al jaren kanker"),
        ("Iedereen kent de oude bakker van het dorp.", Kind.RARE, "de oude bakker van het dorp"),
        ("Dat zei haar zoon Mo gisteren.", Kind.NAME, "haar zoon Mo"),
        ("De jongen uit nummer 14 schreeuwt.", Kind.ADDRESS, "uit nummer 14"),
        ("Ik vroeg buurvrouw Fatima de Vries om hulp.", Kind.NAME, "buurvrouw Fatima de Vries"),
    ],
)
def test_somebody_else_is_recognised_by_more_than_a_name(text: str, kind: Kind, words: str) -> None:
    assert [(one.kind, text[one.start : one.end]) for one in identify(text)] == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "Mijn overbuurman doet al jaren de deur niet open.",
        "Op nummer 1 staat voor mij de bus.",
        "Mijn buurvrouw helpt mij met de boodschappen van 20 euro.",
        "Ik heb zelf kanker gehad en zorg voor mijn moeder.",
        "Ik ben 83 en woon alleen.",
    ],
)
def test_what_tells_of_oneself_or_of_nobody_passes(text: str) -> None:
    assert identify(text) == ()
