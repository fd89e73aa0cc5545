# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Search results in words: which place, where it lies, and why it was found."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samenspel.figures.service import AreaLevel, AreaMatch
from samenspel.pages.addresses import area_address
from samenspel.pages.queries import ancestors


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """One result: its name, what kind of place it is and where, its address, and a note when the name differs."""

    name: str
    kind: str
    address: str
    note: str


def places_found(matches: Iterable[AreaMatch]) -> list[PlaceFound]:
    """The results in their order."""
    return [_place(match) for match in matches]


def _place(match: AreaMatch) -> PlaceFound:
    area = match.area
    above = ancestors(area)
    kinds = {
        AreaLevel.MUNICIPALITY: _("gemeente"),
        AreaLevel.DISTRICT: _("wijk in %(place)s"),
        AreaLevel.NEIGHBOURHOOD: _("buurt in %(place)s"),
        AreaLevel.PROVINCE: _("provincie"),
        AreaLevel.REGION: _("regio"),
        AreaLevel.COUNTRY: _("land"),
    }
    kind = kinds[area.level]
    if above and "%(place)s" in kind:
        kind = kind % {"place": above[0].name}
    note = ""
    if match.reason == "former_name":
        note = _("%(former)s hoort nu bij %(now)s") % {"former": match.matched_name, "now": area.name}
    return PlaceFound(area.name, kind, area_address(area), note)
