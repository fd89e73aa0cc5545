# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The attacker of the simulation reasons exactly, and the rules as built hold against them."""

import numpy as np
import pytest

from bench.methods._attack import Event, Knows, Publisher, Rule, certainty, noise_table, refreshes
from bench.methods.disclosure import ONLY_CHANGES, RULES
from samenspel.methods.disclosure.coin import Coin

BUILT = RULES[-3:]


def found(rule: Rule, event: Event, knows: Knows, count: int, **named: float) -> tuple[np.ndarray, np.ndarray]:
    numbers = np.random.default_rng(11)
    histories = [certainty(rule, event, knows, numbers, releases=12, **named) for _ in range(count)]  # type: ignore[arg-type]
    return np.array([sure for sure, _ in histories]), np.array([truth for _, truth in histories])


@pytest.mark.parametrize("event", list(Event))
def test_the_attacker_is_as_often_right_as_they_are_sure(event: Event) -> None:
    """An exact posterior is calibrated: of all answers held 0.8 probable, eight in ten are so."""
    rule = Rule("cell key", "cell key", odds=49)
    yes, truth = found(rule, event, Knows.EVERYBODY, 150)
    spread = np.sqrt((yes * (1 - yes)).sum())
    assert abs(yes.sum() - truth.sum()) < 3.5 * spread
    assert np.corrcoef(yes, truth)[0, 1] > 0.2  # and it is no empty guess


@pytest.mark.parametrize("rule", BUILT, ids=lambda rule: rule.noise)
def test_as_built_nobody_becomes_certain(rule: Rule) -> None:
    assert rule.odds is not None
    for event in Event:
        yes, _truth = found(rule, event, Knows.EVERYBODY, 40)
        assert np.maximum(yes, 1 - yes).max() <= Coin(2, rule.odds).highest_certainty() + 1e-9


def test_without_the_coin_the_same_attacker_is() -> None:
    """The rule as it was first reasoned out, against an attacker who knows all others: this is what the coin is for."""
    yes, _truth = found(Rule("as designed", "cell key"), Event.JOINS, Knows.EVERYBODY, 60)
    assert np.mean(np.maximum(yes, 1 - yes) >= 0.99) > 0.05


def test_a_refresh_is_a_signal_when_only_changes_count() -> None:
    yes, _truth = found(ONLY_CHANGES, Event.CHANGES, Knows.NOBODY, 120)
    assert np.mean(np.maximum(yes, 1 - yes) >= 0.99) > 0.05


def test_the_moments_of_the_refreshes() -> None:
    assert refreshes([20, 4, 5, 1, 9, 0, 1], 10) == [0, 3, 6]
    assert refreshes([20, 0, 0], 1) == [0]


@pytest.mark.parametrize("noise", ["exact", "rounding", "cell key", "laplace 2"])
def test_what_was_published_is_as_likely_as_it_is_often(noise: str) -> None:
    """The likelihood of all that can be published adds up to one, the withheld figure included."""
    table = noise_table(noise)
    assert table[:200].sum(axis=1) == pytest.approx(1)
    publisher, n = Publisher(Rule(noise, noise), np.random.default_rng(1)), 14
    total = publisher.likelihood(None, n) if not noise.startswith("laplace") else np.zeros(n + 1)
    span = range(-60, 80) if noise.startswith("laplace") else range(-4, 25)
    for yes in span:
        for no in span:
            seen = publisher.likelihood((yes, no), n)
            hidden = not noise.startswith("laplace") and noise != "exact" and min(yes, no) <= 0
            total = total + (0 if hidden else seen)
    assert total == pytest.approx(1, abs=1e-6)
