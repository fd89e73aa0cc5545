# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Noise on counts that is drawn from a key: random rounding, and the cell key method with its perturbation table.

Within one release the same people give the same noise in every table, so that asking twice teaches nothing; the next
release has another key. Sources: Thompson, Broadfoot and Elazar (2013), the cell key method of the Australian Bureau of
Statistics; Giessing and Tent (2019) and the maximum-entropy table of Marley and Leaver (2011); random rounding:
Hundepool et al., Statistical Disclosure Control (2012), 5.4.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

KEY_BITS = 32
_WHOLE = 1 << KEY_BITS
BASE = 5
DISTANCE = 3
VARIANCE = 2.0
LEAST_KEY_BYTES = 16


def record_key(key: bytes, person: str) -> int:
    """The key of one person in one release: 32 bits of HMAC-SHA-256. Raises ValueError for a key under 16 bytes."""
    if len(key) < LEAST_KEY_BYTES:
        raise ValueError(f"key: {len(key)} bytes, fewer than {LEAST_KEY_BYTES}")
    return int.from_bytes(hmac.digest(key, b"record " + person.encode(), "sha256")[: KEY_BITS // 8], "big")


def cell_key(record_keys: Iterable[int]) -> int:
    """The key of a cell: the sum of those of the people in it, modulo 2^32. The same people, the same key."""
    return sum(record_keys) % _WHOLE


def _draw(cell_keys: Any) -> NDArray[np.float64]:
    keys = np.asarray(cell_keys, dtype=np.float64)
    if np.any((keys < 0) | (keys >= _WHOLE)):
        raise ValueError("cell_keys: not all lie between 0 and 2^32")
    return (keys + 0.5) / _WHOLE


def _counts(counts: Any) -> NDArray[np.int64]:
    given = np.asarray(counts)
    if np.any(~np.isfinite(given)) or np.any(given < 0) or np.any(given != np.round(given)):
        raise ValueError("counts: not all are whole numbers of zero or more")
    return given.astype(np.int64)


# --- random rounding --------------------------------------------------------------------------------------------------


def rounded(counts: Any, cell_keys: Any, base: int = BASE) -> NDArray[np.int64]:
    """Each count rounded up or down to a multiple of `base`, up with probability (rest / base): right on average.

    Multiples stay, so zero stays zero. Broadcasts. Raises ValueError for other counts, keys outside 32 bits, base < 2.
    """
    if base < 2:
        raise ValueError(f"base: {base} is less than 2")
    whole = _counts(counts)
    rest = whole % base
    return np.asarray(whole - rest + base * (_draw(cell_keys) < rest / base), dtype=np.int64)


def rounding_variance(counts: Any, base: int = BASE) -> NDArray[np.float64]:
    """The variance of `rounded` for these counts: rest x (base - rest), at most base² / 4."""
    rest = _counts(counts) % base
    return np.asarray(rest * (base - rest), dtype=np.float64)


# --- cell key ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PTable:
    """Probabilities of each change, by count: row i is for count i, the last row for every larger count.

    Column j is the change j - distance. Row 0 changes nothing.
    """

    distance: int
    variance: float
    probabilities: NDArray[np.float64]

    @property
    def changes(self) -> NDArray[np.int64]:
        """The change of each column."""
        return np.arange(-self.distance, self.distance + 1)

    def row(self, count: int) -> NDArray[np.float64]:
        """The probabilities of each change for this count."""
        return np.asarray(self.probabilities[min(count, len(self.probabilities) - 1)], dtype=np.float64)


@lru_cache(maxsize=16)
def ptable(distance: int = DISTANCE, variance: float = VARIANCE) -> PTable:
    """The table with the most entropy among those that change a count by at most `distance`, without bias.

    Every row but that of zero has mean change 0 and this `variance`, and never makes a count negative. The solution is
    p(d) proportional to exp(a d + b d²); a and b are the dual variables of the two moments, found by minimising the
    convex log partition function. Raises ValueError when a row cannot have that variance: count i moves between -i
    and `distance`, so that its variance is less than i x distance.
    """
    if distance < 1:
        raise ValueError(f"distance: {distance} is less than 1")
    if not 0 < variance < distance:
        raise ValueError(f"variance: {variance} is not between 0 and {distance}, the most a count of 1 can have")
    width = 2 * distance + 1
    table = np.zeros((distance + 1, width))
    table[0, distance] = 1.0
    for count in range(1, distance + 1):
        changes = np.arange(-count, distance + 1, dtype=float)
        table[count, distance - count :] = _most_entropy(changes, variance)
    table.setflags(write=False)
    return PTable(distance, variance, table)


def _most_entropy(changes: NDArray[np.float64], variance: float) -> NDArray[np.float64]:
    features = np.stack([changes, changes**2 - variance])

    def dual(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
        exponents = weights @ features
        top = exponents.max()
        mass = np.exp(exponents - top)
        share = mass / mass.sum()
        mean = features @ share
        return float(top + np.log(mass.sum())), mean, (features * share) @ features.T - np.outer(mean, mean)

    solve: Any = minimize
    found = solve(
        lambda w: dual(w)[0], np.zeros(2), jac=lambda w: dual(w)[1], hess=lambda w: dual(w)[2], method="trust-exact",
        options={"gtol": 1e-9},
    )  # fmt: skip
    weights = np.asarray(found.x, dtype=float)
    for _ in range(20):  # Newton's last steps, to the precision of the machine
        _value, gradient, hessian = dual(weights)
        weights = weights - np.linalg.solve(hessian, gradient)
    exponents = weights @ features
    mass = np.exp(exponents - exponents.max())
    return np.asarray(mass / mass.sum(), dtype=np.float64)


def perturbed(counts: Any, cell_keys: Any, table: PTable | None = None) -> NDArray[np.int64]:
    """Each count with the change that its cell key draws from the table (default: distance 3, variance 2).

    Right on average, zero stays zero, and no count becomes negative. Broadcasts. Raises ValueError for other counts or
    keys outside 32 bits.
    """
    table = table or ptable()
    whole, draw = np.broadcast_arrays(_counts(counts), _draw(cell_keys))
    cumulative = np.cumsum(table.probabilities, axis=1)
    cumulative[:, -1] = 1.0
    rows = cumulative[np.minimum(whole, len(cumulative) - 1)]
    change = (draw[..., None] >= rows).sum(axis=-1) - table.distance
    return np.asarray(whole + change, dtype=np.int64)
