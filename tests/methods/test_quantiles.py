# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Equal groups of areas: as the public-health package, weighted by inhabitants, ties together."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PHStatsMethods import ph_quantile

from samenspel.methods.quantiles import quantiles

VALUES = st.lists(st.one_of(st.integers(-5, 30), st.just(float("nan"))), min_size=10, max_size=60)


@pytest.mark.filterwarnings("ignore:One or more groups had too few:UserWarning")
@pytest.mark.parametrize("highest_first", [False, True])
@pytest.mark.parametrize("groups", [4, 5, 10])
def test_as_the_public_health_package(groups: int, highest_first: bool) -> None:
    chance = np.random.default_rng(groups)
    for size in (groups - 1, groups, 37, 342):
        value = np.where(chance.random(size) < 0.1, np.nan, chance.integers(0, 50, size))
        peer = ph_quantile(pd.DataFrame({"v": value}), "v", nquantiles=groups, invert=highest_first)
        wanted = peer["quantile"].where(~np.isnan(value)).to_numpy()
        found = quantiles(value, groups, highest_first=highest_first)
        assert np.array_equal(found, wanted, equal_nan=True)


def test_fifths_of_the_inhabitants() -> None:
    """One large city holds half of all people: it is the middle group alone."""
    value = [1, 2, 3, 4, 5]
    assert quantiles(value, population=[10, 15, 50, 15, 10]).tolist() == [1, 1, 3, 5, 5]
    assert quantiles(value, population=[10, 15, 50, 15, 10], highest_first=True).tolist() == [5, 5, 3, 1, 1]
    assert quantiles(value, population=[1, 1, 1, 1, 1]).tolist() == quantiles(value).tolist() == [1, 2, 3, 4, 5]


@given(VALUES, st.sampled_from([2, 5, 10]), st.booleans())
def test_groups_follow_the_values(value: list[float], groups: int, weighted: bool) -> None:
    people = np.arange(1.0, len(value) + 1) if weighted else None
    found = quantiles(value, groups, population=people)
    known = ~np.isnan(value)
    assert np.isnan(found[~known]).all()
    if known.sum() < groups:
        assert np.isnan(found).all()
        return
    assert set(found[known]) <= set(range(1, groups + 1))
    order = np.argsort(np.array(value)[known], kind="stable")
    assert (np.diff(found[known][order]) >= 0).all()
    for one in set(np.array(value)[known]):
        assert len(set(found[np.array(value) == one])) == 1
    # What the other values are called does not matter, only their order.
    assert np.array_equal(quantiles(np.exp(np.array(value) / 10), groups, population=people), found, equal_nan=True)


@given(st.permutations(range(30)))
def test_the_order_of_areas_does_not_matter(order: list[int]) -> None:
    value, people = np.arange(30.0) % 11, np.arange(30.0) % 7 + 1
    for weights in (None, people):
        shuffled = quantiles(value[order], population=None if weights is None else weights[order])
        assert np.array_equal(shuffled, quantiles(value, population=weights)[order])


def test_many_indicators_at_once() -> None:
    value = np.random.default_rng(2).normal(size=(3, 2, 40))
    people = np.arange(40.0) + 1
    found = quantiles(value, population=people)
    assert found.shape == value.shape
    assert np.array_equal(found[2, 1], quantiles(value[2, 1], population=people))
    assert np.isnan(quantiles([1, 2, 3, 4, 5], population=[0, 0, 0, 0, 0])).all()


def test_impossible_input_is_named() -> None:
    with pytest.raises(ValueError, match="groups must be a whole number, 2 or more: 1"):
        quantiles([1, 2, 3], 1)
    with pytest.raises(ValueError, match="population must not be negative"):
        quantiles([1, 2, 3], 2, population=[1, -2, 3])
    with pytest.raises(ValueError, match="value must have an axis of areas"):
        quantiles(3, 2)
