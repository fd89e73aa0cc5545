# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A line over the years: here and the Netherlands, with gaps where figures cannot be compared."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext

from samenspel.platform.ui.charts import svg
from samenspel.platform.ui.charts.text import Note, Unit
from samenspel.platform.ui.components import Column, Table

WIDTH, HEIGHT = 360.0, 210.0
OTHER_DASHES = ("6 4", "2 3")


@dataclass(frozen=True, slots=True)
class LinePoint:
    """A year with its value (None: no figure) and, where known, the range within which it lies."""

    year: int
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One series. `here` draws it in blue with dots; others are grey, dashed with squares or dotted with triangles."""

    name: str
    points: tuple[LinePoint, ...]
    here: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """From this year on figures cannot be compared with those before; `reason` is a Dutch sentence."""

    year: int
    reason: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """How something went over the years. `title` is what is shown, as a phrase or question.

    The axis starts at nought unless `from_zero` is off. `label` says how the figures came about.
    """

    title: str
    unit: Unit
    lines: tuple[Line, ...]
    gaps: tuple[Gap, ...] = ()
    label: str = ""
    from_zero: bool = True

    @property
    def years(self) -> list[int]:
        """All years that occur, in order."""
        return sorted({point.year for line in self.lines for point in line.points})

    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(point.value is not None for line in self.lines for point in line.points)

    def description(self) -> str:
        """The first and last value of each line, in a sentence each."""
        sentences = []
        for line in self.lines:
            known = [point for point in line.points if point.value is not None]
            if not known:
                sentences.append(gettext("%(name)s: geen cijfers.") % {"name": line.name})
                continue
            last = known[-1]
            words = {"name": line.name, "last": self.unit.write(last.value), "year": last.year}
            if len(known) == 1:
                sentences.append(gettext("%(name)s: %(last)s in %(year)s.") % words)
            else:
                words |= {"first": self.unit.write(known[0].value), "since": known[0].year}
                sentences.append(gettext("%(name)s: van %(first)s in %(since)s naar %(last)s in %(year)s.") % words)
        return " ".join(sentences)

    def notes(self) -> list[Note]:
        """What a reader must know beside the drawing."""
        noted = [
            Note(gettext("Bij de stippellijn (%(year)s):") % {"year": gap.year}, dutch=gap.reason) for gap in self.gaps
        ]
        return [Note(self.label), *noted] if self.label else noted

    def table(self) -> Table:
        """The same values, a row for each year."""
        values = [{point.year: point for point in line.points} for line in self.lines]
        rows = []
        for year in self.years:
            row = [str(year)]
            for series in values:
                point = series.get(year)
                shown = self.unit.write(point.value if point else None)
                if point and point.low is not None and point.high is not None:
                    spread = {"low": self.unit.write(point.low), "high": self.unit.write(point.high)}
                    shown += " " + gettext("(tussen %(low)s en %(high)s)") % spread
                row.append(shown)
            rows.append(row)
        columns = [Column(gettext("Jaar")), *(Column(line.name, numeric=True) for line in self.lines)]
        return Table(caption=f"{self.title} – {self.unit.in_words}", columns=columns, rows=rows)

    def svg(self, key: str) -> tuple[float, float, str]:
        """Width, height and content of the drawing."""
        values = [
            value
            for line in self.lines
            for point in line.points
            for value in (point.value, point.low, point.high)
            if value is not None
        ]
        scale = svg.ticks(0.0 if self.from_zero else min(values), max([*values, 0.0] if self.from_zero else values))
        labels = [self.unit.write_tick(tick, scale[1] - scale[0]) for tick in scale]
        left = max(svg.width_of(label, svg.SIZE) for label in labels) + 8
        written = [self.unit.write(value) for value in values] + [self._end(line)[1] for line in self.lines]
        right = 16 + max(svg.width_of(words, svg.SIZE) for words in written) * 1.06
        top, bottom = 26.0 * len(self.lines) + 16, 30.0
        height = HEIGHT + 26.0 * len(self.lines)
        years = self.years
        span = max(years[-1] - years[0], 1)

        def x(year: int) -> float:
            return left + 12 + (WIDTH - left - right - 12) * ((year - years[0]) / span if len(years) > 1 else 0.5)

        def y(value: float) -> float:
            return top + (height - top - bottom) * (1 - (value - scale[0]) / (scale[-1] - scale[0]))

        parts = [self._legend()]
        for tick, label in zip(scale, labels, strict=True):
            parts.append(svg.tag("path", d=svg.path([(left, y(tick)), (WIDTH - right + 8, y(tick))]), stroke=svg.GRID))
            parts.append(svg.text(left - 6, y(tick) + 6, label, text_anchor="end"))
        for year in _labelled(years, (WIDTH - left - right - 12) / span):
            parts.append(svg.text(x(year), height - 6, str(year), text_anchor="middle"))
        for gap in self.gaps:
            before = [year for year in years if year < gap.year]
            if before:
                middle = (x(before[-1]) + x(max(gap.year, before[-1]))) / 2
                stroke = {"stroke": svg.OTHERS, "stroke_dasharray": "2 4"}
                parts.append(svg.tag("path", d=svg.path([(middle, top), (middle, height - bottom)]), **stroke))
        ends: list[tuple[float, str, str]] = []
        for line in sorted(self.lines, key=lambda line: line.here):
            parts.append(self._draw(line, x, y))
            last, words = self._end(line)
            if last is not None:
                ends.append((y(last), words, svg.HERE if line.here else svg.OTHERS))
        for at, words, colour in _apart(ends, svg.SIZE + 2, height - bottom):
            parts.append(svg.text(WIDTH - right + 10, at + 6, words, fill=colour, font_weight="bold"))
        return WIDTH, height, "".join(parts)

    def _end(self, line: Line) -> tuple[float | None, str]:
        """The last value of a line, and how it is written beside it: with its year when another line goes on longer."""
        known = [point for point in line.points if point.value is not None]
        if not known:
            return None, ""
        longest = max(point.year for other in self.lines for point in other.points if point.value is not None)
        words = self.unit.write(known[-1].value)
        return known[-1].value, words if known[-1].year == longest else f"{words} ({known[-1].year})"

    def _legend(self) -> str:
        parts = []
        for row, line in enumerate(self.lines):
            at = 12.0 + 26 * row
            parts.append(svg.tag("path", d=svg.path([(2, at), (30, at)]), **self._stroke(line)))
            parts.append(self._marker(line, 16, at))
            parts.append(svg.text(38, at + 6, svg.shortened(line.name, svg.SIZE, WIDTH - 40)))
        return "".join(parts)

    def _draw(self, line: Line, x: Callable[[int], float], y: Callable[[float], float]) -> str:
        parts = []
        for run in self._runs(line):
            banded = [p for p in run if p.low is not None and p.high is not None]
            if len(banded) > 1:
                edge = [(x(p.year), y(p.high or 0.0)) for p in banded] + [
                    (x(p.year), y(p.low or 0.0)) for p in reversed(banded)
                ]
                fill = svg.HERE_SOFT if line.here else svg.OTHERS_SOFT
                parts.append(svg.tag("path", d=svg.path(edge, close=True), fill=fill, fill_opacity="0.7"))
            points = [(x(p.year), y(p.value)) for p in run if p.value is not None]
            if len(points) > 1:
                parts.append(svg.tag("path", d=svg.path(points), fill="none", **self._stroke(line)))
            if len(self.years) <= 14 or len(points) == 1:
                parts.extend(self._marker(line, at_x, at_y) for at_x, at_y in points)
        return "".join(parts)

    def _others_before(self, line: Line) -> int:
        """How many other places stand before this one: it decides dashes and shape, also in black and white."""
        return sum(not other.here for other in self.lines[: self.lines.index(line)])

    def _stroke(self, line: Line) -> dict[str, object]:
        if line.here:
            return {"stroke": svg.HERE, "stroke_width": 3, "stroke_linejoin": "round"}
        dashes = OTHER_DASHES[self._others_before(line) % len(OTHER_DASHES)]
        return {"stroke": svg.OTHERS, "stroke_width": 2, "stroke_dasharray": dashes}

    def _marker(self, line: Line, x: float, y: float) -> str:
        if line.here:
            return svg.tag("circle", cx=x, cy=y, r=4, fill=svg.HERE)
        if self._others_before(line) % 2:
            triangle = svg.path([(x, y - 4.5), (x + 4.5, y + 3.5), (x - 4.5, y + 3.5)], close=True)
            return svg.tag("path", d=triangle, fill=svg.PAPER, stroke=svg.OTHERS, stroke_width=2)
        return svg.tag("rect", x=x - 3, y=y - 3, width=6, height=6, fill=svg.PAPER, stroke=svg.OTHERS, stroke_width=2)

    def _runs(self, line: Line) -> list[list[LinePoint]]:
        """The stretches within which a line may be drawn: a missing value or a gap ends one."""
        runs: list[list[LinePoint]] = [[]]
        previous: int | None = None
        for point in sorted(line.points, key=lambda point: point.year):
            crossed = previous is not None and any(previous < gap.year <= point.year for gap in self.gaps)
            if crossed or point.value is None:
                runs.append([])
            if point.value is not None:
                runs[-1].append(point)
            previous = point.year
        return [run for run in runs if run]


def _labelled(years: Sequence[int], per_year: float) -> list[int]:
    """The years that are written below the axis: always the last, and as many others at even steps as fit.

    `per_year` is the room that a year has.
    """
    room = svg.width_of("2000", svg.SIZE) * 1.3
    choices = [
        [year for year in years if (years[-1] - year) % step == 0] for step in range(1, years[-1] - years[0] + 1)
    ]
    fitting = [
        choice for choice in choices if all((later - earlier) * per_year >= room for earlier, later in pairwise(choice))
    ]
    return max(fitting, key=len, default=[years[-1]])


def _apart(labels: list[tuple[float, str, str]], room: float, lowest: float) -> list[tuple[float, str, str]]:
    """Labels moved so far apart that none covers another, and none lies below `lowest`."""
    places: list[float] = []
    for at, _, _ in sorted(labels):
        places.append(max(at, places[-1] + room) if places else at)
    limit = lowest
    for i in reversed(range(len(places))):
        places[i] = min(places[i], limit)
        limit = places[i] - room
    return [(at, words, colour) for at, (_, words, colour) in zip(places, sorted(labels), strict=True)]
