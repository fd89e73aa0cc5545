# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The public pages on the real figures, in a browser: accessible at two widths, with and without script."""

import pytest
from playwright.sync_api import expect

from tests.browser import DESK, PHONE, WIDTHS, OpenPage, assert_accessible, keep_manual_picture, keep_picture
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
