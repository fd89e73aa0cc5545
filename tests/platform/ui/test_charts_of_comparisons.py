# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Charts of a comparison: ranges lie where their numbers say, tables carry the same, and nothing is put in order."""

import math
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspel.platform.ui.charts import (
    AreaMap,
    AreaValue,
    Chart,
    ExpectedPeriod,
    ExpectedRange,
    FunnelLimit,
    FunnelPlot,
    FunnelPoint,
    IntervalBar,
    IntervalBars,
    Unit,
    figure,
    shapes_from_geojson,
)
from samenspel.platform.ui.charts.axis import RAMP, SOFT, Axis
from samenspel.platform.ui.charts.figure import drawing
from samenspel.platform.ui.gallery import example_boundaries, example_charts

SVG = "{http://www.w3.org/2000/svg}"
PEOPLE = Unit("inwoners")


def drawn(chart: Chart) -> ElementTree.Element:
    """The drawing, read as XML: it must be well formed."""
    return ElementTree.fromstring(drawing(chart, "k"))


def example(kind: type[Chart]) -> Chart:
    return next(chart for chart in example_charts() if isinstance(chart, kind))


def test_the_band_of_the_expected_and_the_point_of_the_observed_lie_where_their_numbers_say() -> None:
    chart = ExpectedRange("Wmo", PEOPLE, "geteld", "verwacht", (ExpectedPeriod("2024", 432, 400, 460, 410, 370, 450),))
    scale = Axis.around([432, 400, 460, 410, 370, 450], 16, 344)
    band = [r for r in drawn(chart).iter(f"{SVG}rect") if r.get("fill") == "url(#k-band)"][-1]
    start, width = float(band.get("x", 0)), float(band.get("width", 0))
    # The limits lie within the soft ends, where the band is half as strong as in its middle.
    assert start + RAMP / 2 * width == pytest.approx(scale.place(370), abs=0.3)
    assert start + (1 - RAMP / 2) * width == pytest.approx(scale.place(450), abs=0.3)
    point = list(drawn(chart).iter(f"{SVG}circle"))[-1]
    assert float(point.get("cx", 0)) == pytest.approx(scale.place(432), abs=0.1)
    assert list(chart.table().rows[0]) == ["2024", "432", "400 en 460", "410", "370 en 450"]
    assert chart.description() == "2024: geteld 432 (tussen 400 en 460), verwacht 410 (tussen 370 en 450)."


def test_soft_ends_fade_to_nothing() -> None:
    gradients = list(drawn(example(ExpectedRange)).iter(f"{SVG}linearGradient"))
    assert len(gradients) == 2
    for gradient in gradients:
        strengths = [float(stop.get("stop-opacity", 0)) for stop in gradient.iter(f"{SVG}stop")]
        assert strengths[0] == strengths[-1] == 0 and max(strengths) == 1
    assert pytest.approx(SOFT) == RAMP / 2 * (1 + 2 * SOFT)


NUMBER = st.floats(0, 1e7)
TRIPLE = st.tuples(NUMBER, NUMBER, NUMBER).map(lambda three: sorted(three))


@given(st.lists(st.tuples(TRIPLE, TRIPLE), min_size=1, max_size=4))
def test_any_expected_range_can_be_drawn(periods: list[tuple[list[float], list[float]]]) -> None:
    found = tuple(
        ExpectedPeriod(str(2020 + i), seen[1], seen[0], seen[2], band[1], band[0], band[2])
        for i, (seen, band) in enumerate(periods)
    )
    html = figure(ExpectedRange("Wmo", PEOPLE, "geteld", "verwacht", found))
    assert not re.search(r'"-?(nan|inf)', html)


def funnel(points: list[FunnelPoint], here: FunnelPoint | None = None) -> FunnelPlot:
    limits = tuple(
        FunnelLimit(size, *(math.exp(z * math.sqrt(1 / size + 0.01)) for z in (-1.96, 1.96, -3.09, 3.09)))
        for size in (5.0, 50.0, 500.0, 5000.0)
    )
    return FunnelPlot("Trechter", "gemeenten", tuple(points), limits, here, "Hier")


def test_a_funnel_counts_every_area_once_and_names_only_here() -> None:
    spread = math.sqrt(1 / 50 + 0.01)
    ratios = [1.0, math.exp(1.9 * spread), math.exp(2.5 * spread), math.exp(-2.5 * spread), math.exp(4 * spread)]
    chart = funnel([FunnelPoint(50, ratio) for ratio in ratios], FunnelPoint(500, 1.02))
    assert chart._counts() == (3, 2, 1)
    assert [row[1] for row in chart.table().rows] == ["3", "2", "1"]
    assert "Van de 6 gemeenten liggen er 3 binnen de bandbreedte." in chart.description()
    assert "Hier: 1,02 keer het verwachte aantal van 500." in chart.description()
    html = figure(chart)
    assert "Niet één waarde is gewoon, maar een bandbreedte." in html
    # One path holds all other areas: no name, no title and no order to read in it.
    dots = [p for p in drawn(chart).iter(f"{SVG}path") if p.get("stroke-linecap") == "round"]
    assert len(dots) == 1 and (dots[0].get("d") or "").count("M") == 5


def test_the_limits_of_a_funnel_hold_between_the_sizes_that_are_given() -> None:
    chart = funnel([FunnelPoint(10, 1.0)])
    assert chart._limit(50).high == pytest.approx(chart.limits[1].high)
    assert chart.limits[1].high > chart._limit(150).high > chart.limits[2].high
    assert chart._limit(1) == chart.limits[0] and chart._limit(1e9) == chart.limits[-1]


@given(st.floats(5, 5000), st.floats(5, 5000))
def test_a_larger_area_never_has_a_wider_band(one: float, other: float) -> None:
    chart = funnel([FunnelPoint(10, 1.0)])
    small, large = sorted((one, other))
    assert chart._limit(large).high <= chart._limit(small).high * (1 + 1e-12)
    assert chart._limit(large).wide_low >= chart._limit(small).wide_low * (1 - 1e-12)


@given(
    st.lists(st.tuples(st.floats(0.01, 1e6), st.floats(0, 100)), min_size=1, max_size=30),
    st.none() | st.tuples(st.floats(0.01, 1e6), st.floats(0, 100)),
)
def test_any_funnel_can_be_drawn(points: list[tuple[float, float]], here: tuple[float, float] | None) -> None:
    chart = funnel([FunnelPoint(*point) for point in points], FunnelPoint(*here) if here else None)
    assert sum(chart._counts()) == len(points) + (here is not None)
    assert not re.search(r'"-?(nan|inf)', figure(chart))


def test_interval_bars_keep_the_order_given_and_tell_their_kinds_apart_without_colour() -> None:
    chart = example(IntervalBars)
    assert isinstance(chart, IntervalBars)
    names = re.findall(r'<th scope="row">([^<]+)', figure(chart))
    assert names == ["Wijk 1", "Wijk 2", "Wijk 3", "Wijk 4", "Wijk zonder cijfer", "Nederland"]
    cells = [str(cell) for row in chart.table().rows for cell in row]
    assert "43,0\u00a0% (tussen 40,0\u00a0% en 46,5\u00a0%) (onzeker)" in cells and "geen cijfer" in cells
    root = drawn(chart)
    circles = list(root.iter(f"{SVG}circle"))
    squares = [r for r in root.iter(f"{SVG}rect") if r.get("width") == "9"]
    assert len(circles) == len(squares) == 5, "four districts and the legend, each once as point and as open square"


def test_here_is_a_circle_among_squares() -> None:
    bars = (IntervalBar("Assen", 40, 35, 45), IntervalBar("Hier", 42, 38, 46, here=True))
    root = drawn(IntervalBars("Gelijkend", PEOPLE, "Gemeente", bars, "per 1.000"))
    assert len(list(root.iter(f"{SVG}circle"))) == 1
    assert [r.get("width") for r in root.iter(f"{SVG}rect")].count("10") == 1


@given(
    st.lists(
        st.one_of(st.none(), TRIPLE),
        min_size=1,
        max_size=8,
    ),
    st.none() | NUMBER,
)
def test_any_interval_bars_can_be_drawn(found: list[list[float] | None], reference: float | None) -> None:
    bars = tuple(
        IntervalBar(f"Wijk {i}", None) if one is None else IntervalBar(f"Wijk {i}", one[1], one[0], one[2])
        for i, one in enumerate(found)
    )
    chart = IntervalBars("Wijken", PEOPLE, "Wijk", bars, "waarde", reference=reference, reference_name="Nederland")
    html = figure(chart)
    assert bool(html) != chart.is_empty()
    assert not re.search(r'"-?(nan|inf)', html)


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=20))
def test_an_axis_keeps_the_order_of_values_and_stays_in_the_picture(values: list[float]) -> None:
    scale = Axis.around(values, 16, 344)
    places = [scale.place(value) for value in sorted(values)]
    assert all(later >= earlier for earlier, later in pairwise(places))
    assert all(16 <= place <= 344 for place in places)
    assert min(values) < 0 or scale.low >= 0


def test_a_map_writes_the_range_of_a_district_in_its_table_and_its_name() -> None:
    shapes, height = shapes_from_geojson(example_boundaries())
    first = AreaValue(shapes[0].code, 40.0, uncertain=True, low=30.0, high=51.0)
    chart = AreaMap(
        "Kaart", Unit("procent", "percent"), shapes, (first, AreaValue(shapes[1].code, 45.0)), height, "Wijk"
    )
    assert chart.table().rows[0][1] == "40\u00a0% (tussen 30\u00a0% en 51\u00a0%) (onzeker)"
    assert chart.table().rows[1][1] == "45\u00a0%"
    assert "tussen 30\u00a0% en 51\u00a0%" in drawing(chart, "k")


def test_expected_values_stand_beside_the_values() -> None:
    bars = (IntervalBar("Zwolle", 88.0, 86.0, 90.0, here=True, expected=68.0), IntervalBar("Ede", None))
    chart = IntervalBars("Hulp", Unit("per 1.000"), "Gemeente", bars, "hulp", expected="verwacht")
    assert [column.label for column in chart.table().columns][-1] == "verwacht"
    assert next(row[-1] for row in chart.table().rows) == "68"
    _width, _height, drawn = chart.svg("x")
    assert "verwacht" in drawn
    plain = IntervalBars("Hulp", Unit("per 1.000"), "Gemeente", bars, "hulp")
    assert len(plain.table().columns) == 2 and "verwacht" not in plain.svg("x")[2]
