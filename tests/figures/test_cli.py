# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""`samenspel figures` as people and scripts use it: output, errors and exit codes."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.conf import settings

from samenspel.figures.cli import figures
from samenspel.figures.passports import passports
from samenspel.figures.service import series

pytestmark = pytest.mark.usefixtures("figure_store")
ROOT = Path(__file__).parents[2]


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(figures, list(arguments))


def test_list_as_json() -> None:
    """One object per indicator, with exactly the keys that were promised."""
    result = _run("list", "--format", "json")
    assert result.exit_code == 0
    rows = json.loads(result.stdout)
    assert [row["key"] for row in rows] == sorted(passports())
    assert all(list(row) == ["key", "title", "unit", "periods", "areas"] for row in rows)
    lonely = next(row for row in rows if row["key"] == "lonely")
    assert lonely["periods"] == ["2012", "2016", "2020"]
    assert lonely["unit"] == "percent"
    assert lonely["areas"] > 15_000


def test_list_of_a_topic() -> None:
    """Only that topic; a topic that does not exist is wrong usage and names those that do."""
    rows = json.loads(_run("list", "--topic", "loneliness", "--format", "json").stdout)
    assert {row["key"] for row in rows} == {"lonely", "strongly_lonely", "emotionally_lonely", "socially_lonely"}
    wrong = _run("list", "--topic", "happiness")
    assert wrong.exit_code == 2
    assert "loneliness" in wrong.stderr


def test_show_as_json() -> None:
    """The promised shape, with the values the service gives."""
    result = _run("show", "--area", "GM0193", "--indicator", "lonely", "--format", "json")
    assert result.exit_code == 0
    content = json.loads(result.stdout)
    assert {"area", "indicator", "unit", "source", "values"} <= set(content)
    assert (content["area"], content["indicator"], content["unit"]) == ("GM0193", "lonely", "percent")
    assert "RIVM" in content["source"]
    expected = [(point.period, point.value) for point in series("GM0193", "lonely").points]
    assert [(value["period"], value["value"]) for value in content["values"]] == expected


def test_show_with_breakdown_and_as_csv() -> None:
    """CSV with a header, a row per period."""
    result = _run("show", "--area", "NL00", "--indicator", "lonely", "--breakdown", "age=65+", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["period"], row["value"]) for row in rows] == [("2012", "45.3"), ("2016", "48.3"), ("2020", "49.5")]


def test_show_as_a_table() -> None:
    """For people."""
    result = _run("show", "--area", "GM0363", "--indicator", "population")
    assert result.exit_code == 0
    assert "934526" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--area", "zwole", "--indicator", "lonely"), "GM0193"),
        (("--area", "GM9999", "--indicator", "lonely"), "GM9999"),
        (("--area", "GM0193", "--indicator", "lonly"), "lonely"),
        (("--area", "GM0193", "--indicator", "eenzaam"), "lonely"),
        (("--area", "GM0193", "--indicator", "qqqqqq"), "figures list"),
    ],
)
def test_unknown_names_fail_with_near_ones(arguments: tuple[str, ...], says: str) -> None:
    """One sentence on stderr, exit code 1, nothing on stdout."""
    result = _run("show", *arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_wrong_usage() -> None:
    """A missing or unknown option is exit code 2."""
    assert _run("show", "--area", "GM0193").exit_code == 2
    assert _run("show", "--area", "GM0193", "--indicator", "lonely", "--format", "xml").exit_code == 2
    assert _run("unbuild").exit_code == 2


@pytest.mark.parametrize("command", [(), ("build",), ("list",), ("show",)])
def test_help(command: tuple[str, ...]) -> None:
    """Every command explains itself."""
    result = _run(*command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout


def _program(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SAMENSPEL_DATA": str(data)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "samenspel", "figures", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def test_without_a_store_it_says_what_to_do(tmp_path: Path) -> None:
    """As a real program in a new data folder."""
    done = _program("list", data=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "samenspel figures build" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_refused_table_is_named_and_the_rest_is_built(tmp_path: Path) -> None:
    """Exit code 1, the failing row on stderr, and all other tables are there."""
    sources = tmp_path / "data"
    for path in settings.SOURCES_FOLDER.rglob("*"):
        if path.is_file():
            target = sources / path.relative_to(settings.SOURCES_FOLDER)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(path)
    damaged = sources / "income" / "inkomen_huishoudens_gemeente_2024.csv"
    text = damaged.read_text(encoding="utf-8")
    damaged.unlink()
    damaged.write_text(text.replace("2024,true,GM0014", "2024,true,GM9914"), encoding="utf-8")
    done = _program("build", "--sources", str(sources), "--format", "json", data=tmp_path / "store")
    assert done.returncode == 1
    rows = {row["table"]: row for row in json.loads(done.stdout)}
    assert [key for key, row in rows.items() if not row["accepted"]] == ["income_2024"]
    assert "GM9914" in done.stderr and "csv row " in done.stderr
    assert "1 of 17 tables were refused" in done.stderr
    shown = _program(
        "show", "--area", "GM0363", "--indicator", "population", "--format", "json", data=tmp_path / "store"
    )
    assert json.loads(shown.stdout)["values"][-1]["value"] == 934_526


def test_a_reader_that_stops_is_no_failure(figure_store: Path) -> None:
    """`samenspel figures list | head -1` ends quietly."""
    command = f"{sys.executable} -m samenspel figures list | head -1"
    environment = {**os.environ, "SAMENSPEL_DATA": str(figure_store.parent)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0
    assert "Error" not in done.stderr and "Traceback" not in done.stderr
