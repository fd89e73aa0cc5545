# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which municipalities of today border on each other, from the map: they share at least two points of their borders."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samenspel.figures.service import AreaLevel, geometry


def borders() -> frozenset[tuple[str, str]]:
    """Pairs of codes of municipalities that are neighbours, each once, in alphabetical order."""
    at: dict[tuple[float, float], set[str]] = defaultdict(set)
    for feature in geometry(AreaLevel.MUNICIPALITY)["features"]:
        for point in _points(feature["geometry"]["coordinates"]):
            at[point].add(str(feature["id"]))
    shared = Counter(pair for codes in at.values() for pair in combinations(sorted(codes), 2))
    return frozenset(pair for pair, points in shared.items() if points >= 2)


def pairs(codes: Sequence[str], known: Iterable[tuple[str, str]]) -> NDArray[np.intp]:
    """The `known` borders as pairs of rows of `codes`; areas that are not on the map of today have none."""
    row = {code: number for number, code in enumerate(codes)}
    found = [(row[a], row[b]) for a, b in known if a in row and b in row]
    return np.array(sorted(found), dtype=np.intp).reshape(-1, 2)


def _points(coordinates: Iterable[Any]) -> Iterator[tuple[float, float]]:
    for item in coordinates:
        if isinstance(item[0], int | float):
            yield (round(item[0], 5), round(item[1], 5))
        else:
            yield from _points(item)
