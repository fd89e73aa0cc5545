# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""From series to charts: what is drawn of an indicator over the years, by age, and over the districts."""

from collections.abc import Sequence
from functools import lru_cache

import polars as pl
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samenspel.figures.service import (
    COUNTRY_CODE,
    Area,
    AreaLevel,
    NoGeometry,
    NoRange,
    Passport,
    Range,
    Series,
    Unit,
    WhyNoRange,
    geometry,
    get_area,
    get_indicator,
    period_years,
    snapshot,
    snapshot_today,
    store_version,
    uncertainties_of,
    with_ranges,
)
from samenspel.outcomes.service import PartEstimate
from samenspel.pages.addresses import area_address
from samenspel.pages.presenters import cards, ranges
from samenspel.pages.presenters.words import said
from samenspel.pages.queries import Compared
from samenspel.platform.service import charts as kit

# Hatched on the map: the upper end of the range is twice the lower end or more.
UNCERTAIN_FROM = 2.0


def chart_unit(passport: Passport) -> kit.Unit:
    """The unit as charts write it."""
    words, decimals = said(passport.unit), passport.decimals
    match passport.unit:
        case Unit.PERCENT:
            return kit.Unit(words, "percent", decimals)
        case Unit.EURO:
            return kit.Unit(words, "money", decimals)
        case _:
            return kit.Unit(words, "number", decimals)


def over_the_years(figure: Compared, *, table: bool = False) -> SafeString:
    """The drawing of `years_chart`; empty when there is none."""
    chart = years_chart(figure)
    return kit.figure(chart, name=figure.passport.key, caption=False, table=table) if chart else SafeString("")


def years_chart(figure: Compared) -> kit.LineChart | None:
    """Here and around over the years; None when there are fewer than two years with a value."""
    here = _line(figure.here, short_name(figure.here), here=True)
    known = [point.year for point in here.points if point.value is not None]
    if len(known) < 2:
        return None
    drawn = [(here, figure.here)]
    for other in figure.around:
        # What others have of later years stands on their own pages: here the lines end in the same year.
        line = _line(other, short_name(other), here=False, until=max(known))
        if any(point.value is not None for point in line.points):
            drawn.append((line, other))
    return kit.LineChart(
        title=_("%(title)s: %(place)s door de jaren")
        % {"title": cards.title(figure.passport), "place": short_name(figure.here)},
        unit=chart_unit(figure.passport),
        lines=tuple(line for line, _series in drawn),
        gaps=_gaps(drawn),
        from_zero=figure.passport.unit is not Unit.PERSONS,
    )


def composition(title: str, figures: Sequence[Compared], names: Sequence[str]) -> SafeString:
    """The drawing of `composition_chart`; empty when there is none."""
    chart = composition_chart(title, figures, names)
    return kit.figure(chart, name=title) if chart else SafeString("")


def composition_chart(title: str, figures: Sequence[Compared], names: Sequence[str]) -> kit.BarChart | None:
    """Shares under short names, here and in the Netherlands, for the latest year that all of them have here."""
    periods = [{p.period for p in figure.here.points if p.value is not None} for figure in figures]
    shared = set.intersection(*periods) if periods else set()
    if not shared:
        return None
    period = max(shared)
    bars = tuple(
        kit.Bar(
            name=name,
            here=_value(figure.here, period),
            others=_value(figure.country, period) if figure.country else None,
        )
        for figure, name in zip(figures, names, strict=True)
    )
    return kit.BarChart(
        title=f"{title} ({period})",
        unit=chart_unit(figures[0].passport),
        bars=bars,
        here=figures[0].here.area.name,
        others=_("Nederland") if figures[0].country else "",
        label=_composition_note(figures, period),
    )


def _composition_note(figures: Sequence[Compared], period: str) -> str:
    """How far bars may be off: the widest range of those here, or why they have none."""
    found: list[Range | NoRange] = []
    for figure in figures:
        found += uncertainties_of(figure.passport, [p for p in figure.here.points if p.period == period])
    widest = max((one.upper - one.lower for one in found if isinstance(one, Range)), default=None)
    if widest is None:
        return ranges.no_range_in_words(found[0])
    reach = chart_unit(figures[0].passport).write(widest / 2, 1)
    return _("Door afronding kan een balk tot %(reach)s hoger of lager zijn.") % {"reach": reach}


def why_no_range(frame: pl.DataFrame) -> str:
    """Why the figures of a frame that went through `with_ranges` have no range, in a sentence; empty when they have."""
    with_value = frame.filter(pl.col("value").is_not_null())
    reasons = with_value["no_range"].drop_nulls().unique().sort().to_list()
    if not reasons or with_value["no_range"].null_count():
        return ""
    return _(WhyNoRange(reasons[0]).in_words())


def district_map(area: Area, passport: Passport, period: str | None = None, *, table: bool = True) -> SafeString:
    """The drawing of `district_chart`; empty when there is none."""
    chart = district_chart(area, passport, period)
    return kit.figure(chart, name=passport.key, table=table) if chart else SafeString("")


def district_chart(area: Area, passport: Passport, period: str | None = None) -> kit.AreaMap | None:
    """The districts of a municipality coloured by an indicator; None when fewer than two have a figure."""
    try:
        shapes, height = _shapes(store_version(), AreaLevel.DISTRICT, area.code)
    except NoGeometry:
        return None
    frame = snapshot(passport.key, period=period, level=AreaLevel.DISTRICT, within=area.code)
    if frame["value"].drop_nulls().len() < 2:
        return None  # one colour on a map says nothing that the figure does not say
    frame = with_ranges(frame, passport)
    values = tuple(
        kit.AreaValue(
            code=row["area"],
            value=row["value"],
            uncertain=row["range"] == "chance" and row["upper"] >= UNCERTAIN_FROM * row["lower"],
            url=area_address(get_area(row["area"])),
            low=row["lower"],
            high=row["upper"],
        )
        for row in frame.iter_rows(named=True)
    )
    shown = str(frame["period"][0])
    return kit.AreaMap(
        title=_("%(title)s per wijk in %(place)s, %(period)s")
        % {"title": cards.title(passport), "place": area.name, "period": shown},
        unit=chart_unit(passport),
        shapes=shapes,
        values=values,
        height=height,
        area=_("Wijk"),
        label=why_no_range(frame),
    )


def estimates_chart(area: Area, passport: Passport, estimates: Sequence[PartEstimate]) -> kit.AreaMap | None:
    """The districts of a municipality coloured by what was calculated for them, hatched where that is uncertain."""
    try:
        shapes, height = _shapes(store_version(), AreaLevel.DISTRICT, area.code)
    except NoGeometry:
        return None
    values = tuple(
        kit.AreaValue(
            code=one.area,
            value=one.shrunken,
            uncertain=one.uncertain,
            url=area_address(get_area(one.area)),
            low=one.shrunken_interval.lower,
            high=one.shrunken_interval.upper,
        )
        for one in estimates
    )
    if len(values) < 2:
        return None
    return kit.AreaMap(
        title=_("%(title)s per wijk in %(place)s, %(period)s")
        % {"title": cards.title(passport), "place": area.name, "period": estimates[0].period},
        unit=chart_unit(passport),
        shapes=shapes,
        values=values,
        height=height,
        area=_("Wijk"),
    )


def country_map(passport: Passport, period: str | None = None, here: str = "") -> SafeString:
    """The municipalities of the country coloured by an indicator; empty when none has a figure."""
    shapes, height = _shapes(store_version(), AreaLevel.MUNICIPALITY, COUNTRY_CODE)
    frame = snapshot_today(passport.key, period=period)
    if frame.is_empty() or frame["value"].null_count() == frame.height:
        return SafeString("")
    frame = with_ranges(frame, passport)
    chart = kit.AreaMap(
        title=_("%(title)s per gemeente, %(period)s")
        % {"title": cards.title(passport), "period": str(frame["period"][0])},
        unit=chart_unit(passport),
        shapes=shapes,
        values=tuple(
            kit.AreaValue(row["area"], row["value"], low=row["lower"], high=row["upper"])
            for row in frame.iter_rows(named=True)
        ),
        height=height,
        area=_("Gemeente"),
        here=here,
        label=why_no_range(frame),
    )
    return kit.figure(chart, name=passport.key, table=False)


# Thinning a municipality's outlines takes longer than drawing them; a few hundred municipalities of 10-60 kB are kept.
@lru_cache(maxsize=400)
def _shapes(version: str, level: AreaLevel, within: str) -> tuple[tuple[kit.AreaShape, ...], float]:
    return kit.shapes_from_geojson(geometry(level, within))


def _line(series: Series, name: str, *, here: bool, until: int = 9999) -> kit.Line:
    """The series as a line; between which values it lies by chance is drawn as a band, what was rounded is not."""
    found = uncertainties_of(get_indicator(series.indicator), series.points)
    points = []
    for point, one in zip(series.points, found, strict=True):
        year = period_years(point.period)[1]
        low, high = (one.lower, one.upper) if isinstance(one, Range) and one.kind == "chance" else (None, None)
        if year <= until:
            points.append(kit.LinePoint(year=year, value=point.value, low=low, high=high))
    return kit.Line(name=name, points=tuple(points), here=here)


def _gaps(drawn: Sequence[tuple[kit.Line, Series]]) -> tuple[kit.Gap, ...]:
    """The breaks of all lines, each once, as far as they fall within what is drawn of that line."""
    found = set()
    for line, series in drawn:
        years = [point.year for point in line.points if point.value is not None]
        for one in series.breaks:
            year = period_years(one.period)[0]
            if min(years) < year <= max(years):
                found.add((year, one.reason))
    return tuple(kit.Gap(year, reason) for year, reason in sorted(found))


def short_name(series: Series) -> str:
    """How an area is called in a legend or column heading."""
    return _("Nederland") if series.area.parent is None else series.area.name


def _value(series: Series, period: str) -> float | None:
    return next((point.value for point in series.points if point.period == period), None)
