# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Jobs done by real worker processes on a real PostgreSQL, also when one is killed in the middle."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from samenspel.platform.audit.models import AuditEvent
from samenspel.platform.audit.service import Origin, OriginKind, origin
from samenspel.platform.audit.verify import verify
from samenspel.platform.jobs.models import JobFailure
from samenspel.platform.jobs.service import enqueue
from samenspel.platform.jobs.worker import run_worker
from samenspel.platform.policies import Refusal
from tests.platform.jobs import sample_jobs

pytestmark = pytest.mark.django_db(transaction=True)
Worker = subprocess.Popen[str]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Worker]]:
    """Start worker processes; they are killed when the test ends."""
    begun: list[Worker] = []

    def begin() -> Worker:
        output = (tmp_path / f"worker-{len(begun)}.log").open("w")
        environment = {
            **os.environ,
            "TEST_DATABASE": str(connection.settings_dict["NAME"]),
            "DJANGO_SETTINGS_MODULE": "samenspel.platform.settings.test",
            "SAMENSPEL_DATA": str(settings.DATA_FOLDER),
            "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.platform.jobs.worker_process"], env=environment, text=True,
            stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
        output.close()
        begun.append(process)
        return process

    yield begin
    for process in begun:
        if process.poll() is None:
            process.kill()
        process.wait()


def until_empty() -> None:
    run_worker(threading.Event(), wait=False)


def steps() -> list[str]:
    events = AuditEvent.objects.filter(action="test.job_step").order_by("id")
    return list(events.values_list("object_id", flat=True))


def wait_for(*expected: str, seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while steps() != list(expected):
        assert time.monotonic() < end, steps()
        time.sleep(0.1)


def status(job_id: int | None) -> str:
    return ProcrastinateJob.objects.get(pk=job_id).status


def test_a_job_is_done_with_the_correlation_id_of_who_asked_for_it() -> None:
    with origin(Origin(OriginKind.REQUEST, "/x/", "", "ab" * 16)):
        job_id = enqueue(sample_jobs.simple, by=None, name="een")
    until_empty()

    assert status(job_id) == "succeeded"
    event = AuditEvent.objects.get()
    assert (event.origin_kind, event.origin_name, event.correlation_id) == ("job", "test.simple", "ab" * 16)


def test_a_job_of_a_transaction_that_was_undone_does_not_exist() -> None:
    with pytest.raises(LookupError), transaction.atomic():
        enqueue(sample_jobs.simple, by=None, name="een")
        raise LookupError
    assert not ProcrastinateJob.objects.exists()


def test_the_policy_is_asked_before_a_job_is_put_in_the_queue() -> None:
    with pytest.raises(Refusal):
        enqueue(sample_jobs.for_administrators, by="resident")
    assert enqueue(sample_jobs.for_administrators, by="administrator")


def test_a_job_that_waits_already_is_not_added_and_leaves_the_transaction_whole() -> None:
    with transaction.atomic():
        assert enqueue(sample_jobs.once, by=None, name="een")
        assert enqueue(sample_jobs.once, by=None, name="twee") is None
        assert enqueue(sample_jobs.once, by=None, unique="GM0193", name="drie")
    until_empty()
    assert sorted(steps()) == ["drie", "een"]


def test_why_a_job_failed_is_kept_without_what_it_was_about() -> None:
    failed, explained = enqueue(sample_jobs.fails, by=None, text="Jan Jansen"), enqueue(sample_jobs.problem, by=None)
    until_empty()

    assert status(failed) == status(explained) == "failed"
    failure = JobFailure.objects.get(job_id=failed)
    assert (failure.error_type, failure.sentence, failure.attempt) == ("ValueError", "", 1)
    assert failure.place.startswith("tests/platform/jobs/sample_jobs.py:")
    assert "Jansen" not in str(JobFailure.objects.values())
    assert JobFailure.objects.get(job_id=explained).sentence == "De bron van het CBS antwoordt niet."


def test_a_job_is_tried_again_by_its_rule() -> None:
    job_id = enqueue(sample_jobs.second_time_lucky, by=None)
    hopeless = enqueue(sample_jobs.fails_twice, by=None)
    for _attempt in range(3):
        until_empty()
    assert steps() == ["try", "try"]
    assert status(job_id) == "succeeded"
    assert JobFailure.objects.filter(job_id=job_id).count() == 1
    assert status(hopeless) == "failed"
    assert JobFailure.objects.filter(job_id=hopeless).count() == 2


def test_a_job_whose_worker_was_killed_is_done_by_another(start: Callable[[], Worker]) -> None:
    job_id = enqueue(sample_jobs.slow, by=None, seconds=300)
    first = start()
    wait_for("begin")
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert status(job_id) == "doing"

    start()
    wait_for("begin", "begin", "end")
    while status(job_id) == "doing":
        time.sleep(0.05)
    assert status(job_id) == "succeeded"
    assert JobFailure.objects.get(job_id=job_id).error_type == "WorkerStopped"
    assert AuditEvent.objects.filter(action="job.taken_up").count() == 1
    assert verify().intact


def test_a_living_worker_keeps_its_job(start: Callable[[], Worker]) -> None:
    enqueue(sample_jobs.slow, by=None, seconds=5)
    start()
    wait_for("begin")
    start()
    wait_for("begin", "end")


def test_asked_to_stop_the_worker_first_finishes_its_job(start: Callable[[], Worker]) -> None:
    job_id = enqueue(sample_jobs.slow, by=None, seconds=3)
    waiting = enqueue(sample_jobs.slow, by=None, seconds=0)
    process = start()
    wait_for("begin")
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0

    assert (status(job_id), status(waiting)) == ("succeeded", "todo")
    assert steps() == ["begin", "end"]


def test_a_thread_can_stop_the_worker() -> None:
    stop = threading.Event()
    enqueue(sample_jobs.simple, by=None, name="een")
    timer = threading.Timer(2.0, stop.set)
    timer.start()
    run_worker(stop)
    assert steps() == ["een"]
