# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Recoding the real population of all municipalities, 2012-2024."""

import polars as pl
import pytest
from django.conf import settings

from samenspel.figures.areas.build import build_areas
from samenspel.figures.areas.lineage import Lineage
from samenspel.figures.areas.registry import read_registry
from samenspel.figures.recode import recode
from samenspel.figures.store import AREAS


@pytest.fixture(scope="module")
def lineage(tmp_path_factory: pytest.TempPathFactory) -> Lineage:
    folder = tmp_path_factory.mktemp("areas")
    built = build_areas(settings.SOURCES_FOLDER, folder)
    return read_registry(folder / AREAS / built.version).lineage


@pytest.fixture(scope="module")
def population() -> pl.DataFrame:
    frame = pl.read_csv(settings.SOURCES_FOLDER / "kwb/kwb_gemeente_2012_2024.csv")
    return frame.select(area="gemeentecode", period=pl.col("jaar").cast(pl.String), value="aantal_inwoners")


def test_nobody_is_lost(lineage: Lineage, population: pl.DataFrame) -> None:
    result = recode(population, lineage, how="count")
    # What CBS publishes for the country (2012: 16,730,348, of which the map holds all but 3).
    official = {"2012": 16_730_345, "2017": 17_081_507, "2019": 17_282_163, "2024": 17_942_942}
    for period, total in official.items():
        placed = result.frame.filter(period=period)["value"].sum()
        left = result.unplaced.filter(period=period)["value"].sum()
        assert placed + left == total
    share = result.unplaced.group_by("period").agg(pl.col("value").sum())
    assert share.filter(pl.col("value") > 320_000).is_empty()
    assert set(share["period"]) == {"2012", "2017", "2018", "2019"}


def test_every_municipality_of_today_has_a_past_since_2019(lineage: Lineage, population: pl.DataFrame) -> None:
    frame = recode(population, lineage, how="count").frame
    for period in ("2019", "2022", "2023", "2024"):
        assert frame.filter(period=period)["area"].to_list() == lineage.today()
    missing = set(lineage.today()) - set(frame.filter(period="2012")["area"])
    assert {lineage.name(code) for code in missing} == {
        *("De Fryske Marren", "Gooise Meren", "Het Hogeland", "Waadhoeke", "Westerkwartier"),
    }


def test_merged_towns_are_the_sum_of_what_they_were(lineage: Lineage, population: pl.DataFrame) -> None:
    frame = recode(population, lineage, how="count").frame
    before = population.filter(pl.col("area").is_in(["GM0501", "GM0530", "GM0614"]), period="2022")["value"].sum()
    assert frame.filter(area="GM1992", period="2022")["value"].to_list() == [before]


def test_shares_of_older_people_are_weighted(lineage: Lineage) -> None:
    source = pl.read_csv(settings.SOURCES_FOLDER / "kwb/kwb_gemeente_2012_2024.csv")
    shares = source.select(
        area="gemeentecode", period=pl.col("jaar").cast(pl.String), value="p_65_oo", denominator="aantal_inwoners"
    )
    result = recode(shares, lineage, how="ratio", scale=100).frame.filter(area="GM0363", period="2022")
    parts = shares.filter(pl.col("area").is_in(["GM0363", "GM0457"]), period="2022")
    weighted = (parts["value"] * parts["denominator"]).sum() / parts["denominator"].sum()
    assert result["value"].to_list() == [pytest.approx(weighted)]
    assert 13.0 < weighted < 13.3  # Weesp is older, but small
