# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The OpenAPI document: what the operations say of themselves, completed with what holds for all of them."""

import copy
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from samenspel.platform.api.factory import Api, DeclaredOperation
from samenspel.platform.api.negotiation import JSON
from samenspel.platform.api.problems import CONTENT_TYPE, KINDS
from samenspel.platform.api.schemas import Link, Problem
from samenspel.platform.api.version import API_VERSION, BASE_PATH

TAGS = {
    "gebieden": "Gemeenten, wijken en buurten: nu en vroeger.",
    "indicatoren": "De paspoorten: wat een cijfer is, waar het vandaan komt en wat het niet zegt.",
    "cijfers": "De cijfers zelf, als JSON of als CSV.",
    "vergelijkingen": "Wat er geteld is naast wat wij bij de inwoners verwachten, en hoe die verwachting is gemaakt.",
    "bronnen": "De tabellen waaruit de cijfers komen.",
}

_SCHEMAS = "#/components/schemas/"

_HEADERS: dict[str, Any] = {
    "API-Version": {
        "description": "Volledig versienummer van deze API.",
        "schema": {"type": "string", "example": API_VERSION},
    },
    "ETag": {
        "description": "Kenmerk van dit antwoord. Stuur het mee als If-None-Match: bij 304 hebt u het nog goed.",
        "schema": {"type": "string"},
    },
    "Cache-Control": {"description": "Hoelang u dit antwoord mag bewaren.", "schema": {"type": "string"}},
    "Link": {"description": "Verwijzingen naar andere bladzijden (RFC 8288).", "schema": {"type": "string"}},
}


def document(api: Api, server: str = BASE_PATH) -> dict[str, Any]:
    """The OpenAPI 3.1 document. `server` is the address of the API, whole or without the name of the host."""
    declared = {item.path: item for item in api.operations()}
    raw = api.get_openapi_schema(path_prefix="")
    paths = {path: _path_item(item, declared[path]) for path, item in raw["paths"].items()}
    operations = [operation for item in paths.values() for operation in item.values()]
    statuses = {int(status) for operation in operations for status in operation["responses"]}
    responses = {_name(status): _problem(status) for status in sorted(statuses) if status >= 400}
    schemas = _schemas(raw["components"]["schemas"])
    used = {tag for operation in operations for tag in operation.get("tags", [])}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": api.title,
            "version": API_VERSION,
            "description": api.description,
            "contact": dict(settings.API_CONTACT),
            "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/deed.nl"},
        },
        "servers": [{"url": server, "description": "Deze installatie van Samenspel"}],
        "tags": [{"name": name, "description": text} for name, text in TAGS.items() if name in used],
        "paths": paths,
        "components": {
            "schemas": {name: schemas[name] for name in sorted(_reached(schemas, [paths, responses]))},
            "headers": _HEADERS,
            "responses": responses,
        },
    }


def _path_item(item: Mapping[str, Any], declared: DeclaredOperation) -> dict[str, Any]:
    return {method: _operation(copy.deepcopy(dict(details)), declared) for method, details in item.items()}


def _operation(details: dict[str, Any], declared: DeclaredOperation) -> dict[str, Any]:
    parameters = [_parameter(parameter) for parameter in details.get("parameters", [])]
    given = {str(status): response for status, response in details["responses"].items()}
    paged = any(parameter["name"] == "pagina" for parameter in parameters)
    names = ["API-Version", "ETag", "Cache-Control", *(["Link"] if paged else [])]
    success = given["200"]
    success["description"] = success.get("description") if success.get("description") != "OK" else "Gelukt."
    success["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    success["content"][JSON]["schema"] = _clean(success["content"][JSON]["schema"])
    for media_type in declared.offers[1:]:
        success["content"].setdefault(media_type, {}).setdefault("schema", {"type": "string"})
    responses = {
        "200": success,
        "304": {
            "description": "Niet veranderd: het antwoord dat u al hebt, klopt nog.",
            "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in ("API-Version", "ETag")},
        },
    }
    errors = [406, 500, 503]
    if parameters:
        errors.append(400)
    if any(parameter["in"] == "path" for parameter in parameters):
        errors.append(404)
    if declared.policy.check is not None:
        errors += [401, 403]
    responses |= {str(status): {"$ref": f"#/components/responses/{_name(status)}"} for status in sorted(errors)}
    return {**details, "parameters": parameters, "responses": responses}


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    schema = _clean(parameter["schema"])
    # Leaving a parameter out is how a client says "nothing"; there is no null in an address.
    options = [option for option in schema.get("anyOf", []) if option != {"type": "null"}]
    if len(options) == 1:
        schema = {**{key: value for key, value in schema.items() if key != "anyOf"}, **options[0]}
    if schema.get("default", "") is None:
        del schema["default"]
    result = {"name": parameter["name"], "in": parameter["in"], "required": parameter["required"]}
    for key in ("description", "example"):
        if key in schema:
            result[key] = schema.pop(key)
    if schema.get("type") == "array":
        result |= {"style": "form", "explode": True}
    return {**result, "schema": schema}


def _schemas(raw: Mapping[str, Any]) -> dict[str, Any]:
    own = {model.__name__: model.model_json_schema(by_alias=True, mode="serialization") for model in (Link, Problem)}
    nested = {name: schema for model in own.values() for name, schema in model.pop("$defs", {}).items()}
    every = {name: _clean(_relocated(schema)) for name, schema in sorted({**raw, **nested, **own}.items())}
    # The description of a whole schema is the docstring of its class: English, for whoever reads the code.
    return {
        name: {key: value for key, value in schema.items() if key != "description"} for name, schema in every.items()
    }


def _reached(schemas: Mapping[str, Any], roots: Any) -> set[str]:
    """Names of the schemas that the roots refer to, directly or by way of others."""
    reached: set[str] = set()
    waiting = [roots]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
        elif isinstance(node, str) and node.startswith(_SCHEMAS):
            name = node.removeprefix(_SCHEMAS)
            if name not in reached:
                reached.add(name)
                waiting.append(schemas[name])
    return reached


def _relocated(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _relocated(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_relocated(value) for value in node]
    return node.replace("#/$defs/", _SCHEMAS) if isinstance(node, str) else node


def _clean(node: Any) -> Any:
    """A schema without the titles that pydantic makes of names, and open: a later version may add fields."""
    if isinstance(node, list):
        return [_clean(item) for item in node]
    if not isinstance(node, dict):
        return node
    verbatim = {"example", "examples", "default", "enum", "const"}
    return {
        key: value if key in verbatim else _clean(value)
        for key, value in node.items()
        if not (key == "title" and isinstance(value, str)) and not (key == "additionalProperties" and value is False)
    }


def _name(status: int) -> str:
    return "".join(word.capitalize() for word in KINDS[status].anchor.split("-"))


def _problem(status: int) -> dict[str, Any]:
    kind = KINDS[status]
    example = {
        "type": f"/api/#{kind.anchor}",
        "title": kind.title,
        "status": status,
        "detail": kind.detail,
        "instance": "urn:uuid:3f2b6c1e-7a55-4d0e-9d53-0f6f2d1b8a44",
    }
    if status == 400:
        error = {"in": "query", "detail": "Dit moet 1 of meer zijn.", "location": {"name": "pagina"}}
        example["errors"] = [{**error, "code": "greater_than_equal"}]
    return {
        "description": f"{kind.title}.",
        "headers": {"API-Version": {"$ref": "#/components/headers/API-Version"}},
        "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}},
    }
