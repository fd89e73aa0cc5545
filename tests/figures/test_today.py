# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a map of today shows of a year with other municipalities, over all that is in the store."""

from pathlib import Path

import polars as pl
import pytest

from samenspel.figures import service
from samenspel.figures.current import areas, current, one_version
from samenspel.figures.passports import passports
from samenspel.figures.same_place import boundary_year
from samenspel.figures.series import ADDITIVE
from samenspel.figures.types import AreaLevel, Status
from tests.harness import sweep


def test_a_renamed_municipality_is_on_the_map(figure_store: Path) -> None:
    """De Fryske Marren had another code in the figures of 2020; a merger of shares alone stays empty, and says why."""
    today = service.snapshot_today("lonely", "2020")
    assert today["area"].to_list() == [area.code for area in service.current_municipalities()]
    row = today.row(by_predicate=pl.col("area") == "GM1940", named=True)
    assert row["value"] is not None
    new = today.row(by_predicate=pl.col("area") == "GM1982", named=True)  # Land van Cuijk, formed in 2022
    assert (new["value"], new["status"]) == (None, Status.WITHHELD)
    assert "Land van Cuijk bestaat sinds" in new["reason"]


@pytest.mark.parametrize("key", sweep.indicators())
def test_the_map_shows_what_the_series_show(figure_store: Path, key: str) -> None:
    """Two ways of recoding, one of whole tables and one of one municipality, give the same, for its last period."""
    today = service.snapshot_today(key)
    if today.is_empty():
        pytest.skip("no figures by municipality")
    period = today["period"][0]
    with one_version():
        for row in today.filter(pl.col("area").is_in(_interesting())).iter_rows(named=True):
            point = next((p for p in service.series(row["area"], key).points if p.period == period), None)
            value = point.value if point else None
            assert value == row["value"] or value == pytest.approx(row["value"] or 0, rel=1e-9), row
            if point is not None and point.value is not None:
                assert point.status == row["status"], row


def _interesting() -> list[str]:
    """Municipalities with a history, and some without."""
    lineage = areas().lineage
    changed = [code for code in lineage.today() if lineage.parts(code, 2012) != frozenset({code})]
    return sorted({*changed, "GM0193", "GM0363"})


@pytest.mark.parametrize("key", sorted(key for key, passport in passports().items() if passport.unit in ADDITIVE))
def test_nobody_is_lost_or_counted_twice(figure_store: Path, key: str) -> None:
    """Adding up all municipalities gives the same before and after, in every period of every count.

    But for those whose ground was divided over several: of these nobody knows who lives where now.
    """
    lineage, compared = areas().lineage, 0
    held = service.holdings(key)
    for period in held.periods if held else ():
        before = service.snapshot(key, period, AreaLevel.MUNICIPALITY)
        today = service.snapshot_today(key, period)
        if before.is_empty() or before["value"].null_count():
            continue  # what is withheld cannot be added up
        year = boundary_year(current(), before["source"][0], period)
        own = {code: lineage.parts(code, year) or {lineage.own(code, year)} for code in lineage.today()}
        placed = before.filter(pl.col("area").is_in({part for parts in own.values() for part in parts if part}))
        assert placed.height > 0.9 * before.height
        assert today["value"].sum() == pytest.approx(placed["value"].sum(), rel=1e-9), period
        compared += 1
    assert compared or held is None or "" not in held.breakdowns
