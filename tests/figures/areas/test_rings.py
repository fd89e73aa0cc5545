# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tests of the plane geometry: taking together loses no ground, simplifying keeps neighbours joined."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from samenspel.figures.areas.rings import (
    Polygon,
    Position,
    Ring,
    clockwise,
    contains,
    douglas_peucker,
    merge,
    signed_area,
    simplify_together,
)

Cell = tuple[int, int]
cells = st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=12)


def square(cell: Cell, direction: bool = True) -> Polygon:
    x, y = float(cell[0]), float(cell[1])
    ring: Ring = [(x, y), (x, y + 1), (x + 1, y + 1), (x + 1, y), (x, y)]
    return [clockwise(ring, direction)]


def area(polygons: list[Polygon]) -> float:
    return sum(-signed_area(ring) for polygon in polygons for ring in polygon)


@given(cells, st.randoms(use_true_random=False))
def test_taking_squares_together_keeps_the_ground(found: set[Cell], dice: object) -> None:
    together = merge([square(cell, dice.random() < 0.5) for cell in sorted(found)])  # type: ignore[attr-defined]
    assert area(together) == len(found)
    for x in range(5):
        for y in range(5):
            middle = (x + 0.5, y + 0.5)
            inside = any(
                contains(outer, middle) and not any(contains(hole, middle) for hole in holes)
                for outer, *holes in together
            )
            assert inside == ((x, y) in found)


@given(cells)
def test_rings_taken_together_are_closed_and_turn_the_right_way(found: set[Cell]) -> None:
    for outer, *holes in merge([square(cell) for cell in sorted(found)]):
        assert outer[0] == outer[-1] and signed_area(outer) < 0
        assert all(hole[0] == hole[-1] and signed_area(hole) > 0 for hole in holes)


def test_a_ring_of_squares_has_a_hole() -> None:
    around = [(x, y) for x in range(3) for y in range(3) if (x, y) != (1, 1)]
    (only,) = merge([square(cell) for cell in around])
    assert len(only) == 2
    assert area([only]) == 8


def rough_edge(start: Position, end: Position, bumps: list[float]) -> Ring:
    """A line with bumps to the side, the same from both sides when the caller reverses it."""
    (x1, y1), (x2, y2) = start, end
    steps = len(bumps) + 1
    inner = [
        (x1 + (x2 - x1) * k / steps + bump * (y2 - y1), y1 + (y2 - y1) * k / steps + bump * (x2 - x1))
        for k, bump in enumerate(bumps, start=1)
    ]
    return [start, *inner, end]


@given(st.lists(st.floats(-0.04, 0.04), min_size=1, max_size=12), st.floats(0.001, 0.05))
def test_neighbours_keep_one_border(bumps: list[float], tolerance: float) -> None:
    border = rough_edge((1, 0), (1, 1), bumps)
    west: Ring = [*border, (0, 1), (0, 0), (1, 0)]
    east: Ring = [*border[::-1], (2, 0), (2, 1), (1, 1)]
    simple = simplify_together({"W": [[west]], "E": [[east]]}, tolerance)
    edges = {code: set(pairwise(polygons[0][0])) for code, polygons in simple.items()}
    shared = {(one, other) for one, other in edges["W"] if (other, one) in edges["E"]}
    ends = [edge for edge in shared if {edge[0], edge[1]} & {(1.0, 0.0), (1.0, 1.0)}]
    assert shared and len(ends) >= 1
    # All of the border is shared: what is left of west is its own three sides.
    assert len(edges["W"]) - len(shared) == 3


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=30), st.floats(0.001, 0.5))
def test_no_point_lies_further_away_than_allowed(line: Ring, tolerance: float) -> None:
    simple = douglas_peucker(line, tolerance)
    assert (simple[0], simple[-1]) == (line[0], line[-1])
    for x, y in line:
        assert min(_distance((x, y), one, other) for one, other in pairwise(simple)) <= tolerance * 1.000001


def _distance(point: Position, start: Position, end: Position) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / length)) if length else 0.0
    return float(((x - x1 - along * dx) ** 2 + (y - y1 - along * dy) ** 2) ** 0.5)
