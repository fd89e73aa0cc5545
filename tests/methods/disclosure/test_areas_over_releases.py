# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Areas that are shown in one release and not in another: an attacker written apart finds no small cell.

The attacker here knows every area, who came and went in all, and reasons with one linear program of all cells of all
releases. It shares no code with the audit, and names cells as people see them: release, area, answer.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linprog

from samenspel.methods.disclosure import (
    Family,
    Keys,
    Ledger,
    Method,
    Release,
    Respondent,
    Why,
    publish,
    weak_cells,
)
from samenspel.methods.disclosure.suppression import needs

ANSWERS = ("good", "fair", "bad")
FAMILY = Family("satisfied", ANSWERS, Method.SUPPRESSION, question="satisfied")
COIN = b"the lasting coin"
ADULTS = {"BU1": 500, "BU2": 500, "BU3": 500}
Place = tuple[str, ...]


def keys(number: int) -> Keys:
    return Keys(b"release key %016d" % number, COIN)


def group(places: Place, count: int, tag: str, numbers: np.random.Generator) -> list[Respondent]:
    found = numbers.choice(ANSWERS, count, p=(0.45, 0.3, 0.25))
    return [Respondent(f"{tag} {'/'.join(places)} {i}", places, str(one), "1") for i, one in enumerate(found)]


def counted(who: Sequence[Respondent]) -> dict[tuple[str, str | None], int]:
    """The truth behind the numbers: how many are counted for each answer in each area, the coin included."""
    found: dict[tuple[str, str | None], int] = {}
    for one in who:
        fall = FAMILY.coin.exchanged(COIN, f"satisfied {one.person} {one.submission}", ANSWERS.index(one.answer))
        for area in one.areas:
            for answer in (None, ANSWERS[fall]):
                found[area, answer] = found.get((area, answer), 0) + 1
    return found


class Attacker:
    """All releases as one linear program; an area is the sum of its parts, of which one may be people of no part."""

    def __init__(self, releases: Sequence[Release], inside: dict[str, list[str]], moves: list[tuple[int, int]]) -> None:
        self.places: dict[tuple[object, ...], int] = {}
        self.rows: list[tuple[dict[int, float], float]] = []
        areas = sorted({*inside, *(part for parts in inside.values() for part in parts)})
        lowest = [area for area in areas if area not in inside]
        for number, release in enumerate(releases):
            for outer, parts in inside.items():
                for answer in (None, *ANSWERS):
                    self.row([(number, outer, answer)], [(number, part, answer) for part in parts], 0)
            for area in areas:
                self.row([(number, area, None)], [(number, area, answer) for answer in ANSWERS], 0)
            for cell in release.cells:
                if cell.count is not None:
                    self.row([(number, cell.area, cell.answer)], [], cell.count)
            if number:
                pairs = [(area, answer) for area in lowest for answer in ANSWERS]
                for area, answer in pairs:
                    now, before = (number, area, answer), (number - 1, area, answer)
                    self.row([now, ("went", *now)], [before, ("came", *now)], 0)
                for kind, total in zip(("came", "went"), moves[number], strict=True):
                    self.row([(kind, number, *pair) for pair in pairs], [], total)
        self.matrix = np.zeros((len(self.rows), len(self.places)))
        for row, (entries, _side) in enumerate(self.rows):
            for place, sign in entries.items():
                self.matrix[row, place] += sign
        self.sides = np.array([side for _entries, side in self.rows], dtype=float)

    def row(self, plus: list[tuple[object, ...]], minus: list[tuple[object, ...]], side: int) -> None:
        entries: dict[int, float] = {}
        for names, sign in ((plus, 1.0), (minus, -1.0)):
            for name in names:
                entries[self.places.setdefault(name, len(self.places))] = sign
        self.rows.append((entries, side))

    def range(self, *name: object) -> tuple[float, float]:
        goal = np.zeros(len(self.places))
        goal[self.places[name]] = 1
        ends = []
        for sign in (1, -1):
            found = linprog(sign * goal, A_eq=self.matrix, b_eq=self.sides, bounds=(0, 1e4), method="highs")
            assert found.status == 0
            ends.append(sign * found.fun)
        return ends[0], ends[1]


def check(histories: list[list[Respondent]], inside: dict[str, list[str]]) -> int:
    """Release each, attack all, and check every small cell of every area. Gives how many releases were computed."""
    ledger, truths, moves, computed = Ledger(), [], [], []
    for number, who in enumerate(histories):
        release, ledger = publish(FAMILY, who, ledger=ledger, keys=keys(number), period="2026", adults=ADULTS)
        if release.why is Why.BATCH:
            computed.append(release)
            truths.append(counted(who))
            latest = ledger.memory("satisfied").tables[-1]
            moves.append((latest.joined, latest.left))
    assert weak_cells(ledger.memory("satisfied").tables) == ()
    attacker = Attacker(computed, inside, moves)
    for number, truth in enumerate(truths):
        for area in {area for area, _answer in truth}:
            for answer in ANSWERS:
                count = truth.get((area, answer), 0)
                if count < 10:
                    below, above = needs(count)
                    low, high = attacker.range(number, area, answer)
                    assert low <= count - below + 1e-6 and high >= count + above - 1e-6, (number, area, answer)
    return len(computed)


def history(seed: int, inside: int) -> tuple[list[list[Respondent]], dict[str, list[str]]]:
    numbers = np.random.default_rng(seed)
    district = ("GM1", "WK1")
    first = group((*district, "BU1"), 90, "a", numbers) + group((*district, "BU2"), 29, "a", numbers)
    more = group((*district, "BU1"), int(numbers.integers(8, 12)), "b", numbers)
    more += group((*district, "BU2"), int(numbers.integers(1, 4)), "b", numbers)
    areas = ["BU1", "BU2"]
    if inside == 3:  # an area that appears later, and people who leave
        more = more[3:] + group((*district, "BU3"), int(numbers.integers(1, 15)), "c", numbers)
        areas.append("BU3")
    return [first, first + more, (first + more)[int(numbers.integers(0, 12)) :]], {"GM1": ["WK1"], "WK1": areas}


@pytest.mark.parametrize("seed", [0, 7])
def test_an_area_that_becomes_shown_gives_no_small_cell(seed: int) -> None:
    check(*history(seed, 2))


@pytest.mark.slow
@pytest.mark.parametrize("inside", [2, 3])
@pytest.mark.parametrize("seed", range(40))
def test_areas_come_and_go_in_many_histories(seed: int, inside: int) -> None:
    check(*history(seed, inside))


def test_a_rest_that_becomes_a_neighbourhood_is_followed() -> None:
    """29 respondents, then 30: the neighbourhood that was the rest of the district is shown in the second release."""

    def people(area: str, tag: str, *counts: int) -> list[Respondent]:
        found: list[Respondent] = []
        for answer, count in enumerate(counts):
            number = 0
            while count:  # only who is counted as they answered, so that the counts are these
                number += 1
                person = f"{tag} {area} {answer} {number}"
                if FAMILY.coin.exchanged(COIN, f"satisfied {person} 1", answer) == answer:
                    found.append(Respondent(person, ("GM1", "WK1", area), ANSWERS[answer], "1"))
                    count -= 1
        return found

    first = people("BU1", "a", 40, 30, 20) + people("BU2", "a", 10, 10, 9)
    more = people("BU1", "b", 3, 3, 3) + people("BU2", "b", 0, 0, 1)
    assert check([first, first + more], {"GM1": ["WK1"], "WK1": ["BU1", "BU2"]}) >= 1


def test_a_small_municipality_does_not_stop_the_figures_of_others() -> None:
    """Who came and went is of everybody in the table, also of areas that are not shown."""
    numbers = np.random.default_rng(3)
    first = group(("GM1",), 150, "a", numbers) + group(("GM2",), 5, "a", numbers)
    more = group(("GM1",), 30, "b", numbers) + group(("GM2",), 3, "b", numbers)
    ledger = Ledger()
    for number, who in enumerate((first, first + more, [*first, *more, *group(("GM3", "WK9"), 40, "c", numbers)])):
        release, ledger = publish(FAMILY, who, ledger=ledger, keys=keys(number), period="2026")
        assert release.why is Why.BATCH
        assert release.cell("GM2").count is None
    assert release.cell("GM3").count == 40


def test_people_without_a_neighbourhood_and_areas_that_empty_are_followed() -> None:
    numbers = np.random.default_rng(4)
    whole = group(("GM1",), 150, "a", numbers)
    divided = [replace(one, areas=("GM1", "WK1"), submission="2") for one in whole[:60]]
    ledger, whys = Ledger(), []
    for number, who in enumerate((whole, divided + whole[60:], divided, whole, divided + whole[60:])):
        release, ledger = publish(FAMILY, who, ledger=ledger, keys=keys(number), period="2026")
        whys.append(release.why)
        tables = ledger.memory("satisfied").tables
        assert weak_cells(tables) == ()
    assert whys[:2] == [Why.BATCH, Why.BATCH] and len(tables) >= 2
