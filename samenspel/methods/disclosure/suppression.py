# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Optimal secondary suppression: hide as little as possible, so that no hidden small cell can be computed.

Source: Fischetti and Salazar, "Solving the cell suppression problem on tabular data with linear constraints",
Management Science 47 (2001) 1008-1027: an integer program over which cells are hidden, with a cutting plane for each
cell that can still be computed too closely. Here solved by HiGHS (scipy), with the inequalities of single lines first.

The costs do not look at counts: who knows the rule could otherwise run it again on every table that fits, and keep the
few that would have been hidden like this one. They come from a secret key.
"""

import hmac
import secrets
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from samenspel.methods.disclosure.solver import Ending, Floats, lowest, lowest_whole
from samenspel.methods.disclosure.tables import LinearTable, Name, leaves, matrix
from samenspel.methods.disclosure.thresholds import LEAST_RESPONDENTS, is_small

PROTECTION = 3  # whole numbers to either side
STAYS = 0.05  # what a cell that was hidden before costs, of what it would cost
_SLACK = 1e-6


class CannotProtect(ValueError):
    """What was published earlier, or must be published, already gives a cell away, or time was up."""


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

    Below the threshold of ten: to 0 and to 9, so that every small value stays possible (and at least twice the
    protection wide). How much that asks does not depend on the count, so that it gives no clue to it. From ten:
    `protection` to both sides.
    """
    if not is_small(count):
        return protection, protection
    return count, max(LEAST_RESPONDENTS - 1, 2 * protection) - count


def costs_from(key: bytes, table: LinearTable, before: Collection[Name] = ()) -> dict[Name, float]:
    """What hiding each cell costs: how many smallest cells it sums, times 1 to 2 as the key decides.

    No count plays a part. Cells in `before` (hidden in the previous release, as everybody saw) cost a twentieth, so
    that the same cells stay hidden where that is safe. Raises ValueError for a key under 16 bytes.
    """
    if len(key) < 16:
        raise ValueError(f"key: {len(key)} bytes, fewer than 16")
    sizes = dict.fromkeys(leaves(table), 1)
    parts: dict[Name, tuple[Name, ...]] = {}
    for equation in table.equations:
        parts.setdefault(equation.total, equation.parts)

    def size(name: Name) -> int:
        if name not in sizes:
            sizes[name] = sum(size(part) for part in parts[name])
        return sizes[name]

    def drawn(name: Name) -> float:
        text = "hiding " + "".join(f"{len(part)}:{part}" for part in name)
        return int.from_bytes(hmac.digest(key, text.encode(), "sha256")[:6], "big") / 2**48

    return {name: size(name) * (1 + drawn(name)) * (STAYS if name in before else 1.0) for name in table.counts}


def suppress(
    table: LinearTable,
    primary: Collection[Name],
    *,
    costs: Mapping[Name, float] | None = None,
    protection: int = PROTECTION,
    shown: Collection[Name] = (),
    hidden: Collection[Name] = (),
    seconds: float = 20.0,
) -> Suppression:
    """The cheapest set of hidden cells in which every `primary` cell keeps a range of `needs(count, protection)`.

    The attacker knows the equations, all cells that are not hidden, and that counts are not negative. `costs` says what
    hiding each cell costs (default: `costs_from` a key that is drawn for this call and forgotten). `shown` cells are
    published whatever it costs; `hidden` ones are not, and cost nothing. After half of `seconds` any safe set will do;
    after all of it CannotProtect is raised, as when no set will do. ValueError for unknown names.
    """
    costs = costs_from(secrets.token_bytes(32), table) if costs is None else costs
    place = {name: index for index, name in enumerate(table.names)}
    for argument, given in (("primary", primary), ("shown", shown), ("hidden", hidden), ("costs", costs)):
        for name in given:
            if name not in place:
                raise ValueError(f"{argument}: {name} is not a cell")
    values = np.array([table.counts[name] for name in table.names], dtype=float)
    problem = Problem(
        values,
        matrix(table.names, table.equations),
        {place[name]: needs(table.counts[name], protection) for name in primary},
        np.array([0.0 if name in hidden else costs.get(name, 1.0) for name in table.names]),
        np.array([name in hidden for name in table.names]),
        np.array([name in shown for name in table.names]),
    )
    if protection < 1:
        raise ValueError(f"protection: {protection} is less than one")
    chosen = solved(problem, seconds)
    names = frozenset(name for name, is_chosen in zip(table.names, chosen.hidden, strict=True) if is_chosen)
    return Suppression(names, frozenset(primary), chosen.cost, chosen.bound, chosen.optimal, chosen.rounds)


@dataclass(frozen=True, slots=True)
class Problem:
    """Which unknowns to hide: system @ changes = 0 is what the attacker knows, `values` how far each can fall.

    `wanted` says by unknown how far it must be able to fall and rise. `hidden` and `shown` are settled beforehand.
    """

    values: Floats
    system: csr_array
    wanted: Mapping[int, tuple[int, int]]
    costs: Floats
    hidden: NDArray[np.bool_]
    shown: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What `solved` found: the unknowns that are hidden, and as in Suppression."""

    hidden: NDArray[np.bool_]
    cost: float
    bound: float
    optimal: bool
    rounds: int


def solved(problem: Problem, seconds: float) -> Chosen:
    """The cheapest safe set; after half of the time a safe one. Raises CannotProtect when there is none (in time)."""
    return _Solver(problem, seconds).solve()


class _Solver:
    """The integer program of one problem: it grows by cuts until what it hides is safe."""

    def __init__(self, problem: Problem, seconds: float) -> None:
        self.system = problem.system.tocsr()
        self.by_column = problem.system.tocsc()
        self.primary = sorted(problem.wanted)
        self.wanted = problem.wanted
        for cell in self.primary:
            if problem.shown[cell]:
                raise CannotProtect("a cell is too small, and it is published already")
        most = max((sum(size) for size in self.wanted.values()), default=0)
        self.size = len(problem.values)
        self.down = problem.values
        self.up = np.full(self.size, float(problem.values.max(initial=0.0)) + 2 * most)
        self.costs = problem.costs
        self.lowest = problem.hidden.astype(float)
        self.lowest[self.primary] = 1
        self.highest = 1.0 - problem.shown
        self.rows: list[csr_array] = []
        self.least: list[float] = []
        self.known: set[bytes] = set()
        now = time.monotonic()
        self.until, self.end = now + seconds / 2, now + seconds

    # --- the master problem -----------------------------------------------------------------------------------------

    def solve(self) -> Chosen:
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

    def _left(self) -> float:
        left = self.end - time.monotonic()
        if left <= 0:
            raise CannotProtect("no safe choice of hidden cells was found in time")
        return left

    def _given(self, chosen: NDArray[np.bool_], bound: float, optimal: bool, rounds: int) -> Chosen:
        cost = float(self.costs[chosen].sum())
        return Chosen(chosen, cost, cost if optimal else min(bound, cost), optimal, rounds)

    def _cheapest(self) -> tuple[NDArray[np.bool_], float, bool]:
        """The cheapest set under the cuts so far, a lower bound of its cost, and whether it is proved the cheapest."""
        chosen = self.lowest > 0.5
        undecided = np.flatnonzero(self.lowest != self.highest)
        fixed_cost = float(self.costs[chosen].sum())
        rows = vstack(self.rows, format="csr") if self.rows else csr_array((0, self.size))
        least = np.array(self.least) - rows @ self.lowest
        rows = rows[:, undecided]
        smallest = rows.min(axis=1).toarray().ravel() if rows.shape[0] and len(undecided) else np.zeros(rows.shape[0])
        open_rows = np.flatnonzero(least > np.minimum(smallest, 0.0) + _SLACK)  # the others hold whatever is chosen
        if not len(open_rows) or not (least[open_rows] > _SLACK).any():
            return chosen, fixed_cost, True
        left = self._left()
        gap = 0.0 if time.monotonic() < self.until else 0.05
        found = lowest_whole(
            self.costs[undecided], rows[open_rows], least[open_rows] - _SLACK, np.inf, 0, 1, max(left, 0.01), gap
        )
        if found.ending is Ending.IMPOSSIBLE:
            raise CannotProtect("no choice of hidden cells protects the small ones")
        if found.values is None:
            raise CannotProtect("no safe choice of hidden cells was found in time")
        chosen = chosen.copy()
        chosen[undecided[found.values > 0.5]] = True
        return chosen, fixed_cost + found.bound, found.ending is Ending.BEST and gap == 0

    # --- inequalities that hold beforehand --------------------------------------------------------------------------

    def _line(self, row: int) -> tuple[NDArray[np.intp], Floats]:
        span = slice(self.system.indptr[row], self.system.indptr[row + 1])
        return self.system.indices[span].astype(np.intp), np.asarray(self.system.data[span], dtype=np.float64)

    def _line_cuts(self) -> None:
        """In each equation of a small cell, the others must be able to make up for what it could be more or less."""
        for cell in self.primary:
            below, above = self.wanted[cell]
            for row in self.by_column.indices[self.by_column.indptr[cell] : self.by_column.indptr[cell + 1]]:
                cells, signs = self._line(int(row))
                own = float(signs[cells == cell][0])
                for size, direction in ((above, 1.0), (below, -1.0)):
                    weights = np.zeros(self.size)
                    weights[cells] = signs * own * direction
                    weights[cell] = 0.0
                    self._add(weights, size)

    def _lonely_cells(self) -> None:
        """A cell that is hidden alone in an equation hides nothing, so the cheapest set has none."""
        free = (self.lowest == 0) & (self.highest == 1) & (self.costs > 0)
        for number in range(self.system.shape[0]):
            cells, _signs = self._line(number)
            if self.lowest[cells].any():
                continue
            for cell in cells[free[cells]]:
                row = np.zeros(self.size)
                row[cells] = 1.0
                row[cell] = -1.0
                self._append(row, 0.0)

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
        part = self.by_column[:, cells].tocsr()
        touched = np.flatnonzero(np.diff(part.indptr))
        part, beside = part[touched], self.system[touched]
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
            found = lowest(goal, part, zero, least, most, self._left())
            if found.ending is Ending.STOPPED:
                raise CannotProtect("no safe choice of hidden cells was found in time")
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
            weights = -(beside.T @ prices)
            weights[cell] = 0.0
            self._add(weights, self._size(cell, side))
        return weak

    def _size(self, cell: int, side: int) -> int:
        below, above = self.wanted[cell]
        return above if side > 0 else below
