# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""/modellen: how the expected numbers were made and how far they reach."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query
from pydantic import Field

from samenspel.figures.service import get_indicator
from samenspel.outcomes.api.examples import example
from samenspel.outcomes.api.routes import (
    COMPARISONS,
    WHY_PUBLIC,
    areas_and_passports,
    comparisons_version,
    passport_link,
    rounded,
    router,
)
from samenspel.outcomes.comparing.queries import model_summaries
from samenspel.outcomes.comparing.types import ModelSummary
from samenspel.platform.service import api, declares


class Coefficient(api.ApiSchema):
    """One term of the model."""

    kenmerk: str
    naam: str
    schatting: Annotated[
        float, Field(description="Logaritme van de verhouding, bij een standaardafwijking meer van dit kenmerk.")
    ]
    ondergrens: float
    bovengrens: float


class GebruiktKenmerk(api.ApiSchema):
    """A characteristic in the model, and where its values come from."""

    kenmerk: str
    naam: str
    indicator: Annotated[str, Field(description="Sleutel van de indicator met de waarden.")]
    periode: Annotated[str, Field(description="Jaar van de waarden.")]


class Model(api.Resource):
    """A model of expected use."""

    indicator: Annotated[str, Field(description="Sleutel van de indicator.")]
    titel: str
    periode: str
    soort: Annotated[str, Field(description="Kansverdeling van het aantal, in het Engels van de statistiek.")]
    basis_naam: Annotated[str, Field(description="Onder wie is geteld.")]
    aantal_gemeenten: Annotated[int, Field(description="Hoeveel gemeenten in het model zitten.")]
    zonder_vergelijking: Annotated[int, Field(description="Hoeveel gemeenten niet konden worden vergeleken.")]
    verklaard: Annotated[
        float,
        Field(
            description="Deel van de verschillen tussen gemeenten dat de verwachte aantallen verklaren, als het model "
            "die in andere provincies heeft geleerd. Hoogstens 1."
        ),
    ]
    verklaard_in_steekproef: Annotated[
        float, Field(description="Hetzelfde als elke gemeente zelf meedeed, zoals publicaties het vaak geven.")
    ]
    ijking: Annotated[
        float, Field(description="Helling van de ijking: 1 is goed, onder 1 lopen de verwachtingen te ver uiteen.")
    ]
    spreiding_tussen_gemeenten: Annotated[
        float, Field(description="Hoe ver gemeenten gewoonlijk van de verwachting liggen, op logaritmische schaal.")
    ]
    samenhang_buren: Annotated[
        float, Field(description="Moran's I van wat niet verklaard is: boven 0 lijken buurgemeenten op elkaar.")
    ]
    samenhang_buren_p_waarde: float
    duidelijk: Annotated[int, Field(description="Hoeveel gemeenten duidelijk afwijken.")]
    toevallig_duidelijk: Annotated[float, Field(description="Hoeveel dat er door toeval alleen zouden zijn.")]
    coefficienten: list[Coefficient]
    kenmerken: list[GebruiktKenmerk]
    versie_methode: str


class Modellen(api.Page):
    """A page of models."""

    modellen: list[Model]


class ModelFilters(api.Paging):
    """What models can be asked for."""

    indicator: Annotated[
        list[str],
        Field(
            max_length=100,
            description="Sleutels van indicatoren; herhaal de parameter voor meer. Zonder: alle.",
            json_schema_extra={"example": ["wmo_clients_per_1000"]},
        ),
    ] = Field(default_factory=list)


@router.get(
    "/modellen",
    response=Modellen,
    by_alias=True,
    operation_id="modellen",
    openapi_extra=example("modellen"),
    summary="Modellen van wat wij verwachten",
    description="Hoe de verwachte aantallen zijn gemaakt en hoe ver zij reiken, per indicator en jaar.",
    tags=["vergelijkingen"],
)
@declares(WHY_PUBLIC)
@api.cached_by(comparisons_version)
def list_models(request: HttpRequest, filters: Query[ModelFilters]) -> HttpResponse:
    """A page of models, in the order of the compared indicators."""
    _areas, passports = areas_and_passports([], filters.indicator)
    keys = {passport.key for passport in passports}
    found = [one for one in model_summaries() if not keys or one.indicator in keys]
    page = api.page_of(found, filters)
    links = api.page_links(request, filters, page.total)
    response = api.answer(
        Modellen(
            links=links,
            totaal=page.total,
            pagina=filters.pagina,
            per_pagina=filters.per_pagina,
            modellen=[_model(one) for one in page.items],
        )
    )
    response.headers["Link"] = api.link_header(links)
    return response


def _model(one: ModelSummary) -> Model:
    passport = get_indicator(one.indicator)
    address = f"{COMPARISONS}?indicator={one.indicator}&periode={one.period}"
    return Model(
        links={"paspoort": passport_link(passport), "vergelijkingen": api.Link(href=address)},
        indicator=one.indicator,
        titel=passport.title,
        periode=one.period,
        soort=one.family,
        basis_naam=one.base_label,
        aantal_gemeenten=one.areas,
        zonder_vergelijking=one.without,
        verklaard=rounded(one.explained),
        verklaard_in_steekproef=rounded(one.explained_in_sample),
        ijking=rounded(one.calibration_slope),
        spreiding_tussen_gemeenten=rounded(one.between_areas_sd),
        samenhang_buren=rounded(one.residual_moran),
        samenhang_buren_p_waarde=rounded(one.residual_moran_p),
        duidelijk=one.flagged,
        toevallig_duidelijk=rounded(one.chance_flags),
        coefficienten=[
            Coefficient(
                kenmerk=term.key,
                naam=term.label,
                schatting=rounded(term.estimate),
                ondergrens=rounded(term.lower),
                bovengrens=rounded(term.upper),
            )
            for term in one.coefficients
        ],
        kenmerken=[
            GebruiktKenmerk(kenmerk=used.key, naam=used.label, indicator=used.indicator, periode=used.period)
            for used in one.characteristics
        ],
        versie_methode=one.method_version,
    )
