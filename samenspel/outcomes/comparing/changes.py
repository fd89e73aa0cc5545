# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How an outcome changed in each municipality, beside what its residents lead one to expect in both years."""

import numpy as np

from samenspel.methods.change import change
from samenspel.outcomes.comparing.modelling import Fitted
from samenspel.outcomes.comparing.types import Change, Interval


def changes_of(first: Fitted, last: Fitted) -> dict[str, Change]:
    """The change of every municipality that was compared in both years, by code.

    `ratio` is that of observed / expected; each year has a model of its own, so it is the change beside the other
    municipalities, with chance, rounding and the ordinary change between years in its interval. `country_ratio` is the
    change of use per head in these municipalities together. Boundaries are for the reader of this to check.
    """
    rows = [(first.codes.index(code), at) for at, code in enumerate(last.codes) if code in set(first.codes)]
    if not rows:
        return {}
    one, two = (np.array(side, dtype=np.intp) for side in zip(*rows, strict=True))
    rounding = np.maximum(_rounding(first)[one], _rounding(last)[two])
    found = change(
        first.observed[one],
        first.model.expected[one],
        last.observed[two],
        last.model.expected[two],
        rounding_variance=rounding,
    )
    use = [model.observed[at].sum() / model.base[at].sum() for model, at in ((first, one), (last, two))]
    made = {}
    for place, at in enumerate(two):
        if np.isnan(found.ratio[place]):
            continue
        code = last.codes[at]
        made[code] = Change(
            area=code,
            indicator=last.indicator,
            first=first.period,
            last=last.period,
            ratio=float(found.ratio[place]),
            interval=Interval(float(found.lower[place]), float(found.upper[place])),
            country_ratio=float(use[1] / use[0]),
            clear=bool(found.clear[place]),
        )
    return made


def _rounding(fitted: Fitted) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The variance that rounding adds to each count: spread evenly over what the published figure allows."""
    width: np.ndarray[tuple[int], np.dtype[np.float64]] = fitted.counted.upper - fitted.counted.lower
    return width**2 / 12
