# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Doubts about an indicator and behaviour that it provoked: the public lists, and the way to the form."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samenspel.figures.service import UnknownArea, get_area, municipality_of
from samenspel.outcomes.contributions import service as contributions
from samenspel.outcomes.debate import presenters, told
from samenspel.outcomes.debate.policies import READS_DEBATE
from samenspel.outcomes.debate.views import passport_or_404
from samenspel.platform.service import declares

TEXTS_A_PAGE = 20


@require_safe
@declares(READS_DEBATE)
def doubts(request: HttpRequest, key: str) -> HttpResponse:
    """Who doubts this indicator and why, with the answers; newest first."""
    texts = {
        "title": _("Twijfels bij dit cijfer"),
        "lead": _("Hier staat waarom mensen aan dit cijfer twijfelen, en welk antwoord zij kregen of nog krijgen."),
        "empty": _("Nog niemand schreef waarom het cijfer niet klopt"),
    }
    return _list(request, key, told.Kind.DOUBT, texts)


@require_safe
@declares(READS_DEBATE)
def behaviours(request: HttpRequest, key: str) -> HttpResponse:
    """What people saw others do because of this indicator, with the answers; newest first."""
    texts = {
        "title": _("Hoe mensen anders gaan werken door dit cijfer"),
        "lead": _(
            "Een cijfer verandert wat mensen doen. Hier staat wat mensen zagen gebeuren, en het antwoord daarop."
        ),
        "empty": _("Nog niemand schreef dat mensen anders gaan werken door dit cijfer"),
    }
    return _list(request, key, told.Kind.BEHAVIOUR, texts)


@require_safe
@declares(READS_DEBATE)
def doubt(request: HttpRequest, key: str) -> HttpResponse:
    """To the form with the figure filled in; where nothing can be sent, why, and where it can."""
    passport = passport_or_404(key)
    reference, closed = told.where_to_doubt(key, _place(request.GET.get("gebied", "")))
    if reference:
        query = urlencode({"over": reference, "soort": told.Kind.DOUBT.value})
        return redirect(f"{reverse('contributions:tell')}?{query}")
    # Whoever asked about a place where it cannot be done is not sent to another municipality.
    places = [] if closed else told.open_places()
    context = {"about": presenters.about(passport), "closed": closed, "places": places}
    return render(request, "debate/doubt.html", context)


def _place(code: str) -> str:
    """The code of the area, or of its municipality for a neighbourhood, which is too small; "" when unknown."""
    try:
        area = get_area(code) if code else None
    except UnknownArea:
        return ""
    if area is None:
        return ""
    try:
        contributions.find_subject(contributions.FIGURE, contributions.figure_id(area.code, "population"))
    except contributions.UnknownSubject:
        around = municipality_of(area.code)
        return around.code if around is not None else ""
    return area.code


def _list(request: HttpRequest, key: str, kind: told.Kind, texts: dict[str, str]) -> HttpResponse:
    passport = passport_or_404(key)
    found = Paginator(told.told_about(key, kind), TEXTS_A_PAGE)
    page = found.get_page(request.GET.get("pagina"))
    context = {
        **texts,
        "about": presenters.about(passport),
        "count": found.count,
        "page": page,
        "cards": [presenters.told_card(one) for one in told.told(page.object_list)],
        "doubt": presenters.doubt_link(key),
    }
    return render(request, "debate/told.html", context)
