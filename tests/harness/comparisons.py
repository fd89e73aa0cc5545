# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Hand-made comparisons, for tests of what is said and drawn of them."""

from dataclasses import replace
from typing import Any

from samenspel.outcomes.service import (
    Change,
    Characteristic,
    Coefficient,
    Comparison,
    Interval,
    ModelSummary,
    PartEstimate,
    SimilarArea,
    Verdict,
)

OLDER = Characteristic(
    "age_80_plus_share",
    "Inwoners van 80 jaar en ouder",
    3.9,
    4.9,
    "percent",
    0.94,
    factor_interval=Interval(0.91, 0.97),
)
ALONE = Characteristic(
    "single_person_share",
    "Huishoudens van één persoon",
    43.1,
    39.4,
    "percent",
    1.03,
    factor_interval=Interval(1.01, 1.05),
)
INCOME = Characteristic(
    "standardised_income_mean",
    "Inkomen per huishouden",
    33100.0,
    33050.0,
    "euro",
    0.999,
    factor_interval=Interval(0.99, 1.01),
)

WITHIN = Comparison(
    area="GM0193",
    indicator="wmo_clients_per_1000",
    period="2022",
    unit="persons",
    base=130_668.0,
    observed=432.0,
    observed_interval=Interval(393.0, 474.0),
    expected=410.0,
    expected_range=Interval(371.0, 449.0),
    ratio=432 / 410,
    ratio_interval=Interval(393 / 410, 474 / 410),
    verdict=Verdict.WITHIN,
    flagged=False,
    probability_that_matters=0.2,
    chance_flags=0.684,
    compared_areas=342,
    places=(90, 270),
    characteristics=(ALONE, OLDER, INCOME),
    method_version="1",
    flagged_areas=9,
    areas_within=312,
    country_use=360.0,
)

HIGHER = replace(
    WITHIN,
    observed=621.0,
    observed_interval=Interval(573.0, 672.0),
    ratio=621 / 410,
    ratio_interval=Interval(573 / 410, 672 / 410),
    verdict=Verdict.HIGHER,
    flagged=True,
    probability_that_matters=0.99,
    places=(3, 40),
)

MODEL = ModelSummary(
    indicator="wmo_clients_per_1000",
    period="2022",
    family="negative binomial",
    areas=342,
    explained=0.52,
    calibration_slope=1.02,
    between_areas_sd=0.18,
    residual_moran=0.21,
    coefficients=(
        Coefficient("age_80_plus_share", "Inwoners van 80 jaar en ouder", 0.08, 0.05, 0.11),
        Coefficient("single_person_share", "Huishoudens van één persoon", 0.03, -0.01, 0.07),
    ),
    method_version="1",
)

CHANGE = Change("GM0193", "wmo_clients_per_1000", "2021", "2022", 1.06, Interval(0.98, 1.14), 1.03, clear=False)

SIMILAR = (
    SimilarArea("GM0200", 0.9, 0.95, True, ("evenveel mensen wonen alleen",)),
    SimilarArea("GM0150", 0.6, 1.0, True, ("ongeveer even stedelijk", "ongeveer even oud")),
)

PARTS = (
    PartEstimate("WK019310", "2022", 62.0, Interval(50.0, 76.0), 66.0, Interval(58.0, 75.0), uncertain=False),
    PartEstimate("WK019311", "2022", 120.0, Interval(60.0, 215.0), 84.0, Interval(55.0, 130.0), uncertain=True),
)


def like(found: Comparison, **changes: Any) -> Comparison:
    """The comparison with some of it changed."""
    return replace(found, **changes)
