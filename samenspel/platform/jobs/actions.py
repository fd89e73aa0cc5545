# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is done to jobs that wait, failed or were left behind; all of it audited."""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from samenspel.platform.audit.service import ObjectRef, audited, record, system_actor
from samenspel.platform.jobs.models import JobFailure
from samenspel.platform.jobs.registry import TRACE
from samenspel.platform.policies import Refusal

MOST_TAKE_UPS = 5  # a job that takes its worker down each time is not tried for ever
AUDIT_KIND = "job"


@audited
def retry_job(*, by: Any, job_id: int, role: str = "") -> None:
    """Let a failed, aborted or cancelled job run again now. Raises Refusal when there is nothing to retry."""
    with connection.cursor() as cursor:
        # Also clears a request to stop: whoever retries wants it to run.
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'todo', scheduled_at = NULL, abort_requested = false"
            " WHERE id = %s AND status IN ('failed', 'aborted', 'cancelled')"
            " AND (queueing_lock IS NULL OR NOT EXISTS (SELECT 1 FROM procrastinate_jobs w"
            " WHERE w.queueing_lock = procrastinate_jobs.queueing_lock AND w.status = 'todo'))"
            " RETURNING task_name",
            [job_id],
        )
        row = cursor.fetchone()
    if row is None:
        raise Refusal(_("Deze taak kan niet opnieuw. Misschien wacht of loopt dezelfde taak al."))
    record(by=by, role=role, action="job.retried", on=ObjectRef(AUDIT_KIND, str(job_id)), detail={"name": row[0]})


@audited
def cancel_job(*, by: Any, job_id: int, role: str = "") -> None:
    """Take a waiting job out of the queue. Raises Refusal when it runs already or is finished."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'cancelled' WHERE id = %s AND status = 'todo' RETURNING task_name",
            [job_id],
        )
        row = cursor.fetchone()
    if row is None:
        raise Refusal(_("Deze taak wacht niet meer, dus u kunt hem niet meer tegenhouden."))
    record(by=by, role=role, action="job.cancelled", on=ObjectRef(AUDIT_KIND, str(job_id)), detail={"name": row[0]})


def take_up_stalled(*, seconds: float) -> int:
    """Put jobs back in the queue whose worker has shown no sign of life for `seconds`; gives how many.

    After MOST_TAKE_UPS attempts a job is given up as failed. Two workers may look at once: each job is taken once.
    """
    taken = 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT j.id, j.task_name, j.attempts, j.args ->> %s FROM procrastinate_jobs j"
                " LEFT JOIN procrastinate_workers w ON w.id = j.worker_id WHERE j.status = 'doing'"
                " AND (w.id IS NULL OR w.last_heartbeat < now() - %s * interval '1 second')"
                " ORDER BY j.id FOR UPDATE OF j SKIP LOCKED",
                [TRACE, seconds],
            )
            stalled = cursor.fetchall()
        for job_id, name, attempts, trace in stalled:
            again = attempts + 1 < MOST_TAKE_UPS
            JobFailure.objects.create(
                job_id=job_id,
                job_name=name,
                attempt=attempts + 1,
                at=timezone.now(),
                error_type="WorkerStopped",
                sentence=_("De verwerker is midden in deze taak gestopt."),
                correlation_id=trace or "",
            )
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status, attempts = attempts + 1,"
                    " scheduled_at = NULL WHERE id = %s",
                    ["todo" if again else "failed", job_id],
                )
            record(
                by=system_actor("worker"),
                action="job.taken_up" if again else "job.given_up",
                on=ObjectRef(AUDIT_KIND, str(job_id)),
                detail={"name": name},
            )
            taken += again
    return taken


def delete_finished(*, days: int, failed_days: int) -> int:
    """Delete jobs that ended well (or were cancelled) `days` ago, failed ones after `failed_days`; gives how many."""
    now = timezone.now()
    deleted = 0
    with transaction.atomic():
        for statuses, age in ((("succeeded", "cancelled"), days), (("failed", "aborted"), failed_days)):
            ended = ProcrastinateEvent.objects.filter(at__gte=now - timedelta(days=age)).values("job_id")
            old = list(
                ProcrastinateJob.objects.filter(status__in=statuses).exclude(id__in=ended).values_list("id", flat=True)
            )
            if old:
                with connection.cursor() as cursor:
                    cursor.execute("DELETE FROM procrastinate_jobs WHERE id = ANY(%s)", [old])
                deleted += len(old)
        JobFailure.objects.filter(at__lt=now - timedelta(days=failed_days)).delete()
    return deleted
