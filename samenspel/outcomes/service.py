# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other storeys may use of the outcomes. Keep it small and stable.

`contributions` holds texts of people about figures: `contributions.send`, `contributions.register_subject_kind`, …
`debate` holds what is said of an indicator: `debate_about(key)` gives it all, `debate.debate_section` in words.
`disclosure` is the one gate for statistics from people's answers: `disclosure.open_family`, `disclosure.release`, …
`stories_beside(indicator, area)` is what the fragment `contributions/beside.html` shows on the page of a figure;
`contributions_about(indicator, area)` is all that was published about it, as frozen data.
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
    why_not_similar,
)
from samenspel.outcomes.comparing.store import bring_up_to_date
from samenspel.outcomes.comparing.types import (
    Change,
    Characteristic,
    CharacteristicValue,
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
    from samenspel.outcomes.contributions.presenters import contributions_about, stories_beside
    from samenspel.outcomes.debate import service as debate
    from samenspel.outcomes.debate.queries import debate_about
    from samenspel.outcomes.disclosure import service as disclosure
    from samenspel.outcomes.opendata import structured as opendata
    from samenspel.outcomes.opendata.releases import make_release

# What needs Django's models is loaded when it is used, so that a command can start without Django: a module, or
# one name of a module after a colon.
_LATER = {
    "contributions": "samenspel.outcomes.contributions.service",
    "debate": "samenspel.outcomes.debate.service",
    "make_release": "samenspel.outcomes.opendata.releases:make_release",
    "opendata": "samenspel.outcomes.opendata.structured",
    "debate_about": "samenspel.outcomes.debate.queries:debate_about",
    "disclosure": "samenspel.outcomes.disclosure.service",
    "contributions_about": "samenspel.outcomes.contributions.presenters:contributions_about",
    "stories_beside": "samenspel.outcomes.contributions.presenters:stories_beside",
}

__all__ = [
    "Change",
    "Characteristic",
    "CharacteristicValue",
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
    "contributions_about",
    "debate",
    "debate_about",
    "disclosure",
    "make_release",
    "model_summaries",
    "model_summary",
    "opendata",
    "parts",
    "similar",
    "stories_beside",
    "why_not_similar",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _colon, attribute = _LATER[name].partition(":")
    loaded = import_module(module)
    return getattr(loaded, attribute) if attribute else loaded
