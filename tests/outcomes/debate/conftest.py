# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sides that meet in a debate: municipality, residents' initiative, neighbourhood team, resident, administrator."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from samenspel.platform.accounts.actors import Actor
from samenspel.platform.accounts.models import Organisation, User
from samenspel.platform.accounts.roles import OrganisationKind, Role
from samenspel.platform.accounts.service import add_organisation
from tests.platform.accounts.conftest import (  # noqa: F401
    administrator,
    elsewhere,
    make,
    municipality,
    no_former_attempts,
    strong,
    team,
)

Make = Callable[..., User]


@dataclass(frozen=True, slots=True)
class People:
    """Who takes part: actors, with the organisations they speak for."""

    officer: Actor
    member: Actor
    professional: Actor
    resident: Actor
    administrator: Actor
    stranger: Actor
    zwolle: Organisation
    initiative: Organisation
    kampen: Organisation


@pytest.fixture
def people(make: Make, municipality: Organisation, elsewhere: Organisation) -> People:  # noqa: F811
    """Everybody, in Zwolle but for the stranger, who works in Kampen."""
    initiative = add_organisation(by=None, name="De Buurtkamer", kind=OrganisationKind.INITIATIVE, area_code="GM0193")
    return People(
        officer=strong(make("joris", Role.POLICY_OFFICER)),
        member=strong(make("aisha", Role.ORGANISATION_MEMBER, organisation=initiative)),
        professional=strong(make("daan", Role.PROFESSIONAL)),
        resident=strong(make("henk", Role.RESIDENT)),
        administrator=strong(make("mei", Role.ADMINISTRATOR)),
        stranger=strong(make("kees", Role.POLICY_OFFICER, organisation=elsewhere)),
        zwolle=municipality,
        initiative=initiative,
        kampen=elsewhere,
    )
