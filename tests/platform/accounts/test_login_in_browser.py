# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Logging in as people do it: with a passkey of a (virtual) device, on a phone, without JavaScript."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from samenspel.platform.accounts import demo
from samenspel.platform.accounts.models import User
from samenspel.platform.accounts.roles import Role
from tests.browser import DESK, PHONE, WIDTHS, OpenPage, assert_accessible, keep_picture
from tests.platform.accounts.conftest import PASSWORD, add_totp, code_of

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
Make = Callable[..., User]


@pytest.fixture(autouse=True)
def localhost(live_server: Any) -> None:
    """Browsers allow passkeys without https on localhost only, not on its number."""
    live_server.thread.host = "localhost"


def virtual_device(page: Page) -> None:
    """A device that holds passkeys and whose owner always shows a finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def type_password(page: Page, person: User) -> None:
    page.get_by_label("E-mailadres").fill(person.email or "")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()


def test_a_passkey_is_made_and_logs_in_without_a_password(open_page: OpenPage, make: Make) -> None:
    person = make("anna", Role.ADMINISTRATOR)
    page = open_page("/inloggen/", expect="404")
    virtual_device(page)
    type_password(page, person)
    open_page("/beheer/mensen/", page=page)
    expect(page).to_have_url(re.compile("/mijn-account/tweede-stap/$"))
    page.get_by_role("link", name="Een passkey").click()
    page.get_by_label("Naam van deze passkey").fill("Laptop van Anna")
    expect(page.get_by_role("checkbox")).to_be_checked()
    assert_accessible(page)
    page.get_by_role("button", name="Maak de passkey").click()
    page.wait_for_url(re.compile("(passkeys/|reservecodes/)$"))  # not the form itself, which ends in nieuw/
    open_page("/beheer/mensen/", page=page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mensen en rollen")
    page.get_by_role("button", name="Log uit").click()
    open_page("/inloggen/?next=/beheer/mensen/", page=page)
    page.get_by_role("button", name="Log in met een passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mensen en rollen")


def test_a_passkey_that_fails_is_said_in_words(open_page: OpenPage) -> None:
    page = open_page("/inloggen/")
    virtual_device(page)  # an empty one: it knows nobody
    failed = page.get_by_text("Dat lukte niet.")
    expect(failed).to_be_hidden()
    page.get_by_role("button", name="Log in met een passkey").click()
    expect(failed).to_be_visible(timeout=90_000)


def test_codes_from_an_app_lead_in(open_page: OpenPage, make: Make) -> None:
    person = make("anna", Role.ADMINISTRATOR)
    secret = add_totp(person)
    page = open_page("/inloggen/?next=/beheer/mensen/")
    type_password(page, person)
    assert_accessible(page)
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mensen en rollen")


def test_it_works_without_javascript(open_page: OpenPage, make: Make) -> None:
    person = make("anna", Role.ADMINISTRATOR)
    secret = add_totp(person)
    page = open_page("/inloggen/?next=/beheer/mensen/", javascript=False)
    expect(page.get_by_role("button", name="Log in met een passkey")).to_be_hidden()
    type_password(page, person)
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mensen en rollen")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("name", "address"),
    [("inloggen", "/inloggen/"), ("wachtwoord-vergeten", "/inloggen/wachtwoord-vergeten/"), ("demo", "/demo/")],
)
def test_pages_before_logging_in_are_accessible(open_page: OpenPage, name: str, address: str, width: int) -> None:
    demo.seed_demo_people()
    page = open_page(address, width)
    assert_accessible(page)
    keep_picture(page, name)


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_after_stepping_in_are_accessible(open_page: OpenPage, width: int) -> None:
    people = {person.display_name: person for person in demo.seed_demo_people()}
    page = open_page("/demo/", width, expect="404")
    page.get_by_role("button", name="Kijk als Mei Voorbeeld").click()
    daan = people["Daan Voorbeeld"]
    ended = daan.role_assignments.get().public_id
    for name, address in (
        ("mensen", "/beheer/mensen/"),
        ("iemand-toevoegen", "/beheer/mensen/nieuw/"),
        ("persoon", f"/beheer/mensen/{daan.public_id}/"),
        ("rol-geven", f"/beheer/mensen/{daan.public_id}/rol/"),
        ("rol-beeindigen", f"/beheer/rollen/{ended}/einde/"),
        ("hoe-u-inlogt", "/mijn-account/inloggen/"),
        ("app-met-codes", "/mijn-account/inloggen/app/"),
        ("tweede-stap", "/mijn-account/tweede-stap/"),
    ):
        open_page(address, page=page)
        assert_accessible(page)
        keep_picture(page, name)
        expect(page.get_by_text("U kijkt als Mei Voorbeeld.")).to_be_visible()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_missing_page_is_accessible(open_page: OpenPage, width: int) -> None:
    page = open_page("/bestaat-niet/", width, expect="404")
    assert_accessible(page)
    keep_picture(page, "niet-gevonden")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_log_and_the_jobs_are_accessible_to_an_administrator(open_page: OpenPage, make: Make, width: int) -> None:
    person = make("anna", Role.ADMINISTRATOR)
    secret = add_totp(person)
    page = open_page("/inloggen/?next=/beheer/logboek/", width)
    type_password(page, person)
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Logboek")
    assert_accessible(page)
    keep_picture(page, "logboek")
    open_page("/beheer/taken/", page=page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(page)
    keep_picture(page, "taken")
