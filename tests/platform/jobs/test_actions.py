# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Retrying, cancelling and tidying up jobs."""

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from samenspel.platform.audit.models import AuditEvent
from samenspel.platform.audit.service import system_actor
from samenspel.platform.jobs.actions import MOST_TAKE_UPS, cancel_job, delete_finished, retry_job, take_up_stalled
from samenspel.platform.jobs.models import JobFailure
from samenspel.platform.jobs.registry import declared_jobs
from samenspel.platform.jobs.service import enqueue
from samenspel.platform.policies import POLICY_ATTRIBUTE, Refusal
from tests.platform.jobs import sample_jobs

pytestmark = pytest.mark.django_db
ADMINISTRATOR = system_actor("test")


def waiting(**columns: object) -> int:
    job_id = enqueue(sample_jobs.simple, by=None, name="x")
    assert job_id is not None
    for column, value in columns.items():
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE procrastinate_jobs SET {column} = %s WHERE id = %s", [value, job_id])
    return job_id


def status(job_id: int) -> str:
    return ProcrastinateJob.objects.get(pk=job_id).status


@pytest.mark.parametrize("ended", ["failed", "aborted", "cancelled"])
def test_an_ended_job_can_run_again_and_the_trail_says_who_wanted_it(ended: str) -> None:
    job_id = waiting(status=ended)
    retry_job(by=ADMINISTRATOR, job_id=job_id)
    assert status(job_id) == "todo"
    event = AuditEvent.objects.get()
    assert (event.action, event.object_id, event.detail) == ("job.retried", str(job_id), '{"name":"test.simple"}')


@pytest.mark.parametrize("state", ["todo", "doing", "succeeded"])
def test_a_job_that_did_not_fail_is_not_retried(state: str) -> None:
    with pytest.raises(Refusal):
        retry_job(by=ADMINISTRATOR, job_id=waiting(status=state))
    assert not AuditEvent.objects.exists()


def test_a_job_is_not_retried_while_the_same_job_waits() -> None:
    first = enqueue(sample_jobs.once, by=None, name="x")
    assert first is not None
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [first])
    assert enqueue(sample_jobs.once, by=None, name="x")
    with pytest.raises(Refusal):
        retry_job(by=ADMINISTRATOR, job_id=first)


def test_a_waiting_job_can_be_cancelled() -> None:
    job_id = waiting()
    cancel_job(by=ADMINISTRATOR, job_id=job_id)
    assert status(job_id) == "cancelled"
    assert AuditEvent.objects.get().action == "job.cancelled"


def test_a_running_job_is_not_cancelled() -> None:
    with pytest.raises(Refusal):
        cancel_job(by=ADMINISTRATOR, job_id=waiting(status="doing"))


def test_a_job_that_takes_its_worker_down_each_time_is_given_up() -> None:
    job_id = waiting(status="doing", attempts=MOST_TAKE_UPS - 1)
    assert take_up_stalled(seconds=20) == 0
    assert status(job_id) == "failed"
    assert AuditEvent.objects.get().action == "job.given_up"


def test_old_jobs_are_deleted_failed_ones_later() -> None:
    done, failed, fresh, busy = (waiting(status=state) for state in ("succeeded", "failed", "succeeded", "doing"))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - interval '20 days' WHERE job_id = ANY(%s)",
            [[done, failed, busy]],
        )
    assert delete_finished(days=14, failed_days=90) == 1
    assert set(ProcrastinateJob.objects.values_list("id", flat=True)) == {failed, fresh, busy}
    assert delete_finished(days=14, failed_days=14) == 1
    assert not JobFailure.objects.exists()


def test_every_job_declares_a_policy_and_a_title() -> None:
    from procrastinate.contrib.django import app

    names = {declared.name for declared in declared_jobs()}
    ours = {name: task for name, task in app.tasks.items() if not name.startswith(("builtin:", "procrastinate."))}
    assert set(ours) == names
    for name, task in ours.items():
        assert hasattr(task.func, POLICY_ATTRIBUTE), name
    assert all(str(declared.title) for declared in declared_jobs())
