# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same document as a page: the blocks of `pdf` as HTML, so that what is printed can be read on a phone too."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from samenspel.platform.ui.charts.figure import figure
from samenspel.platform.ui.components import Table
from samenspel.platform.ui.pdf import (
    Block,
    Drawing,
    Heading,
    Items,
    Leaf,
    Note,
    Paragraph,
    Quotation,
    SideBySide,
    Together,
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A main heading of the document and the id it has on the page."""

    text: str
    id: str


def flat(blocks: Sequence[Block]) -> list[Leaf]:
    """The blocks without what holds them together on paper."""
    return [leaf for block in blocks for leaf in (block.blocks if isinstance(block, Together) else [block])]


def contents(blocks: Sequence[Block]) -> list[Anchor]:
    """The main headings in their order, to link to: each with the id that `html` gives it."""
    found: list[Anchor] = []
    for block in flat(blocks):
        if isinstance(block, Heading) and block.level == 1:
            name, taken = _anchor(block.text), {one.id for one in found}
            number = next(n for n in count(1) if (name if n == 1 else f"{name}-{n}") not in taken)
            found.append(Anchor(block.text, name if number == 1 else f"{name}-{number}"))
    return found


def html(blocks: Sequence[Block]) -> SafeString:
    """The blocks as HTML. Headings start at the second level: the page has the title. Texts are escaped.

    Two drawings or tables with equal titles get ids of their own.
    """
    anchors = iter(contents(blocks))
    shown = []
    for number, block in enumerate(flat(blocks)):
        main = isinstance(block, Heading) and block.level == 1
        shown.append(_shown(block, next(anchors).id if main else f"blok-{number}"))
    return render_to_string("ui/document.html", {"blocks": shown})


def _shown(block: Leaf, name: str) -> dict[str, object]:
    match block:
        case Heading():
            return {"kind": "heading", "text": block.text, "level": block.level + 1, "id": name}
        case Paragraph():
            return {"kind": "paragraph", "block": block}
        case Note():
            return {"kind": "note", "block": block}
        case Quotation():
            return {"kind": "quotation", "block": block}
        case Items():
            return {"kind": "items", "block": block}
        case Table():
            return {"kind": "table", "table": replace(block, name=name)}
        case Drawing():
            return {"kind": "drawing", "drawing": figure(block.chart, name=name, table=block.table)}
        case SideBySide():
            pair = [figure(chart, name=f"{name}-{side}") for side, chart in (("l", block.left), ("r", block.right))]
            return {"kind": "side_by_side", "drawings": pair}


def _anchor(text: str) -> str:
    """A readable id: "Wie wonen hier?" gives "wie-wonen-hier"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "deel"
