# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Jobs in words, for administrators."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenspel.platform.jobs.queries import JobState
from samenspel.platform.jobs.registry import find_job
from samenspel.platform.ui.components import Column, Table


@dataclass(frozen=True, slots=True)
class JobCard:
    """One job that waits or failed, with what can be done about it."""

    id: int
    title: str
    moment: str
    tried: str
    reason: str
    technical: str


def title_of(name: str) -> str:
    """The Dutch title of a job, or its name when this version no longer declares it."""
    declared = find_job(name)
    return str(declared.title) if declared is not None else name


def moment(at: datetime | None) -> str:
    """A day and time, in Dutch."""
    return date_format(localtime(at), "j F Y H:i") if at is not None else ""


def cards(jobs: Iterable[JobState]) -> list[JobCard]:
    """Jobs that wait or failed."""
    return [_card(job) for job in jobs]


def _card(job: JobState) -> JobCard:
    failure = job.failure
    if failure is None:
        reason = _("De taak is gestopt.") if job.status in ("failed", "aborted") else ""
    else:
        reason = failure.sentence or _("Er ging iets mis in het programma.")
    later = job.status == "todo" and job.scheduled_at is not None
    return JobCard(
        id=job.id,
        title=title_of(job.name),
        moment=_("Begint niet voor {moment}").format(moment=moment(job.scheduled_at)) if later else moment(job.since),
        tried=ngettext("{count} keer geprobeerd", "{count} keren geprobeerd", job.attempts).format(count=job.attempts)
        if job.attempts
        else "",
        reason=reason,
        technical=f"{failure.error_type}, {failure.place}".rstrip(", ") if failure is not None else "",
    )


def table(caption: str, when: str, jobs: Iterable[JobState]) -> Table:
    """Jobs about which nothing needs to be done."""
    words = {"succeeded": _("gelukt"), "cancelled": _("tegengehouden"), "doing": _("loopt")}
    return Table(
        caption=caption,
        columns=[Column(_("Taak")), Column(when), Column(_("Stand"))],
        rows=[(title_of(job.name), moment(job.since), words.get(job.status, job.status)) for job in jobs],
    )
