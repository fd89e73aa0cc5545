# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a figure is spread over the country, as a shape with "here" in it. No names, no order."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext

from samenspel.platform.ui import dutch
from samenspel.platform.ui.charts import svg
from samenspel.platform.ui.charts.text import Note, Unit
from samenspel.platform.ui.components import Column, Table

WIDTH, HEIGHT = 360.0, 230.0


@dataclass(frozen=True, slots=True)
class Distribution:
    """The values of all areas of one kind, with one of them and the country as a whole marked.

    `areas` is what they are, in the plural ("gemeenten"). Values that are missing are left out before.
    """

    title: str
    unit: Unit
    values: tuple[float, ...]
    areas: str
    here: float | None = None
    here_name: str = ""
    country: float | None = None
    label: str = ""

    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.values

    def _middle(self) -> tuple[float, float]:
        """Between which values the middle eight of every ten areas lie (nearest rank)."""
        ordered = sorted(self.values)
        last = len(ordered) - 1
        return ordered[round(last * 0.1)], ordered[round(last * 0.9)]

    def _bins(self) -> list[tuple[float, float, int]]:
        """Stretches of equal width with the number of areas in each; the last one includes its end."""
        marks = [value for value in (self.here, self.country) if value is not None]
        edges = svg.ticks(min([*self.values, *marks]), max([*self.values, *marks]), about=14)
        step = edges[1] - edges[0]
        counts = Counter(min(int((value - edges[0]) / step + 1e-9), len(edges) - 2) for value in self.values)
        return [(edges[i], edges[i + 1], counts.get(i, 0)) for i in range(len(edges) - 1)]

    def description(self) -> str:
        """Where most areas lie, and where here and the country are."""
        low, high = self._middle()
        words = {"areas": self.areas, "low": self.unit.write(low), "high": self.unit.write(high)}
        parts = [gettext("Acht van de tien %(areas)s liggen tussen %(low)s en %(high)s.") % words]
        if self.here is not None:
            parts.append(f"{self.here_name}: {self.unit.write(self.here)}.")
        if self.country is not None:
            parts.append(gettext("Heel Nederland: %(value)s.") % {"value": self.unit.write(self.country)})
        return " ".join(parts)

    def notes(self) -> list[Note]:
        """What a reader must know beside the drawing."""
        return [Note(self.label)] if self.label else []

    def table(self) -> Table:
        """How many areas lie in each stretch."""
        step = self._bins()[0][1] - self._bins()[0][0]
        places = 0 if step >= 1 and step == int(step) else 1 if step >= 0.1 else 2
        rows: list[list[str]] = []
        for low, high, count in self._bins():
            words = {"low": self.unit.write(low, places), "high": self.unit.write(high, places)}
            rows.append([gettext("%(low)s tot %(high)s") % words, dutch.number(count)])
        return Table(
            caption=f"{self.title} – {self.unit.in_words}",
            columns=[
                Column(gettext("Waarde")),
                Column(gettext("Aantal %(areas)s") % {"areas": self.areas}, numeric=True),
            ],
            rows=rows,
            note=self.description(),
        )

    def svg(self, key: str) -> tuple[float, float, str]:
        """Width, height and content of the drawing."""
        bins = self._bins()
        first, last = bins[0][0], bins[-1][1]
        left, right, top, bottom = 14.0, 14.0, 66.0, 32.0
        most = max(count for _, _, count in bins)

        def x(value: float) -> float:
            return left + (WIDTH - left - right) * (value - first) / (last - first)

        def y(count: float) -> float:
            return top + (HEIGHT - top - bottom) * (1 - count / most)

        outline = [(x(first), y(0))]
        for low, high, count in bins:
            outline += [(x(low), y(count)), (x(high), y(count))]
        outline.append((x(last), y(0)))
        parts = [
            svg.tag(
                "path",
                d=svg.path(outline, close=True),
                fill=svg.OTHERS_SOFT,
                stroke=svg.OTHERS,
                stroke_linejoin="round",
            )
        ]
        marks = svg.ticks(first, last, about=4)
        for tick in marks:
            if first - 1e-9 <= tick <= last + 1e-9:
                words = self.unit.write_tick(tick, marks[1] - marks[0])
                half = svg.width_of(words, svg.SIZE) / 2
                parts.append(svg.text(min(max(x(tick), half), WIDTH - half), HEIGHT - 8, words, text_anchor="middle"))
                parts.append(svg.tag("path", d=svg.path([(x(tick), y(0)), (x(tick), y(0) + 5)]), stroke=svg.OTHERS))
        if self.country is not None:
            words = gettext("Nederland %(value)s") % {"value": self.unit.write(self.country)}
            leftmost = self.here is not None and self.country < self.here
            parts.append(_mark(x(self.country), 42.0, y(0), words, here=False, before=leftmost))
        if self.here is not None:
            words = f"{self.here_name} {self.unit.write(self.here)}"
            before = self.country is not None and self.country >= self.here
            parts.append(_mark(x(self.here), 16.0, y(0), words, here=True, before=before))
        return WIDTH, HEIGHT, "".join(parts)


def _mark(x: float, top: float, bottom: float, words: str, *, here: bool, before: bool) -> str:
    """A line with its words beside it, on the side away from the other line as far as there is room."""
    words = svg.shortened(words, svg.SIZE, WIDTH)
    width = svg.width_of(words, svg.SIZE) * 1.1
    start = min(max(x - width - 6 if before else x + 6, 0.0), WIDTH - width)
    line: dict[str, object] = {"stroke": svg.HERE, "stroke_width": 3}
    if not here:
        line = {"stroke": svg.OTHERS, "stroke_width": 2, "stroke_dasharray": "6 4"}
    halo = {"stroke": svg.PAPER, "stroke_width": 4, "paint_order": "stroke", "stroke_linejoin": "round"}
    colour = svg.HERE if here else svg.OTHERS
    above = top + 5 if start < x < start + width else top - 12
    return svg.tag("path", d=svg.path([(x, above), (x, bottom)]), **line) + svg.text(
        start, top, words, fill=colour, font_weight="bold", **halo
    )
