# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the API that are no operation: its entry, its OpenAPI document, and everything that is not there."""

import json
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_safe

from samenspel.platform.api.caching import CACHE_CONTROL
from samenspel.platform.api.factory import answer, the_api
from samenspel.platform.api.negotiation import JSON
from samenspel.platform.api.openapi import document
from samenspel.platform.api.presenters import api_page
from samenspel.platform.api.problems import problem_response
from samenspel.platform.api.schemas import Link, Resource
from samenspel.platform.api.version import API_PREFIX, API_VERSION, BASE_PATH
from samenspel.platform.policies import declares, public


class Entry(Resource):
    """Where a program begins."""

    titel: str
    versie: str


@csrf_exempt
@require_GET
@declares(public("the way in to public data"))
def entry(request: HttpRequest) -> HttpResponse:
    """What this API offers, as links."""
    api = the_api()
    collections = [item for item in api.operations() if "{" not in item.path]
    links = {
        "self": Link(href=BASE_PATH),
        "service-desc": Link(href=f"{BASE_PATH}/openapi.json", titel="OpenAPI-document"),
        "service-doc": Link(href=API_PREFIX, titel="Uitleg met voorbeelden"),
        **{
            item.path.strip("/"): Link(href=BASE_PATH + item.path, titel=item.operation.summary) for item in collections
        },
    }
    return answer(Entry(links=links, titel=api.title, versie=API_VERSION))


@csrf_exempt
@require_GET
@declares(public("the description of a public interface"))
def openapi_document(request: HttpRequest) -> HttpResponseBase:
    """The OpenAPI document. The address of the server is whole when the connection is secure."""

    server = f"https://{request.get_host()}{BASE_PATH}" if request.is_secure() else BASE_PATH
    content = json.dumps(document(the_api(), server), ensure_ascii=False, indent=1)
    etag = f'"{sha256(content.encode()).hexdigest()[:32]}"'
    response: HttpResponseBase = HttpResponse(content, content_type=JSON)
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponseNotModified()
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


@require_safe
@declares(public("the explanation of a public interface"))
def page(request: HttpRequest) -> HttpResponse:
    """The explanation for people, in Dutch, with examples to copy."""
    base = request.build_absolute_uri(BASE_PATH)
    context = {"page": api_page(document(the_api(), base), base), "openapi_address": f"{BASE_PATH}/openapi.json"}
    return render(request, "api/index.html", context)


@csrf_exempt
@declares(public("says that there is nothing"))
def absent(request: HttpRequest, **_path: Any) -> HttpResponse:
    """404 for every other address under /api/."""
    if request.path_info.endswith("/"):
        return problem_response(404, "Op dit adres staat niets. Laat de schuine streep aan het eind weg.")
    return problem_response(404)
