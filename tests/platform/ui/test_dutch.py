# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbers, shares, money and dates in the form that readers are used to."""

import datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samenspel.platform.ui import dutch

NB = "\u00a0"


@pytest.mark.parametrize(
    ("value", "decimals", "written", "english"),
    [
        (1234567.891, 2, "1.234.567,89", "1,234,567.89"),
        (0, 0, "0", "0"),
        (-3.25, 1, "\u22123,3", "\u22123.3"),
        (2.675, 2, "2,68", "2.68"),  # its binary form lies just below
        (0.5, 0, "1", "1"),
        (-0.04, 1, "0,0", "0.0"),
        (Decimal("12.345"), 1, "12,3", "12.3"),
        (None, 1, "", ""),
    ],
)
def test_numbers(value: float | None, decimals: int, written: str, english: str) -> None:
    assert dutch.number(value, decimals) == written
    with translation.override("en"):
        assert dutch.number(value, decimals) == english


def test_shares_and_money() -> None:
    assert dutch.percent(12.34) == f"12,3{NB}%"
    assert dutch.money(1250) == f"€{NB}1.250"
    assert dutch.money(-12.5, 2) == f"€{NB}\u221212,50"
    with translation.override("en"):
        assert dutch.percent(12.34) == "12.3%"
        assert dutch.money(1250) == "€1,250"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (17_812_345, f"17,8{NB}miljoen"),
        (18_000_000, f"18{NB}miljoen"),
        (2_340_000_000, f"2,3{NB}miljard"),
        (931_298, "931.298"),
        (None, ""),
    ],
)
def test_large_numbers_are_said_in_words(value: int | None, written: str) -> None:
    assert dutch.large(value) == written


def test_large_numbers_are_said_in_english_words() -> None:
    with translation.override("en"):
        assert (dutch.large(17_812_345), dutch.large(2_000_000_000)) == ("17.8\u00a0million", "2\u00a0billion")


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (46.3, "46 van de 100 inwoners"),
        (0, "0 van de 100 inwoners"),
        (0.4, "4 van de 1.000 inwoners"),
        (0.05, "5 van de 10.000 inwoners"),
        (100, "100 van de 100 inwoners"),
        (99.7, "meer dan 99 van de 100 inwoners"),
    ],
)
def test_shares_are_said_as_people(share: float, written: str) -> None:
    assert dutch.per_hundred(share, "inwoners").replace(NB, " ") == written


@given(st.floats(min_value=0.001, max_value=99.999))
def test_some_is_never_said_as_none_or_all(share: float) -> None:
    words = dutch.per_hundred(share)
    assert not words.startswith("0 ")
    assert words.replace(NB, " ") != "100 van de 100"


def test_dates() -> None:
    assert dutch.date(datetime.date(2026, 5, 15)) == "15 mei 2026"
    late = datetime.datetime(2026, 5, 14, 23, 30, tzinfo=datetime.UTC)
    assert dutch.date(late) == "15 mei 2026", "in the Netherlands it is already the 15th"
    assert dutch.date(None) == ""
    with translation.override("en"):
        assert dutch.date(datetime.date(2026, 5, 15)) == "15 May 2026"


def test_filters() -> None:
    template = Template(
        "{% load dutch %}{{ n|number:1 }} {{ n|percent }} {{ n|per_hundred:'mensen' }} {{ d|long_date }}"
    )
    shown = template.render(Context({"n": 12.34, "d": datetime.date(2026, 1, 2)}))
    assert shown == f"12,3 12,3{NB}% 12 van de{NB}100 mensen 2 januari 2026"


@given(st.integers(-(10**12), 10**12))
def test_a_whole_number_can_be_read_back(value: int) -> None:
    assert int(dutch.number(value).replace(".", "").replace(dutch.MINUS, "-")) == value
