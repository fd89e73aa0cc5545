# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Home, and finding your place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from samenspel.figures.service import AreaLevel, find_areas
from samenspel.pages.addresses import area_address
from samenspel.pages.policies import OPEN_FIGURES
from samenspel.pages.presenters.home import news
from samenspel.pages.presenters.search import PlaceFound, places_found
from samenspel.platform.service import declares

MOST_RESULTS = 25
WITH_A_PAGE = (AreaLevel.MUNICIPALITY, AreaLevel.DISTRICT, AreaLevel.NEIGHBOURHOOD)


@require_safe
@declares(OPEN_FIGURES)
def home(request: HttpRequest) -> HttpResponse:
    """What this is, a search field for your place, and the ways in."""
    return render(request, "pages/home.html", {"news": news()})


@require_safe
@declares(OPEN_FIGURES)
def search(request: HttpRequest) -> HttpResponse:
    """Places whose name, former name or code answers the query; a query that names exactly one goes straight there."""
    query = " ".join(request.GET.get("zoek", "").split())[:100]
    matches = find_areas(query, limit=MOST_RESULTS + 1, levels=WITH_A_PAGE) if query else []
    # A code, or a full name that only one place has: no list in between. Htmx shows the list while somebody types.
    if len(matches) == 1 and not request.headers.get("HX-Request"):
        return redirect(area_address(matches[0].area))
    found: list[PlaceFound] = places_found(matches[:MOST_RESULTS])
    return render(
        request,
        "pages/search.html",
        {"query": query, "found": found, "more": len(matches) > MOST_RESULTS, "most": MOST_RESULTS},
    )
