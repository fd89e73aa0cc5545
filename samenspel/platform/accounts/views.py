# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of people and roles for an administrator, and the page that asks for a second factor."""

import csv
from dataclasses import asdict, fields
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from samenspel.platform.accounts import actions, presenters, queries
from samenspel.platform.accounts.actors import Actor
from samenspel.platform.accounts.forms import PersonForm, ReasonForm, RoleForm
from samenspel.platform.accounts.models import RoleAssignment, User
from samenspel.platform.accounts.policies import (
    LOGGED_IN,
    MANAGES_ROLES,
    SEES_ROLES,
    can_manage_roles,
    check_closes_account,
    check_ends_role,
    check_manages_account,
    check_not_oneself,
)
from samenspel.platform.accounts.roles import Role
from samenspel.platform.mail import MailNotConfigured
from samenspel.platform.policies import Refusal, declares, public, why_not

PEOPLE_A_PAGE = 25


def _actor(request: HttpRequest) -> Actor:
    found: Actor = request.actor  # type: ignore[attr-defined]
    return found


@declares(public("The name exists because django-allauth looks it up; there is nothing here for anyone."))
def closed(request: HttpRequest) -> HttpResponse:
    """Signing up, connecting accounts and the like do not exist here."""
    raise Http404


@require_safe
@declares(LOGGED_IN)
def second_factor(request: HttpRequest) -> HttpResponse:
    """Asks somebody with a staff role to add a second step to logging in."""
    return render(request, "accounts/second_factor.html", {"waits": _actor(request).waits_for_second_factor})


@require_safe
@declares(SEES_ROLES)
def people(request: HttpRequest) -> HttpResponse:
    """Who is here and which roles they hold now; searchable."""
    actor = _actor(request)
    search, role = request.GET.get("zoek", "").strip()[:100], request.GET.get("rol", "")
    if role not in Role.values:
        role = ""
    found = Paginator(queries.people_of(actor, search=search, role=role), PEOPLE_A_PAGE)
    page = found.get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "people": presenters.people_cards(page.object_list),
        "search": search,
        "role": role,
        "roles": [(one.value, one.label) for one in Role],
        "count": found.count,
        "may_manage": can_manage_roles(actor),
    }
    return render(request, "accounts/people.html", context)


@require_safe
@declares(SEES_ROLES)
def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One person, with every role they hold or held."""
    actor = _actor(request)
    shown = _person(actor, public_id)
    assignments = list(queries.assignments_of(actor).filter(person=shown))
    ties = queries.ties_of(shown)
    left = queries.administrators_left_without(shown)
    context = {
        "person": shown,
        "rows": presenters.role_rows(assignments, timezone.now(), lambda one: _why_not_end(actor, one)),
        "may_manage": can_manage_roles(actor),
        "why_not_grant": why_not(check_not_oneself, actor, shown),
        "why_not_close": why_not(check_closes_account, actor, shown, ties, administrators_left=left),
        "why_not_reopen": why_not(check_manages_account, actor, ties),
    }
    return render(request, "accounts/person.html", context)


@require_http_methods(["GET", "POST"])
@declares(MANAGES_ROLES)
def add_person(request: HttpRequest) -> HttpResponse:
    """Add a colleague; they get a message to choose a password."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_person(by=_actor(request), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            _invite(request, added)
            return redirect("accounts-grant-role", public_id=added.public_id)
    return render(request, "accounts/add_person.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@declares(MANAGES_ROLES)
def grant_role(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a role to somebody."""
    actor = _actor(request)
    shown = _person(actor, public_id)
    check_not_oneself(actor, shown)
    form = RoleForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        begin, until = form.period()
        try:
            actions.grant_role(
                by=actor,
                person=shown,
                role=form.cleaned_data["role"],
                organisation=form.cleaned_data["organisation"],
                team=form.cleaned_data["team"],
                valid_from=begin,
                valid_until=until,
                reason=form.cleaned_data["reason"],
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("De rol is gegeven."))
            return redirect("accounts-person", public_id=shown.public_id)
    context = {"form": form, "person": shown}
    return render(request, "accounts/grant_role.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@declares(MANAGES_ROLES)
def end_role(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End a role at once, after asking once more in words."""
    actor = _actor(request)
    assignment = queries.assignments_of(actor).filter(public_id=public_id).first()
    if assignment is None:
        raise Http404
    left = queries.other_administrators(assignment).count()
    if request.method == "GET":
        check_ends_role(actor, assignment, administrators_left=left)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_role(by=actor, assignment=assignment, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("De rol is beëindigd. Dat geldt vanaf nu."))
            if assignment.person_id == actor.person_id:
                return redirect("/")  # who ended their own role may not see this list any more
            return redirect("accounts-person", public_id=assignment.person.public_id)
    context = {"form": form, "assignment": assignment, "within": presenters.within(assignment)}
    return render(request, "accounts/end_role.html", context, status=400 if form.errors else 200)


@require_POST
@declares(MANAGES_ROLES)
def close_person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close an account at once; it can be opened again."""
    actor = _actor(request)
    shown = _person(actor, public_id)
    actions.close_person(by=actor, person=shown)
    messages.success(request, _("Het account is gesloten. U kunt het weer openen."))
    return redirect("accounts-person", public_id=shown.public_id)


@require_POST
@declares(MANAGES_ROLES)
def reopen_person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open an account again."""
    actor = _actor(request)
    shown = _person(actor, public_id)
    actions.reopen_person(by=actor, person=shown)
    messages.success(request, _("Het account is weer open."))
    return redirect("accounts-person", public_id=shown.public_id)


@require_GET
@declares(SEES_ROLES)
def export_roles(request: HttpRequest) -> HttpResponse:
    """All roles as CSV for the quarterly review of access rights (BIO2 8.02.01)."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rollen-{timezone.localdate().isoformat()}.csv"'
    answer.write("\ufeff")  # spreadsheets read it as UTF-8 only with this mark
    writer = csv.DictWriter(answer, [one.name for one in fields(queries.RoleRow)], delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    for row in queries.review_rows(_actor(request), only_current=request.GET.get("alleen") == "nu"):
        writer.writerow({name: presenters.harmless_in_a_spreadsheet(text) for name, text in asdict(row).items()})
    return answer


def _why_not_end(actor: Actor, assignment: RoleAssignment) -> str:
    # Only an administrator's role needs the count, so that a long list costs no query for each row.
    left = queries.other_administrators(assignment).count() if assignment.role == Role.ADMINISTRATOR else 0
    return why_not(check_ends_role, actor, assignment, administrators_left=left)


def _person(actor: Actor, public_id: UUID) -> User:
    found = queries.people_of(actor).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _invite(request: HttpRequest, added: User) -> None:
    # A person who was added is kept when the mail server fails: the message can be asked for again on the log-in page.
    request_password_reset(request, added.email, [added], default_token_generator)
    failure = getattr(request, "mail_failure", None)
    if failure is None:
        messages.success(request, _("Wij stuurden een bericht om een wachtwoord te kiezen. Geef nu een rol."))
    elif isinstance(failure, MailNotConfigured):
        messages.warning(
            request,
            _(
                "Wij konden geen bericht sturen: er is nog geen mailserver ingesteld. Vraag wie de server beheert om "
                "EMAIL_URL in te stellen. Daarna kan uw collega op de inlogpagina een wachtwoord aanvragen."
            ),
        )
    else:
        messages.warning(
            request,
            _("Wij konden nu geen bericht sturen. Vraag uw collega om op de inlogpagina een wachtwoord aan te vragen."),
        )
