# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The list of indicators and the public page of each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samenspel.figures.service import UnknownIndicator, get_indicator
from samenspel.pages.policies import OPEN_FIGURES
from samenspel.pages.presenters.indicator import indicator_groups, indicator_page
from samenspel.platform.service import declares


@require_safe
@declares(OPEN_FIGURES)
def indicator_list(request: HttpRequest) -> HttpResponse:
    """All indicators by topic, with a search field."""
    query = " ".join(request.GET.get("zoek", "").split())[:100]
    groups = indicator_groups(query)
    count = sum(len(group.indicators) for group in groups)
    return render(request, "pages/indicators.html", {"query": query, "groups": groups, "count": count})


@require_safe
@declares(OPEN_FIGURES)
def indicator(request: HttpRequest, key: str) -> HttpResponse:
    """One indicator: its passport, its distribution over the country, the country over the years."""
    try:
        passport = get_indicator(key)
    except UnknownIndicator as error:
        raise Http404(str(error)) from error
    base = request.build_absolute_uri("/").rstrip("/")
    return render(request, "pages/indicator.html", {"page": indicator_page(passport, base)})
