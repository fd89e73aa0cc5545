# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Charts and maps: plain frozen data in, an accessible `<figure>` out, with the same values in a table.

`figure(chart)` draws any of `LineChart`, `BarChart`, `Distribution` and `AreaMap`.
"""

from samenspel.platform.ui.charts.bars import Bar, BarChart
from samenspel.platform.ui.charts.distribution import Distribution
from samenspel.platform.ui.charts.figure import Chart, figure
from samenspel.platform.ui.charts.lines import Gap, Line, LineChart, LinePoint
from samenspel.platform.ui.charts.maps import AreaMap, AreaShape, AreaValue, shapes_from_geojson
from samenspel.platform.ui.charts.text import Unit

__all__ = [
    "AreaMap",
    "AreaShape",
    "AreaValue",
    "Bar",
    "BarChart",
    "Chart",
    "Distribution",
    "Gap",
    "Line",
    "LineChart",
    "LinePoint",
    "Unit",
    "figure",
    "shapes_from_geojson",
]
