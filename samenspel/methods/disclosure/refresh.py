# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Freeze or refresh: new numbers only after ten respondents answered, answered again or withdrew since the last ones.

Until then the previous values are repeated bit for bit: fresh noise on the same answers could be averaged away, and the
same noise on changed answers shows the change.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

LEAST_BATCH = 10

# keyed hash of a respondent -> digest of what they last gave
Prints = Mapping[str, str]


class Outcome(StrEnum):
    """What happens at a moment of the release calendar."""

    REFRESH = "refresh"
    FREEZE = "freeze"


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to compute anew, and how many respondents were added, gave an answer again, or withdrew."""

    outcome: Outcome
    added: int
    changed: int
    withdrawn: int
    least: int = LEAST_BATCH

    @property
    def batch(self) -> int:
        """The respondents who count."""
        return self.added + self.changed + self.withdrawn


def fingerprint(key: bytes, answer: str, submission: str) -> str:
    """The digest of what one respondent gave: another one for each submission, also of the same answer.

    Who answers again counts, whether or not the answer is another one: if only changes counted, the refresh itself
    would tell that a person changed their mind. Raises ValueError for a key under 16 bytes.
    """
    if len(key) < 16:
        raise ValueError(f"key: {len(key)} bytes, fewer than 16")
    return hmac.digest(key, f"{len(answer)}:{answer}:{submission}".encode(), "sha256").hex()


def decide(before: Prints, now: Prints, least: int = LEAST_BATCH) -> Decision:
    """Compare who answered what at the last refresh (empty: never) with now. Withdrawal counts like an answer.

    Raises ValueError when `least` is under 10: the rule may be made stricter, not weaker.
    """
    if least < LEAST_BATCH:
        raise ValueError(f"least: {least} is less than {LEAST_BATCH}")
    added = sum(1 for person in now if person not in before)
    withdrawn = sum(1 for person in before if person not in now)
    changed = sum(1 for person, given in now.items() if person in before and before[person] != given)
    outcome = Outcome.REFRESH if added + withdrawn + changed >= least else Outcome.FREEZE
    return Decision(outcome, added, changed, withdrawn, least)
