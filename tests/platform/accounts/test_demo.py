# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo: step in as an invented person, and only in demo mode."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from samenspel.platform.accounts import demo
from samenspel.platform.accounts.models import Organisation, RoleAssignment, User
from samenspel.platform.accounts.roles import Role
from samenspel.platform.audit.service import AuditEvent
from tests.platform.accounts.conftest import log_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/demo/", "/demo/stap-in/mei/", "/demo/stap-uit/"])
def test_without_demo_mode_there_is_nothing(client: Client, settings: Settings, address: str) -> None:
    demo.seed_demo_people()
    settings.DEMO = False
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert "_auth_user_id" not in client.session
    assert "Demo" not in client.get("/ui/").content.decode()


def test_seeding_twice_changes_nothing() -> None:
    def count() -> list[int]:
        return [kind.objects.count() for kind in (User, RoleAssignment, Organisation, AuditEvent)]

    first = {person.pk for person in demo.seed_demo_people()}
    counted = count()
    assert {person.pk for person in demo.seed_demo_people()} == first
    assert count() == counted


def test_every_role_has_an_example() -> None:
    demo.seed_demo_people()
    assert set(RoleAssignment.objects.values_list("role", flat=True)) == set(Role.values)


def test_example_people_have_no_other_way_in() -> None:
    for person in demo.seed_demo_people():
        assert person.is_example and person.email is None and not person.has_usable_password()


@pytest.mark.parametrize("persona", demo.PERSONAS, ids=lambda persona: persona.key)
def test_stepping_in_and_out(client: Client, persona: demo.Persona) -> None:
    demo.seed_demo_people()
    page = client.get("/demo/").content.decode()
    assert persona.name in page and "verzonnen" in page
    stepped = client.post(f"/demo/stap-in/{persona.key}/")
    assert stepped.status_code == 302 and stepped["Location"] == "/"
    inside = client.get("/ui/")
    assert f"U kijkt als {persona.name}" in inside.content.decode()
    actor = inside.wsgi_request.actor  # type: ignore[attr-defined]
    assert {held.role for held in actor.roles} == {held.role for held in persona.roles}
    assert f"U kijkt als {persona.name}" in client.get("/bestaat-niet/").content.decode()
    assert client.get("/beheer/mensen/").status_code == (200 if persona.key in ("mei", "rachid") else 403)
    assert client.post("/demo/stap-uit/")["Location"] == "/demo/"
    assert "U kijkt als" not in client.get("/ui/").content.decode()


def test_nobody_steps_into_a_real_account(client: Client, make: Callable[..., User]) -> None:
    real = make("samira", Role.ADMINISTRATOR)
    assert client.post("/demo/stap-in/samira/").status_code == 404
    with pytest.raises(ValueError, match="not an example"):
        demo.step_in(client.get("/ui/").wsgi_request, real)


def test_stepping_in_leaves_the_own_account_behind(client: Client, make: Callable[..., User]) -> None:
    demo.seed_demo_people()
    log_in(client, make("anna", Role.RESIDENT))
    before = client.session.session_key
    client.post("/demo/stap-in/henk/")
    assert client.session.session_key != before
    client.post("/demo/stap-uit/")
    assert "_auth_user_id" not in client.session


def test_stepping_out_does_not_log_a_real_person_out(client: Client, make: Callable[..., User]) -> None:
    log_in(client, make("anna", Role.RESIDENT))
    client.post("/demo/stap-uit/")
    assert "_auth_user_id" in client.session


def test_the_page_says_what_to_do_when_there_are_no_people_yet(client: Client) -> None:
    assert "nog geen voorbeeldmensen" in client.get("/demo/").content.decode()


def test_a_planted_mark_of_the_demo_makes_nobody_strong(client: Client, make: Callable[..., User]) -> None:
    log_in(client, make("anna", Role.ADMINISTRATOR))
    session = client.session
    session["samenspel_demo"] = True
    session.save()
    assert client.get("/beheer/mensen/")["Location"] == "/mijn-account/tweede-stap/"
