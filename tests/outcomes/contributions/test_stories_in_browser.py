# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A story from telling to withdrawal and review, in a browser: phone and desk, with and without JavaScript."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from samenspel.outcomes.contributions import actions
from samenspel.outcomes.contributions.demo import seed_demo_stories
from samenspel.outcomes.contributions.models import Contribution
from samenspel.outcomes.contributions.states import State
from samenspel.platform.service import accounts
from tests.browser import DESK, PHONE, WIDTHS, OpenPage, assert_accessible, keep_picture

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
TELL = "/verhalen/vertellen/?over=figure:GM0193:lonely"


@pytest.fixture(autouse=True)
def example_people(db: None) -> None:
    accounts.seed_demo_people()


def step_in(
    open_page: OpenPage, name: str, page: Page | None = None, width: int = DESK, javascript: bool = True
) -> Page:
    here = open_page("/demo/", width, javascript=javascript) if page is None else open_page("/demo/", page=page)
    here.locator(f'form[action$="/{name}/"] button').click()
    return here


def tell(page: Page, text: str) -> str:
    """Fill in the form as somebody does, look once more, send; gives the code."""
    page.get_by_label("Wat wilt u vertellen?").or_(page.get_by_label("Hoe ziet u het?")).fill(text)
    page.get_by_label("Mijn tekst mag op deze website staan").check()
    page.get_by_role("button", name="Bekijk uw tekst").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Klopt het zo?")
    page.get_by_label("Nee. Ik heb gekeken").check()
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw tekst is verstuurd")
    return str(page.locator("code").inner_text())


@pytest.mark.parametrize(("width", "javascript"), [(PHONE, True), (DESK, True), (DESK, False)])
def test_a_story_from_telling_to_withdrawal(open_page: OpenPage, width: int, javascript: bool) -> None:
    def check(name: str) -> None:
        if javascript:
            assert_accessible(page)
            keep_picture(page, name)

    page = open_page("/verhalen/", width, javascript=javascript)
    check("verhalen-leeg")
    page.get_by_role("link", name="Vertel uw verhaal").first.click()
    check("verhalen-kiezen")
    page = open_page(TELL, page=page, expect="400 (Bad Request)")  # of the form with a telephone number in it
    check("verhalen-vertellen")
    page.get_by_label("Wat wilt u vertellen?").fill("Mevrouw Voorbeeld belde mij op 06-12345678.")
    page.get_by_role("button", name="Bekijk uw tekst").click()
    expect(page.locator(".utrecht-form-field-error-message").first).to_be_visible()
    expect(page.get_by_label("Wat wilt u vertellen?")).to_have_value("Mevrouw Voorbeeld belde mij op 06-12345678.")
    check("verhalen-herkenbaar")
    text = "Elke week bel ik, en elke week begin ik opnieuw. Niemand kent mij."
    code = tell(page, text)
    check("verhalen-code")
    assert code not in page.url
    page.get_by_role("button", name=re.compile("Klaar")).click()

    open_page("/verhalen/mijn-verhaal/", page=page)
    check("verhalen-code-typen")
    page.get_by_label("Uw code").fill(code.lower())
    page.get_by_role("button", name="Open mijn tekst").click()
    expect(page.get_by_text("In bedenktijd")).to_be_visible()
    check("verhalen-mijn-tekst")
    page.get_by_role("link", name="Trek uw tekst in").click()
    check("verhalen-intrekken")
    page.get_by_role("button", name="Ja, wis mijn tekst").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw tekst is gewist")
    gone = Contribution.objects.get()
    assert gone.state == State.WITHDRAWN and gone.sealed is None


@pytest.mark.parametrize(("width", "javascript"), [(PHONE, True), (DESK, True), (DESK, False)])
def test_a_counter_story_is_told_reviewed_and_stands_beside(open_page: OpenPage, width: int, javascript: bool) -> None:
    seed_demo_stories()
    story = Contribution.objects.get(kind="story", subject_id="GM0193:lonely")
    visitor = open_page(f"/verhalen/{story.public_id}/", width, javascript=javascript)
    if javascript:
        assert_accessible(visitor)
        keep_picture(visitor, "verhalen-een")
    visitor.get_by_role("link", name="Vertel een tegenverhaal").click()
    tell(visitor, "Bij mij gaat het juist goed. Mijn buren komen elke dag langs.")
    mine = Contribution.objects.get(is_example=False)
    Contribution.objects.filter(pk=mine.pk).update(wait_until=timezone.now())

    clerk = step_in(open_page, "pieter", width=width, javascript=javascript)
    open_page("/verhalen/beoordelen/", page=clerk)
    if javascript:
        assert_accessible(clerk)
        keep_picture(clerk, "verhalen-beoordelen")
    open_page(f"/verhalen/beoordelen/{mine.public_id}/", page=clerk)
    if javascript:
        assert_accessible(clerk)
        keep_picture(clerk, "verhalen-beoordeel")
    clerk.get_by_role("button", name="Plaats deze tekst", exact=True).click()
    expect(clerk.get_by_text("De tekst staat op de website.")).to_be_visible()

    open_page(f"/verhalen/{story.public_id}/", page=visitor)
    cards = visitor.locator(".samenspel-columns > article")
    expect(cards).to_have_count(3)
    expect(visitor.get_by_text("Bij mij gaat het juist goed.")).to_be_visible()
    first, beside = cards.nth(0).bounding_box(), cards.nth(1).bounding_box()
    assert first is not None and beside is not None
    assert abs(first["width"] - beside["width"]) < 1, "a counter-story has the same size"
    assert (beside["y"] == first["y"]) == (width == DESK), "beside it where there is room, below it on a phone"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_other_pages_are_accessible(open_page: OpenPage, width: int) -> None:
    seed_demo_stories()
    story = Contribution.objects.get(kind="story", subject_id="GM0193:lonely")
    for address, name in (
        ("/verhalen/", "verhalen-lijst"),
        ("/verhalen/regels/", "verhalen-regels"),
        (f"/verhalen/{story.public_id}/melden/", "verhalen-melden"),
        ("/verhalen/vertellen/?over=figure:GM0193:lonely&soort=doubt", "verhalen-twijfel"),
        ("/verhalen/vertellen/?over=indicator:lonely&soort=proposal&gemeente=GM0193", "verhalen-voorstel"),
        ("/verhalen/?zoek=zeppelin", "verhalen-niets"),
    ):
        page = open_page(address, width)
        assert_accessible(page)
        keep_picture(page, name)


def test_a_refusal_is_read_and_objected_to(open_page: OpenPage) -> None:
    page = open_page(TELL, PHONE)
    tell(page, "Ze zijn daar allemaal gek.")
    found = Contribution.objects.get()
    Contribution.objects.filter(pk=found.pk).update(wait_until=timezone.now())
    actions.move_on()
    clerk = step_in(open_page, "pieter")
    open_page(f"/verhalen/beoordelen/{found.public_id}/", page=clerk)
    clerk.get_by_label("De tekst scheldt").check()
    clerk.get_by_label("Uitleg aan de verteller").fill("U noemt mensen gek. Schrijf wat er gebeurde.")
    clerk.get_by_role("button", name="Plaats deze tekst niet").click()
    expect(clerk.get_by_text("De verteller leest waarom.")).to_be_visible()
    keep_picture(clerk, "verhalen-pas-besloten")
    open_page(f"/verhalen/mijn-verhaal/{found.public_id}/", page=page)
    expect(page.get_by_text("U noemt mensen gek.")).to_be_visible()
    assert_accessible(page)
    keep_picture(page, "verhalen-geweigerd")
    page.get_by_role("button", name="Vraag om een tweede oordeel").click()
    expect(page.get_by_text("Iemand anders kijkt nu opnieuw")).to_be_visible()
