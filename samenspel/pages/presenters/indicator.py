# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""An indicator for everybody: its passport, how it differs over the country, and the country over the years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samenspel.figures.service import (
    COUNTRY_CODE,
    AreaLevel,
    NoRange,
    Passport,
    Range,
    SourceTable,
    WhyNoRange,
    get_area,
    get_indicator,
    list_indicators,
    snapshot,
    snapshot_today,
    with_ranges,
)
from samenspel.outcomes.service import debate, debate_about, opendata
from samenspel.pages import queries
from samenspel.pages.addresses import csv_address, figure_address
from samenspel.pages.presenters import cards, charts
from samenspel.pages.presenters.figure import tables_of
from samenspel.pages.presenters.numbers import with_unit
from samenspel.pages.presenters.ranges import heading, how_certain, in_cell
from samenspel.pages.presenters.words import dutch, said
from samenspel.platform.service import charts as kit
from samenspel.platform.service import components


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """All that the page of an indicator shows."""

    passport: Passport
    title: str
    trail: Sequence[tuple[str, str]]
    facts: Sequence[tuple[str, str]]
    country: SafeString
    distribution: SafeString
    map: SafeString
    municipalities: components.Table | None
    counterparts: Sequence[components.Link]
    sources: Sequence[SourceTable]
    csv_address: str
    structured: Mapping[str, Any]
    debate: debate.DebateSection


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """The indicators of one topic."""

    heading: str
    indicators: Sequence[tuple[components.Link, str]]


def indicator_page(passport: Passport, base: str = "") -> IndicatorPage:
    """The public page of an indicator; `base` is the address of this installation without a slash at its end."""
    title = cards.title(passport)
    national = queries.compare(get_area(COUNTRY_CODE), [passport.key])[0]
    return IndicatorPage(
        passport=passport,
        title=title,
        trail=[(_("Begin"), reverse("pages:home")), (_("Indicatoren"), reverse("pages:indicators")), (title, "")],
        facts=_facts(passport),
        country=charts.over_the_years(national, table=True),
        distribution=_distribution(passport),
        map=charts.country_map(passport) if AreaLevel.MUNICIPALITY in passport.levels else SafeString(""),
        municipalities=_municipalities(passport),
        counterparts=[
            components.Link(cards.title(get_indicator(key)), reverse("pages:indicator", args=[key]))
            for key in passport.counterparts
        ],
        sources=tables_of(passport),
        csv_address=csv_address(passport.key, niveau="gemeente"),
        structured=opendata.dataset(base, passport),
        debate=debate.debate_section(debate_about(passport.key)),
    )


def indicator_groups(query: str) -> list[TopicGroup]:
    """The indicators whose title, question or meaning holds every word of the query, by topic."""
    words = query.casefold().split()
    groups: dict[str, list[tuple[components.Link, str]]] = {}
    for passport in list_indicators():
        text = f"{passport.title} {passport.title_en} {passport.question} {passport.meaning}".casefold()
        if all(word in text for word in words):
            link = components.Link(cards.title(passport), reverse("pages:indicator", args=[passport.key]))
            groups.setdefault(said(passport.topic), []).append((link, dutch(passport.meaning)))
    return [TopicGroup(heading, found) for heading, found in groups.items()]


def _facts(passport: Passport) -> list[tuple[str, str]]:
    """The passport in pairs, what a reader asks first at the top; what is not there is left out."""
    levels = ", ".join(said(level) for level in passport.levels)
    pairs = [
        (_("Wat het is"), dutch(passport.definition)),
        (_("Wat wordt geteld"), dutch(passport.numerator or "")),
        (_("Waarop dat wordt gedeeld"), dutch(passport.denominator or "")),
        (_("Eenheid"), said(passport.unit)),
        (_("Hoger of lager"), dutch(passport.direction)),
        (_("Jaren"), ", ".join(passport.periods)),
        (_("Voor welke plaatsen"), levels),
        (_("Wie het publiceert"), dutch(passport.publisher)),
        (_("Hoe het is afgerond"), dutch(passport.rounding)),
        (_("Hoe zeker het is"), how_certain(passport)),
        (_("Wat geheim blijft"), dutch(passport.suppression)),
        (_("Gevoelig"), dutch(passport.sensitive or "")),
        (_("Wie dit paspoort beheert"), dutch(passport.owner)),
    ]
    return [pair for pair in pairs if pair[1]]


def _distribution(passport: Passport) -> SafeString:
    """How the municipalities lie between low and high, as a shape without names and without places in a row."""
    if AreaLevel.MUNICIPALITY not in passport.levels:
        return SafeString("")
    frame = snapshot(passport.key, level=AreaLevel.MUNICIPALITY).drop_nulls("value")
    if frame.is_empty():
        return SafeString("")
    period = str(frame["period"][0])
    country = snapshot(passport.key, period=period, level=AreaLevel.COUNTRY)["value"].to_list()
    shape = kit.Distribution(
        title=_("%(title)s in de gemeenten, %(period)s") % {"title": cards.title(passport), "period": period},
        unit=charts.chart_unit(passport),
        values=tuple(frame["value"].to_list()),
        areas=_("gemeenten"),
        country=country[0] if country else None,
        label=charts.why_no_range(with_ranges(frame, passport)),
    )
    return kit.figure(shape, name=f"{passport.key}-verdeling")


def _range_of(row: Mapping[str, Any]) -> Range | NoRange:
    """The range in a row of a frame that went through `with_ranges`."""
    if row["no_range"] is not None:
        return NoRange(WhyNoRange(row["no_range"]))
    return Range(row["lower"], row["upper"], row["confidence"], row["range"])


def _municipalities(passport: Passport) -> components.Table | None:
    """Every municipality by name: an alphabetical list, because a place in a row says nothing."""
    if AreaLevel.MUNICIPALITY not in passport.levels:
        return None
    frame = snapshot_today(passport.key)
    if frame.is_empty():
        return None
    rows = with_ranges(frame, passport).iter_rows(named=True)
    areas = sorted(((get_area(row["area"]), row) for row in rows), key=lambda pair: pair[0].name)
    return components.Table(
        caption=_("%(title)s per gemeente, %(period)s, op alfabet")
        % {"title": cards.title(passport), "period": str(frame["period"][0])},
        columns=[
            components.Column(_("Gemeente")),
            components.Column(cards.title(passport), numeric=True),
            components.Column(heading(), numeric=True),
        ],
        rows=[
            [
                components.Link(area.name, figure_address(area, passport.key)),
                with_unit(passport, row["value"]) if row["value"] is not None else _("geen cijfer"),
                in_cell(passport, _range_of(row)),
            ]
            for area, row in areas
        ],
        name="gemeenten",
    )
