# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nothing is shown of places where so few people live that a share would be about one of them."""

from collections.abc import Iterable
from pathlib import Path

import polars as pl
import pytest

from samenspel.figures.importers.frames import compact
from samenspel.figures.importers.pipeline import check_cells
from samenspel.figures.importers.small import MINIMUM_POPULATION, WHOLES, no_whole, populations, protects, withhold
from samenspel.figures.passports import Passport, passports
from samenspel.figures.service import AreaLevel, Status, latest, list_indicators, observations, series, snapshot
from tests.figures.strategies import AllAreas, frame, table

AGES = WHOLES["ages"]


def _cells(area: str, inhabitants: float | None, shares: Iterable[float]) -> list[tuple[object, ...]]:
    ages = [(key, area, "2022", "", share, None, None, "published") for key, share in zip(AGES, shares, strict=True)]
    people = ("population", area, "2022", "", inhabitants, None, None, "published")
    return [people, *ages] if inhabitants is not None else list(ages)


def _shown(cells: pl.DataFrame) -> set[str]:
    return set(cells.filter(pl.col("value").is_not_null())["indicator"].cast(pl.String))


@pytest.mark.parametrize("inhabitants", [0.0, 10.0, 49.0])
def test_shares_of_a_few_people_are_withheld_and_their_count_stays(inhabitants: float) -> None:
    content = compact(frame(_cells("WK003401", inhabitants, (20, 20, 20, 20, 20))))
    kept = withhold(content, passports(), {})
    assert _shown(kept) == {"population"}
    assert set(kept.filter(pl.col("value").is_null())["status"].cast(pl.String)) == {Status.WITHHELD.value}


def test_from_fifty_people_on_shares_are_shown() -> None:
    content = frame(_cells("WK003401", float(MINIMUM_POPULATION), (20, 20, 20, 20, 20)))
    assert withhold(content, passports(), {}).equals(content)


def test_the_nearest_year_known_elsewhere_counts_when_the_table_has_no_population() -> None:
    content = frame(_cells("WK003401", None, (20, 20, 20, 20, 20)))
    people = [("population", "WK003401", year, "", value, None, None, "published") for year, value in
              [("2018", 400.0), ("2023", 0.0)]]  # fmt: skip
    assert not _shown(withhold(content, passports(), populations([frame(people)])))
    assert _shown(withhold(content, passports(), populations([frame(people[:1])]))) == set(AGES)


def test_shares_that_cannot_be_everybody_are_withheld_in_a_district_and_refused_for_a_municipality() -> None:
    impossible = (0, 0, 100, 100, 0)
    assert _shown(withhold(frame(_cells("WK003401", 300.0, impossible)), passports(), {})) == {"population"}
    district, municipality = (
        check_cells(table("one"), frame(_cells(code, 300.0, impossible)), passports(), AllAreas())
        for code in ("WK003401", "GM0034")
    )
    assert district.accepted
    assert set(municipality.failures["reason"]) == {"the shares of all ages add up to 200.0"}
    assert set(municipality.failures["indicator"]) == set(AGES)


@pytest.mark.parametrize("code", ["WK003457", "WK003438", "WK003416", "BU00140109"])
def test_nothing_is_said_of_the_people_of_a_place_with_hardly_anybody(figure_store: Path, code: str) -> None:
    """De Kemphaan has 10 inhabitants; of 0 people of BU00140109 no 71 of 100 are lonely."""
    said = [
        passport.key
        for passport in list_indicators()
        if protects(passport) and any(point.value is not None for point in series(code, passport.key).points)
    ]
    assert said == []
    people = latest(code, "population")
    assert people is not None
    assert people.value is not None
    assert people.value < MINIMUM_POPULATION


@pytest.mark.parametrize("level", [AreaLevel.DISTRICT, AreaLevel.NEIGHBOURHOOD])
def test_no_place_in_the_country_shows_shares_of_fewer_than_fifty_people(figure_store: Path, level: AreaLevel) -> None:
    people = snapshot("population", "2024", level)
    few = people.filter(pl.col("value") < MINIMUM_POPULATION)["area"].to_list()
    assert len(few) > 20
    keys = [passport.key for passport in list_indicators() if protects(passport)]
    shown = observations(few, keys).filter(pl.col("value").is_not_null() & (pl.col("period") == "2024"))
    assert shown.height == 0


@pytest.mark.parametrize("parts", WHOLES.values(), ids=WHOLES)
def test_shares_that_are_everybody_add_up_to_about_100_everywhere(figure_store: Path, parts: tuple[str, ...]) -> None:
    for period in {period for key in parts for period in passports()[key].periods}:
        for level in (AreaLevel.MUNICIPALITY, AreaLevel.DISTRICT, AreaLevel.NEIGHBOURHOOD):
            frames = [snapshot(key, period, level).with_columns(indicator=pl.lit(key)) for key in parts]
            together = pl.concat(frames).with_columns(breakdown=pl.lit(""))
            assert no_whole(together, parts).height == 0, (period, level)


@pytest.mark.parametrize("passport", passports().values(), ids=lambda passport: passport.key)
def test_the_passport_says_that_figures_of_few_people_are_withheld(passport: Passport) -> None:
    small_levels = {AreaLevel.DISTRICT, AreaLevel.NEIGHBOURHOOD} & set(passport.levels)
    if protects(passport) and small_levels:
        assert "minder dan 50" in passport.suppression
