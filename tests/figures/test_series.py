# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Series of municipalities of today, against the recoding of whole tables, and in words."""

from pathlib import Path

import polars as pl
import pytest

from samenspel.figures.current import areas, current
from samenspel.figures.passports import DefinitionBreak
from samenspel.figures.queries import level_observations
from samenspel.figures.recode import How, recode
from samenspel.figures.same_place import boundary_year
from samenspel.figures.series import series_of
from samenspel.figures.service import (
    AreaLevel,
    all_series,
    current_municipalities,
    get_indicator,
    latest,
    observations,
    series,
    snapshot,
)

pytestmark = pytest.mark.usefixtures("figure_store")


@pytest.mark.parametrize(
    ("key", "how", "scale"),
    [
        ("population", "count", 1.0),
        ("deaths", "count", 1.0),
        ("dwellings", "count", 1.0),
        ("women_share", "ratio", 100.0),
        ("single_parent_share", "ratio", 100.0),
        ("lonely", "none", 1.0),
        ("income_per_person", "none", 1.0),
    ],
)
def test_the_same_values_as_recoding_the_whole_table(key: str, how: How, scale: float) -> None:
    """A second implementation: one municipality at a time here, all at once with polars there."""
    version, registry = current(), areas()
    years = {table.source.key: table.source.classification for table in version.tables}
    frame = version.large.filter(
        (pl.col("indicator") == key) & (pl.col("breakdown") == "") & pl.col("area").str.starts_with("GM")
    ).with_columns(
        pl.coalesce(
            pl.col("source").replace_strict(years, return_dtype=pl.Int32), pl.col("period").str.tail(4).cast(pl.Int32)
        ).alias("boundaries")
    )
    expected = recode(frame.drop("source", "indicator", "breakdown"), registry.lineage, how=how, scale=scale).frame
    by_cell = {(area, period): value for area, period, value in expected.select("area", "period", "value").iter_rows()}
    got = {
        (area.code, point.period): point.value
        for area in current_municipalities()
        for point in series(area, key).points
    }
    filled = {cell: value for cell, value in by_cell.items() if value is not None}
    assert {cell: value for cell, value in got.items() if value is not None} == pytest.approx(filled)


def test_a_share_breaks_where_a_neighbour_joined() -> None:
    """The health figures are on the areas of 2020; Weesp came to Amsterdam later."""
    reasons = [change.reason for change in series("GM0363", "lonely").breaks]
    assert any("Weesp bij Amsterdam" in reason for reason in reasons)


def test_a_new_municipality_says_why_it_has_no_figures() -> None:
    """Maashorst was formed in 2022 of Landerd and Uden."""
    found = series("GM1991", "lonely")
    assert found.points == ()
    assert [change.period for change in found.breaks] == ["2022"]
    assert "bestaat sinds 2022" in found.breaks[0].reason
    assert latest("GM1991", "lonely") is None


def test_a_change_of_definition_is_a_break_between_points() -> None:
    """Not before the first and not after the last point."""
    passport = get_indicator("lonely")
    breaks = tuple(DefinitionBreak(period=period, reason="Anders gevraagd.") for period in ("2012", "2016", "2024"))
    changed = passport.model_copy(update={"breaks": breaks})
    found = series_of(current(), areas(), areas().get("NL00"), changed, "")
    assert [change.period for change in found.breaks] == ["2016"]


def test_many_series_are_the_same_as_one_by_one() -> None:
    """In the order asked for."""
    keys = ["woz_value", "lonely", "population"]
    assert all_series("GM0193", keys) == [series("GM0193", key) for key in keys]


def test_a_municipality_that_is_gone_keeps_its_own_figures(figure_store: Path) -> None:
    """Haren until 2018."""
    points = series("GM0017", "population").points
    assert [point.period for point in points if point.value is not None][-1] == "2018"


def test_no_read_gives_figures_of_when_a_code_was_another_place() -> None:
    """WK022501 was Puiflijk in 2022 and is Druten in 2024; series, snapshot and observations must agree on that."""
    registry, version = areas(), current()
    held = version.area("WK022501")
    before = {
        (key, period)
        for key, period, source in held.filter(breakdown="").select("indicator", "period", "source").iter_rows()
        if registry.other_place("WK022501", boundary_year(version, source, period)) is not None
    }
    assert before, "the sources hold figures of Puiflijk under this code"
    for key, period in sorted(before):
        assert period not in {point.period for point in series("WK022501", key).points}
        assert snapshot(key, period, AreaLevel.DISTRICT, within="GM0225").filter(area="WK022501").is_empty()
    keys = sorted({key for key, _ in before})
    for frame in (observations(["WK022501", "GM0225"], keys), level_observations(keys, AreaLevel.DISTRICT, "GM0225")):
        own = frame.filter(area="WK022501")
        assert not before & set(own.select("indicator", "period").iter_rows())
        assert set(own.select("indicator", "period").iter_rows()) == {
            (key, point.period) for key in keys for point in series("WK022501", key).points
        }
        assert frame.equals(frame.sort("area", "indicator", "breakdown", "period"))
    neighbours = level_observations(keys, AreaLevel.DISTRICT, "GM0225").filter(pl.col("area") != "WK022501")
    assert neighbours.height > 0
