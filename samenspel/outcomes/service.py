# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other storeys may use of the outcomes. Keep it small and stable."""

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
    Verdict,
)

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
    "Verdict",
]
