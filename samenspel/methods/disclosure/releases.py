# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Several releases as one problem: what was published stays published, and who came and went ties them together.

The attacker is thought to know how many answers joined and left between two releases, and in which areas anybody takes
part at all, though neither is published. Releases are tied by their smallest cells, which are therefore the same ones
in every release: an area that is not shown has its own cells nevertheless, which are never published (`aligned`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from samenspel.methods.disclosure.audit import Exposed, Published, exposed
from samenspel.methods.disclosure.suppression import (
    PROTECTION,
    CannotProtect,
    Problem,
    Suppression,
    costs_from,
    needs,
    solved,
)
from samenspel.methods.disclosure.tables import Equation, LinearTable, Name, leaves

SECONDS = 30.0  # for a release; half of it is spent on the cheapest set at most, then a safe one is enough
OWN = "own"  # the last part of the name of those of an area who belong to none of its parts


@dataclass(frozen=True, slots=True)
class Earlier:
    """A table as it was released: its counts (not public), what of it was hidden, and who came and went before it."""

    table: LinearTable
    hidden: frozenset[Name]
    primary: frozenset[Name]
    joined: int = 0
    left: int = 0

    def published(self) -> Published:
        """What everybody sees of it, with the knowledge the attacker is thought to have of who came and went."""
        values = {name: None if name in self.hidden else count for name, count in self.table.counts.items()}
        return Published(values, self.table.equations, self.joined, self.left)


def aligned(earlier: Sequence[Earlier], table: LinearTable) -> tuple[Earlier, ...]:
    """The earlier releases with the smallest cells of `table`: the same ones in all.

    An area nobody took part in before had zero in each cell, and the attacker knows that. An area that has parts now
    and had none gets its people of then as a cell of its own (name and "own"). Raises ValueError when a smallest cell
    of an earlier release is not in `table`, neither itself nor so.
    """
    now = leaves(table)
    found = []
    for release in earlier:
        counts, equations, hidden = dict(release.table.counts), list(release.table.equations), set(release.hidden)
        old = leaves(release.table)
        for name in sorted(old - now):
            own = (*name, OWN)
            if own not in now or name not in table.counts:
                raise ValueError(f"table: {name} was a smallest cell of an earlier release, and is not known here")
            counts[own] = counts[name]
            equations.append(Equation(name, (own,)))
            if name in hidden:
                hidden.add(own)
        for name in sorted(now - old):
            if name in release.table.counts:
                raise ValueError(
                    f"table: {name} was a sum of others in an earlier release, and is a smallest cell here"
                )
            counts.setdefault(name, 0)
        if len(counts) != len(release.table.counts):
            release = replace(release, table=LinearTable(counts, tuple(equations)), hidden=frozenset(hidden))
        found.append(release)
    return tuple(found)


class _Rows:
    """The equations of a problem while it grows: unknowns by name, and how far each can fall."""

    def __init__(self) -> None:
        self.place: dict[tuple[str, int, Name], int] = {}
        self.values: list[float] = []
        self.entries: list[tuple[int, int, float]] = []
        self.count = 0

    def unknown(self, kind: str, number: int, name: Name, value: int) -> int:
        """The index of an unknown, which is added when it is not there."""
        if (kind, number, name) not in self.place:
            self.place[kind, number, name] = len(self.values)
            self.values.append(float(value))
        return self.place[kind, number, name]

    def add(self, entries: Sequence[tuple[int, float]]) -> None:
        """Changes x sign add up to nothing."""
        if entries:
            self.entries += [(self.count, index, sign) for index, sign in entries]
            self.count += 1

    def matrix(self) -> csr_array:
        """One row for each equation."""
        rows, columns, signs = ([entry[i] for entry in self.entries] for i in range(3))
        return csr_array((signs, (rows, columns)), shape=(self.count, len(self.values)))


def _stacked(releases: Sequence[Earlier], open_cells: Sequence[Collection[Name]]) -> _Rows:
    """All releases as one system of changes: of the cells in `open_cells`, and of who came and went in each smallest.

    What is published does not change and is left out. Raises ValueError when the smallest cells differ, or when the
    moves cannot explain the difference of two releases.
    """
    rows = _Rows()
    for number, release in enumerate(releases):
        counts, names = release.table.counts, open_cells[number]
        for name in release.table.names:
            if name in names:
                rows.unknown("cell", number, name, counts[name])
        for equation in release.table.equations:
            signed = [(equation.total, -1.0), *((part, 1.0) for part in equation.parts)]
            rows.add([(rows.place["cell", number, name], sign) for name, sign in signed if name in names])
        if number:
            _moves(rows, releases, open_cells, number)
    return rows


def _moves(rows: _Rows, releases: Sequence[Earlier], open_cells: Sequence[Collection[Name]], number: int) -> None:
    before, after = releases[number - 1].table, releases[number].table
    same = leaves(after)
    if same != leaves(before):
        raise ValueError(f"releases: {number - 1} and {number} have other smallest cells, and cannot be compared")
    steps = {name: after.counts[name] - before.counts[name] for name in sorted(same)}
    joined, left = releases[number].joined, releases[number].left
    spare = joined - sum(max(step, 0) for step in steps.values())
    if spare < 0 or left - sum(max(-step, 0) for step in steps.values()) != spare:
        raise ValueError(f"moves: {joined} joined and {left} left do not explain release {number}")
    # Whoever came and went in the same cell, wherever that was.
    either = rows.unknown("either", number, (), spare)
    came_all, went_all = [(either, 1.0)], [(either, 1.0)]
    for name, step in steps.items():
        ends = [
            (rows.place["cell", at, name], sign)
            for at, sign in ((number, 1.0), (number - 1, -1.0))
            if name in open_cells[at]
        ]
        if ends:
            came = rows.unknown("came", number, name, max(step, 0))
            went = rows.unknown("went", number, name, max(-step, 0))
            rows.add([*ends, (came, -1.0), (went, 1.0)])
            came_all.append((came, 1.0))
            went_all.append((went, 1.0))
    rows.add(came_all)
    rows.add(went_all)


def suppress_after(
    earlier: Sequence[Earlier],
    table: LinearTable,
    primary: Collection[Name],
    *,
    key: bytes,
    joined: int,
    left: int,
    never: Collection[Name] = (),
    known: Collection[Name] = (),
    protection: int = PROTECTION,
    seconds: float = SECONDS,
) -> tuple[Earlier, Suppression]:
    """The cheapest hidden cells of a new release that keep its small cells, and those of earlier releases, hidden.

    `key` is that of the release: it decides what hiding costs (see costs_from). `never` are cells that are not
    published in any case, such as those of an area that is not shown; `known` ones that the attacker knows anyway, such
    as those of an area nobody takes part in. The smallest cells are those of all earlier releases (see aligned). Gives
    the release as it will be remembered, and how it was found. Raises CannotProtect when earlier releases already give
    a cell away or nothing safe was found in time, and ValueError when the releases cannot be compared.
    """
    given = set(table.counts)
    for argument, names in (("primary", primary), ("never", never), ("known", known)):
        if not set(names) <= given:
            raise ValueError(f"{argument}: {min(set(names) - given)} is not a cell")
    now = len(earlier)
    new = Earlier(table, frozenset(never), frozenset(primary), joined, left)
    releases = [*earlier, new]
    last = earlier[-1].hidden if earlier else frozenset()
    costs = costs_from(key, table, last)
    rows = _stacked(releases, [*(release.hidden for release in earlier), given - set(known)])
    wanted = {}
    for number, release in enumerate(releases):
        for name in sorted(release.primary):
            if ("cell", number, name) not in rows.place:
                raise CannotProtect(f"{name} of release {number} is small, and known already")
            wanted[rows.place["cell", number, name]] = needs(release.table.counts[name], protection)
    price, hidden = np.zeros(len(rows.values)), np.ones(len(rows.values), dtype=np.bool_)
    for name in given - set(known) - set(never):
        place = rows.place["cell", now, name]
        price[place], hidden[place] = costs[name], False
    problem = Problem(np.array(rows.values), rows.matrix(), wanted, price, hidden, np.zeros(len(price), dtype=np.bool_))
    chosen = solved(problem, seconds)
    own = frozenset(name for (kind, number, name), at in rows.place.items()
                    if kind == "cell" and number == now and chosen.hidden[at])  # fmt: skip
    found = Suppression(own, frozenset(primary), chosen.cost, chosen.bound, chosen.optimal, chosen.rounds)
    return replace(new, hidden=own), found


def weak_cells(
    releases: Sequence[Earlier], protection: int = PROTECTION, seconds: float | None = None
) -> tuple[Exposed, ...]:
    """The audit: the small cells, of any release, that can be known too closely from all releases together.

    Raises ValueError when the releases have other smallest cells, and TimeoutError after `seconds`.
    """
    wanted = {}
    for number, release in enumerate(releases):
        for name in release.primary:
            count = release.table.counts[name]
            below, above = needs(count, protection)
            wanted[number, name] = (float(count - below), float(count + above))
    return exposed([release.published() for release in releases], wanted, seconds=seconds)
