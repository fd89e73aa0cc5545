# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small API with every way in which an operation can answer, to test what holds for all."""

from typing import Annotated, Literal

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from ninja import Query, Router
from ninja.errors import AuthenticationError, Throttled
from pydantic import Field

from samenspel.platform.api import base, views
from samenspel.platform.api.factory import make_api
from samenspel.platform.policies import Policy, Refusal, declares, public

router = Router()
VERSION = {"now": "first"}


class Filters(base.Paging):
    """What the example collection is filtered by."""

    niveau: Literal["gemeente", "wijk"] | None = None
    aantal_mensen: Annotated[int | None, Field(ge=0)] = None
    soort: list[str] = Field(default_factory=list, max_length=3)
    formaat: Literal["json", "csv"] | None = None


class Things(base.Page):
    """A page of numbers."""

    dingen: list[int]


@router.get("/dingen", response=Things, by_alias=True, operation_id="dingen")
@declares(public("an example"))
@base.offers(base.JSON_TYPE, base.CSV_TYPE)
@base.cached_by(lambda: VERSION["now"])
def things(request: HttpRequest, filters: Query[Filters]) -> HttpResponse | StreamingHttpResponse:
    """250 numbers."""
    if filters.formaat == "csv" or request.api_media_type == base.CSV_TYPE:  # type: ignore[attr-defined]
        rows = ((number, f"=SUM(A{number})") for number in range(3))
        return StreamingHttpResponse(base.write_csv(("ding", "tekst"), rows), content_type="text/csv; charset=utf-8")
    page = base.page_of(range(250), filters)
    links = base.page_links(request, filters, page.total)
    return base.answer(
        Things(
            dingen=list(page.items),
            totaal=page.total,
            pagina=filters.pagina,
            per_pagina=filters.per_pagina,
            links=links,
        )
    )


ERRORS = {
    "problem": base.ApiProblem(404, "Wij kennen dit ding niet.", suggestions=[]),
    "refusal": Refusal("Alleen de griffier mag dit zien."),
    "absent": Http404("secret 123456782"),
    "crash": RuntimeError("secret 123456782"),
    "throttled": Throttled(wait=7),
    "log-in": AuthenticationError(),
}


@router.get("/fouten/{soort}", operation_id="fouten")
@declares(public("an example"))
def errors(request: HttpRequest, soort: str) -> HttpResponse:
    """The error that is asked for."""
    raise ERRORS[soort]


def _check_nobody(user: object) -> None:
    raise Refusal("Niemand mag dit zien.")


@router.get("/geheimen", operation_id="geheimen")
@declares(Policy(name="nobody", reason="an example", check=_check_nobody))
def secrets(request: HttpRequest) -> HttpResponse:
    """Never answered."""
    return HttpResponse("secret")


urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "api/",
        include(
            [
                path("v1", views.entry),
                path("v1/openapi.json", views.openapi_document),
                path("v1/", make_api(["tests.platform.api.example.router"]).urls),
                re_path(r"^.+$", views.absent),
            ]
        ),
    ),
]
