# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A map in a few quiet steps. Hatched where it is uncertain, dotted where there is no figure. It never ranks."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext

from samenspel.platform.ui.charts import svg
from samenspel.platform.ui.charts.text import Note, Unit
from samenspel.platform.ui.components import Column, Link, Table

WIDTH = 400.0
TALLEST = 460.0
GRID = 0.5  # outlines are in whole steps of this
STEPS = ("#eff5fa", "#c8deee", "#92bfdd", "#4c93c3", "#1a5f93")
EDGE = "#66717d"


@dataclass(frozen=True, slots=True)
class AreaShape:
    """The outline of one area, in steps of the drawing's grid."""

    code: str
    name: str
    outline: str


@dataclass(frozen=True, slots=True)
class AreaValue:
    """The value of one area (None: the publisher gives no figure); `url` is the page about the area.

    `low` and `high`: between which values it lies, as far as that is known.
    """

    code: str
    value: float | None
    uncertain: bool = False
    url: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class AreaMap:
    """Areas coloured by a value. `shapes` comes from `shapes_from_geojson`; `here` is the code to outline."""

    title: str
    unit: Unit
    shapes: tuple[AreaShape, ...]
    values: tuple[AreaValue, ...]
    height: float
    area: str
    here: str = ""
    label: str = ""

    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.shapes or all(value.value is None for value in self.values)

    def _known(self) -> dict[str, AreaValue]:
        return {value.code: value for value in self.values}

    def _limits(self) -> list[float]:
        """The values that part the steps: round, at most four, between the outermost tenths of the areas."""
        shown = {shape.code for shape in self.shapes}
        ordered = sorted(v.value for v in self.values if v.value is not None and v.code in shown)
        if not ordered or ordered[0] == ordered[-1]:
            return []
        last = len(ordered) - 1
        low, high = ordered[round(last * 0.1)], ordered[round(last * 0.9)]
        if low == high:
            low, high = ordered[0], ordered[-1]
        for about in range(len(STEPS) + 1, 0, -1):
            limits = [tick for tick in svg.ticks(low, high, about) if low < tick < high]
            if 0 < len(limits) < len(STEPS):
                return limits
        return [high]

    def _steps(self) -> list[tuple[str, str]]:
        """Colour and words of each step."""
        limits = self._limits()
        if not limits:
            return [(STEPS[1], gettext("overal hetzelfde"))]
        places = 0 if all(limit == int(limit) for limit in limits) else 1
        written = [self.unit.write(limit, places) for limit in limits]
        words = [gettext("minder dan %(limit)s") % {"limit": written[0]}]
        words += [gettext("%(low)s tot %(high)s") % {"low": low, "high": high} for low, high in pairwise(written)]
        words.append(gettext("%(limit)s en meer") % {"limit": written[-1]})
        spread = (len(STEPS) - 1) / (len(words) - 1)
        return [(STEPS[round(i * spread)], text) for i, text in enumerate(words)]

    def description(self) -> str:
        """How many areas have a figure, and between which values they lie."""
        known = self._known()
        found = [known[s.code].value for s in self.shapes if s.code in known]
        numbers = [value for value in found if value is not None]
        words: dict[str, object] = {"known": len(numbers), "all": len(self.shapes)}
        words |= {"low": self.unit.write(min(numbers)), "high": self.unit.write(max(numbers))}
        return (
            gettext("Van %(known)s van de %(all)s gebieden is er een cijfer. Die liggen tussen %(low)s en %(high)s.")
            % words
        )

    def notes(self) -> list[Note]:
        """What a reader must know beside the drawing."""
        return [Note(self.label)] if self.label else []

    def table(self) -> Table:
        """Every area by name, with its value; the names lead to the areas' pages."""
        known = self._known()
        rows: list[list[str | Link]] = []
        for shape in sorted(self.shapes, key=_by_name):
            value = known.get(shape.code)
            shown = self._written(value)
            if value and value.uncertain and value.value is not None:
                shown += " " + gettext("(onzeker)")
            rows.append([Link(shape.name, value.url) if value and value.url else shape.name, shown])
        columns = [Column(self.area), Column(self.unit.in_words, numeric=True)]
        return Table(caption=self.title, columns=columns, rows=rows)

    def _written(self, value: AreaValue | None) -> str:
        """A value with its range, where that is known."""
        shown = self.unit.write(value.value if value else None)
        if value is None or value.value is None or value.low is None or value.high is None:
            return shown
        words = {"low": self.unit.write(value.low), "high": self.unit.write(value.high)}
        return f"{shown} " + gettext("(tussen %(low)s en %(high)s)") % words

    def svg(self, key: str) -> tuple[float, float, str]:
        """Width, height and content of the drawing."""
        known, limits, steps = self._known(), self._limits(), self._steps()
        parts = [_patterns(key)]
        missing = uncertain = False
        for shape in self.shapes:
            value = known.get(shape.code)
            amount = value.value if value else None
            if amount is None:
                missing, fill = True, f"url(#{key}-none)"
            else:
                fill = steps[sum(amount >= limit for limit in limits)][0]
            name = f"<title>{escape(shape.name)}: {escape(self._written(value))}</title>"
            parts.append(svg.tag("path", name, d=shape.outline, fill=fill))
            if value and value.uncertain and amount is not None:
                uncertain = True
                parts.append(svg.tag("path", d=shape.outline, fill=f"url(#{key}-unsure)", pointer_events="none"))
        drawn = [svg.tag("g", "".join(parts), stroke=EDGE, stroke_width="1.1", stroke_linejoin="round")]
        for shape in self.shapes:
            if shape.code == self.here:
                outline = {"fill": "none", "stroke": svg.INK, "stroke_width": 5, "stroke_linejoin": "round"}
                drawn.append(svg.tag("path", d=shape.outline, **outline))
        legend = list(steps)
        if missing:
            legend.append((f"url(#{key}-none)", gettext("geen cijfer")))
        if uncertain:
            legend.append((f"url(#{key}-unsure)", gettext("onzeker: de echte waarde kan anders zijn")))
        words_drawn = []
        at = self.height + 20
        for colour, words in legend:
            box = {"x": 1 / GRID, "y": at / GRID, "width": 28 / GRID, "height": 17 / GRID}
            drawn.append(svg.tag("rect", **box, fill=colour, stroke=EDGE, stroke_width=2))
            words_drawn.append(svg.text(38, at + 14, words))
            at += 27
        # Areas and legend share one system of coordinates, because hatching is drawn in that of its user.
        return WIDTH, at, svg.tag("g", "".join(drawn), transform=f"scale({GRID})") + "".join(words_drawn)


def _by_name(shape: AreaShape) -> tuple[list[tuple[int, str]], str]:
    """Alphabetical, with numbers in names in their own order: "Wijk 2" before "Wijk 10"."""
    parts = re.findall(r"\d+|\D+", shape.name.casefold())
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts], shape.code


def _patterns(key: str) -> str:
    """Dots on paper for no figure; over a colour, dark lines with a light one beside them, seen on any step."""
    paper = svg.tag("rect", width=14, height=14, fill=svg.PAPER, stroke="none")
    dots = paper + svg.tag("circle", cx=5, cy=5, r="1.8", fill=svg.OTHERS, stroke="none")
    lines = svg.tag("path", d="M2.5,0V16", stroke=svg.INK, stroke_width=3)
    lines += svg.tag("path", d="M5.5,0V16", stroke=svg.PAPER, stroke_width=3)
    missing = {"width": 14, "height": 14, "patternUnits": "userSpaceOnUse"}
    unsure = {"width": 16, "height": 16, "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    return svg.tag(
        "defs",
        svg.tag("pattern", dots, id=f"{key}-none", **missing) + svg.tag("pattern", lines, id=f"{key}-unsure", **unsure),
    )


def shapes_from_geojson(geojson: dict[str, Any]) -> tuple[tuple[AreaShape, ...], float]:
    """The areas of a GeoJSON FeatureCollection as outlines, and the height of the drawing they need.

    Each feature has the properties `code` and `name` and a Polygon or MultiPolygon in degrees (WGS 84). The map is
    drawn with degrees of longitude shortened by the cosine of the middle latitude: over the Netherlands the widths are
    then off by three percent at most. Corners are moved to a grid that is finer than the eye sees, the same for
    neighbours, so that shared borders stay shared; specks are left out, but an area keeps at least its largest ring.
    Raises ValueError without any coordinates.
    """
    features = [(f["properties"], list(_rings(f["geometry"]))) for f in geojson["features"]]
    points = [point for _, rings in features for ring in rings for point in ring]
    if not points:
        raise ValueError("There are no coordinates to draw")
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    margin = 2.0
    wide, tall = max((east - west) * squeeze, 1e-9), max(north - south, 1e-9)
    scale = min((WIDTH - 2 * margin) / wide, (TALLEST - 2 * margin) / tall)
    inset = (WIDTH - wide * scale) / 2
    # Many areas are small: a corner more or less does not show, and the page stays light.
    grid = GRID * (2 if len(features) > 150 else 1)

    def placed(lon: float, lat: float) -> tuple[int, int]:
        x, y = inset + (lon - west) * squeeze * scale, margin + (north - lat) * scale
        return round(x / grid) * round(grid / GRID), round(y / grid) * round(grid / GRID)

    shapes = []
    for properties, rings in features:
        drawn = sorted((_straightened([placed(lon, lat) for lon, lat, *_ in ring]) for ring in rings), key=_size)
        kept = [ring for ring in drawn[:-1] if _size(ring) * GRID**2 > 2] + drawn[-1:]
        outline = "".join(_relative(ring) for ring in kept)
        shapes.append(AreaShape(code=str(properties["code"]), name=str(properties["name"]), outline=outline))
    return tuple(sorted(shapes, key=lambda shape: shape.code)), tall * scale + 2 * margin


def _rings(geometry: dict[str, Any] | None) -> Iterator[list[list[float]]]:
    if geometry is None:
        return
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        yield from polygon


def _straightened(ring: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ring without points that coincide with the one before or lie on a straight line between their neighbours."""
    kept: list[tuple[int, int]] = []
    for point in ring:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1:
            (ax, ay), (bx, by) = kept[-2], kept[-1]
            if (bx - ax) * (point[1] - by) == (by - ay) * (point[0] - bx):
                kept.pop()
        kept.append(point)
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept


def _relative(ring: list[tuple[int, int]]) -> str:
    """A closed path in steps from point to point, which is a third of the size of one in coordinates."""
    steps = " ".join(f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(ring))
    return f"M{ring[0][0]} {ring[0][1]}l{steps}z".replace(" -", "-")


def _size(ring: list[tuple[int, int]]) -> float:
    """The area of a ring (shoelace formula)."""
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True))) / 2
