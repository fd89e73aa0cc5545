# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Optimal secondary suppression: hide as little as possible, so that no hidden small cell can be computed.

Source: Fischetti and Salazar, "Solving the cell suppression problem on tabular data with linear constraints",
Management Science 47 (2001) 1008-1027: an integer program over which cells are hidden, with a cutting plane for each
cell that can still be computed too closely. Here solved by HiGHS (scipy), with the inequalities of single lines first.
"""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from samenspel.methods.disclosure.solver import Ending, Floats, lowest, lowest_whole
from samenspel.methods.disclosure.tables import LinearTable, Name, matrix

PROTECTION = 3  # whole numbers to either side
_SLACK = 1e-6


class CannotProtect(ValueError):
    """What was published earlier, or must be published, already gives a cell away."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """Which cells stay hidden. `cost` is the sum of their costs; `optimal` whether no cheaper set protects as well.

    `bound` is the lowest cost that any safe set can have, as far as that was proved.
    """

    hidden: frozenset[Name]
    primary: frozenset[Name]
    cost: float
    bound: float
    optimal: bool
    rounds: int


def needs(count: int, protection: int = PROTECTION) -> tuple[int, int]:
    """How far below and above its count the range of a hidden cell must reach.

    `protection` to both sides. What does not fit above zero is added on top, so that the range is always at least
    twice the protection wide: a cell of 1 must leave 0 to 6 possible.
    """
    below = min(count, protection)
    return below, 2 * protection - below


def suppress(
    table: LinearTable,
    primary: Collection[Name],
    *,
    costs: Mapping[Name, float] | None = None,
    protection: int = PROTECTION,
    shown: Collection[Name] = (),
    hidden: Collection[Name] = (),
    free: Collection[Name] = (),
    seconds: float = 20.0,
) -> Suppression:
    """The cheapest set of hidden cells in which every `primary` cell keeps a range of `needs(count, protection)`.

    The attacker knows the equations, all cells that are not hidden, and that counts are not negative. `costs` says what
    hiding a cell costs (default: its count plus one, so that small cells go first and totals last). `shown` cells are
    published whatever it costs, such as those of an earlier release; `hidden` ones are not, and cost nothing; `free`
    cells are no published cells at all but unknowns of the equations (who came and went). After `seconds` the best
    safe set so far is given, not proved to be the cheapest. Raises CannotProtect when no set will do, and ValueError
    for unknown names.
    """
    return _Solver(table, primary, costs or {}, protection, shown, {*hidden, *free}, seconds).solve()


class _Solver:
    """The integer program of one table: it grows by cuts until what it hides is safe."""

    def __init__(
        self,
        table: LinearTable,
        primary: Collection[Name],
        costs: Mapping[Name, float],
        protection: int,
        shown: Collection[Name],
        hidden: Collection[Name],
        seconds: float,
    ) -> None:
        self.names = table.names
        place = {name: index for index, name in enumerate(self.names)}
        for argument, given in (("primary", primary), ("shown", shown), ("hidden", hidden), ("costs", costs)):
            for name in given:
                if name not in place:
                    raise ValueError(f"{argument}: {name} is not a cell")
        both = set(primary) & set(shown)
        if both:
            raise CannotProtect(f"{min(both)} is too small, and it is published already")
        if protection < 1:
            raise ValueError(f"protection: {protection} is less than one")
        self.values = np.array([table.counts[name] for name in self.names], dtype=float)
        self.dense: Floats = matrix(self.names, table.equations).toarray()
        self.primary = sorted(place[name] for name in set(primary))
        self.wanted = {i: needs(int(self.values[i]), protection) for i in self.primary}
        top = float(self.values.max(initial=0.0)) + 4 * protection
        self.down, self.up = self.values, np.full(len(self.names), top)
        self.costs = np.array([costs.get(name, table.counts[name] + 1) for name in self.names], dtype=float)
        self.lowest, self.highest = np.zeros(len(self.names)), np.ones(len(self.names))
        for name in hidden:
            self.lowest[place[name]] = 1
            self.costs[place[name]] = 0
        self.lowest[self.primary] = 1
        for name in shown:
            self.highest[place[name]] = 0
        self.rows: list[csr_array] = []
        self.least: list[float] = []
        self.known: set[bytes] = set()
        self.until = time.monotonic() + seconds

    # --- the master problem -----------------------------------------------------------------------------------------

    def solve(self) -> Suppression:
        if not self.primary:
            return self._given(self.lowest > 0.5, 0.0, True, 0)
        self._line_cuts()
        self._lonely_cells()
        rounds, bound, late = 0, 0.0, False
        while True:
            rounds += 1
            chosen, lowest_cost, proved = self._cheapest()
            bound = bound if late else max(bound, lowest_cost)
            late = late or time.monotonic() > self.until
            if late:  # from here on cells are only added: it ends soon, and what comes out is safe if not the cheapest
                self.lowest[chosen] = 1
            if not self._cuts_off(chosen):
                return self._given(chosen, bound, proved and not late, rounds)

    def _given(self, chosen: NDArray[np.bool_], bound: float, proved: bool, rounds: int) -> Suppression:
        cost = float(self.costs[chosen].sum())
        return Suppression(
            frozenset(self.names[i] for i in np.flatnonzero(chosen)),
            frozenset(self.names[i] for i in self.primary),
            cost,
            cost if proved else min(bound, cost),
            proved,
            rounds,
        )

    def _cheapest(self) -> tuple[NDArray[np.bool_], float, bool]:
        """The cheapest set under the cuts so far, a lower bound of its cost, and whether it is proved the cheapest."""
        left = self.until - time.monotonic()
        rows = vstack([csr_array((0, len(self.names))), *self.rows], format="csr")
        for limit in (max(left, 0.5), 60.0):
            gap = 0.0 if left > 0 else 0.05
            found = lowest_whole(self.costs, rows, np.array(self.least), np.inf, self.lowest, self.highest, limit, gap)
            if found.ending is Ending.IMPOSSIBLE:
                raise CannotProtect("no choice of hidden cells protects the small ones")
            if found.values is not None:
                return found.values > 0.5, found.bound, found.ending is Ending.BEST and left > 0
        # No set in time: everything that may be hidden is safe whenever anything is.
        return self.highest > 0.5, 0.0, False

    # --- inequalities that hold beforehand --------------------------------------------------------------------------

    def _line_cuts(self) -> None:
        """In each equation of a small cell, the others must be able to make up for what it could be more or less."""
        for cell in self.primary:
            below, above = self.wanted[cell]
            for line in self._lines_of(cell):
                signs = self.dense[line]
                for size, direction in ((above, 1.0), (below, -1.0)):
                    weights = signs * signs[cell] * direction
                    weights[cell] = 0.0
                    self._add(weights, size)

    def _lonely_cells(self) -> None:
        """A cell that is hidden alone in an equation hides nothing, so the cheapest set has none."""
        for line in self.dense != 0:
            cells = np.flatnonzero(line)
            for cell in cells:
                if self.lowest[cell] == 0 and self.highest[cell] == 1 and self.costs[cell] > 0:
                    row = np.zeros(len(self.names))
                    row[cells] = 1.0
                    row[cell] = -1.0
                    self._append(row, 0.0)

    def _lines_of(self, cell: int) -> NDArray[np.intp]:
        return np.flatnonzero(self.dense[:, cell])

    # --- cuts -------------------------------------------------------------------------------------------------------

    def _add(self, weights: Floats, size: float) -> None:
        """Cut: sum of weights x change must be able to fall by `size`, by the cells that are hidden.

        Positive weights: those cells fall, at most to zero. Negative: they rise. A cell counts for no more than is
        asked for, because it is hidden whole or not at all.
        """
        if size:
            room = np.where(weights > _SLACK, weights * self.down, np.where(weights < -_SLACK, -weights * self.up, 0.0))
            fixed = self.lowest > 0
            still = size - float(room[fixed].sum())  # what is hidden anyway does its part
            if still > _SLACK:
                self._append(np.where(fixed | (self.highest == 0), 0.0, np.minimum(room, still) / still), 1.0)

    def _append(self, row: Floats, least: float) -> bool:
        mark = np.round(row, 9).tobytes()
        if mark in self.known:
            return False
        self.known.add(mark)
        self.rows.append(csr_array(row[None, :]))
        self.least.append(least)
        return True

    def _cuts_off(self, chosen: NDArray[np.bool_]) -> bool:
        """Whether `chosen` leaves a cell unprotected; then cuts that exclude it are added."""
        cells = np.flatnonzero(chosen)
        touched = np.flatnonzero((self.dense[:, cells] != 0).any(axis=1))
        part = csr_array(self.dense[np.ix_(touched, cells)])
        place = {int(cell): index for index, cell in enumerate(cells)}
        low, high = -self.down[cells], self.up[cells]
        open_ = {(cell, side) for cell in self.primary for side in (-1, 1) if self._size(cell, side)}
        zero = np.zeros(len(touched))

        def farthest(wanted: set[tuple[int, int]]) -> tuple[Floats, Floats]:
            """Changes that keep all equations and take the wanted cells as far as needed, and the equations' prices."""
            goal, least, most = np.zeros(len(cells)), low.copy(), high.copy()
            for cell, side in wanted:
                at = place[cell]
                goal[at] = -side
                if side > 0:
                    most[at] = self._size(cell, side)
                else:
                    least[at] = -self._size(cell, side)
            found = lowest(goal, part, zero, least, most)
            if found.values is None:
                raise RuntimeError(f"the range of a hidden cell could not be computed: {found.ending.value}")
            return found.values, found.prices

        def reached(changes: Floats) -> set[tuple[int, int]]:
            return {(c, side) for c, side in open_ if side * changes[place[c]] >= self._size(c, side) - _SLACK}

        # One table in which many cells are far from their counts shows for all of them at once that they are safe.
        for side in (1, -1):
            while one_side := {pair for pair in open_ if pair[1] == side}:
                done = reached(farthest(one_side)[0])
                open_ -= done
                if not done & one_side:
                    break
        weak = False
        for cell, side in sorted(open_):
            if (cell, side) not in open_:
                continue
            changes, prices = farthest({(cell, side)})
            done = reached(changes)
            open_ -= done
            if (cell, side) in done:
                continue
            weak = True
            weights = -(prices @ self.dense[touched])
            weights[cell] = 0.0
            self._add(weights, self._size(cell, side))
        return weak

    def _size(self, cell: int, side: int) -> int:
        below, above = self.wanted[cell]
        return above if side > 0 else below
