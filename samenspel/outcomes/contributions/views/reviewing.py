# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Moderation: what waits, one text with its checklist, and decisions that can be undone."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenspel.outcomes.contributions import actions, policies, queries, review_page
from samenspel.outcomes.contributions.forms import RefuseForm
from samenspel.outcomes.contributions.models import Contribution
from samenspel.outcomes.contributions.states import Reason
from samenspel.outcomes.contributions.views.reading import find_or_404
from samenspel.platform.service import Refusal, accounts, declares

TEXTS_A_PAGE = 25
PLAIN = {
    "publish": actions.publish,
    "uphold": actions.uphold_appeal,
    "keep": actions.keep,
    "reopen": actions.reopen,
}
WITH_REASON = {"refuse": actions.refuse, "reject": actions.reject_appeal, "remove": actions.remove}


@never_cache
@require_safe
@declares(policies.REVIEWS)
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first; without a word of the texts, so that a list is no look."""
    actor = _actor(request)
    pages = Paginator(queries.to_review(actor), TEXTS_A_PAGE)
    page = pages.get_page(request.GET.get("pagina"))
    recent = [one for one in queries.recent_decisions(actor) if review_page.may_reopen(actor, one)]
    context = {
        "page": page,
        "count": pages.count,
        "rows": [review_page.row(one) for one in page.object_list],
        "recent": [review_page.row(one) for one in recent],
        "alone": review_page.alone(actor),
    }
    return render(request, "contributions/review_list.html", context)


@never_cache
@require_safe
@declares(policies.REVIEWS)
def review(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One text to decide on. Opening it is logged."""
    return _show(request, find_or_404(public_id), RefuseForm())


@require_POST
@declares(policies.REVIEWS)
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the decision. What was typed stays when it is refused."""
    found, actor = find_or_404(public_id), _actor(request)
    asked = request.POST.get("besluit", "")
    version = _number(request.POST.get("versie", ""))
    judged: dict[str, Any] = {"by": actor, "contribution": found, "version": version}
    form = RefuseForm(request.POST if asked in WITH_REASON else None)
    try:
        if asked in PLAIN:
            PLAIN[asked](**judged)
        elif asked in WITH_REASON:
            if not form.is_valid():
                return _show(request, found, form, status=400)
            WITH_REASON[asked](**judged, reason=Reason(form.cleaned_data["reason"]), words=form.cleaned_data["words"])
        else:
            return _show(request, found, form, problem=_("Kies wat u met de tekst doet."), status=400)
    except Refusal as refusal:
        return _show(request, found, form, problem=str(refusal), status=409)
    messages.success(request, _done(asked))
    return redirect("contributions:reviews")


def _show(
    request: HttpRequest, found: Contribution, form: RefuseForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    try:
        looked = actions.look(by=_actor(request), contribution=found)
    except Refusal as refusal:
        messages.warning(request, problem or str(refusal))
        return redirect("contributions:reviews")
    context = {"page": review_page.review_page(looked, _actor(request)), "form": form, "problem": problem}
    return render(request, "contributions/review.html", context, status=status)


def _done(asked: str) -> str:
    return {
        "publish": _("De tekst staat op de website. U kunt dit nog een uur terugdraaien."),
        "uphold": _("De tekst staat nu toch op de website."),
        "keep": _("De tekst blijft staan."),
        "reopen": _("De tekst wacht weer op controle."),
        "refuse": _("De tekst komt niet op de website. De verteller leest waarom."),
        "reject": _("De tekst komt niet op de website. De verteller leest waarom."),
        "remove": _("De tekst is weg. De verteller leest waarom."),
    }[asked]


def _actor(request: HttpRequest) -> accounts.Actor:
    actor: accounts.Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _number(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 10 else 0
