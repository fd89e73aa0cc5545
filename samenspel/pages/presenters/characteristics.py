# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What characteristics of residents go together with, in words: values, range, and what makes it unsure.

Never "therefore": a model of municipalities says what goes together, not what causes what.
"""

import math
from collections.abc import Sequence

from django.utils.translation import gettext as _

from samenspel.outcomes.service import Characteristic, CharacteristicValue
from samenspel.platform.service import dutch

# Below this a characteristic shifts the expected number by less than one in a hundred: not worth a sentence.
MATTERS = 0.01
# A range that reaches no further than this from nothing is little, whatever it is exactly.
LITTLE = 0.02
# A twentieth of a percent is not seen in the numbers as they are written.
UNSEEN = 0.0005


def is_unsure(found: Characteristic) -> bool:
    """Whether what a characteristic goes together with may be nothing at all, in the numbers as they are written."""
    return found.factor_interval.lower < 1 + UNSEEN and found.factor_interval.upper > 1 - UNSEEN


def shifting(characteristics: Sequence[Characteristic]) -> list[Characteristic]:
    """The characteristics that surely shift the expected number, by at least one in a hundred, the largest first."""
    found = [one for one in characteristics if abs(math.log(one.factor)) >= math.log(1 + MATTERS)]
    return sorted((one for one in found if not is_unsure(one)), key=lambda one: -abs(math.log(one.factor)))


def unsure(characteristics: Sequence[Characteristic]) -> list[Characteristic]:
    """Those that may shift it as well as not: their range holds nothing and reaches further than is little."""
    return [
        one
        for one in characteristics
        if is_unsure(one) and max(one.factor_interval.upper - 1, 1 - one.factor_interval.lower) >= LITTLE
    ]


def characteristic_sentence(found: Characteristic, period: str = "") -> str:
    """What a characteristic of the residents goes together with in the expected number, with its name and values.

    Of several that are taken together all values are given. `period` is that of the outcome: another year is named.
    """
    return f"{name_of(found)}: {shift_sentence(found, period)}"


def name_of(found: Characteristic) -> str:
    """The name of a characteristic, or of several that are taken together, in the language of the page."""
    return label(found.group if len(found.values) > 1 else found.label)


def short_name(found: Characteristic, period: str = "") -> str:
    """The name of the group within a sentence, with the year of its values where that is another."""
    return _lower(label(found.group or found.label)) + _other_year(found.period, period)


def label(name: str) -> str:
    """A name from the specifications in the language of the page; `NAMES` has those that have a translation."""
    return _(name)


def shift_sentence(found: Characteristic, period: str = "") -> str:
    """The same without the name: the values, and what they go together with."""
    return f"{values_in_words(found, period)}. {effect_sentence(found)}"


def values_in_words(found: Characteristic, period: str = "") -> str:
    """Here and in the country, for each of the characteristics that are taken together."""
    if len(found.values) > 1:
        several = (f"{_lower(label(one.label))} {_here_and_country(one, period)}" for one in found.values)
        return "; ".join(several)
    one = (
        found.values[0]
        if found.values
        else CharacteristicValue(found.key, found.label, found.here, found.country, found.unit, found.period)
    )
    return _here_and_country(one, period)


def _here_and_country(one: CharacteristicValue, period: str) -> str:
    words = {"here": in_unit(one.here, one.unit), "country": in_unit(one.country, one.unit)}
    shown = _("hier %(here)s, in Nederland %(country)s") % words
    if one.computed:
        shown = _("hier %(here)s, in Nederland %(country)s (door ons berekend)") % words
    return shown + _other_year(one.period, period)


def _other_year(year: str, period: str) -> str:
    """Which year values are of, where that is another than the outcome's."""
    return " " + _("(cijfers van %(year)s)") % {"year": year} if year and period and year != period else ""


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def effect_sentence(found: Characteristic) -> str:
    """What goes together with the values: so much more or fewer expected, with its range and what makes it unsure."""
    limits = found.factor_interval
    words = {"shift": _part_of(found.factor), "low": _signed(limits.lower), "high": _signed(limits.upper)}
    if math.isinf(limits.upper):
        more, less = _("Dat gaat samen met %(shift)s meer."), _("Dat gaat samen met %(shift)s minder.")
        said = (more if found.factor > 1 else less) % words
    elif is_unsure(found):
        said = _("Of dit verschil maakt, weten wij niet: het kan ook nul zijn (tussen %(low)s en %(high)s).") % words
    elif found.factor > 1:
        words |= {"low": _part_of(limits.lower), "high": _part_of(limits.upper)}
        said = _("Dat gaat samen met %(shift)s meer (tussen %(low)s en %(high)s meer).") % words
    else:
        words |= {"low": _part_of(limits.upper), "high": _part_of(limits.lower)}
        said = _("Dat gaat samen met %(shift)s minder (tussen %(low)s en %(high)s minder).") % words
    if found.outside:
        said += " " + _("Zo’n waarde heeft geen van de gemeenten waarvan wij leerden.")
    if found.against_published and not is_unsure(found):
        said += " " + _(
            "Ander onderzoek vond het omgekeerde. Wij houden hier alle andere kenmerken gelijk; dat kan het verschil "
            "verklaren."
        )
    return said


def _part_of(factor: float) -> str:
    """How far a factor is from 1: 1.06 and 0.94 give "6 %"; below one in a hundred with a decimal."""
    shift = abs(factor - 1) * 100
    return dutch.percent(shift, 0 if shift >= 0.95 else 1)


def _signed(factor: float) -> str:
    words = {"percent": _part_of(factor)}
    return _("%(percent)s meer") % words if factor > 1 else _("%(percent)s minder") % words


def in_unit(value: float, unit: str) -> str:
    """The value of a characteristic with its unit."""
    match unit:
        case "percent":
            return dutch.percent(value, 1)
        case "euro":
            return dutch.money(value)
        case "per_1000":
            return _("%(number)s per 1.000") % {"number": dutch.number(value)}
        case "per_km2":
            return _("%(number)s per km²") % {"number": dutch.number(value)}
        case _:
            return dutch.number(value, 0 if abs(value) >= 100 else 1)
