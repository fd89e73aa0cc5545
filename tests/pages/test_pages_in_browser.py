# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The public pages on the real figures, in a browser: accessible at two widths, with and without script."""

import pytest
from playwright.sync_api import expect

from tests.browser import DESK, PHONE, WIDTHS, OpenPage, assert_accessible, keep_manual_picture, keep_picture
from tests.pages.test_english import WITH_BREAKS
from tests.pages.test_pages import PAGES

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("figure_store")]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_accessible(open_page: OpenPage, path: str, width: int) -> None:
    page = open_page(path, width)
    assert_accessible(page)
    keep_picture(page, path.strip("/").replace("/", "-").replace("?", "-").replace("=", "-") or "home")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_tables_of_a_municipality_are_accessible_when_opened(open_page: OpenPage, width: int) -> None:
    page = open_page("/gemeente/zwolle/", width)
    for summary in page.locator("summary").all():
        summary.click()
    assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_outcome_is_accessible_with_everything_opened(open_page: OpenPage, width: int) -> None:
    page = open_page("/gemeente/zwolle/cijfers/wmo_clients_per_1000/", width)
    for summary in page.locator("summary").all():
        if summary.is_visible():
            summary.click()
    assert_accessible(page)
    keep_picture(page, "outcome-opened")


def test_without_javascript_one_asks_which_place_it_is_and_gets_a_range(open_page: OpenPage) -> None:
    page = open_page("/gemeente/zwolle/cijfers/wmo_clients_per_1000/", PHONE, javascript=False)
    answer = page.get_by_text("Deze gemeente staat ergens tussen plaats")
    expect(answer).not_to_be_visible()
    page.get_by_text("Op welke plek staan wij?").focus()
    page.keyboard.press("Enter")
    expect(answer).to_be_visible()


def test_a_municipality_as_the_manual_shows_it(open_page: OpenPage) -> None:
    page = open_page("/gemeente/zwolle/", DESK)
    assert keep_manual_picture(page, "municipality-desktop").stat().st_size > 10_000


@pytest.mark.parametrize("javascript", [True, False])
def test_somebody_finds_their_municipality(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/", PHONE, javascript=javascript)
    page.get_by_role("searchbox").fill("zwolle")
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_role("link", name="Zwolle", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Zwolle")
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize(
    "address", ["/", "/gemeente/zwolle/", "/gemeente/zwolle/cijfers/", "/indicator/lonely/", WITH_BREAKS, "/bronnen/"]
)
def test_accessible_in_english_and_with_large_text(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert_accessible(page)
    # 200 percent text on a screen of 1280 is what 640 px wide shows (WCAG 1.4.4 and 1.4.10).
    page.set_viewport_size({"width": DESK // 2, "height": 800})
    assert_accessible(page)


def test_the_whole_way_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ga naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("zwolle")
    page.keyboard.press("Enter")
    # Who is typing keeps the cursor, and hears what was found; the results come next in the order.
    expect(page.locator("#samenspel-status")).to_contain_text("plaatsen gevonden")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zwolle", exact=True).first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hoe gaat het in Zwolle?")


def test_results_are_announced_and_the_way_back_works(open_page: OpenPage) -> None:
    page = open_page("/")
    page.get_by_role("searchbox").fill("assendorp")
    page.get_by_role("button", name="Zoeken").click()
    expect(page.locator("#samenspel-status")).to_contain_text("gevonden")
    assert "/zoeken/?zoek=assendorp" in page.url
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hoe gaat het met mensen in uw gemeente")


def test_without_javascript_one_finds_a_place_and_chooses_a_map(open_page: OpenPage) -> None:
    page = open_page("/", PHONE, javascript=False)
    page.get_by_role("searchbox").fill("zwolle")
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_role("link", name="Zwolle", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hoe gaat het in Zwolle?")
    page.get_by_label("Wat wilt u op de kaart zien?").select_option("informal_carers")
    page.get_by_role("button", name="Laat zien").click()
    assert "kaart=informal_carers" in page.url
    expect(page.get_by_role("img", name="Mantelzorgers per wijk in Zwolle")).to_be_visible()


def test_it_prints_with_its_tables_and_without_its_buttons(open_page: OpenPage) -> None:
    page = open_page("/gemeente/zwolle/")
    page.emulate_media(media="print")
    expect(page.get_by_role("searchbox")).to_have_count(0)
    expect(page.locator("nav").first).not_to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
