# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""An attacker who knows the rule, sees every release and reasons exactly (Bayes): how sure are they of one answer?

One question with two answers. The attacker knows who takes part and when (so also when a refresh is due), may know the
answers of others, but no keys and no fall of a coin. What is hidden from them is how many others count as "yes"; its
distribution is carried forward from refresh to refresh, once for each way in which the target can count.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from samenspel.methods.disclosure.noise import ptable

Floats = NDArray[np.float64]
MOST = 240  # respondents
TAIL = 70  # how far noise can reach in the tables
SMALL, UNANIMITY = 10, 30


class Event(StrEnum):
    """What the target does once in the twenty releases."""

    JOINS = "joins"
    LEAVES = "leaves"
    CHANGES = "answers again"


class Knows(StrEnum):
    """Whose answers the attacker knows beside the target's."""

    NOBODY = "nobody's answer"
    BATCH = "the others in the batch"
    EVERYBODY = "everybody else's answer"


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to publish. `batch` 1: fresh numbers at every release. `odds`: of the lasting coin (None: no coin).

    `only_changes`: whoever answers again without changing does not count towards the batch.
    """

    name: str
    noise: str
    batch: int = 10
    odds: float | None = None
    only_changes: bool = False

    @property
    def keep(self) -> float:
        """The probability that an answer counts as it is."""
        return 1.0 if self.odds is None else self.odds / (self.odds + 1)


@lru_cache(maxsize=16)
def noise_table(noise: str) -> Floats:
    """P(published | count): row for the count, column for the published number + TAIL."""
    table = np.zeros((MOST + 1, MOST + 1 + 2 * TAIL))
    for count in range(MOST + 1):
        at = count + TAIL
        if noise == "exact":
            table[count, at] = 1
        elif noise == "nearest":
            table[count, 5 * int((count + 2) / 5) + TAIL] = 1
        elif noise == "rounding":
            rest = count % 5
            table[count, at - rest] = 1 - rest / 5
            table[count, at - rest + 5] += rest / 5
        elif noise == "cell key":
            table[count, at - 3 : at + 4] = ptable().row(count)
        else:
            scale = float(noise.removeprefix("laplace "))
            mass = np.exp(-np.abs(np.arange(-TAIL, MOST + 1 + TAIL) - count) / scale)
            table[count] = mass / mass.sum()
    return table


class Publisher:
    """What a rule publishes of `yes` out of `n`, and how likely each count makes what was published."""

    def __init__(self, rule: Rule, numbers: np.random.Generator) -> None:
        self.rule, self.numbers, self.table = rule, numbers, noise_table(rule.noise)

    def publish(self, yes: int, n: int) -> tuple[int, int] | None:
        """The two published counts; None when the figure is withheld."""
        if self.rule.noise == "exact":
            return None if min(yes, n - yes) < SMALL else (yes, n - yes)
        seen = tuple(self._one(count) for count in (yes, n - yes))
        alike = n < UNANIMITY and not self.rule.noise.startswith("laplace")
        if alike and (min(yes, n - yes) == 0 or min(seen) <= 0):
            return None
        return seen[0], seen[1]

    def _one(self, count: int) -> int:
        return int(self.numbers.choice(self.table.shape[1], p=self.table[count])) - TAIL

    def likelihood(self, seen: tuple[int, int] | None, n: int) -> Floats:
        """P(what was published | yes), for yes from 0 to n."""
        yes = np.arange(n + 1)
        if self.rule.noise == "exact":
            hidden = np.minimum(yes, n - yes) < SMALL
            return hidden.astype(float) if seen is None else ((yes == seen[0]) & ~hidden).astype(float)
        if seen is None:
            shown = 1 - self.table[: n + 1, : TAIL + 1].sum(axis=1)  # the published number is above zero
            both = np.where((yes == 0) | (yes == n), 0.0, shown * shown[::-1])
            return 1 - both
        found = self.table[: n + 1, seen[0] + TAIL] * self.table[: n + 1, seen[1] + TAIL][::-1]
        if n < UNANIMITY and not self.rule.noise.startswith("laplace"):
            found = np.where((yes == 0) | (yes == n), 0.0, found)
        return found


def refreshes(counted: Sequence[int], batch: int) -> list[int]:
    """The releases at which new numbers appear, when so many respondents answered before each."""
    found, waiting = [], 0
    for release, number in enumerate(counted):
        waiting += number
        if release == 0 or waiting >= batch:
            found.append(release)
            waiting = 0
    return found


def certainty(
    rule: Rule,
    event: Event,
    knows: Knows,
    numbers: np.random.Generator,
    *,
    releases: int = 20,
    share: float = 0.5,
    prior: float = 0.5,
) -> tuple[float, bool]:
    """One history: how probable the attacker holds "yes" for the target at the end, and whether it is."""
    start = int(numbers.integers(12, 41))
    arrivals = [start, *(int(n) for n in numbers.poisson(4, releases - 1))]
    moment = int(numbers.integers(1, releases // 2))
    truth = bool(numbers.random() < prior)
    before_known = bool(numbers.random() < 0.5)  # what the target answered first, when they answer again
    publisher = Publisher(rule, numbers)

    def plan(answer: bool) -> list[int]:
        counts = [*arrivals]
        counts[moment] += 0 if rule.only_changes and event is Event.CHANGES and answer == before_known else 1
        return refreshes(counts, rule.batch)

    schedule = plan(truth)
    # The batch of the target: the arrivals since the refresh before, up to the one that shows the target.
    shown = next((release for release in schedule if release >= moment), releases)
    previous = max(release for release in schedule if release < moment)
    known = [
        knows is Knows.EVERYBODY or (knows is Knows.BATCH and previous < release <= shown)
        for release in range(releases)
    ]
    answers = [int(numbers.binomial(n, share)) for n in arrivals]
    falls = [
        int(numbers.binomial(yes, rule.keep) + numbers.binomial(n - yes, 1 - rule.keep))
        for yes, n in zip(answers, arrivals, strict=True)
    ]
    before, after = _coins(rule, event, truth, before_known, numbers)

    ways = {way: np.array([1.0]) for way in ((0, 0), (0, 1), (1, 0), (1, 1))}
    weight = dict.fromkeys(ways, 0.0)
    done = 0
    for release in schedule:
        steps = _others(
            rule, arrivals[done : release + 1], answers[done : release + 1], known[done : release + 1], share
        )
        done = release + 1
        is_after = release >= moment
        present = int(event is Event.CHANGES or (event is Event.JOINS) == is_after)
        n = sum(arrivals[:done]) + present
        counts = present * (after if is_after else before)
        chance = publisher.likelihood(publisher.publish(sum(falls[:done]) + counts, n), n)
        for way, others in ways.items():
            moved = np.convolve(others, steps)
            own = present * way[1 if is_after else 0]
            moved = moved * chance[own : own + len(moved)]
            total = moved.sum()
            weight[way] += float(np.log(total)) if total > 0 else -np.inf
            ways[way] = moved / total if total > 0 else moved
    chances = []
    for answer in (True, False):
        if plan(answer) != schedule:
            chances.append(0.0)  # the moments of the refreshes alone rule this answer out
            continue
        own_chance = _ways(rule, event, answer, before_known)
        top = max(weight.values())
        chances.append(sum(p * float(np.exp(weight[way] - top)) for way, p in own_chance.items()))
    yes, no = prior * chances[0], (1 - prior) * chances[1]
    return yes / (yes + no), truth


def _others(rule: Rule, arrivals: Sequence[int], answers: Sequence[int], known: Sequence[bool], share: float) -> Floats:
    """The distribution of how many of these arrivals count as yes, as the attacker sees it."""
    unknown = sum(n for n, k in zip(arrivals, known, strict=True) if not k)
    yes = sum(y for y, k in zip(answers, known, strict=True) if k)
    no = sum(n - y for n, y, k in zip(arrivals, answers, known, strict=True) if k)
    counted = share * rule.keep + (1 - share) * (1 - rule.keep)
    found = binom.pmf(np.arange(unknown + 1), unknown, counted)
    for size, chance in ((yes, rule.keep), (no, 1 - rule.keep)):
        found = np.convolve(found, binom.pmf(np.arange(size + 1), size, chance))
    return np.asarray(found)


def _coins(rule: Rule, event: Event, truth: bool, first: bool, numbers: np.random.Generator) -> tuple[int, int]:
    """How the target counts before and after the moment: who answers again throws again."""
    after = int(truth == (numbers.random() < rule.keep))
    return int(first == (numbers.random() < rule.keep)) if event is Event.CHANGES else after, after


def _ways(rule: Rule, event: Event, answer: bool, first: bool) -> dict[tuple[int, int], float]:
    """P(how the target counts before and after | answer); where the target is absent it does not matter."""
    chance = {given: rule.keep if given else 1 - rule.keep for given in (True, False)}
    if event is not Event.CHANGES:
        return {(1, 1): chance[answer], (0, 0): 1 - chance[answer]}
    return {
        (a, b): (chance[first] if a else 1 - chance[first]) * (chance[answer] if b else 1 - chance[answer])
        for a in (0, 1)
        for b in (0, 1)
    }


# --- two releases: the table of the design ----------------------------------------------------------------------------


def one_joins(method: str, joint: Callable[[int, int], Floats], sizes: Sequence[int]) -> tuple[str, float, float]:
    """Accuracy of the best guess, and the share of "yes" answers known with 99 % or more, averaged over `sizes`.

    `joint(n, b)` is P(first, second published) when n others and then the target with answer b take part.
    """
    right = known = 0.0
    for n in sizes:
        no, yes = joint(n, 0), joint(n, 1)
        right += float(np.maximum(no, yes).sum()) / 2
        known += float(yes[no <= yes / 99].sum())
    return method, right / len(sizes), known / len(sizes)
