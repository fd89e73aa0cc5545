# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where figures of two years cannot be compared, the passport says so, for all figures alike."""

from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from samenspel.figures.passports import Passport, passports
from samenspel.figures.service import COUNTRY_CODE, period_years, series, snapshot

PASSPORTS = list(passports().values())
# How much a figure of the whole country may change between two years that follow each other in the figures. Between
# two that are more than three years apart (2012 and 2016) slow changes add up to more.
LARGEST_CHANGE = 1.25
LARGEST_CHANGE_OVER_LONG = 1.5
LONG = 4


def _national(passport: Passport) -> list[tuple[int, int, float]]:
    """From year, to year and change; for a figure without one for the country that of the middle municipality."""
    points = [(p.period, p.value) for p in series(COUNTRY_CODE, passport.key).points if p.value]
    changes = [(_year(a), _year(b), new / old) for (a, old), (b, new) in pairwise(points)]
    covered = {(since, until) for since, until, _ in changes}
    for since, until in pairwise(passport.periods):
        if (_year(since), _year(until)) in covered:
            continue
        both = (
            snapshot(passport.key, since).join(snapshot(passport.key, until), on="area").drop_nulls(["value"])
        ).filter((pl.col("value") > 0) & pl.col("value_right").is_not_null())
        if both.height > 100:
            changes.append((_year(since), _year(until), float((both["value_right"] / both["value"]).median())))  # type: ignore[arg-type]
    return changes


def _year(period: str) -> int:
    return period_years(period)[1]


@pytest.mark.parametrize("passport", PASSPORTS, ids=lambda passport: passport.key)
def test_no_figure_of_the_country_jumps_without_a_break(figure_store: Path, passport: Passport) -> None:
    """Businesses went from 1.64 to 2.28 million between 2019 and 2022, and nothing said why."""
    breaks = [_year(one.period) for one in passport.breaks]
    for since, until, change in _national(passport):
        allowed = LARGEST_CHANGE if until - since < LONG else LARGEST_CHANGE_OVER_LONG
        if max(change, 1 / change) > allowed:
            assert any(since < year <= until for year in breaks), (since, until, round(change, 2))


def test_what_jumped_most_is_marked() -> None:
    for key in ("businesses", "median_wealth", "gas_use"):
        reasons = [one.reason for one in passports()[key].breaks if one.period == "2022"]
        assert len(reasons) == 1
        assert "telling" in reasons[0]


@pytest.mark.parametrize("passport", [p for p in PASSPORTS if "rivm_50090" in p.tables], ids=lambda p: p.key)
def test_every_health_figure_of_2020_says_that_there_was_corona(passport: Passport) -> None:
    """Behaviour, feelings, contacts and health: none of it was ordinary in 2020."""
    reasons = [one.reason for one in passport.breaks if one.period == "2020"]
    assert [reason.startswith("In 2020 was er corona.") for reason in reasons] == [True]
    if "monitor_2022_regions" in passport.tables:
        assert "2022" in {one.period for one in passport.breaks}
