# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""`samenspel outcomes`, as somebody at a terminal uses it."""

import json

import pytest
from click.testing import CliRunner

from samenspel.outcomes.cli import outcomes
from samenspel.outcomes.service import compared_indicators

pytestmark = pytest.mark.usefixtures("figure_store")


def test_show_gives_json_of_one_or_all() -> None:
    one = CliRunner().invoke(outcomes, ["show", "GM0193", "--indicator", "wmo_clients_per_1000", "--format", "json"])
    assert one.exit_code == 0
    found = json.loads(one.stdout)
    assert [item["period"] for item in found] == ["2022"]
    assert found[0]["expected_range"]["lower"] < found[0]["expected"]
    all_ = json.loads(CliRunner().invoke(outcomes, ["show", "GM0193", "--format", "json"]).stdout)
    assert [item["indicator"] for item in all_] == compared_indicators()


def test_tables_are_for_people() -> None:
    shown = CliRunner().invoke(outcomes, ["show", "GM0114"])
    assert shown.exit_code == 0
    assert "Van Emmen is er over 2022 geen cijfer" in " ".join(shown.stdout.split())
    assert "wmo_clients_per_1000" in CliRunner().invoke(outcomes, ["models"]).stdout
    models = json.loads(CliRunner().invoke(outcomes, ["models", "--format", "json"]).stdout)
    assert {item["indicator"] for item in models} == set(compared_indicators())


@pytest.mark.parametrize("arguments", [["show", "GM9999"], ["show", "GM0193", "--indicator", "happiness"]])
def test_what_is_not_there_is_a_sentence(arguments: list[str]) -> None:
    result = CliRunner().invoke(outcomes, arguments)
    assert result.exit_code == 1
    assert result.stderr.strip()
    assert "Traceback" not in result.output


def test_wrong_arguments_and_a_build_that_is_there() -> None:
    assert CliRunner().invoke(outcomes, ["show"]).exit_code == 2
    CliRunner().invoke(outcomes, ["build"])
    again = CliRunner().invoke(outcomes, ["build"])
    assert again.exit_code == 0
    assert "were up to date" in again.stderr
