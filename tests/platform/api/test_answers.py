# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What holds for every answer of the API: headers, methods, forms, pages, validators and 304."""

import json

import pytest
from django.test import Client, override_settings

from samenspel.platform.api.version import API_VERSION
from tests.platform.api import example

pytestmark = pytest.mark.urls("tests.platform.api.example")

ANSWERS = [
    "/api/v1",
    "/api/v1/dingen",
    "/api/v1/dingen?pagina=0",
    "/api/v1/bestaat-niet",
    "/api/onzin",
    "/api/v1/dingen/",
]


@pytest.mark.parametrize("address", ANSWERS)
@pytest.mark.parametrize("method", ["get", "head", "options", "post", "delete"])
def test_every_answer_has_the_version_and_the_security_headers(client: Client, address: str, method: str) -> None:
    response = getattr(client, method)(f"/api/{address}")
    assert response["API-Version"] == API_VERSION
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"]
    assert not response.cookies
    assert "Strict-Transport-Security" not in response


def test_a_secure_answer_asks_to_stay_secure(client: Client) -> None:
    response = client.get("/api/v1/dingen", secure=True)
    assert response["Strict-Transport-Security"].startswith("max-age=")


@pytest.mark.parametrize("address", ["/api/v1/dingen/", "/api/v1/", "/api/v1/openapi.json/", "/api/v1/fouten/crash/"])
def test_a_slash_at_the_end_is_not_found_and_not_redirected(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "schuine streep" in response.json()["detail"]


def test_head_is_get_without_the_content(client: Client) -> None:
    for address in ("/api/v1/dingen", "/api/v1/dingen?formaat=csv", "/api/v1/bestaat-niet"):
        get, head = client.get(address), client.head(address)
        assert head.status_code == get.status_code
        assert head["Content-Type"] == get["Content-Type"]
        assert head.get("ETag") == get.get("ETag")
        assert head.content == b""


def test_options_tells_the_methods_also_to_another_site(client: Client) -> None:
    asks = {"Origin": "https://elders.example", "Access-Control-Request-Method": "GET"}
    response = client.options("/api/v1/dingen", headers=asks)
    assert response.status_code == 204
    assert response["Allow"] == response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert client.options("/api/v1/bestaat-niet").status_code == 404


def test_another_method_is_refused_with_the_methods_that_can(client: Client) -> None:
    for address in ("/api/v1/dingen", "/api/v1"):
        for method in ("post", "put", "patch", "delete"):
            response = getattr(client, method)(address)
            assert response.status_code == 405
            assert response["Allow"] == "GET, HEAD, OPTIONS"
            assert response["Content-Type"] == "application/problem+json"


def test_what_only_some_may_see_is_not_opened_to_other_sites(client: Client, db: None) -> None:
    response = client.get("/api/v1/geheimen", headers={"Origin": "https://elders.example"})
    assert response.status_code == 403
    assert response.json()["detail"] == "Niemand mag dit zien."
    assert "Access-Control-Allow-Origin" not in response


def test_the_client_chooses_the_form(client: Client) -> None:
    def type_for(accept: str, address: str = "/api/v1/dingen") -> str:
        return str(client.get(address, headers={"Accept": accept})["Content-Type"])

    assert type_for("application/json") == type_for("*/*") == "application/json"
    assert type_for("text/csv") == type_for("text/csv, application/json;q=0.5") == "text/csv; charset=utf-8"
    assert type_for("text/csv;q=0.1, application/json") == "application/json"
    assert type_for("text/html", "/api/v1/dingen?formaat=csv") == "text/csv; charset=utf-8"
    assert client.get("/api/v1/dingen")["Vary"] == "Accept"
    refused = client.get("/api/v1/dingen", headers={"Accept": "image/png"})
    assert refused.status_code == 406
    assert "text/csv" in refused.json()["detail"]


def test_the_same_version_is_not_sent_twice(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get("/api/v1/dingen")
    assert first["Cache-Control"].startswith("public")
    again = client.get("/api/v1/dingen", headers={"If-None-Match": f'"other", {first["ETag"]}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert client.get("/api/v1/dingen?pagina=2", headers={"If-None-Match": first["ETag"]}).status_code == 200
    as_table = {"If-None-Match": first["ETag"], "Accept": "text/csv"}
    assert client.get("/api/v1/dingen", headers=as_table).status_code == 200
    monkeypatch.setitem(example.VERSION, "now", "second")
    assert client.get("/api/v1/dingen", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_an_error_is_not_kept(client: Client) -> None:
    for address in ("/api/v1/dingen?pagina=0", "/api/v1/bestaat-niet"):
        assert client.get(address)["Cache-Control"] == "no-store"


def test_all_pages_together_are_the_collection(client: Client) -> None:
    address, seen = "/api/v1/dingen?perPagina=30&soort=a&soort=b", []
    while address:
        page = client.get(address).json()
        seen += page["dingen"]
        assert page["totaal"] == 250
        address = page["_links"].get("next", {}).get("href", "")
    assert seen == list(range(250))


def test_links_keep_the_question(client: Client) -> None:
    links = client.get("/api/v1/dingen?pagina=2&niveau=wijk").json()["_links"]
    assert {name: link["href"] for name, link in links.items()} == {
        "self": "/api/v1/dingen?pagina=2&niveau=wijk",
        "first": "/api/v1/dingen?pagina=1&niveau=wijk",
        "prev": "/api/v1/dingen?pagina=1&niveau=wijk",
        "next": "/api/v1/dingen?pagina=3&niveau=wijk",
        "last": "/api/v1/dingen?pagina=3&niveau=wijk",
    }


def test_a_page_past_the_last_is_empty_and_leads_back(client: Client) -> None:
    page = client.get("/api/v1/dingen?pagina=9").json()
    assert page["dingen"] == []
    assert page["_links"]["prev"]["href"] == "/api/v1/dingen?pagina=3"
    assert "next" not in page["_links"]


@override_settings(ALLOWED_HOSTS=["samenspel.example"])
def test_a_refused_host_gets_a_problem_too(client: Client) -> None:
    response = client.get("/api/v1/dingen", headers={"host": "elders.example"})
    assert response.status_code == 400
    assert json.loads(response.content)["type"] == "/api/#ongeldige-invoer"
