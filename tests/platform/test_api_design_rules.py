# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The NL API Design Rules, rule by rule, on the OpenAPI document and on the running API.

Written from the text of the standard (https://gitdocumentatie.logius.nl/publicatie/api/adr/, 2.1 and the error rules of
its successor), not from the official linter, so that both can catch what the other misses. `make lint-api` runs the
official rule set. Each test carries the identifiers of the rules it checks; one test at the end compares them with the
list of all rules, so that a rule without a test, or with only a reason, is seen.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import jsonschema
import pytest
from django.test import Client

from samenspel.platform.api.factory import the_api
from samenspel.platform.api.openapi import document
from samenspel.platform.api.version import API_VERSION

SERVER = "https://samenspel.example/api/v1"
METHODS = {"get", "put", "post", "patch", "delete"}
CHECKED: set[str] = set()
F = TypeVar("F", bound=Callable[..., object])

# All rules of the standard.
RULES = {
    "/core/changelog",
    "/core/date-time",
    "/core/deprecation-schedule",
    "/core/doc-language",
    "/core/doc-openapi",
    "/core/doc-openapi-contact",
    "/core/error-handling/all-errors",
    "/core/error-handling/invalid-input",
    "/core/error-handling/problem-details",
    "/core/geospatial",
    "/core/hide-implementation",
    "/core/http-methods",
    "/core/http-response-code",
    "/core/http-safety",
    "/core/interface-language",
    "/core/naming-collections",
    "/core/naming-resources",
    "/core/nested-child",
    "/core/no-trailing-slash",
    "/core/path-segments-kebab-case",
    "/core/publish-openapi",
    "/core/query-keys-camel-case",
    "/core/resource-operations",
    "/core/semver",
    "/core/stateless",
    "/core/transition-period",
    "/core/transport/cors",
    "/core/transport/no-sensitive-uris",
    "/core/transport/security-headers",
    "/core/transport/tls",
    "/core/uri-version",
    "/core/version-header",
}
# Rules that a test of this program cannot decide, and why.
NOT_TESTED = {
    "/core/geospatial": "the API publishes no geometry",
    "/core/nested-child": "no resource exists only inside another",
    "/core/resource-operations": "there are no operations but reading",
    "/core/transport/tls": "the connection is secured by the proxy in front; docs/how-to says how",
    "/core/transition-period": "there is one major version; the policy is in docs/reference/api.md",
}


def rule(*names: str) -> Callable[[F], F]:
    """Note which rules a test checks."""

    def mark(test: F) -> F:
        CHECKED.update(names)
        return test

    return mark


@pytest.fixture(scope="module")
def oas() -> dict[str, Any]:
    """The document, as a program reads it."""
    parsed: dict[str, Any] = json.loads(json.dumps(document(the_api(), SERVER)))
    return parsed


@pytest.fixture(autouse=True)
def _figures(figure_store: object) -> None:
    """The running API answers from real figures."""


def operations(oas: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in oas["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def resolved(oas: dict[str, Any], node: Any) -> Any:
    while isinstance(node, dict) and "$ref" in node:
        target: Any = oas
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Every object in the document."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(child)


def properties(oas: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for schema in oas["components"]["schemas"].values():
        yield from schema.get("properties", {}).items()


# One request that succeeds for each operation.
SUCCESSES = {
    "/gebieden": "/gebieden?perPagina=2",
    "/gebieden/{code}": "/gebieden/GM0193",
    "/indicatoren": "/indicatoren?perPagina=2",
    "/indicatoren/{sleutel}": "/indicatoren/population",
    "/cijfers": "/cijfers?gebied=GM0193&indicator=population",
    "/bronnen": "/bronnen",
    "/bronnen/{sleutel}": "/bronnen/rivm_50090",
    "/vergelijkingen": "/vergelijkingen?gebied=GM0193",
    "/modellen": "/modellen",
    "/gebieden/{code}/vergelijkbare-gemeenten": "/gebieden/GM0193/vergelijkbare-gemeenten",
}


@rule("/core/doc-openapi")
def test_every_path_can_be_tried(oas: dict[str, Any]) -> None:
    assert set(SUCCESSES) == set(oas["paths"])


@rule("/core/doc-openapi", "/core/publish-openapi")
def test_the_document_is_openapi_3_and_every_reference_resolves(oas: dict[str, Any], client: Client) -> None:
    assert re.fullmatch(r"3\.\d+\.\d+", oas["openapi"])
    for node in nodes(oas):
        if "$ref" in node:
            assert resolved(oas, node)
    for schema in oas["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    response = client.get("/api/v1/openapi.json")
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert {**response.json(), "servers": oas["servers"]} == oas
    assert client.get("/api/v1/openapi.json", headers={"If-None-Match": response["ETag"]}).status_code == 304


@rule("/core/doc-openapi")
def test_every_operation_is_described_and_has_a_true_example(oas: dict[str, Any], client: Client) -> None:
    ids = [operation["operationId"] for _, _, operation in operations(oas)]
    assert len(set(ids)) == len(ids)
    tags = {tag["name"] for tag in oas["tags"]}
    schemas = {"components": {"schemas": oas["components"]["schemas"]}}
    for _, _, operation in operations(oas):
        assert operation["summary"]
        assert operation["description"].endswith(".")
        assert set(operation["tags"]) <= tags
        for parameter in operation["parameters"]:
            assert parameter["description"], parameter["name"]
        message = operation["responses"]["200"]["content"]["application/json"]
        jsonschema.validate(message["example"], {**schemas, **message["schema"]})
        assert client.get(f"/api/v1{operation['x-voorbeeld']}").json() == message["example"], (
            "the figures or the API changed: run python -m tools.api_examples and look at the difference"
        )


@rule("/core/doc-openapi")
def test_path_parameters_are_declared(oas: dict[str, Any]) -> None:
    for path, _, operation in operations(oas):
        declared = {parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "path"}
        assert declared == set(re.findall(r"{(\w+)}", path))


@rule("/core/doc-openapi-contact")
def test_somebody_answers_questions(oas: dict[str, Any]) -> None:
    assert set(oas["info"]["contact"]) >= {"name", "email", "url"}
    assert "@" in oas["info"]["contact"]["email"]


@rule("/core/doc-language", "/core/interface-language")
def test_names_and_texts_are_dutch(oas: dict[str, Any]) -> None:
    english = re.compile(
        r"\b(area|areas|figure|figures|indicators|sources?|value|values|period|level|name|page|per_page|search|the|and|with|an)\b",
        re.IGNORECASE,
    )
    standard = {"name", "pointer", "index", "in", "detail", "status", "title", "type", "instance", "errors", "code"}
    for path, _, operation in operations(oas):
        assert not english.search(path.replace("/", " ").replace("-", " "))
        assert not english.search(operation["summary"] + " " + operation["description"])
        for parameter in operation["parameters"]:
            assert not english.search(parameter["name"])
            assert not english.search(parameter["description"])
    assert not [name for name, schema in oas["components"]["schemas"].items() if "description" in schema]
    for name, schema in properties(oas):
        assert name in standard or not english.search(re.sub(r"(?=[A-Z])", " ", name)), name
        assert not english.search(schema.get("description", "")), schema


@rule("/core/naming-resources", "/core/naming-collections")
def test_collections_are_plural_nouns(oas: dict[str, Any]) -> None:
    plural = re.compile(r"[a-z-]+(en|s)")
    for path in oas["paths"]:
        first, *rest = path.strip("/").split("/")
        assert plural.fullmatch(first)
        # Below one resource at most one collection of its own.
        assert len(rest) <= 2
        assert all(plural.fullmatch(part) for part in rest[1:])
        assert all(part.startswith("{") for part in rest[:1])


@rule("/core/no-trailing-slash")
def test_no_address_ends_in_a_slash(oas: dict[str, Any], client: Client) -> None:
    assert not [path for path in oas["paths"] if path.endswith("/")]
    assert not oas["servers"][0]["url"].endswith("/")
    for address in ("", *SUCCESSES.values(), "/openapi.json"):
        path, _, query = address.partition("?")
        response = client.get(f"/api/v1{path}/?{query}")
        assert response.status_code == 404, path


@rule("/core/path-segments-kebab-case")
def test_paths_are_kebab_case(oas: dict[str, Any]) -> None:
    for path in oas["paths"]:
        assert re.fullmatch(r"(/([a-z0-9]+(-[a-z0-9]+)*|{[a-zA-Z]+}))+", path)


@rule("/core/query-keys-camel-case")
def test_query_keys_and_fields_are_camel_case(oas: dict[str, Any], client: Client) -> None:
    camel = re.compile(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*")
    for _, _, operation in operations(oas):
        for parameter in operation["parameters"]:
            assert camel.fullmatch(parameter["name"])
    for name, _ in properties(oas):
        assert camel.fullmatch(name) or name == "_links"
    for name in oas["components"]["schemas"]:
        assert re.fullmatch(r"([A-Z][a-z\d]*)+", name)
    for address in SUCCESSES.values():
        for node in nodes(client.get(f"/api/v1{address}").json()):
            for key in node:
                assert camel.fullmatch(key) or key == "_links", key


@rule("/core/http-methods", "/core/http-safety")
def test_only_standard_methods_and_reading_changes_nothing(oas: dict[str, Any], client: Client) -> None:
    for path, method, _ in operations(oas):
        assert method in METHODS
        address = f"/api/v1{SUCCESSES[path]}"
        first = client.get(address)
        assert client.get(address).content == first.content
        assert client.head(address).status_code == first.status_code == 200
        for other in METHODS - {method}:
            refused = client.generic(other.upper(), address)
            assert refused.status_code == 405
            assert set(refused["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@rule("/core/stateless")
def test_an_answer_depends_on_the_request_alone(oas: dict[str, Any]) -> None:
    for path in oas["paths"]:
        address = f"/api/v1{SUCCESSES[path]}"
        one, other = Client(), Client()
        other.get("/api/v1/gebieden?zoek=zwolle")
        assert one.get(address).content == other.get(address).content
        assert not one.get(address).cookies


@rule("/core/hide-implementation", "/core/http-response-code")
def test_errors_have_their_own_status_and_no_technical_details(client: Client) -> None:
    expected = {
        "/gebieden/onzin": 404,
        "/gebieden?pagina=0": 400,
        "/cijfers": 400,
        "/onzin": 404,
        "/gebieden/%00": 404,
        "/gebieden?zoek=%00": 200,
        "/gebieden?zoek=%FF": 200,
    }
    for address, status in expected.items():
        response = client.get(f"/api/v1{address}")
        assert response.status_code == status, address
        text = response.content.decode().lower()
        for word in ("django", "python", "traceback", "polars", "pydantic", "postgres", "ninja"):
            assert word not in text


@rule("/core/error-handling/problem-details")
def test_errors_are_problems_in_the_document_and_in_truth(oas: dict[str, Any], client: Client) -> None:
    for _, _, operation in operations(oas):
        failures = {code: resolved(oas, r) for code, r in operation["responses"].items() if code[0] in "45"}
        assert failures
        for code, response in failures.items():
            assert set(response["content"]) == {"application/problem+json"}
            content = response["content"]["application/problem+json"]
            schema = resolved(oas, content["schema"])
            assert {"status", "title", "detail"} <= set(schema["required"])
            assert content["example"]["status"] == int(code)
    problem_schema = {**oas["components"]["schemas"]["Problem"], "components": oas["components"]}
    for address in ("/gebieden/onzin", "/gebieden?pagina=0", "/onzin", "/cijfers?gebied=x&niveau=y", "/gebieden/"):
        response = client.get(f"/api/v1{address}")
        assert response["Content-Type"] == "application/problem+json"
        jsonschema.validate(response.json(), problem_schema)
        assert response.json()["status"] == response.status_code


@rule("/core/error-handling/invalid-input", "/core/error-handling/all-errors")
def test_invalid_input_is_400_with_everything_that_is_wrong(oas: dict[str, Any], client: Client) -> None:
    for path, _, operation in operations(oas):
        names = [p["name"] for p in operation["parameters"] if p["in"] == "query"]
        assert ("400" in operation["responses"]) == bool(operation["parameters"])
        if names:
            numbers = [name for name in names if name in ("pagina", "perPagina")]
            query = {**dict.fromkeys(numbers, "veel"), "bestaatNiet": "1"}
            response = client.get(f"/api/v1{path}", query)
            assert response.status_code == 400
            wrong = {error["location"]["name"] for error in response.json()["errors"]}
            assert wrong == {*numbers, "bestaatNiet"}


@rule("/core/uri-version", "/core/semver", "/core/version-header")
def test_the_major_version_is_in_the_address_and_the_whole_in_every_answer(oas: dict[str, Any], client: Client) -> None:
    assert re.fullmatch(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)", oas["info"]["version"])
    assert oas["info"]["version"] == API_VERSION
    major = API_VERSION.split(".")[0]
    assert [server["url"] for server in oas["servers"]] == [SERVER]
    assert SERVER.endswith(f"/v{major}")
    for _, _, operation in operations(oas):
        for status, response in operation["responses"].items():
            assert "API-Version" in resolved(oas, response)["headers"], status
    for address in (*SUCCESSES.values(), "", "/openapi.json", "/onzin", "/gebieden?pagina=0"):
        assert client.get(f"/api/v{major}{address}")["API-Version"] == API_VERSION


@rule("/core/date-time")
def test_dates_have_a_format_and_no_time(oas: dict[str, Any]) -> None:
    formats = {
        schema["format"] for schema in nodes(oas["components"]["schemas"]) if isinstance(schema.get("format"), str)
    }
    assert formats <= {"date", "date-time"}
    for name, schema in properties(oas):
        if re.search(r"(?i)datum|herzienVoor", name):
            assert schema["format"] == "date"


@rule("/core/transport/security-headers")
def test_answers_carry_the_security_headers(client: Client) -> None:
    for address in ("", *SUCCESSES.values(), "/openapi.json", "/onzin"):
        response = client.get(f"/api/v1{address}", secure=True)
        assert response["Strict-Transport-Security"].startswith("max-age=")
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["Content-Type"]
        # The standard asks for no-store where data are sensitive. These are public; errors are not kept.
        expected = "no-store" if response.status_code != 200 else "public, max-age=300"
        assert response["Cache-Control"] == (expected if address else "no-store")


@rule("/core/transport/cors")
def test_every_site_may_read_public_data(client: Client) -> None:
    for address in (*SUCCESSES.values(), "/openapi.json"):
        response = client.get(f"/api/v1{address}", headers={"Origin": "https://elders.example"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response


@rule("/core/transport/no-sensitive-uris")
def test_no_address_asks_for_something_about_a_person(oas: dict[str, Any]) -> None:
    personal = re.compile(r"(?i)bsn|burgerservice|geboorte|persoon|token|wachtwoord|sleutelcode|email|telefoon")
    for path, _, operation in operations(oas):
        assert not personal.search(path)
        assert not [p["name"] for p in operation["parameters"] if personal.search(p["name"])]


DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference"


@rule("/core/changelog", "/core/deprecation-schedule")
def test_this_version_is_in_the_changelog_and_the_policy_is_published() -> None:
    changelog = (DOCS / "api-changelog.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (\d+\.\d+\.\d+)", changelog, re.MULTILINE)
    assert versions[0] == API_VERSION
    assert "## Versions" in (DOCS / "api.md").read_text(encoding="utf-8")


def test_every_rule_of_the_standard_is_checked_or_has_a_reason() -> None:
    assert CHECKED | set(NOT_TESTED) == RULES
    assert not CHECKED & set(NOT_TESTED)
