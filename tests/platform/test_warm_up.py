# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What web processes do before their first request."""

import subprocess
import sys
from pathlib import Path

import pytest

from samenspel.platform import warm_up as module
from samenspel.platform.service import register_warm_up
from samenspel.platform.warm_up import warm_up
from tests.harness.program import ROOT, environment


def test_a_part_that_fails_keeps_nobody_from_serving(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are warmed up all the same."""
    monkeypatch.setattr(module, "_registered", {})
    done: list[str] = []

    def fails() -> None:
        raise OSError("no disk")

    register_warm_up("one", fails)
    register_warm_up("two", lambda: done.append("former"))
    register_warm_up("two", lambda: done.append("two"))
    warm_up()
    assert done == ["two"]


SERVER = """
import os
from samenspel.platform.service import register_warm_up, start_django
start_django()
register_warm_up("test", lambda: print("warmed up in", os.getpid(), "of", os.getppid(), flush=True))
from samenspel.platform.cli.serve import _gunicorn
_gunicorn("127.0.0.1", 0, 2)
"""


def test_it_runs_in_each_web_process_and_not_in_the_server(tmp_path: Path) -> None:
    """Threads of libraries that were used before a fork do not live on after it."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER], env=environment(tmp_path), cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout is not None
    warmed = []
    for line in process.stdout:
        if line.startswith("warmed up"):
            warmed.append(line.split())
        if len(warmed) == 2:
            break
    process.terminate()
    process.communicate(timeout=30)
    assert {words[-1] for words in warmed} == {str(process.pid)}
    assert len({words[3] for words in warmed} - {str(process.pid)}) == 2
