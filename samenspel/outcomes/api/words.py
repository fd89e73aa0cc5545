# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Dutch words of the API for the English words of the comparisons."""

from collections.abc import Mapping
from enum import StrEnum

from samenspel.outcomes.comparing.types import Verdict


class Uitkomst(StrEnum):
    """On which side of the expected range the observed number lies."""

    BINNEN = "binnen-verwachting"
    HOGER = "meer-dan-verwacht"
    LAGER = "minder-dan-verwacht"


OUTCOME_WORDS: Mapping[Verdict, Uitkomst] = {
    Verdict.WITHIN: Uitkomst.BINNEN,
    Verdict.HIGHER: Uitkomst.HOGER,
    Verdict.LOWER: Uitkomst.LAGER,
}


class RedenGeenVergelijking(StrEnum):
    """Why there is no comparison, as the API writes it."""

    GEEN_GEMEENTE = "geen-gemeente"
    REKENMODEL = "rekenmodel"
    ZIE_AANDEEL = "zie-aandeel"
    GEEN_UITKOMST = "geen-uitkomst"
    GEEN_MODEL = "geen-model"
    TE_WEINIG_GEMEENTEN = "te-weinig-gemeenten"
    TE_KLEIN = "te-klein"
    BESTOND_NIET = "bestond-niet"
    GEEN_CIJFER = "geen-cijfer"
    KENMERKEN_ONBEKEND = "kenmerken-onbekend"


REASON_WORDS: Mapping[str, RedenGeenVergelijking] = {
    "not_a_municipality": RedenGeenVergelijking.GEEN_GEMEENTE,
    "model_estimate": RedenGeenVergelijking.REKENMODEL,
    "see_rate": RedenGeenVergelijking.ZIE_AANDEEL,
    "not_an_outcome": RedenGeenVergelijking.GEEN_UITKOMST,
    "no_model": RedenGeenVergelijking.GEEN_MODEL,
    "too_few_areas": RedenGeenVergelijking.TE_WEINIG_GEMEENTEN,
    "too_small": RedenGeenVergelijking.TE_KLEIN,
    "not_existing": RedenGeenVergelijking.BESTOND_NIET,
    "no_figure": RedenGeenVergelijking.GEEN_CIJFER,
    "no_characteristics": RedenGeenVergelijking.KENMERKEN_ONBEKEND,
}
