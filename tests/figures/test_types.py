# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tests of the words of the figures storey."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspel.figures.types import Area, AreaLevel, Status, normalise_period, period_years


@pytest.mark.parametrize(
    ("text", "period"),
    [
        (2021, "2021"),
        ("2021", "2021"),
        (" 2021-01-01 ", "2021"),
        ("2021-01", "2021"),
        ("2021JJ00", "2021"),
        ("2010-2014", "2010-2014"),
        ("2010/2014", "2010-2014"),
        ("2014-2014", "2014"),
    ],
)
def test_periods_are_written_in_one_way(text: str | int, period: str) -> None:
    assert normalise_period(text) == period


@pytest.mark.parametrize("text", ["", "21", "2014-2010", "januari 2021", "2021-1", "20210101"])
def test_what_is_not_a_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="period"):
        normalise_period(text)


@given(st.integers(1900, 2100), st.integers(0, 50))
def test_normalising_twice_changes_nothing(first: int, length: int) -> None:
    period = normalise_period(f"{first}-{first + length}")
    assert normalise_period(period) == period
    assert period_years(period) == (first, first + length)


def test_an_area_knows_the_years_in_which_it_existed() -> None:
    haaren = Area("GM0788", "Haaren", AreaLevel.MUNICIPALITY, "PV30", 2012, 2020)
    assert [year for year in (2011, 2012, 2020, 2021) if haaren.existed_in(year)] == [2012, 2020]
    assert not haaren.exists_today


def test_every_level_and_status_can_be_said() -> None:
    assert {len(word.in_words()) > 3 for word in (*AreaLevel, *Status)} == {True}
