# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a contribution can be about: kinds of subjects, each with how its id is read. Storeys above register theirs.

A figure is "<area>:<indicator>" ("GM0193:lonely"); the indicator itself is its key ("lonely").
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from samenspel.figures.service import (
    Area,
    AreaLevel,
    UnknownArea,
    UnknownIndicator,
    get_area,
    get_indicator,
    latest,
    slug,
)

FIGURE = "figure"
INDICATOR = "indicator"
LEAST_INHABITANTS = 1000
"""A story beside a figure of a smaller district would tell too much about who the teller is (statistics.md 2.10)."""
INHABITANTS = "population"


class UnknownSubject(LookupError):
    """There is no such subject, or nobody can contribute to it. The message is a Dutch sentence for the reader."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What it is about.

    `title`: as readers know it ("Voelen mensen zich eenzaam?"); `place`: where, in words, or "". `municipality`: the
    code of the municipality it belongs to, or "" when the contribution itself says for which one it speaks. `address`:
    its page. `owner`: who answers for it, in words, or "" for the municipality.
    """

    kind: str
    id: str
    title: str
    place: str
    municipality: str
    address: str
    owner: str = ""

    @property
    def reference(self) -> str:
        """Kind and id in one, as in addresses: "figure:GM0193:lonely"."""
        return f"{self.kind}:{self.id}"


Resolve = Callable[[str], Subject]
_kinds: dict[str, Resolve] = {}


def register_subject_kind(slug: str, resolve: Resolve) -> None:
    """Make a kind of subject known ("claim", "expectation"); call it when the app of that storey is ready.

    `resolve` gives the subject of an id and raises UnknownSubject with a Dutch sentence. Ids hold no personal data:
    they stand in addresses and in the audit trail. Raises ValueError when the slug is taken by another function.
    """
    if _kinds.setdefault(slug, resolve) is not resolve:
        raise ValueError(f"The kind of subject {slug!r} is registered twice.")


def find_subject(kind: str, id: str) -> Subject:
    """The subject; raises UnknownSubject."""
    resolve = _kinds.get(kind)
    if resolve is None or not id or len(id) > 120:
        raise UnknownSubject(_("Wij weten niet waar dit over gaat. Kies een cijfer op de pagina van uw gemeente."))
    return resolve(id)


def subject_of_reference(reference: str) -> Subject:
    """The subject of "figure:GM0193:lonely"; raises UnknownSubject."""
    kind, _colon, id = reference.partition(":")
    return find_subject(kind, id)


def figure_id(area: str, indicator: str) -> str:
    """The id of a figure: "GM0193:lonely"."""
    return f"{area}:{indicator}"


def _figure(id: str) -> Subject:
    code, _colon, key = id.partition(":")
    try:
        area, passport = get_area(code), get_indicator(key)
    except (UnknownArea, UnknownIndicator) as error:
        raise UnknownSubject(str(error)) from error
    municipality = _municipality(area)
    if area.level is AreaLevel.DISTRICT:
        _check_large_enough(area)
        address = reverse("pages:figure_of_district", args=[area.code, passport.key])
    else:
        address = reverse("pages:figure", args=[slug(area), passport.key])
    return Subject(
        kind=FIGURE,
        id=figure_id(area.code, passport.key),
        title=passport.question,
        place=area.name,
        municipality=municipality,
        address=address,
    )


def _municipality(area: Area) -> str:
    if not area.exists_today:
        raise UnknownSubject(_("Deze gemeente of wijk bestaat niet meer. Kies die van nu."))
    if area.level is AreaLevel.MUNICIPALITY:
        return area.code
    if area.level is AreaLevel.DISTRICT and area.parent:
        return area.parent
    raise UnknownSubject(
        _("Een verhaal kan bij een cijfer van een gemeente of wijk. Een buurt is te klein: mensen herkennen u snel.")
    )


def _check_large_enough(area: Area) -> None:
    people = latest(area, INHABITANTS)
    if people is None or people.value is None or people.value < LEAST_INHABITANTS:
        raise UnknownSubject(
            _("In deze wijk wonen te weinig mensen: zij kunnen u herkennen. Vertel uw verhaal bij de hele gemeente.")
        )


def _indicator(id: str) -> Subject:
    try:
        passport = get_indicator(id)
    except UnknownIndicator as error:
        raise UnknownSubject(str(error)) from error
    return Subject(
        kind=INDICATOR,
        id=passport.key,
        title=passport.question,
        place="",
        municipality="",
        address=reverse("pages:indicator", args=[passport.key]),
        owner=passport.owner,
    )


register_subject_kind(FIGURE, _figure)
register_subject_kind(INDICATOR, _indicator)
