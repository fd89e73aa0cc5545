# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""About Samenspel, its sources, and the statements that a public website owes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samenspel.figures.service import sources
from samenspel.platform.service import declares, public

OPEN_TEXT = public("Texts about this website itself.")


@require_safe
@declares(OPEN_TEXT)
def about(request: HttpRequest) -> HttpResponse:
    """What Samenspel is, what it is for, and what it is not."""
    return render(request, "pages/about.html")


@require_safe
@declares(OPEN_TEXT)
def sources_page(request: HttpRequest) -> HttpResponse:
    """Every table behind the figures: publisher, licence and what was changed."""
    return render(request, "pages/sources.html", {"sources": sources()})


@require_safe
@declares(OPEN_TEXT)
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible this website is, and where to tell that it is not."""
    return render(request, "pages/accessibility.html")


@require_safe
@declares(OPEN_TEXT)
def privacy(request: HttpRequest) -> HttpResponse:
    """What this website keeps of its visitors."""
    return render(request, "pages/privacy.html")
