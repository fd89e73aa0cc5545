# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""One figure of a municipality in full: over the years, by group of people, by district, and its source."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samenspel.figures.service import Area, AreaLevel, Passport, SourceTable, sources, uncertainties_of
from samenspel.outcomes.service import NoComparison, debate
from samenspel.pages import queries
from samenspel.pages.addresses import area_address, csv_address, outcomes_address
from samenspel.pages.presenters import cards, charts, structured
from samenspel.pages.presenters.cards import FigureCard
from samenspel.pages.presenters.districts import DistrictsView, districts_view
from samenspel.pages.presenters.numbers import cell
from samenspel.pages.presenters.outcome import OutcomeView, outcome_view
from samenspel.pages.presenters.ranges import heading, in_cell, range_cell
from samenspel.pages.presenters.trail import trail
from samenspel.pages.presenters.words import dutch, said
from samenspel.platform.service import components

if TYPE_CHECKING:
    from samenspel.outcomes.service import contributions

# The reason that figures of who lives somewhere have for not being compared: there is nothing to explain about that.
NOT_AN_OUTCOME = "not_an_outcome"


@dataclass(frozen=True, slots=True)
class FigurePage:
    """All that the page of one figure of one area shows."""

    area: Area
    passport: Passport
    title: str
    trail: Sequence[tuple[str, str]]
    card: FigureCard
    years: components.Table
    breaks: Sequence[str]
    recoded: bool
    groups: components.Table | None
    outcome: OutcomeView | None
    no_comparison: str
    districts: DistrictsView | None
    outcomes_address: str
    beside: "contributions.Beside | None"
    sources: Sequence[SourceTable]
    csv_address: str
    doubt: components.Link
    passport_address: str
    structured: Mapping[str, Any]

    @property
    def has_figure(self) -> bool:
        """Whether there is something here to tell about or to doubt."""
        return not self.card.missing or self.groups is not None

    @property
    def shows_beside(self) -> bool:
        """Whether stories stand here, or can be told: not where there is neither a figure nor a story."""
        return self.beside is not None and (self.has_figure or bool(self.beside.cards))

    @property
    def takes_doubts(self) -> bool:
        """Whether a doubt about this figure can be sent from here: no invitation that leads nowhere."""
        return self.has_figure and (self.beside is None or not self.beside.closed)


def figure_page(area: Area, passport: Passport, base: str = "") -> FigurePage:
    """The page of this figure for this area; `base` is the address of this installation without a slash at its end."""
    figure = queries.compare(area, [passport.key])[0]
    title = cards.title(passport)
    chart = charts.over_the_years(figure)
    whole = area.level is AreaLevel.MUNICIPALITY
    outcome, no_comparison = _outcome(area, passport) if whole else (None, "")
    return FigurePage(
        area=area,
        passport=passport,
        title=title,
        trail=[*trail(area)[:-1], (area.name, area_address(area)), (title, "")],
        card=cards.figure_card(figure, chart),
        years=_years_table(figure),
        breaks=[dutch(one.reason) for one in figure.here.breaks],
        recoded=figure.here.recoded,
        groups=_groups_table(area, passport, figure),
        outcome=outcome,
        no_comparison=no_comparison,
        districts=districts_view(area, passport) if whole else None,
        outcomes_address=outcomes_address(area) if outcome else "",
        beside=queries.beside(area, passport),
        sources=tables_of(passport),
        csv_address=csv_address(passport.key, gebied=area.code),
        doubt=debate.doubt_link(passport.key, area.code),
        passport_address=reverse("pages:indicator", args=[passport.key]),
        structured=structured.figure(base, area, passport, cards.latest_value(figure.here)),
    )


def _outcome(area: Area, passport: Passport) -> tuple[OutcomeView | None, str]:
    """The sections of the comparison, or why there is none; neither for figures that say who lives here."""
    found = queries.comparison_of(area, passport)
    if not isinstance(found, NoComparison):
        return outcome_view(area, passport), ""
    return None, "" if found.reason == NOT_AN_OUTCOME else dutch(found.sentence)


def tables_of(passport: Passport) -> list[SourceTable]:
    """The source tables of an indicator, in the order of its passport."""
    known = {table.key: table for table in sources()}
    return [known[key] for key in passport.tables if key in known]


def _years_table(figure: queries.Compared) -> components.Table:
    passport = figure.passport
    columns = [figure.here, *figure.around]
    periods = sorted({point.period for one in columns for point in one.points}, reverse=True)
    by_period = [{point.period: point for point in one.points} for one in columns]
    ranges = dict(zip(by_period[0], uncertainties_of(passport, by_period[0].values()), strict=True))
    rows = []
    for period in periods:
        here = by_period[0].get(period)
        row = [period, *(cell(passport, points.get(period)) for points in by_period)]
        row.insert(2, in_cell(passport, ranges[period]) if period in ranges else _("geen cijfer"))
        rows.append([*row, said(here.status) if here else _("geen cijfer")])
    return components.Table(
        caption=_("%(title)s door de jaren") % {"title": cards.title(passport)},
        columns=[
            components.Column(_("Jaar")),
            components.Column(figure.here.area.name, numeric=True),
            components.Column(heading(), numeric=True),
            *(components.Column(charts.short_name(other), numeric=True) for other in figure.around),
            components.Column(_("Soort cijfer hier")),
        ],
        rows=rows,
        note=_("De marges van andere plaatsen staan in het CSV-bestand.") if figure.around else "",
        name="jaren",
    )


def _groups_table(area: Area, passport: Passport, whole: queries.Compared) -> components.Table | None:
    """The latest value for each group of people that the source tells apart; None when it tells none apart."""
    groups = queries.latest_by_group(area, passport)
    if not groups:
        return None
    ages = {value for breakdown in groups for name, value in queries.parts_of(breakdown) if name == "age"}
    rows = [
        [group_in_words(breakdown, ages), cell(passport, point), range_cell(passport, point), point.period]
        for breakdown, point in groups.items()
    ]
    everybody = cards.latest_value(whole.here)
    if everybody is not None:
        rows.insert(0, [_("iedereen"), cell(passport, everybody), range_cell(passport, everybody), everybody.period])
    return components.Table(
        caption=_("%(title)s voor verschillende groepen") % {"title": cards.title(passport)},
        columns=[
            components.Column(_("Groep")),
            components.Column(area.name, numeric=True),
            components.Column(heading(), numeric=True),
            components.Column(_("Jaar"), numeric=True),
        ],
        rows=rows,
        name="groepen",
    )


def group_in_words(breakdown: str, ages: Collection[str] = ()) -> str:
    """A breakdown as people read it: "age=65+" gives "65 jaar en ouder".

    `ages` are the age groups beside it: a group that ends where another begins ends just before that age.
    """
    return ", ".join(
        _age_in_words(value, ages) if name == "age" else _sex_in_words(value)
        for name, value in queries.parts_of(breakdown)
    )


def _age_in_words(group: str, ages: Collection[str]) -> str:
    if group.endswith("+"):
        return _("%(age)s jaar en ouder") % {"age": group[:-1]}
    first, _dash, last = group.partition("-")
    if not last:
        return _("%(age)s jaar") % {"age": first}
    # The health monitor writes 18-65 beside 65+ for everybody from 18 up to the 65th birthday.
    if f"{last}+" in ages:
        return _("%(first)s tot %(last)s jaar") % {"first": first, "last": last}
    return _("%(first)s tot en met %(last)s jaar") % {"first": first, "last": last}


def _sex_in_words(group: str) -> str:
    return {"men": _("mannen"), "women": _("vrouwen")}.get(group, group)
