# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The lasting coin: a few answers are exchanged for another one before anything is counted, once and for good.

Randomised response (Warner 1965), with the memory of RAPPOR (Erlingsson, Pihur and Korolova 2014, "permanent
randomized response"): an answer that was given once always falls the same way, so that no number of releases wears it
out; who answers again throws again, because a fall that differs must not prove that the answer does. Whatever is
computed from exchanged answers, and whatever an attacker knows of everybody else, the odds of one answer of one
submission change by at most `odds` (local differential privacy with epsilon = ln odds).

That holds as long as the answer is thrown once: every family that counts it must use the same key, question, person,
submission, answers and odds, as `outcomes.disclosure` sees to. A second coin over the same answer multiplies the odds,
and so do k submissions of the same answer: at worst to the power k.
"""

import hmac
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samenspel.methods.disclosure.noise import LEAST_KEY_BYTES

# An answer that up to 90 in 100 give never becomes 99 % certain; see odds_for and docs/explanation/disclosure.md.
ODDS = 10.0
_WHOLE = 1 << 64


def odds_for(common: float, certainty: float = 0.99) -> float:
    """The odds at which an answer that a share `common` of people gives never becomes more certain than `certainty`.

    With an answer that nine in ten give, an attacker begins at 0.9 and odds of 11 bring them to 0.99: a family with
    such a lopsided question takes odds below that. Raises ValueError unless 0 < common < certainty < 1.
    """
    if not 0 < common < certainty < 1:
        raise ValueError(f"common, certainty: 0 < {common} < {certainty} < 1 does not hold")
    return certainty / (1 - certainty) * (1 - common) / common


@dataclass(frozen=True, slots=True)
class Coin:
    """How often answers are exchanged. Raises ValueError for odds of 1 or less, or fewer than two answers.

    `keep` is the probability that an answer stays, `other` that it becomes one particular other answer; keep / other is
    `odds`: for two answers and odds 10 one in eleven is exchanged. Infinite odds: nothing is.
    """

    answers: int
    odds: float = ODDS

    def __post_init__(self) -> None:
        if self.answers < 2:
            raise ValueError(f"answers: {self.answers}, and one answer says nothing")
        if not self.odds > 1:
            raise ValueError(f"odds: {self.odds} is not more than 1")

    @property
    def other(self) -> float:
        """The probability of becoming one particular other answer."""
        return 1.0 / (self.odds + self.answers - 1)

    @property
    def keep(self) -> float:
        """The probability of staying."""
        return 1.0 - self.other * (self.answers - 1)

    def highest_certainty(self, before: float = 0.5) -> float:
        """How sure an attacker can ever become of one answer, who thought it had probability `before`."""
        if math.isinf(self.odds):
            return 1.0
        return before * self.odds / (before * self.odds + 1.0 - before)

    def share(self, counted: Any) -> NDArray[np.float64]:
        """The share of people who gave an answer, from its share after the exchange: (c - other) / (keep - other).

        Right on average; a small share can come out below 0 or above 1. NaN in, NaN out.
        """
        return np.asarray((np.asarray(counted, dtype=float) - self.other) / (self.keep - self.other))

    def exchanged(self, key: bytes, person: str, answer: int) -> int:
        """What is counted for this person's answer: always the same for the same key, person and answer.

        `person` names person and submission, so that another submission of the same person falls anew.

        Raises ValueError for a key under 16 bytes or an answer that is not one of 0 … answers - 1.
        """
        if len(key) < LEAST_KEY_BYTES:
            raise ValueError(f"key: {len(key)} bytes, fewer than {LEAST_KEY_BYTES}")
        if not 0 <= answer < self.answers:
            raise ValueError(f"answer: {answer} is not one of {self.answers}")
        drawn = hmac.digest(key, f"answer {answer} of {person}".encode(), "sha256")
        place = (int.from_bytes(drawn[:8], "big") + 0.5) / _WHOLE
        if self.other == 0 or place < self.keep:
            return answer
        others: Sequence[int] = [other for other in range(self.answers) if other != answer]
        return others[min(int((place - self.keep) / self.other), len(others) - 1)]
