# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The attacker's arithmetic: what may each hidden cell still be, given everything published, also earlier?

Written apart from the suppression, with a formulation of its own, so that an error in the one is found by the other.
Every release is a set of unknowns of one linear program; between two releases people come and go.
"""

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.sparse import block_diag, csr_array

from samenspel.methods.disclosure.solver import Ending, Floats, Found, lowest, lowest_whole
from samenspel.methods.disclosure.tables import Equation, Name

_SLACK = 1e-6
BLOCK = 20_000  # unknowns in one call of the solver


class Range(NamedTuple):
    """What a hidden cell may be; `upper` is infinite when nothing bounds it."""

    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Published:
    """What everybody sees of one release: a number for each cell, None where it is hidden, and what adds up to what.

    `joined` and `left` are how many answers were added and taken away since the release before (a changed answer is
    one of each); None: the attacker does not know. Both are of no use in the first release.
    """

    values: Mapping[Name, int | None]
    equations: tuple[Equation, ...]
    joined: int | None = None
    left: int | None = None


class Exposed(NamedTuple):
    """A cell that is known too well: the number of its release (from 0), its name, and the range that is left."""

    release: int
    name: Name
    found: Range


class _System:
    """Everything the attacker knows of all releases, as equations of unknowns that are not negative."""

    def __init__(self, releases: Sequence[Published]) -> None:
        self.releases = releases
        self.place: dict[tuple[str, int, Name], int] = {}
        self.entries: list[tuple[int, int, float]] = []
        self.sides: list[float] = []
        for number, release in enumerate(releases):
            for name, value in release.values.items():
                if value is None:
                    self.unknown("cell", number, name)
            for equation in release.equations:
                cells = [("cell", number, equation.total, -1.0)]
                self.put([*cells, *(("cell", number, part, 1.0) for part in equation.parts)], 0.0)
            if number:
                self._between(number)
        # Far above anything that was published: what reaches this is bounded by nothing.
        seen = sum(value for release in releases for value in release.values.values() if value is not None)
        self.endless = 1e6 + 10.0 * seen

    def unknown(self, kind: str, number: int, name: Name) -> int:
        """The index of an unknown, which is added when it is not there."""
        return self.place.setdefault((kind, number, name), len(self.place))

    def put(self, coefficients: Sequence[tuple[str, int, Name, float]], side: float) -> None:
        """An equation; what was published of it goes to its side."""
        row = len(self.sides)
        for kind, number, name, sign in coefficients:
            value = self.releases[number].values.get(name) if kind == "cell" else None
            if value is None:
                self.entries.append((row, self.unknown(kind, number, name), sign))
            else:
                side -= sign * value
        self.sides.append(side)

    def matrix(self) -> csr_array:
        """One row for each equation."""
        rows, columns, signs = ([entry[i] for entry in self.entries] for i in range(3))
        return csr_array((signs, (rows, columns)), shape=(len(self.sides), len(self.place)))

    def _between(self, number: int) -> None:
        """Each smallest cell changes by those who came and those who went; together they are as many as is known."""
        before, after = self.releases[number - 1], self.releases[number]
        leaves = _leaves(after)
        if leaves != _leaves(before):
            raise ValueError(f"releases: {number - 1} and {number} have other smallest cells, and cannot be compared")
        came: list[Name] = []
        grown = shrunk = 0
        for name in sorted(leaves):
            old, new = before.values[name], after.values[name]
            if old is not None and new is not None:
                grown, shrunk = grown + max(new - old, 0), shrunk + max(old - new, 0)
                continue
            came.append(name)
            ends = [("cell", number, name, 1.0), ("cell", number - 1, name, -1.0)]
            self.put([*ends, ("came", number, name, -1.0), ("went", number, name, 1.0)], 0.0)
        # Whoever came and went in one and the same cell of which both counts are published is seen in neither.
        for kind, total, visible in (("came", after.joined, grown), ("went", after.left, shrunk)):
            if total is not None:
                parts = [(kind, number, name, 1.0) for name in came]
                self.put([*parts, ("unseen", number, (), 1.0)], float(total - visible))


def _leaves(release: Published) -> set[Name]:
    totals = {equation.total for equation in release.equations}
    return {name for name in release.values if name not in totals}


def ranges(
    releases: Sequence[Published],
    cells: Mapping[int, Collection[Name]] | None = None,
    *,
    whole: bool = False,
    until: float | None = None,
) -> dict[tuple[int, Name], Range]:
    """The range of every hidden cell (or of `cells`, by number of release), by release and name.

    Counts are not negative; with `whole` the attacker also uses that they are whole numbers (slower; for tables of two
    dimensions it makes no difference, because their equations are totally unimodular). A cell that no equation of any
    release bounds runs to infinity. Raises ValueError when what was published contradicts itself and when two releases
    in a row do not have the same smallest cells, and TimeoutError at `until` (of time.monotonic).
    """
    known = _System(releases)
    wanted = [
        (number, name)
        for number, release in enumerate(releases)
        for name, value in release.values.items()
        if value is None and (cells is None or name in cells.get(number, ()))
    ]
    goals = [(known.place["cell", number, name], sign) for number, name in wanted for sign in (1.0, -1.0)]
    system, sides = known.matrix(), np.array(known.sides)
    ends = [
        float("inf") if sign < 0 and end >= known.endless * 0.99 else end
        for end, (_at, sign) in zip(_extremes(system, sides, goals, known.endless, whole, until), goals, strict=True)
    ]
    return {place: Range(ends[2 * index], ends[2 * index + 1]) for index, place in enumerate(wanted)}


def _extremes(
    system: csr_array,
    sides: Floats,
    goals: list[tuple[int, float]],
    most: float,
    whole: bool,
    until: float | None,
) -> list[float]:
    """For each (variable, sign) its lowest (1) or highest (-1) value."""
    if not whole and len(goals) > 1:
        # Many small programs in one call cost a fraction of the calls.
        size = max(1, BLOCK // max(system.shape[1], 1))
        parts = [goals[start : start + size] for start in range(0, len(goals), size)]
        found: list[float] = []
        for part in parts:
            found += _together(system, sides, part, most, _left(until))
        return found
    return [_extreme(system, sides, at, sign, most, whole, _left(until)) for at, sign in goals]


def _left(until: float | None) -> float | None:
    left = None if until is None else until - time.monotonic()
    if left is not None and left <= 0:
        raise TimeoutError("the audit was not finished in time")
    return left


def _together(
    system: csr_array, sides: Floats, goals: list[tuple[int, float]], most: float, seconds: float | None
) -> list[float]:
    width = system.shape[1]
    goal = np.zeros(width * len(goals))
    places = [index * width + at for index, (at, _sign) in enumerate(goals)]
    goal[places] = [sign for _at, sign in goals]
    blocks = block_diag([system] * len(goals), format="csr")
    found = lowest(goal, blocks, np.tile(sides, len(goals)), 0.0, most, seconds)
    values = _values(found)
    return [_whole_if_near(float(values[place])) for place in places]


def _extreme(
    system: csr_array, sides: Floats, at: int, sign: float, most: float, whole: bool, seconds: float | None
) -> float:
    goal = np.zeros(system.shape[1])
    goal[at] = sign
    if whole:
        return _whole_if_near(float(_values(lowest_whole(goal, system, sides, sides, 0, most, seconds))[at]))
    return _whole_if_near(float(_values(lowest(goal, system, sides, 0, most, seconds))[at]))


def _values(found: Found) -> Floats:
    if found.ending is Ending.STOPPED:
        raise TimeoutError("the audit was not finished in time")
    if found.values is None or found.ending is not Ending.BEST:
        raise ValueError(f"releases: what was published contradicts itself ({found.ending.value})")
    return found.values


def _whole_if_near(value: float) -> float:
    return round(value) + 0.0 if abs(value - round(value)) < _SLACK else value


def exposed(
    releases: Sequence[Published],
    wanted: Mapping[tuple[int, Name], tuple[float, float]],
    *,
    whole: bool = False,
    seconds: float | None = None,
) -> tuple[Exposed, ...]:
    """The cells whose range does not reach as far as wanted: (lowest, highest) by number of release and name.

    Empty when everything that must stay hidden is. A cell that is published although a range was wanted is exposed too.
    Raises ValueError as `ranges` does, and TimeoutError after `seconds`.
    """
    until = None if seconds is None else time.monotonic() + seconds
    reached = set() if whole else _reached(releases, wanted, until)
    asked: dict[int, set[Name]] = {}
    for number, name in wanted:
        if (number, name) not in reached:
            asked.setdefault(number, set()).add(name)
    found = ranges(releases, asked, whole=whole, until=until) if asked else {}
    weak = []
    for (number, name), (low, high) in wanted.items():
        if (number, name) in reached:
            continue
        value = releases[number].values[name]
        left = found[number, name] if value is None else Range(value, value)
        if left.lower > low + _SLACK or left.upper < high - _SLACK:
            weak.append(Exposed(number, name, left))
    return tuple(weak)


def _reached(
    releases: Sequence[Published], wanted: Mapping[tuple[int, Name], tuple[float, float]], until: float | None
) -> set[tuple[int, Name]]:
    """Cells that are surely not exposed: tables that fit all that was published, in which many are far off at once."""
    known = _System(releases)
    if not known.sides:
        return set()
    system, sides = known.matrix(), np.array(known.sides)
    places = {cell: known.place[("cell", *cell)] for cell in wanted if ("cell", *cell) in known.place}
    done = []
    for side in (0, 1):  # as low as wanted, as high as wanted
        open_ = dict(places)
        while open_:
            goal = np.zeros(system.shape[1])
            least, most = np.zeros(system.shape[1]), np.full(system.shape[1], known.endless)
            for cell, place in open_.items():
                goal[place] = -1.0 if side else 1.0
                (most if side else least)[place] = wanted[cell][side]
            values = _values(lowest(goal, system, sides, least, most, _left(until)))
            far = {cell for cell, place in open_.items() if abs(values[place] - wanted[cell][side]) <= _SLACK}
            if not far:
                break
            open_ = {cell: place for cell, place in open_.items() if cell not in far}
        done.append({cell for cell in places if cell not in open_})
    return done[0] & done[1]
