# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other storeys may use of the outcomes. Keep it small and stable.

`contributions` holds texts of people about figures: `contributions.send`, `contributions.register_subject_kind`, …
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from samenspel.outcomes.comparing.queries import (
    change,
    compared_indicators,
    comparing_version,
    comparison,
    comparisons,
    model_summaries,
    model_summary,
    parts,
    similar,
)
from samenspel.outcomes.comparing.store import bring_up_to_date
from samenspel.outcomes.comparing.types import (
    Change,
    Characteristic,
    Coefficient,
    Comparison,
    Interval,
    ModelSummary,
    NoComparison,
    PartEstimate,
    SimilarArea,
    UsedCharacteristic,
    Verdict,
)

if TYPE_CHECKING:
    from samenspel.outcomes.contributions import service as contributions

# What needs Django's models is loaded when it is used, so that a command can start without Django.
_LATER = {
    "contributions": "samenspel.outcomes.contributions.service",
}

__all__ = [
    "Change",
    "Characteristic",
    "Coefficient",
    "Comparison",
    "Interval",
    "ModelSummary",
    "NoComparison",
    "PartEstimate",
    "SimilarArea",
    "UsedCharacteristic",
    "Verdict",
    "bring_up_to_date",
    "change",
    "compared_indicators",
    "comparing_version",
    "comparison",
    "comparisons",
    "contributions",
    "model_summaries",
    "model_summary",
    "parts",
    "similar",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(_LATER[name])
