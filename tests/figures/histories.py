# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Invented histories of municipalities, with the plots of land each held, to check what the program makes of them."""

from dataclasses import dataclass, field

from hypothesis import strategies as st

from samenspel.figures.areas.lineage import Lineage, Step

FIRST, LAST = 2012, 2017


@dataclass
class History:
    """Who existed when, what happened, and the plots of each municipality in each year."""

    existed: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    plots: dict[int, dict[str, frozenset[int]]] = field(default_factory=dict)

    def lineage(self) -> Lineage:
        """What the program knows of it."""
        return Lineage(self.existed, self.steps, {code: f"Gemeente {code}" for code in self.existed})


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Two to six municipalities; each year some merge into a new or an old one, are split, or give a part away."""
    number = draw(st.integers(2, 6))
    land = {f"GM{place:04}": frozenset(range(place * 4, place * 4 + 4)) for place in range(number)}
    history = History(dict.fromkeys(land, (FIRST, None)), [], {FIRST: dict(land)})
    fresh = number
    for year in range(FIRST + 1, LAST + 1):
        untouched = sorted(land)
        for _ in range(draw(st.integers(0, 2))):
            event = draw(st.sampled_from(["found", "absorb", "split", "split_new", "give", "rename"]))
            needed = {"rename": 1, "split": 3}.get(event, 2)
            if len(untouched) < needed:
                continue
            chosen = draw(st.permutations(untouched))[:needed]
            if event in {"split", "split_new", "give"} and len(land[chosen[0]]) < 2:
                continue
            untouched = [code for code in untouched if code not in chosen]
            new = f"GM{fresh:04}"
            if event == "found":
                _whole(history, land, chosen[0], new, year)
                _whole(history, land, chosen[1], new, year)
            elif event == "rename":
                _whole(history, land, chosen[0], new, year)
            elif event == "absorb":
                _whole(history, land, chosen[0], chosen[1], year)
            elif event == "split":
                _split(history, land, chosen[0], chosen[1], chosen[2], year)
            elif event == "split_new":
                _split(history, land, chosen[0], chosen[1], new, year)
            else:
                given = frozenset([min(land[chosen[0]])])
                share = len(given) / len(land[chosen[0]])
                history.steps.append(Step(chosen[0], chosen[1], year - 1, year, share, True))
                land[chosen[0]] -= given
                land[chosen[1]] |= given
            if new in land:
                history.existed[new] = (year, None)
                fresh += 1
        history.plots[year] = dict(land)
    return history


def _whole(history: History, land: dict[str, frozenset[int]], old: str, new: str, year: int) -> None:
    history.steps.append(Step(old, new, year - 1, year, 0.99, False))
    land[new] = land.get(new, frozenset()) | land.pop(old)
    history.existed[old] = (history.existed[old][0], year - 1)


def _split(history: History, land: dict[str, frozenset[int]], old: str, one: str, two: str, year: int) -> None:
    plots = sorted(land.pop(old))
    history.existed[old] = (history.existed[old][0], year - 1)
    for heir, part in ((one, plots[:1]), (two, plots[1:])):
        share = len(part) / len(plots)
        history.steps.append(Step(old, heir, year - 1, year, share, False))
        land[heir] = land.get(heir, frozenset()) | frozenset(part)
