# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page for people: every operation, every error, and nothing that is not so."""

import json
import re

import pytest
from django.test import Client

from samenspel.platform.api.factory import the_api
from samenspel.platform.api.openapi import document
from samenspel.platform.api.problems import KINDS
from tests.browser import WIDTHS, OpenPage, assert_accessible


@pytest.fixture
def html(client: Client, db: None) -> str:
    response = client.get("/api/")
    assert response.status_code == 200
    assert "API-Version" not in response
    return response.content.decode()


def test_every_operation_and_parameter_is_explained(html: str) -> None:
    for path, item in document(the_api())["paths"].items():
        assert f"GET {path}" in html
        for parameter in item["get"]["parameters"]:
            assert parameter["name"] in html
        assert item["get"]["x-voorbeeld"].replace("&", "&amp;") in html


def test_the_type_of_every_problem_leads_to_its_explanation(html: str) -> None:
    for kind in KINDS.values():
        assert f'id="{kind.anchor}"' in html
    assert len(set(re.findall(r'\bid="([^"]+)"', html))) == len(re.findall(r'\bid="([^"]+)"', html))


def test_the_examples_on_the_page_are_answered_as_it_says(html: str, client: Client, figure_store: object) -> None:
    addresses = re.findall(r'href="http://testserver(/api/v1[^"]+)"', html)
    assert len(addresses) == 10
    shown = document(the_api())["paths"]
    for address, item in zip(addresses, shown.values(), strict=True):
        answer = client.get(address.replace("&amp;", "&")).json()
        assert answer == item["get"]["responses"]["200"]["content"]["application/json"]["example"]
        assert json.dumps(answer, ensure_ascii=False)[:1] == "{"


def test_the_footer_leads_to_it(html: str) -> None:
    assert re.search(r'<footer.*href="/api/"', html, re.DOTALL)


@pytest.mark.e2e
def test_the_page_is_accessible(open_page: OpenPage) -> None:
    for width in WIDTHS:
        assert_accessible(open_page("/api/", width))
