# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""/gebieden: the areas of today, searched and filtered, and one area with its past."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query
from pydantic import Field

from samenspel.figures.api.examples import example
from samenspel.figures.api.routes import AREAS, FIGURES, area_link, figures_version, router
from samenspel.figures.api.words import LEVEL_WORDS, MATCH_WORDS, GevondenOp, Niveau
from samenspel.figures.areas.queries import children, find_areas, get_area
from samenspel.figures.areas.registry import Registry
from samenspel.figures.current import areas
from samenspel.figures.types import Area, AreaMatch, UnknownArea
from samenspel.platform.service import api, declares, public

WHY_PUBLIC = public("published statistics, open to everybody")
# A search that finds more than this has to be made narrower.
MOST_MATCHES = 1000


class AreaPath(api.ApiSchema):
    """Which area."""

    code: Annotated[
        str,
        Field(
            max_length=20,
            description="Code van het gebied: GM (gemeente), WK (wijk), BU (buurt), PV (provincie), VR of GG (regio) "
            "of NL00.",
            json_schema_extra={"example": "GM0193"},
        ),
    ]


class Opvolger(api.ApiSchema):
    """An area that a former area went into."""

    code: str
    naam: str
    jaar: Annotated[int, Field(description="Vanaf 1 januari van dit jaar hoort de grond erbij.")]
    aandeel_oppervlakte: Annotated[float, Field(ge=0, le=1, description="Deel van de oppervlakte, van 0 tot 1.")]


class Gebied(api.Resource):
    """An area."""

    code: str
    naam: str
    niveau: Niveau
    onderdeel_van: Annotated[str | None, Field(description="Code van het gebied een niveau hoger.")]
    regio: Annotated[str | None, Field(description="Code van de veiligheids- en GGD-regio van een gemeente.")]
    bestaat_nu: bool
    geldig_van: Annotated[int, Field(description="Eerste jaar met deze code, voor zover onze bronnen gaan.")]
    geldig_tot: Annotated[int | None, Field(description="Laatste jaar met deze code; null: het gebied bestaat nu.")]
    vorige_namen: list[str]
    opvolgers: Annotated[list[Opvolger], Field(description="Waar een gebied dat niet meer bestaat, in opging.")]


class GevondenGebied(Gebied):
    """An area that a search found, with what answered the search."""

    gevonden_op: Annotated[GevondenOp | None, Field(description="Wat van het gebied paste bij de zoekvraag.")] = None
    gevonden_naam: Annotated[str | None, Field(description="De naam of code die paste bij de zoekvraag.")] = None


class Gebieden(api.Page):
    """A page of areas."""

    gebieden: list[GevondenGebied]


class AreaFilters(api.Paging):
    """What areas can be asked for."""

    zoek: Annotated[
        str | None,
        Field(
            min_length=1,
            max_length=100,
            description="(Deel van) een naam, vroegere naam of code. Hoofdletters en accenten maken niet uit.",
            json_schema_extra={"example": "zwolle"},
        ),
    ] = None
    niveau: Annotated[Niveau | None, Field(description="Alleen gebieden van dit niveau.")] = None
    binnen: Annotated[
        str | None, Field(max_length=20, description="Alleen gebieden die in het gebied met deze code liggen.")
    ] = None


@router.get(
    "/gebieden",
    response=Gebieden,
    by_alias=True,
    operation_id="gebieden",
    openapi_extra=example("gebieden"),
    summary="Gebieden zoeken",
    description="Alle gebieden van nu, van groot naar klein en dan op code; met zoek het best passende eerst.",
    tags=["gebieden"],
)
@declares(WHY_PUBLIC)
@api.cached_by(figures_version)
def list_areas(request: HttpRequest, filters: Query[AreaFilters]) -> HttpResponse:
    """A page of the areas of today that match."""
    inside = None if filters.binnen is None else area_or_problem(filters.binnen, "binnen")
    found: Sequence[str | AreaMatch]
    found = _search(filters, inside) if filters.zoek is not None else _all(filters, inside)
    page: api.Slice[str | AreaMatch] = api.page_of(found, filters)
    links = api.page_links(request, filters, page.total)
    known = areas()
    response = api.answer(
        Gebieden(
            links=links,
            totaal=page.total,
            pagina=filters.pagina,
            per_pagina=filters.per_pagina,
            gebieden=[_found(item, known) for item in page.items],
        )
    )
    response.headers["Link"] = api.link_header(links)
    return response


@router.get(
    "/gebieden/{code}",
    response=Gebied,
    by_alias=True,
    operation_id="gebied",
    openapi_extra=example("gebied"),
    summary="Een gebied",
    description="Een gebied van nu of van vroeger, met zijn vroegere namen en waar het in opging.",
    tags=["gebieden"],
)
@declares(WHY_PUBLIC)
@api.cached_by(figures_version)
def one_area(request: HttpRequest, where: Path[AreaPath]) -> HttpResponse:
    """One area, also one that is gone."""
    try:
        area = get_area(where.code)
    except UnknownArea as error:
        raise api.ApiProblem(404, str(error), suggestions=suggestions(where.code)) from None
    return api.answer(Gebied(**_fields(area, areas())))


def area_or_problem(code: str, parameter: str, index: int | None = None) -> Area:
    """The area a query parameter names. Raises ApiProblem 400, with suggestions, when there is none."""
    try:
        return get_area(code)
    except UnknownArea as error:
        wrong = api.invalid_query(parameter, str(error), code="unknown_area", index=index)
        raise api.ApiProblem(400, errors=[wrong], suggestions=suggestions(code)) from None


def suggestions(code: str) -> list[api.Suggestion]:
    """Up to five areas that may be meant with a code that does not exist: what a search for it finds."""
    return [
        api.Suggestion(code=match.area.code, naam=match.area.name, href=area_link(match.area).href)
        for match in find_areas(code, limit=5)
    ]


def _all(filters: AreaFilters, inside: Area | None) -> Sequence[str]:
    """Codes: an area is only looked up when it is on the page."""
    known = areas()
    levels = [filters.niveau] if filters.niveau is not None else list(Niveau)
    found: list[str] = []
    for level in levels:
        if inside is not None:
            found += [area.code for area in known.children(inside.code, level.as_level())]
        else:
            found += known.codes(level.as_level())
    return found


def _search(filters: AreaFilters, inside: Area | None) -> Sequence[AreaMatch]:
    levels = None if filters.niveau is None else [filters.niveau.as_level()]
    matches = find_areas(filters.zoek or "", limit=MOST_MATCHES, levels=levels)
    if inside is None:
        return matches
    within = {area.code for level in Niveau for area in children(inside.code, level.as_level())}
    return [match for match in matches if match.area.code in within]


def _found(item: str | AreaMatch, known: Registry) -> GevondenGebied:
    if isinstance(item, str):
        return GevondenGebied(**_fields(known.get(item), known))
    fields = _fields(item.area, known)
    return GevondenGebied(**fields, gevonden_op=MATCH_WORDS[item.reason], gevonden_naam=item.matched_name)


def _fields(area: Area, known: Registry) -> dict[str, Any]:
    links = {"self": area_link(area)}
    if area.parent is not None:
        links["onderdeelVan"] = area_link(known.get(area.parent))
    if area.exists_today and LEVEL_WORDS[area.level] is not Niveau.BUURT:
        links["onderdelen"] = api.Link(href=f"{AREAS}?binnen={area.code}")
    links["cijfers"] = api.Link(href=f"{FIGURES}?gebied={area.code}")
    return {
        "links": links,
        "code": area.code,
        "naam": area.name,
        "niveau": LEVEL_WORDS[area.level],
        "onderdeel_van": area.parent,
        "regio": area.region,
        "bestaat_nu": area.exists_today,
        "geldig_van": area.valid_from,
        "geldig_tot": area.valid_to,
        "vorige_namen": list(area.former_names),
        "opvolgers": [
            Opvolger(code=s.code, naam=known.get(s.code).name, jaar=s.year, aandeel_oppervlakte=s.area_share)
            for s in area.successors
        ],
    }
