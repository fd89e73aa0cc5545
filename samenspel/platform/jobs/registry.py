# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Declaring a job: its name, Dutch title, policy, retry rule and locks; and putting it in the queue."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connections, transaction
from django.utils.functional import Promise
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.job_context import JobContext

from samenspel.platform.audit.origin import current_origin
from samenspel.platform.policies import POLICY_ATTRIBUTE, Policy

TRACE = "correlation_id"


class JobProblem(Exception):
    """A job cannot do its work. The message is a Dutch sentence for administrators, without personal data."""


@dataclass(frozen=True, slots=True)
class Retry:
    """How often a job is tried again, and after how many seconds: `wait`, then twice and three times as long, etc."""

    times: int = 0
    wait: int = 60

    def strategy(self) -> RetryStrategy | None:
        """The same rule as procrastinate knows it."""
        if self.times == 0:
            return None
        return RetryStrategy(max_attempts=self.times, wait=self.wait, linear_wait=self.wait)


@dataclass(frozen=True, slots=True)
class Job:
    """A declared job."""

    name: str
    title: str | Promise
    policy: Policy
    retry: Retry
    every: str
    once_waiting: bool
    one_at_a_time: bool
    work: Callable[..., Any]


_jobs: dict[str, Job] = {}


def job(
    name: str,
    *,
    title: str | Promise,
    policy: Policy,
    retry: Retry | None = None,
    every: str = "",
    once_waiting: bool = False,
    one_at_a_time: bool = False,
) -> Callable[[Callable[..., Any]], Job]:
    """Declare a job in the `jobs.py` of an app.

    `name` ("figures.update") is stored with what waits: it stays the same for ever. `policy` says who may ask for it.
    `every` is a crontab line ("17 3 * * *", time of the server) for a job the program starts by itself.
    `once_waiting`: while one waits, asking again adds nothing. `one_at_a_time`: two of them never run at once.
    The function takes keyword arguments that JSON can hold: ids, never personal data. It may run twice (a worker can
    be killed after the work and before the note that it was done), so it must do no harm the second time.
    """
    rule = retry or Retry()

    def decorate(work: Callable[..., Any]) -> Job:
        from samenspel.platform.jobs.running import run_declared

        declared = Job(name, title, policy, rule, every, once_waiting, one_at_a_time, work)

        def run(context: JobContext, /, **arguments: Any) -> None:
            try:
                run_declared(declared, context, arguments)
            finally:
                connections.close_all()  # those of the worker's thread, which may wait hours for its next job

        setattr(run, POLICY_ATTRIBUTE, policy)
        task = app.task(
            name=name,
            pass_context=True,
            retry=rule.strategy() or False,
            lock=name if one_at_a_time else None,
            queueing_lock=name if once_waiting else None,
        )(run)
        if every:
            app.periodic(cron=every)(task)  # type: ignore[arg-type]
        _jobs[name] = declared
        return declared

    return decorate


def find_job(name: str) -> Job | None:
    """The declared job of this name; None when a newer version no longer has it."""
    return _jobs.get(name)


def declared_jobs() -> list[Job]:
    """All declared jobs by name."""
    return [_jobs[name] for name in sorted(_jobs)]


def enqueue(asked: Job, *, by: Any, unique: str = "", at: datetime | None = None, **arguments: Any) -> int | None:
    """Put a job in the queue, in the caller's transaction: it exists when that commits, and not otherwise.

    `by` is who asks; the job's policy may refuse it (Refusal). `unique` narrows `once_waiting` and `one_at_a_time` to
    jobs with the same `unique` (a figure table, a municipality). `at`: not before then. Gives the id, or None when the
    same job waits already.
    """
    if asked.policy.check is not None:
        asked.policy.check(by)
    name = f"{asked.name}:{unique}" if unique else asked.name
    deferrer = app.configure_task(
        asked.name,
        lock=name if asked.one_at_a_time else None,
        queueing_lock=name if asked.once_waiting else None,
        schedule_at=at,
    )
    try:
        with transaction.atomic():  # a savepoint: a job that waits already must not spoil the caller's transaction
            return deferrer.defer(**arguments, **{TRACE: current_origin().correlation_id})
    except AlreadyEnqueued:
        return None
