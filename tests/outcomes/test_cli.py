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
    assert found[0]["outcome"] == "within"
    assert "verdict" not in one.stdout
    all_ = json.loads(CliRunner().invoke(outcomes, ["show", "GM0193", "--format", "json"]).stdout)
    assert [item["indicator"] for item in all_] == compared_indicators()


def test_tables_are_for_people() -> None:
    shown = CliRunner().invoke(outcomes, ["show", "GM0114"])
    assert shown.exit_code == 0
    assert "There is no figure of Emmen" in " ".join(shown.stdout.split())
    assert "places: the places that the uncertainty leaves open" in shown.stderr
    assert "wmo_clients_per_1000" in CliRunner().invoke(outcomes, ["models"]).stdout
    models = json.loads(CliRunner().invoke(outcomes, ["models", "--format", "json"]).stdout)
    assert {item["indicator"] for item in models} == set(compared_indicators())


def test_a_name_is_as_good_as_a_code() -> None:
    by_name = CliRunner().invoke(outcomes, ["show", "zwolle", "--format", "json"])
    by_code = CliRunner().invoke(outcomes, ["show", "gm0193", "--format", "json"])
    assert by_name.exit_code == 0
    assert by_name.stdout == by_code.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["show", "WK019310"], 1, "only municipalities are compared"),
        (["show", "zwole"], 1, "there is no municipality 'zwole'. Did you mean GM0193 (Zwolle)?"),
        (["show", "GM0193", "--indicator", "wmo_clients"], 1, "Did you mean wmo_clients_per_1000"),
        (["show", "GM0344", "youth_care_share"], 2, "--indicator youth_care_share"),
    ],
)
def test_refusals_are_one_english_sentence(arguments: list[str], code: int, said: str) -> None:
    result = CliRunner().invoke(outcomes, arguments)
    assert result.exit_code == code
    assert result.stdout == ""
    assert said in result.stderr


def test_every_reason_for_no_comparison_has_an_english_sentence() -> None:
    from samenspel.outcomes.api.words import REASON_WORDS
    from samenspel.outcomes.cli import _BECAUSE

    assert set(_BECAUSE) == set(REASON_WORDS) - {"not_a_municipality"}, "a command refuses what is no municipality"
    for reason in ("model_estimate", "see_rate"):
        assert "{name}" not in _BECAUSE[reason].format(name="Zwolle", indicator="wmo_clients")
    shown = CliRunner().invoke(outcomes, ["show", "zwolle", "--indicator", "lonely"])
    assert "model estimate" in shown.stdout


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
