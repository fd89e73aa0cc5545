# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""One figure in the districts and neighbourhoods of a municipality, with how sure it is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samenspel.figures.service import Area, AreaLevel, Passport, get_area, get_indicator
from samenspel.outcomes.service import NoComparison, PartEstimate
from samenspel.pages import queries
from samenspel.pages.addresses import area_address
from samenspel.pages.presenters import cards, charts
from samenspel.pages.presenters.numbers import cell
from samenspel.pages.presenters.ranges import heading, in_cell
from samenspel.pages.presenters.words import dutch
from samenspel.platform.service import charts as kit
from samenspel.platform.service import components

# More districts than this make a drawing that nobody reads: their table says the same.
MOST_BARS = 24


@dataclass(frozen=True, slots=True)
class DistrictsView:
    """A map (hatched where uncertain), the ranges, and the neighbourhoods in a table."""

    map: SafeString
    lead: str
    ranges: SafeString
    table: SafeString
    neighbourhoods: SafeString


def districts_view(area: Area, passport: Passport) -> DistrictsView | None:
    """The parts of this municipality; None when none of them has a figure, and none is looked for."""
    return _drawn(queries.version(), get_language() or "nl", area, passport.key)


# A large municipality has hundreds of neighbourhoods: what is drawn of them is kept, some 50 kB each at most.
@lru_cache(maxsize=200)
def _drawn(version: str, language: str, area: Area, key: str) -> DistrictsView | None:
    passport = get_indicator(key)
    estimates = queries.estimates_of_parts(area, passport) if queries.is_compared(passport) else None
    neighbourhoods = _neighbourhoods(area, passport)
    if estimates is None or isinstance(estimates, NoComparison):
        drawn = charts.district_map(area, passport)
        # A figure that is compared has its districts looked for; where there are none the page says why.
        why = dutch(estimates.sentence) if isinstance(estimates, NoComparison) and not drawn else ""
        if not drawn and not neighbourhoods and not why:
            return None
        return DistrictsView(drawn, why, SafeString(""), SafeString(""), neighbourhoods)
    chart = charts.estimates_chart(area, passport, estimates)
    bars = ranges_chart(area, passport, estimates)
    return DistrictsView(
        map=kit.figure(chart, name=passport.key, table=False) if chart else SafeString(""),
        lead=_(
            "In een wijk wonen weinig mensen. Dan springt een cijfer door toeval op en neer. Daarom rekenen wij elke "
            "wijk een stukje naar het cijfer van de hele gemeente toe. Hoe kleiner de wijk, hoe meer. De kaart laat "
            "dat berekende cijfer zien. Gestreept is onzeker."
        ),
        ranges=kit.figure(bars, name=passport.key, table=False) if len(estimates) <= MOST_BARS else SafeString(""),
        table=_table(bars.table()),
        neighbourhoods=neighbourhoods,
    )


def ranges_chart(area: Area, passport: Passport, estimates: Sequence[PartEstimate]) -> kit.IntervalBars:
    """Each district with its figure as published and as calculated, both with their ranges, by name."""
    unit = charts.chart_unit(passport)
    bars = [
        kit.IntervalBar(
            name=place.name,
            value=one.shrunken,
            low=one.shrunken_interval.lower,
            high=one.shrunken_interval.upper,
            raw=one.value,
            raw_low=one.interval.lower,
            raw_high=one.interval.upper,
            uncertain=one.uncertain,
            url=area_address(place),
        )
        for place, one in sorted(((get_area(one.area), one) for one in estimates), key=lambda pair: _by_name(pair[0]))
    ]
    return kit.IntervalBars(
        title=_("%(title)s per wijk in %(place)s, %(period)s")
        % {"title": cards.title(passport), "place": area.name, "period": estimates[0].period},
        unit=unit,
        area=_("Wijk"),
        bars=tuple(bars),
        value=_("berekend"),
        raw=_("zoals gepubliceerd"),
    )


def _neighbourhoods(area: Area, passport: Passport) -> SafeString:
    found = queries.latest_of_parts(area, passport, AreaLevel.NEIGHBOURHOOD)
    if not found:
        return SafeString("")
    every = components.Table(
        caption=_("%(title)s per buurt in %(place)s, %(period)s")
        % {"title": cards.title(passport), "place": area.name, "period": found[0][1].period},
        columns=[
            components.Column(_("Buurt")),
            components.Column(cards.title(passport), numeric=True),
            components.Column(heading(), numeric=True),
        ],
        rows=[
            [components.Link(place.name, area_address(place)), cell(passport, point), in_cell(passport, around)]
            for place, point, around in found
        ],
        name="buurten",
    )
    return _table(every)


def _table(table: components.Table) -> SafeString:
    return render_to_string("pages/_table.html", {"table": table})


def _by_name(area: Area) -> tuple[str, str]:
    return area.name.casefold(), area.code
