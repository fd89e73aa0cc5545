# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of open data in a browser: accessible at two widths, and their data neither blocked nor reported."""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from samenspel.outcomes.opendata import releases
from tests.browser import PHONE, WIDTHS, OpenPage, assert_accessible, keep_picture

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

FIGURE = "/data/uitgave/2026-11-21/cijfer/social_assistance/GM0193/2024"
WITH_DATA = {"/data/": "DataCatalog", "/indicator/social_assistance/": "Dataset", FIGURE: "Observation"}
PAGES = {"index": "/data/", "figure": FIGURE, "gone": "/data/cijfer/births/GM0193/2024"}

# In the page: every report of the content security policy, also of what ran before we could ask.
REPORTS = """() => new Promise(done => {
    const found = []
    const watcher = new ReportingObserver(reports => found.push(...reports.map(one => one.body.effectiveDirective)),
        {types: ["csp-violation"], buffered: true})
    watcher.observe()
    document.addEventListener("securitypolicyviolation", event => found.push(event.effectiveDirective))
    setTimeout(() => done(found), 300)
})"""


@pytest.fixture(autouse=True)
def _releases(figure_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two releases; the births of the first are withdrawn in the second."""
    monkeypatch.setattr(releases, "folder", lambda: tmp_path / "releases")
    for keys in (["births", "social_assistance"], ["social_assistance"]):
        assert releases.make_release(datetime.date(2026, 11, 21), indicators=keys, compared=False)
    yield


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible(open_page: OpenPage, name: str, width: int) -> None:
    page = open_page(PAGES[name], width, expect="410 (Gone)")
    assert_accessible(page)
    keep_picture(page, f"data-{name}")


@pytest.mark.parametrize("width", WIDTHS)
def test_before_the_first_release_the_page_says_so(
    open_page: OpenPage, width: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releases, "folder", lambda: tmp_path / "none")
    page = open_page("/data/", width)
    expect(page.get_by_text("Er is nog geen uitgave")).to_be_visible()
    assert_accessible(page)
    keep_picture(page, "data-index-before")


@pytest.mark.parametrize("address", WITH_DATA)
def test_a_page_carries_its_data_and_the_policy_has_nothing_against_it(open_page: OpenPage, address: str) -> None:
    page = open_page(address, PHONE)
    data = page.locator('script[type="application/ld+json"]')
    expect(data).to_have_count(1)
    said = json.loads(data.text_content() or "")
    assert said["@type"] == WITH_DATA[address]
    assert page.locator("script:not([src])").count() == 1
    assert page.evaluate(REPORTS) == []


def test_the_policy_would_have_told(open_page: OpenPage) -> None:
    """What the test above relies on: a script in the page does not run, and is reported."""
    page = open_page(FIGURE, PHONE, expect="Content Security Policy")
    page.evaluate("""() => {
        const script = document.createElement("script")
        script.textContent = "document.title = 'ran'"
        document.head.append(script)
    }""")
    assert page.title() != "ran"
    assert page.evaluate(REPORTS) == ["script-src-elem"]
