# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""One's own text, with the code or logged in: where it stands, change, consent, withdraw, object."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samenspel.outcomes.contributions import actions, policies, queries, sessions
from samenspel.outcomes.contributions.forms import AppealForm, CodeForm, TellForm, initial_of
from samenspel.outcomes.contributions.kinds import KINDS, Kind
from samenspel.outcomes.contributions.models import Contribution
from samenspel.outcomes.contributions.own_page import own_page
from samenspel.outcomes.contributions.states import Use
from samenspel.platform.service import Refusal, declares, throttle

# 80 bits: nobody guesses a code at this pace, and nobody who mistypes is locked out.
ATTEMPTS = "30/1h/ip"


@never_cache
@require_http_methods(["GET", "POST"])
@declares(policies.OPENS)
def by_code(request: HttpRequest) -> HttpResponse:
    """Type the code; the text that was opened stays open for half an hour of doing nothing."""
    if request.method == "GET":
        public_id = sessions.opened(request)
        if public_id is not None and queries.own(public_id) is not None:
            return redirect("contributions:own", public_id=public_id)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            throttle.check_not_too_often(request, "contributions.code", ATTEMPTS)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            found = queries.by_code(form.cleaned_data["code"])
            if found is not None:
                sessions.open_text(request, found.public_id)
                return redirect("contributions:own", public_id=found.public_id)
            form.add_error("code", _("Bij deze code hoort geen tekst. Kijk of u alle zestien tekens goed typte."))
    return render(request, "contributions/code.html", {"form": form}, status=400 if form.errors else 200)


@never_cache
@require_safe
@declares(policies.OWN)
def mine(request: HttpRequest) -> HttpResponse:
    """What somebody sent while logged in."""
    rows = [own_page(one) for one in queries.mine(_holder(request).actor)]
    return render(request, "contributions/mine.html", {"rows": rows})


@never_cache
@require_safe
@declares(policies.OPENS)
def own(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Where a text stands, what was decided, and what its teller can do."""
    found = _own(request, public_id)
    if found is None:
        return redirect("contributions:by_code")
    context = {
        "page": own_page(found),
        "appeal_form": AppealForm(),
        "by_code": sessions.opened(request) == public_id,
    }
    return render(request, "contributions/own.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@declares(policies.OPENS)
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change the text as long as the time to think it over lasts."""
    found = _own(request, public_id)
    if found is None:
        return redirect("contributions:by_code")
    if request.method == "GET" and not policies.can_change(_holder(request), found, timezone.now()):
        messages.warning(request, _("De bedenktijd is voorbij. U kunt de tekst niet meer veranderen, wel intrekken."))
        return redirect("contributions:own", public_id=public_id)
    options: dict[str, Any] = {"kind": Kind(found.kind), "municipality": found.municipality, "changing": True}
    form = TellForm(
        request.POST if request.method == "POST" else None, initial=initial_of(actions.words_of(found)), **options
    )
    if request.method == "POST" and form.is_valid():
        draft = form.draft(subject_kind=found.subject_kind, subject_id=found.subject_id)
        try:
            actions.change(by=_holder(request), contribution=found, draft=draft)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Uw tekst is veranderd."))
            return redirect("contributions:own", public_id=public_id)
    context = {"form": form, "rule": KINDS[Kind(found.kind)], "public_id": public_id}
    return render(request, "contributions/change.html", context, status=400 if form.errors else 200)


@require_POST
@declares(policies.OPENS)
def consent(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give or withdraw consent for the report and papers."""
    return _do(
        request,
        public_id,
        lambda found, holder: actions.set_consent(
            by=holder, contribution=found, use=Use.PAPERS, given=request.POST.get("papers") == "ja"
        ),
        _("Uw toestemming is veranderd."),
    )


@never_cache
@require_http_methods(["GET", "POST"])
@declares(policies.OPENS)
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Asked twice, because it cannot be undone: the text is erased."""
    found = _own(request, public_id)
    if found is None:
        return redirect("contributions:by_code")
    if request.method != "POST":
        return render(request, "contributions/withdraw.html", {"page": own_page(found)})
    actions.withdraw(by=_holder(request), contribution=found)
    sessions.close_text(request)
    return render(request, "contributions/withdrawn.html")


@require_POST
@declares(policies.OPENS)
def appeal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for a second judgement."""
    found = _own(request, public_id)
    if found is None:
        return redirect("contributions:by_code")
    form = AppealForm(request.POST)
    if form.is_valid():
        try:
            actions.appeal(by=_holder(request), contribution=found, words=form.cleaned_data["words"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Iemand anders kijkt nu opnieuw naar uw tekst."))
            return redirect("contributions:own", public_id=public_id)
    context = {"page": own_page(found), "appeal_form": form, "by_code": sessions.opened(request) == public_id}
    return render(request, "contributions/own.html", context, status=400)


@require_POST
@declares(policies.OPENS)
def close(request: HttpRequest) -> HttpResponse:
    """Close one's text on this computer."""
    sessions.close_text(request)
    messages.success(request, _("Uw tekst is hier gesloten. Met uw code opent u hem weer."))
    return redirect("contributions:list")


def _holder(request: HttpRequest) -> policies.Holder:
    return policies.Holder(actor=request.actor, opened=sessions.opened(request))  # type: ignore[attr-defined]


def _own(request: HttpRequest, public_id: UUID) -> Contribution | None:
    """The teller's own text; None when it must be opened with its code first. 404 when it is gone."""
    found = queries.own(public_id)
    if found is None:
        raise Http404
    return found if policies.can_hold(_holder(request), found) else None


def _do(request: HttpRequest, public_id: UUID, work: Any, done: str) -> HttpResponse:
    found = _own(request, public_id)
    if found is None:
        return redirect("contributions:by_code")
    try:
        work(found, _holder(request))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("contributions:own", public_id=public_id)
