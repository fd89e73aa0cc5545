# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: F811 (fixtures of accounts are used by their names)
"""The page of the audit trail: for whom, what it shows, what it keeps to itself, and that reading it is noted."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from samenspel.platform.accounts.models import Organisation, User
from samenspel.platform.accounts.roles import Role
from samenspel.platform.audit.models import AuditEvent
from tests.harness.queries import counted_queries
from tests.platform.accounts.conftest import (  # noqa: F401
    administrator,
    elsewhere,
    log_in_with_two_steps,
    make,
    municipality,
    no_former_attempts,
    team,
)

pytestmark = pytest.mark.django_db
Make = Callable[..., User]
ADDRESS = "/beheer/logboek/"


@pytest.fixture
def reader(client: Client, administrator: User) -> Client:
    log_in_with_two_steps(client, administrator)
    return client


def test_it_says_who_did_what(reader: Client, make: Make) -> None:
    make("anna", Role.CLERK)
    page = reader.get(ADDRESS).content.decode()
    assert "Beheer logde in." in page
    assert "Het programma gaf de rol griffier aan Anna, binnen GM0193." in page
    assert "Het programma voegde de organisatie Gemeente Zwolle toe." in page
    assert "@zwolle.example" not in page
    assert "Logboek" in reader.get("/").content.decode()


def test_reading_is_noted_with_its_filters(reader: Client, administrator: User) -> None:
    reader.get(ADDRESS, {"soort": "login.done", "persoon": str(administrator.public_id), "van": "2020-01-01"})
    event = AuditEvent.objects.filter(action="audit.read").get()
    assert (event.actor_id, event.actor_role) == (str(administrator.public_id), "administrator")
    assert json.loads(event.detail) == {
        "action": "login.done", "person": str(administrator.public_id), "first": "2020-01-01", "page": 1,
    }  # fmt: skip
    assert "Beheer las het logboek." in reader.get(ADDRESS).content.decode()


def test_filters_narrow_the_list(reader: Client, make: Make, administrator: User) -> None:
    anna = make("anna", Role.CLERK)
    only = reader.get(ADDRESS, {"soort": "person.added", "persoon": str(anna.public_id)}).content.decode()
    assert "1 gebeurtenis" in only and "voegde Anna toe" in only
    assert "Niets gevonden" in reader.get(ADDRESS, {"tot": "2001-01-01"}).content.decode()
    for wrong in ({"van": "gisteren"}, {"soort": "x"}, {"persoon": "Anna"}):
        assert reader.get(ADDRESS, wrong).status_code == 400


def test_another_municipality_is_not_shown(
    reader: Client,
    make: Make,
    elsewhere: Organisation,
) -> None:
    make("kees", Role.CLERK, organisation=elsewhere)
    page = reader.get(ADDRESS).content.decode()
    assert "Kees" not in page and "Kampen" not in page and "GM0166" not in page


def test_a_long_trail_has_pages_and_a_fixed_number_of_queries(reader: Client, make: Make) -> None:
    for number in range(30):
        make(f"p{number:02}", Role.CLERK)
    with counted_queries("audit trail"):
        first = reader.get(ADDRESS).content.decode()
    assert "pagina=2" in first
    assert reader.get(ADDRESS, {"pagina": "2"}).status_code == 200


@pytest.mark.parametrize(("role", "status"), [(Role.AUDITOR, 200), (Role.CLERK, 403), (Role.TEAM_LEAD, 403)])
def test_for_whom_it_is(client: Client, make: Make, role: Role, status: int) -> None:
    log_in_with_two_steps(client, make("iemand", role))
    answer = client.get(ADDRESS)
    assert answer.status_code == status
    if status == 403:
        assert "beheerder of controleur" in answer.content.decode()
        assert not AuditEvent.objects.filter(action="audit.read").exists()


def test_a_visitor_is_sent_to_the_log_in_page(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 302
