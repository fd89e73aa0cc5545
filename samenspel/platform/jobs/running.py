# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Doing one job: bound to its origin, with a note of why it failed."""

import time
from typing import Any

import structlog
from django.db import DatabaseError, transaction
from django.utils import timezone
from procrastinate.job_context import JobContext

from samenspel.platform.audit.origin import Origin, OriginKind, new_trace_id, origin
from samenspel.platform.jobs.models import JobFailure
from samenspel.platform.jobs.registry import TRACE, Job, JobProblem
from samenspel.platform.logging import describe

log = structlog.get_logger(__name__)


def run_declared(declared: Job, context: JobContext, arguments: dict[str, Any]) -> None:
    """Run the job's function, with the correlation id of the request that asked for it.

    On an exception the reason is noted (type and place), and procrastinate decides on a retry.
    """
    trace = str(arguments.pop(TRACE, "") or new_trace_id())
    arguments.pop("timestamp", None)  # procrastinate tells a periodic job for which moment it was meant
    job_id = context.job.id or 0
    begin = time.perf_counter()
    with (
        origin(Origin(OriginKind.JOB, declared.name, "", trace)),
        structlog.contextvars.bound_contextvars(correlation_id=trace, job=job_id, task=declared.name),
    ):
        try:
            declared.work(**arguments)
        except Exception as error:
            log.error("job failed", attempt=context.job.attempts + 1, exc_info=error)
            note_failure(
                job_id=job_id,
                job_name=declared.name,
                attempt=context.job.attempts + 1,
                error=error,
                correlation_id=trace,
            )
            raise
        log.info("job done", ms=round((time.perf_counter() - begin) * 1000, 1))


def note_failure(*, job_id: int, job_name: str, attempt: int, error: Exception, correlation_id: str) -> None:
    """Keep the reason of a failed attempt; when even that fails it is in the log only."""
    described = describe(error)
    try:
        with transaction.atomic():
            JobFailure.objects.create(
                job_id=job_id,
                job_name=job_name,
                attempt=attempt,
                at=timezone.now(),
                error_type=described["type"][:200],
                place=(described["frames"] or [""])[-1][:300],
                sentence=str(error) if isinstance(error, JobProblem) else "",
                correlation_id=correlation_id,
            )
    except DatabaseError as broken:
        log.error("job failure not kept", exc_info=broken)
