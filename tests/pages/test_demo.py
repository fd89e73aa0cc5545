# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""`samenspel demo` from an empty folder, as somebody meets it who just cloned the repository."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Request, expect

from tests.harness.program import ROOT, environment
from tests.platform.test_serve import free_port

pytestmark = pytest.mark.e2e

# The aim of the foundation: what a first visit transfers, pictures left out.
MOST_BYTES = 150_000


@dataclass
class Demo:
    """A running demo."""

    address: str
    data: Path
    process: subprocess.Popen[str]


def start(data: Path) -> Demo:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "samenspel", "demo", "--port", str(port)],
        env=environment(data), cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout is not None
    heard = []
    for line in process.stdout:
        heard.append(line)
        if "is open on" in line:
            return Demo(f"http://127.0.0.1:{port}", data, process)
    raise AssertionError("the demo did not open:\n" + "".join(heard))


def stop(demo: Demo) -> str:
    """Stop it as a service manager does; what it said at the end."""
    demo.process.send_signal(signal.SIGTERM)
    return demo.process.communicate(timeout=60)[0]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    running = start(tmp_path_factory.mktemp("demo"))
    yield running
    said = stop(running)
    assert "Traceback" not in said
    assert "Fatal" not in said
    assert running.process.returncode == 0


def test_real_figures_from_nothing(demo: Demo) -> None:
    answer = httpx.get(demo.address + "/gemeente/GM0193/", follow_redirects=True, timeout=30)
    assert answer.status_code == 200
    assert "Hoe gaat het in Zwolle?" in answer.text
    assert "van de 100 volwassenen voelen zich eenzaam" in answer.text


def test_it_calls_itself_ready(demo: Demo) -> None:
    answer = httpx.get(demo.address + "/health/ready", timeout=30)
    assert answer.status_code == 200, answer.text


def test_every_web_process_answers_about_figures(demo: Demo) -> None:
    """Threads of the figures library must not be cut off by a fork: a process would then wait for ever."""
    places = ["zwolle", "amsterdam", "rozendaal", "tilburg"] * 6
    with ThreadPoolExecutor(8) as together:
        codes = together.map(
            lambda place: httpx.get(f"{demo.address}/gemeente/{place}/", timeout=60).status_code, places
        )
    assert set(codes) == {200}


def test_a_page_that_has_not_changed_is_not_sent_again(demo: Demo) -> None:
    first = httpx.get(demo.address + "/gemeente/zwolle/", timeout=30)
    assert first.headers["Content-Encoding"] == "gzip"
    again = httpx.get(demo.address + "/gemeente/zwolle/", headers={"If-None-Match": first.headers["ETag"]}, timeout=30)
    assert again.status_code == 304


def test_somebody_steps_in_as_an_example_person_and_out_again(demo: Demo, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(demo.address + "/demo/")
        page.get_by_role("button", name=re.compile("Mei Voorbeeld")).click()
        expect(page.get_by_text("verzonnen").first).to_be_visible()
        page.goto(demo.address + "/gemeente/zwolle/")
        expect(page.get_by_text("Mei Voorbeeld").first).to_be_visible()


@pytest.mark.parametrize("address", ["/", "/gemeente/zwolle/", "/gemeente/amsterdam/", "/indicator/lonely/"])
def test_a_first_visit_is_light(demo: Demo, browser: Browser, address: str) -> None:
    sizes: dict[str, int] = {}

    def note(request: Request) -> None:
        if request.resource_type != "image":
            sizes[request.url.removeprefix(demo.address)] = request.sizes()["responseBodySize"]

    with browser.new_context() as context:
        page = context.new_page()
        page.on("requestfinished", note)
        page.goto(demo.address + address, wait_until="networkidle")
    assert 0 < sum(sizes.values()) < MOST_BYTES, sizes


def test_after_a_kill_it_opens_again_with_what_was_there(tmp_path: Path, demo: Demo) -> None:
    killed = start(tmp_path)
    key = (tmp_path / "secret-key").read_text()
    killed.process.kill()
    killed.process.communicate(timeout=60)  # ends when nothing of it is left: no web process, no worker
    again = start(tmp_path)
    try:
        assert httpx.get(again.address + "/gemeente/zwolle/", timeout=60).status_code == 200
        assert (tmp_path / "secret-key").read_text() == key
    finally:
        stop(again)
