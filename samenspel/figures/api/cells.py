# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""/cijfers: the figures, of some areas or of all areas of a level, as JSON by the page or as one CSV file."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

import polars as pl
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import Query
from pydantic import Field

from samenspel.figures.api.areas import WHY_PUBLIC, area_or_problem
from samenspel.figures.api.examples import example
from samenspel.figures.api.indicators import indicator_suggestions
from samenspel.figures.api.routes import AREAS, INDICATORS, SOURCES, figures_version, router
from samenspel.figures.api.words import (
    LEVEL_WORDS,
    NO_RANGE_WORDS,
    RANGE_WORDS,
    STATUS_WORDS,
    CijferStatus,
    Niveau,
    RedenGeenMarge,
    SoortMarge,
    breakdown_from_dutch,
    breakdown_in_dutch,
)
from samenspel.figures.current import areas
from samenspel.figures.passports import Passport, UnknownIndicator
from samenspel.figures.queries import (
    get_indicator,
    level_observations,
    list_indicators,
    observations,
    series,
    sources,
)
from samenspel.figures.types import Area, NoRange, Status, WhyNoRange, normalise_period
from samenspel.figures.uncertainty import METHOD_VERSION, NO_RANGE, RANGES, uncertainties_of, with_all_ranges
from samenspel.platform.service import api, declares

LATEST = "laatste"
ALL = "alle"
MOST_AREAS = 500
MOST_INDICATORS = 100
MOST_INDICATORS_OF_A_LEVEL = 10
# A file of this length is some 60 MB and takes a few seconds; who wants more takes it in parts.
MOST_ROWS = 300_000
# Recoding adds up former areas one series at a time.
MOST_RECODED = 500


class Cijfer(api.Resource):
    """One figure, with all one must know to read it."""

    gebied: Annotated[str, Field(description="Code van het gebied.")]
    gebied_naam: str
    niveau: Niveau
    indicator: Annotated[str, Field(description="Sleutel van de indicator.")]
    titel: str
    periode: Annotated[str, Field(description="Jaar, of jaren zoals 2010-2014.")]
    uitsplitsing: Annotated[str, Field(description="Over wie het gaat; leeg betekent: iedereen.")]
    waarde: Annotated[float | None, Field(description="Het cijfer; null als er geen cijfer is.")]
    eenheid: str
    decimalen: Annotated[int, Field(ge=0, description="Zoveel decimalen zijn zinvol; meer is schijnprecisie.")]
    teller: float | None
    noemer: float | None
    ondergrens: Annotated[float | None, Field(description="Het cijfer ligt niet lager dan dit; null zonder marge.")]
    bovengrens: Annotated[float | None, Field(description="Het cijfer ligt niet hoger dan dit; null zonder marge.")]
    zekerheid: Annotated[
        float | None, Field(description="Hoe zeker de grenzen zijn: 0.95 bij toeval, 1 bij afronding.")
    ]
    soort_marge: Annotated[
        SoortMarge | None,
        Field(
            description="toeval: een uitkomst die met toeval erbij tussen de grenzen ligt. afronding: een volledige "
            "telling, door de uitgever afgerond."
        ),
    ]
    reden_geen_marge: Annotated[RedenGeenMarge | None, Field(description="Waarom er geen marge is; null met marge.")]
    uitleg_geen_marge: Annotated[str | None, Field(description="De reden in een zin; null met marge.")]
    versie_methode: Annotated[str, Field(description="Versie van de berekening van de marge.")]
    status: CijferStatus
    status_uitleg: str
    reden_geen_cijfer: Annotated[str | None, Field(description="Waarom er geen cijfer is; null als er een cijfer is.")]
    afronding: Annotated[str, Field(description="Hoe het cijfer is afgerond.")]
    bron: Annotated[str | None, Field(description="Sleutel van de tabel; null bij een herrekend cijfer.")]
    uitgever: str


class Breuk(api.ApiSchema):
    """From this year on, figures of an area cannot be compared with those before."""

    gebied: str
    indicator: str
    periode: str
    reden: str


class Cijfers(api.Page):
    """A page of figures."""

    cijfers: list[Cijfer]
    breuken: Annotated[list[Breuk], Field(description="Vanaf wanneer cijfers niet meer te vergelijken zijn.")]
    bronvermelding: Annotated[list[str], Field(description="Zo noemt u de bronnen van de cijfers op deze bladzijde.")]


class FigureFilters(api.Paging):
    """What figures can be asked for."""

    gebied: Annotated[
        list[str],
        Field(
            max_length=MOST_AREAS,
            description="Codes van gebieden; herhaal de parameter voor meer. Of gebruik niveau.",
            json_schema_extra={"example": ["GM0193"]},
        ),
    ] = Field(default_factory=list)
    niveau: Annotated[Niveau | None, Field(description="Alle gebieden van dit niveau, in plaats van gebied.")] = None
    binnen: Annotated[
        str | None, Field(max_length=20, description="Bij niveau: alleen gebieden van nu in het gebied met deze code.")
    ] = None
    indicator: Annotated[
        list[str],
        Field(
            max_length=MOST_INDICATORS,
            description="Sleutels van indicatoren; herhaal de parameter voor meer. Zonder: alle, als u gebied noemt.",
            json_schema_extra={"example": ["population"]},
        ),
    ] = Field(default_factory=list)
    periode: Annotated[
        list[str],
        Field(
            max_length=50,
            description="Jaren (2021 of 2010-2014), of laatste: per gebied het nieuwste cijfer. Zonder: alle.",
            json_schema_extra={"example": ["2024"]},
        ),
    ] = Field(default_factory=list)
    uitsplitsing: Annotated[
        list[str],
        Field(
            max_length=50,
            description="Zoals leeftijd=65+ (schrijf + als %2B), of alle. Zonder: alleen cijfers over iedereen.",
            json_schema_extra={"example": ["leeftijd=65+"]},
        ),
    ] = Field(default_factory=list)
    herrekend: Annotated[
        bool,
        Field(
            description="Bij gebied: cijfers op de gemeentegrenzen van nu. Wat van voor een samenvoeging is, tellen "
            "wij op waar dat kan; waar het niet kan, staat er een breuk. Zonder: zoals gepubliceerd."
        ),
    ] = False
    formaat: Annotated[
        Literal["json", "csv", "csv-excel"] | None,
        Field(
            description="In welke vorm; gaat voor de kop Accept. csv: komma, decimale punt, UTF-8 (RFC 4180). "
            "csv-excel: puntkomma, decimale komma en een BOM, zoals Excel met Nederlandse instellingen het opent."
        ),
    ] = None


@router.get(
    "/cijfers",
    response=Cijfers,
    by_alias=True,
    operation_id="cijfers",
    openapi_extra=example("cijfers"),
    summary="Cijfers",
    description="Noem gebied (een of meer) of niveau. JSON komt per bladzijde; CSV is het hele bestand, zonder "
    "bladzijden, tot 300.000 regels.",
    tags=["cijfers"],
)
@declares(WHY_PUBLIC)
@api.offers(api.JSON_TYPE, api.CSV_TYPE)
@api.cached_by(figures_version)
def figures(request: HttpRequest, filters: Query[FigureFilters]) -> HttpResponseBase:
    """Figures of areas and indicators."""
    named, inside, passports, periods = _checked(filters)
    breakdowns = _breakdowns(filters)
    breaks: list[Breuk] = []
    if named and filters.herrekend:
        cells, breaks = _recoded(named, passports, breakdowns)
    elif named:
        cells = observations(named, [passport.key for passport in passports], breakdowns=breakdowns)
    else:
        assert filters.niveau is not None
        keys = [passport.key for passport in passports]
        cells = level_observations(keys, filters.niveau.as_level(), inside, breakdowns=breakdowns)
    cells = _of_periods(cells, periods)
    if filters.formaat in ("csv", "csv-excel") or request.api_media_type == api.CSV_TYPE:  # type: ignore[attr-defined]
        return _as_csv(request, cells, filters)
    return _as_json(request, cells, filters, breaks)


def _checked(filters: FigureFilters) -> tuple[list[Area], Area | None, list[Passport], set[str] | str | None]:
    """Areas, the area around a level, passports and periods. Raises ApiProblem 400 with all that is wrong together."""
    errors: list[Any] = []
    suggestions: list[Any] = []

    def wrong(parameter: str, detail: str, index: int | None = None) -> None:
        errors.append(api.invalid_query(parameter, detail, index=index))

    named: list[Area] = []
    for index, code in enumerate(filters.gebied):
        try:
            named.append(area_or_problem(code, "gebied", index))
        except api.ApiProblem as problem:
            errors += problem.errors
            suggestions += problem.suggestions
    inside = None
    if filters.binnen is not None:
        try:
            inside = area_or_problem(filters.binnen, "binnen")
        except api.ApiProblem as problem:
            errors += problem.errors
            suggestions += problem.suggestions
    passports: list[Passport] = []
    for index, key in enumerate(dict.fromkeys(filters.indicator)):
        try:
            passports.append(get_indicator(key))
        except UnknownIndicator as error:
            wrong("indicator", str(error), index)
            suggestions += indicator_suggestions(key)
    if not filters.gebied and filters.niveau is None:
        wrong("gebied", "Noem een gebied, of noem een niveau.")
    if filters.gebied and filters.niveau is not None:
        wrong("niveau", "Noem een gebied of een niveau, niet allebei.")
    if filters.binnen is not None and filters.niveau is None:
        wrong("binnen", "Noem hierbij ook een niveau.")
    if filters.niveau is not None and not filters.indicator:
        wrong("indicator", "Noem bij een niveau ook een indicator.")
    if filters.niveau is not None and len(filters.indicator) > MOST_INDICATORS_OF_A_LEVEL:
        wrong("indicator", f"Noem bij een niveau hoogstens {MOST_INDICATORS_OF_A_LEVEL} indicatoren.")
    if filters.herrekend and filters.niveau is not None:
        wrong("herrekend", "Herrekenen kan alleen bij gebied.")
    periods: set[str] | str | None = set()
    for index, text in enumerate(filters.periode):
        try:
            periods = LATEST if text == LATEST or periods == LATEST else {*(periods or ()), normalise_period(text)}
        except ValueError:
            wrong("periode", "Schrijf een jaar (2021), jaren (2010-2014) of laatste.", index)
    if errors:
        raise api.ApiProblem(400, errors=errors, suggestions=suggestions)
    chosen = passports or list_indicators()
    if filters.herrekend and len(named) * len(chosen) > MOST_RECODED:
        detail = f"Herrekenen kan voor hoogstens {MOST_RECODED} reeksen tegelijk. Noem minder gebieden of indicatoren."
        raise api.ApiProblem(400, errors=[api.invalid_query("herrekend", detail)])
    return named, inside, chosen, periods or None


def _breakdowns(filters: FigureFilters) -> list[str] | None:
    """Breakdowns in the words of the store; None means all."""
    if ALL in filters.uitsplitsing:
        return None
    return [breakdown_from_dutch(text) for text in filters.uitsplitsing] or [""]


def _recoded(
    named: list[Area], passports: list[Passport], breakdowns: list[str] | None
) -> tuple[pl.DataFrame, list[Breuk]]:
    """Series on the boundaries of today as rows like those of the store, without a source; and their breaks."""
    rows: list[tuple[Any, ...]] = []
    breaks: list[Breuk] = []
    published = observations(named, [passport.key for passport in passports], breakdowns=breakdowns)
    columns = ("area", "indicator", "period", "breakdown", "value")
    source_of = dict(zip(published.select(columns).iter_rows(), published["source"], strict=True))
    for area in named:
        for passport in passports:
            for breakdown in breakdowns if breakdowns is not None else _known_breakdowns(published, area, passport):
                found = series(area, passport.key, breakdown)
                for point, one in zip(found.points, uncertainties_of(passport, found.points), strict=True):
                    cell = (area.code, passport.key, point.period, breakdown, point.value)
                    parts = (point.numerator, point.denominator)
                    given = (
                        (None, None, None, None, one.reason.value)
                        if isinstance(one, NoRange)
                        else (one.lower, one.upper, one.confidence, one.kind, None)
                    )
                    rows.append((*cell, *parts, point.status.value, source_of.get(cell), *given))
                breaks += [
                    Breuk(gebied=area.code, indicator=passport.key, periode=b.period, reden=b.reason)
                    for b in found.breaks
                ]
    texts = dict.fromkeys(columns[:4], pl.String)
    numbers = dict.fromkeys(("value", "numerator", "denominator"), pl.Float64)
    said = {"status": pl.String, "source": pl.String, NO_RANGE: pl.String}
    order = [*columns, "numerator", "denominator", "status", "source", *RANGES, NO_RANGE]
    kinds: dict[str, Any] = {**texts, **numbers, **said, **RANGES}
    frame = pl.DataFrame(rows, schema=[(name, kinds[name]) for name in order], orient="row")
    return frame, list(dict.fromkeys(breaks))


def _known_breakdowns(cells: pl.DataFrame, area: Area, passport: Passport) -> list[str]:
    found = cells.filter((pl.col("area") == area.code) & (pl.col("indicator") == passport.key))["breakdown"]
    return [str(breakdown) for breakdown in found.unique().sort()]


def _number(value: float | None) -> int | float | None:
    """A whole number without decimals, as people and programs expect of a count."""
    return int(value) if value is not None and value.is_integer() else value


def _limit(value: float | None) -> int | float | None:
    """A limit in four decimals, which is more than any source has."""
    return None if value is None else _number(round(value, 4))


def _of_periods(cells: pl.DataFrame, periods: set[str] | str | None) -> pl.DataFrame:
    """The cells of these periods; LATEST: per series the newest with a value, and if none has one the newest."""
    if periods is None:
        return cells
    if periods == LATEST:
        series_key = ["area", "indicator", "breakdown"]
        newest_last = cells.with_columns(pl.col("value").is_not_null().alias("known")).sort(
            [*series_key, "known", "period"], maintain_order=True
        )
        return newest_last.unique(series_key, keep="last", maintain_order=True).drop("known")
    return cells.filter(pl.col("period").is_in(list(periods)))


def _rows(cells: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """The cells as the API writes them. Floats that are no number cannot occur: the store refuses them."""
    passports: Mapping[str, Passport] = {passport.key: passport for passport in list_indicators()}
    known = areas()
    if NO_RANGE not in cells.columns:
        cells = with_all_ranges(cells, passports.values())
    columns = cells.select(
        *("area", "indicator", "period", "breakdown", "value", "numerator", "denominator", "status", "source"),
        *(*RANGES, NO_RANGE),
    )
    for code, key, period, breakdown, value, numerator, denominator, status_word, source, *said in columns.iter_rows():
        lower, upper, confidence, kind, why = said
        passport = passports[key]
        status = Status(status_word)
        area = known.get(code)
        yield {
            "gebied": code,
            "gebiedNaam": area.name,
            "niveau": LEVEL_WORDS[area.level].value,
            "indicator": key,
            "titel": passport.title,
            "periode": period,
            "uitsplitsing": breakdown_in_dutch(breakdown) if breakdown else "",
            "waarde": _number(value),
            "eenheid": passport.unit.in_words(),
            "decimalen": passport.decimals,
            "teller": _number(numerator),
            "noemer": _number(denominator),
            "ondergrens": _limit(lower),
            "bovengrens": _limit(upper),
            "zekerheid": confidence,
            "soortMarge": RANGE_WORDS[kind].value if kind else None,
            "redenGeenMarge": NO_RANGE_WORDS[WhyNoRange(why)].value if why else None,
            "uitlegGeenMarge": WhyNoRange(why).in_words() if why else None,
            "versieMethode": METHOD_VERSION,
            "status": STATUS_WORDS[status].value,
            "statusUitleg": status.in_words(),
            "redenGeenCijfer": passport.suppression if value is None else None,
            "afronding": passport.rounding,
            "bron": source,
            "uitgever": passport.publisher,
        }


def _as_json(
    request: HttpRequest, cells: pl.DataFrame, filters: FigureFilters, breaks: list[Breuk]
) -> HttpResponseBase:
    offset, length = api.bounds(filters)
    page = cells.slice(offset, length)
    links = api.page_links(request, filters, cells.height)
    used = set(page["source"].drop_nulls().unique())
    message = {
        "_links": {name: {"href": link.href} for name, link in links.items()},
        "totaal": cells.height,
        "pagina": filters.pagina,
        "perPagina": filters.per_pagina,
        "cijfers": [{"_links": _links_of(row), **row} for row in _rows(page)],
        "breuken": [found.model_dump(by_alias=True) for found in breaks],
        "bronvermelding": sorted({table.attribution for table in sources() if table.key in used}),
    }
    response = api.answer(message)
    response.headers["Link"] = api.link_header(links)
    return response


def _links_of(row: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    links = {
        "gebied": {"href": f"{AREAS}/{row['gebied']}", "titel": row["gebiedNaam"]},
        "paspoort": {"href": f"{INDICATORS}/{row['indicator']}", "titel": row["titel"]},
    }
    if row["bron"] is not None:
        links["bron"] = {"href": f"{SOURCES}/{row['bron']}", "titel": row["uitgever"]}
    return links


CSV_COLUMNS = (
    "gebied",
    "gebiedNaam",
    "niveau",
    "indicator",
    "titel",
    "periode",
    "uitsplitsing",
    "waarde",
    "eenheid",
    "decimalen",
    "teller",
    "noemer",
    "ondergrens",
    "bovengrens",
    "zekerheid",
    "soortMarge",
    "redenGeenMarge",
    "uitlegGeenMarge",
    "versieMethode",
    "status",
    "statusUitleg",
    "redenGeenCijfer",
    "bron",
    "bronvermelding",
    "licentie",
    "paspoort",
)


def _as_csv(request: HttpRequest, cells: pl.DataFrame, filters: FigureFilters) -> HttpResponseBase:
    if cells.height > MOST_ROWS:
        detail = f"Dit zijn {cells.height} regels; een bestand heeft er hoogstens {MOST_ROWS}. Noem minder tegelijk."
        raise api.ApiProblem(400, detail, errors=[api.invalid_query("formaat", detail, code="too_long")])
    tables = {table.key: table for table in sources()}
    passport_address = request.build_absolute_uri(INDICATORS)

    def lines() -> Iterator[list[Any]]:
        for row in _rows(cells):
            table = tables.get(row["bron"])
            row["bronvermelding"] = table.attribution if table else f"Bron: {row['uitgever']}, bewerkt."
            row["licentie"] = table.licence if table else ""
            row["paspoort"] = f"{passport_address}/{row['indicator']}"
            yield [row[name] for name in CSV_COLUMNS]

    dialect = api.SPREADSHEET_DIALECT if filters.formaat == "csv-excel" else api.CSV_DIALECT
    name = "-".join(
        ["cijfers", *filters.gebied[:1], *([filters.niveau] if filters.niveau else []), *filters.indicator[:1]]
    )
    safe = "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in "-_"))
    return StreamingHttpResponse(
        api.write_csv(CSV_COLUMNS, lines(), dialect),
        content_type="text/csv; charset=utf-8; header=present",
        headers={
            "Content-Disposition": f'attachment; filename="{safe}.csv"',
            "Link": f'<{SOURCES}>; rel="describedby", </api/>; rel="service-doc"',
        },
    )
