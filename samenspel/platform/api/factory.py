# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The API itself: the routers of all parts (settings.API_ROUTERS) behind one gate.

The gate does for every operation what none should have to think of: it refuses to start when an operation declares no
policy, answers in Dutch, chooses the form, and refuses query parameters that do not exist or are given twice.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.utils import translation
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.operation import Operation
from ninja.renderers import BaseRenderer
from pydantic import BaseModel

from samenspel.platform.api import problems
from samenspel.platform.api.negotiation import JSON, accepted_type, offered_by
from samenspel.platform.api.schemas import InvalidField
from samenspel.platform.api.version import API_VERSION
from samenspel.platform.policies import POLICY_ATTRIBUTE, Policy

TITLE = "Samenspel: cijfers over gemeenten, wijken en buurten"
DESCRIPTION = """\
Open cijfers over hoe het gaat in Nederlandse gemeenten, wijken en buurten, met bij elk cijfer de bron, de eenheid,
de status en wat het niet zegt.

Alle gegevens zijn openbaar: u hebt geen sleutel nodig. De cijfers vallen onder de licentie van hun uitgever,
meestal CC BY 4.0; noem de bron die bij het cijfer staat.

Uitleg met voorbeelden staat op [/api/](/api/).
"""


def json_text(data: Any) -> str:
    """Compact JSON. Raises ValueError for NaN and infinity: no numbers to a reader, and no JSON to a program."""
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


class JsonRenderer(BaseRenderer):
    """Writes what an operation returns without making an answer of it itself."""

    media_type = JSON

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        """See `json_text`."""
        return json_text(data)


@dataclass(frozen=True, slots=True)
class DeclaredOperation:
    """An operation as the gate sees it."""

    path: str
    operation: Operation
    policy: Policy
    offers: tuple[str, ...]


class Api(NinjaAPI):
    """Version 1 of the API."""

    def __init__(self) -> None:
        super().__init__(
            title=TITLE,
            version=API_VERSION,
            description=DESCRIPTION,
            openapi_url=None,
            docs_url=None,
            urls_namespace="api-v1",
            renderer=JsonRenderer(),
        )

    def set_default_exception_handlers(self) -> None:
        """Problems for all errors, in place of the library's own shapes."""
        problems.register(self)

    def operations(self) -> Iterator[DeclaredOperation]:
        """Every operation with its policy. Raises ImproperlyConfigured for one that declares none."""
        for router in self._get_bound_routers():
            for path, view in router.path_operations.items():
                for operation in view.operations:
                    policy = getattr(operation.view_func, POLICY_ATTRIBUTE, None)
                    full_path = "/" + "/".join(part.strip("/") for part in (router.prefix, path) if part.strip("/"))
                    if not isinstance(policy, Policy):
                        raise ImproperlyConfigured(
                            f"The API operation {full_path} declares no policy; add @declares(…)."
                        )
                    yield DeclaredOperation(full_path, operation, policy, offered_by(operation.view_func))

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        declared = list(self.operations())
        for item in declared:
            item.operation.run = _gate(self, item)  # type: ignore[method-assign]
        by_path = {item.path.lstrip("/"): item.policy for item in declared}
        urls: list[URLResolver | URLPattern] = []
        for router in self._get_bound_routers():
            for pattern in router.urls_paths(router.prefix):
                # For whoever walks all addresses: the policy is on the callback here too.
                route = str(pattern.pattern).replace("<", "{").replace(">", "}")
                setattr(pattern.callback, POLICY_ATTRIBUTE, by_path[route])
                urls.append(pattern)
        return urls


def make_api(routers: Iterable[str]) -> Api:
    """An API with these routers, each named by its import path."""
    api = Api()
    for router in routers:
        api.add_router("", router)
    return api


@cache
def the_api() -> Api:
    """The API of this installation."""
    return make_api(settings.API_ROUTERS)


def answer(message: BaseModel | dict[str, Any]) -> HttpResponse:
    """A message as JSON, straight from the model or the ready dict: no second validation on the way out.

    Raises ValueError for NaN and infinity in a dict; a model writes them as null.
    """
    if isinstance(message, BaseModel):
        return HttpResponse(message.model_dump_json(by_alias=True), content_type=JSON)
    return HttpResponse(json_text(message), content_type=JSON)


def _gate(api: Api, item: DeclaredOperation) -> Callable[..., HttpResponseBase]:
    run = item.operation.run
    single, repeatable = _query_names(item.operation)

    def gate(request: HttpRequest, **path: Any) -> HttpResponseBase:
        request.api_policy = item.policy  # type: ignore[attr-defined]
        with translation.override("nl"):
            try:
                request.api_media_type = accepted_type(request, item.offers)  # type: ignore[attr-defined]
                _refuse_stray_parameters(item.operation, request, path, single, repeatable)
            except (problems.ApiProblem, ValidationError) as error:
                return api.on_exception(request, error)
            except TooManyFieldsSent:
                detail = f"Een vraag heeft hoogstens {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS} parameters."
                return problems.problem_response(400, errors=[InvalidField(in_="query", detail=detail)])
            return run(request, **path)

    return gate


def _query_names(operation: Operation) -> tuple[set[str], set[str]]:
    """The names of query parameters that may be given once, and of those that may be repeated."""
    every: set[str] = set()
    repeatable: set[str] = set()
    for model in operation.models:
        if model.__ninja_param_source__ == "query":
            every |= set(model.__ninja_flatten_map__)
            repeatable |= set(getattr(model, "__ninja_collection_fields__", []))
    return every - repeatable, every & repeatable


def _refuse_stray_parameters(
    operation: Operation, request: HttpRequest, path: dict[str, Any], single: set[str], repeatable: set[str]
) -> None:
    """Raise ValidationError for unknown and repeated parameters, together with what else is wrong with the request."""
    errors: list[dict[str, Any]] = []
    for name, values in request.GET.lists():
        if name in repeatable or (name in single and len(values) == 1):
            continue
        if name in single:
            errors.append({"type": "repeated", "loc": ("query", name), "msg": ""})
        else:
            close = get_close_matches(name, sorted(single | repeatable), n=1)
            hint = f" Bedoelt u {close[0]}?" if close else ""
            message = f"Deze vraagparameter kennen wij niet.{hint}"
            errors.append({"type": "value_error", "loc": ("query", name[:50]), "msg": message})
    if not errors:
        return
    try:
        operation._get_values(request, path, HttpResponse())
    except ValidationError as others:
        errors += others.errors
    raise ValidationError(errors)
