# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Plane geometry of boundaries: take areas together, and simplify neighbours so that their border stays one line."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

Position = tuple[float, float]
Ring = list[Position]
Polygon = list[Ring]


def signed_area(ring: Ring) -> float:
    """Area in square degrees, positive when the ring runs counterclockwise (shoelace formula)."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring)) / 2


def clockwise(ring: Ring, wanted: bool = True) -> Ring:
    """The ring, turned round if it does not run the wanted way."""
    return ring if (signed_area(ring) < 0) == wanted else ring[::-1]


def merge(polygons: list[Polygon]) -> list[Polygon]:
    """The polygons taken together: borders that two of them share exactly are gone.

    Borders must match point for point; where they do not, both lines stay. One polygon comes back as it is.
    """
    if len(polygons) < 2:
        return polygons
    edges: set[tuple[Position, Position]] = set()
    for polygon in polygons:
        for place, ring in enumerate(polygon):
            turned = clockwise(ring, place == 0)
            for edge in itertools.pairwise(turned):
                if edge[::-1] in edges:
                    edges.discard(edge[::-1])
                elif edge[0] != edge[1]:
                    edges.add(edge)
    return _nest(_stitch(edges))


def _stitch(edges: Iterable[tuple[Position, Position]]) -> list[Ring]:
    """Closed rings from directed edges; where more than one goes on, the sharpest turn right keeps rings apart."""
    onward: dict[Position, list[Position]] = defaultdict(list)
    for start, end in sorted(edges):
        onward[start].append(end)
    rings: list[Ring] = []
    for start in sorted(onward):
        while onward[start]:
            ring = [start, onward[start].pop()]
            while ring[-1] != start:
                choices = onward[ring[-1]]
                if not choices:
                    break
                best = max(choices, key=lambda end: _turn(ring[-2], ring[-1], end))
                choices.remove(best)
                ring.append(best)
            if len(ring) >= 4 and ring[0] == ring[-1]:
                rings.append(ring)
    return rings


def _turn(before: Position, here: Position, after: Position) -> float:
    """How far the line turns right, from -2 (about) to 2, growing with the angle."""
    dx1, dy1, dx2, dy2 = here[0] - before[0], here[1] - before[1], after[0] - here[0], after[1] - here[1]
    length = ((dx1 * dx1 + dy1 * dy1) * (dx2 * dx2 + dy2 * dy2)) ** 0.5 or 1.0
    right, ahead = (dy1 * dx2 - dx1 * dy2) / length, (dx1 * dx2 + dy1 * dy2) / length
    return (1 - ahead) * (1 if right >= 0 else -1)


def _nest(rings: list[Ring]) -> list[Polygon]:
    """Polygons from rings: clockwise ones are outer, the others holes in the smallest outer ring around them."""
    outer = sorted((ring for ring in rings if signed_area(ring) < 0), key=lambda ring: -signed_area(ring))
    polygons: list[Polygon] = [[ring] for ring in outer]
    for hole in rings:
        if signed_area(hole) > 0:
            around = next((polygon for polygon in polygons if contains(polygon[0], _inside(hole))), None)
            if around is not None:
                around.append(hole)
    return polygons


def _inside(ring: Ring) -> Position:
    """A point just inside a counterclockwise ring's first edge (left of it)."""
    (x1, y1), (x2, y2) = ring[0], ring[1]
    return (x1 + x2) / 2 - (y2 - y1) * 1e-6, (y1 + y2) / 2 + (x2 - x1) * 1e-6


def contains(ring: Ring, point: Position) -> bool:
    """Whether the point lies inside the ring (even-odd rule)."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def simplify_together(areas: Mapping[str, list[Polygon]], tolerance: float) -> dict[str, list[Polygon]]:
    """The same areas with fewer points, no point further than `tolerance` from the old line.

    Lines are cut where three areas meet or a line begins to be shared, and each piece is simplified once
    (Douglas and Peucker 1973), so that neighbours keep one border without gaps. Islands and holes smaller than a
    square of the tolerance are left out, unless an area would lose all it has.
    """
    junctions = _junctions(ring for polygons in areas.values() for polygon in polygons for ring in polygon)
    cache: dict[tuple[Position, ...], Ring] = {}
    result: dict[str, list[Polygon]] = {}
    for code, polygons in areas.items():
        simple: list[Polygon] = []
        for polygon in polygons:
            rings = [_simplify_ring(ring, junctions, tolerance, cache) for ring in polygon]
            kept = [ring for ring in rings[1:] if abs(signed_area(ring)) > tolerance**2]
            simple.append([rings[0], *kept])
        large = [polygon for polygon in simple if abs(signed_area(polygon[0])) > tolerance**2]
        result[code] = large or [max(polygons, key=lambda polygon: abs(signed_area(polygon[0])))]
    return result


def _junctions(rings: Iterable[Ring]) -> set[Position]:
    """Points at which lines part: those with other than two neighbours over all rings."""
    neighbours: dict[Position, set[Position]] = defaultdict(set)
    for ring in rings:
        for one, other in itertools.pairwise(ring):
            neighbours[one].add(other)
            neighbours[other].add(one)
    return {point for point, around in neighbours.items() if len(around) != 2}


def _simplify_ring(
    ring: Ring, junctions: set[Position], tolerance: float, cache: dict[tuple[Position, ...], Ring]
) -> Ring:
    simple: Ring = []
    for piece in _pieces(ring, junctions):
        # The same piece seen from the other side must give the same line.
        forward = piece[0] < piece[-1] or (piece[0] == piece[-1] and piece[1] <= piece[-2])
        key = tuple(piece if forward else piece[::-1])
        if key not in cache:
            cache[key] = douglas_peucker(list(key), tolerance)
        line = cache[key] if forward else cache[key][::-1]
        simple += line if not simple else line[1:]
    return simple if len(simple) >= 4 else ring


def _pieces(ring: Ring, junctions: set[Position]) -> Iterator[Ring]:
    """The ring cut at the junctions; without any, at its smallest point and the point furthest from that."""
    around = ring[:-1]
    cuts = [place for place, point in enumerate(around) if point in junctions]
    if len(cuts) < 2:
        first = cuts[0] if cuts else min(range(len(around)), key=around.__getitem__)
        x, y = around[first]
        furthest = max(range(len(around)), key=lambda p: ((around[p][0] - x) ** 2 + (around[p][1] - y) ** 2, around[p]))
        cuts = sorted({first, furthest})
    for start, end in zip(cuts, [*cuts[1:], cuts[0] + len(around)], strict=True):
        yield [around[place % len(around)] for place in range(start, end + 1)]


def douglas_peucker(line: Ring, tolerance: float) -> Ring:
    """The line with only the points needed to stay within `tolerance`; its ends always stay."""
    keep = {0, len(line) - 1}
    open_pieces = [(0, len(line) - 1)]
    while open_pieces:
        first, last = open_pieces.pop()
        (x1, y1), (x2, y2) = line[first], line[last]
        dx, dy = x2 - x1, y2 - y1
        length = dx * dx + dy * dy
        furthest, distance = first, tolerance * tolerance
        for place in range(first + 1, last):
            x, y = line[place]
            along = max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / length)) if length else 0.0
            away = (x - x1 - along * dx) ** 2 + (y - y1 - along * dy) ** 2
            if away > distance:
                furthest, distance = place, away
        if furthest != first:
            keep.add(furthest)
            open_pieces += [(first, furthest), (furthest, last)]
    return [line[place] for place in sorted(keep)]
