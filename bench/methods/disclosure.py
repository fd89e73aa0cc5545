# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How sure does an attacker become of one answer? The freeze-or-refresh rule over twenty releases."""

import os
from collections.abc import Callable

import numpy as np
from scipy.stats import binom

from bench.methods._attack import TAIL, Event, Floats, Knows, Rule, certainty, noise_table, one_joins
from bench.methods._rule import by_counts, by_key, possible
from bench.methods._table import Table
from samenspel.methods.disclosure.coin import ODDS
from samenspel.methods.disclosure.suppression import PROTECTION

HISTORIES = int(os.environ.get("HISTORIES", "500"))  # of each cell of a table
SURE = 0.99

WEAK = Rule("cell key with a lasting coin of odds 49", "cell key", odds=49.0)
RULES = (
    Rule("exact, cells under 10 hidden, every release", "exact", batch=1),
    Rule("exact, cells under 10 hidden, freeze or refresh", "exact"),
    Rule("random rounding to 5, every release", "rounding", batch=1),
    Rule("random rounding to 5, freeze or refresh", "rounding"),
    Rule("cell key, every release", "cell key", batch=1),
    Rule("cell key, freeze or refresh", "cell key"),
    Rule("cell key, freeze or refresh, batches of 25", "cell key", batch=25),
    Rule("discrete Laplace, epsilon 1/4 a refresh, freeze or refresh", "laplace 8"),
    WEAK,
    Rule("**suppression with the lasting coin (as built)**", "exact", odds=ODDS),
    Rule("**random rounding with the lasting coin (as built)**", "rounding", odds=ODDS),
    Rule("**cell key with the lasting coin (as built)**", "cell key", odds=ODDS),
)
ONLY_CHANGES = Rule("cell key, freeze or refresh, only changed answers count", "cell key", only_changes=True)


def _found(rule: Rule, event: Event, knows: Knows, share: float, prior: float) -> tuple[Floats, Floats]:
    numbers = np.random.default_rng([len(rule.name), len(event), len(knows), int(100 * share), int(100 * prior)])
    found = [certainty(rule, event, knows, numbers, share=share, prior=prior) for _ in range(HISTORIES)]
    return np.array([sure for sure, _truth in found]), np.array([truth for _sure, truth in found], dtype=float)


def _cell(rule: Rule, event: Event, knows: Knows, share: float = 0.5, prior: float = 0.5) -> str:
    yes, truth = _found(rule, event, knows, share, prior)
    sure = np.maximum(yes, 1 - yes)
    known = float(np.mean(sure >= SURE))
    right = float(np.mean((yes > 0.5) == (truth > 0.5)))
    return f"{100 * known:.1f} % (guess right {right:.2f}, highest {float(sure.max()):.4f})"


def over_releases(event: Event) -> Table:
    """Twenty releases, by rule and by what the attacker knows: persons about whom an answer becomes known."""
    rules = (*RULES, ONLY_CHANGES) if event is Event.CHANGES else RULES
    rows = [[rule.name, *(_cell(rule, event, knows) for knows in Knows)] for rule in rules]
    return Table(
        f"The target {event.value}: answers known with at least 99 % certainty after 20 releases",
        ["rule", *(f"attacker knows {knows.value}" for knows in Knows)],
        rows,
        f"{HISTORIES} histories in each cell; 12 to 40 respondents at the start, 4 on average join each quarter; "
        "half of the answers is yes, and so is the attacker's first guess.",
    )


def rare_answers() -> Table:
    """One in ten says yes: what of those who said yes, and of those who said no, by the odds of the coin?"""
    rows = []
    for rule in (*RULES[-3:], WEAK):
        for knows in Knows:
            yes, truth = _found(rule, Event.JOINS, knows, 0.1, 0.1)
            said = truth > 0.5
            rows.append(
                [
                    rule.name,
                    knows.value,
                    f"{100 * float(np.mean(yes[said] >= SURE)):.1f} %",
                    f"{float(yes[said].max()):.2f}",
                    f"{100 * float(np.mean(1 - yes[~said] >= SURE)):.1f} %",
                ]
            )
    return Table(
        "One in ten says yes, and the attacker knows that beforehand (a no is 90 % certain without any figure)",
        ["rule", "attacker knows", "yes known", "highest certainty of a yes", "no known"],
        rows,
        f"{HISTORIES} histories in each row, the target joins.",
    )


def _two(noise: str, batch: int = 1) -> Callable[[int, int], Floats]:
    table = noise_table(noise)

    def joint(n: int, answer: int) -> Floats:
        counts = binom.pmf(np.arange(n + 1), n, 0.5)
        more = binom.pmf(np.arange(batch), batch - 1, 0.5)
        second = sum(p * table[extra + answer : extra + answer + n + 1] for extra, p in enumerate(more))
        return np.asarray(np.einsum("c,cy,cz->yz", counts, table[: n + 1], second))

    return joint


def _same_rounding(n: int, answer: int) -> Floats:
    found = np.zeros((n + 12, n + 12))
    for count, chance in enumerate(binom.pmf(np.arange(n + 1), n, 0.5)):
        for draw in (0.1, 0.3, 0.5, 0.7, 0.9):
            first, second = (c - c % 5 + 5 * (draw < c % 5 / 5) for c in (count, count + answer))
            found[first, second] += chance / 5
    return found


def _lasting_records(n: int, answer: int) -> Floats:
    """A yes gives the cell another key, hence fresh noise; a no leaves cell, key and noise as they were."""
    table = noise_table("cell key")
    counts = binom.pmf(np.arange(n + 1), n, 0.5)
    if answer:
        return np.asarray(np.einsum("c,cy,cz->yz", counts, table[: n + 1], table[1 : n + 2]))
    return np.diag(counts @ table[: n + 1])


def two_releases() -> Table:
    """The table of the design again: one known person joins between two releases."""
    sizes = range(12, 41, 4)
    laplace = [
        (f"discrete Laplace, epsilon {name} per release", f"laplace {scale}")
        for name, scale in (("1", 1), ("1/2", 2), ("1/4", 4))
    ]
    methods = [
        ("exact counts", _two("exact")),
        ("rounding to the nearest 5", _two("nearest")),
        ("random rounding to 5, same key", _same_rounding),
        ("cell key, record keys that last", _lasting_records),
        ("random rounding to 5, new key", _two("rounding")),
        ("cell key, new key", _two("cell key")),
        *((name, _two(noise)) for name, noise in laplace),
        ("exact, batches of 10 (9 unknown)", _two("exact", 10)),
        ("cell key, new key, batches of 10", _two("cell key", 10)),
    ]
    rows = []
    for name, joint in methods:
        _name, right, known = one_joins(name, joint, list(sizes))
        rows.append([name, f"{right:.2f}", f"{100 * known:.1f} %"])
    return Table(
        "One known person joins between two releases (only the count of yes is published)",
        ["release method", "guess right", "yes known with 99 % or more"],
        rows,
        f"Computed exactly, for 12 to 40 others of whom half says yes on average; noise up to {TAIL} either way.",
    )


def the_rule_again() -> Table:
    """Who knows the rule of suppression runs it again on every table that fits what was published."""
    rows = []
    for name, hide in (("the counts (as it was)", by_counts), ("the key of the release (as built)", by_key)):
        left: list[set[int]] = []
        for seed in range(60):
            numbers = np.random.default_rng(seed)
            left += possible(numbers.poisson(numbers.gamma(1.2, 14, size=4)), hide).values()
        exactly = sum(len(values) == 1 for values in left)
        closer = sum(max(values) - min(values) < 2 * PROTECTION for values in left)
        rows.append([name, str(len(left)), str(exactly), str(closer)])
    return Table(
        "Suppression: hidden small cells that an attacker finds who runs the rule again on every table that fits",
        ["costs follow from", "small cells", "known exactly", "known within less than 6"],
        rows,
        "60 lines of four cells and their total. Without the key the attacker keeps a table when any key would do.",
    )


def tables() -> list[Table]:
    """All tables, as in docs/explanation/disclosure.md."""
    return [two_releases(), *(over_releases(event) for event in Event), rare_answers(), the_rule_again()]
