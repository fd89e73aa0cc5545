# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was counted beside what one expects: a point with its range under a wide band with soft ends, per period."""

from dataclasses import dataclass

from django.utils.translation import gettext

from samenspel.platform.ui.charts import axis, svg
from samenspel.platform.ui.charts.text import Note, Unit
from samenspel.platform.ui.components import Column, Table

WIDTH = 360.0
EDGE = 16.0


@dataclass(frozen=True, slots=True)
class ExpectedPeriod:
    """One period: what was observed, between which values that may lie, and the same of what was expected."""

    name: str
    observed: float
    low: float
    high: float
    expected: float
    expected_low: float
    expected_high: float


@dataclass(frozen=True, slots=True)
class ExpectedRange:
    """Observed beside expected, on one axis that needs no nought, because places are compared and not lengths.

    `here` names the observed ("Zwolle: geteld"), `band` the expected ("Verwacht bij deze inwoners").
    """

    title: str
    unit: Unit
    here: str
    band: str
    periods: tuple[ExpectedPeriod, ...]
    label: str = ""

    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.periods

    def _between(self, low: float, high: float) -> str:
        return gettext("tussen %(low)s en %(high)s") % {"low": self.unit.write(low), "high": self.unit.write(high)}

    def _and(self, low: float, high: float) -> str:
        return gettext("%(low)s en %(high)s") % {"low": self.unit.write(low), "high": self.unit.write(high)}

    def description(self) -> str:
        """Both values with their ranges, a sentence for each period."""
        sentences = []
        for period in self.periods:
            words = {
                "period": period.name,
                "here": self.here,
                "observed": self.unit.write(period.observed),
                "range": self._between(period.low, period.high),
                "band": self.band,
                "expected": self.unit.write(period.expected),
                "expected_range": self._between(period.expected_low, period.expected_high),
            }
            sentences.append(
                gettext("%(period)s: %(here)s %(observed)s (%(range)s), %(band)s %(expected)s (%(expected_range)s).")
                % words
            )
        return " ".join(sentences)

    def notes(self) -> list[Note]:
        """What a reader must know beside the drawing."""
        return [Note(self.label)] if self.label else []

    def table(self) -> Table:
        """The same values, a row for each period."""
        columns = [
            Column(gettext("Periode")),
            Column(self.here, numeric=True),
            Column(gettext("Waarschijnlijk tussen"), numeric=True),
            Column(self.band, numeric=True),
            Column(gettext("Meestal tussen"), numeric=True),
        ]
        rows = [
            [
                period.name,
                self.unit.write(period.observed),
                self._and(period.low, period.high),
                self.unit.write(period.expected),
                self._and(period.expected_low, period.expected_high),
            ]
            for period in self.periods
        ]
        return Table(caption=f"{self.title} – {self.unit.in_words}", columns=columns, rows=rows)

    def svg(self, key: str) -> tuple[float, float, str]:
        """Width, height and content of the drawing."""
        values = [
            value
            for p in self.periods
            for value in (p.observed, p.low, p.high, p.expected, p.expected_low, p.expected_high)
        ]
        scale = axis.Axis.around(values, EDGE, WIDTH - EDGE)
        parts = [axis.soft_ends(key, "band", svg.EXPECTED), axis.soft_ends(key, "here", svg.HERE)]
        parts.append(svg.tag("rect", x=2, y=3, width=36, height=18, fill=f"url(#{key}-band)"))
        parts.append(svg.text(46, 18, svg.shortened(self.band, svg.SIZE, WIDTH - 46)))
        parts.append(svg.tag("rect", x=2, y="35.5", width=36, height=5, fill=f"url(#{key}-here)"))
        parts.append(svg.tag("circle", cx=20, cy=38, r=6, fill=svg.HERE))
        parts.append(svg.text(46, 44, svg.shortened(self.here, svg.SIZE, WIDTH - 46)))
        at, top = 62.0, 62.0
        drawn = []
        for period in self.periods:
            if len(self.periods) > 1:
                drawn.append(svg.text(0, at + 14, period.name, font_weight="bold"))
                at += 22
            drawn.append(self._period(period, scale, key, at))
            at += 96
        parts.append(scale.lines(top, at))
        parts.extend(drawn)
        parts.append(scale.labels(at + 20, self.unit.write_tick))
        return WIDTH, at + 26, "".join(parts)

    def _period(self, period: ExpectedPeriod, scale: axis.Axis, key: str, at: float) -> str:
        """The band with its range above it; below it the point with its range and value."""
        words = self._between(period.expected_low, period.expected_high)
        parts = [scale.words((period.expected_low + period.expected_high) / 2, at + 16, words)]
        parts.append(scale.soft(period.expected_low, period.expected_high, at + 22, 22, f"url(#{key}-band)"))
        middle = scale.place(period.expected)
        mark = svg.path([(middle, at + 19), (middle, at + 47)])
        parts.append(svg.tag("path", d=mark, stroke=svg.INK, stroke_width=2))
        parts.append(scale.soft(period.low, period.high, at + 56.5, 5, f"url(#{key}-here)"))
        point = {"cy": at + 59, "r": 6, "fill": svg.HERE, "stroke": svg.PAPER, "stroke_width": "1.5"}
        parts.append(svg.tag("circle", cx=scale.place(period.observed), **point))
        shown = {"fill": svg.HERE, "font_weight": "bold"}
        parts.append(scale.words(period.observed, at + 84, self.unit.write(period.observed), **shown))
        return "".join(parts)
