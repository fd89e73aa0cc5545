# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other storeys may use of the figures. Keep it small and stable."""

from samenspel.figures.areas.queries import (
    area_by_slug,
    children,
    current_municipalities,
    find_areas,
    geometry,
    get_area,
    municipality_of,
    slug,
)
from samenspel.figures.types import (
    COUNTRY_CODE,
    Area,
    AreaLevel,
    AreaMatch,
    Break,
    NoGeometry,
    Observation,
    Point,
    Series,
    Status,
    Succession,
    UnknownArea,
    normalise_period,
    period_years,
)

__all__ = [
    "COUNTRY_CODE",
    "Area",
    "AreaLevel",
    "AreaMatch",
    "Break",
    "NoGeometry",
    "Observation",
    "Point",
    "Series",
    "Status",
    "Succession",
    "UnknownArea",
    "area_by_slug",
    "children",
    "current_municipalities",
    "find_areas",
    "geometry",
    "get_area",
    "municipality_of",
    "normalise_period",
    "period_years",
    "slug",
]
