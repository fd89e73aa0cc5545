# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was released, from which key, and what must be remembered for the next release. All of it immutable."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from samenspel.methods.disclosure.laplace import Budget
from samenspel.methods.disclosure.noise import LEAST_KEY_BYTES
from samenspel.methods.disclosure.releases import Earlier
from samenspel.methods.disclosure.thresholds import Reason, Status


class Why(StrEnum):
    """Why a release has new numbers, or the previous ones."""

    BATCH = "batch"  # new: ten or more respondents
    WAITING = "waiting"  # previous: fewer than ten
    EARLIER = "earlier"  # previous: new ones would give earlier hidden cells away
    BUDGET = "budget"  # previous: this year's privacy budget is spent


@dataclass(frozen=True, slots=True)
class Cell:
    """One number as everybody may see it. `answer` None: all respondents of the area.

    `count` is a number of respondents after noise; `variance` that of the noise in it (0 where counts are exact or
    withheld), as metadata must state. `share` (0-1, in whole per cents) and `mean` estimate what respondents answered,
    the lasting coin undone, with an interval at 95 % in which chance, coin and noise are counted together.
    """

    area: str
    answer: str | None
    status: Status
    reason: Reason | None = None
    count: int | None = None
    variance: float = 0.0
    share: float | None = None
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """What appeared at one moment of the calendar. `computed` is the number of the release that computed the cells."""

    family: str
    number: int
    period: str
    computed: int
    key_id: str
    why: Why
    cells: tuple[Cell, ...]

    @property
    def repeats(self) -> bool:
        """Whether the cells are those of an earlier release."""
        return self.computed != self.number

    def cell(self, area: str, answer: str | None = None) -> Cell:
        """The cell of one area and answer. Raises KeyError."""
        for cell in self.cells:
            if (cell.area, cell.answer) == (area, answer):
                return cell
        raise KeyError((area, answer))


@dataclass(frozen=True, slots=True)
class Memory:
    """What a family keeps secret for its next release: who answered what last, and the tables behind the numbers."""

    prints: Mapping[str, str] = field(default_factory=dict)
    tables: tuple[Earlier, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """All releases, in order, with the memory of each family and the privacy budget."""

    releases: tuple[Release, ...] = ()
    memories: Mapping[str, Memory] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)

    def last(self, family: str) -> Release | None:
        """The latest release of a family."""
        return next((release for release in reversed(self.releases) if release.family == family), None)

    def memory(self, family: str) -> Memory:
        """What is remembered of a family; nothing before its first numbers."""
        return self.memories.get(family, Memory())

    def saw(self, key_id: str) -> tuple[Release, ...]:
        """The releases whose numbers were drawn from this key."""
        return tuple(release for release in self.releases if release.key_id == key_id)

    def after(self, release: Release, memory: Memory | None = None, budget: Budget | None = None) -> "Ledger":
        """The ledger with one release more. Raises ValueError when its number is not the next, or its key was used."""
        last = self.last(release.family)
        if release.number != (last.number + 1 if last else 1):
            raise ValueError(f"release: number {release.number} does not follow {last.number if last else 0}")
        if not release.repeats and release.key_id and self.saw(release.key_id):
            raise ValueError(f"release: key {release.key_id} was used before")
        memories = self.memories if memory is None else {**self.memories, release.family: memory}
        return replace(self, releases=(*self.releases, release), memories=memories, budget=budget or self.budget)


@dataclass(frozen=True, slots=True)
class Keys:
    """The secrets of a release: a new key for its noise, and the lasting one of the question's coin.

    Raises ValueError for keys under 16 bytes, and for two that are the same.
    """

    release: bytes = field(repr=False)
    coin: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if min(len(self.release), len(self.coin)) < LEAST_KEY_BYTES:
            raise ValueError(f"keys: both need {LEAST_KEY_BYTES} bytes or more")
        if self.release == self.coin:
            raise ValueError("keys: the noise and the coin need different ones")

    @property
    def key_id(self) -> str:
        """What may be known of the release key: the first 16 hexadecimal digits of its hash."""
        return hashlib.sha256(b"samenspel release key " + self.release).hexdigest()[:16]
