# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real browser for tests marked e2e: open a page, check it with axe, keep a picture of it.

    @pytest.mark.e2e
    def test_home(open_page: OpenPage) -> None:
        for width in WIDTHS:
            page = open_page("/", width)
            assert_accessible(page)
            keep_picture(page, "home")

A page that writes an error to the console, breaks the content security policy or misses a file fails the test.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

PHONE, DESK = 360, 1280
WIDTHS = (PHONE, DESK)
HEIGHTS = {PHONE: 740, DESK: 900}
PICTURES = Path(__file__).resolve().parent.parent / "build" / "screenshots"
MANUAL = PICTURES.parent.parent / "docs" / "images"
AXE = Path(__file__).resolve().parent / "vendor" / "axe.min.js"
# All of WCAG 2.2 A and AA, and what axe advises beyond it.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Milliseconds to wait for what should appear at once: test machines are shared, and slow is not wrong.
PATIENCE = 20_000

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, started once."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.fail("These tests need Chromium. On Debian or Ubuntu: apt install chromium")
    # Playwright keeps an event loop in this thread; Django's own guard against that would refuse all queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """`open_page(path, width=DESK, javascript=True)` gives the page of the running program, as a stranger sees it.

    Pass `page=` to go on in the same visit (same cookies, same width), `expect=` for a part of an error message that
    belongs to the test.
    """
    troubles: list[str] = []
    expected: list[str] = []
    contexts = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            troubles.append(f"{message.text} ({message.location.get('url', '')})")

    def note_missing(response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            troubles.append(f"{response.status} for {response.url}")

    def open_(
        path: str, width: int = DESK, *, javascript: bool = True, page: Page | None = None, expect: str = ""
    ) -> Page:
        if expect:
            expected.append(expect)
        if page is None:
            size = {"width": width, "height": HEIGHTS.get(width, 900)}
            context = browser.new_context(viewport=size, java_script_enabled=javascript)  # type: ignore[arg-type]
            context.set_default_timeout(3 * PATIENCE)
            contexts.append(context)
            page = context.new_page()
            page.on("console", note)
            page.on("pageerror", lambda error: troubles.append(str(error)))
            page.on("response", note_missing)
        page.goto(live_server.url + path, wait_until="load")
        return page

    yield open_
    for context in contexts:
        context.close()
    unexpected = [trouble for trouble in troubles if not any(known in trouble for known in expected)]
    assert not unexpected, "\n".join(unexpected)


def assert_accessible(page: Page, *, within: str = "html") -> None:
    """No violation of WCAG 2.2 A and AA that axe can find, and nothing that sticks out sideways.

    Each message names the rule, where it is broken and how to mend it.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate(
        "([within, rules]) => axe.run(within, {runOnly: rules, resultTypes: ['violations']})", [within, RULES]
    )
    found = [
        f"{violation['id']}: {violation['help']}\n    {node['html'][:200]}\n    {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]
    assert not found, f"{page.url} at {page.viewport_size}:\n" + "\n".join(found)
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert sideways <= 0, f"{page.url} at {page.viewport_size} is {sideways} px too wide"


def keep_picture(page: Page, name: str) -> Path:
    """A picture of the whole page in `build/screenshots/`, named after the page and its width."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    size = page.viewport_size
    target = PICTURES / f"{name}-{size['width'] if size else 'page'}.png"
    page.screenshot(path=target, full_page=True, animations="disabled")
    return target


def keep_manual_picture(page: Page, name: str) -> Path:
    """A picture of what fits on the screen, for the manual: `docs/images/<name>.png`.

    Made when it is not there, and anew with SAMENSPEL_NEW_PICTURES=1; otherwise a test run would change the repository.
    """
    target = MANUAL / f"{name}.png"
    if not target.exists() or os.environ.get("SAMENSPEL_NEW_PICTURES"):
        target.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=target, animations="disabled")
    return target
