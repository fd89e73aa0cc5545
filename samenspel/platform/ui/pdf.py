# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents as PDF/UA-1: tagged, with language and title, and the same bytes for the same content.

One layout (`documents/document.typ`, typst), with the fonts that typst brings. Content goes in as JSON and is shown as
text, so that nothing in it can act as markup. typst refuses to make a file that breaks PDF/UA-1 (ISO 14289-1).
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import typst
from django.utils.translation import get_language

from samenspel.platform.ui.charts.figure import Chart, drawing
from samenspel.platform.ui.components import Link, Table
from samenspel.platform.ui.site import site

LAYOUT = Path(__file__).parent / "documents" / "document.typ"
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")  # no font can show these
WIDEST_SHARE = 36  # letters: a column of sentences asks for no more, and breaks its lines
SMALL = 0.65
MILLIMETRES_PER_UNIT = 0.28  # a drawing of 360 units becomes 10 cm wide


class DocumentError(Exception):
    """The document could not be made; the message says what typst found."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title, which the document has already."""

    text: str
    level: Literal[1, 2, 3] = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of plain text. `language` ("nl") when that is another than the document's; `lead` is set larger."""

    text: str
    language: str = ""
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader must not miss beside a figure, in a quiet frame. `label` stands before it in bold."""

    text: str
    label: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody told, in their own words, and who they wish to be."""

    text: str
    who: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list of plain texts."""

    items: Sequence[str]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart or map, with its description as the alternative text, and its values in a table below it.

    `small`: about two thirds of the usual size, for a simple drawing among text.
    """

    chart: Chart
    table: bool = True
    small: bool = False


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two drawings beside each other, each with its description; their values stand in a table elsewhere."""

    left: Chart
    right: Chart


Leaf = Heading | Paragraph | Note | Quotation | Items | Drawing | SideBySide | Table


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that a page does not break between, as far as a page holds them: a figure with its heading and words."""

    blocks: Sequence[Leaf]


Block = Leaf | Together


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `description` says in a sentence what it is; it is shown by file managers and search.

    `subtitle` stands below the title; `contents`, when not empty, is the heading of a table of
    contents on the first page.
    """

    title: str
    description: str
    blocks: Sequence[Block]
    subtitle: str = ""
    contents: str = ""


def render_pdf(document: Document) -> bytes:
    """The document as a PDF in the language in use now.

    A drawing of an empty chart is left out; control characters become spaces. Raises DocumentError when the content
    cannot be made accessible: headings that skip a level, or letters for which no font is installed.
    """
    organisation = site().organisation
    data = {
        "title": document.title,
        "description": document.description,
        "subtitle": document.subtitle,
        "contents": document.contents,
        "author": organisation or "Samenspel",
        "footer": f"{document.title} – {organisation}" if organisation else document.title,
        "language": (get_language() or "nl")[:2],
        "blocks": [written for block in document.blocks for written in _written(block)],
    }
    content = json.dumps(_printable(data), ensure_ascii=False)
    try:
        return _compiled(content, ignore_system_fonts=True)
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise DocumentError(error.message) from error
    try:
        return _compiled(content, ignore_system_fonts=False)  # a script that only this machine's fonts may have
    except typst.TypstError as error:
        raise DocumentError(f"{error.message}; install a font that has it, such as Debian's fonts-noto-core") from error


def _printable(value: Any) -> Any:
    """The same data with control characters in its texts replaced by a space."""
    if isinstance(value, str):
        return CONTROL.sub(" ", value)
    if isinstance(value, dict):
        return {key: _printable(inner) for key, inner in value.items()}
    return [_printable(inner) for inner in value] if isinstance(value, list) else value


def _compiled(content: str, *, ignore_system_fonts: bool) -> bytes:
    made = typst.compile(
        LAYOUT,
        format="pdf",
        sys_inputs={"data": content},
        pdf_standards=["ua-1"],
        ignore_system_fonts=ignore_system_fonts,
    )
    assert isinstance(made, bytes)
    return made


def _written(block: Block) -> list[dict[str, Any]]:
    match block:
        case Heading():
            return [{"kind": "heading", "level": block.level, "text": block.text}]
        case Paragraph():
            return [{"kind": "paragraph", "text": block.text, "language": block.language, "lead": block.lead}]
        case Note():
            return [{"kind": "note", "text": block.text, "label": block.label, "language": block.language}]
        case Quotation():
            return [{"kind": "quotation", "text": block.text, "who": block.who, "language": block.language}]
        case Items():
            return [{"kind": "items", "items": list(block.items)}]
        case Table():
            return [_written_table(block)]
        case Drawing():
            return _written_drawing(block)
        case Together():
            inner = [written for one in block.blocks for written in _written(one)]
            return [{"kind": "together", "blocks": inner}]
        case SideBySide():
            pair = [_written_drawing(Drawing(chart, table=False)) for chart in (block.left, block.right)]
            drawings = [written[0] for written in pair if written]
            notes = [note for written in pair for note in written[1:]]
            unique = [note for number, note in enumerate(notes) if note not in notes[:number]]
            return [{"kind": "side_by_side", "drawings": drawings}, *unique] if drawings else []


def _written_table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": table.caption,
        "columns": [
            {"label": column.label, "numeric": column.numeric, "share": _share(table, number)}
            for number, column in enumerate(table.columns)
        ],
        "rows": [[cell.text if isinstance(cell, Link) else cell for cell in row] for row in table.rows],
        "note": table.note,
    }


def _share(table: Table, column: int) -> int:
    """How much of the width a column asks for: its longest text, but not so much that others become narrow."""
    cells = [row[column] for row in table.rows]
    texts = [cell.text if isinstance(cell, Link) else cell for cell in cells]
    word = max((len(part) for text in [table.columns[column].label, *texts] for part in text.split()), default=1)
    return max(word + 2, min(max((len(text) for text in texts), default=1), WIDEST_SHARE))


def _written_drawing(block: Drawing) -> list[dict[str, Any]]:
    chart = block.chart
    if chart.is_empty():
        return []
    width, _, _ = chart.svg("d")
    written: list[dict[str, Any]] = [
        {
            "kind": "drawing",
            "svg": drawing(chart, "d"),
            "alt": chart.description(),
            "caption": chart.title,
            "width": round(width * MILLIMETRES_PER_UNIT * (SMALL if block.small else 1)),
        }
    ]
    written += [{"kind": "paragraph", "text": str(note), "language": "", "lead": False} for note in chart.notes()]
    return [*written, _written_table(chart.table())] if block.table else written
