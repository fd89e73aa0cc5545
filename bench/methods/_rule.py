# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""An attacker who runs the rule of suppression again on every table that fits what was published.

A value of a hidden cell stays possible when some table with that value would have been hidden in the same way. Without
the key of the release that is: for some costs that a key can give. Those that suit the hidden cells best are the lowest
for them and the highest for all others, so one run for each table is enough.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from samenspel.methods.disclosure.suppression import CannotProtect, costs_from, suppress
from samenspel.methods.disclosure.tables import LinearTable, Name, with_margins

Counts = NDArray[np.int64]
Hide = Callable[[LinearTable, frozenset[Name] | None], frozenset[Name]]
KEY = b"key of a release"
MOST = 100  # tables to try; larger puzzles are left out


def small(table: LinearTable) -> set[Name]:
    """The cells below ten."""
    return {name for name, count in table.counts.items() if count < 10}


def by_counts(table: LinearTable, _wanted: frozenset[Name] | None) -> frozenset[Name]:
    """The rule as it was: what hiding costs is the count itself plus one, as the attacker can compute."""
    return suppress(table, small(table), costs={name: count + 1 for name, count in table.counts.items()}).hidden


def by_key(table: LinearTable, wanted: frozenset[Name] | None) -> frozenset[Name]:
    """The rule as it is; `wanted`: with the costs that make those cells the likeliest to be hidden."""
    if wanted is None:
        return suppress(table, small(table), costs=costs_from(KEY, table)).hidden
    size = {name: (table_size(name, table)) for name in table.names}
    costs = {name: size[name] * (1.0 if name in wanted else 2.0) for name in table.names}
    return suppress(table, small(table), costs=costs).hidden


def table_size(name: Name, table: LinearTable) -> int:
    """How many smallest cells a cell sums."""
    return sum(
        all(mine in (other, "total") for mine, other in zip(name, inner, strict=True))
        for inner in table.names
        if "total" not in inner
    )


def fitting(counts: Counts, hidden: frozenset[Name]) -> Iterator[Counts]:
    """Every table with the same published cells, when only inner cells are hidden. At most MOST + 1 of them."""
    table = with_margins(counts)
    inner = [name for name in table.names if name in hidden]
    where = [tuple(int(part) for part in name) for name in inner]
    lines = [e for e in table.equations if any(part in hidden for part in e.parts)]
    left = {e.total: sum(table.counts[part] for part in e.parts if part in hidden) for e in lines}
    given = 0

    def place(at: int, guess: list[int], rest: dict[Name, int]) -> Iterator[Counts]:
        nonlocal given
        if given > MOST:
            return
        if at == len(inner):
            if not any(rest.values()):
                given += 1
                found = counts.copy()
                for cell, value in zip(where, guess, strict=True):
                    found[cell] = value
                yield found
            return
        own = [e.total for e in lines if inner[at] in e.parts]
        for value in range(min(rest[total] for total in own) + 1):
            yield from place(at + 1, [*guess, value], {t: n - value * (t in own) for t, n in rest.items()})

    yield from place(0, [], left)


def possible(counts: Counts, hide: Hide) -> dict[Name, set[int]]:
    """For each small cell the values that remain, for who runs the rule again; empty when the puzzle is too large."""
    table = with_margins(counts)
    hidden = hide(table, None)
    if not hidden or any("total" in name for name in hidden):
        return {}
    tables = list(fitting(counts, hidden))
    if len(tables) > MOST:
        return {}
    found: dict[Name, set[int]] = {name: set() for name in small(table)}
    for guess in tables:
        other = with_margins(guess)
        if not small(other) or not small(other) <= hidden:
            continue
        if all(other.counts[name] in values for name, values in found.items()):
            continue
        try:
            same = hide(other, hidden) == hidden
        except CannotProtect:
            continue
        if same:
            for name, values in found.items():
                values.add(other.counts[name])
    return found
