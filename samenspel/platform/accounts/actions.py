# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes: adding people, organisations and teams, giving and ending roles. Each takes its audit event."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samenspel.platform.accounts import queries
from samenspel.platform.accounts.actors import Actor
from samenspel.platform.accounts.models import Organisation, RoleAssignment, Team, User, normalise_email
from samenspel.platform.accounts.policies import (
    check_closes_account,
    check_ends_role,
    check_grants_role,
    check_manages_account,
    check_manages_roles,
    check_not_last_administrator,
    check_role_fits,
)
from samenspel.platform.accounts.roles import OrganisationKind, Role
from samenspel.platform.audit.service import audited, record, system_actor
from samenspel.platform.policies import Refusal

PROGRAM = system_actor("samenspel")
"""Who acted when no person did: a command run on the server, such as the one that makes the first administrator."""


@audited
def add_organisation(*, by: Actor | None, name: str, kind: OrganisationKind, area_code: str) -> Organisation:
    """A new organisation; raises Refusal when the actor may not, IntegrityError when it exists or the code is wrong."""
    if by is not None:
        check_manages_roles(by, within=area_code)
    organisation = Organisation.objects.create(name=name.strip(), kind=kind, area_code=area_code)
    record(
        by=by or PROGRAM,
        action="organisation.added",
        on=organisation,
        detail={"kind": str(kind), "area_code": area_code},
    )
    return organisation


@audited
def add_team(*, by: Actor | None, organisation: Organisation, name: str) -> Team:
    """A new team of an organisation."""
    if by is not None:
        check_manages_roles(by, within=organisation)
    team = Team.objects.create(organisation=organisation, name=name.strip())
    record(by=by or PROGRAM, action="team.added", on=team, detail={"organisation": str(organisation.public_id)})
    return team


@audited
def add_person(
    *, by: Actor | None, email: str | None, display_name: str, language: str = "nl", is_example: bool = False
) -> User:
    """A new person, who cannot log in with a password until they choose one.

    Raises Refusal when the actor is no administrator or when somebody has this address already.
    """
    if by is not None:
        check_manages_roles(by)
    address = normalise_email(email)
    if address and User.objects.filter(email=address).exists():
        raise Refusal(_("Er is al iemand met dit e-mailadres."))
    person = User.objects.create_user(
        address, display_name=display_name.strip(), language=language, is_example=is_example
    )
    if address:
        # Verified: the administrator vouches for a colleague's address, and a first log-in needs mail sent there.
        EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    record(by=by or PROGRAM, action="person.added", on=person, detail={"example": is_example})
    return person


@audited
def grant_role(
    *,
    by: Actor | None,
    person: User,
    role: Role | str,
    organisation: Organisation,
    team: Team | None = None,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
    reason: str,
) -> RoleAssignment:
    """Give a role from `valid_from` (now) until `valid_until` (open).

    Raises Refusal, with a Dutch sentence, when the actor may not give it, when it does not fit the organisation or
    team, when the period is empty, when no reason is given, and when the person holds this role there already.
    """
    role = Role(role)
    begin = valid_from or timezone.now()
    if by is not None:
        check_grants_role(by, person, role, organisation)
    check_role_fits(role, organisation, team)
    if not reason.strip():
        raise Refusal(_("Schrijf op waarom deze persoon de rol krijgt."))
    if valid_until is not None and valid_until <= begin:
        raise Refusal(_("De einddatum ligt voor de begindatum."))
    try:
        with transaction.atomic():
            assignment = RoleAssignment.objects.create(
                person=person,
                role=role,
                organisation=organisation,
                organisation_kind=organisation.kind,
                team=team,
                valid_from=begin,
                valid_until=valid_until,
                given_by_id=by.person_id if by is not None else None,
                reason=reason.strip(),
            )
    except IntegrityError as error:
        if "role_not_twice_at_once" in str(error):
            raise Refusal(_("Deze persoon heeft deze rol hier al in deze periode.")) from error
        raise
    record(by=by or PROGRAM, action="role.granted", on=assignment, detail=_detail(assignment))
    return assignment


@audited
def end_role(*, by: Actor | None, assignment: RoleAssignment, reason: str) -> RoleAssignment:
    """End a role at once; the next request of the person no longer has it.

    A role that had not begun yet gets an empty period. Raises Refusal when the actor may not end it, when it is the
    last administrator of the municipality, when it has ended already, and when no reason is given.
    """
    # Two administrators who end each other's role at the same moment wait for each other here.
    Organisation.objects.select_for_update().get(pk=assignment.organisation_id)
    assignment = RoleAssignment.objects.select_for_update().get(pk=assignment.pk)
    now = timezone.now()
    if by is not None:
        check_ends_role(by, assignment, administrators_left=queries.other_administrators(assignment, at=now).count())
    if assignment.ended_at is not None or (assignment.valid_until is not None and assignment.valid_until <= now):
        raise Refusal(_("Deze rol is al afgelopen."))
    if not reason.strip():
        raise Refusal(_("Schrijf op waarom de rol eindigt."))
    assignment.valid_until = max(now, assignment.valid_from)
    assignment.ended_at = now
    assignment.ended_by_id = by.person_id if by is not None else None
    assignment.end_reason = reason.strip()
    assignment.save(update_fields=["valid_until", "ended_at", "ended_by", "end_reason"])
    record(by=by or PROGRAM, action="role.ended", on=assignment, detail=_detail(assignment))
    return assignment


@audited
def reopen_person(*, by: Actor | None, person: User) -> User:
    """Open a closed account again; the roles that were not ended hold again. Raises Refusal (see the policy)."""
    if by is not None:
        check_manages_account(by, queries.ties_of(person))
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(by=by or PROGRAM, action="person.reopened", on=person)
    return person


@audited
def close_person(*, by: Actor | None, person: User) -> User:
    """Close an account: no more log-in, and every open session of the person ends at once.

    Raises Refusal when the actor may not (see the policy) and when a municipality would be left without administrator.
    """
    theirs = queries.valid_assignments().filter(person=person, role=Role.ADMINISTRATOR).values("organisation")
    # Two administrators who close each other's account at the same moment wait for each other here.
    list(Organisation.objects.select_for_update().filter(pk__in=theirs).order_by("pk"))
    left = queries.administrators_left_without(person)
    if by is not None:
        check_closes_account(by, person, queries.ties_of(person), administrators_left=left)
    check_not_last_administrator(left)
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_sessions(person)
    record(by=by or PROGRAM, action="person.closed", on=person)
    return person


def end_sessions(person: User) -> int:
    """End all sessions of a person; gives how many. Part of a larger action, which takes the audit event."""
    theirs = [
        session.session_key
        for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator()
        if session.get_decoded().get("_auth_user_id") == str(person.pk)
    ]
    Session.objects.filter(session_key__in=theirs).delete()
    return len(theirs)


def _detail(assignment: RoleAssignment) -> dict[str, str]:
    return {
        "role": assignment.role,
        "area_code": assignment.organisation.area_code,
        "organisation": str(assignment.organisation.public_id),
        "team": str(assignment.team.public_id) if assignment.team else "",
        "person": str(assignment.person.public_id),
    }
