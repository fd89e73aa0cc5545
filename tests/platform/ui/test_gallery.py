# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The layout around every page, seen on the gallery: language, theme, help, navigation, policy and weight."""

import gzip
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from samenspel.platform.ui import navigation
from samenspel.platform.ui.navigation import NavigationItem, add_to_navigation, navigation_for

ROOT = Path(__file__).resolve().parents[3]
STATIC = ROOT / "samenspel" / "platform" / "ui" / "static" / "ui"
BUILD = ROOT / "tools" / "build_css"


def gallery(client: Client) -> str:
    response = client.get(reverse("ui:gallery"))
    assert response.status_code == 200
    return response.content.decode()


class Page(HTMLParser):
    """Tags with their attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_nothing_on_the_page_needs_an_exception_to_the_policy(client: Client) -> None:
    response = client.get(reverse("ui:gallery"))
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "script-src 'self'" in policy and "style-src 'self'" in policy
    for tag, attributes in Page(response.content.decode()).tags:
        assert "style" not in attributes and tag != "style", (tag, attributes)
        assert not [name for name in attributes if name.startswith(("on", "hx-on"))], (tag, attributes)
        if tag == "script":
            assert (attributes.get("src") or "").startswith("/static/")
        for name in ("src", "href", "action"):
            assert not (attributes.get(name) or "").startswith(("http:", "https:", "//", "javascript:")), attributes


def test_ids_are_unique_and_references_exist(client: Client) -> None:
    tags = Page(gallery(client)).tags
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in tags:
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            assert set((attributes.get(name) or "").split()) <= set(ids), attributes


def test_a_stranger_gets_no_cookie(client: Client) -> None:
    assert not client.get(reverse("ui:gallery")).cookies


def test_headings_skip_no_level(client: Client) -> None:
    levels = [int(tag[1]) for tag, _ in Page(gallery(client)).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_dutch_unless_chosen_otherwise(client: Client) -> None:
    response = client.get(reverse("ui:gallery"), headers={"accept-language": "en"})
    assert b'<html lang="nl"' in response.content
    answer = client.post(reverse("ui:set_language"), {"language": "en", "next": "/ui/?a=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/ui/?a=1")
    english = client.get(reverse("ui:gallery"))
    assert b'<html lang="en"' in english.content
    assert english.headers["Content-Language"] == "en" and "Cookie" in english.headers["Vary"]
    client.cookies["django_language"] = "xx"
    assert b'<html lang="nl"' in client.get(reverse("ui:gallery")).content


def test_the_language_switch_leads_nowhere_else(client: Client) -> None:
    answer = client.post(reverse("ui:set_language"), {"language": "en", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
    assert client.get(reverse("ui:set_language")).status_code == 405


def test_help_from_a_person_is_on_every_page(client: Client, settings: Settings) -> None:
    assert "Bel uw gemeente" in gallery(client)
    settings.HELP_PHONE = "14 038"
    settings.HELP_HOURS = "Elke werkdag van 9 tot 17 uur"
    settings.HELP_DESK = "Lübeckplein 2, Zwolle"
    settings.ORGANISATION_NAME = "gemeente <Zwolle>"
    html = gallery(client)
    assert 'href="tel:14038"' in html and "14 038" in html
    assert "Elke werkdag" in html and "Lübeckplein 2" in html
    assert "gemeente &lt;Zwolle&gt;" in html and "gemeente <Zwolle>" not in html


def test_a_municipality_brings_its_theme(client: Client, settings: Settings, tmp_path: Path) -> None:
    assert client.get(reverse("ui:theme")).status_code == 404
    theme = tmp_path / "oss.css"
    theme.write_text(".oss-theme{--nl-button-primary-background-color:#123456}")
    settings.THEME_FILE = str(theme)
    html = gallery(client)
    assert 'voorbeeld-theme oss-theme"' in html
    sheets = [a.get("href") or "" for tag, a in Page(html).tags if tag == "link" and a.get("rel") == "stylesheet"]
    assert sheets[-1] == reverse("ui:theme")
    response = client.get(reverse("ui:theme"))
    assert response["Content-Type"].startswith("text/css")
    assert b"".join(response).startswith(b".oss-theme")  # type: ignore[call-overload]


def test_a_file_that_is_no_theme_is_refused(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.THEME_FILE = str(tmp_path / "none.css")
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        gallery(client)
    (tmp_path / "plain.css").write_text("body{color:red}")
    settings.THEME_FILE = str(tmp_path / "plain.css")
    with pytest.raises(ImproperlyConfigured, match="no NL Design System theme"):
        gallery(client)


@pytest.fixture
def empty_navigation(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(navigation, "_items", {"main": [], "user": [], "footer": []})
    return


@pytest.mark.usefixtures("empty_navigation")
def test_parts_add_themselves_to_the_navigation(client: Client) -> None:
    add_to_navigation("main", NavigationItem("Later", "ui:theme", order=50))
    add_to_navigation("main", NavigationItem("Bouwstenen <oud>", "ui:gallery", order=10))
    add_to_navigation("main", NavigationItem("Bouwstenen", "ui:gallery", order=10))
    add_to_navigation("main", NavigationItem("Nooit", "ui:example_pdf", shown=lambda request: False))
    add_to_navigation("user", NavigationItem("Uitloggen", "ui:set_language", post=True))
    entries = navigation_for("main", RequestFactory().get("/ui/"))
    assert [(entry["label"], entry["current"]) for entry in entries] == [("Bouwstenen", "page"), ("Later", "")]
    html = gallery(client)
    assert 'href="/ui/" aria-current="page">Bouwstenen</a>' in html
    assert re.search(r'<form method="post" action="/ui/taal/"><input type="hidden" name="csrfmiddlewaretoken"', html)


@pytest.mark.usefixtures("empty_navigation")
def test_below_a_prefix_an_entry_is_current() -> None:
    add_to_navigation("main", NavigationItem("Kaarten", "ui:gallery", prefix="/ui/"))
    request: HttpRequest = RequestFactory().get("/ui/kaart/1/")
    assert navigation_for("main", request)[0]["current"] == "true"
    assert navigation_for("main", None)[0]["current"] == ""


def test_the_example_document_is_a_pdf(client: Client) -> None:
    response = client.get(reverse("ui:example_pdf"))
    assert response["Content-Type"] == "application/pdf" and response.content.startswith(b"%PDF")


def test_a_page_weighs_little() -> None:
    import django_htmx

    htmx = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
    files = [
        STATIC / "nlds.css",
        STATIC / "theme-voorbeeld.css",
        STATIC / "samenspel.css",
        STATIC / "samenspel.js",
        htmx,
    ]
    weight = sum(len(gzip.compress(file.read_bytes())) for file in files)
    assert weight < 50_000, f"{weight} bytes of style and script before any content"
    assert len((STATIC / "samenspel.js").read_text().splitlines()) < 60


def test_stylesheets_fetch_nothing() -> None:
    for file in STATIC.glob("*.css"):
        text = file.read_text(encoding="utf-8")
        assert "@import" not in text and "@font-face" not in text, file.name
        assert not re.findall(r"url\((?![\"']?data:)", text), file.name


def test_stylesheets_are_made_from_the_named_packages() -> None:
    named = json.loads((BUILD / "package.json").read_text())["devDependencies"]
    notice = (STATIC / "LICENCES.md").read_text()
    for package, version in named.items():
        assert re.fullmatch(r"[\d.]+", version), f"{package} must have one exact version"
        assert package == "lightningcss" or f"| {package} | {version} | EUPL-1.2 |" in notice


def test_every_token_that_our_stylesheet_uses_is_in_the_theme() -> None:
    theme, ours = (STATIC / "theme-voorbeeld.css").read_text(), (STATIC / "samenspel.css").read_text()
    used = set(re.findall(r"var\((--(?:basis|voorbeeld|nl|utrecht)-[\w-]+)", ours))
    missing = {token for token in used if f"{token}:" not in theme + ours}
    assert not missing, f"run tools/build_css again, or mend the name: {missing}"


def test_templates_name_no_class_that_does_not_exist() -> None:
    styles = "".join(file.read_text() for file in STATIC.glob("*.css"))
    defined = set(re.findall(r"\.((?:nl|utrecht|samenspel)-[\w-]+)", styles))
    known_without_style = {
        "nl-button--plain",
        "samenspel-figure-card",
        "samenspel-language",
        "samenspel-search",
        "utrecht-body",
        "utrecht-pagination__before",
        "utrecht-pagination__pages",
    }
    for file in (ROOT / "samenspel").rglob("templates/**/*.html"):
        for value in re.findall(r'class="([^"]*)"', file.read_text()):
            plain = re.sub(r"\S*{{.*?}}\S*", " ", re.sub(r"{%.*?%}", " ", value))
            for name in plain.replace("voorbeeld-theme", "").split():
                assert name in defined | known_without_style, f"{file.name}: {name}"
