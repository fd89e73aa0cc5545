# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words of a fair comparison: what pages, the report and the API receive. Plain data, no Django."""

import math
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Interval:
    """A range. `confidence` is between 0 and 1; `lower` <= `upper`."""

    lower: float
    upper: float
    confidence: float = 0.95


class Verdict(StrEnum):
    """What may be said of observed beside expected. Never "better" or "worse"."""

    WITHIN = "within"
    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class NoComparison:
    """Why there is no comparison. `reason` is a stable slug, `sentence` a Dutch sentence for the reader."""

    area: str
    indicator: str
    reason: str
    sentence: str


@dataclass(frozen=True, slots=True)
class CharacteristicValue:
    """One characteristic here and in the country: shares (0-100) or values in `unit`, both of the year `period`.

    `computed`: nobody publishes the value of the country; it is our mean of the municipalities, by residents.
    """

    key: str
    label: str
    here: float
    country: float
    unit: str
    period: str = ""
    computed: bool = False


@dataclass(frozen=True, slots=True)
class Characteristic:
    """What one characteristic of the residents goes together with in the expected number of this area.

    `here` and `country` are shares (0-100) or values in `unit`; `factor` multiplies the number expected in an
    area with the country's mix of residents (1.10: ten per cent more) and `factor_interval` is its range by the
    covariance of the coefficients (from 0 without end: not known). Several characteristics may be taken together in
    one factor (ages): `group` is their common Dutch name, `values` holds all of them, and `label` is the one of `here`
    and `country`. `period` is the year of these values: that of the outcome or the nearest one. `outside`: one of the
    values is lower or higher than in every area that the model was learnt from. `against_published`: others found the
    opposite direction.
    """

    key: str
    label: str
    here: float
    country: float
    unit: str
    factor: float
    group: str = ""
    period: str = ""
    factor_interval: Interval = Interval(0.0, math.inf)
    values: tuple[CharacteristicValue, ...] = ()
    outside: bool = False
    against_published: bool = False

    @property
    def may_be_nothing(self) -> bool:
        """Whether the range of the factor holds 1: no more and no fewer."""
        return self.factor_interval.lower <= 1 <= self.factor_interval.upper


@dataclass(frozen=True, slots=True)
class Comparison:
    """One outcome of one municipality beside what its residents lead one to expect.

    `observed`, `expected` and the ranges are numbers of people (or households: see `unit`); `base` is among how many.
    `expected_range` is where areas with these residents mostly lie (95 %: chance and ordinary variation together).
    `ratio` is observed / expected. `flagged` holds only under all three conditions of the method and after control of
    false discoveries; `chance_flags` is how many of `compared_areas` areas chance alone would flag.
    `verdict` is on which side of `expected_range` the observed number lies; only `flagged` may be called clear.
    `places` is the set of places (1 the largest ratio) that the uncertainty leaves open.
    `flagged_areas` of them are flagged and `areas_within` lie within their `expected_range`.
    `country_use` is the number there would be here with the use per head of all compared areas together.
    `base_label` names the base in Dutch ("inwoners"); `published_base` and `published_base_label` are those of the
    published figure, which may be another (a benefit per 1,000 residents, compared among people of 15 to 64);
    `published_base` 0: the same. `observed_bounds` is the lowest and the highest count that the
    published, rounded figure allows; `observed` lies halfway. `notes` are Dutch sentences that belong beside it.
    """

    area: str
    indicator: str
    period: str
    unit: str
    base: float
    observed: float
    observed_interval: Interval
    expected: float
    expected_range: Interval
    ratio: float
    ratio_interval: Interval
    verdict: Verdict
    flagged: bool
    probability_that_matters: float
    chance_flags: float
    compared_areas: int
    places: tuple[int, int]
    characteristics: tuple[Characteristic, ...]
    method_version: str
    base_label: str = ""
    observed_bounds: tuple[float, float] = (0.0, 0.0)
    notes: tuple[str, ...] = ()
    flagged_areas: int = 0
    areas_within: int = 0
    country_use: float = 0.0
    published_base: float = 0.0
    published_base_label: str = ""


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One term of a model of expected use: the log ratio for one standard deviation more, with its 95 % interval."""

    key: str
    label: str
    estimate: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class UsedCharacteristic:
    """A characteristic in a model: its Dutch label, the indicator it comes from, and the year of its values."""

    key: str
    label: str
    indicator: str
    period: str


@dataclass(frozen=True, slots=True)
class ModelSummary:
    """How a model of expected use was made and how far it reaches.

    `explained` (at most 1) is the share of the differences between areas, on the log scale, that the expected numbers
    account for when they are learnt in other provinces; `explained_in_sample` when the area itself took part, as most
    publications give it. `calibration_slope`: 1 is right, below 1 the expected numbers lie too far apart.
    `between_areas_sd` is how areas ordinarily differ from what is expected, on the log scale. `residual_moran`: above 0
    neighbours resemble each other in what is not explained. `flagged` of `areas` stand out clearly, `chance_flags`
    would by chance alone. `characteristics`: what the model takes into account, and of which year. `within` of the
    `compared` areas (enough people expected) lie within their expected range of 95 %.
    """

    indicator: str
    period: str
    family: str
    areas: int
    explained: float
    calibration_slope: float
    between_areas_sd: float
    residual_moran: float
    coefficients: tuple[Coefficient, ...]
    method_version: str
    explained_in_sample: float = 0.0
    base_label: str = ""
    flagged: int = 0
    chance_flags: float = 0.0
    characteristics: tuple[UsedCharacteristic, ...] = ()
    residual_moran_p: float = 1.0
    without: int = 0
    within: int = 0
    compared: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """The change of observed / expected of one area between two periods, beside the country's own change."""

    area: str
    indicator: str
    first: str
    last: str
    ratio: float
    interval: Interval
    country_ratio: float
    clear: bool


@dataclass(frozen=True, slots=True)
class SimilarArea:
    """A municipality with alike residents. `stability` (0-1) is how often it stays in when characteristics drop out."""

    code: str
    distance: float
    stability: float
    mutual: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartEstimate:
    """A district of a municipality: the raw figure with its interval, and the figure drawn towards its surroundings.

    `uncertain`: the interval of the drawn figure is so wide that the map hatches the district.
    """

    area: str
    period: str
    value: float
    interval: Interval
    shrunken: float
    shrunken_interval: Interval
    uncertain: bool
