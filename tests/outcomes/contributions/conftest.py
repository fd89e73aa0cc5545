# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality with its clerks, and tellers with texts in every state."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.utils import timezone

from samenspel.outcomes.contributions import actions
from samenspel.outcomes.contributions.kinds import Kind
from samenspel.outcomes.contributions.models import Contribution
from samenspel.outcomes.contributions.policies import Holder
from samenspel.outcomes.contributions.states import Use
from samenspel.platform.service import accounts

Role = accounts.Role
SECRET = "Ik wacht al een halfjaar op hulp bij het huishouden, en niemand belt terug."


@pytest.fixture(autouse=True)
def no_former_attempts(db: None) -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def real_figures(figure_store: Path) -> Path:
    return figure_store


@pytest.fixture
def municipality(db: None) -> accounts.Organisation:
    return accounts.add_organisation(
        by=None, name="Gemeente Zwolle", kind=accounts.OrganisationKind.MUNICIPALITY, area_code="GM0193"
    )


@pytest.fixture
def make_actor(municipality: accounts.Organisation) -> Callable[..., accounts.Actor]:
    """make_actor("anna", Role.CLERK): somebody with these roles in Zwolle, logged in with a second factor."""

    def make(name: str, *roles: Role, organisation: accounts.Organisation | None = None) -> accounts.Actor:
        person = accounts.add_person(by=None, email=f"{name}@zwolle.example", display_name=name.title())
        for role in roles:
            accounts.grant_role(
                by=None, person=person, role=role, organisation=organisation or municipality, reason="voor de test"
            )
        return accounts.actor_for(person, second_factor=True)

    return make


@pytest.fixture
def clerk(make_actor: Callable[..., accounts.Actor]) -> accounts.Actor:
    return make_actor("clerk", Role.CLERK)


@pytest.fixture
def second(make_actor: Callable[..., accounts.Actor]) -> accounts.Actor:
    return make_actor("second", Role.CLERK)


@pytest.fixture
def auditor(make_actor: Callable[..., accounts.Actor]) -> accounts.Actor:
    return make_actor("auditor", Role.AUDITOR)


def draft(**changes: Any) -> actions.Draft:
    """A story about loneliness in Zwolle that nothing is wrong with."""
    return actions.Draft(
        **{
            "kind": Kind.STORY,
            "subject_kind": "figure",
            "subject_id": "GM0193:lonely",
            "parts": {"text": SECRET},
            "signed": "een inwoner",
            "consents": frozenset({Use.SITE}),
            **changes,
        }
    )


@pytest.fixture
def story(clerk: accounts.Actor) -> Callable[..., Contribution]:
    """story(): a text that waits for review; story(published=True): one that everybody can read."""

    def make(
        *, published: bool = False, waiting: bool = False, by: accounts.Actor | None = None, **changes: Any
    ) -> Any:
        sent = actions.send(by=by or accounts.NOBODY, draft=draft(**changes), token=str(uuid4()))
        if waiting:
            return sent.contribution
        Contribution.objects.filter(pk=sent.contribution.pk).update(wait_until=timezone.now())
        actions.move_on()
        found = Contribution.objects.get(pk=sent.contribution.pk)
        return actions.publish(by=clerk, contribution=found, version=found.version) if published else found

    return make


def holder(contribution: Contribution) -> Holder:
    """Somebody who typed the code of this text."""
    return Holder(opened=contribution.public_id)
