# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""/indicatoren: the passports, and what this installation holds of each."""

import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query
from pydantic import Field

from samenspel.figures.api.areas import WHY_PUBLIC
from samenspel.figures.api.examples import example
from samenspel.figures.api.routes import FIGURES, INDICATORS, figures_version, router
from samenspel.figures.api.words import LEVEL_WORDS, TOPIC_WORDS, Niveau, Onderwerp, breakdown_in_dutch
from samenspel.figures.passports import Passport, UnknownIndicator
from samenspel.figures.queries import (
    get_indicator,
    holdings,
    list_indicators,
    near_indicators,
)
from samenspel.platform.service import api, declares


class IndicatorPath(api.ApiSchema):
    """Which indicator."""

    sleutel: Annotated[
        str, Field(max_length=80, description="Sleutel van de indicator.", json_schema_extra={"example": "population"})
    ]


class IndicatorKort(api.Resource):
    """An indicator in a list."""

    sleutel: str
    titel: str
    vraag: Annotated[str, Field(description="De vraag waarop dit cijfer antwoord geeft.")]
    onderwerp: Onderwerp
    eenheid: str
    uitgever: str
    perioden: Annotated[list[str], Field(description="Jaren waarvoor er cijfers zijn.")]
    uitsplitsingen: Annotated[list[str], Field(description="Naar leeftijd of geslacht; leeg betekent: iedereen.")]
    aantal_gebieden: Annotated[int, Field(ge=0, description="Voor hoeveel gebieden er een cijfer is.")]


class Indicator(IndicatorKort):
    """The whole passport of an indicator."""

    titel_engels: str
    betekenis: Annotated[str, Field(description="Wat het cijfer betekent, in gewone woorden.")]
    definitie: str
    zin: Annotated[str, Field(description="Een zin om het cijfer in te zetten, op de plaats van {waarde}.")]
    decimalen: int
    teller: str | None
    noemer: str | None
    niveaus: list[Niveau]
    afronding: Annotated[str, Field(description="Hoe de uitgever en wij afronden.")]
    weglating: Annotated[str, Field(description="Wanneer er geen cijfer is.")]
    wat_het_niet_zegt: str
    richting: Annotated[str, Field(description="Wat hoger of lager betekent, zonder oordeel.")]
    schatting: Annotated[bool, Field(description="Of het cijfer met een rekenmodel is geschat.")]
    gevoelig: Annotated[str | None, Field(description="Waarom u extra voorzichtig moet zijn met dit cijfer.")]
    minimum: Annotated[float | None, Field(description="Laagste waarde die kan.")]
    maximum: Annotated[float | None, Field(description="Hoogste waarde die kan.")]
    hangt_samen_met: Annotated[list[str], Field(description="Indicatoren die u hiernaast moet leggen.")]
    bronnen: Annotated[list[str], Field(description="Sleutels van de tabellen.")]
    beheerder: str
    herzien_voor: Annotated[datetime.date, Field(description="Voor deze dag wordt het paspoort nagekeken.")]


class Indicatoren(api.Page):
    """A page of indicators."""

    indicatoren: list[IndicatorKort]


class IndicatorFilters(api.Paging):
    """What indicators can be asked for."""

    onderwerp: Annotated[Onderwerp | None, Field(description="Alleen indicatoren over dit onderwerp.")] = None


@router.get(
    "/indicatoren",
    response=Indicatoren,
    by_alias=True,
    operation_id="indicatoren",
    openapi_extra=example("indicatoren"),
    summary="Indicatoren",
    description="Wat er gemeten wordt, op sleutel.",
    tags=["indicatoren"],
)
@declares(WHY_PUBLIC)
@api.cached_by(figures_version)
def all_indicators(request: HttpRequest, filters: Query[IndicatorFilters]) -> HttpResponse:
    """A page of indicators."""
    found = list_indicators(None if filters.onderwerp is None else filters.onderwerp.as_topic())
    page = api.page_of(found, filters)
    links = api.page_links(request, filters, page.total)
    response = api.answer(
        Indicatoren(
            links=links,
            totaal=page.total,
            pagina=filters.pagina,
            per_pagina=filters.per_pagina,
            indicatoren=[IndicatorKort(**_short(passport)) for passport in page.items],
        )
    )
    response.headers["Link"] = api.link_header(links)
    return response


@router.get(
    "/indicatoren/{sleutel}",
    response=Indicator,
    by_alias=True,
    operation_id="indicator",
    openapi_extra=example("indicator"),
    summary="Het paspoort van een indicator",
    description="Wat een cijfer is, waar het vandaan komt, hoe het is afgerond en wat het niet zegt.",
    tags=["indicatoren"],
)
@declares(WHY_PUBLIC)
@api.cached_by(figures_version)
def one_indicator(request: HttpRequest, which: Path[IndicatorPath]) -> HttpResponse:
    """One passport."""
    try:
        passport = get_indicator(which.sleutel)
    except UnknownIndicator as error:
        raise api.ApiProblem(404, str(error), suggestions=indicator_suggestions(which.sleutel)) from None
    return api.answer(
        Indicator(
            **_short(passport),
            titel_engels=passport.title_en,
            betekenis=passport.meaning,
            definitie=passport.definition,
            zin=passport.in_words("{waarde}"),
            decimalen=passport.decimals,
            teller=passport.numerator,
            noemer=passport.denominator,
            niveaus=[LEVEL_WORDS[level] for level in passport.levels],
            afronding=passport.rounding,
            weglating=passport.suppression,
            wat_het_niet_zegt=passport.does_not_say,
            richting=passport.direction,
            schatting=passport.model_estimate,
            gevoelig=passport.sensitive,
            minimum=passport.minimum,
            maximum=passport.maximum,
            hangt_samen_met=list(passport.counterparts),
            bronnen=list(passport.tables),
            beheerder=passport.owner,
            herzien_voor=passport.review,
        )
    )


def indicator_suggestions(key: str) -> list[api.Suggestion]:
    """Up to three indicators that may be meant with a key that does not exist."""
    return [
        api.Suggestion(code=near, naam=get_indicator(near).title, href=f"{INDICATORS}/{near}")
        for near in near_indicators(key)
    ]


def _short(passport: Passport) -> dict[str, Any]:
    held = holdings(passport.key)
    address = f"{INDICATORS}/{passport.key}"
    links = {
        "self": api.Link(href=address, titel=passport.title),
        "cijfers": api.Link(href=f"{FIGURES}?indicator={passport.key}&niveau=gemeente"),
    }
    return {
        "links": links,
        "sleutel": passport.key,
        "titel": passport.title,
        "vraag": passport.question,
        "onderwerp": TOPIC_WORDS[passport.topic],
        "eenheid": passport.unit.in_words(),
        "uitgever": passport.publisher,
        "perioden": list(held.periods) if held else [],
        "uitsplitsingen": [breakdown_in_dutch(breakdown) for breakdown in held.breakdowns] if held else [],
        "aantal_gebieden": held.areas if held else 0,
    }
