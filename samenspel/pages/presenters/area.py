# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of an area: who lives here, how people are doing, which help is used, and what lies in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samenspel.figures.service import (
    Area,
    AreaLevel,
    Passport,
    Point,
    Range,
    get_area,
    get_indicator,
    municipality_of,
    slug,
    uncertainty_of,
)
from samenspel.outcomes import service as outcomes
from samenspel.pages import queries
from samenspel.pages.addresses import all_figures_address, area_address, figure_address, outcomes_address
from samenspel.pages.presenters import cards, charts, structured
from samenspel.pages.presenters.cards import FigureCard, figure_card
from samenspel.pages.presenters.numbers import cell, with_unit
from samenspel.pages.presenters.outcome import ComparisonView
from samenspel.pages.presenters.outcomes import in_short
from samenspel.pages.presenters.ranges import heading as range_heading
from samenspel.pages.presenters.ranges import range_cell
from samenspel.pages.presenters.trail import trail
from samenspel.pages.presenters.words import english, said
from samenspel.pages.selection import AGES, FACTS, HOUSEHOLDS, MAPS, SECTIONS, Section
from samenspel.platform.service import components


@dataclass(frozen=True, slots=True)
class CardSection:
    """A heading, a lead, and the cards beneath it."""

    key: str
    heading: str
    lead: str
    cards: Sequence[FigureCard]
    unknown: str


@dataclass(frozen=True, slots=True)
class AreaPage:
    """All that the page of a municipality, district or neighbourhood shows."""

    area: Area
    kind: str
    trail: Sequence[tuple[str, str]]
    population: str
    facts: Sequence[tuple[str, str]]
    ages: SafeString
    households: SafeString
    sections: Sequence[CardSection]
    comparisons: Sequence[ComparisonView]
    outcomes_address: str
    map: SafeString
    map_choices: Sequence[tuple[str, str, bool]]
    map_missing: str
    parts: Sequence[components.Link]
    parts_address: str
    all_figures_address: str
    report_address: str
    structured: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TopicTable:
    """The figures of one topic in a table."""

    heading: str
    table: components.Table


@dataclass(frozen=True, slots=True)
class TopicsPage:
    """All figures of an area in short, topic by topic."""

    area: Area
    trail: Sequence[tuple[str, str]]
    topics: Sequence[TopicTable]


@dataclass(frozen=True, slots=True)
class PartsPage:
    """The districts of a municipality with their neighbourhoods."""

    area: Area
    trail: Sequence[tuple[str, str]]
    districts: Sequence[tuple[components.Link, Sequence[components.Link]]]


@dataclass(frozen=True, slots=True)
class GonePage:
    """A municipality that no longer exists, and what became of it."""

    area: Area
    year: int
    successors: Sequence[components.Link]


def area_page(area: Area, map_of: str = "", base: str = "") -> AreaPage:
    """The page of this area. `map_of`: the key of the indicator on the map (an unknown one gives the first).

    `base` is the address of this installation without a slash at its end.
    """
    facts = [figure for figure in queries.compare(area, FACTS) if cards.latest_value(figure.here)]
    population = next((figure for figure in facts if figure.passport.key == "population"), None)
    point = cards.latest_value(population.here) if population else None
    whole = area.level is AreaLevel.MUNICIPALITY
    shown = map_of if map_of in MAPS else MAPS[0]
    around = area if whole else municipality_of(area.code)
    doubts = around is not None and not outcomes.contributions.why_closed(around.code)
    return AreaPage(
        area=area,
        kind=_kind(area),
        trail=trail(area),
        population=_population(population.passport, point) if population and point else "",
        facts=[(cards.title(figure.passport), _fact(figure)) for figure in facts],
        ages=_composition(area, _("Leeftijd van de inwoners"), AGES),
        households=_composition(area, _("Huishoudens"), HOUSEHOLDS),
        sections=[_section(area, section, doubts=doubts) for section in SECTIONS],
        comparisons=in_short(area) if whole else [],
        outcomes_address=outcomes_address(area) if whole else "",
        map=charts.district_map(area, get_indicator(shown)) if whole else SafeString(""),
        map_choices=[(key, cards.title(get_indicator(key)), key == shown) for key in MAPS] if whole else [],
        map_missing=_("Voor twee of meer wijken van deze gemeente is hierover geen cijfer. Daarom is er geen kaart."),
        parts=_part_links(area),
        parts_address=reverse("pages:parts", args=[slug(area)]) if whole else "",
        all_figures_address=all_figures_address(area),
        report_address=reverse("pages:report", args=[slug(area)]) if whole else "",
        structured=structured.area(base, area),
    )


def topics_page(area: Area) -> TopicsPage:
    """Every indicator that this kind of area has, with the Netherlands beside it."""
    return TopicsPage(
        area=area,
        trail=[*trail(area)[:-1], (area.name, area_address(area)), (_("Alle cijfers"), "")],
        topics=[
            TopicTable(said(topic), _topic_table(area, said(topic), figures))
            for topic, figures in queries.figures_by_topic(area).items()
        ],
    )


def parts_page(area: Area) -> PartsPage:
    """The districts and neighbourhoods, by name."""
    return PartsPage(
        area=area,
        trail=[*trail(area)[:-1], (area.name, area_address(area)), (_("Wijken en buurten"), "")],
        districts=[
            (_area_link(district), [_area_link(part) for part in parts])
            for district, parts in queries.districts_and_neighbourhoods(area)
        ],
    )


def gone_page(area: Area) -> GonePage:
    """What became of a municipality that no longer exists."""
    heirs = sorted(area.successors, key=lambda one: -one.area_share)
    return GonePage(
        area=area,
        year=min((one.year for one in heirs), default=(area.valid_to or 0) + 1),
        successors=[_area_link(get_area(one.code)) for one in heirs],
    )


def offered(keys: Sequence[str], area: Area) -> list[Passport]:
    """The passports of these keys that this level of area has."""
    return [get_indicator(key) for key in keys if area.level in get_indicator(key).levels]


def _composition(area: Area, title: str, shares: Sequence[tuple[str, object]]) -> SafeString:
    figures = queries.compare(area, [key for key, _name in shares])
    return charts.composition(title, figures, [str(name) for _key, name in shares])


def _section(area: Area, section: Section, *, doubts: bool) -> CardSection:
    figures = queries.compare(area, [passport.key for passport in offered(section.indicators, area)])
    shown = figures
    if area.level is not AreaLevel.MUNICIPALITY:
        # Most sources stop at the municipality. One sentence says so, instead of a card without a figure for each.
        shown = [figure for figure in figures if cards.latest_value(figure.here)]
    unknown = [cards.title(figure.passport) for figure in figures if figure not in shown]
    return CardSection(
        key=section.key,
        heading=str(section.heading),
        lead=str(section.lead),
        cards=[figure_card(figure, charts.over_the_years(figure, table=True), doubts=doubts) for figure in shown],
        unknown=_("De bron heeft hier geen cijfer over: %(titles)s.") % {"titles": ", ".join(unknown)}
        if unknown
        else "",
    )


def _topic_table(area: Area, heading: str, figures: Sequence[queries.Compared]) -> components.Table:
    rows: list[list[str | components.Link]] = []
    unknown: list[str] = []
    for figure in figures:
        passport, point = figure.passport, cards.latest_value(figure.here)
        if point is None:
            unknown.append(cards.title(passport))
            continue
        same = [next((p for p in other.points if p.period == point.period), None) for other in figure.around]
        rows.append(
            [
                components.Link(cards.title(passport), figure_address(area, passport.key)),
                cell(passport, point),
                range_cell(passport, point),
                *(cell(passport, other) for other in same),
                point.period,
            ]
        )
    return components.Table(
        caption=heading,
        columns=[
            components.Column(_("Cijfer")),
            components.Column(area.name, numeric=True),
            components.Column(range_heading(), numeric=True),
            *(components.Column(charts.short_name(other), numeric=True) for other in figures[0].around),
            components.Column(_("Jaar"), numeric=True),
        ],
        rows=rows,
        note=_("De bron heeft hier geen cijfer over: %(titles)s.") % {"titles": ", ".join(unknown)} if unknown else "",
    )


def _population(passport: Passport, point: Point) -> str:
    if english():
        return f"{cards.title(passport)}: {with_unit(passport, point.value or 0)}."
    return cards.value_in_words(passport, point)


def _fact(figure: queries.Compared) -> str:
    point = cards.latest_value(figure.here)
    assert point is not None
    words = {
        "value": cell(figure.passport, point),
        "period": point.period,
        "range": range_cell(figure.passport, point),
    }
    if isinstance(uncertainty_of(figure.passport, point), Range):
        return _("%(value)s (%(period)s, tussen %(range)s)") % words
    return _("%(value)s (%(period)s, %(range)s)") % words


def _kind(area: Area) -> str:
    above = queries.ancestors(area)
    match area.level:
        case AreaLevel.DISTRICT:
            return _("Wijk in %(place)s") % {"place": above[0].name}
        case AreaLevel.NEIGHBOURHOOD:
            return _("Buurt in %(place)s") % {"place": above[0].name}
        case _:
            return _("Gemeente")


def _part_links(area: Area) -> list[components.Link]:
    below = {
        AreaLevel.MUNICIPALITY: AreaLevel.DISTRICT,
        AreaLevel.DISTRICT: AreaLevel.NEIGHBOURHOOD,
    }.get(area.level)
    if below is None:
        return []
    return [_area_link(part) for part in queries.parts_by_name(area, below)]


def _area_link(area: Area) -> components.Link:
    return components.Link(area.name, area_address(area))
