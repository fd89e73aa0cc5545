# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bars for a division (ages, households): here above, the Netherlands below it, a pair for each group."""

from dataclasses import dataclass

from django.utils.translation import gettext

from samenspel.platform.ui.charts import svg
from samenspel.platform.ui.charts.text import Note, Unit
from samenspel.platform.ui.components import Column, Table

WIDTH = 360.0
THICK = 16.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One group with its value here and, where known, elsewhere (None: no figure)."""

    name: str
    here: float | None
    others: float | None = None


@dataclass(frozen=True, slots=True)
class BarChart:
    """A division over groups, in the order given. `here` and `others` name the two; empty `others` leaves it out."""

    title: str
    unit: Unit
    bars: tuple[Bar, ...]
    here: str
    others: str = ""
    label: str = ""

    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(bar.here is not None or bar.others is not None for bar in self.bars)

    def description(self) -> str:
        """Every group with its values."""
        parts = []
        for bar in self.bars:
            words = {"group": bar.name, "here": self.here, "value": self.unit.write(bar.here)}
            if self.others:
                words |= {"others": self.others, "compared": self.unit.write(bar.others)}
                parts.append(gettext("%(group)s: %(here)s %(value)s, %(others)s %(compared)s.") % words)
            else:
                parts.append(gettext("%(group)s: %(value)s.") % words)
        return " ".join(parts)

    def notes(self) -> list[Note]:
        """What a reader must know beside the drawing."""
        return [Note(self.label)] if self.label else []

    def table(self) -> Table:
        """The same values, a row for each group."""
        columns = [Column(gettext("Groep")), Column(self.here, numeric=True)]
        if self.others:
            columns.append(Column(self.others, numeric=True))
        rows = [
            [bar.name, self.unit.write(bar.here), *([self.unit.write(bar.others)] if self.others else [])]
            for bar in self.bars
        ]
        return Table(caption=f"{self.title} – {self.unit.in_words}", columns=columns, rows=rows)

    def svg(self, key: str) -> tuple[float, float, str]:
        """Width, height and content of the drawing."""
        values = [value for bar in self.bars for value in (bar.here, bar.others) if value is not None]
        room = WIDTH - 10 - 1.06 * max(svg.width_of(self.unit.write(value), svg.SIZE) for value in values)
        most = max([*values, 0.0]) or 1.0
        parts, at = [], 0.0
        for mine in (True, False) if self.others else ():
            parts.append(_rectangle(2.0, at + 3, 22.0, mine))
            words = svg.shortened(self.here if mine else self.others, svg.SIZE, WIDTH - 34)
            parts.append(svg.text(32, at + 16, words))
            at += 26
        at += 8 if self.others else 0
        for bar in self.bars:
            parts.append(svg.text(0, at + 15, svg.shortened(bar.name, svg.SIZE, WIDTH), font_weight="bold"))
            at += 23
            for mine, value in ((True, bar.here), (False, bar.others)) if self.others else ((True, bar.here),):
                length = room * max(value or 0.0, 0.0) / most
                if value is not None:
                    parts.append(_rectangle(0.5, at + 1, length, mine))
                shown = {"fill": svg.INK if mine else svg.OTHERS}
                parts.append(svg.text(length + 6 if value is not None else 0, at + 15, self.unit.write(value), **shown))
                at += THICK + 4
            at += 12
        return WIDTH, at, "".join(parts)


def _rectangle(x: float, y: float, width: float, here: bool) -> str:
    """Full for here, an outline for the others: they differ without colour."""
    if here:
        return svg.tag("rect", x=x, y=y, width=max(width, 1.5), height=THICK, fill=svg.HERE)
    line = {"fill": svg.OTHERS_SOFT, "stroke": svg.OTHERS, "stroke_dasharray": "3 2"}
    return svg.tag("rect", x=x, y=y + 0.5, width=max(width, 1.5), height=THICK - 1, **line)
