# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Withholds what a publisher says about places where so few people live that a share says something of one of them.

CBS computes the percentages of districts from counts rounded to five, also for ten inhabitants; such a percentage is
impossible (two age groups of 100 % each) or points at somebody.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import polars as pl

from samenspel.figures.passports import Passport, Topic, Unit
from samenspel.figures.types import Status, period_years

MINIMUM_POPULATION = 50
POPULATION = "population"

# Shares, averages and ratios; counts stay, because the publisher has rounded them.
_OF_PEOPLE = frozenset(
    {
        Unit.PERCENT,
        Unit.PER_1000,
        Unit.EURO,
        Unit.RATIO,
        Unit.PERSONS_PER_HOUSEHOLD,
        Unit.KWH,
        Unit.CUBIC_METRE,
    }
)
# How far a road or a shop is, says nothing about the people who live there.
_OF_PLACES = frozenset({Topic.AMENITIES})

# Shares that together are everybody.
WHOLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ages": ("age_0_14_share", "age_15_24_share", "age_25_44_share", "age_45_64_share", "age_65_plus_share"),
        "origins": ("origin_netherlands_share", "origin_europe_share", "origin_outside_europe_share"),
        "households": (
            "single_person_share",
            "households_without_children_share",
            "households_with_children_share",
        ),
        "marital status": ("married_share", "unmarried_share", "divorced_share", "widowed_share"),
        "education": ("education_low_share", "education_middle_share", "education_high_share"),
        "tenure": ("owner_occupied_share", "rented_share"),
        "dwellings": ("single_family_share", "multi_family_share"),
    }
)
# Rounding of each part, and dwellings of which the owner is not known (up to 7 % of those of a municipality).
WHOLE_TOLERANCE = 10.0

# Inhabitants by area and year.
Populations = Mapping[str, Mapping[int, float]]


def protects(passport: Passport) -> bool:
    """Whether the rule holds for this indicator: it is a share, average or ratio of people or their homes."""
    return passport.unit in _OF_PEOPLE and passport.topic not in _OF_PLACES


def populations(frames: Iterable[pl.DataFrame]) -> Populations:
    """Inhabitants by area and year, from all cells of all tables; the lowest where tables differ."""
    found: dict[str, dict[int, float]] = {}
    for cells in frames:
        rows = cells.filter(
            (pl.col("indicator").cast(pl.String) == POPULATION)
            & (pl.col("breakdown").cast(pl.String) == "")
            & pl.col("value").is_not_null()
        )
        for area, period, value in rows.select("area", "period", "value").iter_rows():
            years = found.setdefault(area, {})
            year = period_years(period)[1]
            years[year] = min(value, years.get(year, value))
    return found


def _inhabitants(known: Mapping[int, float], year: int) -> float | None:
    """Those of the nearest year that we know; of two equally near years the fewest."""
    if not known:
        return None
    distance = min(abs(other - year) for other in known)
    return min(number for other, number in known.items() if abs(other - year) == distance)


def withhold(cells: pl.DataFrame, passports: Mapping[str, Passport], elsewhere: Populations) -> pl.DataFrame:
    """The same cells, in the same order, without values that may not be shown; their counts stay.

    Withheld are figures about people in an area with fewer than MINIMUM_POPULATION inhabitants in this table, or, when
    this table does not count inhabitants, in the nearest year of `elsewhere`; and, in districts and neighbourhoods,
    shares that should be everybody together but are not.
    """
    own = populations([cells])
    pairs = cells.select("area", "period").unique()
    small = []
    for area, period in pairs.iter_rows():
        year = period_years(period)[1]
        number = own.get(area, {}).get(year)
        if number is None:
            number = _inhabitants(elsewhere.get(area, {}), year)
        small.append(number is not None and number < MINIMUM_POPULATION)
    hidden = pairs.filter(pl.Series(small, dtype=pl.Boolean)) if small else pairs
    protected = [key for key in cells["indicator"].unique() if key in passports and protects(passports[key])]
    few = pl.struct("area", "period").is_in(hidden.to_struct().implode()) if hidden.height else pl.lit(False)
    hide = few & pl.col("indicator").cast(pl.String).is_in(protected)
    kept = _without(cells, hide)
    for parts in WHOLES.values():
        odd = no_whole(kept, parts).filter(_within_municipalities())
        if odd.height:
            keys = odd.select("area", "period", "breakdown").to_struct().implode()
            same = pl.struct("area", "period", "breakdown").is_in(keys)
            kept = _without(kept, same & pl.col("indicator").cast(pl.String).is_in(parts))
    return kept


def _within_municipalities() -> pl.Expr:
    return pl.col("area").cast(pl.String).str.slice(0, 2).is_in(["WK", "BU"])


def _without(cells: pl.DataFrame, hide: pl.Expr) -> pl.DataFrame:
    status = cells.schema["status"]
    return cells.with_columns(
        pl.when(hide).then(None).otherwise(pl.col("value")).alias("value"),
        pl.when(hide).then(pl.lit(Status.WITHHELD.value, dtype=status)).otherwise(pl.col("status")).alias("status"),
    )


def no_whole(cells: pl.DataFrame, parts: tuple[str, ...]) -> pl.DataFrame:
    """Where all these shares have a value and do not add up to about 100: area, period, breakdown, total."""
    return (
        cells.filter(pl.col("indicator").cast(pl.String).is_in(parts) & pl.col("value").is_not_null())
        .group_by("area", "period", "breakdown")
        .agg(pl.col("value").sum().alias("total"), pl.col("indicator").n_unique().alias("parts"))
        .filter((pl.col("parts") == len(parts)) & ((pl.col("total") - 100).abs() > WHOLE_TOLERANCE))
        .drop("parts")
    )
