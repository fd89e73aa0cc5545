# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Outcomes beside what is expected, on the pages: always with what they do not mean, never in order of size."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

import samenspel
from samenspel.figures.service import current_municipalities, get_area, get_indicator, slug
from samenspel.outcomes.service import Comparison, NoComparison, compared_indicators, comparison, parts
from samenspel.pages.presenters import comparison as words
from samenspel.pages.presenters.outcome import comparison_view, expected_chart, outcome_view
from samenspel.platform.service import charts
from tests.harness.comparisons import HIGHER, WITHIN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("figure_store")]

PACKAGE = Path(samenspel.__file__).parent
WMO = "/gemeente/zwolle/cijfers/wmo_clients_per_1000/"


def html_of(client: Client, address: str, language: str = "nl") -> str:
    answer = client.get(address, headers={"Cookie": f"django_language={language}"})
    assert answer.status_code == 200, address
    return " ".join(unescape(answer.content.decode()).split())


def blocks(html: str) -> list[str]:
    """Each comparison on a page, up to the next one."""
    return html.split('<div class="samenspel-comparison"')[1:]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("address", [WMO, "/gemeente/zwolle/", "/gemeente/zwolle/uitkomsten/"])
def test_beside_every_expected_number_stands_that_it_is_no_judgement(
    client: Client, address: str, language: str
) -> None:
    found = blocks(html_of(client, address, language))
    assert found
    sentence = "niet goed of slecht" if language == "nl" else "neither good nor bad"
    for block in found:
        assert sentence in block, block[:300]
        assert words.JUDGEMENT_SOURCE in block


def test_only_one_template_shows_a_comparison() -> None:
    """Whoever shows an expected number uses the tag, which cannot leave the sentence out."""
    showing = re.compile(r"\.words\.(expected|observed|verdict|short)|no_judgement")
    found = {path.name for path in PACKAGE.rglob("*.html") if showing.search(path.read_text(encoding="utf-8"))}
    assert found == {"_comparison.html"}
    template = (PACKAGE / "pages/templates/pages/_comparison.html").read_text(encoding="utf-8")
    assert "{{ of.words.no_judgement }}" in re.sub(r"\{% if.*?%\}.*?\{% endif %\}", "", template)


def test_whoever_draws_or_says_what_is_expected_says_what_it_does_not_mean() -> None:
    showing = re.compile(r"\b(ExpectedRange|expected_chart|expected_sentence)\(")
    found = [path for path in PACKAGE.rglob("*.py") if showing.search(path.read_text(encoding="utf-8"))]
    assert len([path for path in found if "pages" in path.parts]) >= 2
    for path in found:
        if "ui" not in path.relative_to(PACKAGE).parts:
            source = path.read_text(encoding="utf-8")
            assert "in_words(" in source or "no_judgement" in source, path


def test_the_page_says_what_the_comparison_holds(client: Client) -> None:
    passport = get_indicator("wmo_clients_per_1000")
    found = comparison("GM0193", passport.key)
    assert isinstance(found, Comparison)
    html = html_of(client, WMO)
    said = words.in_words(passport, found)
    for sentence in (said.expected, said.observed, said.verdict, said.margin, words.places_sentence(found)):
        assert sentence in html
    assert "Wat dit niet verklaart:" in html and "van de verschillen tussen gemeenten" in html


def test_alike_municipalities_stand_by_name_and_say_why(client: Client) -> None:
    section = html_of(client, WMO).split('id="gelijkend"')[1].split("</section>")[0]
    names = re.findall(r'<li><a [^>]*href="/gemeente/[^"]+"[^>]*>([^<]+)', section)
    assert len(names) == 10
    assert names == sorted(names, key=str.casefold)
    assert len(re.findall(r"(Heel veel|Veel|Enige) overeenkomst(: [^<]+)?\.", section)) == 10
    assert len(re.findall(r"\(tussen [\d,]+ en [\d,]+\), verwacht: [\d,]+", section)) >= 8
    assert "Een hoger of lager cijfer is niet beter of slechter." in section


def test_the_funnel_names_no_other_municipality(client: Client) -> None:
    drawing = html_of(client, WMO).split('id="trechter"')[1].split("</svg>")[0]
    others = [area.name for area in current_municipalities() if area.name not in ("Zwolle", "Noord", "Een")]
    assert not [name for name in others if re.search(rf"[>\s]{re.escape(name)}[<\s.,]", drawing)]
    assert "Zwolle" in drawing and "liggen er" in drawing


def test_a_place_is_asked_for_and_given_as_a_range(client: Client) -> None:
    html = html_of(client, WMO)
    place = html.split('id="plek"')[1].split("</details>")[0]
    assert re.search(r"ergens tussen plaats \d+ en \d+ van \d+", place)
    assert "geen goede of slechte plaats" in place
    assert not re.search(r"plaats \d+ van", html)


def test_a_page_without_a_comparison_says_why(client: Client) -> None:
    lonely = html_of(client, "/gemeente/zwolle/cijfers/lonely/")
    found = comparison("GM0193", "lonely")
    assert isinstance(found, NoComparison) and found.sentence in lonely
    assert "samenspel-comparison" not in lonely
    assert 'id="verwacht"' not in html_of(client, "/gemeente/zwolle/cijfers/population/")


def test_every_municipality_has_its_comparisons_or_the_reasons(client: Client) -> None:
    for area in current_municipalities()[::40]:
        html = html_of(client, f"/gemeente/{slug(area)}/uitkomsten/")
        for key in compared_indicators():
            found = comparison(area.code, key)
            assert (found.sentence if isinstance(found, NoComparison) else f'data-comparison="{key}"') in html


def test_comparisons_are_in_the_order_of_the_topics_everywhere(client: Client) -> None:
    orders = set()
    for name in ("zwolle", "amsterdam", "emmen"):
        html = html_of(client, f"/gemeente/{name}/uitkomsten/")
        orders.add(tuple(re.findall(r'data-comparison="([a-z0-9_]+)"', html)))
    longest = max(orders, key=len)
    for order in orders:
        assert [key for key in longest if key in order] == list(order)


@pytest.mark.parametrize("code", ["GM0034", "GM0307"])
def test_districts_show_both_figures_with_their_ranges(client: Client, code: str) -> None:
    found = parts(code, "social_assistance_per_1000")
    assert not isinstance(found, NoComparison) and len(found) > 6
    html = html_of(client, f"/gemeente/{slug(get_area(code))}/cijfers/social_assistance_per_1000/")
    section = html.split('id="wijken"')[1].split("</section>")[0]
    assert (
        "zoals gepubliceerd" in section and "berekend" in section and "naar het cijfer van de hele gemeente" in section
    )
    for one in found:
        assert get_area(one.area).name in section
    unsure = any(one.uncertain for one in found)
    assert ("(onzeker)" in section) is unsure
    assert bool(re.search(r'fill="url\(#\w+-unsure\)" pointer-events', section)) is unsure


def test_a_compared_figure_without_districts_says_why(client: Client) -> None:
    for key, why in (
        ("social_assistance_per_1000", "Van Zwolle hebben wij van dit onderwerp geen cijfers per wijk."),
        ("wmo_clients_per_1000", "Van dit onderwerp zijn er geen cijfers per wijk."),
    ):
        html = html_of(client, f"/gemeente/zwolle/cijfers/{key}/")
        assert why in html.split('id="wijken"')[1].split("</section>")[0]


def test_a_page_says_first_which_year_is_missing_and_why_nobody_is_alike(client: Client) -> None:
    html = html_of(client, "/gemeente/heerlen/cijfers/wmo_clients_per_1000/")
    comparing = blocks(html)[0]
    assert comparing.index("Daarom staat hier 2021.") < comparing.index("In 2021 waren het er")
    tiny = html_of(client, "/gemeente/rozendaal/cijfers/youth_care_share/").split('id="gelijkend"')[1]
    assert "om gelijkende gemeenten te zoeken. Wij missen:" in tiny.split("</section>")[0]


def test_residents_are_no_reason_for_more_where_fewer_are_expected(client: Client) -> None:
    why = (
        html_of(client, "/gemeente/utrecht/cijfers/youth_care_share/").split('id="waardoor"')[1].split("</section>")[0]
    )
    assert "Met deze inwoners verwachten wij er juist minder" in why
    assert "komt dus niet door wie hier wonen" in why and "Een deel" not in why
    assert "Daardoor" not in why and "<strong>Wonen:</strong> woningen van een woningcorporatie hier" in why


def test_what_people_tell_stands_beside_the_figure(client: Client) -> None:
    for address in (WMO, "/gemeente/zwolle/cijfers/lonely/"):
        html = html_of(client, address)
        together = html.split('class="samenspel-figure-and-story"')[1]
        assert "Wat mensen hierbij vertellen" in together
        assert 'id="verwacht"' in together.split("Wat mensen hierbij vertellen")[0]


def test_what_stands_out_says_how_many_would_by_chance() -> None:
    passport = get_indicator("wmo_clients_per_1000")
    view = comparison_view(get_area("GM0193"), passport, HIGHER)
    assert "Door toeval alleen zou dat er nog geen één zijn." in view.words.chance
    assert not comparison_view(get_area("GM0193"), passport, WITHIN).words.chance


def test_the_chart_holds_the_numbers_of_the_sentence() -> None:
    passport = get_indicator("wmo_clients_per_1000")
    chart = expected_chart(get_area("GM0193"), passport, WITHIN)
    (period,) = chart.periods
    low, high = words.written_range(WITHIN)
    assert f"tussen {low} en {high}" in charts.figure(chart)
    assert period.low <= period.observed <= period.high


def test_an_english_reader_gets_another_drawing() -> None:
    area, passport = get_area("GM0193"), get_indicator("wmo_clients_per_1000")
    dutch = outcome_view(area, passport)
    with translation.override("en"):
        english = outcome_view(area, passport)
    assert dutch is not None and english is not None
    assert "Verwacht bij deze inwoners" in dutch.comparison.chart
    assert "Expected with these residents" in english.comparison.chart
