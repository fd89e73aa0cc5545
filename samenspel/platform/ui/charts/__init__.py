# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Charts and maps: plain frozen data in, an accessible `<figure>` out, with the same values in a table.

`figure(chart)` draws any of `LineChart`, `BarChart`, `Distribution`, `AreaMap`, `ExpectedRange`, `FunnelPlot` and
`IntervalBars`.
"""

from samenspel.platform.ui.charts.bars import Bar, BarChart
from samenspel.platform.ui.charts.distribution import Distribution
from samenspel.platform.ui.charts.figure import Chart, figure
from samenspel.platform.ui.charts.funnel import FunnelLimit, FunnelPlot, FunnelPoint
from samenspel.platform.ui.charts.intervals import IntervalBar, IntervalBars
from samenspel.platform.ui.charts.lines import Gap, Line, LineChart, LinePoint
from samenspel.platform.ui.charts.maps import AreaMap, AreaShape, AreaValue, shapes_from_geojson
from samenspel.platform.ui.charts.ranges import ExpectedPeriod, ExpectedRange
from samenspel.platform.ui.charts.text import Unit

__all__ = [
    "AreaMap",
    "AreaShape",
    "AreaValue",
    "Bar",
    "BarChart",
    "Chart",
    "Distribution",
    "ExpectedPeriod",
    "ExpectedRange",
    "FunnelLimit",
    "FunnelPlot",
    "FunnelPoint",
    "Gap",
    "IntervalBar",
    "IntervalBars",
    "Line",
    "LineChart",
    "LinePoint",
    "Unit",
    "figure",
    "shapes_from_geojson",
]
