# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages: one text with what stands beside it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samenspel.outcomes.contributions import policies, queries
from samenspel.platform.service import declares


@require_safe
@declares(policies.READS)
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One published text."""
    found = queries.published(public_id)
    if found is None:
        raise Http404
    return render(request, "contributions/one.html", {"contribution": found})
