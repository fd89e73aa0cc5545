# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may give and end roles, and the checks that every other part builds its own on."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samenspel.platform.accounts.actors import Actor, Within
from samenspel.platform.accounts.models import Organisation, RoleAssignment, Team, User
from samenspel.platform.accounts.roles import RULES, Role, Unit
from samenspel.platform.policies import Policy, Refusal, allows


@dataclass(frozen=True, slots=True)
class Ties:
    """The municipalities (GM0193) where a person holds a role now or soon, and those where only ended roles are."""

    current: frozenset[str] = frozenset()
    former: frozenset[str] = frozenset()


class NotLoggedIn(Refusal):
    """Nobody is logged in. A browser is sent to the log-in page instead of being refused."""


class SecondFactorMissing(Refusal):
    """The person has the role, but logged in with one factor only."""


def check_logged_in(actor: Actor) -> None:
    """Somebody is logged in."""
    if not actor.is_known:
        raise NotLoggedIn(_("Log eerst in. Daarna ziet u deze pagina."))


def check_has_role(actor: Actor, *roles: Role | str, within: Within = None) -> None:
    """The actor holds one of the roles now, reaching `within` (an organisation, a team, or a code like GM0193)."""
    check_logged_in(actor)
    if actor.holds_any(roles, within):
        return
    if actor.waits_for_second_factor:
        raise SecondFactorMissing(_("Stel eerst een tweede stap in bij het inloggen. Daarna kunt u verder."))
    names = _(" of ").join(str(Role(role).label).lower() for role in roles)
    if within is not None and actor.holds_any(roles):
        raise Refusal(
            _("U heeft wel een rol als {role}, maar niet voor deze gemeente, deze organisatie of dit team.").format(
                role=names
            )
        )
    raise Refusal(_("Deze pagina is voor wie werkt als {role}. Die rol heeft u nu niet.").format(role=names))


def check_manages_roles(actor: Actor, within: Within = None) -> None:
    """An administrator gives and ends roles in their own municipality and the organisations that work there."""
    check_has_role(actor, Role.ADMINISTRATOR, within=_municipality(within))


def check_sees_roles(actor: Actor, within: Within = None) -> None:
    """An administrator or an auditor may see who holds which role; the quarterly review needs both."""
    check_has_role(actor, Role.ADMINISTRATOR, Role.AUDITOR, within=_municipality(within))


def check_grants_role(actor: Actor, person: User, role: Role | str, organisation: Organisation) -> None:
    """May the actor give this role to this person within this organisation?

    Nobody gives themselves a role, not even a working role: a second pair of eyes sees who may read what
    (segregation of duties: ISO/IEC 27002:2022, 5.3).
    """
    check_manages_roles(actor, within=organisation)
    check_not_oneself(actor, person)
    if not organisation.is_active:
        raise Refusal(_("Deze organisatie doet niet meer mee. Er kan geen rol bij."))


def check_not_oneself(actor: Actor, person: User) -> None:
    """Is it somebody else who gets the role?"""
    if person.pk == actor.person_id:
        raise Refusal(_("U kunt uzelf geen rol geven. Vraag een andere beheerder."))


def check_ends_role(actor: Actor, assignment: RoleAssignment, *, administrators_left: int) -> None:
    """May the actor end this role? `administrators_left` counts those of the municipality without this one."""
    check_manages_roles(actor, within=assignment.organisation)
    if assignment.role == Role.ADMINISTRATOR:
        check_not_last_administrator(administrators_left)


def check_manages_account(actor: Actor, ties: Ties) -> None:
    """May the actor open this account again, or close it if it is not their own (check_closes_account)?

    An account is one for all municipalities, so the administrator of each where the person works must be the actor.
    When no role holds any more, the administrator of one where it held; when there was none yet, any administrator.
    """
    check_manages_roles(actor)
    if ties.current:
        if not any(can_manage_roles(actor, code) for code in ties.current):
            raise Refusal(_("Deze persoon hoort niet bij uw gemeente."))
        if not all(can_manage_roles(actor, code) for code in ties.current):
            raise Refusal(
                _(
                    "Deze persoon heeft ook een rol in een andere gemeente. Beëindig de rollen in uw eigen gemeente; "
                    "het account is ook van die andere gemeente."
                )
            )
    elif ties.former and not any(can_manage_roles(actor, code) for code in ties.former):
        raise Refusal(_("Deze persoon hoort niet bij uw gemeente."))


def check_closes_account(actor: Actor, person: User, ties: Ties, *, administrators_left: int | None) -> None:
    """May the actor close this account? `administrators_left`: see check_not_last_administrator."""
    check_manages_roles(actor)
    if person.pk == actor.person_id:
        raise Refusal(_("Dit is uw eigen account. Vraag een andere beheerder om het te sluiten."))
    check_manages_account(actor, ties)
    check_not_last_administrator(administrators_left)


def check_not_last_administrator(administrators_left: int | None) -> None:
    """A municipality keeps one administrator, whoever acts.

    `administrators_left` counts those without this one; None when this one is no administrator anywhere.
    """
    if administrators_left is not None and administrators_left < 1:
        raise Refusal(_("Dit is de laatste beheerder. Maak eerst iemand anders beheerder."))


def check_role_fits(role: Role | str, organisation: Organisation, team: Team | None) -> None:
    """The role can be held within this kind of organisation, with or without a team (the database checks it too)."""
    rule = RULES[Role(role)]
    label = Role(role).label
    if organisation.kind not in rule.kinds:
        raise Refusal(_("De rol {role} kan niet bij deze soort organisatie.").format(role=label))
    if rule.unit is Unit.TEAM and team is None:
        raise Refusal(_("Kies het team. De rol {role} hoort bij een team.").format(role=label))
    if rule.unit is not Unit.TEAM and team is not None:
        raise Refusal(_("Kies geen team. De rol {role} geldt voor de hele organisatie.").format(role=label))
    if team is not None and team.organisation_id != organisation.pk:
        raise Refusal(_("Dit team hoort bij een andere organisatie."))


def _municipality(within: Within) -> Within:
    # An administrator's reach is a municipality. A partner organisation that works there falls under it by its code.
    return within.area_code if isinstance(within, Organisation) else within


can_role_fit = allows(check_role_fits)
can_manage_roles = allows(check_manages_roles)
can_see_roles = allows(check_sees_roles)
can_manage_account = allows(check_manages_account)
can_close_account = allows(check_closes_account)
can_grant_role = allows(check_grants_role)
can_end_role = allows(check_ends_role)
has_role = allows(check_has_role)


def needs_role(*roles: Role | str) -> Policy:
    """The policy of an entry point for holders of one of these roles; within what is checked by the entry itself."""

    def check(actor: Actor) -> None:
        check_has_role(actor, *roles)

    return Policy(name="role:" + ",".join(sorted(str(role) for role in roles)), reason="", check=check)


def needs(name: str, check: Callable[[Actor], None]) -> Policy:
    """The policy of an entry point that asks `check`; the name says what it asks."""
    return Policy(name=name, reason="", check=check)


LOGGED_IN = needs("logged in", check_logged_in)
SEES_ROLES = needs("sees roles", check_sees_roles)
MANAGES_ROLES = needs("manages roles", check_manages_roles)
