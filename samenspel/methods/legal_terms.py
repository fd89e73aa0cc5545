# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Terms of law in days: which days are holidays, and on which day a term of some weeks ends.

Source: Algemene termijnenwet (BWBR0002448), articles 1 and 3; Easter by the anonymous Gregorian algorithm
(Meeus, Astronomical Algorithms, 1991, chapter 8), good for every year of the Gregorian calendar.
"""

from datetime import MAXYEAR, date, timedelta

_SUNDAY = 6
_SATURDAY = 5
FIRST_YEAR = 2014
"""The first year with King's Day; before, the holiday was 30 April."""


def easter(year: int) -> date:
    """Easter Sunday of a year of the Gregorian calendar (1583 to 9999). Raises ValueError for another year."""
    if not 1583 <= year <= MAXYEAR:
        raise ValueError(f"year is {year}; the Gregorian calendar runs here from 1583 to {MAXYEAR}")
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def holidays(year: int) -> frozenset[date]:
    """The generally recognised holidays of article 3: paragraphs 1 (with 5 May) and 2 (Good Friday).

    King's Day is 27 April, or the day before when that is a Sunday. Days that article 3, paragraph 3 lets the
    government add for one year are not known here. Raises ValueError before 2014, when the holidays were others.
    """
    if year < FIRST_YEAR:
        raise ValueError(f"year is {year}; these holidays hold from {FIRST_YEAR}")
    sunday, kings_day = easter(year), date(year, 4, 27)
    if kings_day.weekday() == _SUNDAY:
        kings_day -= timedelta(days=1)
    moving = (sunday + timedelta(days=days) for days in (-2, 1, 39, 50))  # Good Friday, Easter Monday, Ascension, Whit
    fixed = (date(year, 1, 1), kings_day, date(year, 5, 5), date(year, 12, 25), date(year, 12, 26))
    return frozenset((*moving, *fixed))


def is_working_day(day: date) -> bool:
    """Is it no Saturday, no Sunday and no generally recognised holiday? Raises ValueError before 2014."""
    return day.weekday() not in (_SATURDAY, _SUNDAY) and day not in holidays(day.year)


def next_working_day(day: date) -> date:
    """The day itself when it is a working day, else the first one after it (article 1, paragraph 1)."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def term_in_weeks(begins_after: date, weeks: int) -> date:
    """The last day of a term of `weeks` (1 or more) that begins the day after `begins_after`.

    It is the same day of the week, moved to the next working day when it falls on a Saturday, Sunday or holiday.
    Raises ValueError for less than one week.
    """
    if weeks < 1:
        raise ValueError(f"weeks is {weeks}; a term has at least 1 week")
    return next_working_day(begins_after + timedelta(weeks=weeks))
