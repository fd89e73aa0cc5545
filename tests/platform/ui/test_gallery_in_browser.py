# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every component as people meet it: on a phone, enlarged, with the keyboard, without JavaScript, in high contrast."""

import pytest
from playwright.sync_api import expect

from tests.browser import DESK, PHONE, WIDTHS, OpenPage, assert_accessible, keep_picture

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

GALLERY = "/ui/"


@pytest.mark.parametrize("width", WIDTHS)
def test_every_component_is_accessible(open_page: OpenPage, width: int) -> None:
    page = open_page(GALLERY, width)
    assert_accessible(page)
    keep_picture(page, "bouwstenen")
    for summary in page.locator("summary").all():
        summary.click()
    assert_accessible(page)


def test_text_can_be_twice_as_large_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(GALLERY, PHONE)
    page.evaluate("document.documentElement.style.fontSize = '200%'; document.body.style.fontSize = '2.25rem'")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_everything_to_press_is_large_enough(open_page: OpenPage) -> None:
    page = open_page(GALLERY, PHONE)
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, summary, input, select, textarea, header a, nav a')]
            .filter(e => e.type !== 'hidden')
            .filter(e => e.offsetParent !== null && !e.matches('.nl-skip-link'))
            .map(e => [e.outerHTML.slice(0, 90), e.closest('label') ? e.closest('label') : e])
            .map(([html, e]) => [html, e.getBoundingClientRect()])
            .filter(([, box]) => Math.min(box.height, 44) < 43.5 && box.height > 0)
            .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""
    )
    assert small == [] or all('type="checkbox"' in html for html in small), small


def test_the_keyboard_first_meets_the_way_to_the_content(open_page: OpenPage) -> None:
    page = open_page(GALLERY)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text("Ga naar de inhoud")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_id("inhoud")


def test_focus_is_always_visible(open_page: OpenPage) -> None:
    page = open_page(GALLERY, DESK)
    for _ in range(40):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => { const at = document.activeElement, style = getComputedStyle(at);
            return at === document.body || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) }"""
        )
        assert shown, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_language_is_chosen_without_javascript(open_page: OpenPage) -> None:
    page = open_page(GALLERY, javascript=False)
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Nederlands").click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")


def test_high_contrast_and_print_can_be_drawn(open_page: OpenPage) -> None:
    page = open_page(GALLERY)
    page.emulate_media(forced_colors="active")
    assert_accessible(page)
    page.emulate_media(media="print", forced_colors="none")
    expect(page.get_by_role("button", name="English")).to_be_hidden()
    keep_picture(page, "bouwstenen-print")


def test_a_swapped_part_gets_the_focus_and_is_announced(open_page: OpenPage) -> None:
    page = open_page(GALLERY, expect="422")
    page.route(
        "**/ui/?zoek=Zwolle*",
        lambda route: route.fulfill(
            status=422 if "fout" in route.request.url else 200,
            content_type="text/html",
            body='<section id="uitkomst" data-announce="3 resultaten"><h2>Gevonden</h2></section>',
        ),
    )
    for suffix in ("", "&fout=1"):
        page.evaluate(
            """suffix => { const region = document.querySelector('#uitkomst') || document.createElement('section');
            region.id = 'uitkomst'; region.textContent = ''; document.querySelector('#inhoud').append(region);
            htmx.ajax('GET', '/ui/?zoek=Zwolle' + suffix, {target: '#uitkomst', swap: 'outerHTML'}); }""",
            suffix,
        )
        expect(page.locator(":focus")).to_have_text("Gevonden")
        expect(page.locator("#samenspel-status")).to_have_text("3 resultaten")
