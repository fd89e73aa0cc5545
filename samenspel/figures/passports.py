# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Indicator passports: what each figure is, where it comes from, and what it does not say.

One YAML file per indicator in `indicators/`, validated against one schema. The passport is also the only place that
says which column of which source table holds the figure; importers read it from here.
"""

import datetime
import hashlib
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from samenspel.figures.types import AreaLevel, WhyNoRange, gettext_noop, normalise_period

FOLDER = Path(__file__).parent / "indicators"


class UnknownIndicator(LookupError):
    """There is no indicator with this key. The message is a Dutch sentence that helps the reader on."""


class BrokenPassport(ValueError):
    """A passport file does not fit the schema. The message names the file and the key."""


class Topic(StrEnum):
    """What an indicator is about; pages group by it."""

    POPULATION = "population"
    HOUSEHOLDS = "households"
    LIVELIHOOD = "livelihood"
    HOUSING = "housing"
    HEALTH = "health"
    LONELINESS = "loneliness"
    TAKING_PART = "taking_part"
    INFORMAL_CARE = "informal_care"
    SELF_RELIANCE = "self_reliance"
    SUPPORT_USE = "support_use"
    WORK = "work"
    AMENITIES = "amenities"
    ENVIRONMENT = "environment"

    def in_words(self) -> str:
        """The Dutch heading of the topic."""
        return _TOPIC_WORDS[self]


_TOPIC_WORDS = {
    Topic.POPULATION: gettext_noop("Wie wonen hier"),
    Topic.HOUSEHOLDS: gettext_noop("Huishoudens"),
    Topic.LIVELIHOOD: gettext_noop("Rondkomen"),
    Topic.HOUSING: gettext_noop("Wonen"),
    Topic.HEALTH: gettext_noop("Gezondheid"),
    Topic.LONELINESS: gettext_noop("Eenzaamheid"),
    Topic.TAKING_PART: gettext_noop("Meedoen"),
    Topic.INFORMAL_CARE: gettext_noop("Mantelzorg"),
    Topic.SELF_RELIANCE: gettext_noop("Zelf kunnen"),
    Topic.SUPPORT_USE: gettext_noop("Hulp en ondersteuning"),
    Topic.WORK: gettext_noop("Werk en leren"),
    Topic.AMENITIES: gettext_noop("Voorzieningen dichtbij"),
    Topic.ENVIRONMENT: gettext_noop("Omgeving"),
}


class Unit(StrEnum):
    """Units of values. Money is in whole euros, whatever the publisher's unit."""

    PERCENT = "percent"
    PERSONS = "persons"
    HOUSEHOLDS = "households"
    DWELLINGS = "dwellings"
    PER_1000 = "per_1000"
    EURO = "euro"
    KILOMETRE = "km"
    COUNT = "count"
    PER_KM2 = "per_km2"
    KWH = "kwh"
    CUBIC_METRE = "m3"
    RATIO = "ratio"
    PERSONS_PER_HOUSEHOLD = "persons_per_household"
    CLASS = "class"

    def in_words(self) -> str:
        """The unit as a Dutch reader expects it beside or after a number."""
        return _UNIT_WORDS[self]


_UNIT_WORDS = {
    Unit.PERCENT: "%",
    Unit.PERSONS: gettext_noop("inwoners"),
    Unit.HOUSEHOLDS: gettext_noop("huishoudens"),
    Unit.DWELLINGS: gettext_noop("woningen"),
    Unit.PER_1000: gettext_noop("per 1.000"),
    Unit.EURO: gettext_noop("euro"),
    Unit.KILOMETRE: "km",
    Unit.COUNT: gettext_noop("aantal"),
    Unit.PER_KM2: "per km²",
    Unit.KWH: "kWh",
    Unit.CUBIC_METRE: "m³",
    Unit.RATIO: gettext_noop("verhouding"),
    Unit.PERSONS_PER_HOUSEHOLD: gettext_noop("personen per huishouden"),
    Unit.CLASS: gettext_noop("klasse"),
}


class _Strict(BaseModel):
    """Unknown keys are an error: a forgotten or misspelt key must not be dropped in silence."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class Column(_Strict):
    """Where one source table holds the indicator: one column, or parts from which the value is computed.

    With `column` the value is column * `factor`. With `numerator` and `denominator` it is the sum of the one divided
    by the sum of the other, times `per`; below `minimum_denominator` no share is shown. A column may be given together
    with parts: then the published value stands and the parts are kept beside it. `country` says how we compute the
    country's figure where the table has none: counts and parts added up, or the mean of municipalities weighed by the
    column `weight`.

    How precise it is: of districts and neighbourhoods, numbers are rounded to multiples of `rounded_to`, up or down at
    random; of all areas alike, values come in multiples of `step` and numerators in multiples of `numerator_step`.
    `no_range` says why figures of this table have no range, where the passport does not say the same of all its tables.
    """

    table: str
    column: str | None = None
    factor: float = 1.0
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    per: float = 100.0
    periods: tuple[str, ...] = ()
    breakdown: str = ""
    country: Literal["sum", "weighted"] | None = None
    weight: str | None = None
    minimum_denominator: float = 0.0
    rounded_to: float = 0.0
    step: Annotated[float, Field(ge=0)] = 0.0
    numerator_step: Annotated[float, Field(ge=0)] = 0.0
    no_range: WhyNoRange | None = None

    _lists = field_validator("numerator", "denominator", mode="before")(_one_or_more)

    @field_validator("periods", mode="before")
    @classmethod
    def _periods(cls, value: object) -> object:
        if not isinstance(value, list):
            return value
        return tuple(normalise_period(item) for item in value)

    @model_validator(mode="after")
    def _complete(self) -> "Column":
        if self.column is None and not self.numerator:
            raise ValueError("name a column, or a numerator and a denominator")
        if bool(self.numerator) != bool(self.denominator):
            raise ValueError("numerator and denominator go together")
        if (self.country == "weighted") != (self.weight is not None):
            raise ValueError("a weighted figure for the country needs a weight column, and only that does")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of the source table that this mapping reads."""
        single = tuple(name for name in (self.column, self.weight) if name is not None)
        return single + self.numerator + self.denominator


# Two words in one place of a sentence: the first for one, the second for more (and for none).
_ONE_OR_MORE = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")

Sentence = Annotated[str, Field(min_length=10)]


class DefinitionBreak(_Strict):
    """From `period` on the publisher counts or asks differently; `reason` is a Dutch sentence."""

    period: str
    reason: Sentence

    @field_validator("period", mode="before")
    @classmethod
    def _period(cls, value: object) -> object:
        return normalise_period(value) if isinstance(value, str | int) else value


class Whole(StrEnum):
    """Of whom a share is a share, when the source gives no numbers: known from other series of the same area and year.

    Young people are all up to 15 and eight of the ten years from 15 to 25; people of working age those of 15 to 65.
    """

    POPULATION = "population"
    HOUSEHOLDS = "households"
    YOUNG_PEOPLE = "young_people"
    WORKING_AGE = "working_age"


class Uncertainty(_Strict):
    """How the range of a figure follows from what it is.

    `count_of_people` and `share_of_people` are outcomes: chance counts, and what the publisher rounded. A
    `rounded_count` or `rounded_share` is a full count, so that only rounding counts. `none` needs a reason.
    """

    kind: Literal["count_of_people", "share_of_people", "rounded_count", "rounded_share", "none"]
    reason: WhyNoRange | None = None
    whole: Whole | None = None

    @model_validator(mode="after")
    def _complete(self) -> "Uncertainty":
        if (self.kind == "none") != (self.reason is not None):
            raise ValueError("a reason belongs to `none`, and only to that")
        if self.kind == "share_of_people" and self.whole is None:
            raise ValueError("share_of_people needs `whole`: of how many people it is a share")
        if self.whole is not None and not self.kind.endswith("_share") and self.kind != "share_of_people":
            raise ValueError("`whole` belongs to a share")
        return self


class Passport(_Strict):
    """One indicator. Texts for readers are Dutch; `title_en` is the English title."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{2,60}$")]
    topic: Topic
    title: Annotated[str, Field(min_length=4)]
    title_en: Annotated[str, Field(min_length=4)]
    question: Annotated[str, Field(min_length=8, pattern=r"\?$")]
    sentence: Sentence
    meaning: Sentence
    definition: Sentence
    unit: Unit
    decimals: Annotated[int, Field(ge=0, le=3)]
    numerator: str | None = None
    denominator: str | None = None
    sources: Annotated[tuple[Column, ...], Field(min_length=1)]
    periods: Annotated[tuple[str, ...], Field(min_length=1)]
    levels: Annotated[tuple[AreaLevel, ...], Field(min_length=1)]
    breakdowns: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    publisher: Annotated[str, Field(min_length=2)]
    rounding: Sentence
    suppression: Sentence
    uncertainty: Uncertainty
    does_not_say: Sentence
    direction: Sentence
    breaks: tuple[DefinitionBreak, ...] = ()
    model_estimate: bool = False
    sensitive: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    counterparts: tuple[str, ...] = ()
    owner: Annotated[str, Field(min_length=3)]
    review: datetime.date

    @field_validator("periods", mode="before")
    @classmethod
    def _periods(cls, value: object) -> object:
        return tuple(normalise_period(item) for item in value) if isinstance(value, list) else value

    @model_validator(mode="after")
    def _models_have_no_margin(self) -> "Passport":
        if self.model_estimate and self.uncertainty.kind != "none":
            raise ValueError("a model estimate has no range of its own: the model's margins are not published")
        return self

    @field_validator("sentence")
    @classmethod
    def _has_value(cls, value: str) -> str:
        rest = _ONE_OR_MORE.sub("", value)
        if rest.count("{value}") != 1 or rest.count("{") != 1 or rest.count("}") != 1:
            raise ValueError("the sentence has {value} in it once, and other braces only as in {is|zijn}")
        return value

    @property
    def title_nl(self) -> str:
        """The Dutch title; the same as `title`."""
        return self.title

    @property
    def tables(self) -> tuple[str, ...]:
        """Keys of the source tables, each once, in the order of the passport."""
        return tuple(dict.fromkeys(source.table for source in self.sources))

    def in_words(self, formatted_value: str) -> str:
        """The value in a Dutch sentence; `formatted_value` is the number as it should be read.

        Of words such as {is|zijn} the first goes with one and the second with any other number: "1 van de 100 is",
        "minder dan 1 van de 100 is", "0 van de 100 zijn".
        """
        form = 1 if re.fullmatch(r"(.* )?1(,0+)?", formatted_value) else 2
        return _ONE_OR_MORE.sub(lambda match: match[form], self.sentence).replace("{value}", formatted_value)


def read_passport(path: Path) -> Passport:
    """One passport file. Raises BrokenPassport naming file and key when it does not fit."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise BrokenPassport(f"{path.name}: this is not YAML: {error}") from error
    if not isinstance(content, dict):
        raise BrokenPassport(f"{path.name}: expected keys and values")
    try:
        passport = Passport.model_validate(content)
    except ValidationError as error:
        lines = [f"{path.name}: {'.'.join(str(part) for part in e['loc'])}: {e['msg']}" for e in error.errors()]
        raise BrokenPassport("\n".join(lines)) from error
    if passport.key != path.stem:
        raise BrokenPassport(f"{path.name}: key: is {passport.key!r}, but the file says {path.stem!r}")
    return passport


def read_passports(folder: Path) -> Mapping[str, Passport]:
    """All passports of a folder by key, sorted. Raises BrokenPassport, also for a counterpart that does not exist."""
    passports = {path.stem: read_passport(path) for path in sorted(folder.glob("*.yaml"))}
    for key, passport in passports.items():
        for other in passport.counterparts:
            if other not in passports:
                raise BrokenPassport(f"{key}.yaml: counterparts: there is no indicator {other!r}")
    return MappingProxyType(passports)


@lru_cache(maxsize=1)
def passports() -> Mapping[str, Passport]:
    """The passports that come with the program, by key."""
    return read_passports(FOLDER)


@lru_cache(maxsize=1)
def passports_digest() -> str:
    """A hash over all passport files; part of the store version, because pages show their texts."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
