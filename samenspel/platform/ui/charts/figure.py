# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The frame around every chart: a title, a drawing that is read as one picture, notes, the same values in a table."""

import hashlib
from functools import lru_cache
from html import escape
from typing import Protocol

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from samenspel.platform.ui.charts import svg
from samenspel.platform.ui.charts.text import Note
from samenspel.platform.ui.components import Table


class Chart(Protocol):
    """What can be drawn: frozen, so that equal content is drawn once."""

    def __hash__(self) -> int:
        """Of the content."""

    @property
    def title(self) -> str:
        """What is shown, as a phrase or question."""

    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""

    def description(self) -> str:
        """What the drawing shows, in sentences."""

    def notes(self) -> list[Note]:
        """What a reader must know beside the drawing."""

    def table(self) -> Table:
        """The same values."""

    def svg(self, key: str) -> tuple[float, float, str]:
        """Width, height and content of the drawing; every id in it starts with `key`."""


def figure(chart: Chart, *, name: str = "", caption: bool = True, table: bool = True) -> SafeString:
    """The chart as HTML; empty text when there is nothing to draw (say why on the page).

    Equal content gives equal bytes. `name` tells two equal charts on one page apart; without `caption` the title is for
    screen readers only (when a heading above says the same); without `table` the page shows `chart.table()` itself.
    """
    return _drawn(chart, name, caption, table, get_language() or "nl")


@lru_cache(maxsize=512)
def _drawn(chart: Chart, name: str, caption: bool, table: bool, language: str) -> SafeString:
    if chart.is_empty():
        return SafeString("")
    key = "g" + hashlib.sha256(f"{name}|{language}|{chart!r}".encode()).hexdigest()[:10]
    context = {
        "chart": chart,
        "key": key,
        "drawing": drawing(chart, key),
        "caption": caption,
        "notes": chart.notes(),
        "table": chart.table() if table else None,
    }
    return render_to_string("ui/figure.html", context)


def drawing(chart: Chart, key: str) -> SafeString:
    """The SVG alone: one picture with a name and a description, in the size of its content."""
    width, height, content = chart.svg(key)
    title = svg.tag("title", escape(chart.title), id=f"{key}-t") + svg.tag(
        "desc", escape(chart.description()), id=f"{key}-d"
    )
    body = svg.tag(
        "g", content, font_family=svg.FONT, font_size=svg.fixed(svg.SIZE), fill=svg.INK, stroke_linecap="butt"
    )
    attributes = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {svg.fixed(width)} {svg.fixed(height)}",
        "role": "img",
        "aria_labelledby": f"{key}-t",
        "aria_describedby": f"{key}-d",
    }
    # Safe: every text went through escape() in charts.svg, every number through its formatting.
    return mark_safe(svg.tag("svg", title + body, **attributes))  # noqa: S308
