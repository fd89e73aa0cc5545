# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""People, organisations and log-ins for the tests of accounts."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client

from samenspel.platform.accounts import actions
from samenspel.platform.accounts.actors import Actor, actor_for
from samenspel.platform.accounts.models import Organisation, Team, User
from samenspel.platform.accounts.roles import OrganisationKind, Role

PASSWORD = "vier rode fietsen bij de IJssel"


@pytest.fixture(autouse=True)
def no_former_attempts(db: None) -> None:
    """Attempts are counted in a table; the transaction of each test undoes it, but be sure."""
    cache.clear()


@pytest.fixture
def municipality(db: None) -> Organisation:
    return actions.add_organisation(
        by=None, name="Gemeente Zwolle", kind=OrganisationKind.MUNICIPALITY, area_code="GM0193"
    )


@pytest.fixture
def elsewhere(db: None) -> Organisation:
    return actions.add_organisation(
        by=None, name="Gemeente Kampen", kind=OrganisationKind.MUNICIPALITY, area_code="GM0166"
    )


@pytest.fixture
def team(municipality: Organisation) -> Team:
    return actions.add_team(by=None, organisation=municipality, name="Wijkteam Noord")


@pytest.fixture
def make(municipality: Organisation, team: Team) -> Callable[..., User]:
    """Make a person with roles in Zwolle: make("anna", Role.CLERK)."""

    def person(name: str, *roles: Role, organisation: Organisation | None = None, **fields: Any) -> User:
        made = actions.add_person(by=None, email=f"{name}@zwolle.example", display_name=name.title(), **fields)
        made.set_password(PASSWORD)
        made.save()
        for role in roles:
            in_team = team if role in (Role.PROFESSIONAL, Role.TEAM_LEAD) else None
            actions.grant_role(
                by=None,
                person=made,
                role=role,
                organisation=organisation or municipality,
                team=in_team,
                reason="voor de test",
            )
        return made

    return person


@pytest.fixture
def administrator(make: Callable[..., User]) -> User:
    return make("beheer", Role.ADMINISTRATOR)


@pytest.fixture
def as_administrator(administrator: User) -> Actor:
    return strong(administrator)


def strong(person: User) -> Actor:
    """The actor of somebody who logged in with two factors."""
    return actor_for(person, second_factor=True)


def add_totp(person: User) -> str:
    """Give the person an app with codes; gives its secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def code_of(secret: str) -> str:
    """The code the app shows now."""
    counter = int(time.time()) // app_settings.TOTP_PERIOD  # RFC 6238, 4.2
    return f"{hotp_value(secret, counter):06d}"


def log_in(client: Client, person: User, password: str = PASSWORD, **extra: Any) -> Any:
    """Send the log-in form."""
    return client.post("/inloggen/", {"login": person.email, "password": password, **extra})


def log_in_with_two_steps(client: Client, person: User) -> None:
    """Log in as somebody does who has an app with codes."""
    secret = add_totp(person)
    first = log_in(client, person)
    assert first.status_code == 302 and first["Location"] == "/inloggen/code/", first.content
    second = client.post("/inloggen/code/", {"code": code_of(secret)})
    assert second.status_code == 302, second.content


def verified_address(person: User) -> bool:
    """Is the address of this person taken as verified?"""
    return EmailAddress.objects.filter(user=person, verified=True).exists()
