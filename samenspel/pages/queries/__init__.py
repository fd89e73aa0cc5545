# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages read: figures of an area beside those of the country, and outcomes beside what is expected."""

from samenspel.pages.queries.figures import (
    Compared,
    ancestors,
    compare,
    districts_and_neighbourhoods,
    figures_by_topic,
    latest_by_group,
    latest_of_parts,
    municipality_by_name,
    parts_by_name,
    parts_of,
)
from samenspel.pages.queries.outcomes import (
    Alike,
    Outcome,
    beside,
    comparison_of,
    estimates_of_parts,
    is_compared,
    outcome,
    outcomes_of,
    version,
    why_not_similar,
)

__all__ = [
    "Alike",
    "Compared",
    "Outcome",
    "ancestors",
    "beside",
    "compare",
    "comparison_of",
    "districts_and_neighbourhoods",
    "estimates_of_parts",
    "figures_by_topic",
    "is_compared",
    "latest_by_group",
    "latest_of_parts",
    "municipality_by_name",
    "outcome",
    "outcomes_of",
    "parts_by_name",
    "parts_of",
    "version",
    "why_not_similar",
]
