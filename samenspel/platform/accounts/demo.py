# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The invented people of the example municipality, in whose place a visitor of the demo can step."""

from dataclasses import dataclass

from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samenspel.platform.accounts import actions, queries, sessions
from samenspel.platform.accounts.actors import Actor, actor_for
from samenspel.platform.accounts.models import Organisation, Team, User
from samenspel.platform.accounts.roles import OrganisationKind, Role
from samenspel.platform.audit.service import record

AREA_CODE = "GM0193"
MUNICIPALITY = "Gemeente Zwolle"
TEAM = "Wijkteam Noord (voorbeeld)"
PARTNER = "Welzijn Zwolle (voorbeeld)"
INITIATIVE = "De Buurtkamer (voorbeeld)"
INSTITUTE = "Kennisinstituut IJsselland (voorbeeld)"


@dataclass(frozen=True, slots=True)
class Held:
    """A role of an example person: which, at which organisation, in which team."""

    role: Role
    organisation: str = MUNICIPALITY
    team: str = ""


@dataclass(frozen=True, slots=True)
class Persona:
    """An invented person. The key is the address of the button; the name carries no real person."""

    key: str
    name: str
    about: Promise
    roles: tuple[Held, ...]


PERSONAS: tuple[Persona, ...] = (
    Persona(
        "samira",
        "Samira Voorbeeld",
        _("Zorgt voor haar moeder en heeft zelf een baan. Zij vraagt voor het eerst om hulp."),
        (Held(Role.RESIDENT),),
    ),
    Persona(
        "henk",
        "Henk Voorbeeld",
        _("Is 78, woont alleen en krijgt hulp bij het huishouden."),
        (Held(Role.RESIDENT),),
    ),
    Persona(
        "lotte",
        "Lotte Voorbeeld",
        _("Is buddy van Henk en regelt dingen voor hem, zoals hij dat wil."),
        (Held(Role.RESIDENT), Held(Role.REPRESENTATIVE)),
    ),
    Persona(
        "daan",
        "Daan Voorbeeld",
        _("Werkt in het wijkteam en voert gesprekken bij mensen thuis."),
        (Held(Role.PROFESSIONAL, team=TEAM),),
    ),
    Persona(
        "fatma",
        "Fatma Voorbeeld",
        _("Leidt het wijkteam en helpt collega's als iets vastloopt."),
        (Held(Role.PROFESSIONAL, team=TEAM), Held(Role.TEAM_LEAD, team=TEAM)),
    ),
    Persona(
        "joris",
        "Joris Voorbeeld",
        _("Maakt beleid voor de gemeente en kijkt wie wij niet bereiken."),
        (Held(Role.POLICY_OFFICER),),
    ),
    Persona(
        "ingrid",
        "Ingrid Voorbeeld",
        _("Zit in de gemeenteraad en stelt vragen bij cijfers en verhalen."),
        (Held(Role.COUNCILLOR),),
    ),
    Persona(
        "pieter",
        "Pieter Voorbeeld",
        _("Is griffier: hij helpt de raad en bewaakt de antwoorden."),
        (Held(Role.CLERK),),
    ),
    Persona(
        "aisha",
        "Aisha Voorbeeld",
        _("Begon met buren een huiskamer voor de wijk en werkt bij een welzijnsorganisatie."),
        (Held(Role.ORGANISATION_MEMBER, INITIATIVE), Held(Role.ORGANISATION_MEMBER, PARTNER)),
    ),
    Persona(
        "wouter",
        "Wouter Voorbeeld",
        _("Onderzoekt welke aanpak werkt en welke niet."),
        (Held(Role.RESEARCHER, INSTITUTE),),
    ),
    Persona(
        "mei",
        "Mei Voorbeeld",
        _("Beheert wie er mag inloggen en welke rol mensen hebben."),
        (Held(Role.ADMINISTRATOR),),
    ),
    Persona(
        "rachid",
        "Rachid Voorbeeld",
        _("Controleert of iedereen zich aan de regels houdt."),
        (Held(Role.AUDITOR),),
    ),
)

_ORGANISATIONS = (
    (MUNICIPALITY, OrganisationKind.MUNICIPALITY),
    (PARTNER, OrganisationKind.PARTNER),
    (INITIATIVE, OrganisationKind.INITIATIVE),
    (INSTITUTE, OrganisationKind.KNOWLEDGE_INSTITUTE),
)


@transaction.atomic
def seed_demo_people() -> list[User]:
    """Make the example municipality, its organisations and its people where they are not there yet.

    Doing it again changes nothing. They have no e-mail address and no password, so there is no other way in than the
    demo page; with demo mode off they have no rights at all.
    """
    places = {name: _organisation(name, kind) for name, kind in _ORGANISATIONS}
    team = Team.objects.filter(organisation=places[MUNICIPALITY], name=TEAM).first() or actions.add_team(
        by=None, organisation=places[MUNICIPALITY], name=TEAM
    )
    return [_person(persona, places, team) for persona in PERSONAS]


def _organisation(name: str, kind: OrganisationKind) -> Organisation:
    found = (
        queries.municipality(AREA_CODE)  # a municipality that is here already is the example's too
        if kind == OrganisationKind.MUNICIPALITY
        else Organisation.objects.filter(name=name, area_code=AREA_CODE).first()
    )
    return found or actions.add_organisation(by=None, name=name, kind=kind, area_code=AREA_CODE)


def _person(persona: Persona, places: dict[str, Organisation], team: Team) -> User:
    found = User.objects.filter(is_example=True, display_name=persona.name).first()
    person = found or actions.add_person(by=None, email=None, display_name=persona.name, is_example=True)
    held_now = {(held.role, held.organisation_id) for held in queries.valid_assignments().filter(person=person)}
    for held in persona.roles:
        organisation = places[held.organisation]
        if (held.role, organisation.pk) not in held_now:
            actions.grant_role(
                by=None,
                person=person,
                role=held.role,
                organisation=organisation,
                team=team if held.team else None,
                reason="Voorbeeld voor de demo.",
            )
    return person


def example_people() -> dict[str, User]:
    """The example people that are there, by the key of their persona (one query)."""
    found = {one.display_name: one for one in User.objects.filter(is_example=True, is_active=True).order_by("pk")}
    return {persona.key: found[persona.name] for persona in PERSONAS if persona.name in found}


def demo_actors() -> dict[str, Actor]:
    """The example people as actors with their staff roles, by persona, to make invented content of other parts.

    Empty outside demo mode.
    """
    return {
        key: actor
        for key, person in example_people().items()
        if (actor := actor_for(person, second_factor=True)).is_known
    }


def step_in(request: HttpRequest, person: User) -> None:
    """Go on as this example person, in a session of its own. The caller made sure that this is demo mode.

    Raises ValueError for a person who is not an example: nobody can step into a real account.
    """
    if not person.is_example:
        raise ValueError("not an example person")
    request.session.flush()
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    request.session[sessions.DEMO] = True
    with transaction.atomic():
        record(by=None, action="demo.stepped_in", on=person)
