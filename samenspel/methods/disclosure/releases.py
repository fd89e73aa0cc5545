# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Several releases as one table: what was published stays published, and the difference of two releases is an equation.

The attacker is thought to know how many answers joined and left between two releases, though they are not published.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from samenspel.methods.disclosure.audit import Exposed, Published, exposed
from samenspel.methods.disclosure.suppression import PROTECTION, Suppression, needs, suppress
from samenspel.methods.disclosure.tables import Equation, LinearTable, Name

SECONDS = 3.0  # of searching for the cheapest set; after that a safe one is enough


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


def leaves(table: LinearTable) -> frozenset[Name]:
    """The cells that are no total of others."""
    totals = {equation.total for equation in table.equations}
    return frozenset(name for name in table.counts if name not in totals)


def stacked(tables: Sequence[LinearTable], moves: Sequence[tuple[int, int]]) -> tuple[LinearTable, frozenset[Name]]:
    """All tables as one, names beginning with the number of the release, and the names that are only unknowns.

    `moves` holds for each release how many answers joined and left since the one before. Each smallest cell that both
    have: before + came = after + went. Where both have the same cells, the arrivals add up to `joined`, the departures
    to `left`; answers that came and went in the same cell are put where there is room. Raises ValueError when the
    moves cannot explain the difference of two tables.
    """
    counts: dict[Name, int] = {}
    equations: list[Equation] = []
    unknown: set[Name] = set()
    for number, table in enumerate(tables):
        counts.update({(str(number), *name): count for name, count in table.counts.items()})
        equations += [
            Equation((str(number), *e.total), tuple((str(number), *part) for part in e.parts)) for e in table.equations
        ]
        if number:
            before = tables[number - 1]
            same = sorted(leaves(table) & leaves(before))
            whole = leaves(table) == leaves(before)
            steps = {name: table.counts[name] - before.counts[name] for name in same}
            joined, left = moves[number]
            spare = joined - sum(max(step, 0) for step in steps.values())
            if whole and (spare < 0 or left - sum(max(-step, 0) for step in steps.values()) != spare):
                raise ValueError(f"moves: {joined} joined and {left} left do not explain release {number}")
            for index, name in enumerate(same):
                extra = spare if whole and index == 0 else 0
                came, went, either = ((kind, str(number), *name) for kind in ("came", "went", "either"))
                counts[came], counts[went] = max(steps[name], 0) + extra, max(-steps[name], 0) + extra
                counts[either] = before.counts[name] + counts[came]
                equations.append(Equation(either, ((str(number - 1), *name), came)))
                equations.append(Equation(either, ((str(number), *name), went)))
                unknown |= {came, went, either}
            if whole:
                for kind, total in (("came", joined), ("went", left)):
                    counts[kind, str(number)] = total
                    parts = tuple((kind, str(number), *name) for name in same)
                    equations.append(Equation((kind, str(number)), parts))
    return LinearTable(counts, tuple(equations)), frozenset(unknown)


def suppress_after(
    earlier: Sequence[Earlier],
    table: LinearTable,
    primary: Collection[Name],
    *,
    joined: int,
    left: int,
    never: Collection[Name] = (),
    protection: int = PROTECTION,
    seconds: float = SECONDS,
) -> tuple[Earlier, Suppression]:
    """The cheapest hidden cells of a new release that keep its small cells, and those of earlier releases, hidden.

    `never` are cells that are not published in any case, such as the rest of an area. Gives the release as it will be
    remembered, and how it was found. Raises CannotProtect when earlier releases already give a cell away.
    """
    if not earlier:
        found = suppress(table, primary, hidden=never, protection=protection, seconds=seconds)
        return Earlier(table, found.hidden | frozenset(never), found.primary, joined, left), found
    tables = [*(release.table for release in earlier), table]
    moves = [*((release.joined, release.left) for release in earlier), (joined, left)]
    together, unknown = stacked(tables, moves)
    now = str(len(earlier))
    shown: set[Name] = set()
    hidden: set[Name] = {(now, *name) for name in never}
    wanted: set[Name] = {(now, *name) for name in primary}
    for number, release in enumerate(earlier):
        for name in release.table.counts:
            (hidden if name in release.hidden else shown).add((str(number), *name))
        wanted |= {(str(number), *name) for name in release.primary}
    shown |= {name for name in together.counts if len(name) == 2 and name[0] in ("came", "went")}
    found = suppress(together, wanted, shown=shown, hidden=hidden, free=unknown, protection=protection, seconds=seconds)
    own = frozenset(name[1:] for name in found.hidden if name[0] == now)
    return Earlier(table, own | frozenset(never), frozenset(primary), joined, left), found


def weak_cells(releases: Sequence[Earlier], protection: int = PROTECTION) -> tuple[Exposed, ...]:
    """The audit: the small cells, of any release, that can be known too closely from all releases together."""
    wanted = {}
    for number, release in enumerate(releases):
        for name in release.primary:
            count = release.table.counts[name]
            below, above = needs(count, protection)
            wanted[number, name] = (float(count - below), float(count + above))
    return exposed([release.published() for release in releases], wanted)
