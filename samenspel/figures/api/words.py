# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Dutch words of the API for the English words of the code, and back."""

from collections.abc import Mapping
from enum import StrEnum

from samenspel.figures.passports import Topic
from samenspel.figures.types import AreaLevel, MatchReason, Status, WhyNoRange


class Niveau(StrEnum):
    """Levels of areas, as the API writes them."""

    LAND = "land"
    PROVINCIE = "provincie"
    REGIO = "regio"
    GEMEENTE = "gemeente"
    WIJK = "wijk"
    BUURT = "buurt"

    def as_level(self) -> AreaLevel:
        """The level in the words of the code."""
        return _LEVELS[self]


_LEVELS: Mapping[Niveau, AreaLevel] = dict(zip(Niveau, AreaLevel, strict=True))
LEVEL_WORDS: Mapping[AreaLevel, Niveau] = {level: word for word, level in _LEVELS.items()}


class Onderwerp(StrEnum):
    """Topics of indicators, as the API writes them."""

    BEVOLKING = "bevolking"
    HUISHOUDENS = "huishoudens"
    RONDKOMEN = "rondkomen"
    WONEN = "wonen"
    GEZONDHEID = "gezondheid"
    EENZAAMHEID = "eenzaamheid"
    MEEDOEN = "meedoen"
    MANTELZORG = "mantelzorg"
    ZELF_KUNNEN = "zelf-kunnen"
    ONDERSTEUNING = "ondersteuning"
    WERK = "werk"
    VOORZIENINGEN = "voorzieningen"
    OMGEVING = "omgeving"

    def as_topic(self) -> Topic:
        """The topic in the words of the code."""
        return _TOPICS[self]


_TOPICS: Mapping[Onderwerp, Topic] = {
    Onderwerp.BEVOLKING: Topic.POPULATION,
    Onderwerp.HUISHOUDENS: Topic.HOUSEHOLDS,
    Onderwerp.RONDKOMEN: Topic.LIVELIHOOD,
    Onderwerp.WONEN: Topic.HOUSING,
    Onderwerp.GEZONDHEID: Topic.HEALTH,
    Onderwerp.EENZAAMHEID: Topic.LONELINESS,
    Onderwerp.MEEDOEN: Topic.TAKING_PART,
    Onderwerp.MANTELZORG: Topic.INFORMAL_CARE,
    Onderwerp.ZELF_KUNNEN: Topic.SELF_RELIANCE,
    Onderwerp.ONDERSTEUNING: Topic.SUPPORT_USE,
    Onderwerp.WERK: Topic.WORK,
    Onderwerp.VOORZIENINGEN: Topic.AMENITIES,
    Onderwerp.OMGEVING: Topic.ENVIRONMENT,
}
TOPIC_WORDS: Mapping[Topic, Onderwerp] = {topic: word for word, topic in _TOPICS.items()}


class CijferStatus(StrEnum):
    """Where a figure comes from, or that there is none, as the API writes it."""

    GEPUBLICEERD = "gepubliceerd"
    VOORLOPIG = "voorlopig"
    SCHATTING = "schatting"
    BEREKEND = "berekend"
    GEEN_CIJFER = "geen-cijfer"


STATUS_WORDS: Mapping[Status, CijferStatus] = dict(zip(Status, CijferStatus, strict=True))


class GevondenOp(StrEnum):
    """What of an area answered a search."""

    NAAM = "naam"
    VROEGERE_NAAM = "vroegere-naam"
    CODE = "code"
    ONDERDEEL = "onderdeel"


MATCH_WORDS: Mapping[MatchReason, GevondenOp] = {
    "name": GevondenOp.NAAM,
    "former_name": GevondenOp.VROEGERE_NAAM,
    "code": GevondenOp.CODE,
    "part_of": GevondenOp.ONDERDEEL,
}


class SoortMarge(StrEnum):
    """What the range of a figure allows for."""

    TOEVAL = "toeval"
    AFRONDING = "afronding"


RANGE_WORDS: Mapping[str, SoortMarge] = {"chance": SoortMarge.TOEVAL, "rounding": SoortMarge.AFRONDING}


class RedenGeenMarge(StrEnum):
    """Why a figure has no range, as the API writes it."""

    VOLLEDIGE_TELLING = "volledige-telling"
    KLASSE = "klasse"
    REKENMODEL = "rekenmodel-zonder-marge"
    ENQUETE = "enquete-zonder-marge"
    STEEKPROEF = "steekproef-zonder-marge"
    GEMIDDELDE = "gemiddelde-zonder-marge"
    MIDDELSTE = "middelste-zonder-marge"
    GEMETEN = "gemeten"
    OPTELLING = "optelling-van-afgeronde-aantallen"
    AANTAL_ONBEKEND = "aantal-mensen-onbekend"
    GEEN_CIJFER = "geen-cijfer"


NO_RANGE_WORDS: Mapping[WhyNoRange, RedenGeenMarge] = dict(zip(WhyNoRange, RedenGeenMarge, strict=True))

_DIMENSIONS = {"age": "leeftijd", "sex": "geslacht"}
_VALUES = {"men": "mannen", "women": "vrouwen"}
_BACK = {word: name for name, word in {**_DIMENSIONS, **_VALUES}.items()}


def breakdown_in_dutch(breakdown: str) -> str:
    """ "age=65+;sex=women" -> "leeftijd=65+;geslacht=vrouwen"; "" stays "" (everybody)."""
    parts = (part.partition("=") for part in breakdown.split(";") if part)
    return ";".join(f"{_DIMENSIONS.get(name, name)}={_VALUES.get(value, value)}" for name, _, value in parts)


def breakdown_from_dutch(text: str) -> str:
    """The breakdown as the store writes it, dimensions in its order.

    A plus that was not encoded arrives as a blank; no value ends in one, so that is put right.
    """
    parts = []
    for part in text.split(";"):
        name, _, value = (f"{part.rstrip()}+" if part.endswith(" ") else part).partition("=")
        if name:
            parts.append(f"{_BACK.get(name, name)}={_BACK.get(value, value)}")
    return ";".join(sorted(parts))
