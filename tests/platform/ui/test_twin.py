# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A document as a page: every block is shown, escaped, with ids of its own."""

import re

from samenspel.platform.ui import twin
from samenspel.platform.ui.components import Column, Table
from samenspel.platform.ui.gallery import example_charts
from samenspel.platform.ui.pdf import (
    Document,
    Drawing,
    Heading,
    Items,
    Note,
    Paragraph,
    Quotation,
    SideBySide,
    render_pdf,
)

HOSTILE = "<script>alert(1)</script> & “aanhaling”"
TABLE = Table(HOSTILE, [Column(HOSTILE)], [[HOSTILE]])
BLOCKS = [
    Heading("Wie wonen hier?"),
    Paragraph(HOSTILE, language="nl", lead=True),
    Note(HOSTILE, label=HOSTILE),
    Quotation(HOSTILE, HOSTILE),
    Items([HOSTILE]),
    TABLE,
    TABLE,
    Drawing(example_charts()[0]),
    Drawing(example_charts()[0]),
    SideBySide(example_charts()[0], example_charts()[1]),
]


def test_nothing_in_a_document_acts_as_markup() -> None:
    page = twin.html(BLOCKS)
    assert "<script" not in page
    # One for the paragraph, two for note and quotation each, one for the items, three for each of two tables.
    assert page.count("&lt;script&gt;") >= 12


def test_ids_are_unique_and_the_contents_lead_to_them() -> None:
    page = twin.html(BLOCKS)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert [anchor.id for anchor in twin.contents(BLOCKS)] == ["wie-wonen-hier"]
    assert "wie-wonen-hier" in ids


def test_what_can_be_shown_can_be_printed() -> None:
    assert render_pdf(Document("Titel", "Over", BLOCKS, subtitle="Onder", contents="Inhoud")).startswith(b"%PDF")


def test_two_sections_of_one_name_are_told_apart() -> None:
    blocks = [Heading("Bronnen"), Heading("Bronnen"), Heading("¿?")]
    assert len({anchor.id for anchor in twin.contents(blocks)}) == 3
    for anchor in twin.contents(blocks):
        assert f'id="{anchor.id}"' in twin.html(blocks)
