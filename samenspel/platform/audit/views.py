# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of the audit trail, for administrators and auditors."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samenspel.platform.accounts.actors import Actor
from samenspel.platform.audit import presenters, queries
from samenspel.platform.audit.forms import FilterForm
from samenspel.platform.audit.policies import READS_TRAIL
from samenspel.platform.audit.reading import note_reading
from samenspel.platform.policies import declares

EVENTS_A_PAGE = 50


@require_safe
@never_cache
@declares(READS_TRAIL)
def trail(request: HttpRequest) -> HttpResponse:
    """Who did what, when; newest first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    people = queries.people(actor)
    form = FilterForm(request.GET, actions=presenters.action_choices(), people=people)
    if not form.is_valid():
        return render(request, "audit/trail.html", {"form": form}, status=400)
    wanted = form.wanted()
    found = Paginator(queries.events(actor, wanted), EVENTS_A_PAGE)
    page = found.get_page(request.GET.get("pagina"))
    events = list(page.object_list)
    note_reading(by=actor, wanted=wanted, page=page.number)
    context = {
        "form": form,
        "page": page,
        "count": found.count,
        "table": presenters.table(events, dict(people), queries.object_names(actor, events)),
    }
    return render(request, "audit/trail.html", context)
