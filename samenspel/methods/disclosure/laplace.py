# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Discrete Laplace noise, drawn exactly in whole numbers, and the budget that it spends.

Source: Canonne, Kamath and Steinke, "The discrete Gaussian for differential privacy" (2020), algorithms 1 and 2; the
definition of zero-concentrated differential privacy: Bun and Steinke (2016), proposition 1.4 (rho = epsilon² / 2).
No floating point stands between the key and the noise: that leaks (Mironov 2012).
"""

import hmac
import math
import secrets
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

YEARLY_LIMIT = Fraction(1)


class Source(Protocol):
    """Where whole numbers come from: secrets.SystemRandom, random.Random, KeyedSource."""

    def randrange(self, stop: int, /) -> int:
        """A whole number from 0 up to, not including, `stop`, each as likely."""
        ...


class KeyedSource:
    """Numbers that follow from a key: the same key and label, the same numbers (HMAC-SHA-256 in counter mode)."""

    def __init__(self, key: bytes, label: str) -> None:
        if len(key) < 16:
            raise ValueError(f"key: {len(key)} bytes, fewer than 16")
        self._key, self._label, self._block, self._pool, self._bits = key, label.encode(), 0, 0, 0

    def randrange(self, stop: int, /) -> int:
        """See Source. Draws are thrown away until one falls below `stop`, so that none is more likely."""
        if stop < 1:
            raise ValueError(f"stop: {stop} is less than 1")
        size = (stop - 1).bit_length()
        while True:
            while self._bits < size:
                block = hmac.digest(self._key, self._label + b" %d" % self._block, "sha256")
                self._block += 1
                self._pool = self._pool << 256 | int.from_bytes(block, "big")
                self._bits += 256
            self._bits -= size
            drawn = self._pool >> self._bits
            self._pool &= (1 << self._bits) - 1
            if drawn < stop:
                return drawn


def _happens(chance: Fraction, source: Source) -> bool:
    return source.randrange(chance.denominator) < chance.numerator


def _happens_exp(gamma: Fraction, source: Source) -> bool:
    """True with probability exp(-gamma), for 0 <= gamma <= 1 (algorithm 1)."""
    count = 1
    while _happens(gamma / count, source):
        count += 1
    return count % 2 == 1


def draw(scale: Fraction | int, source: Source | None = None) -> int:
    """One draw of the discrete Laplace distribution: P(x) proportional to exp(-|x| / scale), on all whole numbers.

    `scale` is sensitivity / epsilon. `source` defaults to the system's cryptographic generator. Raises ValueError for a
    scale of zero or less.
    """
    whole = Fraction(scale)
    if whole <= 0:
        raise ValueError(f"scale: {scale} is not more than zero")
    numbers = source or secrets.SystemRandom()
    top, bottom = whole.numerator, whole.denominator
    while True:
        rest = numbers.randrange(top)
        if not _happens_exp(Fraction(rest, top), numbers):
            continue
        rounds = 0
        while _happens_exp(Fraction(1), numbers):
            rounds += 1
        size = (rest + top * rounds) // bottom
        negative = numbers.randrange(2) == 1
        if not (negative and size == 0):
            return -size if negative else size


def variance(scale: Fraction | float) -> float:
    """The variance of `draw`: 2 e / (1 - e)² with e = exp(-1 / scale); 1.84 at scale 1."""
    if scale <= 0:
        raise ValueError(f"scale: {scale} is not more than zero")
    e = math.exp(-1 / float(scale))
    return 2 * e / (1 - e) ** 2


def scale_for(epsilon: Fraction, *, tables: int = 1, cells_changed: int = 1) -> Fraction:
    """The scale at which `tables` tables together cost `epsilon`.

    One person is one record in each table; `cells_changed` is how many cells of a table differ when one answer does: 2
    where every answer has its cell, 1 where only one is counted. Raises ValueError for impossible numbers.
    """
    if epsilon <= 0 or tables < 1 or cells_changed < 1:
        raise ValueError(f"epsilon, tables, cells_changed: {epsilon}, {tables}, {cells_changed} are not all above zero")
    return Fraction(tables * cells_changed) / Fraction(epsilon)


class BudgetSpent(ValueError):
    """This release would cost more than is left of the year."""


@dataclass(frozen=True, slots=True)
class Spending:
    """What one refresh cost: everybody in `population` may have been in it."""

    family: str
    population: str
    year: int
    epsilon: Fraction

    @property
    def rho(self) -> Fraction:
        """The same in zero-concentrated differential privacy: epsilon² / 2."""
        return self.epsilon**2 / 2


@dataclass(frozen=True, slots=True)
class Budget:
    """What was spent, of `limit` per person per year. Immutable: `charge` gives the next one.

    Without knowing who took part in what, everybody of a population counts as having been in each of its families.
    """

    limit: Fraction = YEARLY_LIMIT
    spendings: tuple[Spending, ...] = field(default=())

    def spent(self, population: str, year: int) -> Fraction:
        """Epsilon spent on one population in one year (pure differential privacy adds up)."""
        return sum((s.epsilon for s in self.spendings if (s.population, s.year) == (population, year)), Fraction(0))

    def rho(self, population: str) -> Fraction:
        """What was spent in all years, as zCDP, which adds up too."""
        return sum((s.rho for s in self.spendings if s.population == population), Fraction(0))

    def charge(self, spending: Spending) -> "Budget":
        """The budget after this spending. Raises BudgetSpent over the limit, and ValueError when it costs nothing."""
        if spending.epsilon <= 0:
            raise ValueError(f"epsilon: {spending.epsilon} is not more than zero")
        total = self.spent(spending.population, spending.year) + spending.epsilon
        if total > self.limit:
            raise BudgetSpent(f"{spending.population} in {spending.year}: {total} is more than {self.limit}")
        return Budget(self.limit, (*self.spendings, spending))
