# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of a municipality, its figures and its parts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from samenspel.figures.service import Area, AreaLevel, Passport, UnknownArea, UnknownIndicator, get_area, get_indicator
from samenspel.pages import queries
from samenspel.pages.addresses import all_figures_address, area_address, figure_address
from samenspel.pages.policies import OPEN_FIGURES
from samenspel.pages.presenters.area import area_page, gone_page, parts_page, topics_page
from samenspel.pages.presenters.figure import figure_page
from samenspel.pages.presenters.outcomes import outcomes_page
from samenspel.platform.service import declares


@require_safe
@declares(OPEN_FIGURES)
def municipality(request: HttpRequest, name: str) -> HttpResponse:
    """Who lives here, how people are doing, which help is used; for a municipality that is gone, where it went."""
    area = _municipality(name)
    if not area.exists_today:
        return render(request, "pages/gone.html", {"page": gone_page(area)})
    address = area_address(area)
    if request.path != address:
        return redirect(address, permanent=True)
    return render(
        request, "pages/municipality.html", {"page": area_page(area, request.GET.get("kaart", ""), base_of(request))}
    )


@require_safe
@declares(OPEN_FIGURES)
def all_figures(request: HttpRequest, name: str) -> HttpResponse:
    """All figures of a municipality by topic, in short."""
    return render(request, "pages/all_figures.html", {"page": topics_page(current_municipality(name))})


@require_safe
@declares(OPEN_FIGURES)
def parts(request: HttpRequest, name: str) -> HttpResponse:
    """The districts and neighbourhoods of a municipality."""
    return render(request, "pages/parts.html", {"page": parts_page(current_municipality(name))})


@require_safe
@declares(OPEN_FIGURES)
def figure(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """One figure of a municipality: over the years, by district, with its table and its source."""
    page = figure_page(current_municipality(name), _passport(key), base_of(request))
    return render(request, "pages/figure.html", {"page": page})


@require_safe
@declares(OPEN_FIGURES)
def outcomes(request: HttpRequest, name: str) -> HttpResponse:
    """All outcomes of a municipality beside what is expected there, and which could not be compared."""
    return render(request, "pages/outcomes.html", {"page": outcomes_page(current_municipality(name))})


@require_safe
@declares(OPEN_FIGURES)
def all_figures_of_part(request: HttpRequest, code: str) -> HttpResponse:
    """All figures of a district or neighbourhood by topic, in short."""
    area = _area(code)
    if request.path != all_figures_address(area):
        return redirect(all_figures_address(area), permanent=True)
    return render(request, "pages/all_figures.html", {"page": topics_page(area)})


@require_safe
@declares(OPEN_FIGURES)
def figure_of_part(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """One figure of a district or neighbourhood."""
    area, passport = _area(code), _passport(key)
    if request.path != figure_address(area, key):
        return redirect(figure_address(area, key), permanent=True)
    return render(request, "pages/figure.html", {"page": figure_page(area, passport, base_of(request))})


@require_safe
@declares(OPEN_FIGURES)
def district(request: HttpRequest, code: str) -> HttpResponse:
    """One district."""
    return _part(request, code, AreaLevel.DISTRICT)


@require_safe
@declares(OPEN_FIGURES)
def neighbourhood(request: HttpRequest, code: str) -> HttpResponse:
    """One neighbourhood."""
    return _part(request, code, AreaLevel.NEIGHBOURHOOD)


def base_of(request: HttpRequest) -> str:
    """The address of this installation without a slash at its end."""
    return request.build_absolute_uri("/").rstrip("/")


def _part(request: HttpRequest, code: str, level: AreaLevel) -> HttpResponse:
    area = _area(code)
    if area.level not in (AreaLevel.MUNICIPALITY, AreaLevel.DISTRICT, AreaLevel.NEIGHBOURHOOD):
        raise Http404  # a province or region has no page yet; a permanent redirect would outlive that
    if area.level is not level or request.path != area_address(area):
        return redirect(area_address(area), permanent=True)
    return render(request, "pages/part.html", {"page": area_page(area, base=base_of(request))})


def _area(code: str) -> Area:
    try:
        return get_area(code.upper())
    except UnknownArea as error:
        raise Http404(str(error)) from error


def _passport(key: str) -> Passport:
    try:
        return get_indicator(key)
    except UnknownIndicator as error:
        raise Http404(str(error)) from error


def _municipality(name: str) -> Area:
    try:
        return queries.municipality_by_name(name)
    except UnknownArea as error:
        raise Http404(str(error)) from error


def current_municipality(name: str) -> Area:
    """The municipality of this address, if it exists today; else the page is not found."""
    area = _municipality(name)
    if not area.exists_today:
        raise Http404(str(area.name))
    return area
