# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits, runs, failed and was done; arguments of jobs are never read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

from samenspel.platform.jobs.models import JobFailure

MOST_ROWS = 50
ALIVE_SECONDS = 60

RUNNING, WAITING = ("doing",), ("todo",)
FAILED, DONE = ("failed", "aborted"), ("succeeded", "cancelled")


@dataclass(frozen=True, slots=True)
class JobState:
    """A job as procrastinate keeps it, with the reason of its last failed attempt."""

    id: int
    name: str
    status: str
    attempts: int
    since: datetime | None
    scheduled_at: datetime | None
    failure: JobFailure | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """All that the page shows; each list is the newest MOST_ROWS, the counts are of all."""

    running: list[JobState]
    waiting: list[JobState]
    failed: list[JobState]
    done: list[JobState]
    counts: dict[str, int]
    workers: int


def queue() -> Queue:
    """The state of all jobs at this moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status")
        found = dict(cursor.fetchall())
    groups = {"running": RUNNING, "waiting": WAITING, "failed": FAILED, "done": DONE}
    lists = {name: _jobs(statuses) for name, statuses in groups.items()}
    ids = [job.id for jobs in lists.values() for job in jobs]
    failures = {failure.job_id: failure for failure in JobFailure.objects.filter(job_id__in=ids).order_by("at", "id")}
    shown = {name: [replace(job, failure=failures.get(job.id)) for job in jobs] for name, jobs in lists.items()}
    return Queue(
        **shown,
        counts={name: sum(found.get(status, 0) for status in statuses) for name, statuses in groups.items()},
        workers=ProcrastinateWorker.objects.filter(
            last_heartbeat__gte=timezone.now() - timedelta(seconds=ALIVE_SECONDS)
        ).count(),
    )


def job_name(job_id: int) -> str | None:
    """The declared name of a job; None when it does not exist."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE id = %s", [job_id])
        row = cursor.fetchone()
    return row[0] if row else None


def _jobs(statuses: Sequence[str]) -> list[JobState]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT j.id, j.task_name, j.status::text, j.attempts,"
            " (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id), j.scheduled_at"
            " FROM procrastinate_jobs j WHERE j.status = ANY(%s::procrastinate_job_status[])"
            " ORDER BY j.id DESC LIMIT %s",
            [list(statuses), MOST_ROWS],
        )
        return [
            JobState(id=row[0], name=row[1], status=row[2], attempts=row[3], since=row[4], scheduled_at=row[5])
            for row in cursor.fetchall()
        ]
