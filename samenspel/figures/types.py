# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words of the figures storey: areas, cells, series, and the marks that go with them."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

COUNTRY_CODE = "NL00"

RangeKind = Literal["chance", "rounding"]
MatchReason = Literal["name", "former_name", "code", "part_of"]


def gettext_noop(words: str) -> str:
    """The same words, marked for the catalogue. Pages translate them as they show them; these types need no Django."""
    return words


class UnknownArea(LookupError):
    """There is no area with this code. The message is a Dutch sentence that helps the reader on."""


class NoGeometry(LookupError):
    """There is no map of these areas. The message is a Dutch sentence."""


class AreaLevel(StrEnum):
    """The levels of Dutch areas, from large to small. A region is that of a GGD, mostly also a safety region."""

    COUNTRY = "country"
    PROVINCE = "province"
    REGION = "region"
    MUNICIPALITY = "municipality"
    DISTRICT = "district"
    NEIGHBOURHOOD = "neighbourhood"

    def in_words(self) -> str:
        """The Dutch word: "gemeente", "wijk", "buurt", …"""
        return _LEVEL_WORDS[self]


_LEVEL_WORDS = {
    AreaLevel.COUNTRY: gettext_noop("land"),
    AreaLevel.PROVINCE: gettext_noop("provincie"),
    AreaLevel.REGION: gettext_noop("regio"),
    AreaLevel.MUNICIPALITY: gettext_noop("gemeente"),
    AreaLevel.DISTRICT: gettext_noop("wijk"),
    AreaLevel.NEIGHBOURHOOD: gettext_noop("buurt"),
}


@dataclass(frozen=True, slots=True, order=True)
class Succession:
    """From 1 January of `year`, `area_share` (0 to 1) of the former area's surface belongs to the area `code`."""

    code: str
    year: int
    area_share: float


@dataclass(frozen=True, slots=True)
class Area:
    """One area as CBS numbers it.

    `parent` is the code one level up (neighbourhood, district, municipality, province, NL00); a region hangs under
    NL00 and a municipality names its region in `region`. `valid_from` and `valid_to` are the first and last year with
    this code on 1 January, as far as the sources reach (2012-2025); `valid_to` None: it exists today. `successors`
    are the areas among which an area that is gone was divided, at the moment it went.
    """

    code: str
    name: str
    level: AreaLevel
    parent: str | None
    valid_from: int
    valid_to: int | None = None
    former_names: tuple[str, ...] = ()
    successors: tuple[Succession, ...] = ()
    region: str | None = None

    @property
    def exists_today(self) -> bool:
        """Whether the code is in use now."""
        return self.valid_to is None

    def existed_in(self, year: int) -> bool:
        """Whether the code was in use on 1 January of `year`."""
        return self.valid_from <= year and (self.valid_to is None or year <= self.valid_to)


@dataclass(frozen=True, slots=True)
class AreaMatch:
    """One search result. `matched_name` is the name or code that answered the query.

    `reason` "former_name": the query names an area that is gone and `area` is what it went into; "part_of": the
    query also names the municipality in which `area` lies.
    """

    area: Area
    matched_name: str
    reason: MatchReason


class Status(StrEnum):
    """Where a value comes from, or why there is none."""

    PUBLISHED = "published"
    PROVISIONAL = "provisional"
    MODEL_ESTIMATE = "model_estimate"
    DERIVED = "derived"
    WITHHELD = "withheld"

    def in_words(self) -> str:
        """A Dutch phrase to put beside the value."""
        return _STATUS_WORDS[self]


_STATUS_WORDS = {
    Status.PUBLISHED: gettext_noop("gepubliceerd cijfer"),
    Status.PROVISIONAL: gettext_noop("voorlopig cijfer"),
    Status.MODEL_ESTIMATE: gettext_noop("schatting met een rekenmodel"),
    Status.DERIVED: gettext_noop("door ons berekend uit gepubliceerde cijfers"),
    Status.WITHHELD: gettext_noop("geen cijfer: geheim, te weinig mensen of niet geleverd"),
}


class WhyNoRange(StrEnum):
    """Why a figure has no range: a stable slug, with a sentence for readers."""

    FULL_COUNT = "full_count"
    CLASS = "class"
    MODEL = "model_without_margin"
    SURVEY = "survey_without_margin"
    SAMPLE = "sample_without_margin"
    AVERAGE = "average_without_margin"
    MEDIAN = "median_without_margin"
    MEASURED = "measured"
    ROUNDED_SUM = "sum_of_rounded_counts"
    UNKNOWN_NUMBER = "number_of_people_unknown"
    WITHHELD = "no_figure"

    def in_words(self) -> str:
        """A Dutch sentence that may stand under the figure."""
        return _WHY_NO_RANGE_WORDS[self]

    def in_short(self) -> str:
        """A few Dutch words for a cell of a table."""
        return _WHY_NO_RANGE_IN_SHORT[self]


_WHY_NO_RANGE_WORDS = {
    WhyNoRange.FULL_COUNT: gettext_noop("Dit is een volledige telling. Daarom is er geen marge."),
    WhyNoRange.CLASS: gettext_noop("Dit is een klasse en geen aantal. Daarom is er geen marge."),
    WhyNoRange.MODEL: gettext_noop("Dit is geschat met een rekenmodel. De bron geeft geen marge."),
    WhyNoRange.SURVEY: gettext_noop("Dit komt uit een enquête. De bron geeft geen marge."),
    WhyNoRange.SAMPLE: gettext_noop("Een deel is geschat uit een steekproef. De bron geeft geen marge."),
    WhyNoRange.AVERAGE: gettext_noop("Dit is een gemiddelde. De bron geeft geen marge."),
    WhyNoRange.MEDIAN: gettext_noop("Dit is het bedrag van de middelste. De bron geeft geen marge."),
    WhyNoRange.MEASURED: gettext_noop("Dit is gemeten voor alle adressen. Daarom is er geen marge."),
    WhyNoRange.ROUNDED_SUM: gettext_noop("Dit is een optelling van afgeronde aantallen. De marge is niet bekend."),
    WhyNoRange.UNKNOWN_NUMBER: gettext_noop("Wij weten niet om hoeveel mensen het gaat. Daarom is er geen marge."),
    WhyNoRange.WITHHELD: gettext_noop("Er is geen cijfer, en dus geen marge."),
}


_WHY_NO_RANGE_IN_SHORT = {
    WhyNoRange.FULL_COUNT: gettext_noop("volledige telling"),
    WhyNoRange.CLASS: gettext_noop("klasse"),
    WhyNoRange.MODEL: gettext_noop("rekenmodel, marge onbekend"),
    WhyNoRange.SURVEY: gettext_noop("enquête, marge onbekend"),
    WhyNoRange.SAMPLE: gettext_noop("deels steekproef, marge onbekend"),
    WhyNoRange.AVERAGE: gettext_noop("gemiddelde, marge onbekend"),
    WhyNoRange.MEDIAN: gettext_noop("middelste, marge onbekend"),
    WhyNoRange.MEASURED: gettext_noop("gemeten"),
    WhyNoRange.ROUNDED_SUM: gettext_noop("opgeteld, marge onbekend"),
    WhyNoRange.UNKNOWN_NUMBER: gettext_noop("aantal mensen onbekend"),
    WhyNoRange.WITHHELD: gettext_noop("geen cijfer"),
}


@dataclass(frozen=True, slots=True)
class Range:
    """Within which the figure lies, in its own unit; `lower` <= value <= `upper`.

    "chance": an outcome of many people's lives, that by chance could have been anything in here with this `confidence`.
    "rounding": a full count of which the publisher gave a rounded number; the exact one is in here (confidence 1).
    """

    lower: float
    upper: float
    confidence: float
    kind: RangeKind


@dataclass(frozen=True, slots=True)
class NoRange:
    """There is no range; `sentence` is the Dutch sentence of `reason`."""

    reason: WhyNoRange

    @property
    def sentence(self) -> str:
        """Why there is none, for readers, in Dutch."""
        return self.reason.in_words()


@dataclass(frozen=True, slots=True)
class Observation:
    """One cell of a source table. `breakdown` "" is everybody, else for example "age=65+"."""

    indicator: str
    area: str
    period: str
    breakdown: str
    value: float | None
    numerator: float | None
    denominator: float | None
    status: Status


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series. `value` is None exactly when `status` is WITHHELD.

    What the range of the value follows from, and no part of its identity: the `source` table (None: put together by
    us), the `level` of its area, and the `whole`, the number of people or households it is a share of when that is
    known from another series only.
    """

    period: str
    value: float | None
    status: Status
    numerator: float | None = None
    denominator: float | None = None
    source: str | None = field(default=None, compare=False)
    level: AreaLevel | None = field(default=None, compare=False)
    whole: float | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, order=True)
class Break:
    """From `period` on, values cannot be compared with those before. `reason` is a Dutch sentence that says why."""

    period: str
    reason: str


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one indicator for one area, by period. `recoded`: some were added up from former areas."""

    area: Area
    indicator: str
    breakdown: str
    points: tuple[Point, ...]
    breaks: tuple[Break, ...] = ()
    recoded: bool = False


_RANGE = re.compile(r"(?P<first>\d{4})\s*[-/–]\s*(?P<last>\d{4})")
_YEAR = re.compile(r"(?P<year>\d{4})(?:-\d{2}(?:-\d{2})?|JJ00)?")


def normalise_period(text: str | int) -> str:
    """The period as the store writes it: "2021", or "2010-2014" for pooled years.

    A date ("2021-01-01"), a CBS year code ("2021JJ00") or a number gives its year. Raises ValueError for anything else.
    """
    cleaned = str(text).strip()
    years = _RANGE.fullmatch(cleaned)
    if years is not None:
        first, last = years["first"], years["last"]
        if first > last:
            raise ValueError(f"the period {text!r} ends before it begins")
        return first if first == last else f"{first}-{last}"
    year = _YEAR.fullmatch(cleaned)
    if year is None:
        raise ValueError(f"{text!r} is not a period; write 2021, 2010-2014 or 2021-01-01")
    return year["year"]


def period_years(period: str) -> tuple[int, int]:
    """First and last year of a period: ("2010-2014") -> (2010, 2014); ("2021") -> (2021, 2021)."""
    first, _, last = normalise_period(period).partition("-")
    return int(first), int(last or first)
