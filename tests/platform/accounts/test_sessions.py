# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sessions end when nobody uses them, and a role that ends is gone at the next click."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from samenspel.platform.accounts import actions
from samenspel.platform.accounts.models import User
from samenspel.platform.accounts.roles import Role
from tests.platform.accounts.conftest import log_in, log_in_with_two_steps

pytestmark = pytest.mark.django_db
Make = Callable[..., User]


@pytest.mark.parametrize(("role", "minutes"), [(Role.RESIDENT, 15), (Role.CLERK, 30)])
def test_an_unused_session_ends(client: Client, make: Make, role: Role, minutes: int) -> None:
    start = timezone.now()
    person = make("anna", role)
    with time_machine.travel(start, tick=False) as clock:
        (log_in if role == Role.RESIDENT else log_in_with_two_steps)(client, person)
        assert client.get("/mijn-account/inloggen/").status_code == 200
        clock.shift(timedelta(minutes=minutes))
        assert client.get("/mijn-account/inloggen/").status_code == 200  # in use again: the time starts anew
        clock.shift(timedelta(minutes=minutes, seconds=1))
        ended = client.get("/mijn-account/inloggen/")
        assert ended.status_code == 302
        assert ended["Location"] == "/inloggen/?next=/mijn-account/inloggen/"
        assert f"{minutes} minuten niet bezig" in client.get(ended["Location"]).content.decode()


def test_a_form_sent_too_late_leads_to_the_log_in_page(client: Client, make: Make) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        log_in(client, make("anna", Role.RESIDENT))
        client.get("/mijn-account/inloggen/")
        clock.shift(timedelta(hours=1))
        assert client.post("/mijn-account/wachtwoord/", {})["Location"] == "/inloggen/?next=/"


def test_a_role_that_ends_is_gone_at_the_next_request(client: Client, make: Make, administrator: User) -> None:
    person = make("anna", Role.ADMINISTRATOR)
    log_in_with_two_steps(client, person)
    assert client.get("/beheer/mensen/").status_code == 200
    actions.end_role(by=None, assignment=person.role_assignments.get(), reason="uit dienst")
    assert client.get("/beheer/mensen/").status_code == 403


def test_a_changed_password_ends_other_sessions(client: Client, make: Make) -> None:
    person = make("anna", Role.RESIDENT)
    log_in(client, person)
    person.set_password("een heel ander lang wachtwoord")
    person.save()
    assert client.get("/mijn-account/inloggen/").status_code == 302


def test_a_page_for_everyone_asks_nothing_of_the_database(
    client: Client, django_assert_num_queries: Callable[..., object]
) -> None:
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        assert client.get("/ui/").status_code == 200
        assert client.get("/inloggen/aanmelden/").status_code == 404


def test_pages_after_logging_in_are_kept_by_no_cache(client: Client, make: Make) -> None:
    assert "no-store" not in client.get("/ui/").headers.get("Cache-Control", "")
    log_in(client, make("anna", Role.RESIDENT))
    assert client.get("/ui/")["Cache-Control"] == "no-store, private"


def test_an_example_person_has_no_rights_outside_the_demo(client: Client, settings: Settings) -> None:
    from samenspel.platform.accounts.actors import NOBODY, actor_for
    from samenspel.platform.accounts.demo import example_people, seed_demo_people

    seed_demo_people()
    client.post("/demo/stap-in/mei/")
    assert client.get("/beheer/mensen/").status_code == 200
    settings.DEMO = False
    assert client.get("/beheer/mensen/").status_code == 302
    assert actor_for(example_people()["mei"], second_factor=True) is NOBODY
