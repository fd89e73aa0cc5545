# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The chart over the years: a break interrupts every line, and all lines end in one year."""

import re
from dataclasses import replace

import pytest
from django.utils.translation import override

from samenspel.figures.service import Break, Point, Series, Status, get_area, get_indicator
from samenspel.pages.presenters import charts
from samenspel.pages.queries import Compared, compare

pytestmark = pytest.mark.usefixtures("figure_store")


def _series(code: str, values: dict[int, float], *breaks: Break) -> Series:
    points = tuple(Point(str(year), value, Status.PUBLISHED) for year, value in values.items())
    return Series(get_area(code), "health_good", "", points, breaks)


def _chart(here: Series, *around: Series) -> str:
    with override("nl"):
        return str(charts.over_the_years(Compared(get_indicator("health_good"), here, around)))


def test_a_break_of_the_country_shows_where_the_place_has_none() -> None:
    """The place has no figure after the break of 2020, and the line of the Netherlands runs on past it."""
    changed = Break("2018", "Er is anders gevraagd.")
    here = _series("GM0193", {2018: 70.0, 2020: 71.0})
    country = _series("NL00", {2016: 75.0, 2018: 70.0, 2020: 70.0}, changed)
    drawing = _chart(here, country)
    assert "Er is anders gevraagd." in drawing
    assert "Er is anders gevraagd." not in _chart(here, replace(country, breaks=()))


def test_lines_end_in_the_last_year_of_the_place() -> None:
    """The country has a figure of 2022 by another method; beside the label of 2020 it seemed one of the same year."""
    figure = compare(get_area("GM0193"), ["health_good"])[0]
    assert figure.country is not None
    assert figure.country.points[-1].period == "2022"
    with override("nl"):
        drawing = str(charts.over_the_years(figure))
    assert "2022" not in re.sub(r"<(title|caption)>.*?</\1>", "", drawing)
    with override("nl"):
        national = str(charts.over_the_years(compare(get_area("NL00"), ["health_good"])[0]))
    assert "rechtstreeks uit de enquête" in national


def test_a_line_that_ends_before_the_place_does_says_in_which_year() -> None:
    drawing = _chart(_series("GM0193", {2020: 70.0, 2022: 71.0}), _series("NL00", {2016: 75.0, 2020: 73.0}))
    assert re.search(r">73,0\s% \(2020\)<", drawing)
    assert re.search(r">71,0\s%<", drawing)
