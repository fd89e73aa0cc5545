# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Telling: choose what it is about, write, look once more, send, get the code. Nothing typed is lost on the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samenspel.outcomes.contributions import actions, policies, presenters, queries, sessions
from samenspel.outcomes.contributions.choices import figure_choices
from samenspel.outcomes.contributions.forms import SubjectForm, TellForm
from samenspel.outcomes.contributions.kinds import KINDS, Kind
from samenspel.outcomes.contributions.states import REVIEW_TERM
from samenspel.outcomes.contributions.subjects import (
    FIGURE,
    Subject,
    UnknownSubject,
    figure_id,
    find_subject,
    subject_of_reference,
)
from samenspel.platform.service import Refusal, accounts, declares, dutch, throttle

# A library or a town hall shares one address.
SENDS = "40/1h/ip"
LOOKS_AGAIN = "300/1h/ip"
LOOKED = "gekeken"
SPEAKS_AS = (
    accounts.Role.PROFESSIONAL,
    accounts.Role.TEAM_LEAD,
    accounts.Role.ORGANISATION_MEMBER,
    accounts.Role.POLICY_OFFICER,
    accounts.Role.COUNCILLOR,
    accounts.Role.RESEARCHER,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to write: which kind, about what, for which municipality, beside which text."""

    kind: Kind
    subject: Subject
    municipality: str
    beside: UUID | None

    @property
    def query(self) -> str:
        """The same in the address of the form; nothing personal stands in it."""
        if self.beside is not None:
            return f"?bij={self.beside}"
        place = f"&gemeente={self.municipality}" if not self.subject.municipality else ""
        return f"?over={self.subject.reference}&soort={self.kind}{place}"


@never_cache
@require_http_methods(["GET", "POST"])
@declares(policies.TELLS)
def tell(request: HttpRequest) -> HttpResponse:
    """The form, its preview, and the code after sending."""
    if not request.GET.get("over") and not request.GET.get("bij"):
        return _choose(request)
    try:
        asked = _asked(request)
        actions.check_open(asked.municipality)
    except (UnknownSubject, Refusal) as problem:
        return render(request, "contributions/closed.html", {"problem": str(problem)}, status=404)
    actor: accounts.Actor = request.actor  # type: ignore[attr-defined]
    roles = _roles(actor, asked.municipality)
    if request.method != "POST":
        return _form(request, asked, _tell_form(None, asked, actor, roles))
    form = _tell_form(request.POST, asked, actor, roles)
    step = request.POST.get("stap", "bekijk")
    try:
        throttle.check_not_too_often(request, "contributions.preview", LOOKS_AGAIN)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    if not form.is_valid():
        return _form(request, asked, form, status=400)
    if step == "wijzig":
        return _form(request, asked, form)
    if step != "verstuur":
        return _preview(request, asked, form)
    if request.POST.get(LOOKED) != "on":
        return _preview(request, asked, form, unlooked=True)
    return _send(request, asked, form, actor)


def _send(request: HttpRequest, asked: Asked, form: TellForm, actor: accounts.Actor) -> HttpResponse:
    draft = form.draft(
        subject_kind=asked.subject.kind,
        subject_id=asked.subject.id,
        municipality=asked.municipality,
        beside=asked.beside,
    )
    try:
        throttle.check_not_too_often(request, "contributions.send", SENDS)
        sent = actions.send(
            by=actor,
            draft=draft,
            token=form.cleaned_data["token"],
            keep_with_account=bool(form.cleaned_data.get("keep")),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _form(request, asked, form, status=400)
    sessions.open_text(request, sent.contribution.public_id)
    context = {
        "code": sent.code,
        "reads_from": dutch.date(timezone.localdate(sent.contribution.wait_until)),
        "review_days": REVIEW_TERM.days,
        "asked": asked,
        "kept": sent.contribution.teller_id is not None,
    }
    return render(request, "contributions/sent.html", context)


def _form(request: HttpRequest, asked: Asked, form: TellForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "asked": asked,
        "rule": KINDS[asked.kind],
        "wait_days": actions.wait_days(),
        "place": presenters.place_name(asked.municipality),
        "answers": presenters.cards([found])[0] if (found := _beside(asked)) else None,
    }
    return render(request, "contributions/tell.html", context, status=status)


def _preview(request: HttpRequest, asked: Asked, form: TellForm, *, unlooked: bool = False) -> HttpResponse:
    draft = form.draft(subject_kind=asked.subject.kind, subject_id=asked.subject.id)
    hidden = [(name, value) for name in form.fields if (value := form.data.get(name))]
    context = {
        "card": presenters.preview(asked.kind, draft.words(), asked.subject, role=draft.as_role),
        "asked": asked,
        "hidden": hidden,
        "consents": [str(form.fields[f"consent_{use}"].label) for use in sorted(draft.consents)],
        "confirmed": bool(draft.confirmed),
        "unlooked": unlooked,
        "wait_days": actions.wait_days(),
    }
    return render(request, "contributions/preview.html", context, status=400 if unlooked else 200)


def _tell_form(data: Any, asked: Asked, actor: accounts.Actor, roles: Sequence[tuple[str, str]]) -> TellForm:
    return TellForm(
        data,
        kind=asked.kind,
        municipality=asked.municipality,
        roles=roles,
        may_keep=actor.is_known,
        initial={"keep": True},
    )


def _roles(actor: accounts.Actor, municipality: str) -> list[tuple[str, str]]:
    return [(role.value, str(role.label)) for role in SPEAKS_AS if actor.holds(role, municipality)]


def _beside(asked: Asked) -> Any:
    return queries.published(asked.beside) if asked.beside is not None else None


def _asked(request: HttpRequest) -> Asked:
    """What the address asks for. Raises UnknownSubject and Refusal."""
    if beside := request.GET.get("bij"):
        try:
            other = queries.published(UUID(beside))
        except ValueError:
            other = None
        if other is None:
            raise UnknownSubject(_("Het verhaal waarbij u wilt schrijven, staat er niet meer."))
        subject = find_subject(other.subject_kind, other.subject_id)
        return Asked(Kind.COUNTER_STORY, subject, other.municipality, other.public_id)
    subject = subject_of_reference(request.GET.get("over", ""))
    wanted = request.GET.get("soort", "")
    kind = Kind(wanted) if wanted in Kind.values else Kind.STORY
    return Asked(kind, subject, subject.municipality or request.GET.get("gemeente", ""), None)


def _choose(request: HttpRequest) -> HttpResponse:
    """Where to choose a municipality and a figure first."""
    places = [(one.area_code, one.name) for one in queries.open_municipalities()]
    asked, search = request.GET, request.GET.get("zoek", "")
    figures = figure_choices(search=search)
    chosen = "plaats" in asked and asked.get("stap") != "zoek"
    wanted = asked.get("soort", "")
    kind = Kind(wanted) if wanted in Kind.values and not KINDS[Kind(wanted)].beside_another else Kind.STORY
    form = SubjectForm(
        asked if chosen else None,
        places=places,
        figures=figures or figure_choices(),
        initial={"plaats": asked.get("plaats", ""), "zoek": search, "soort": kind.value},
    )
    if form.is_bound and form.is_valid():
        more = f"&soort={kind}" if kind is not Kind.STORY else ""
        reference = f"{FIGURE}:{figure_id(form.cleaned_data['plaats'], form.cleaned_data['cijfer'])}"
        return redirect(f"{reverse('contributions:tell')}?over={reference}{more}")
    context = {"form": form, "places": places, "rule": KINDS[kind], "nothing": bool(search) and not figures}
    return render(request, "contributions/choose.html", context)
