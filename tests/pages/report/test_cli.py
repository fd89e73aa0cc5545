# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command that writes the report: whole or not at all, into a file or a pipe, wrong input in a sentence."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from samenspel.pages.report.cli import report

pytestmark = [pytest.mark.usefixtures("figure_store"), pytest.mark.django_db]


def test_it_writes_the_file_and_says_so(tmp_path: Path) -> None:
    target = tmp_path / "zwolle.pdf"
    done = CliRunner().invoke(report, ["GM0193", "--output", str(target)])
    assert done.exit_code == 0, done.output
    assert target.read_bytes().startswith(b"%PDF-1.7")
    assert "zwolle.pdf" in done.stderr and not done.stdout
    assert [one.name for one in tmp_path.iterdir()] == ["zwolle.pdf"]


def test_it_sends_the_same_bytes_to_a_pipe(tmp_path: Path) -> None:
    target = tmp_path / "zwolle.pdf"
    CliRunner().invoke(report, ["zwolle", "-o", str(target)])
    assert CliRunner().invoke(report, ["gm0193", "-o", "-"]).stdout_bytes == target.read_bytes()


def test_it_speaks_english_on_request(tmp_path: Path) -> None:
    done = CliRunner().invoke(report, ["zwolle", "-o", "-", "--language", "en"])
    assert re.search(rb"/Lang\s*\(en", done.stdout_bytes)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["zwole", "-o", "x.pdf"], 1, "GM0193 (Zwolle)"),
        (["GM9999", "-o", "x.pdf"], 1, "GM0193"),
        (["GM0024", "-o", "x.pdf"], 1, "Eemsdelta (GM1979)"),
        (["WK019310", "-o", "x.pdf"], 1, "no municipality"),
        (["GM0193"], 2, "--output"),
        (["GM0193", "-o", "nowhere/x.pdf"], 1, "no folder nowhere"),
        (["GM0193", "-o", "x.pdf", "--language", "fr"], 2, "fr"),
    ],
)
def test_wrong_input_is_a_sentence(
    arguments: list[str], code: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(report, arguments)
    assert done.exit_code == code
    assert words in done.stderr
    assert not list(tmp_path.iterdir())


def test_an_older_file_stays_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "zwolle.pdf"
    target.write_bytes(b"older")

    def full(self: Path, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    done = CliRunner().invoke(report, ["zwolle", "-o", str(target)])
    assert done.exit_code == 1 and "No space left" in done.stderr
    assert target.read_bytes() == b"older"
    assert [one.name for one in tmp_path.iterdir()] == ["zwolle.pdf"]
