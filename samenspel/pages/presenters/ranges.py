# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The range of a figure in words, or the reason that it has none: beside every figure that is shown."""

from django.utils.translation import gettext as _

from samenspel.figures.service import NoRange, Passport, Point, Range, Unit, uncertainty_of
from samenspel.platform.service import dutch

# As many decimals are written as keep both ends within this part of the width.
_TOLERANCE = 0.1
_MORE_DECIMALS = 3


def ends(passport: Passport, found: Range, *, sign: bool = True) -> dict[str, str]:
    """Both ends as they are read, under `lower` and `upper`, with as many decimals as tell them apart.

    `sign`: percentages with their sign; without it as numbers out of a hundred.
    """
    start = passport.decimals if sign or passport.unit is not Unit.PERCENT else 0
    width = found.upper - found.lower
    decimals = next(
        (
            places
            for places in range(start, start + _MORE_DECIMALS)
            if all(abs(round(end, places) - end) <= _TOLERANCE * width for end in (found.lower, found.upper))
        ),
        start + _MORE_DECIMALS - 1,
    )
    write = dutch.percent if sign and passport.unit is Unit.PERCENT else dutch.number
    return {"lower": write(found.lower, decimals), "upper": write(found.upper, decimals)}


def range_in_words(passport: Passport, found: Range | NoRange) -> str:
    """One short sentence for a range; empty when there is none."""
    if isinstance(found, NoRange):
        return ""
    words = ends(passport, found, sign=False)
    if found.kind == "rounding":
        return _("Door afronding ligt dit tussen %(lower)s en %(upper)s.") % words
    return _("Met toeval erbij ligt dit waarschijnlijk tussen %(lower)s en %(upper)s.") % words


def no_range_in_words(found: Range | NoRange) -> str:
    """One short sentence that says why there is no range; empty when there is one."""
    return _(found.sentence) if isinstance(found, NoRange) else ""


def range_cell(passport: Passport, point: Point | None) -> str:
    """The range in a cell of a table, or in a few words why there is none; "geen cijfer" without a figure."""
    if point is None:
        return _("geen cijfer")
    return in_cell(passport, uncertainty_of(passport, point))


def in_cell(passport: Passport, found: Range | NoRange) -> str:
    """As `range_cell`, of a range that is known already."""
    if isinstance(found, NoRange):
        return _(found.reason.in_short())
    return _("%(lower)s en %(upper)s") % ends(passport, found)


def heading() -> str:
    """The heading of a column of `range_cell`."""
    return _("Waarschijnlijk tussen")


def how_certain(passport: Passport) -> str:
    """What of this indicator's figures is uncertain, in a few sentences: what the range is made of."""
    said = passport.uncertainty
    if said.reason is not None:
        return _(said.reason.in_words())
    if said.kind in ("rounded_count", "rounded_share"):
        return _("Dit is een volledige telling. Waar de bron afrondt, zeggen wij waar het echte getal tussen ligt.")
    words = _(
        "Om hoeveel mensen het gaat, hangt ook van toeval af. Daarom zeggen wij tussen welke getallen dit cijfer met "
        "toeval erbij waarschijnlijk ligt (met 95 procent zekerheid)."
    )
    wholes = {
        "population": _("Waar de bron geen aantal geeft, rekenen wij met alle inwoners van dat jaar."),
        "households": _("Waar de bron geen aantal geeft, rekenen wij met alle huishoudens van dat jaar."),
        "young_people": _("Wij rekenen met ongeveer alle inwoners tot 23 jaar van dat jaar."),
        "working_age": _("Wij rekenen met alle inwoners van 15 tot 65 jaar van dat jaar."),
    }
    return f"{words} {wholes[said.whole]}" if said.whole is not None else words
