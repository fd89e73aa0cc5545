# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbers, shares, money and dates as people read them: in Dutch form, or in English when that language is chosen.

All functions give plain text with no-break spaces where a line must not break. Halves are rounded away from zero, as
statistics offices do, on the decimal form of the number and not on its binary one. None gives an empty text.
"""

import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import formats
from django.utils.translation import get_language, gettext, gettext_noop, ngettext

NO_BREAK = "\u00a0"
MINUS = "\u2212"
_LARGE = ((Decimal(10) ** 9, gettext_noop("miljard")), (Decimal(10) ** 6, gettext_noop("miljoen")))

Number = int | float | Decimal


def _english() -> bool:
    return (get_language() or "nl").startswith("en")


def _rounded(value: Number, decimals: int) -> Decimal:
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def number(value: Number | None, decimals: int = 0) -> str:
    """`12345.678` with two decimals: "12.345,68" (English "12,345.68")."""
    if value is None:
        return ""
    rounded = _rounded(value, decimals)
    text = f"{abs(rounded):,.{decimals}f}"
    if not _english():
        text = text.replace(",", "\0").replace(".", ",").replace("\0", ".")
    return f"{MINUS}{text}" if rounded < 0 else text


def percent(value: Number | None, decimals: int = 1) -> str:
    """A share that is already in percent: 12.34 gives "12,3 %" (English "12.3%")."""
    if value is None:
        return ""
    return f"{number(value, decimals)}%" if _english() else f"{number(value, decimals)}{NO_BREAK}%"


def large(value: Number | None) -> str:
    """A large number in words: 17812345 gives "17,8 miljoen"; below a million it is written out ("931.298")."""
    if value is None:
        return ""
    size = abs(Decimal(str(value)))
    for unit, word in _LARGE:
        if size >= unit:
            text = number(Decimal(str(value)) / unit, 1)
            text = text.removesuffix(".0" if _english() else ",0")
            return f"{text}{NO_BREAK}{gettext(word)}"
    return number(value)


def money(value: Number | None, decimals: int = 0) -> str:
    """An amount in euros: 1250 gives "€ 1.250" (English "€1,250")."""
    if value is None:
        return ""
    text = number(value, decimals)
    sign, digits = (MINUS, text[1:]) if text.startswith(MINUS) else ("", text)
    return f"{sign}€{digits}" if _english() else f"€{NO_BREAK}{sign}{digits}"


def per_hundred(share: Number | None, who: str = "") -> str:
    """A percentage as people: 46.3 gives "46 van de 100 inwoners" (`who` is "inwoners" or whom the figure is about).

    Below 1 percent a larger group is taken, so that "0" is said only of nothing: 0.4 gives "4 van de 1.000".
    Above 99 but below 100 it says "meer dan 99 van de 100", so that "all" is said only of everybody.
    """
    if share is None:
        return ""
    exact = Decimal(str(share))
    base = 100
    while 0 < exact * base / 100 < 1 and base < 100_000:
        base *= 10
    count = _rounded(exact * base / 100, 0)
    words = {"count": number(count), "base": number(base)}
    if exact < 100 and count == base:
        words["count"] = number(base - 1)
        text = gettext("meer dan %(count)s van de %(base)s") % words
    else:
        text = gettext("%(count)s van de %(base)s") % words
    return f"{text.removesuffix(words['base']).rstrip()}{NO_BREAK}{words['base']} {who}".strip()


def date(value: datetime.date | None) -> str:
    """ "15 mei 2026" (English "15 May 2026"); a moment is given as its date in local time."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime) and value.tzinfo is not None:
        from django.utils import timezone

        value = timezone.localtime(value)
    return formats.date_format(value, "j F Y")


def count(value: int, singular: str, plural: str) -> str:
    """ "1 gemeente", "1.204 gemeenten"; the words are given in the language of the page."""
    return f"{number(value)} {ngettext(singular, plural, value)}"
