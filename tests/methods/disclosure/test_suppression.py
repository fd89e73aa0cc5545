# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Suppression and its audit, beside slow twins that try every table and every choice of hidden cells."""

from itertools import chain, combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.methods._rule import by_counts, by_key, possible
from samenspel.methods.disclosure.audit import Published, Range, exposed, ranges
from samenspel.methods.disclosure.releases import Earlier, aligned, suppress_after, weak_cells
from samenspel.methods.disclosure.suppression import CannotProtect, costs_from, needs, suppress
from samenspel.methods.disclosure.tables import Equation, LinearTable, Name, leaves, with_margins

TINY = st.lists(st.lists(st.integers(0, 14), min_size=2, max_size=2), min_size=2, max_size=3)
KEY = b"the key of a release"
MOST = 24  # the twin tries each cell up to this


def small(table: LinearTable) -> set[Name]:
    return {name for name, count in table.counts.items() if count < 10}


def published(table: LinearTable, hidden: frozenset[Name] | set[Name]) -> Published:
    return Published({name: None if name in hidden else n for name, n in table.counts.items()}, table.equations)


def tables_like(shape: tuple[int, int], seen: Published) -> list[dict[Name, int]]:
    """The twin of the audit: every table of whole numbers with these published cells."""
    found = []
    inner = [(str(i), str(j)) for i in range(shape[0]) for j in range(shape[1])]
    choices = [[v] if (v := seen.values[name]) is not None else range(MOST) for name in inner]
    for guess in product(*choices):
        table = with_margins(np.array(guess).reshape(shape))
        if all(value is None or table.counts[name] == value for name, value in seen.values.items()):
            found.append(dict(table.counts))
    return found


@settings(max_examples=4)
@given(st.lists(st.integers(0, 5), min_size=4, max_size=4), st.sets(st.integers(0, 8), max_size=6))
def test_the_audit_is_what_trying_every_table_gives(counts: list[int], hidden: set[int]) -> None:
    table = with_margins(np.array(counts).reshape(2, 2))
    names = {table.names[i] for i in hidden}
    if {("0", "0"), ("0", "1"), ("1", "0"), ("1", "1")} <= names:
        names -= {("1", "1")}  # the twin tries all others
    seen = published(table, names)
    every = tables_like((2, 2), seen)
    for (_number, name), found in ranges([seen]).items():
        values = [guess[name] for guess in every]
        assert found.lower == min(values)
        if found.upper < MOST - 1:
            assert found.upper == max(values)
        else:
            assert max(values) >= MOST - 1


def cheapest_by_trying(table: LinearTable, primary: set[Name], costs: dict[Name, float]) -> float:
    """The twin of the suppression: every set of hidden cells, judged by the audit."""
    wanted = {}
    for name in primary:
        below, above = needs(table.counts[name])
        wanted[0, name] = (table.counts[name] - below, table.counts[name] + above)
    others = [name for name in table.names if name not in primary]
    subsets = chain.from_iterable(combinations(others, size) for size in range(len(others) + 1))
    for cost, extra in sorted((sum(costs[name] for name in (*primary, *extra)), extra) for extra in subsets):
        if not exposed([published(table, primary | set(extra))], wanted):
            return cost
    return float("inf")


def check_nothing_cheaper(counts: list[int], columns: int) -> None:
    table = with_margins(np.array(counts).reshape(2, columns))
    primary, costs = small(table), costs_from(KEY, table)
    found = suppress(table, primary, costs=costs)
    assert found.optimal
    assert found.cost == pytest.approx(cheapest_by_trying(table, primary, costs) if primary else 0)


@settings(max_examples=5)
@given(st.lists(st.integers(0, 30), min_size=4, max_size=4))
def test_nothing_cheaper_is_safe(counts: list[int]) -> None:
    check_nothing_cheaper(counts, 2)


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=6, max_size=6))
def test_nothing_cheaper_is_safe_in_a_larger_table(counts: list[int]) -> None:
    check_nothing_cheaper(counts, 3)


@settings(max_examples=4)
@given(st.integers(0, 2**32), st.sampled_from([(4, 3), (3, 3, 2), (6, 4)]))
def test_no_small_cell_is_left_open(seed: int, shape: tuple[int, ...]) -> None:
    numbers = np.random.default_rng(seed)
    table = with_margins(numbers.poisson(numbers.gamma(1, 30, size=shape)))
    found = suppress(table, small(table))
    release = Earlier(table, found.hidden, found.primary)
    assert small(table) <= found.hidden
    assert weak_cells([release]) == ()
    assert found.bound <= found.cost


def test_hiding_only_the_small_cells_does_not_hide_them() -> None:
    """The known trap: a single hidden cell is the total minus the rest."""
    table = with_margins(np.array([[20, 5, 30], [25, 40, 35]]))
    seen = published(table, {("0", "1")})
    assert ranges([seen]) == {(0, ("0", "1")): Range(5, 5)}
    found = suppress(table, {("0", "1")}, costs={("0", "0"): 1, ("1", "0"): 1, ("1", "1"): 1} | dict.fromkeys(
        [name for name in table.names if "2" in name or "total" in name], 5
    ))  # fmt: skip
    assert found.hidden == {("0", "0"), ("0", "1"), ("1", "0"), ("1", "1")}
    assert ranges([published(table, found.hidden)])[0, ("0", "1")] == Range(0, 25)


def test_every_small_value_stays_possible() -> None:
    assert [needs(count) for count in (0, 1, 3, 9, 12)] == [(0, 9), (1, 8), (3, 6), (9, 0), (3, 3)]
    assert needs(2, 6) == (2, 10)


def test_whole_numbers_can_say_more_than_linear_ones() -> None:
    """x + y = z with x + z = 7 and y known: only the integer attacker uses that half a person does not exist."""
    a, b, c, t = (("a",), ("b",), ("c",), ("t",))
    equations = (Equation(t, (a, b)), Equation(c, (a, t)))
    seen = Published({a: None, b: None, c: 7, t: None}, equations)  # 2a + b = 7
    assert ranges([seen])[0, a] == Range(0, 3.5)
    assert ranges([seen], whole=True)[0, a] == Range(0, 3)


def test_what_nothing_bounds_has_no_end() -> None:
    table = with_margins(np.array([[3, 12], [15, 20]]))
    assert ranges([published(table, set(table.names))])[0, ("0", "0")] == Range(0, float("inf"))
    assert ranges([published(table, set(table.names))], whole=True)[0, ("0", "0")] == Range(0, float("inf"))


def test_a_contradiction_is_not_taken_for_safety() -> None:
    table = with_margins(np.array([[3, 12], [15, 20]]))
    values = {**published(table, {("0", "0"), ("0", "1")}).values, ("0", "total"): 1, ("total", "0"): 1}
    with pytest.raises(ValueError, match="contradicts"):
        ranges([Published(values, table.equations)])


# --- releases ---------------------------------------------------------------------------------------------------------


def test_the_difference_of_two_releases_is_an_attack() -> None:
    """Each release is safe by itself; together they give the small cell, until the second knows of the first."""
    first = with_margins(np.array([[4, 30, 20], [40, 50, 60]]))
    one, _ = suppress_after([], first, small(first), key=KEY, joined=0, left=0)
    after = np.array([[4, 30, 20], [40, 50, 60]])
    after[1, 0] += 10
    second = with_margins(after)
    other = next(name for name in (("0", "1"), ("0", "2")) if name not in one.hidden)
    pair = {("0", "0"), other, ("1", "0"), ("1", other[1])}
    careless = Earlier(second, frozenset(pair), frozenset(small(second)), 10, 0)
    assert weak_cells([careless]) == ()
    assert [cell.name for cell in weak_cells([one, careless])] == [("0", "0"), ("0", "0")]
    careful, _ = suppress_after([one], second, small(second), key=KEY, joined=10, left=0)
    assert weak_cells([one, careful]) == ()


@settings(max_examples=2)
@given(st.integers(0, 2**32))
def test_no_small_cell_of_any_release_is_left_open(seed: int) -> None:
    numbers = np.random.default_rng(seed)
    counts = numbers.poisson(numbers.gamma(1, 25, size=(4, 3)))
    earlier: list[Earlier] = []
    joined = left = 0
    for _ in range(3):
        table = with_margins(counts)
        try:
            release, _found = suppress_after(earlier, table, small(table), key=KEY, joined=joined, left=left)
        except CannotProtect:
            break
        earlier.append(release)
        assert weak_cells(earlier) == ()
        came = numbers.multinomial(12, np.full(12, 1 / 12)).reshape(4, 3)
        went = np.minimum(counts, numbers.integers(0, 2, size=(4, 3)))
        counts = counts + came - went
        joined, left = 12, int(went.sum())


def test_what_is_published_already_cannot_be_hidden() -> None:
    table = with_margins(np.array([[4, 30], [40, 50]]))
    with pytest.raises(CannotProtect):
        suppress(table, {("0", "0")}, shown={("0", "0")})
    with pytest.raises(CannotProtect):
        suppress(table, {("0", "0")}, shown={("0", "1"), ("0", "total")})


def test_moves_must_explain_the_difference() -> None:
    one, two = with_margins(np.array([[10, 20]])), with_margins(np.array([[12, 19]]))
    before = [Earlier(one, frozenset(), frozenset())]
    suppress_after(before, two, set(), key=KEY, joined=3, left=2)
    with pytest.raises(ValueError, match="moves"):
        suppress_after(before, two, set(), key=KEY, joined=1, left=0)


def test_releases_with_other_smallest_cells_are_refused_not_left_apart() -> None:
    one, two = with_margins(np.array([[10, 20]])), with_margins(np.array([[10, 20], [11, 12]]))
    earlier = Earlier(one, frozenset(), frozenset())
    with pytest.raises(ValueError, match="cannot be compared"):
        suppress_after([earlier], two, set(), key=KEY, joined=23, left=0)
    with pytest.raises(ValueError, match="cannot be compared"):
        weak_cells([earlier, Earlier(two, frozenset(), frozenset({("0", "0")}), 23, 0)])
    with pytest.raises(ValueError, match="smallest cell of an earlier release"):
        aligned([Earlier(two, frozenset(), frozenset())], one)
    (again,) = aligned([earlier], two)
    assert leaves(again.table) == leaves(two)
    assert again.table.counts["1", "0"] == 0
    assert weak_cells([again, Earlier(two, frozenset(), frozenset(), 23, 0)]) == ()


def test_an_area_that_is_divided_later_keeps_its_people_apart() -> None:
    a, b, own = ("a", "yes"), ("b", "yes"), ("a", "yes", "own")
    whole = LinearTable({a: 12}, ())
    divided = LinearTable({a: 30, b: 18, own: 12}, (Equation(a, (b, own)),))
    (again,) = aligned([Earlier(whole, frozenset({a}), frozenset())], divided)
    assert (again.table.counts, again.hidden) == ({a: 12, own: 12, b: 0}, {a, own})
    with pytest.raises(ValueError, match="not known here"):
        aligned([Earlier(divided, frozenset(), frozenset())], whole)


# --- the attacker who knows the rule ----------------------------------------------------------------------------------


@pytest.mark.parametrize("counts", [[9, 11, 11, 60], [7, 11, 12, 60]])
def test_who_runs_the_rule_again_learns_no_count(counts: list[int]) -> None:
    """A hidden cell keeps all values that its line leaves, but those at which nothing would have been hidden.

    That one of the two is below ten is no secret: else nothing would be hidden.
    """
    hidden = by_key(with_margins(np.array(counts)), None)
    both = sum(counts[int(name[0])] for name in hidden)
    left = possible(np.array(counts), by_key)
    assert left == {("0",): {value for value in range(both + 1) if min(value, both - value) < 10}}


def test_the_rule_as_it_was_gave_the_count_away() -> None:
    """With costs from the counts the same attacker knows a cell of nine exactly: this is what the key is for."""
    assert possible(np.array([9, 11, 11, 60]), by_counts) == {("0",): {9}}


def test_costs_do_not_look_at_counts() -> None:
    one, two = with_margins(np.array([[1, 50], [7, 9]])), with_margins(np.array([[80, 2], [30, 4]]))
    assert costs_from(KEY, one) == costs_from(KEY, two)
    assert costs_from(KEY, one) != costs_from(KEY + b"!", one)
    assert costs_from(KEY, one, {("0", "0")})["0", "0"] == pytest.approx(costs_from(KEY, one)["0", "0"] / 20)
    assert {name: int(cost) for name, cost in costs_from(KEY, one).items() if "total" in name}[
        "total", "total"
    ] in range(4, 9)
    with pytest.raises(ValueError, match="16"):
        costs_from(b"short", one)


# --- tables -----------------------------------------------------------------------------------------------------------


@given(TINY)
def test_margins_add_up(rows: list[list[int]]) -> None:
    counts = np.array(rows)
    table = with_margins(counts)
    assert table.counts["total", "total"] == counts.sum()
    assert len(table.equations) == sum(counts.shape) + 2
    for equation in table.equations:
        assert table.counts[equation.total] == sum(table.counts[part] for part in equation.parts)


@pytest.mark.parametrize("counts", [[[1, -1]], [[1.5, 2]], [[float("nan"), 1]], []])
def test_impossible_tables_are_refused(counts: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="counts"):
        with_margins(np.array(counts))


def test_a_table_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="its parts are 3"):
        LinearTable({("a",): 1, ("b",): 2, ("t",): 4}, (Equation(("t",), (("a",), ("b",))),))
    with pytest.raises(ValueError, match="is not a cell"):
        suppress(with_margins(np.array([[1, 2]])), {("9", "9")})
