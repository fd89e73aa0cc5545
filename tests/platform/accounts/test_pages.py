# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of people and roles, as an administrator, an auditor and others meet them."""

import csv
import io
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from samenspel.platform.accounts import actions
from samenspel.platform.accounts.models import Organisation, Team, User
from samenspel.platform.accounts.roles import Role
from tests.platform.accounts.conftest import log_in, log_in_with_two_steps

pytestmark = pytest.mark.django_db
Make = Callable[..., User]


@pytest.fixture
def admin(client: Client, administrator: User) -> Client:
    log_in_with_two_steps(client, administrator)
    return client


def test_the_list_is_searched_and_filtered(admin: Client, make: Make) -> None:
    make("anna", Role.CLERK)
    make("bas", Role.COUNCILLOR)
    assert "Griffier (Gemeente Zwolle)" in admin.get("/beheer/mensen/").content.decode()
    found = admin.get("/beheer/mensen/", {"zoek": "ann"}).content.decode()
    assert "Anna" in found and "Bas" not in found and "1 persoon" in found
    assert "Bas" in admin.get("/beheer/mensen/", {"rol": "councillor"}).content.decode()
    assert "Anna" not in admin.get("/beheer/mensen/", {"rol": "councillor"}).content.decode()
    nobody = admin.get("/beheer/mensen/", {"zoek": "zzz"}).content.decode()
    assert "Niemand gevonden" in nobody
    assert admin.get("/beheer/mensen/", {"rol": "<script>", "pagina": "x"}).status_code == 200


def test_a_long_list_has_pages_and_a_fixed_number_of_queries(
    admin: Client, make: Make, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(30):
        make(f"p{number:02}", Role.CLERK)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        first = admin.get("/beheer/mensen/").content.decode()
    assert "31 personen" in first and "pagina=2" in first
    assert "P29" in admin.get("/beheer/mensen/", {"pagina": "2"}).content.decode()


def test_a_colleague_is_added_invited_and_given_a_role(admin: Client, team: Team, municipality: Organisation) -> None:
    assert admin.get("/beheer/mensen/nieuw/").status_code == 200
    added = admin.post("/beheer/mensen/nieuw/", {"display_name": "Nieuwe Collega", "email": "nieuw@zwolle.example"})
    person = User.objects.get(email="nieuw@zwolle.example")
    assert added["Location"] == reverse("accounts-grant-role", kwargs={"public_id": person.public_id})
    assert mail.outbox[0].to == ["nieuw@zwolle.example"] and "/inloggen/wachtwoord/" in mail.outbox[0].body
    assert admin.get(added["Location"]).status_code == 200
    form = {"role": "professional", "organisation": municipality.pk, "reason": "Nieuw in het team"}
    without_team = admin.post(added["Location"], form)
    assert without_team.status_code == 400 and "Kies het team" in without_team.content.decode()
    given = admin.post(added["Location"], {**form, "team": team.pk, "last_day": "2099-12-31"})
    assert given.status_code == 302
    shown = admin.get(given["Location"]).content.decode()
    assert "Wijkteam Noord, Gemeente Zwolle" in shown and "31 december 2099" in shown and "Nieuw in het team" in shown
    again = admin.post("/beheer/mensen/nieuw/", {"display_name": "Zelfde", "email": "NIEUW@zwolle.example"})
    assert again.status_code == 400 and "al iemand" in again.content.decode()


def test_a_role_is_ended_with_a_reason(admin: Client, make: Make) -> None:
    person = make("anna", Role.CLERK)
    address = reverse("accounts-end-role", kwargs={"public_id": person.role_assignments.get().public_id})
    assert "meteen" in admin.get(address).content.decode()
    assert admin.post(address, {"reason": ""}).status_code == 400
    assert admin.post(address, {"reason": "uit dienst"}).status_code == 302
    assert (
        "Beëindigd door Beheer: uit dienst"
        in admin.get(reverse("accounts-person", kwargs={"public_id": person.public_id})).content.decode()
    )


def test_ending_the_last_administrator_is_refused_before_asking_why(admin: Client, administrator: User) -> None:
    address = reverse("accounts-end-role", kwargs={"public_id": administrator.role_assignments.get().public_id})
    refused = admin.get(address)
    assert refused.status_code == 403 and "laatste beheerder" in refused.content.decode()


def shown(admin: Client, person: User) -> str:
    return admin.get(reverse("accounts-person", kwargs={"public_id": person.public_id})).content.decode()


CLOSE, REOPEN, END, GRANT = "Sluit dit account", "Open dit account weer", "Beëindig deze rol", "Geef een rol"


def test_what_would_be_refused_is_said_instead_of_offered(
    admin: Client, administrator: User, make: Make, elsewhere: Organisation
) -> None:
    mine = shown(admin, administrator)
    assert CLOSE not in mine and "eigen account" in mine
    assert END not in mine and "laatste beheerder" in mine
    assert GRANT not in mine and "uzelf geen rol geven" in mine
    colleague = shown(admin, make("anna", Role.CLERK))
    assert CLOSE in colleague and END in colleague and GRANT in colleague
    assert "samenspel-muted" not in colleague.split("<main")[1].split("</main")[0]
    second = make("tweede", Role.ADMINISTRATOR)
    assert END in shown(admin, administrator) and CLOSE in shown(admin, second)
    shared = make("bas", Role.CLERK)
    actions.grant_role(by=None, person=shared, role="councillor", organisation=elsewhere, reason="x")
    both = shown(admin, shared)
    assert CLOSE not in both and "andere gemeente" in both and END in both
    actions.close_person(by=None, person=shared)
    closed = shown(admin, shared)
    assert REOPEN not in closed and "niet weer openen" in closed


def test_an_offered_button_works_and_a_hidden_one_is_refused(admin: Client, administrator: User, make: Make) -> None:
    for person in (administrator, make("anna", Role.CLERK), make("tweede", Role.ADMINISTRATOR)):
        page = shown(admin, person)
        grant = admin.get(reverse("accounts-grant-role", kwargs={"public_id": person.public_id}))
        assert (grant.status_code == 200) == (GRANT in page)
        offered = END in page
        end = admin.get(reverse("accounts-end-role", kwargs={"public_id": person.role_assignments.get().public_id}))
        assert (end.status_code == 200) == offered
        close = admin.post(reverse("accounts-close-person", kwargs={"public_id": person.public_id}))
        assert (close.status_code == 302) == (CLOSE in page)


def test_an_account_is_closed_and_opened(admin: Client, make: Make) -> None:
    person = make("anna", Role.RESIDENT)
    theirs = Client()
    log_in(theirs, person)
    admin.post(reverse("accounts-close-person", kwargs={"public_id": person.public_id}))
    assert theirs.get("/mijn-account/inloggen/").status_code == 302
    assert "gesloten" in admin.get(reverse("accounts-person", kwargs={"public_id": person.public_id})).content.decode()
    admin.post(reverse("accounts-reopen-person", kwargs={"public_id": person.public_id}))
    assert theirs.get("/mijn-account/inloggen/").status_code == 302  # the old session stays ended
    log_in(theirs, person)
    assert theirs.get("/mijn-account/inloggen/").status_code == 200


def test_the_export_holds_every_role_and_no_formula(admin: Client, make: Make) -> None:
    make("anna", Role.CLERK, Role.RESIDENT)
    evil = make("evil", Role.COUNCILLOR)
    evil.display_name = '=HYPERLINK("https://evil.example")'
    evil.save()
    answer = admin.get("/beheer/mensen/rollen.csv")
    assert "attachment" in answer["Content-Disposition"] and "no-store" in answer["Cache-Control"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert sorted((row["email"], row["role"]) for row in rows) == [
        ("anna@zwolle.example", "clerk"),
        ("anna@zwolle.example", "resident"),
        ("beheer@zwolle.example", "administrator"),
        ("evil@zwolle.example", "councillor"),
    ]
    assert not any(value.startswith("=") for row in rows for value in row.values())
    assert {row["valid_now"] for row in rows} == {"yes"}


def test_an_auditor_sees_and_changes_nothing(client: Client, make: Make) -> None:
    person = make("anna", Role.CLERK)
    log_in_with_two_steps(client, make("controle", Role.AUDITOR))
    assert client.get("/beheer/mensen/").status_code == 200
    assert client.get("/beheer/mensen/rollen.csv").status_code == 200
    shown = client.get(reverse("accounts-person", kwargs={"public_id": person.public_id}))
    assert shown.status_code == 200 and "Geef een rol" not in shown.content.decode()
    for name in ("accounts-grant-role", "accounts-close-person"):
        assert client.post(reverse(name, kwargs={"public_id": person.public_id})).status_code == 403


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMINISTRATOR, Role.AUDITOR)])
def test_other_roles_read_why_not(client: Client, make: Make, role: Role) -> None:
    log_in_with_two_steps(client, make("anna", *([] if role == Role.ORGANISATION_MEMBER else [role])))
    refused = client.get("/beheer/mensen/")
    assert refused.status_code == 403
    assert "Deze pagina is voor wie werkt als beheerder of controleur" in refused.content.decode()


def test_people_of_another_municipality_do_not_exist_here(admin: Client, make: Make, elsewhere: Organisation) -> None:
    stranger = make("onbekende", Role.CLERK, organisation=elsewhere)
    assert "Onbekende" not in admin.get("/beheer/mensen/").content.decode()
    assert admin.get(reverse("accounts-person", kwargs={"public_id": stranger.public_id})).status_code == 404
    address = reverse("accounts-end-role", kwargs={"public_id": stranger.role_assignments.get().public_id})
    assert admin.get(address).status_code == 404


@pytest.mark.parametrize(
    ("backend", "sentence"),
    [
        ("samenspel.platform.mail.NotConfigured", "er is nog geen mailserver ingesteld"),
        ("django.core.mail.backends.smtp.EmailBackend", "Wij konden nu geen bericht sturen"),
    ],
)
def test_without_a_mail_server_the_administrator_is_told_and_nothing_crashes(
    admin: Client, client: Client, settings: Settings, backend: str, sentence: str
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = backend, "127.0.0.1", 1
    added = admin.post("/beheer/mensen/nieuw/", {"display_name": "Nieuwe Collega", "email": "nieuw@zwolle.example"})
    assert sentence in admin.get(added["Location"]).content.decode()
    # A visitor learns nothing: neither that the mail failed nor whether the address is known.
    visitor = Client()
    answers = [
        visitor.post(reverse("account_reset_password"), {"email": email}, follow=True)
        for email in ("nieuw@zwolle.example", "niemand@zwolle.example")
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].redirect_chain == answers[1].redirect_chain
