# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Releases come by themselves: after a start, at night, once, and also after a kill."""

import datetime
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from samenspel.outcomes.opendata import apps, jobs, releases
from samenspel.platform.jobs.worker import run_worker
from tests.harness.program import ROOT, environment

DAY = datetime.date(2026, 11, 21)

# Makes a release of one indicator in a process of its own; says when it is about to write its last file.
MAKE = """
import datetime, sys, time, django
django.setup()
from samenspel.outcomes.opendata import releases
write = releases.write_bytes
def slowly(*said):
    print("nearly", flush=True)
    time.sleep(float(sys.argv[1]))
    write(*said)
releases.write_bytes = slowly
made = releases.make_release(datetime.date(2026, 11, 21), indicators=["births"], compared=False)
print("made", made.number if made else "none", flush=True)
"""


@pytest.fixture
def place(figure_store: Path, tmp_path: Path, settings: LazySettings) -> Iterator[Path]:
    """A data folder with the real figures and no release."""
    settings.DATA_FOLDER = tmp_path
    (tmp_path / "figures").symlink_to(figure_store)
    yield tmp_path


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Releases of one indicator without comparisons, which take too long here."""
    whole, version = releases.make_release, releases.content_version
    monkeypatch.setattr(jobs, "make_release", lambda today: whole(today, indicators=["births"], compared=False))
    monkeypatch.setattr(releases, "content_version", lambda *_given: version(["births"], False))


def start(data: Path, seconds: float) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", MAKE, str(seconds)],
        env=environment(data),
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
    )


@pytest.mark.django_db
def test_a_start_asks_for_a_release_once_and_only_when_there_is_something_new(place: Path, small: None) -> None:
    jobs.ask_for_release()
    jobs.ask_for_release()
    waiting = ProcrastinateJob.objects.filter(task_name="opendata.release")
    assert [job.status for job in waiting] == ["todo"]
    assert waiting[0].scheduled_at is not None
    jobs.release_changes.work()
    assert [one.day for one in releases.releases()] == [releases.releases()[0].day]
    waiting.delete()
    jobs.ask_for_release()
    assert not ProcrastinateJob.objects.filter(task_name="opendata.release").exists()
    jobs.release_changes.work()
    assert len(releases.releases()) == 1


@pytest.mark.django_db
def test_without_figures_nothing_is_asked_and_nothing_made(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA_FOLDER = tmp_path
    jobs.ask_for_release()
    jobs.release_changes.work()
    assert not ProcrastinateJob.objects.filter(task_name="opendata.release").exists()
    assert releases.releases() == []


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_what_a_start_asked_for(
    figure_store: Path, tmp_path: Path, small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The database is in the usual data folder, and the worker asks for it there.
    monkeypatch.setattr(releases, "folder", lambda: tmp_path)
    monkeypatch.setattr(jobs, "PAUSE", datetime.timedelta(seconds=-1))
    apps._ask_for_release()
    run_worker(wait=False)
    assert len(releases.releases()) == 1


def test_it_is_declared_for_every_night_after_the_figures() -> None:
    declared = jobs.release_changes
    assert (declared.name, declared.every) == ("opendata.release", "53 5 * * *")
    assert declared.once_waiting and declared.one_at_a_time


@pytest.mark.django_db
def test_without_a_release_pages_and_catalogue_say_so_and_lead_to_the_figures(client: Client, place: Path) -> None:
    page = client.get("/data/").content.decode()
    assert "Er is nog geen uitgave" in page
    assert re.search(r'<footer.*href="/data/"', page, re.DOTALL)
    text = client.get("/data/catalog.ttl").content.decode()
    assert "Er is nog geen uitgave" in text
    assert "cijfers?indicator=births&niveau=gemeente&formaat=csv" in text
    answer = client.get("/api/v1/cijfers?indicator=births&niveau=gemeente&formaat=csv")
    assert (answer.status_code, answer.headers["Content-Type"][:8]) == (200, "text/csv")


@pytest.mark.slow
def test_of_two_at_once_one_makes_it_and_one_finds_it(place: Path) -> None:
    both = [start(place, 1), start(place, 1)]
    said = sorted(process.communicate(timeout=120)[0].splitlines()[-1] for process in both)
    assert said == ["made 2026-11-21", "made none"]
    assert [one.number for one in releases.releases()] == ["2026-11-21"]


@pytest.mark.slow
def test_after_a_kill_there_is_no_half_release_and_the_next_one_is_whole(place: Path) -> None:
    killed = start(place, 600)
    assert killed.stdout is not None and killed.stdout.readline() == "nearly\n"
    killed.send_signal(signal.SIGKILL)
    killed.communicate(timeout=60)
    assert releases.releases() == []
    assert list(releases.folder().glob(".draft-*"))
    made = releases.make_release(DAY, indicators=["births"], compared=False)
    assert made is not None and made.number == "2026-11-21"
    assert not list(releases.folder().glob(".draft-*"))


def test_what_fails_leaves_nothing_behind(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_said: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(releases, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        releases.make_release(DAY, indicators=["births"], compared=False)
    assert [path.name for path in releases.folder().iterdir()] == [".lock"]
