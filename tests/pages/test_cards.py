# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a card compares with says where it comes from."""

import pytest
from django.utils.translation import override

from samenspel.figures.service import Status, get_area, get_indicator, series
from samenspel.pages.presenters.cards import comparison, latest_value
from samenspel.pages.queries import Compared

pytestmark = pytest.mark.usefixtures("figure_store")


def _compared(code: str, key: str) -> tuple[str, Status]:
    """The comparison of the card, and the mark of the country's figure of the same year."""
    here, country = series(code, key), series("NL00", key)
    point = latest_value(here)
    assert point is not None
    with override("nl"):
        words = comparison(Compared(get_indicator(key), here, (country,)), point)
    assert get_area(code).level == "municipality"
    return words, next(one.status for one in country.points if one.period == point.period)


def test_a_figure_of_the_country_that_we_computed_says_so() -> None:
    """CBS publishes no percentage of married people in the whole country here: it is our mean of municipalities."""
    words, status = _compared("GM0193", "married_share")
    assert status is Status.DERIVED
    assert "(door ons berekend)." in words
    assert words.count("In heel Nederland") == 1


def test_a_published_figure_of_the_country_does_not() -> None:
    words, status = _compared("GM0193", "lonely")
    assert status is Status.MODEL_ESTIMATE
    assert "In heel Nederland" in words
    assert "door ons berekend" not in words
