# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a fitted model to comparisons: ranges, ratios, what is a clear difference, places, what each group does."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from samenspel.methods.expected import Fit
from samenspel.methods.inputs import USUAL, normal_quantile
from samenspel.methods.intervals import count_interval
from samenspel.methods.overdispersion import additive_variance, deviation, flags
from samenspel.methods.ranks import confidence_sets
from samenspel.outcomes.comparing.characteristics import Array
from samenspel.outcomes.comparing.effects import published_effects
from samenspel.outcomes.comparing.modelling import Fitted, prepare
from samenspel.outcomes.comparing.specs import GroupSpec, specs
from samenspel.outcomes.comparing.types import Characteristic, CharacteristicValue, Comparison, Interval, Verdict

# Fewer people expected than this: no comparison.
FEWEST_EXPECTED = 5.0


class Weighed(NamedTuple):
    """Per area of a fitted outcome; numbers are people. `tau` is how areas ordinarily differ, on the log scale."""

    tau: float
    log_ratio: Array
    noise: Array
    observed_lower: Array
    observed_upper: Array
    expected_lower: Array
    expected_upper: Array
    matters: Array
    flagged: NDArray[np.bool_]
    chance_flags: float
    places_lowest: Array
    places_highest: Array


def weigh(fitted: Fitted) -> Weighed:
    """Lay observed beside expected for all areas of an outcome.

    The noise of log(O / E) is that of chance in the count and of its rounding (the variance of a uniform spread over
    the counts that the published figure allows). The range around what is expected also holds tau, found on ratios
    whose expected numbers were learnt elsewhere: so it holds how uncertain the model is, too. Places take the noise and
    that uncertainty but not tau: they are about where areas stand, not about what is ordinary.
    """
    observed, expected, counted = fitted.observed, fitted.model.expected, fitted.counted
    rounding = (counted.upper - counted.lower) ** 2 / 12
    log_ratio, noise = deviation(observed, expected, rounding_variance=rounding)
    tau2 = additive_variance(observed, expected, rounding_variance=rounding)
    found = flags(observed, expected, tau2, rounding_variance=rounding)
    reach = normal_quantile(USUAL) * np.sqrt(noise**2 + tau2)
    sets = confidence_sets(log_ratio, np.sqrt(noise**2 + fitted.model.variance))
    return Weighed(
        tau=float(np.sqrt(tau2)),
        log_ratio=log_ratio,
        noise=noise,
        observed_lower=count_interval(counted.lower).lower,
        observed_upper=count_interval(counted.upper).upper,
        expected_lower=expected * np.exp(-reach),
        expected_upper=expected * np.exp(reach),
        matters=found.probability_that_matters,
        flagged=found.flagged,
        chance_flags=float(found.chance_flags),
        places_lowest=sets.lowest,
        places_highest=sets.highest,
    )


def comparisons_of(fitted: Fitted, weighed: Weighed, method_version: str) -> list[Comparison]:
    """One comparison per area with enough people expected."""
    expected = fitted.model.expected
    made = []
    base = specs().bases[fitted.spec.base]
    groups = [group_shifts(fitted, group) for group in fitted.spec.groups]
    enough = expected >= FEWEST_EXPECTED
    compared = int(enough.sum())
    within = areas_within(fitted, weighed)
    flagged = int((weighed.flagged & enough).sum())
    use = float(fitted.observed[enough].sum() / fitted.base[enough].sum())
    published = specs().bases[fitted.spec.count.among or fitted.spec.base]
    for row, code in enumerate(fitted.codes):
        if expected[row] < FEWEST_EXPECTED:
            continue
        observed = float(fitted.observed[row])
        lower, upper = float(weighed.observed_lower[row]), float(weighed.observed_upper[row])
        usual = Interval(float(weighed.expected_lower[row]), float(weighed.expected_upper[row]))
        verdict = Verdict.WITHIN
        if not usual.lower <= observed <= usual.upper:
            verdict = Verdict.HIGHER if observed > usual.upper else Verdict.LOWER
        made.append(
            Comparison(
                area=code,
                indicator=fitted.indicator,
                period=fitted.period,
                unit="persons",
                base=float(fitted.base[row]),
                observed=observed,
                observed_interval=Interval(lower, upper),
                expected=float(expected[row]),
                expected_range=usual,
                ratio=observed / float(expected[row]),
                ratio_interval=Interval(lower / float(expected[row]), upper / float(expected[row])),
                verdict=verdict,
                flagged=bool(weighed.flagged[row]),
                probability_that_matters=float(weighed.matters[row]),
                chance_flags=weighed.chance_flags,
                compared_areas=compared,
                places=(int(weighed.places_lowest[row]), int(weighed.places_highest[row])),
                characteristics=tuple(
                    _characteristic(fitted, group, shifts, row)
                    for group, shifts in zip(fitted.spec.groups, groups, strict=True)
                ),
                method_version=method_version,
                base_label=base.label,
                observed_bounds=(float(fitted.counted.lower[row]), float(fitted.counted.upper[row])),
                flagged_areas=flagged,
                areas_within=within,
                country_use=use * float(fitted.base[row]),
                published_base=float(fitted.among[row]),
                published_base_label=published.label,
            )
        )
    return made


def areas_within(fitted: Fitted, weighed: Weighed) -> int:
    """How many of the compared areas lie within their expected range: about 95 % where the ranges are right."""
    enough = fitted.model.expected >= FEWEST_EXPECTED
    inside = (weighed.expected_lower <= fitted.observed) & (fitted.observed <= weighed.expected_upper)
    return int((inside & enough).sum())


def _characteristic(fitted: Fitted, group: GroupSpec, shifts: "Shifts", row: int) -> Characteristic:
    shown, column = specs().characteristics[group.shown], fitted.columns[group.shown]
    return Characteristic(
        key=group.key,
        label=shown.label,
        here=float(column.values[row]),
        country=column.country,
        unit=shown.unit,
        factor=float(shifts.factor[row]),
        group=group.label,
        period=column.period,
        factor_interval=Interval(float(shifts.lower[row]), float(shifts.upper[row])),
        values=tuple(_value(fitted, term, row) for term in group.terms),
        outside=bool(shifts.outside[row]),
        against_published=bool(shifts.against_published[row]),
    )


def _value(fitted: Fitted, term: str, row: int) -> CharacteristicValue:
    spec, column = specs().characteristics[term], fitted.columns[term]
    here = float(column.values[row])
    return CharacteristicValue(term, spec.label, here, column.country, spec.unit, column.period, column.computed)


class Shifts(NamedTuple):
    """What a group of characteristics does to the expected number, for each area.

    `factor` lies from `lower` to `upper` (95 %). `outside`: a characteristic of the area is beyond all those that its
    model was learnt from. `against_published`: a characteristic on its own in its group works the other way than others
    found (`published_effects.yaml`).
    """

    factor: Array
    lower: Array
    upper: Array
    outside: NDArray[np.bool_]
    against_published: NDArray[np.bool_]


def group_shifts(fitted: Fitted, group: GroupSpec) -> Shifts:
    """What a group of characteristics does to the expected number, beside the country's values of it.

    By the coefficients of the areas elsewhere, with the range that their covariance gives (d' V d of the difference d
    with the country; V is the inverse of the penalised information, so it knows of the ridge). Exact with a log link.
    With a logit: in an area that is as the country in all other characteristics.
    """
    number = len(fitted.codes)
    factor, lower, upper = (np.empty(number) for _ in range(3))
    outside, against = np.zeros(number, dtype=bool), np.zeros(number, dtype=bool)
    for which, model in enumerate(fitted.model.folds):
        inside = fitted.model.fold == which
        country = _at_country(fitted, model)
        columns = np.concatenate([np.arange(len(country))[model.design.where(term)] for term in group.terms])
        apart = model.design.matrix[np.ix_(inside, columns)] - country[columns]
        shift = apart @ model.coefficients[columns]
        variance = np.einsum("ij,jk,ik->i", apart, model.covariance[np.ix_(columns, columns)], apart)
        reach = normal_quantile(USUAL) * np.sqrt(np.maximum(variance, 0.0))
        level = float(country @ model.coefficients)
        for values, at in ((factor, shift), (lower, shift - reach), (upper, shift + reach)):
            if fitted.spec.family == "beta_binomial":
                values[inside] = expit(level + at) / expit(level)
            else:
                values[inside] = np.exp(at)
        for term in group.terms:
            held = fitted.columns[term].values
            outside[inside] |= (held[inside] < held[~inside].min()) | (held[inside] > held[~inside].max())
        sign = _published_sign(fitted.indicator, group)
        against[inside] = sign * float(model.coefficients[columns[0]]) < 0
    return Shifts(factor, lower, upper, outside, against)


def _published_sign(indicator: str, group: GroupSpec) -> int:
    """The direction that others published for the one characteristic of a group; 0 without, or where they differ."""
    if len(group.terms) > 1:
        return 0
    names = (group.terms[0], specs().characteristics[group.terms[0]].of)
    signs = {
        effect.sign
        for effect in published_effects().effects
        if effect.outcome == indicator and effect.characteristic in names
    }
    return signs.pop() if len(signs) == 1 else 0


def _at_country(fitted: Fitted, model: Fit) -> Array:
    """The row of the design for the country's values."""
    values = {term: prepare(term, np.array([fitted.columns[term].country])) for term in fitted.spec.terms}
    return np.asarray(model.design.at(values)[0], dtype=np.float64)
