# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The platform's own jobs, done by a worker process with the rights of the web role."""

import threading
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from samenspel.platform.jobs.jobs import delete_expired_sessions, delete_finished_jobs
from samenspel.platform.jobs.registry import declared_jobs
from samenspel.platform.jobs.service import enqueue
from samenspel.platform.jobs.worker import run_worker
from tests.platform.jobs import sample_jobs


@pytest.mark.django_db(transaction=True)
def test_every_night_old_jobs_and_expired_sessions_go() -> None:
    for days in (-1, 1):
        store = SessionStore()
        store.create()
        Session.objects.filter(pk=store.session_key).update(expire_date=timezone.now() + timedelta(days=days))
    old = enqueue(sample_jobs.simple, by=None, name="x")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [old])
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '15 days' WHERE job_id = %s", [old])
    nightly = [enqueue(delete_finished_jobs, by=None), enqueue(delete_expired_sessions, by=None)]

    run_worker(threading.Event(), wait=False)

    assert Session.objects.get().expire_date > timezone.now()
    assert set(ProcrastinateJob.objects.values_list("id", "status")) == {(job, "succeeded") for job in nightly}


def test_each_job_with_a_timetable_is_known_to_the_worker() -> None:
    timed = {declared.name for declared in declared_jobs() if declared.every}
    assert {delete_finished_jobs.name, delete_expired_sessions.name} <= timed
    assert {task.task.name for task in app.periodic_registry.periodic_tasks.values()} == timed
