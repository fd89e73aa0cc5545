# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""/gebieden/{code}/vergelijkbare-gemeenten: municipalities where people live like those here."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path
from pydantic import Field

from samenspel.figures.service import UnknownArea, get_area
from samenspel.outcomes.api.examples import example
from samenspel.outcomes.api.routes import (
    AREAS,
    WHY_PUBLIC,
    area_link,
    areas_suggested,
    comparisons_version,
    rounded,
    router,
)
from samenspel.outcomes.comparing.queries import similar
from samenspel.platform.service import api, declares


class MunicipalityPath(api.ApiSchema):
    """Which municipality."""

    code: Annotated[
        str, Field(max_length=20, description="Code van de gemeente.", json_schema_extra={"example": "GM0193"})
    ]


class VergelijkbareGemeente(api.Resource):
    """A municipality with alike residents."""

    gebied: Annotated[str, Field(description="Code van de gemeente.")]
    gebied_naam: str
    afstand: Annotated[float, Field(description="Hoe ver de bewoners van elkaar verschillen; 0 is hetzelfde.")]
    stabiliteit: Annotated[
        float, Field(ge=0, le=1, description="Hoe vaak de gemeente erbij blijft als een kenmerk wegvalt.")
    ]
    wederzijds: Annotated[bool, Field(description="Of deze gemeente er bij de andere ook bij staat.")]
    redenen: Annotated[list[str], Field(description="Waarin de twee gemeenten op elkaar lijken.")]


class VergelijkbareGemeenten(api.Resource):
    """The municipalities with residents most like those of one."""

    gebied: Annotated[str, Field(description="Code van het gebied waarnaar is gevraagd.")]
    gebied_naam: str
    gemeenten: Annotated[
        list[VergelijkbareGemeente],
        Field(description="Hoogstens tien, de meest gelijkende eerst. Leeg als het gebied geen gemeente van nu is."),
    ]


@router.get(
    "/gebieden/{code}/vergelijkbare-gemeenten",
    response=VergelijkbareGemeenten,
    by_alias=True,
    operation_id="vergelijkbaar",
    openapi_extra=example("vergelijkbaar"),
    summary="Gemeenten met bewoners zoals hier",
    description="Gekozen op wie er wonen, niet op uitkomsten en niet op beleid.",
    tags=["vergelijkingen"],
)
@declares(WHY_PUBLIC)
@api.cached_by(comparisons_version)
def list_similar(request: HttpRequest, where: Path[MunicipalityPath]) -> HttpResponse:
    """Up to ten municipalities with alike residents."""
    try:
        area = get_area(where.code)
    except UnknownArea as error:
        raise api.ApiProblem(404, str(error), suggestions=areas_suggested(where.code)) from None
    found = []
    for one in similar(area.code):
        other = get_area(one.code)
        found.append(
            VergelijkbareGemeente(
                links={"gebied": area_link(other)},
                gebied=other.code,
                gebied_naam=other.name,
                afstand=rounded(one.distance),
                stabiliteit=rounded(one.stability),
                wederzijds=one.mutual,
                redenen=list(one.reasons),
            )
        )
    links = {"self": api.Link(href=f"{AREAS}/{area.code}/vergelijkbare-gemeenten"), "gebied": area_link(area)}
    return api.answer(VergelijkbareGemeenten(links=links, gebied=area.code, gebied_naam=area.name, gemeenten=found))
