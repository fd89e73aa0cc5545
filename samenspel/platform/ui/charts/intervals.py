# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Several areas or years beneath each other, each a small point in its range. The order says nothing of high or low."""

from dataclasses import dataclass

from django.utils.translation import gettext

from samenspel.platform.ui.charts import axis, svg
from samenspel.platform.ui.charts.text import Note, Unit
from samenspel.platform.ui.components import Column, Link, Table

WIDTH = 360.0
EDGE = 16.0


@dataclass(frozen=True, slots=True)
class IntervalBar:
    """A value with its range; `raw` is the same before calculation, with its own range. None: no figure.

    `expected` is a value to lay beside it, without a range.
    """

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    raw: float | None = None
    raw_low: float | None = None
    raw_high: float | None = None
    here: bool = False
    uncertain: bool = False
    url: str = ""
    expected: float | None = None


@dataclass(frozen=True, slots=True)
class IntervalBars:
    """Values with their ranges, in the order given: by name, by year or by likeness, never by value.

    `area` heads the names ("Wijk"); `value` and `raw` name the two kinds of values, an empty `raw` leaves the raw ones
    out; `reference` is the value of the country, `reference_name` its name; `expected` names the expected values, empty
    leaves them out.
    """

    title: str
    unit: Unit
    area: str
    bars: tuple[IntervalBar, ...]
    value: str
    raw: str = ""
    reference: float | None = None
    reference_name: str = ""
    label: str = ""
    expected: str = ""

    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(bar.value is not None for bar in self.bars)

    def description(self) -> str:
        """Every value with its range."""
        parts = [f"{bar.name}: {self._written(bar.value, bar.low, bar.high)}." for bar in self.bars]
        if self.reference is not None:
            parts.append(f"{self.reference_name}: {self.unit.write(self.reference)}.")
        return " ".join(parts)

    def notes(self) -> list[Note]:
        """What a reader must know beside the drawing."""
        return [Note(self.label)] if self.label else []

    def table(self) -> Table:
        """The same values, a row for each area; the names lead to the areas' pages."""
        columns = [Column(self.area), Column(self.value, numeric=True)]
        if self.raw:
            columns.append(Column(self.raw, numeric=True))
        if self.expected:
            columns.append(Column(self.expected, numeric=True))
        rows: list[list[str | Link]] = []
        for bar in self.bars:
            shown = self._written(bar.value, bar.low, bar.high)
            if bar.uncertain and bar.value is not None:
                shown += " " + gettext("(onzeker)")
            row: list[str | Link] = [Link(bar.name, bar.url) if bar.url else bar.name, shown]
            if self.raw:
                row.append(self._written(bar.raw, bar.raw_low, bar.raw_high))
            if self.expected:
                row.append(self.unit.write(bar.expected))
            rows.append(row)
        if self.reference is not None:
            rest = [self.unit.write(self.reference), *([""] if self.raw else []), *([""] if self.expected else [])]
            rows.append([self.reference_name, *rest])
        return Table(caption=f"{self.title} – {self.unit.in_words}", columns=columns, rows=rows)

    def _written(self, value: float | None, low: float | None, high: float | None) -> str:
        shown = self.unit.write(value)
        if value is None or low is None or high is None:
            return shown
        return f"{shown} " + gettext("(tussen %(low)s en %(high)s)") % {
            "low": self.unit.write(low),
            "high": self.unit.write(high),
        }

    def svg(self, key: str) -> tuple[float, float, str]:
        """Width, height and content of the drawing."""
        fields = [(b.value, b.low, b.high, *((b.raw, b.raw_low, b.raw_high) if self.raw else ())) for b in self.bars]
        values = [value for field in fields for value in field if value is not None]
        if self.expected:
            values += [bar.expected for bar in self.bars if bar.expected is not None]
        if self.reference is not None:
            values.append(self.reference)
        scale = axis.Axis.around(values, EDGE, WIDTH - EDGE)
        parts = [axis.soft_ends(key, "here", svg.HERE), axis.soft_ends(key, "others", svg.OTHERS)]
        at = 0.0
        if self.raw:
            parts.append(_filled(20, at + 12, 2, 38, key, True))
            parts.append(svg.text(46, at + 18, svg.shortened(self.value, svg.SIZE, WIDTH - 46)))
            parts.append(_open(20, at + 38, 2, 38))
            parts.append(svg.text(46, at + 44, svg.shortened(self.raw, svg.SIZE, WIDTH - 46)))
            at += 52
        if self.reference is not None:
            parts.append(svg.tag("path", d=svg.path([(20, at), (20, at + 22)]), **_REFERENCE))
            words = f"{self.reference_name} {self.unit.write(self.reference)}"
            parts.append(svg.text(46, at + 17, svg.shortened(words, svg.SIZE, WIDTH - 46)))
            at += 28
        if self.expected:
            parts.append(svg.tag("path", d=svg.path([(20, at + 2), (20, at + 22)]), **_EXPECTED))
            parts.append(svg.text(46, at + 17, svg.shortened(self.expected, svg.SIZE, WIDTH - 46)))
            at += 28
        top = at
        drawn = []
        for row, bar in enumerate(self.bars):
            if row:
                # A name stands above its point: the line between the rows tells which belong together.
                hairline = {"stroke": svg.OTHERS, "stroke_width": 1, "stroke_opacity": "0.35"}
                drawn.append(svg.tag("path", d=svg.path([(0, at - 2), (WIDTH, at - 2)]), **hairline))
            drawn.append(self._bar(bar, scale, key, at))
            at += 56 if self.raw else 44
        parts.append(scale.lines(top, at))
        if self.reference is not None:
            x = scale.place(self.reference)
            parts.append(svg.tag("path", d=svg.path([(x, top), (x, at)]), **_REFERENCE))
        parts.extend(drawn)
        parts.append(scale.labels(at + 20, self.unit.write_tick))
        return WIDTH, at + 26, "".join(parts)

    def _bar(self, bar: IntervalBar, scale: axis.Axis, key: str, at: float) -> str:
        """The name with the value behind it, and beneath them the point in its range."""
        written = self.unit.write(bar.value)
        room = WIDTH - svg.width_of(written, svg.SIZE) * 1.1 - 12
        mine = bar.here or bool(self.raw)
        weight = {"font_weight": "bold"} if bar.here else {}
        halo = {"stroke": svg.PAPER, "stroke_width": 4, "paint_order": "stroke", "stroke_linejoin": "round"}
        parts = [svg.text(0, at + 16, svg.shortened(bar.name, svg.SIZE, room), **halo, **weight)]
        parts.append(svg.text(WIDTH, at + 16, written, text_anchor="end", **halo, **weight))
        if bar.value is not None:
            low, high = (bar.value if edge is None else edge for edge in (bar.low, bar.high))
            fill = f"url(#{key}-{'here' if mine else 'others'})"
            parts.append(scale.soft(low, high, at + 26.5, 5, fill))
            parts.append(_point(scale.place(bar.value), at + 29, mine))
        if self.expected and bar.expected is not None:
            x = scale.place(bar.expected)
            parts.append(svg.tag("path", d=svg.path([(x, at + 20), (x, at + 38)]), **_EXPECTED))
        if self.raw and bar.raw is not None:
            low, high = (bar.raw if edge is None else edge for edge in (bar.raw_low, bar.raw_high))
            parts.append(_open(scale.place(bar.raw), at + 43, scale.place(low), scale.place(high)))
        return "".join(parts)


_EXPECTED: dict[str, object] = {"stroke": svg.EXPECTED, "stroke_width": 4}
_REFERENCE: dict[str, object] = {"stroke": svg.OTHERS, "stroke_width": 2, "stroke_dasharray": "6 4"}


def _point(x: float, y: float, mine: bool) -> str:
    """A full circle for here, a full square for others: they differ without colour."""
    if mine:
        return svg.tag("circle", cx=x, cy=y, r=6, fill=svg.HERE, stroke=svg.PAPER, stroke_width="1.5")
    return svg.tag("rect", x=x - 5, y=y - 5, width=10, height=10, fill=svg.OTHERS, stroke=svg.PAPER, stroke_width="1.5")


def _filled(x: float, y: float, start: float, end: float, key: str, mine: bool) -> str:
    bar = svg.tag("rect", x=start, y=y - 2.5, width=end - start, height=5, fill=f"url(#{key}-here)")
    return bar + _point(x, y, mine)


def _open(x: float, y: float, start: float, end: float) -> str:
    """What was published, before calculation: a thin dashed line with an open square."""
    dashes = {"stroke": svg.OTHERS, "stroke_width": 2, "stroke_dasharray": "3 3"}
    line = svg.tag("path", d=svg.path([(start, y), (end, y)]), **dashes)
    box = {"width": 9, "height": 9, "fill": svg.PAPER, "stroke": svg.OTHERS, "stroke_width": 2}
    return line + svg.tag("rect", x=x - 4.5, y=y - 4.5, **box)
