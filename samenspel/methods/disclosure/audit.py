# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The attacker's arithmetic: what may each hidden cell still be, given everything published, also earlier?

Written apart from the suppression, with a formulation of its own, so that an error in the one is found by the other.
Every release is a set of unknowns of one linear program; between two releases people come and go.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.sparse import block_diag, csr_array

from samenspel.methods.disclosure.solver import Ending, Floats, lowest, lowest_whole
from samenspel.methods.disclosure.tables import Equation, Name

_SLACK = 1e-6
BLOCK = 20_000  # unknowns in one call of the solver

_Put = Callable[[list[tuple[str, int, Name, float]], float], None]


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


def ranges(
    releases: Sequence[Published], cells: Mapping[int, Collection[Name]] | None = None, *, whole: bool = False
) -> dict[tuple[int, Name], Range]:
    """The range of every hidden cell (or of `cells`, by number of release), by release and name.

    Counts are not negative; with `whole` the attacker also uses that they are whole numbers (slower; for tables of two
    dimensions it makes no difference, because their equations are totally unimodular). A cell that no equation of any
    release bounds runs to infinity. Raises ValueError when what was published contradicts itself.
    """
    variables: dict[tuple[str, int, Name], int] = {}
    entries: list[tuple[int, int, float]] = []
    sides: list[float] = []

    def variable(kind: str, number: int, name: Name) -> int:
        return variables.setdefault((kind, number, name), len(variables))

    def put(coefficients: list[tuple[str, int, Name, float]], side: float) -> None:
        row = len(sides)
        for kind, number, name, sign in coefficients:
            value = releases[number].values.get(name) if kind == "cell" else None
            if value is None:
                entries.append((row, variable(kind, number, name), sign))
            else:
                side -= sign * value
        sides.append(side)

    for number, release in enumerate(releases):
        for name, value in release.values.items():
            if value is None:
                variable("cell", number, name)
        for equation in release.equations:
            put(
                [("cell", number, equation.total, -1.0), *(("cell", number, part, 1.0) for part in equation.parts)],
                0.0,
            )
        if number:
            _between(releases[number - 1], release, number, put)
    wanted = [
        (number, name)
        for number, release in enumerate(releases)
        for name, value in release.values.items()
        if value is None and (cells is None or name in cells.get(number, ()))
    ]
    rows, columns = [entry[0] for entry in entries], [entry[1] for entry in entries]
    signs = [entry[2] for entry in entries]
    system = csr_array((signs, (rows, columns)), shape=(len(sides), len(variables)))
    goals = [(variables["cell", number, name], sign) for number, name in wanted for sign in (1.0, -1.0)]
    # Far above anything that was published: what reaches this is bounded by nothing.
    endless = 1e6 + 10.0 * sum(value for release in releases for value in release.values.values() if value is not None)
    ends = [
        float("inf") if sign < 0 and end >= endless * 0.99 else end
        for end, (_at, sign) in zip(_extremes(system, np.array(sides), goals, endless, whole), goals, strict=True)
    ]
    return {place: Range(ends[2 * index], ends[2 * index + 1]) for index, place in enumerate(wanted)}


def _between(before: Published, after: Published, number: int, put: _Put) -> None:
    """Each smallest cell changes by those who came and those who went; together they are as many as is known."""
    totals = {equation.total for equation in (*before.equations, *after.equations)}
    leaves = [name for name in after.values if name in before.values and name not in totals]
    for name in leaves:
        put(
            [
                ("cell", number, name, 1.0),
                ("cell", number - 1, name, -1.0),
                ("came", number, name, -1.0),
                ("went", number, name, 1.0),
            ],
            0.0,
        )
    comparable = {n for n in before.values if n not in totals} == {n for n in after.values if n not in totals}
    for kind, known in (("came", after.joined), ("went", after.left)):
        if known is not None and leaves and comparable:
            put([(kind, number, name, 1.0) for name in leaves], float(known))


def _extremes(
    system: csr_array, sides: Floats, goals: list[tuple[int, float]], most: float, whole: bool
) -> list[float]:
    """For each (variable, sign) its lowest (1) or highest (-1) value."""
    if not whole and len(goals) > 1:
        # Many small programs in one call cost a fraction of the calls.
        size = max(1, BLOCK // max(system.shape[1], 1))
        parts = [goals[start : start + size] for start in range(0, len(goals), size)]
        found: list[float] = []
        for part in parts:
            found += _together(system, sides, part, most)
        return found
    return [_extreme(system, sides, at, sign, most, whole) for at, sign in goals]


def _together(system: csr_array, sides: Floats, goals: list[tuple[int, float]], most: float) -> list[float]:
    width = system.shape[1]
    goal = np.zeros(width * len(goals))
    places = [index * width + at for index, (at, _sign) in enumerate(goals)]
    goal[places] = [sign for _at, sign in goals]
    blocks = block_diag([system] * len(goals), format="csr")
    found = lowest(goal, blocks, np.tile(sides, len(goals)), 0.0, most)
    if found.values is None or found.ending is not Ending.BEST:
        raise ValueError(f"releases: what was published contradicts itself ({found.ending.value})")
    return [_whole_if_near(float(found.values[place])) for place in places]


def _extreme(system: csr_array, sides: Floats, at: int, sign: float, most: float, whole: bool) -> float:
    goal = np.zeros(system.shape[1])
    goal[at] = sign
    found = lowest_whole(goal, system, sides, sides, 0, most) if whole else lowest(goal, system, sides, 0, most)
    if found.values is None or found.ending is not Ending.BEST:
        raise ValueError(f"releases: what was published contradicts itself ({found.ending.value})")
    return _whole_if_near(float(found.values[at]))


def _whole_if_near(value: float) -> float:
    return round(value) + 0.0 if abs(value - round(value)) < _SLACK else value


def exposed(
    releases: Sequence[Published], wanted: Mapping[tuple[int, Name], tuple[float, float]], *, whole: bool = False
) -> tuple[Exposed, ...]:
    """The cells whose range does not reach as far as wanted: (lowest, highest) by number of release and name.

    Empty when everything that must stay hidden is. A cell that is published although a range was wanted is exposed too.
    """
    asked: dict[int, set[Name]] = {}
    for number, name in wanted:
        asked.setdefault(number, set()).add(name)
    found = ranges(releases, asked, whole=whole)
    weak = []
    for (number, name), (low, high) in wanted.items():
        value = releases[number].values[name]
        left = found[number, name] if value is None else Range(value, value)
        if left.lower > low + _SLACK or left.upper < high - _SLACK:
            weak.append(Exposed(number, name, left))
    return tuple(weak)
