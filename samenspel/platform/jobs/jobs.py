# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The platform's own jobs: tidying up every night."""

from django.contrib.sessions.backends.db import SessionStore
from django.utils.translation import gettext_lazy as _

from samenspel.platform.jobs.actions import delete_finished
from samenspel.platform.jobs.registry import Retry, job
from samenspel.platform.policies import public

# How long an administrator can look back (docs/reference/logs.md).
FINISHED_DAYS = 14
FAILED_DAYS = 90


@job(
    "platform.delete_finished_jobs",
    title=_("Afgeronde taken opruimen"),
    policy=public("Removes only what ended long ago; whoever asks learns nothing and loses nothing."),
    retry=Retry(times=3, wait=300),
    every="17 3 * * *",
    once_waiting=True,
    one_at_a_time=True,
)
def delete_finished_jobs() -> None:
    """Delete jobs that ended long ago."""
    delete_finished(days=FINISHED_DAYS, failed_days=FAILED_DAYS)


@job(
    "platform.delete_expired_sessions",
    title=_("Verlopen inlogsessies opruimen"),
    policy=public("Removes only sessions that nobody can use any more."),
    retry=Retry(times=3, wait=300),
    every="37 3 * * *",
    once_waiting=True,
    one_at_a_time=True,
)
def delete_expired_sessions() -> None:
    """Delete log-in sessions that have expired."""
    SessionStore.clear_expired()
