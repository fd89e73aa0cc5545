# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of jobs for administrators: what waits, runs, failed and why; retry and cancel."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenspel.platform.accounts.roles import Role
from samenspel.platform.jobs import actions, presenters, queries
from samenspel.platform.jobs.policies import STEERS_JOBS
from samenspel.platform.policies import Refusal, declares


@require_safe
@never_cache
@declares(STEERS_JOBS)
def overview(request: HttpRequest) -> HttpResponse:
    """All jobs."""
    state = queries.queue()
    return render(
        request,
        "jobs/overview.html",
        {
            "workers": state.workers,
            "counts": state.counts,
            "failed": presenters.cards(state.failed),
            "waiting": presenters.cards(state.waiting),
            "running": presenters.table(_("Taken die nu lopen"), _("Sinds"), state.running),
            "done": presenters.table(_("Taken die klaar zijn"), _("Wanneer"), state.done),
            "most": queries.MOST_ROWS,
        },
    )


@require_POST
@declares(STEERS_JOBS)
def retry(request: HttpRequest, job_id: int) -> HttpResponse:
    """Let a failed job run again."""
    title = _title(job_id)
    try:
        actions.retry_job(by=_actor(request), role=Role.ADMINISTRATOR, job_id=job_id)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("De taak '{title}' wordt opnieuw gedaan.").format(title=title))
    return redirect("jobs-overview")


@require_POST
@declares(STEERS_JOBS)
def cancel(request: HttpRequest, job_id: int) -> HttpResponse:
    """Take a waiting job out of the queue; it can be retried from the list of what is done."""
    title = _title(job_id)
    try:
        actions.cancel_job(by=_actor(request), role=Role.ADMINISTRATOR, job_id=job_id)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("De taak '{title}' is tegengehouden.").format(title=title))
    return redirect("jobs-overview")


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]


def _title(job_id: int) -> str:
    name = queries.job_name(job_id)
    if name is None:
        raise Http404
    return presenters.title_of(name)
