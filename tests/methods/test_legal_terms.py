# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Terms of law in days, against published calendars and a slow twin."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspel.methods.legal_terms import easter, holidays, is_working_day, next_working_day, term_in_weeks

DAYS = st.dates(date(2014, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    "sunday",
    # Published dates, among them the earliest and the latest that can occur.
    [(1818, 3, 22), (1943, 4, 25), (2000, 4, 23), (2008, 3, 23), (2024, 3, 31), (2026, 4, 5), (2038, 4, 25)],
)  # fmt: skip
def test_easter(sunday: tuple[int, int, int]) -> None:
    assert easter(sunday[0]) == date(*sunday)


def slow_easter(year: int) -> date:
    """The first Sunday after the first ecclesiastical full moon on or after 21 March, by counting days."""
    golden, century = year % 19 + 1, year // 100 + 1
    epact = (11 * golden + 20 + (8 * century + 5) // 25 - 5 - (3 * century // 4 - 12)) % 30
    epact += 1 if epact == 24 or (epact == 25 and golden > 11) else 0
    moon = date(year, 3, 1) + timedelta(days=(44 - epact if 44 - epact >= 21 else 74 - epact) - 1)
    day = moon + timedelta(days=1)
    while day.weekday() != 6:
        day += timedelta(days=1)
    return day


@given(st.integers(1583, 9999))
def test_easter_is_that_of_the_slow_twin(year: int) -> None:
    assert easter(year) == slow_easter(year)


def test_the_holidays_of_2026() -> None:
    """As the central government publishes them."""
    assert sorted(holidays(2026)) == [
        date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 4, 27), date(2026, 5, 5),
        date(2026, 5, 14), date(2026, 5, 25), date(2026, 12, 25), date(2026, 12, 26),
    ]  # fmt: skip


def test_kings_day_is_never_on_a_sunday() -> None:
    assert date(2014, 4, 26) in holidays(2014) and date(2014, 4, 27) not in holidays(2014)
    assert date(2025, 4, 26) in holidays(2025) and date(2026, 4, 27) in holidays(2026)


@pytest.mark.parametrize(
    ("asked", "weeks", "due"),
    [
        (date(2026, 11, 20), 6, date(2027, 1, 4)),  # New Year's Day is a Friday: over the weekend
        (date(2026, 11, 23), 6, date(2027, 1, 4)),
        (date(2026, 2, 20), 6, date(2026, 4, 7)),  # Good Friday, the weekend, Easter Monday
        (date(2026, 11, 13), 6, date(2026, 12, 28)),  # Christmas on Friday and Saturday, then Sunday
        (date(2026, 6, 1), 1, date(2026, 6, 8)),
    ],
)
def test_a_term_ends_on_a_working_day(asked: date, weeks: int, due: date) -> None:
    assert term_in_weeks(asked, weeks) == due


@given(DAYS, st.integers(1, 26))
def test_a_term_is_never_shortened_and_hardly_lengthened(asked: date, weeks: int) -> None:
    due = term_in_weeks(asked, weeks)
    assert is_working_day(due)
    assert timedelta(0) <= due - (asked + timedelta(weeks=weeks)) <= timedelta(days=4)


@given(DAYS)
def test_the_next_working_day_skips_none(day: date) -> None:
    found = next_working_day(day)
    assert not any(is_working_day(day + timedelta(days=n)) for n in range((found - day).days))


def test_what_is_impossible_is_named() -> None:
    with pytest.raises(ValueError, match="weeks is 0"):
        term_in_weeks(date(2026, 1, 5), 0)
    with pytest.raises(ValueError, match="year is 2013"):
        holidays(2013)
    with pytest.raises(ValueError, match="year is 1500"):
        easter(1500)
