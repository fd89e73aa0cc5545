# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""When a number is about too few people, in which areas, and in which words that is said.

Sources: ACRO's default of 10 (Green, Ritchie and Smith 2021); 30 respondents and 100 adults for a neighbourhood.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

LEAST_RESPONDENTS = 10
LEAST_FOR_UNANIMITY = 30
LEAST_NEIGHBOURHOOD_RESPONDENTS = 30
LEAST_NEIGHBOURHOOD_ADULTS = 100


class Status(StrEnum):
    """Whether a cell has a number."""

    SHOWN = "shown"
    WITHHELD = "withheld"


class Reason(StrEnum):
    """Why a cell has no number; `words` says it to people.

    No reason tells a cell that is small itself from one that protects another: that would be a clue to both.
    """

    FEW = "few"
    SMALL_AREA = "small_area"
    EARLIER = "earlier"
    BUDGET = "budget"

    @property
    def words(self) -> str:
        """The Dutch sentence for readers."""
        return _WORDS[self]

    @property
    def code(self) -> str:
        """The short machine-readable Dutch text that stands in files of open data."""
        return _CODES[self]


_CODES = {
    Reason.FEW: "onderdrukt: minder dan 10 deelnemers, of nodig om zo'n cijfer te beschermen",
    Reason.SMALL_AREA: "onderdrukt: minder dan 30 deelnemers of 100 volwassen inwoners in de buurt",
    Reason.EARLIER: "onderdrukt: met eerdere publicaties zou een antwoord te berekenen zijn",
    Reason.BUDGET: "onderdrukt: dit jaar is al genoeg over deze deelnemers gepubliceerd",
}
_WORDS = {
    Reason.FEW: (
        "We laten dit cijfer niet zien. Er deden te weinig mensen mee om ieders antwoord geheim te houden, "
        "of iemand zou er een ander antwoord mee kunnen uitrekenen."
    ),
    Reason.SMALL_AREA: (
        "We laten dit cijfer niet per buurt zien. Er deden te weinig mensen mee om ieders antwoord geheim te houden. "
        "Kijk naar het cijfer van de wijk of de gemeente."
    ),
    Reason.EARLIER: (
        "We laten dit cijfer niet zien. Samen met cijfers die al eerder verschenen, zou iemand een antwoord kunnen "
        "uitrekenen."
    ),
    Reason.BUDGET: "We laten nu geen nieuw cijfer zien. Dit jaar verscheen al genoeg over wie meedeed.",
}


class Level(StrEnum):
    """A level of the one hierarchy of areas."""

    MUNICIPALITY = "municipality"
    DISTRICT = "district"
    NEIGHBOURHOOD = "neighbourhood"


def is_small(count: int) -> bool:
    """Fewer than ten people; nobody at all is small too, because it says of everybody that they are not in it."""
    return count < LEAST_RESPONDENTS


def is_unanimous(count: int, base: int) -> bool:
    """(Nearly) nobody or everybody of fewer than 30: then the answer of each of them is known (group disclosure)."""
    return base < LEAST_FOR_UNANIMITY and (count <= 0 or count >= base)


@dataclass(frozen=True, slots=True)
class Place:
    """An area of the hierarchy: its code, level, the area around it ("" for the top), its respondents and adults."""

    code: str
    level: Level
    parent: str
    respondents: int
    adults: int | None = None


def check_hierarchy(paths: Iterable[Sequence[str]]) -> None:
    """Every area lies in one other area. Raises ValueError for a second hierarchy: differences of the two tell."""
    parents: dict[str, str] = {}
    for path in paths:
        if not 1 <= len(path) <= len(Level):
            raise ValueError(f"areas: {tuple(path)} is not a municipality, district and neighbourhood")
        for index, code in enumerate(path):
            parent = path[index - 1] if index else ""
            if parents.setdefault(code, parent) != parent:
                raise ValueError(f"areas: {code} lies in {parents[code]!r} and in {parent!r}")


def shown_places(places: Iterable[Place]) -> Mapping[str, Reason | None]:
    """For each area None when its figures may be shown, else the reason.

    A municipality or district needs ten respondents, a neighbourhood thirty and a hundred adults (an unknown number is
    too few); an area in one that is not shown is not shown. Then the difference: what is not shown of an area must be
    nobody or at least ten respondents, else the smallest shown part is withheld too, until it is.
    """
    given = {place.code: place for place in places}
    found: dict[str, Reason | None] = {}
    order = list(Level)
    for place in sorted(given.values(), key=lambda p: (order.index(p.level), p.code)):
        if place.parent and place.parent not in given:
            raise ValueError(f"places: {place.code} lies in {place.parent}, which is not there")
        found[place.code] = _own_reason(place)
        if place.parent and found[place.parent] is not None:
            found[place.code] = found[place.code] or Reason.FEW
    for parent in [code for code in found if found[code] is None]:
        parts = [place for place in given.values() if place.parent == parent]
        while True:
            rest = sum(place.respondents for place in parts if found[place.code] is not None)
            rest += given[parent].respondents - sum(place.respondents for place in parts)
            shown = [place for place in parts if found[place.code] is None]
            if not is_small(rest) or rest == 0 or not shown:
                break
            smallest = min(shown, key=lambda place: (place.respondents, place.code))
            for code in _inside(smallest.code, given):
                found[code] = found[code] or Reason.FEW
    return found


def _own_reason(place: Place) -> Reason | None:
    if place.level is Level.NEIGHBOURHOOD:
        few = place.respondents < LEAST_NEIGHBOURHOOD_RESPONDENTS
        return Reason.SMALL_AREA if few or (place.adults or 0) < LEAST_NEIGHBOURHOOD_ADULTS else None
    return Reason.FEW if is_small(place.respondents) else None


def _inside(code: str, places: Mapping[str, Place]) -> list[str]:
    return [
        code,
        *(inner for place in places.values() if place.parent == code for inner in _inside(place.code, places)),
    ]
