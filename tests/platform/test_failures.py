# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What goes wrong around the program is said in one sentence: what, where, what to do; and no password."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import click
import polars as pl
import pytest
from click.testing import CliRunner
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.utils import NotSupportedError, ProgrammingError

from samenspel.platform.cli import plain_failures
from samenspel.platform.failures import sentence_for
from samenspel.platform.settings.database import database_from
from tests.harness.program import ROOT, environment, samenspel
from tests.platform.test_serve import free_port

PASSWORD = "Geh3im-woord"


def with_url(data: Path, url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "samenspel", *arguments],
        env={**environment(data), "DATABASE_URL": url}, cwd=ROOT, capture_output=True, text=True, timeout=60,
        check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def said(answer: subprocess.CompletedProcess[str]) -> str:
    """The one sentence on stderr."""
    assert answer.returncode == 1, answer
    assert "Traceback" not in answer.stdout + answer.stderr
    assert PASSWORD not in answer.stdout + answer.stderr
    lines = [line for line in answer.stderr.splitlines() if line != "Preparing the database …"]
    assert len(lines) == 1, lines
    return lines[0]


COMMANDS = (
    ("serve", "--port", "1"), ("serve", "--no-migrate"), ("worker", "--until-empty"), ("manage", "migrate"),
    ("backup", "{data}/backup"), ("audit", "verify"), ("accounts", "seed-demo"),
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_says_that_the_database_is_away(command: tuple[str, ...], tmp_path: Path) -> None:
    port = free_port()
    url = f"postgresql://samenspel_web:{PASSWORD}@127.0.0.1:{port}/sociaal"
    sentence = said(with_url(tmp_path, url, *(word.format(data=tmp_path) for word in command)))
    assert sentence.startswith(f"samenspel: The database sociaal on 127.0.0.1 port {port} cannot be used: ")
    assert "refused" in sentence
    assert sentence.endswith("Check DATABASE_URL, and that PostgreSQL runs there and lets this user in.")


def test_the_check_says_it_too_and_needs_no_log_for_it(tmp_path: Path) -> None:
    answer = with_url(tmp_path, f"postgresql://web:{PASSWORD}@127.0.0.1:{free_port()}/sociaal", "check")
    assert answer.returncode == 1
    assert "-> The database sociaal on 127.0.0.1" in answer.stdout
    assert "itself failed" not in answer.stdout
    assert answer.stderr == ""
    assert PASSWORD not in answer.stdout


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (f"mysql://web:{PASSWORD}@db/sociaal", "must begin with postgresql://"),
        (f"postgresql://web:{PASSWORD}@db:poort/sociaal", "cannot be read"),
        (f"postgresql://web:{PASSWORD}/x@db:5432/sociaal", "cannot be read"),
        (f"postgresql://web:{PASSWORD}@db:5432", "names no database"),
        (f"postgresql://web:{PASSWORD}@[::1/sociaal", "cannot be read"),
        (PASSWORD, "must begin with postgresql://"),
    ],
)
def test_an_unreadable_address_is_said_without_its_password(url: str, words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=words) as refused:
        database_from(url)
    assert PASSWORD not in str(refused.value)
    assert "postgresql://user:password@host:5432/database" in str(refused.value)


def test_a_good_address_is_read_whole() -> None:
    found = database_from("postgresql://web:a%2Fb%40c@db.example:6432/sociaal?sslmode=verify-full")
    assert (found["NAME"], found["USER"], found["PASSWORD"]) == ("sociaal", "web", "a/b@c")
    assert (found["HOST"], found["PORT"], found["EMBEDDED"]) == ("db.example", 6432, False)
    assert found["OPTIONS"] == {"sslmode": "verify-full"}
    assert database_from("")["EMBEDDED"] is True


def test_an_unreadable_address_ends_a_command_in_that_sentence(tmp_path: Path) -> None:
    assert "must begin with postgresql://" in said(with_url(tmp_path, f"mysql://w:{PASSWORD}@db/s", "audit", "head"))


def test_a_wrong_password_and_missing_tables(tmp_path: Path) -> None:
    # Two processes: the embedded server of one is the server of the other's DATABASE_URL.
    assert "Run: samenspel manage migrate" in said(samenspel(tmp_path, "audit", "head"))
    holder = subprocess.Popen(
        [sys.executable, "-c", "import django; django.setup()\nfrom django.db import connection\n"
         "connection.ensure_connection(); print('up', flush=True); input()"],
        env=environment(tmp_path), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "up\n"
        url = f"postgresql://samenspel_web:{PASSWORD}@/samenspel?host={tmp_path / 'postgres'}"
        sentence = said(with_url(tmp_path, url, "audit", "head"))
        assert f"on {tmp_path / 'postgres'} port 5432 cannot be used" in sentence
        assert "password authentication failed" in sentence
    finally:
        holder.communicate("\n", timeout=30)


@pytest.mark.django_db
def test_an_old_server_is_named_with_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    assert connection.features.minimum_database_version == (15,)
    monkeypatch.setattr(type(connection.features), "minimum_database_version", (99,))
    with pytest.raises(NotSupportedError) as old:
        connection.check_database_version_supported()
    sentence = sentence_for(old.value)
    assert sentence is not None
    assert "is too old: PostgreSQL 99 or later is required (found 18" in sentence
    assert sentence.endswith("Use PostgreSQL 15 to 18.")


def test_a_data_folder_that_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for command in (("audit", "head"), ("figures", "build"), ("serve",)):
        sentence = said(samenspel(tmp_path / "file" / "data", *command))
        assert f"{tmp_path}/file/data" in sentence
        assert "SAMENSPEL_DATA" in sentence


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "Permission denied" in said(samenspel(tmp_path, "audit", "head"))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "Make room on the disk"),
        (errno.EACCES, "Give the user who runs Samenspel the rights"),
        (errno.EROFS, "Choose a folder that can be written"),
        (errno.ENOENT, "Check that path"),
    ],
)
def test_files_that_cannot_be_written(number: int, words: str) -> None:
    sentence = sentence_for(OSError(number, os.strerror(number), "/srv/samenspel/figures/x"))
    assert sentence is not None
    assert sentence.startswith(f"Cannot read or write /srv/samenspel/figures/x: {os.strerror(number)}.")
    assert words in sentence


def test_a_disk_without_room_is_a_sentence_for_any_command() -> None:
    @click.command()
    @plain_failures()
    def write() -> None:
        Path("/dev/full").write_text("x" * 100_000)

    outcome = CliRunner().invoke(write)
    assert outcome.exit_code == 1
    assert "No space left on device" in outcome.output
    assert "Make room on the disk" in outcome.output


@pytest.mark.parametrize(
    ("place", "words"), [("/dev/full", ["No space left", "Make room"]), ("/proc/x/y", ["/proc/x/y", "Check that path"])]
)
def test_what_the_library_of_the_figures_cannot_write(place: str, words: list[str]) -> None:
    frame = pl.DataFrame({"a": list(range(100_000))})
    with pytest.raises((OSError, pl.exceptions.PolarsError)) as failed:
        frame.write_parquet(place)
    sentence = sentence_for(failed.value)
    assert sentence is not None
    assert [word for word in words if word not in sentence] == []


def test_a_mistake_of_ours_stays_a_mistake() -> None:
    assert sentence_for(ProgrammingError("syntax error")) is None
    assert sentence_for(ValueError("x")) is None
    assert sentence_for(BrokenPipeError(errno.EPIPE, "Broken pipe")) is None
