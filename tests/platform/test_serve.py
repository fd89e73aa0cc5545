# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The server as an administrator meets it: it opens, answers, stops, and says in words why it cannot."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.harness.program import ROOT, environment, samenspel


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(data: Path, *arguments: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "samenspel", "serve", "--port", str(port), "--processes", "1", *arguments],
        env=environment(data), cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout is not None
    heard = []
    try:
        for line in process.stdout:
            heard.append(line)
            if "is open on" in line:
                break
        else:
            raise AssertionError("the server did not open:\n" + "".join(heard))
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("serve")


def test_it_opens_answers_and_stops_with_its_database(data: Path) -> None:
    with serving(data, "--no-worker") as (address, process):
        answer = httpx.get(address + "/a-page-that-is-not-there/")
        assert answer.status_code == 404
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "Server" not in answer.headers
        told = httpx.get(address + "/api/v1/openapi.json", headers={"X-Forwarded-Proto": "https"}).json()
        assert not told["servers"][0]["url"].startswith("https:")  # nobody in front is trusted
    assert process.returncode == 0
    assert not (data / "postgres" / "postmaster.pid").exists()


def test_a_taken_port_is_said_in_a_sentence(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = samenspel(data, "serve", "--no-worker", "--no-migrate", "--port", str(port))
    assert answer.returncode == 1
    assert f"port {port}" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["serve", "--port", "eighty"], "not a valid integer"),
        (["serve", "--port", "99999"], "not in the range"),
        (["serve", "--color"], "No such option"),
        (["fly"], "No such command 'fly'"),
    ],
)
def test_wrong_arguments_end_with_2_and_a_sentence(data: Path, arguments: list[str], sentence: str) -> None:
    answer = samenspel(data, *arguments)
    assert answer.returncode == 2
    assert sentence in answer.stderr
    assert "Traceback" not in answer.stderr


def test_help_is_there_without_a_database(tmp_path: Path) -> None:
    for arguments in (["--help"], ["serve", "--help"], ["backup", "-h"]):
        answer = samenspel(tmp_path, *arguments)
        assert answer.returncode == 0, answer.stderr
        assert "Usage:" in answer.stdout
    assert not list(tmp_path.iterdir()), "asking for help made files"
