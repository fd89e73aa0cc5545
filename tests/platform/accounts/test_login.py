# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Logging in with a password and a second step, as a browser does it."""

import re
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from samenspel.platform.accounts import actions
from samenspel.platform.accounts.models import User
from samenspel.platform.accounts.roles import Role
from samenspel.platform.audit.service import AuditEvent
from tests.platform.accounts.conftest import (
    PASSWORD,
    add_totp,
    code_of,
    log_in,
    log_in_with_two_steps,
    verified_address,
)

pytestmark = pytest.mark.django_db
Make = Callable[..., User]


def test_the_page_is_dutch_and_needs_no_script(client: Client) -> None:
    page = client.get("/inloggen/").content.decode()
    assert "E-mailadres" in page and "Wachtwoord" in page and "Log in" in page
    assert "Sign" not in page


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: Client, make: Make) -> None:
    known = make("anna")

    def answer(address: str) -> str:
        given = client.post("/inloggen/", {"login": address, "password": "een fout wachtwoord"})
        assert given.status_code == 200
        page: str = given.content.decode().replace(address, "ADRES")
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)

    assert known.email
    assert answer(known.email) == answer("niemand@zwolle.example")
    assert "horen niet bij elkaar" in answer(known.email)


def test_a_forgotten_password_tells_nobody_who_exists(client: Client, make: Make) -> None:
    known = make("anna")
    answers = [
        client.post("/inloggen/wachtwoord-vergeten/", {"email": address})
        for address in (known.email, "niemand@zwolle.example")
    ]
    assert [one.status_code for one in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert [one.to for one in mail.outbox] == [[known.email]]
    assert "Als wij u kennen" in client.get(answers[0]["Location"]).content.decode()


def test_a_new_password_is_chosen_with_the_message_once(client: Client, make: Make) -> None:
    person = make("anna")
    client.post("/inloggen/wachtwoord-vergeten/", {"email": person.email})
    assert "Kies een wachtwoord" in mail.outbox[0].subject
    found = re.search(r"https?://[^/]+(/inloggen/wachtwoord/\S+)", mail.outbox[0].body)
    assert found is not None
    chosen = client.get(found[1])
    assert chosen.status_code == 302
    assert "Kies een nieuw wachtwoord" in client.get(chosen["Location"]).content.decode()
    short = client.post(chosen["Location"], {"password1": "kort", "password2": "kort"})
    assert short.status_code == 200 and "12" in short.content.decode()
    new = "negen blauwe boten varen uit"
    done = client.post(chosen["Location"], {"password1": new, "password2": new})
    assert done.status_code == 302
    assert "veranderd" in client.get(done["Location"]).content.decode()
    person.refresh_from_db()
    assert person.check_password(new)
    again = Client().get(found[1], follow=True)
    assert "werkt niet meer" in again.content.decode()
    assert AuditEvent.objects.filter(action="password.changed").exists()


@pytest.mark.parametrize("password", ["kort", "wachtwoord123"[:8], "password1234", "anna@zwolle.example"])
def test_bad_passwords_are_refused(make: Make, password: str) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    person = make("anna")
    with pytest.raises(ValidationError):
        validate_password(password, person)
    validate_password(PASSWORD, person)


def test_staff_without_a_second_step_first_sets_one_up(client: Client, make: Make) -> None:
    person = make("anna", Role.CLERK)
    log_in(client, person)
    for address in ("/ui/", "/beheer/mensen/", "/demo/", "/mijn-account/wachtwoord/"):
        sent = client.get(address)
        assert (sent.status_code, sent["Location"]) == (302, "/mijn-account/tweede-stap/"), address
    page = client.get("/mijn-account/tweede-stap/").content.decode()
    assert "passkey" in page and "app met codes" in page


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_opens_the_way(client: Client, make: Make) -> None:
    person = make("anna", Role.ADMINISTRATOR)
    log_in(client, person)
    assert client.get("/beheer/mensen/").status_code == 302
    before = client.session.session_key
    page = client.get("/mijn-account/inloggen/app/")
    assert page.status_code == 200
    secret = page.context["form"].secret
    wrong = client.post("/mijn-account/inloggen/app/", {"code": "000000"})
    assert wrong.status_code == 200 and client.get("/beheer/mensen/").status_code == 302
    secret = wrong.context["form"].secret
    done = client.post("/mijn-account/inloggen/app/", {"code": code_of(secret)})
    assert done.status_code == 302, done.content
    assert client.get("/beheer/mensen/").status_code == 200
    assert client.session.session_key != before
    assert client.get(done["Location"]).status_code == 200
    assert AuditEvent.objects.filter(action="second_factor.added").exists()


def test_the_secret_of_the_app_is_not_readable_in_the_database(make: Make) -> None:
    from allauth.mfa.models import Authenticator

    secret = add_totp(make("anna"))
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_two_steps_lead_in_and_the_first_alone_does_not(client: Client, make: Make) -> None:
    person = make("anna", Role.ADMINISTRATOR)
    secret = add_totp(person)
    assert log_in(client, person)["Location"] == "/inloggen/code/"
    assert "_auth_user_id" not in client.session
    assert client.get("/beheer/mensen/")["Location"].startswith("/inloggen/?next=")
    assert client.get("/inloggen/code/").status_code == 200
    assert client.post("/inloggen/code/", {"code": "000000"}).status_code == 200
    assert client.post("/inloggen/code/", {"code": code_of(secret)}).status_code == 302
    assert client.get("/beheer/mensen/").status_code == 200
    assert AuditEvent.objects.filter(action="login.done", detail__contains="totp").exists()


def test_a_resident_needs_no_second_step(client: Client, make: Make) -> None:
    log_in(client, make("anna", Role.RESIDENT))
    assert client.get("/mijn-account/inloggen/").status_code == 200


def test_the_session_key_changes_at_log_in(client: Client, make: Make) -> None:
    person = make("anna", Role.RESIDENT)
    session = client.session
    session["planted"] = "by an attacker"
    session.save()
    planted = session.session_key
    log_in(client, person)
    assert client.session.session_key != planted
    assert not client.session.__class__().exists(planted)


def test_logging_out_is_a_post(client: Client, make: Make) -> None:
    log_in(client, make("anna", Role.RESIDENT))
    assert client.get("/uitloggen/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/uitloggen/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "https:evil.example",
        "\t//evil.example", "///evil.example", "https:///evil.example", "/%09/evil.example", "//me@evil.example",
    ],
)  # fmt: skip
def test_no_way_out_to_another_site(client: Client, make: Make, target: str) -> None:
    gone = log_in(client, make("anna", Role.RESIDENT), next=target)
    left = client.post("/uitloggen/", {"next": target})
    for answer in (gone, left):
        assert answer.status_code == 302
        assert urlsplit(urljoin("http://testserver/inloggen/", answer["Location"])).netloc == "testserver"
        assert not answer["Location"].startswith(("//", "/\\", "javascript:"))


def test_a_page_of_our_own_may_come_next(client: Client, make: Make) -> None:
    assert log_in(client, make("anna", Role.RESIDENT), next="/mijn-account/inloggen/")["Location"] == (
        "/mijn-account/inloggen/"
    )


def test_a_closed_account_ends_at_once(client: Client, make: Make, administrator: User) -> None:
    person = make("anna", Role.RESIDENT)
    log_in(client, person)
    assert client.get("/mijn-account/inloggen/").status_code == 200
    actions.close_person(by=None, person=person)
    assert client.get("/mijn-account/inloggen/").status_code == 302
    assert "_auth_user_id" not in log_in(client, person).wsgi_request.session


def test_the_last_second_step_of_staff_stays(client: Client, make: Make) -> None:
    person = make("anna", Role.CLERK)
    log_in_with_two_steps(client, person)
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    refused = client.post(reverse("mfa_deactivate_totp"))
    assert refused.status_code in (200, 403)
    from allauth.mfa.models import Authenticator

    assert Authenticator.objects.filter(user=person, type="totp").exists()


def test_recovery_codes_are_shown_and_work_once(client: Client, make: Make) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    person = make("anna", Role.CLERK)
    add_totp(person)
    codes = RecoveryCodes.activate(person).get_unused_codes()
    log_in(client, person)
    assert client.post("/inloggen/code/", {"code": codes[0]}).status_code == 302
    assert codes[1] in client.get(reverse("mfa_view_recovery_codes")).content.decode()
    other = Client()
    log_in(other, person)
    assert other.post("/inloggen/code/", {"code": codes[0]}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/inloggen/aanmelden/", "/inloggen/aanmelden/extern/", "/inloggen/adres-bevestigen/", "/mijn-account/adres/",
        "/mijn-account/eerste-wachtwoord/", "/mijn-account/gekoppeld/", "/accounts/signup/", "/accounts/login/",
    ],
)  # fmt: skip
def test_pages_nobody_needs_are_closed(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
    assert client.post(address, {"email": "x@example.nl", "password1": PASSWORD}).status_code == 404
    assert not User.objects.exists()


def test_every_page_of_ones_own_opens(client: Client, make: Make) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    person = make("anna", Role.CLERK)
    log_in_with_two_steps(client, person)
    RecoveryCodes.activate(person)
    for name in (
        "mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes", "mfa_deactivate_totp", "account_change_password", "account_reauthenticate",
        "mfa_reauthenticate", "accounts-second-factor", "account_inactive", "account_logout",
        "account_reset_password_from_key_done",
    ):  # fmt: skip
        page = client.get(reverse(name))
        assert page.status_code == 200, name
        text = page.content.decode()
        assert not re.search(r"\b(Sign|Password|Two-Factor|Authenticator|Security Key|Name|je|jouw)\b", text), name
    assert verified_address(person)
