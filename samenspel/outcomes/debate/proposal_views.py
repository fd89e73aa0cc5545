# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of proposals for another indicator: the list, each proposal, starting, joining, submitting, withdrawing."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samenspel.outcomes.debate import actions, policies, presenters, queries, told
from samenspel.outcomes.debate.forms import JoinForm, ListForm, PassportForm, ProposalForm
from samenspel.outcomes.debate.models import Proposal
from samenspel.outcomes.debate.policies import (
    CARRIES_PROPOSALS,
    LINKS_PASSPORTS,
    READS_DEBATE,
    REMOVES_WORDS,
    STARTS_PROPOSALS,
)
from samenspel.outcomes.debate.states import ProposalState
from samenspel.outcomes.debate.views import actor_of, remove_page
from samenspel.platform.service import Refusal, declares
from samenspel.voice.service import careful

PROPOSALS_A_PAGE = 20


@require_safe
@declares(READS_DEBATE)
def proposals(request: HttpRequest) -> HttpResponse:
    """What other indicators were proposed, by whom, and what was answered; newest first."""
    form = ListForm(request.GET, places=queries.municipalities_with_proposals())
    form.is_valid()
    municipality, search = form.cleaned_data.get("gemeente", ""), form.cleaned_data.get("zoek", "")
    found = Paginator(queries.listed(municipality=municipality, search=search), PROPOSALS_A_PAGE)
    page = found.get_page(request.GET.get("pagina"))
    context = {
        "form": form,
        "page": page,
        "count": found.count,
        "narrowed": bool(municipality or search),
        "cards": [presenters.proposal_card(one) for one in queries.proposed(page.object_list)],
        "residents": [presenters.told_card(one) for one in told.of_residents(municipality, search)],
    }
    return render(request, "debate/proposals.html", context)


@require_safe
@declares(READS_DEBATE)
def proposal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One proposal with who carries it and its answer: an address that stays."""
    row = _proposal(public_id)
    shown = queries.proposed([row])[0]
    actor = actor_of(request)
    sides = [str(carrier.side) for carrier in shown.carriers]
    context = {
        "card": presenters.proposal_card(shown),
        "public_id": public_id,
        "may_submit": policies.can_submit(actor, row, sides),
        "may_withdraw": policies.can_withdraw(actor, row, shown.answer),
        "may_link": policies.can_link_passport(actor, row, shown.answer),
        "may_remove": policies.can_remove_words(actor, row.started_by),
        "is_open": row.state == ProposalState.GATHERING,
    }
    return render(request, "debate/proposal.html", context)


@require_http_methods(["GET", "POST"])
@declares(STARTS_PROPOSALS)
def start(request: HttpRequest) -> HttpResponse:
    """Propose another indicator."""
    actor = actor_of(request)
    form = ProposalForm(request.POST or None, actor=actor, initial={"instead_of": request.GET.get("bij", "")})
    if request.method == "POST" and form.is_valid() and not careful.wants_change(request):
        if careful.wants_preview(request):
            return careful.preview(request, form)
        try:
            made = actions.start_proposal(by=actor, **form.chosen())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Uw voorstel staat op de website. Vraag nu een andere kant om mee te doen."))
            return redirect("debate:proposal", public_id=made.public_id)
    return render(request, "debate/start.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@declares(CARRIES_PROPOSALS)
def join(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Carry a proposal of somebody else."""
    row, actor = _proposal(public_id), actor_of(request)
    form = JoinForm(request.POST or None, actor=actor, municipality=row.municipality)
    if request.method == "POST" and form.is_valid():
        number, side = form.chosen()
        try:
            actions.join_proposal(proposal=public_id, organisation=queries.organisation(number), side=side, by=actor)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("U doet mee met dit voorstel."))
            return redirect("debate:proposal", public_id=public_id)
    context = {
        "form": form,
        "card": presenters.proposal_card(queries.proposed([row])[0]),
        "nobody": not form.fields["join_as"].choices,  # type: ignore[attr-defined]
    }
    return render(request, "debate/join.html", context, status=400 if form.errors else 200)


@require_POST
@declares(STARTS_PROPOSALS)
def submit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for an answer."""
    row = _proposal(public_id)
    actions.submit_proposal(proposal=row.public_id, by=actor_of(request))
    messages.success(request, _("Het voorstel is ingediend. Hier staat wanneer het antwoord er moet zijn."))
    return redirect("debate:proposal", public_id=public_id)


@require_http_methods(["GET", "POST"])
@declares(STARTS_PROPOSALS)
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a proposal off the list, after asking once more in words."""
    row = _proposal(public_id)
    shown = queries.proposed([row])[0]
    policies.check_withdraws(actor_of(request), row, shown.answer)
    if request.method == "POST":
        actions.withdraw_proposal(proposal=public_id, by=actor_of(request))
        messages.success(request, _("Het voorstel is ingetrokken."))
        return redirect("debate:proposals")
    return render(request, "debate/withdraw.html", {"card": presenters.proposal_card(shown), "public_id": public_id})


@require_http_methods(["GET", "POST"])
@declares(LINKS_PASSPORTS)
def passport(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say which indicator came of a proposal."""
    row = _proposal(public_id)
    form = PassportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.link_passport(proposal=public_id, by=actor_of(request), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Het cijfer staat nu bij het voorstel."))
            return redirect("debate:proposal", public_id=public_id)
    context = {"form": form, "card": presenters.proposal_card(queries.proposed([row])[0])}
    return render(request, "debate/passport.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@declares(REMOVES_WORDS)
def remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take words out of a proposal that tell who somebody is."""
    row = _proposal(public_id)
    policies.check_removes_words(actor_of(request), row.started_by)
    return remove_page(request, {row.public_id.hex: row}, reverse("debate:proposal", args=[public_id]))


def _proposal(public_id: UUID) -> Proposal:
    found = queries.proposal_by_id(public_id)
    if found is None:
        raise Http404
    return found
