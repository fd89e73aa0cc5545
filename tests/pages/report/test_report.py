# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The report of a municipality: complete, honest about what is missing, the same as a page and as a PDF."""

import re
from html import unescape

import pytest
from django.test import Client

from samenspel.figures.service import AreaLevel, Status, children, get_area, latest
from samenspel.pages.report.compose import report
from samenspel.platform.service import components, pdf, twin
from tests.platform.ui.test_pdf import text_of

pytestmark = [pytest.mark.usefixtures("figure_store"), pytest.mark.django_db]

# A city, the example, a municipality with four districts, an island, the smallest, one with dozens of former parts.
MUNICIPALITIES = ("GM0363", "GM0193", "GM0277", "GM0096", "GM1966", "GM0599")


def pages_in(document: bytes) -> int:
    """How many pages the PDF has."""
    return max(int(count) for count in re.findall(rb"/Count (\d+)", document))


@pytest.mark.parametrize("code", MUNICIPALITIES)
def test_the_report_has_between_eight_and_twenty_pages(code: str) -> None:
    made = pdf.render_pdf(report(get_area(code)))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert 8 <= pages_in(made) <= 20


def test_page_and_pdf_say_the_same(client: Client, tmp_path) -> None:
    answer = client.get("/gemeente/zwolle/verslag/")
    page = " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())
    made = client.get("/gemeente/zwolle/verslag.pdf")
    assert made["Content-Type"] == "application/pdf"
    printed = text_of(made.content, tmp_path)
    for block in twin.flat(report(get_area("GM0193")).blocks):
        if isinstance(block, pdf.Paragraph | pdf.Note | pdf.Heading):
            assert " ".join(block.text.split()) in page, block
            # A PDF breaks lines where it likes; the letters must be there in their order.
            assert re.sub(r"\W", "", block.text)[:60] in re.sub(r"\W", "", printed), block


def test_every_value_is_the_one_in_the_store() -> None:
    blocks = twin.flat(report(get_area("GM0193")).blocks)
    lonely = latest("GM0193", "lonely")
    assert lonely is not None and lonely.value is not None and lonely.status is Status.MODEL_ESTIMATE
    at = next(number for number, one in enumerate(blocks) if getattr(one, "text", "") == "Voelen mensen zich eenzaam?")
    following = blocks[at + 1]
    assert isinstance(following, pdf.Paragraph)
    assert following.text.startswith(f"{lonely.value:.0f} van de 100")
    table = next(one for one in blocks if isinstance(one, components.Table) and "wijken" in one.caption)
    districts = children("GM0193", AreaLevel.DISTRICT)
    assert [row[0] for row in table.rows] == sorted(district.name for district in districts)


def test_what_is_missing_is_said() -> None:
    """Four small municipalities have no figure on Wmo or youth care in the source: the report names it."""
    rozendaal = report(get_area("GM0277"))
    at = next(n for n, one in enumerate(rozendaal.blocks) if getattr(one, "text", "") == "Wat weten wij niet?")
    known = rozendaal.blocks[at + 2]
    assert isinstance(known, pdf.Items)
    missing = [item for item in known.items if "geen cijfer" in item]
    assert len(missing) == (
        latest("GM0277", "youth_care_share") is None or latest("GM0277", "wmo_clients_per_1000") is None
    )
    assert any("rekenmodel" in item for item in known.items)


def test_a_municipality_that_is_gone_has_no_report(client: Client) -> None:
    assert client.get("/gemeente/GM0788/verslag/").status_code == 404
    assert client.get("/gemeente/atlantis/verslag.pdf").status_code == 404


def test_the_contents_lead_to_every_section(client: Client) -> None:
    page = client.get("/gemeente/zwolle/verslag/").content.decode()
    links = re.findall(r'href="#([a-z0-9-]+)"', page)
    sections = [block.text for block in report(get_area("GM0193")).blocks if getattr(block, "level", 0) == 1]
    targets = [link for link in links if link != "inhoud"]
    assert len(targets) >= len(sections) >= 7
    for target in targets:
        assert f'id="{target}"' in page
