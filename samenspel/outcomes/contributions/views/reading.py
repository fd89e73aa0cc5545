# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What everybody reads: the list, one text with what stands beside it, the rules, and reporting something."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samenspel.outcomes.contributions import actions, policies, presenters, queries
from samenspel.outcomes.contributions.forms import ListForm, ReportForm
from samenspel.outcomes.contributions.models import Contribution
from samenspel.outcomes.contributions.states import APPEAL_TERM, KEEP_REFUSED, REVIEW_TERM, Reason, ReportReason
from samenspel.outcomes.contributions.subjects import UnknownSubject, subject_of_reference
from samenspel.platform.service import Refusal, declares, dutch, throttle

STORIES_A_PAGE = 10
REPORTS = "30/1h/ip"


@require_safe
@declares(policies.READS)
def story_list(request: HttpRequest) -> HttpResponse:
    """Published texts, newest first, by place, subject, kind and word."""
    places = [(code, presenters.place_name(code)) for code in queries.municipalities_with_texts()]
    form = ListForm(request.GET, places=sorted(places, key=lambda pair: pair[1]))
    reference = request.GET.get("over", "")
    try:
        subject = subject_of_reference(reference) if reference else None
    except UnknownSubject:
        subject = None
    kind = form.wanted("soort")
    found = queries.listed(
        search=form.wanted("zoek"),
        municipality=form.wanted("plaats"),
        subject=(subject.kind, subject.id) if subject else None,
        kinds=[kind] if kind else [],
    )
    # A counter-story stands beside its story, not once more by itself, unless somebody looks for it.
    if not form.wanted("zoek") and not kind:
        found = found.exclude(beside__in=queries.shown().values("pk"))
    pages = Paginator(found, STORIES_A_PAGE)
    page = pages.get_page(request.GET.get("pagina"))
    context = {
        "form": form,
        "subject": subject,
        "page": page,
        "count": pages.count,
        "narrowed": bool(subject or kind or form.wanted("zoek") or form.wanted("plaats")),
        "cards": presenters.cards(list(page.object_list)),
    }
    return render(request, "contributions/list.html", context)


@require_safe
@declares(policies.READS)
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One text, its counter-stories beside it, and the answer: an address that stays."""
    found = queries.published(public_id)
    if found is None:
        return _gone(request, public_id)
    card = presenters.cards([found], whole=True)[0]
    context = {
        "card": card,
        "takes_counters": not presenters.why_closed(found.municipality),
        "stands_beside": presenters.cards([found.beside], whole=False)[0]
        if found.beside is not None and queries.published(found.beside.public_id)
        else None,
        "was_beside": found.beside is not None,
    }
    return render(request, "contributions/one.html", context)


def _gone(request: HttpRequest, public_id: UUID) -> HttpResponse:
    if not queries.was_here(public_id):
        raise Http404
    return render(request, "contributions/gone.html", status=410)


@require_http_methods(["GET", "POST"])
@declares(policies.REPORTS)
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that something is wrong with a text."""
    found = queries.published(public_id)
    if found is None:
        return _gone(request, public_id)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            throttle.check_not_too_often(request, "contributions.report", REPORTS)
            actions.report(
                contribution=found,
                reason=ReportReason(form.cleaned_data["reason"]),
                words=form.cleaned_data["words"],
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Dank u wel. Een medewerker van de griffie kijkt hiernaar."))
            return redirect("contributions:list")
    context = {"form": form, "card": presenters.cards([found])[0]}
    return render(request, "contributions/report.html", context, status=400 if form.errors else 200)


@require_safe
@declares(policies.READS)
def rules(request: HttpRequest) -> HttpResponse:
    """What we look at, what is never a reason, how long it takes, who decides, how to object, and how it went."""
    numbers = queries.moderation_numbers()
    context = {
        "reasons": [reason.label for reason in Reason],
        "wait_days": actions.wait_days(),
        "review_days": REVIEW_TERM.days,
        "appeal_weeks": APPEAL_TERM.days // 7,
        "keep_days": KEEP_REFUSED.days,
        "numbers": numbers,
        "least": queries.LEAST_FOR_NUMBERS,
        "refused": [(Reason(reason).label, count) for reason, count in numbers.refused.items()] if numbers else [],
        "median": dutch.number(numbers.median_days, 1) if numbers else "",
    }
    return render(request, "contributions/rules.html", context)


def find_or_404(public_id: UUID) -> Contribution:
    """The row of a text in any state. For pages whose actions say who may see it."""
    found = queries.in_any_state(public_id)
    if found is None:
        raise Http404
    return found
