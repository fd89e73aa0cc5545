# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sentence of every figure is right Dutch for whichever number stands in it."""

import re

import pytest

from samenspel.figures.passports import passports
from samenspel.figures.service import Passport, Point, Status, Unit
from samenspel.pages.presenters.cards import value_in_words

PASSPORTS = list(passports().values())
VALUES = (0, 0.3, 1, 1.2, 2, 46.4, 99.7, 100, 31_200, 32_299.6)
# Plural and singular.
VERBS = {
    "zijn": "is",
    "hebben": "heeft",
    "voelen": "voelt",
    "vinden": "vindt",
    "drinken": "drinkt",
    "gaan": "gaat",
    "fietsen": "fietst",
    "dronken": "dronk",
    "missen": "mist",
    "bestaan": "bestaat",
    "horen": "hoort",
    "kunnen": "kan",
    "geven": "geeft",
    "bewegen": "beweegt",
    "rekenen": "rekent",
    "krijgen": "krijgt",
    "roken": "rookt",
    "hadden": "had",
    "leven": "leeft",
    "gebruiken": "gebruikt",
    "werken": "werkt",
    "doen": "doet",
    "lopen": "loopt",
    "sporten": "sport",
    "wonen": "woont",
    "staan": "staat",
    "liggen": "ligt",
    "werden": "werd",
    "overleden": "overleed",
}
# Words for the unit that pages write beside the number; none may stand in one sentence twice.
UNIT_WORDS = {
    Unit.PERCENT: r"%|procenten|van de 100",
    Unit.PER_1000: r"1\.000",
    Unit.EURO: r"€|\beuro",
    Unit.KILOMETRE: r"\bkm\b|kilometer",
    Unit.KWH: r"kWh|kilowattuur",
    Unit.CUBIC_METRE: r"m³|kubieke meter",
}


def _said(passport: Passport, value: float) -> str:
    return value_in_words(passport, Point("2024", value, Status.PUBLISHED))


@pytest.mark.parametrize("passport", PASSPORTS, ids=lambda passport: passport.key)
@pytest.mark.parametrize("value", VALUES)
def test_no_sentence_says_its_unit_twice_or_not_at_all(passport: Passport, value: float) -> None:
    words = UNIT_WORDS.get(passport.unit)
    sentence = _said(passport, value)
    if words is not None:
        assert len(re.findall(words, sentence)) == 1, sentence
    assert not re.search(r"[{}|]", sentence), sentence


def _first_verb(sentence: str) -> str | None:
    known = {*VERBS, *VERBS.values()}
    return next((word for word in re.findall(r"\w+", sentence) if word in known), None)


@pytest.mark.parametrize("passport", PASSPORTS, ids=lambda passport: passport.key)
def test_verb_and_noun_go_with_one_and_with_many(passport: Passport) -> None:
    """1 and less than 1 of 100 have a singular verb, 0 and all other numbers a plural one."""
    counted = r"mensen|inwoners|kinderen|woningen|huishoudens|auto's|personenauto's|adressen|vestigingen|basisscholen"
    for value in (1, 0.3) if passport.unit is Unit.PERCENT else (1,):
        one = _said(passport, value)
        if re.match(r"(Minder dan )?1(,0)? ", one):
            assert _first_verb(one) in VERBS.values(), one
        assert not re.search(rf"\b1(,0)? ({counted})", one), one
    for value in (0, 2, 100):
        many = _said(passport, value)
        if re.match(r"\d", many):
            assert _first_verb(many) in VERBS, many
        assert not re.search(r"\b(0|2|100) (mens|inwoner|kind|woning|huishouden|auto|adres)( |\.)", many), many


def test_one_two_and_less_than_one_in_words() -> None:
    low = passports()["low_income_households"]
    assert _said(low, 1.2) == "1 van de 100 huishoudens heeft een laag inkomen."
    assert _said(low, 0.2) == "Minder dan 1 van de 100 huishoudens heeft een laag inkomen."
    assert _said(low, 0) == "0 van de 100 huishoudens hebben een laag inkomen."
    assert _said(low, 21) == "21 van de 100 huishoudens hebben een laag inkomen."
    assert _said(passports()["population"], 1) == "Hier woont 1 mens."
    assert re.fullmatch(r"Een woning is gemiddeld €\s391\.000 waard\.", _said(passports()["woz_value"], 391_000))
