# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""/bronnen: the source tables, with publisher, licence and the words with which to name them."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query
from pydantic import Field

from samenspel.figures.api.areas import WHY_PUBLIC
from samenspel.figures.api.examples import example
from samenspel.figures.api.routes import SOURCES, figures_version, router
from samenspel.figures.queries import sources
from samenspel.figures.sources import SourceTable
from samenspel.platform.service import api, declares


class SourcePath(api.ApiSchema):
    """Which source table."""

    sleutel: Annotated[
        str, Field(max_length=80, description="Sleutel van de bron.", json_schema_extra={"example": "rivm_50090"})
    ]


class Bron(api.Resource):
    """A table of a publisher as this installation holds it."""

    sleutel: str
    titel: str
    uitgever: str
    jaar: Annotated[str, Field(description="Jaar of jaren waarover de tabel gaat.")]
    licentie: str
    bronvermelding: Annotated[str, Field(description="Zo noemt u de bron als u cijfers overneemt.")]
    statline: Annotated[list[str], Field(description="Nummers van de tabel op StatLine.")]
    adres: Annotated[str, Field(description="Waar de uitgever de tabel heeft.")]
    opmerking: Annotated[str, Field(description="Wat u over deze tabel moet weten; leeg als er niets is.")]


class Bronnen(api.Page):
    """A page of source tables."""

    bronnen: list[Bron]


@router.get(
    "/bronnen",
    response=Bronnen,
    by_alias=True,
    operation_id="bronnen",
    openapi_extra=example("bronnen"),
    summary="Bronnen",
    description="De tabellen van CBS, RIVM en anderen waaruit de cijfers komen.",
    tags=["bronnen"],
)
@declares(WHY_PUBLIC)
@api.cached_by(figures_version)
def list_sources(request: HttpRequest, filters: Query[api.Paging]) -> HttpResponse:
    """A page of the source tables, by key."""
    page = api.page_of(sorted(sources(), key=lambda table: table.key), filters)
    links = api.page_links(request, filters, page.total)
    response = api.answer(
        Bronnen(
            links=links,
            totaal=page.total,
            pagina=filters.pagina,
            per_pagina=filters.per_pagina,
            bronnen=[_source(table) for table in page.items],
        )
    )
    response.headers["Link"] = api.link_header(links)
    return response


@router.get(
    "/bronnen/{sleutel}",
    response=Bron,
    by_alias=True,
    operation_id="bron",
    openapi_extra=example("bron"),
    summary="Een bron",
    description="Een tabel, met uitgever, licentie en bronvermelding.",
    tags=["bronnen"],
)
@declares(WHY_PUBLIC)
@api.cached_by(figures_version)
def one_source(request: HttpRequest, which: Path[SourcePath]) -> HttpResponse:
    """One source table."""
    table = next((table for table in sources() if table.key == which.sleutel), None)
    if table is None:
        raise api.ApiProblem(404, f"Er is geen bron met deze sleutel. Alle bronnen staan op {SOURCES}.")
    return api.answer(_source(table))


def _source(table: SourceTable) -> Bron:
    return Bron(
        links={"self": api.Link(href=f"{SOURCES}/{table.key}"), "collection": api.Link(href=SOURCES)},
        sleutel=table.key,
        titel=table.title,
        uitgever=table.publisher,
        jaar=table.year,
        licentie=table.licence,
        bronvermelding=table.attribution,
        statline=list(table.statline),
        adres=table.url,
        opmerking=table.note,
    )
