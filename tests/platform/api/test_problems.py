# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every error is a problem after RFC 9457, in Dutch, all together, and says nothing about anybody."""

import pytest
from django.test import Client, override_settings
from hypothesis import given
from hypothesis import strategies as st
from ninja import Router

from samenspel.platform.api.factory import make_api
from samenspel.platform.api.problems import KINDS, problem_response

pytestmark = pytest.mark.urls("tests.platform.api.example")


@pytest.mark.parametrize(
    ("kind", "status", "detail"),
    [
        ("problem", 404, "Wij kennen dit ding niet."),
        ("refusal", 403, "Alleen de griffier mag dit zien."),
        ("absent", 404, KINDS[404].detail),
        ("crash", 500, KINDS[500].detail),
        ("throttled", 429, KINDS[429].detail),
        ("log-in", 401, KINDS[401].detail),
    ],
)
def test_an_error_of_an_operation_is_a_problem(client: Client, kind: str, status: int, detail: str) -> None:
    client.raise_request_exception = False
    response = client.get(f"/api/v1/fouten/{kind}")
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["detail"] == detail
    assert problem["title"] == KINDS[status].title
    assert problem["type"] == f"/api/#{KINDS[status].anchor}"
    assert problem["instance"].removeprefix("urn:uuid:").replace("-", "") == response["X-Correlation-Id"]
    assert "123456782" not in response.content.decode()


def test_a_crash_is_not_hidden_from_whoever_watches(client: Client) -> None:
    with pytest.raises(RuntimeError):
        client.get("/api/v1/fouten/crash")


def test_all_that_is_wrong_is_told_at_once(client: Client) -> None:
    response = client.get(
        "/api/v1/dingen?pagina=0&perPagina=veel&niveau=stad&aantalMensen=-1&soort=a&soort=b&soort=c&soort=d"
        "&nivo=wijk&formaat=csv&formaat=json"
    )
    assert response.status_code == 400
    told = {error["location"]["name"]: (error["detail"], error["code"]) for error in response.json()["errors"]}
    assert told == {
        "pagina": ("Dit moet 1 of meer zijn.", "greater_than_equal"),
        "perPagina": ("Dit moet een heel getal zijn.", "int_parsing"),
        "niveau": ("Kies een van: gemeente, wijk.", "literal_error"),
        "aantalMensen": ("Dit moet 0 of meer zijn.", "greater_than_equal"),
        "soort": ("Geef er hoogstens 3.", "too_long"),
        "nivo": ("Deze vraagparameter kennen wij niet. Bedoelt u niveau?", "value_error"),
        "formaat": ("Dit mag maar een keer in de vraag staan.", "repeated"),
    }
    assert {error["in"] for error in response.json()["errors"]} == {"query"}


@given(st.text(min_size=1))
def test_what_was_refused_is_not_repeated(value: str) -> None:
    # The value may be a name or a number of a person, and answers are logged by others.
    response = Client().get("/api/v1/dingen", {"niveau": f"geheim{value}"})
    assert response.status_code == 400
    assert "geheim" not in response.content.decode()


@override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=100)
def test_a_question_with_too_many_parameters_is_invalid_too(client: Client) -> None:
    response = client.get("/api/v1/dingen?" + "&".join(["soort=a"] * 101))
    assert response.status_code == 400
    assert response.json()["errors"][0]["detail"] == "Een vraag heeft hoogstens 100 parameters."


@given(st.integers(400, 599))
def test_every_error_status_can_be_told(status: int) -> None:
    response = problem_response(status)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"


def test_an_operation_without_a_policy_stops_the_program() -> None:
    from django.core.exceptions import ImproperlyConfigured

    router = Router()
    router.add_api_operation("/onbewaakt", ["GET"], lambda request: None)
    api = make_api([])
    api.add_router("", router)
    with pytest.raises(ImproperlyConfigured, match="/onbewaakt declares no policy"):
        api.urls
