# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""All areas beside what is expected of each, in a band that is wide where numbers are small. No names, no order."""

import math
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext

from samenspel.platform.ui import dutch
from samenspel.platform.ui.charts import svg
from samenspel.platform.ui.charts.text import Note
from samenspel.platform.ui.components import Column, Table

WIDTH, HEIGHT = 360.0, 300.0
RATIOS = (0.1, 0.2, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)
BAND = "#f6e3bd"
WIDE = "#fcf5e6"


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """An area: the number expected (above 0), and how many times that number was observed."""

    expected: float
    ratio: float


@dataclass(frozen=True, slots=True)
class FunnelLimit:
    """Between which ratios areas of this size mostly lie (95 in 100), and nearly always (998 in 1,000)."""

    expected: float
    low: float
    high: float
    wide_low: float
    wide_high: float


@dataclass(frozen=True, slots=True)
class FunnelPlot:
    """How many times the expected number was observed, by the expected number, with limits (Spiegelhalter 2005).

    `areas` is what the points are, in the plural ("gemeenten"); `points` are those of all areas but here; `limits` are
    in order of the expected number, at least two, and span the points. The axes are logarithmic, so that half and
    double lie as far from even; a ratio of nought is drawn at the bottom.
    """

    title: str
    areas: str
    points: tuple[FunnelPoint, ...]
    limits: tuple[FunnelLimit, ...]
    here: FunnelPoint | None = None
    here_name: str = ""
    label: str = ""

    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.points or len(self.limits) < 2

    def _all(self) -> list[FunnelPoint]:
        return [*self.points, *([self.here] if self.here else [])]

    def _counts(self) -> tuple[int, int, int]:
        """How many areas lie within the band, outside it but within the wide one, and outside both."""
        within = between = outside = 0
        for point in self._all():
            limit = self._limit(point.expected)
            if limit.low <= point.ratio <= limit.high:
                within += 1
            elif limit.wide_low <= point.ratio <= limit.wide_high:
                between += 1
            else:
                outside += 1
        return within, between, outside

    def _limit(self, expected: float) -> FunnelLimit:
        """The limits at this size: on the straight line between the two beside it, as they are drawn."""
        limits = self.limits
        at = bisect_left(limits, expected, key=lambda limit: limit.expected)
        if at in (0, len(limits)):
            return limits[min(at, len(limits) - 1)]
        before, after = limits[at - 1], limits[at]
        part = math.log(expected / before.expected) / math.log(after.expected / before.expected)
        pairs = zip(_edges(before), _edges(after), strict=True)
        return FunnelLimit(expected, *(math.exp((1 - part) * _log(a) + part * _log(b)) for a, b in pairs))

    def description(self) -> str:
        """Where here lies, and how many areas lie within the band."""
        within, between, outside = self._counts()
        words = {"within": within, "all": within + between + outside, "areas": self.areas}
        found = gettext("Van de %(all)s %(areas)s liggen er %(within)s binnen de bandbreedte.") % words
        return f"{found} {self._where_here_is()}".strip()

    def _where_here_is(self) -> str:
        if self.here is None:
            return ""
        words = {
            "place": self.here_name,
            "ratio": _times(self.here.ratio),
            "expected": dutch.number(self.here.expected),
        }
        return gettext("%(place)s: %(ratio)s het verwachte aantal van %(expected)s.") % words

    def notes(self) -> list[Note]:
        """What a reader must know beside the drawing: a range is ordinary, not one value."""
        plain = gettext(
            "Niet één waarde is gewoon, maar een bandbreedte. Door toeval en gewone verschillen verwachten wij "
            "ongeveer 1 op de 20 %(areas)s buiten de smalle band en 2 op de 1.000 buiten de brede. Waar minder mensen "
            "wonen, is de band breder."
        )
        noted = [Note(plain % {"areas": self.areas})]
        return [Note(self.label), *noted] if self.label else noted

    def table(self) -> Table:
        """How many areas lie where: a list of all areas by size of the difference would be a ranking."""
        names = (
            gettext("Binnen de smalle band"),
            gettext("Daarbuiten, binnen de brede band"),
            gettext("Buiten de brede band"),
        )
        rows = [[name, dutch.number(count)] for name, count in zip(names, self._counts(), strict=True)]
        return Table(
            caption=self.title,
            columns=[
                Column(gettext("Waar")),
                Column(gettext("Aantal %(areas)s") % {"areas": self.areas}, numeric=True),
            ],
            rows=rows,
            note=self._where_here_is(),
        )

    def svg(self, key: str) -> tuple[float, float, str]:
        """Width, height and content of the drawing."""
        points = self._all()
        left, right, above, bottom = 50.0, 12.0, 132.0, 52.0
        height = HEIGHT + above
        sizes = [point.expected for point in points]
        small, large = math.log(min(sizes)) - 0.1, math.log(max(sizes)) + 0.1
        # The bands are seen whole at the middling size; at small sizes they may widen beyond the picture.
        middling = self._limit(sorted(sizes)[len(sizes) // 2])
        ratios = [*(_log(point.ratio) for point in points), _log(middling.wide_low), _log(middling.wide_high)]
        low, high = min([*ratios, -math.log(1.5)]) - 0.08, max([*ratios, math.log(1.5)]) + 0.08

        def x(expected: float) -> float:
            share = (math.log(expected) - small) / (large - small)
            return left + (WIDTH - left - right) * min(max(share, 0.0), 1.0)

        def y(ratio: float) -> float:
            share = (_log(ratio) - low) / (high - low)
            return above + (height - above - bottom) * (1 - min(max(share, 0.0), 1.0))

        # The band fills the width of the picture: at its sides stand the limits of those sizes.
        first, last = (FunnelLimit(math.exp(at), *_edges(self._limit(math.exp(at)))) for at in (small, large))
        shown = [first, *(one for one in self.limits if first.expected < one.expected < last.expected), last]
        parts = []
        for lows, highs, fill, line in ((2, 3, WIDE, "5 4"), (0, 1, BAND, None)):
            lower = [(x(one.expected), y(_edges(one)[lows])) for one in shown]
            upper = [(x(one.expected), y(_edges(one)[highs])) for one in shown]
            parts.append(svg.tag("path", d=svg.path([*lower, *reversed(upper)], close=True), fill=fill))
            stroke = {"fill": "none", "stroke": svg.EXPECTED, "stroke_width": "1.5", "stroke_dasharray": line}
            parts.extend(svg.tag("path", d=svg.path(side), **stroke) for side in (lower, upper))
        middle = svg.path([(left, y(1.0)), (WIDTH - right, y(1.0))])
        parts.append(svg.tag("path", d=middle, stroke=svg.INK, stroke_width=1))
        dots = "".join(f"M{svg.fixed(x(p.expected))} {svg.fixed(y(p.ratio))}h.01" for p in self.points)
        round_ = {"stroke_linecap": "round", "stroke_width": 5, "stroke_opacity": "0.55"}
        parts.append(svg.tag("path", d=dots, fill="none", stroke=svg.OTHERS, **round_))
        if self.here is not None:
            mark = {"r": 7, "fill": svg.HERE, "stroke": svg.PAPER, "stroke_width": 2}
            parts.append(svg.tag("circle", cx=x(self.here.expected), cy=y(self.here.ratio), **mark))
        parts.append(self._legend())
        taken = float("inf")
        for ratio in RATIOS:
            if low <= _log(ratio) <= high and taken - y(ratio) >= 22:
                taken = y(ratio)
                parts.append(svg.text(left - 6, taken + 6, _written(ratio), text_anchor="end"))
        parts.append(self._sizes(x, math.exp(small), math.exp(large), height - bottom))
        words = gettext("Verwacht aantal")
        parts.append(svg.text((left + WIDTH - right) / 2, height - 8, words, text_anchor="middle"))
        return WIDTH, height, "".join(parts)

    def _legend(self) -> str:
        """What the marks are; the two bands differ by their edges, the points by size."""
        parts = []
        within, between, outside = self._counts()
        every = dutch.number(within + between + outside)
        rows = tuple(
            (
                fill,
                dashes,
                gettext("hier liggen %(count)s van de %(all)s") % {"count": dutch.number(count), "all": every},
            )
            for fill, dashes, count in ((BAND, None, within), (WIDE, "5 4", within + between))
        )
        for row, (fill, dashes, words) in enumerate(rows):
            box = {"width": 30, "height": 16, "stroke": svg.EXPECTED, "stroke_width": "1.5", "stroke_dasharray": dashes}
            parts.append(svg.tag("rect", x=1, y=2 + 26 * row, fill=fill, **box))
            parts.append(svg.text(40, 16 + 26 * row, words))
        parts.append(svg.tag("circle", cx=16, cy=62, r="2.5", fill=svg.OTHERS, fill_opacity="0.55"))
        others = gettext("andere %(areas)s") % {"areas": self.areas}
        parts.append(svg.text(40, 68, svg.shortened(others, svg.SIZE, WIDTH - 44)))
        if self.here is not None:
            parts.append(svg.tag("circle", cx=16, cy=88, r=7, fill=svg.HERE))
            parts.append(svg.text(40, 94, svg.shortened(self.here_name, svg.SIZE, WIDTH - 44), font_weight="bold"))
        parts.append(svg.text(0, 122, gettext("Hoeveel keer het verwachte aantal:")))
        return "".join(parts)

    def _sizes(self, x: Callable[[float], float], small: float, large: float, bottom: float) -> str:
        """Round numbers below the axis, as far as none covers another."""
        powers = range(math.floor(math.log10(small)), math.ceil(math.log10(large)) + 1)
        tens = [10.0**power for power in powers if small <= 10.0**power <= large]
        chosen = tens if len(tens) > 1 else [m * 10.0**p for p in powers for m in (1, 2, 5)]
        parts, taken = [], 0.0
        for size in chosen:
            words = dutch.number(size) if size >= 1 else dutch.number(size, 1)
            half = svg.width_of(words, svg.SIZE) / 2
            at = min(x(size), WIDTH - half)
            if small <= size <= large and at - half >= taken:
                taken = at + half + 8
                parts.append(svg.tag("path", d=svg.path([(x(size), bottom), (x(size), bottom + 5)]), stroke=svg.OTHERS))
                parts.append(svg.text(at, bottom + 22, words, text_anchor="middle"))
        return "".join(parts)


def _edges(limit: FunnelLimit) -> tuple[float, float, float, float]:
    return limit.low, limit.high, limit.wide_low, limit.wide_high


def _log(ratio: float) -> float:
    """The logarithm of a ratio; nought counts as a twentieth, below which nothing is drawn."""
    return math.log(max(ratio, 0.05))


def _written(ratio: float) -> str:
    """A ratio with as few decimals as it needs up to two: "2", "0,75"."""
    return dutch.number(ratio, next((places for places in (0, 1) if abs(round(ratio, places) - ratio) < 1e-9), 2))


def _times(ratio: float) -> str:
    """ "0,75 keer"."""
    return gettext("%(number)s keer") % {"number": _written(ratio)}
