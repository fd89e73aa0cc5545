# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""/vergelijkingen: what is counted beside what the residents lead one to expect, as JSON by the page or as one CSV."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import Query
from pydantic import Field

from samenspel.figures.service import Area, Passport, current_municipalities, get_indicator, normalise_period
from samenspel.outcomes.api.examples import example
from samenspel.outcomes.api.routes import (
    COMPARISONS,
    INDICATORS,
    MODELS,
    WHY_PUBLIC,
    area_link,
    areas_and_passports,
    comparisons_version,
    passport_link,
    rounded,
    router,
)
from samenspel.outcomes.api.words import OUTCOME_WORDS, REASON_WORDS, RedenGeenVergelijking, Uitkomst
from samenspel.outcomes.comparing.queries import compared_indicators, comparison
from samenspel.outcomes.comparing.types import Comparison, NoComparison
from samenspel.platform.service import api, declares

MOST_AREAS = 500
MOST_INDICATORS = 100


class Kenmerk(api.ApiSchema):
    """What one characteristic of the residents does to the expected number."""

    kenmerk: Annotated[str, Field(description="Sleutel van het kenmerk.")]
    naam: str
    hier: float
    nederland: float
    eenheid: Annotated[str, Field(description="percent, per_1000, euro of per_km2.")]
    factor: Annotated[
        float, Field(description="Hoeveel keer zo veel hiermee samengaat als bij de inwoners van heel Nederland.")
    ]
    factor_ondergrens: float
    factor_bovengrens: Annotated[
        float,
        Field(description="Met de ondergrens: waarschijnlijk daartussen. Ligt 1 ertussen, dan kan het niets zijn."),
    ]
    buiten_bereik: Annotated[
        bool, Field(description="Geen van de gemeenten waarvan het model leerde, heeft zo'n waarde.")
    ]
    groep: Annotated[str, Field(description="Naam van de kenmerken die samen een factor hebben.")]
    periode: str


class Vergelijking(api.Resource):
    """One outcome of one municipality beside what is expected there, or why there is no comparison."""

    gebied: Annotated[str, Field(description="Code van het gebied.")]
    gebied_naam: str
    indicator: Annotated[str, Field(description="Sleutel van de indicator.")]
    titel: str
    periode: Annotated[str | None, Field(description="Jaar van de vergelijking; null als er geen is.")]
    eenheid: Annotated[str, Field(description="Waarin waargenomen en verwacht geteld zijn.")]
    basis: Annotated[float | None, Field(description="Onder hoeveel mensen is geteld.")]
    basis_naam: Annotated[str, Field(description="Wie dat zijn; leeg als er geen vergelijking is.")]
    waargenomen: Annotated[float | None, Field(description="Het getelde aantal; null als er geen vergelijking is.")]
    waargenomen_ondergrens: float | None
    waargenomen_bovengrens: float | None
    telling_minstens: Annotated[
        float | None, Field(description="Laagste aantal dat bij het afgeronde gepubliceerde cijfer past.")
    ]
    telling_hoogstens: Annotated[
        float | None, Field(description="Hoogste aantal dat bij het afgeronde gepubliceerde cijfer past.")
    ]
    verwacht: Annotated[float | None, Field(description="Het aantal dat wij bij deze inwoners verwachten.")]
    verwacht_ondergrens: Annotated[
        float | None, Field(description="Gemeenten met deze inwoners liggen meestal niet lager dan dit.")
    ]
    verwacht_bovengrens: Annotated[
        float | None, Field(description="Gemeenten met deze inwoners liggen meestal niet hoger dan dit.")
    ]
    verhouding: Annotated[float | None, Field(description="Waargenomen gedeeld door verwacht.")]
    verhouding_ondergrens: float | None
    verhouding_bovengrens: float | None
    zekerheid: Annotated[float | None, Field(description="Hoe zeker de grenzen zijn.")]
    uitkomst: Annotated[
        Uitkomst | None,
        Field(description="Waar het aantal ligt ten opzichte van wat wij verwachten. Meer is niet beter of slechter."),
    ]
    duidelijk: Annotated[
        bool | None, Field(description="Of het verschil zo groot en zeker is dat het opvalt, ook na correctie.")
    ]
    kans_dat_het_telt: Annotated[
        float | None, Field(description="Kans dat het verschil met wat wij verwachten groot genoeg is om te tellen.")
    ]
    toevallig_duidelijk: Annotated[
        float | None, Field(description="Hoeveel gemeenten door toeval alleen zouden opvallen.")
    ]
    aantal_gemeenten: Annotated[int | None, Field(description="Hoeveel gemeenten zijn vergeleken.")]
    plaats_van: Annotated[
        int | None,
        Field(description="Eerste plaats die door de onzekerheid mogelijk is; 1 is het verst boven de verwachting."),
    ]
    plaats_tot: Annotated[int | None, Field(description="Laatste plaats die mogelijk is. Dit is geen ranglijst.")]
    opmerkingen: Annotated[list[str], Field(description="Zinnen die bij dit getal horen.")]
    versie_methode: Annotated[str | None, Field(description="Versie van de berekening.")]
    reden_geen_vergelijking: Annotated[
        RedenGeenVergelijking | None, Field(description="Waarom er geen vergelijking is; null als er een is.")
    ]
    uitleg_geen_vergelijking: Annotated[str | None, Field(description="De reden in een zin; null als er een is.")]
    kenmerken: Annotated[list[Kenmerk], Field(description="Waardoor je hier meer of minder verwacht.")]


class Vergelijkingen(api.Page):
    """A page of comparisons."""

    vergelijkingen: list[Vergelijking]


class ComparisonFilters(api.Paging):
    """What comparisons can be asked for."""

    gebied: Annotated[
        list[str],
        Field(
            max_length=MOST_AREAS,
            description="Codes van gemeenten; herhaal de parameter voor meer. Zonder: alle gemeenten van nu.",
            json_schema_extra={"example": ["GM0193"]},
        ),
    ] = Field(default_factory=list)
    indicator: Annotated[
        list[str],
        Field(
            max_length=MOST_INDICATORS,
            description="Sleutels van indicatoren; herhaal de parameter voor meer. Zonder: alle die wij vergelijken.",
            json_schema_extra={"example": ["wmo_clients_per_1000"]},
        ),
    ] = Field(default_factory=list)
    periode: Annotated[
        str | None,
        Field(
            max_length=20,
            description="Een jaar (2022). Zonder: per gemeente het nieuwste jaar dat te vergelijken is.",
            json_schema_extra={"example": "2022"},
        ),
    ] = None
    formaat: Annotated[
        Literal["json", "csv", "csv-excel"] | None,
        Field(
            description="In welke vorm; gaat voor de kop Accept. csv: komma, decimale punt, UTF-8 (RFC 4180). "
            "csv-excel: puntkomma, decimale komma en een BOM, zoals Excel met Nederlandse instellingen het opent."
        ),
    ] = None


@router.get(
    "/vergelijkingen",
    response=Vergelijkingen,
    by_alias=True,
    operation_id="vergelijkingen",
    openapi_extra=example("vergelijkingen"),
    summary="Vergelijkingen met wat wij verwachten",
    description="Het getelde aantal naast het aantal dat wij bij de inwoners van een gemeente verwachten, met de "
    "marges, of de reden dat er geen vergelijking is. JSON komt per bladzijde; CSV is het hele bestand, zonder "
    "kenmerken.",
    tags=["vergelijkingen"],
)
@declares(WHY_PUBLIC)
@api.offers(api.JSON_TYPE, api.CSV_TYPE)
@api.cached_by(comparisons_version)
def list_comparisons(request: HttpRequest, filters: Query[ComparisonFilters]) -> HttpResponseBase:
    """Comparisons of municipalities and indicators, by municipality and then in the order of the indicators."""
    areas, passports = areas_and_passports(filters.gebied, filters.indicator)
    period = _period(filters.periode)
    wanted = [
        (area, passport)
        for area in areas or current_municipalities()
        for passport in passports or [get_indicator(key) for key in compared_indicators()]
    ]
    if filters.formaat in ("csv", "csv-excel") or request.api_media_type == api.CSV_TYPE:  # type: ignore[attr-defined]
        return _as_csv(request, wanted, period, filters)
    page = api.page_of(wanted, filters)
    links = api.page_links(request, filters, page.total)
    response = api.answer(
        Vergelijkingen(
            links=links,
            totaal=page.total,
            pagina=filters.pagina,
            per_pagina=filters.per_pagina,
            vergelijkingen=[_compared(area, passport, period) for area, passport in page.items],
        )
    )
    response.headers["Link"] = api.link_header(links)
    return response


def _period(text: str | None) -> str | None:
    try:
        return None if text is None else normalise_period(text)
    except ValueError:
        detail = "Schrijf een jaar, zoals 2022."
        raise api.ApiProblem(400, errors=[api.invalid_query("periode", detail)]) from None


def _compared(area: Area, passport: Passport, period: str | None) -> Vergelijking:
    found = comparison(area.code, passport.key, period)
    links = {"gebied": area_link(area), "paspoort": passport_link(passport)}
    if isinstance(found, Comparison):
        links["model"] = api.Link(href=f"{MODELS}?indicator={passport.key}")
    named: dict[str, Any] = {
        "gebied": area.code,
        "gebied_naam": area.name,
        "indicator": passport.key,
        "titel": passport.title,
    }
    return Vergelijking(links=links, **named, **(_values(found) if isinstance(found, Comparison) else _without(found)))


def _values(found: Comparison) -> dict[str, Any]:
    return {
        "periode": found.period,
        "eenheid": "huishoudens" if found.unit == "households" else "mensen",
        "basis": rounded(found.base),
        "basis_naam": found.base_label,
        "waargenomen": rounded(found.observed),
        "waargenomen_ondergrens": rounded(found.observed_interval.lower),
        "waargenomen_bovengrens": rounded(found.observed_interval.upper),
        "telling_minstens": rounded(found.observed_bounds[0]),
        "telling_hoogstens": rounded(found.observed_bounds[1]),
        "verwacht": rounded(found.expected),
        "verwacht_ondergrens": rounded(found.expected_range.lower),
        "verwacht_bovengrens": rounded(found.expected_range.upper),
        "verhouding": rounded(found.ratio),
        "verhouding_ondergrens": rounded(found.ratio_interval.lower),
        "verhouding_bovengrens": rounded(found.ratio_interval.upper),
        "zekerheid": found.ratio_interval.confidence,
        "uitkomst": OUTCOME_WORDS[found.verdict],
        "duidelijk": found.flagged,
        "kans_dat_het_telt": rounded(found.probability_that_matters),
        "toevallig_duidelijk": rounded(found.chance_flags),
        "aantal_gemeenten": found.compared_areas,
        "plaats_van": found.places[0],
        "plaats_tot": found.places[1],
        "opmerkingen": list(found.notes),
        "versie_methode": found.method_version,
        "reden_geen_vergelijking": None,
        "uitleg_geen_vergelijking": None,
        "kenmerken": [
            Kenmerk(
                kenmerk=one.key,
                naam=one.label,
                hier=rounded(one.here),
                nederland=rounded(one.country),
                eenheid=one.unit,
                factor=rounded(one.factor),
                factor_ondergrens=rounded(one.factor_interval.lower),
                factor_bovengrens=rounded(one.factor_interval.upper),
                buiten_bereik=one.outside,
                groep=one.group,
                periode=one.period,
            )
            for one in found.characteristics
        ],
    }


# What a row without a comparison has in place of its values: nothing, and never zero.
_EMPTY: dict[str, Any] = {"eenheid": "mensen", "basis_naam": "", "opmerkingen": [], "kenmerken": []}
_NULL = (
    *("periode", "basis", "waargenomen", "waargenomen_ondergrens", "waargenomen_bovengrens", "telling_minstens"),
    *("telling_hoogstens", "verwacht", "verwacht_ondergrens", "verwacht_bovengrens", "verhouding"),
    *("verhouding_ondergrens", "verhouding_bovengrens", "zekerheid", "uitkomst", "duidelijk", "kans_dat_het_telt"),
    *("toevallig_duidelijk", "aantal_gemeenten", "plaats_van", "plaats_tot", "versie_methode"),
)


def _without(found: NoComparison) -> dict[str, Any]:
    return {
        **dict.fromkeys(_NULL),
        **_EMPTY,
        "reden_geen_vergelijking": REASON_WORDS[found.reason],
        "uitleg_geen_vergelijking": found.sentence,
    }


def _as_csv(
    request: HttpRequest, wanted: Sequence[tuple[Area, Passport]], period: str | None, filters: ComparisonFilters
) -> HttpResponseBase:
    names = [name for name in Vergelijking.model_fields if name not in ("links", "kenmerken")]
    columns = [*(str(Vergelijking.model_fields[name].alias) for name in names), "paspoort"]
    passport_address = request.build_absolute_uri(INDICATORS)

    def lines() -> Iterator[list[Any]]:
        for area, passport in wanted:
            row = _compared(area, passport, period)
            cells = [getattr(row, name) for name in names]
            plain = [" ".join(cell) if isinstance(cell, list) else cell for cell in cells]
            yield [*plain, f"{passport_address}/{passport.key}"]

    dialect = api.SPREADSHEET_DIALECT if filters.formaat == "csv-excel" else api.CSV_DIALECT
    name = "-".join(["vergelijkingen", *filters.gebied[:1], *filters.indicator[:1]])
    safe = "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in "-_"))
    return StreamingHttpResponse(
        api.write_csv(columns, lines(), dialect),
        content_type="text/csv; charset=utf-8; header=present",
        headers={
            "Content-Disposition": f'attachment; filename="{safe}.csv"',
            "Link": f'<{COMPARISONS}>; rel="self", </api/>; rel="service-doc"',
        },
    )
