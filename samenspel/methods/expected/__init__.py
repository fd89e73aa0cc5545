# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Case-mix models of expected use: what use the residents of an area lead one to expect, learnt from other areas.

    terms = [spline("age_75_plus", age), linear("single", single)]
    model = cross_fit(design(terms, {"age_75_plus": age, "single": single}),
                      rounded_rate(rate, people, step=1, base=5), people, groups=province)
    model.expected                      # people, for each area, learnt from the other provinces
    share_explained(observed, model.expected, people)

Only the composition of the residents belongs among the characteristics, never policy or supply: what is explained
away cannot be compared any more. High or low use is neither good nor bad policy; it points to what is not in the model.
"""

from samenspel.methods.expected.counts import Published, exact, rounded, rounded_rate, secret
from samenspel.methods.expected.crossfit import CrossFit, cross_fit
from samenspel.methods.expected.diagnostics import (
    Calibration,
    Moran,
    ResidualRow,
    calibration_slope,
    deviance_explained,
    morans_i,
    residual_table,
    share_explained,
)
from samenspel.methods.expected.families import (
    BetaBinomial,
    Binomial,
    NegativeBinomial,
    Poisson,
    theta_standard_error,
)
from samenspel.methods.expected.fit import Fit, NotConverged, fit
from samenspel.methods.expected.posterior import AreaRates, area_rates
from samenspel.methods.expected.terms import Design, Linear, Spline, design, linear, spline

__all__ = [
    "AreaRates",
    "BetaBinomial",
    "Binomial",
    "Calibration",
    "CrossFit",
    "Design",
    "Fit",
    "Linear",
    "Moran",
    "NegativeBinomial",
    "NotConverged",
    "Poisson",
    "Published",
    "ResidualRow",
    "Spline",
    "area_rates",
    "calibration_slope",
    "cross_fit",
    "design",
    "deviance_explained",
    "exact",
    "fit",
    "linear",
    "morans_i",
    "residual_table",
    "rounded",
    "rounded_rate",
    "secret",
    "share_explained",
    "spline",
    "theta_standard_error",
]
