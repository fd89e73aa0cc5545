# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The debate and its answers in a browser: accessible on a phone and a desk, also without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from samenspel.outcomes.debate import demo
from samenspel.outcomes.debate.models import Proposal
from samenspel.platform.accounts.service import seed_demo_people
from samenspel.voice import service as voice
from tests.browser import DESK, PHONE, WIDTHS, OpenPage, assert_accessible, keep_picture

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("figure_store")]


@pytest.fixture(autouse=True)
def examples(settings: object) -> None:
    """The example municipality with its invented debate."""
    seed_demo_people()
    demo.seed_demo_debate()


def step_in(open_page: OpenPage, name: str, width: int = DESK, *, javascript: bool = True) -> Page:
    page = open_page("/demo/", width, javascript=javascript, expect="404")
    page.locator("li", has_text=name).get_by_role("button").click()
    expect(page.get_by_role("button", name="Log uit")).to_be_visible()
    return page


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("debat-indicator", "/indicator/lonely/"),
        ("debat-instemming", "/indicator/lonely/instemming/"),
        ("debat-twijfels", "/indicator/lonely/twijfels/"),
        ("debat-ik-twijfel", "/indicator/lonely/ik-twijfel/"),
        ("debat-voorstellen", "/indicatoren/voorstellen/"),
        ("antwoorden", "/antwoorden/"),
    ],
)
def test_what_everybody_reads_is_accessible(open_page: OpenPage, name: str, address: str, width: int) -> None:
    page = open_page(address, width)
    for summary in page.locator("summary").all():
        summary.click()
    assert_accessible(page)
    keep_picture(page, name)


@pytest.mark.parametrize("width", WIDTHS)
def test_what_the_sides_do_is_accessible(open_page: OpenPage, width: int) -> None:
    page = step_in(open_page, "Joris Voorbeeld", width)
    proposal = Proposal.objects.get()
    for name, address in (
        ("debat-instemmen", "/indicator/lonely/instemmen/"),
        ("debat-instemming-intrekken", "/indicator/lonely/instemming/intrekken/"),
        ("debat-herziening", "/indicator/lonely/herziening/"),
        ("debat-voorstel-nieuw", "/indicatoren/voorstellen/nieuw/?bij=lonely"),
        ("debat-voorstel", f"/indicatoren/voorstellen/{proposal.public_id}/"),
        ("antwoorden-bureau", "/beheer/antwoorden/"),
    ):
        open_page(address, page=page)
        assert_accessible(page)
        keep_picture(page, name)


def test_a_proposal_is_answered_without_javascript(open_page: OpenPage) -> None:
    page = step_in(open_page, "Mei Voorbeeld", PHONE, javascript=False)
    open_page("/beheer/antwoorden/", page=page, expect="400")
    page.get_by_role("link", name="Geef antwoord").first.click()
    page.get_by_role("button", name="Bekijk uw tekst").click()
    expect(page.locator(".utrecht-form-field--invalid").first).to_be_visible()
    page.get_by_label("Uw antwoord").fill("Wij vragen het in de volgende Gezondheidsmonitor.")
    page.get_by_label("Wij doen een deel").check()
    page.get_by_label("Waarom niet, of niet helemaal?").fill("Eerst in drie gemeenten.")
    page.get_by_role("button", name="Bekijk uw tekst").click()
    page.get_by_role("button", name="Zet dit op de website").click()
    expect(page.get_by_text("Eerst in drie gemeenten.")).to_be_visible()
    keep_picture(page, "antwoord-gegeven")
    open_page("/indicatoren/voorstellen/", page=page)
    expect(page.get_by_text("Wordt uitgeprobeerd")).to_be_visible()


def test_agreeing_and_taking_it_back_without_javascript(open_page: OpenPage) -> None:
    page = step_in(open_page, "Pieter Voorbeeld", javascript=False)
    open_page("/indicator/strongly_lonely/", page=page)
    page.locator("summary", has_text="Voor gemeenten en organisaties").click()
    page.get_by_role("link", name="Zeg namens uw organisatie dat u het eens bent").click()
    page.get_by_role("button", name="Bekijk uw tekst").click()
    expect(page.get_by_text("is het eens met dit cijfer (gezegd op")).to_be_visible()
    open_page("/indicator/strongly_lonely/instemming/intrekken/", page=page)
    page.get_by_label("Waarom bent u het niet meer eens met dit cijfer?").fill("Het meet iets anders.")
    page.get_by_role("button", name="Bekijk uw tekst").click()
    page.get_by_role("button", name="Zet dit op de website").click()
    expect(page.get_by_text("Nog geen organisatie zei hier dat zij het eens is met dit cijfer.")).to_be_visible()


def test_a_long_answer_and_a_supplement_are_accessible(open_page: OpenPage) -> None:
    question = Proposal.objects.get().question
    assert question is not None
    from samenspel.platform.accounts.service import demo_actors

    administrator = demo_actors()["mei"]
    long = "Meervoudigeondersteuningsbehoeftenonderzoekscommissievergadering. " * 20
    voice.give_answer(question=question, text=long, outcome="not", reason="Te duur.", by=administrator)
    voice.give_answer(question=question, text="Nu toch wel.", outcome="accepted", by=administrator)
    for width in WIDTHS:
        page = open_page(f"/antwoorden/{question}/", width)
        assert_accessible(page)
        keep_picture(page, "antwoord-aangevuld")
