# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The embedded PostgreSQL under hard conditions: kills, two processes at once, another version, a long path, root."""

import os
import signal
import subprocess
import time
from pathlib import Path

import psutil
import pytest

from samenspel.platform.database import embedded
from tests.harness.program import ASK, ask, samenspel, start_python

HOLD = """
import sys, time, django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT 1")
print("ready", flush=True)
time.sleep(120)
"""


def server_pid(data: Path) -> int:
    return int((data / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def wait_until_gone(pid: int) -> None:
    for _ in range(200):
        if not psutil.pid_exists(pid):
            return
        time.sleep(0.05)
    raise AssertionError(f"process {pid} is still there")


def test_it_starts_serves_and_stops_with_its_last_user(tmp_path: Path) -> None:
    assert ask(tmp_path, "SELECT current_user") == "samenspel_web"
    assert not (tmp_path / "postgres" / "postmaster.pid").exists()


def test_two_processes_share_it_and_it_survives_a_killed_one(tmp_path: Path) -> None:
    first = start_python(tmp_path, HOLD)
    assert first.stdout is not None
    assert first.stdout.readline() == "ready\n"
    server = server_pid(tmp_path)
    second = start_python(tmp_path, HOLD)
    assert second.stdout is not None
    assert second.stdout.readline() == "ready\n"
    assert server_pid(tmp_path) == server
    first.kill()
    first.communicate()
    assert ask(tmp_path, "SELECT 40 + 2") == "42"
    assert psutil.pid_exists(server)  # the second process still uses it
    second.kill()
    second.communicate()
    assert ask(tmp_path, "SELECT 1") == "1"  # the one process left finds it, and stops it at its end
    wait_until_gone(server)


def test_it_starts_again_after_the_server_itself_was_killed(tmp_path: Path) -> None:
    holder = start_python(tmp_path, HOLD)
    assert holder.stdout is not None
    holder.stdout.readline()
    server = server_pid(tmp_path)
    os.kill(server, signal.SIGKILL)
    wait_until_gone(server)
    assert ask(tmp_path, "SELECT 7") == "7"
    holder.kill()
    holder.communicate()
    ask(tmp_path, "SELECT 1")


def test_four_processes_that_start_together_find_one_server(tmp_path: Path) -> None:
    processes = [start_python(tmp_path, ASK, "SELECT 5") for _ in range(4)]
    for process in processes:
        out, err = process.communicate(timeout=120)
        assert (process.returncode, out) == (0, "5\n"), err


def test_a_killed_start_leaves_nothing_half(tmp_path: Path) -> None:
    process = start_python(tmp_path, ASK, "SELECT 1", start_new_session=True)
    for _ in range(400):
        if list(tmp_path.glob(".postgres-draft-*")):
            break
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert ask(tmp_path, "SELECT 3") == "3"
    assert not list(tmp_path.glob(".postgres-draft-*"))


def test_a_folder_of_another_version_is_refused_in_words(tmp_path: Path) -> None:
    cluster = tmp_path / "postgres"
    cluster.mkdir()
    (cluster / "PG_VERSION").write_text("16\n")
    answer = samenspel(tmp_path, "serve", "--no-worker", "--port", "8199")
    assert answer.returncode == 1
    assert "was made by PostgreSQL 16" in answer.stderr
    assert "Nothing was changed" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert (cluster / "PG_VERSION").read_text() == "16\n"


def test_a_path_too_long_for_a_socket_works(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    assert ask(deep, "SELECT 9") == "9"


def test_passwords_are_asked_and_kept_from_others(tmp_path: Path) -> None:
    import psycopg

    server = embedded.ensure_running(tmp_path)
    assert (tmp_path / "postgres-password").stat().st_mode & 0o077 == 0
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=server.socket_folder, user="postgres", password="wrong", dbname="postgres")
    embedded.stop(tmp_path)


def test_folders_above_become_passable_but_not_readable(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    embedded.ensure_running(closed / "data")
    mode = closed.stat().st_mode
    assert mode & 0o044 == 0, "nobody else may list a folder because of the database"
    embedded.stop(closed / "data")


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become another user")
def test_it_also_runs_for_an_ordinary_user(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for folder in tmp_path.parents:
        if not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o001)
    tmp_path.chmod(0o755)
    subprocess.run(["chown", "-R", "nobody", str(data)], check=True)
    process = start_python(data, ASK, "SELECT 11", user="nobody", group="nogroup", extra_groups=[])
    out, err = process.communicate(timeout=120)
    assert (process.returncode, out) == (0, "11\n"), err


def test_an_empty_password_file_of_a_killed_start_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "postgres-password").touch(mode=0o600)
    (tmp_path / "secret-key").touch(mode=0o600)
    assert ask(tmp_path, "SELECT 13") == "13"
    assert (tmp_path / "secret-key").read_text()
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
