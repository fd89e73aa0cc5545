# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents are accessible PDFs, and nothing in their content acts as markup."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from samenspel.platform.ui.components import Column, Table
from samenspel.platform.ui.gallery import example_charts
from samenspel.platform.ui.pdf import Document, DocumentError, Drawing, Heading, Items, Paragraph, render_pdf

HOSTILE = '#panic("ik") $x$ *vet* _schuin_ <etiket> @verwijzing \\ // weg /* weg */ #import "/etc/passwd" `r` = kop'
NUMBERS = Table("Inwoners", [Column("Leeftijd"), Column("Aantal", numeric=True)], [["0 tot 15", "21.345"]], note="Noot")


def text_of(pdf: bytes, folder: Path) -> str:
    """The text of the document as a reader sees it, with poppler."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("needs pdftotext (poppler-utils)")
    (folder / "document.pdf").write_bytes(pdf)
    done = subprocess.run([program, folder / "document.pdf", "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def test_a_document_is_tagged_and_has_language_and_title() -> None:
    pdf = render_pdf(Document("Gemeente Zwolle", "Cijfers over Zwolle", [Heading("Wie wonen hier?"), NUMBERS]))
    assert pdf.startswith(b"%PDF-1.7")
    assert re.search(rb"/MarkInfo\s*<<[^>]*/Marked true", pdf)
    assert re.search(rb"/Lang\s*\(nl", pdf)
    assert re.search(rb"/DisplayDocTitle true", pdf)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"Gemeente Zwolle" in pdf
    for role in (b"/H1", b"/Table", b"/TH", b"/TD"):
        assert role in pdf


def test_an_english_document_says_so() -> None:
    with translation.override("en"):
        assert re.search(rb"/Lang\s*\(en", render_pdf(Document("Figures", "Figures", [Paragraph("Text")])))


def test_equal_content_gives_equal_bytes() -> None:
    document = Document("Zwolle", "Cijfers", [Paragraph("Tekst"), Drawing(example_charts()[0])])
    assert render_pdf(document) == render_pdf(document)


def test_content_is_shown_and_never_read_as_markup(tmp_path: Path) -> None:
    table = Table(HOSTILE, [Column(HOSTILE)], [[HOSTILE]], note=HOSTILE)
    document = Document(HOSTILE, HOSTILE, [Heading(HOSTILE), Paragraph(HOSTILE), Items([HOSTILE]), table])
    text = text_of(render_pdf(document), tmp_path)
    assert text.replace(" ", "").count(HOSTILE.replace(" ", "")) == 8 + text.count("1/1")  # eight places and the footer


@settings(max_examples=30)
@given(st.text(st.characters(codec="latin-1") | st.sampled_from("€–’“”…ĳŁğşčžé²½"), max_size=80))
def test_any_text_can_be_printed(text: str) -> None:
    render_pdf(Document(text or "x", text, [Heading(text or "x"), Paragraph(text), Items([text])]))


@pytest.mark.parametrize("chart", example_charts(), ids=lambda chart: type(chart).__name__)
def test_a_chart_is_a_picture_with_words_and_a_table(chart: object, tmp_path: Path) -> None:
    drawn = next(c for c in example_charts() if c == chart)
    pdf = render_pdf(Document("Zwolle", "Cijfers", [Drawing(drawn)]))
    assert b"/Figure" in pdf and b"/Alt" in pdf and b"/Table" in pdf
    assert drawn.title in text_of(pdf, tmp_path)


def test_headings_that_skip_a_level_are_refused() -> None:
    with pytest.raises(DocumentError):
        render_pdf(Document("Zwolle", "Cijfers", [Heading("Eén"), Heading("Drie", level=3)]))
