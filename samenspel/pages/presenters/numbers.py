# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A figure in words: with its unit, and with a comparison that people can picture."""

from django.utils.translation import gettext as _

from samenspel.figures.service import Passport, Point, Unit
from samenspel.pages.presenters.words import said
from samenspel.platform.service import dutch


def of_hundred(share: float) -> str:
    """A percentage as a number of people out of a hundred; "0" is said only of nobody and "100" only of everybody."""
    if 0 < share < 0.5:
        return _("minder dan 1")
    if 99.5 <= share < 100:
        return _("meer dan 99")
    return dutch.number(share)


def in_sentence(passport: Passport, value: float) -> str:
    """The number as it fits the passport's own sentence: "46", "€ 31.200", "1,2"."""
    match passport.unit:
        case Unit.PERCENT:
            return of_hundred(value)
        case Unit.EURO:
            return dutch.money(value)
        case _:
            return dutch.number(value, passport.decimals)


def with_unit(passport: Passport, value: float) -> str:
    """The number with its unit, for tables and lists: "12,3 %", "€ 31.200", "1,2 km"."""
    match passport.unit:
        case Unit.PERCENT:
            return dutch.percent(value, passport.decimals)
        case Unit.EURO:
            return dutch.money(value)
        case Unit.PERSONS | Unit.HOUSEHOLDS | Unit.DWELLINGS | Unit.COUNT | Unit.RATIO | Unit.CLASS:
            return dutch.number(value, passport.decimals)
        case _:
            return f"{dutch.number(value, passport.decimals)} {said(passport.unit)}"


def compared(passport: Passport, value: float) -> str:
    """The number as it stands in a comparison: "47 van de 100", "€ 31.200", "1,2 km"."""
    if passport.unit is Unit.PERCENT:
        return _("%(number)s van de 100") % {"number": of_hundred(value)}
    return with_unit(passport, value)


def cell(passport: Passport, point: Point | None) -> str:
    """A point in a table: its value with unit, or that there is none."""
    if point is None or point.value is None:
        return _("geen cijfer")
    return with_unit(passport, point.value)
