# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Charts carry the same values as their tables, say in Dutch what they are, and break no content security policy."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samenspel.platform.ui.charts import (
    AreaMap,
    AreaValue,
    BarChart,
    Chart,
    Distribution,
    Gap,
    Line,
    LineChart,
    LinePoint,
    Unit,
    figure,
    shapes_from_geojson,
    svg,
)
from samenspel.platform.ui.charts import bars as bars_module
from samenspel.platform.ui.charts.figure import _drawn, drawing
from samenspel.platform.ui.gallery import example_boundaries, example_charts

SVG = "{http://www.w3.org/2000/svg}"
PERCENT = Unit("procent", "percent", 1)
HOSTILE = "<script>alert('x')</script>\" onload=\"y"


def drawn(chart: Chart) -> ElementTree.Element:
    """The drawing, read as XML: it must be well formed."""
    return ElementTree.fromstring(drawing(chart, "k"))


def words(chart: Chart) -> list[str]:
    return [element.text or "" for element in drawn(chart).iter(f"{SVG}text")]


def cells(chart: Chart) -> list[str]:
    return [str(cell) for row in chart.table().rows for cell in row]


EXAMPLES = pytest.mark.parametrize("chart", example_charts(), ids=lambda chart: type(chart).__name__)


@EXAMPLES
def test_a_drawing_is_one_picture_with_a_title_and_a_description(chart: Chart) -> None:
    root = drawn(chart)
    assert root.get("role") == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and title.text == chart.title
    assert description is not None and description.text == chart.description()
    assert root.get("aria-labelledby") == title.get("id")
    assert root.get("aria-describedby") == description.get("id")
    inner = {name for element in root.iter() if element is not root for name in element.keys()}  # noqa: SIM118
    assert not {name for name in inner if name.startswith("aria-") or name == "role"}


@EXAMPLES
def test_a_drawing_has_no_style_no_script_and_no_foreign_address(chart: Chart) -> None:
    html = figure(chart)
    assert not re.search(r"\sstyle=|<style|<script|\son[a-z]+=|javascript:", html)
    assert not re.search(r"(href|src)=\"https?:", html)
    assert not re.search(r"\b(axis|titled|chart|mark|legend|value)\b", chart.description(), re.IGNORECASE)


@EXAMPLES
def test_equal_content_gives_equal_bytes(chart: Chart) -> None:
    first = figure(chart)
    _drawn.cache_clear()
    assert figure(chart) == first


@EXAMPLES
def test_ids_are_unique_when_a_chart_stands_twice_on_a_page(chart: Chart) -> None:
    page = figure(chart) + figure(chart, name="again")
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    targets = re.findall(r'(?:url\(#|aria-labelledby="|aria-describedby=")([^)"]+)', page)
    assert set(targets) <= set(ids)


@EXAMPLES
def test_everything_stays_within_the_picture(chart: Chart) -> None:
    width, height, _ = chart.svg("k")
    for element in drawn(chart).iter(f"{SVG}text"):
        x, y, text = float(element.get("x", 0)), float(element.get("y", 0)), element.text or ""
        room = svg.width_of(text, svg.SIZE)
        left = {"end": x - room, "middle": x - room / 2}.get(element.get("text-anchor", ""), x)
        assert left >= -2 and left + room <= width + 4, text
        assert 0 < y <= height, text


def test_a_line_shows_the_values_of_its_table() -> None:
    chart = LineChart(
        "Hoe gaat het?", PERCENT, (Line("Hier", (LinePoint(2020, 12.34), LinePoint(2024, 15.0)), here=True),)
    )
    assert cells(chart) == ["2020", "12,3\u00a0%", "2024", "15,0\u00a0%"]
    assert "15,0\u00a0%" in words(chart)
    assert chart.description() == "Hier: van 12,3\u00a0% in 2020 naar 15,0\u00a0% in 2024."


def test_values_at_the_end_do_not_cover_each_other_or_the_years() -> None:
    lines = tuple(Line(f"Lijn {n}", (LinePoint(2020, 5.0), LinePoint(2024, n / 100))) for n in range(3))
    chart = LineChart("Hoe gaat het?", PERCENT, lines)
    labels = [e for e in drawn(chart).iter(f"{SVG}text") if e.get("font-weight") == "bold"]
    places = sorted(float(label.get("y", 0)) for label in labels)
    assert all(later - earlier >= svg.SIZE for earlier, later in pairwise(places)) and len(places) == 3
    years = min(float(e.get("y", 0)) for e in drawn(chart).iter(f"{SVG}text") if e.text == "2024")
    assert places[-1] <= years - svg.SIZE


def test_a_line_stops_at_a_missing_value_and_at_a_break() -> None:
    points = [
        LinePoint(2018, 1.0),
        LinePoint(2019, None),
        LinePoint(2020, 2.0),
        LinePoint(2021, 3.0),
        LinePoint(2022, 4.0),
    ]
    chart = LineChart(
        "Hoe gaat het?", PERCENT, (Line("Hier", tuple(points), here=True),), gaps=(Gap(2022, "Andere vragen."),)
    )
    runs = [[point.year for point in run] for run in chart._runs(chart.lines[0])]
    assert runs == [[2018], [2020, 2021], [2022]]
    assert [str(note) for note in chart.notes()] == ["Bij de stippellijn (2022): Andere vragen."]
    assert "geen cijfer" in cells(chart)


def test_each_bar_is_as_long_as_its_value() -> None:
    chart = next(c for c in example_charts() if isinstance(c, BarChart))
    bars = [e for e in drawn(chart).iter(f"{SVG}rect") if e.get("x") == "0.5"]
    values = [value for bar in chart.bars for value in (bar.here, bar.others) if value is not None]
    assert len(bars) == len(values)
    longest = max(float(bar.get("width", 0)) for bar in bars)
    for bar, value in zip(bars, values, strict=True):
        expected = max(longest * value / max(values), 1.5)
        assert float(bar.get("width", 0)) == pytest.approx(expected, abs=0.2)
    assert bars_module.WIDTH == 360


def test_the_shape_of_the_country_counts_every_area_once() -> None:
    chart = next(c for c in example_charts() if isinstance(c, Distribution))
    assert sum(count for _, _, count in chart._bins()) == len(chart.values) == 342
    assert sum(int(row[1]) for row in chart.table().rows if isinstance(row[1], str)) == 342


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60), st.floats(-1e6, 1e6))
def test_any_distribution_is_counted_whole(values: list[float], here: float) -> None:
    chart = Distribution("Spreiding", Unit("iets"), tuple(values), "gemeenten", here=here, here_name="Hier")
    assert sum(count for _, _, count in chart._bins()) == len(values)
    drawn(chart)


@given(
    st.lists(
        st.tuples(st.integers(1900, 2100), st.none() | st.floats(-1e9, 1e9)),
        min_size=1,
        max_size=40,
        unique_by=lambda p: p[0],
    ),
    st.booleans(),
)
def test_any_series_can_be_drawn(points: list[tuple[int, float | None]], from_zero: bool) -> None:
    line = Line("Hier", tuple(LinePoint(year, value) for year, value in points), here=True)
    chart = LineChart("Hoe gaat het?", Unit("iets"), (line,), from_zero=from_zero)
    html = figure(chart)
    assert bool(html) != chart.is_empty()
    assert "nan" not in html and "inf" not in html.lower().replace("infor", "")


@given(st.floats(-1e12, 1e12), st.floats(0, 1e12), st.integers(1, 20))
def test_ticks_are_even_and_span_the_values(low: float, spread: float, about: int) -> None:
    found = svg.ticks(low, low + spread, about)
    step = found[1] - found[0]
    slack = 1e-6 * max(abs(low), abs(low + spread), 1)
    assert found[0] <= low + slack and found[-1] >= low + spread - slack
    assert all(abs((b - a) - step) <= slack for a, b in pairwise(found))


def test_a_map_hatches_what_has_no_figure_and_outlines_here() -> None:
    chart = next(c for c in example_charts() if isinstance(c, AreaMap))
    paths = list(drawn(chart).iter(f"{SVG}path"))
    assert sum(path.get("fill") == "url(#k-none)" for path in paths) == 1
    assert sum(path.get("fill") == "url(#k-unsure)" for path in paths) == 2
    assert sum(path.get("fill") == "none" for path in paths) == 1
    assert {"geen cijfer", "onzeker: de echte waarde kan anders zijn"} <= set(words(chart))


def test_a_map_lists_areas_by_name_not_by_value() -> None:
    chart = next(c for c in example_charts() if isinstance(c, AreaMap))
    names = re.findall(r'<th scope="row">(?:<a [^>]*>)?([^<]+)', figure(chart))
    assert names == [f"Wijk {number}" for number in range(1, 15)]


def test_neighbours_keep_their_shared_border() -> None:
    def square(code: str, west: float) -> dict[str, object]:
        corners = [
            [west, 52.0],
            [west, 52.1],
            [west + 0.1, 52.1],
            [west + 0.1, 52.05],
            [west + 0.1, 52.0],
            [west, 52.0],
        ]
        return {"properties": {"code": code, "name": code}, "geometry": {"type": "Polygon", "coordinates": [corners]}}

    shapes, height = shapes_from_geojson({"features": [square("A", 5.0), square("B", 5.1)]})

    def places(outline: str) -> set[tuple[int, int]]:
        numbers = [int(n) for n in re.findall(r"-?\d+", outline)]
        x, y = numbers[:2]
        found = {(x, y)}
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            found.add((x, y))
        return found

    assert len(places(shapes[0].outline)) == 4, "the corner on a straight line is left out"
    assert len(places(shapes[0].outline) & places(shapes[1].outline)) == 2
    assert 100 < height < 460


def test_a_map_without_coordinates_is_refused() -> None:
    with pytest.raises(ValueError, match="no coordinates"):
        shapes_from_geojson({"features": []})


@given(st.lists(st.none() | st.floats(0, 100), min_size=14, max_size=14))
def test_every_area_falls_in_the_step_that_names_its_value(values: list[float | None]) -> None:
    shapes, height = shapes_from_geojson(example_boundaries())
    pairs = tuple(AreaValue(s.code, v) for s, v in zip(shapes, values, strict=True))
    chart = AreaMap("Kaart", PERCENT, shapes, pairs, height, "Wijk")
    if chart.is_empty():
        assert figure(chart) == ""
        return
    limits = chart._limits()
    assert limits == sorted(limits) and len(limits) <= 4
    steps = chart._steps()
    assert len(steps) == len(limits) + 1 or (not limits and len(steps) == 1)
    fills = {path.get("d"): path.get("fill") for path in reversed(list(drawn(chart).iter(f"{SVG}path")))}
    for shape, value in zip(shapes, values, strict=True):
        step = 0 if value is None else sum(value >= limit for limit in limits)
        assert fills[shape.outline] == ("url(#k-none)" if value is None else steps[step][0])


def test_hostile_names_stay_text() -> None:
    chart = LineChart(HOSTILE, Unit(HOSTILE), (Line(HOSTILE, (LinePoint(2020, 1.0),), here=True),), label=HOSTILE)
    shapes, height = shapes_from_geojson(
        {"features": [f | {"properties": {"code": "A", "name": HOSTILE}} for f in example_boundaries()["features"]]}
    )
    area_map = AreaMap(HOSTILE, PERCENT, shapes, (AreaValue("A", 1.0, url=HOSTILE),), height, HOSTILE)
    for chart_ in (chart, area_map):
        html = figure(chart_)
        assert "<script" not in html

        class Attributes(HTMLParser):
            def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
                assert tag != "script"
                assert not [name for name, _ in attrs if name.startswith("on")]

        Attributes().feed(html)


def test_english_readers_get_english_numbers() -> None:
    chart = LineChart("Hoe gaat het?", PERCENT, (Line("Hier", (LinePoint(2020, 12.34),), here=True),))
    with translation.override("en"):
        assert "12.3%" in figure(chart)
    assert "12,3\u00a0%" in figure(chart)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_numbers_on_the_axis_fit_in_either_language(language: str) -> None:
    """English percentages have no space, and a percent sign is wider than other characters (widths of Arial)."""
    arial = dict.fromkeys("0123456789", 0.556) | {"%": 0.889, ".": 0.278, ",": 0.278, "\u00a0": 0.278}
    chart = LineChart("Hoe gaat het?", PERCENT, (Line("Hier", (LinePoint(2020, 12.3), LinePoint(2024, 61.2))),))
    with translation.override(language):
        root = drawn(chart)
    labels = [e for e in root.iter(f"{SVG}text") if e.get("text-anchor") == "end"]
    assert len(labels) > 2
    for label in labels:
        assert float(label.get("x", 0)) >= svg.SIZE * sum(arial[character] for character in label.text or ""), (
            label.text
        )
