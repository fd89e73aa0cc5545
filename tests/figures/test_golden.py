# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Figures that anyone can look up at the publisher must come out of the store exactly."""

import polars as pl
import pytest

from samenspel.figures.service import AreaLevel, Status, latest, series, snapshot

pytestmark = pytest.mark.usefixtures("figure_store")


def _value(area: str, indicator: str, period: str, breakdown: str = "") -> float | None:
    points = {point.period: point.value for point in series(area, indicator, breakdown).points}
    return points.get(period)


@pytest.mark.parametrize(
    ("area", "indicator", "period", "breakdown", "value"),
    [
        ("GM0363", "population", "2025", "", 934_526),
        ("GM0363", "population", "2024", "", 931_298),
        ("NL00", "population", "2025", "", 18_044_027),
        ("NL00", "population", "2024", "", 17_942_942),
        ("NL00", "population", "2019", "", 17_282_163),
        ("NL00", "households", "2025", "", 8_430_352),
        ("NL00", "lonely", "2012", "", 39.6),
        ("NL00", "lonely", "2016", "", 43.4),
        ("NL00", "lonely", "2020", "", 47.0),
        ("NL00", "lonely", "2020", "age=65+", 49.5),
        ("NL00", "lonely", "2016", "age=18-65", 42.0),
        ("NL00", "deaths", "2019", "", 151_885),
        ("NL00", "health_good", "2022", "", 70.0),
        ("NL00", "grey_pressure", "2025", "", 35.5),
    ],
)
def test_published_figure(area: str, indicator: str, period: str, breakdown: str, value: float) -> None:
    """From data/README.md and the publishers' tables."""
    assert _value(area, indicator, period, breakdown) == pytest.approx(value, rel=1e-9)


@pytest.mark.parametrize(
    ("period", "total", "municipalities"),
    [
        ("2012", 16_730_345, 415),
        ("2017", 17_081_507, 388),
        ("2018", 17_181_084, 380),
        ("2019", 17_282_163, 355),
        ("2020", 17_407_585, 355),
        ("2021", 17_475_415, 352),
        ("2022", 17_590_672, 345),
        ("2023", 17_811_291, 342),
        ("2024", 17_942_942, 342),
        ("2025", 18_044_027, 342),
    ],
)
def test_municipalities_add_up_to_the_country(period: str, total: int, municipalities: int) -> None:
    """The municipal sums equal the official national population in every year."""
    frame = snapshot("population", period)
    assert frame.height == municipalities
    assert frame["value"].sum() == total
    assert frame["area"].is_sorted()


def test_loneliness_is_marked_as_a_model_estimate() -> None:
    """RIVM's figures are estimates, and the point says so."""
    point = latest("GM0193", "lonely")
    assert point is not None
    assert point.period == "2020"
    assert point.status is Status.MODEL_ESTIMATE


def test_figures_of_2025_that_are_provisional_are_marked() -> None:
    """The housing figures of 2025 are provisional; the population of 2025 is published."""
    population = latest("GM0193", "population")
    assert population is not None
    assert (population.period, population.status) == ("2025", Status.PUBLISHED)


def test_a_municipality_that_grew_is_recoded() -> None:
    """Groningen took in Haren and Ten Boer in 2019: the former populations are added up."""
    found = series("GM0014", "population")
    assert found.recoded
    own = snapshot("population", "2018").filter(pl.col("area").is_in(["GM0014", "GM0017", "GM0009"]))
    assert own.height == 3
    point = next(point for point in found.points if point.period == "2018")
    assert point.value == own["value"].sum()
    assert point.status is Status.DERIVED


def test_a_share_without_parts_breaks_where_the_municipality_grew() -> None:
    """A percentage without numerator and denominator cannot be added up; the break says what happened."""
    found = series("GM0014", "lonely")
    assert not found.recoded
    assert [point.period for point in found.points] == ["2012", "2016", "2020"]


def test_neighbourhoods_within_a_municipality() -> None:
    """Of Zwolle, and of no other municipality."""
    frame = snapshot("population", "2024", AreaLevel.NEIGHBOURHOOD, within="GM0193")
    assert frame.height > 50
    assert frame["area"].str.starts_with("BU0193").all()
