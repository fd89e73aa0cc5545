# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""On an English page every Dutch text says that it is Dutch, so that a screen reader reads it aloud in Dutch."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import translation

from samenspel.figures.service import AreaLevel, Status, Topic, Unit, get_indicator, series, sources
from samenspel.pages.presenters.words import dutch, said
from tests.harness import sweep
from tests.pages.test_pages import PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("figure_store")]

WITH_BREAKS = "/gemeente/tilburg/cijfers/age_65_plus_share/"
ENGLISH_PAGES = (*PAGES, "/gemeente/vijfheerenlanden/", WITH_BREAKS, "/indicator/population/", "/api/", "/nergens/")

# Words of every Dutch sentence, none of which is an English word.
EVERYDAY = (
    *("het", "een", "niet", "geen", "zijn", "wordt", "worden", "voor", "naar", "deze", "dit", "vanaf", "sinds"),
    *("mensen", "cijfer", "cijfers", "gemeente", "gemeenten", "wijken", "buurten", "jaar", "jaren", "gebied"),
    *("onderzoek", "daarvoor", "hoger", "lager", "beter", "gebieden", "volwassenen", "bron", "bronnen", "miljoen"),
)
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
READ_ALOUD = {"alt", "aria-label", "content", "placeholder", "title", "data-announce"}


class English(HTMLParser):
    """Collects what is read as English: texts and attributes outside lang="nl" and outside names of places."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []

    @property
    def counts(self) -> bool:
        """Whether what comes now is read as English."""
        return not self.open or self.open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        language = values.get("lang", "")
        names_a_place = bool(re.match(r"/(gemeente|wijk|buurt)/[^/]+/$", values.get("href", "")))
        # A map's outline has only the name and the value of the place as its title.
        outline = tag == "title" and bool(self.open) and self.open[-1][0] == "path"
        here = (language == "en" or (self.counts and not language)) and not names_a_place and not outline
        if here:
            self.found += [value for name, value in values.items() if name in READ_ALOUD and value]
        if tag not in VOID:
            self.open.append((tag, here and tag not in ("script", "style", "code")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _counts in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.counts and data.strip():
            self.found.append(" ".join(data.split()))


def read_as_english(html: str) -> list[str]:
    parser = English()
    parser.feed(html)
    return parser.found


def program_words() -> list[str]:
    """The Dutch words for levels, statuses, topics and units that differ from the English ones."""
    with translation.override("en"):
        return [
            word.in_words()
            for kind in (AreaLevel, Status, Topic, Unit)
            for word in kind
            if said(word) != word.in_words()
        ]


def english_page(client: Client, address: str) -> list[str]:
    answer = client.get(address, headers={"Cookie": "django_language=en"})
    assert answer.status_code in (200, 404)
    # The name of a publisher is a name in every language (WCAG 3.1.2), wherever it stands in a sentence.
    names = {table.publisher for table in sources()}
    return [re.sub("|".join(map(re.escape, names)), "", text) for text in read_as_english(answer.content.decode())]


def test_the_reader_tells_dutch_from_english() -> None:
    html = '<html lang="en"><p title="a">b<span lang="nl">c <b title="d">e</b></span><br>f</p><img alt="g"></html>'
    assert read_as_english(html) == ["a", "b", "f", "g"]


def test_every_program_word_has_an_english_one() -> None:
    same = {"%", "km", "kWh", "m³", "per km²", "land"}
    every = {word.in_words() for kind in (AreaLevel, Status, Topic, Unit) for word in kind}
    assert every - set(program_words()) <= same


@pytest.mark.parametrize("address", ENGLISH_PAGES)
def test_no_dutch_is_read_as_english(client: Client, address: str) -> None:
    words = re.compile(r"(?<![\w/-])(?:" + "|".join(map(re.escape, [*program_words(), *EVERYDAY])) + r")(?![\w-])")
    assert [text for text in english_page(client, address) if words.search(text)] == []


@pytest.mark.parametrize("key", sweep.indicators())
def test_what_a_passport_says_in_dutch_is_marked(client: Client, key: str) -> None:
    passport = get_indicator(key)
    told = [
        passport.question,
        passport.meaning,
        passport.does_not_say,
        passport.definition,
        passport.direction,
        *(table.title for table in sources() if table.key in passport.tables),
    ]
    for address in (f"/indicator/{key}/", f"/gemeente/zwolle/cijfers/{key}/"):
        read = " | ".join(english_page(client, address))
        assert [text for text in told if text in read] == [], address


def test_the_reason_of_a_break_is_marked_beside_the_chart_and_below_the_table(client: Client) -> None:
    reasons = [one.reason for one in series("GM0855", "age_65_plus_share").breaks]
    assert reasons
    html = client.get(WITH_BREAKS, headers={"Cookie": "django_language=en"}).content.decode()
    for reason in reasons:
        with translation.override("en"):
            assert html.count(dutch(reason)) == 2
        assert not [text for text in read_as_english(html) if reason in text]
