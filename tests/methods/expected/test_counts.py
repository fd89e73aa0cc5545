# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bounds of published counts: the true count always lies within them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspel.methods.expected import exact, rounded, rounded_rate, secret


def test_cbs_care_clients() -> None:
    """Multiples of 5, and 0 to 7 secret: a published 10 is 8 to 12, a published 15 is 13 to 17."""
    found = rounded([10, 15, np.nan], 5, lowest=8)
    np.testing.assert_array_equal(found.lower, [8, 13, np.nan])
    np.testing.assert_array_equal(found.upper, [12, 17, np.nan])
    np.testing.assert_array_equal(found.middle, [10, 15, np.nan])
    assert secret(2).upper.tolist() == [7, 7]


def test_rate_of_a_city() -> None:
    found = rounded_rate(82, 130_000, base=5)
    assert (found.lower, found.upper) == (10_595 - 2, 10_725 + 2)


@given(
    count=st.integers(0, 200_000),
    people=st.integers(1, 900_000),
    base=st.sampled_from([1, 5, 10]),
    step=st.sampled_from([0.01, 0.1, 1.0]),
)
def test_true_count_lies_within(count: int, people: int, base: int, step: float) -> None:
    count = min(count, people)
    published = base * round(count / base)
    within = rounded(published, base)
    assert within.lower <= count <= within.upper
    rate = round(published / people * 1000 / step) * step
    bounds = rounded_rate(rate, people, step=step, base=base)
    assert bounds.lower <= count <= bounds.upper
    assert bounds.lower == np.floor(bounds.lower)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: exact([-1]), "count.*-1"),
        (lambda: rounded([3], 0), "base is 0"),
        (lambda: rounded_rate([-2], 10), "rate.*-2"),
        (lambda: rounded_rate([2], -10), "population.*-10"),
        (lambda: rounded_rate([2], 10, per=0), "per is 0"),
        (lambda: secret(3, highest=-1), "no range"),
    ],
)
def test_impossible_input_is_named(call: object, message: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=message):
        call()
