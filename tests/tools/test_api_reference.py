# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages about the API say what the API does."""

import json
import re

from click.testing import CliRunner

from samenspel.platform.api.cli import openapi
from samenspel.platform.api.factory import the_api
from samenspel.platform.api.openapi import document
from samenspel.platform.api.problems import KINDS
from tools import api_reference

REFERENCE = api_reference.PAGE.with_name("api.md")


def test_the_page_of_operations_is_what_make_reference_writes() -> None:
    assert api_reference.PAGE.read_text(encoding="utf-8") == api_reference.operations_page()


def test_every_word_in_code_on_the_reference_page_exists_in_the_api() -> None:
    text = json.dumps(document(the_api()), ensure_ascii=False)
    named = set(
        re.findall(r"`([a-z]+[A-Z]\w+|_links|instance|suggesties|breuken|waarde|totaal)`", REFERENCE.read_text())
    )
    assert len(named) > 5
    assert [word for word in named if f'"{word}"' not in text] == []


def test_the_document_can_be_printed_for_any_address() -> None:
    result = CliRunner().invoke(openapi, ["--address", "https://samenspel.example/api/v1"])
    assert result.exit_code == 0
    printed = json.loads(result.stdout)
    assert printed == json.loads(json.dumps(document(the_api(), "https://samenspel.example/api/v1")))


def test_every_kind_of_problem_has_an_explanation_of_its_own() -> None:
    assert len({kind.anchor for kind in KINDS.values()}) == len(KINDS)
