# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What became of each municipality: which codes of a former year make up one of today, and where that breaks.

The source lists per former municipality the share of its area that went where, measured on maps; changes under 2 % of
the area are not in it and cannot be seen here. A municipality went *wholly* into another when that is its only listed
successor; otherwise it was *split*.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from samenspel.figures.types import Break, Succession

# Below this share a single listed successor is not taken for the whole. The lowest in the source is 0.98; the rest is
# the difference between coast lines on two maps.
WHOLE = 0.97

FOREVER = 9999


class Step(NamedTuple):
    """From 1 January `year` (somewhere after 1 January `since`), `area_share` of `old` belongs to `new`.

    `old_stays`: the old municipality lost a part but still exists.
    """

    old: str
    new: str
    since: int
    year: int
    area_share: float
    old_stays: bool


class Lineage:
    """The succession of municipalities. `existed` gives first and last year by code (last None: exists today)."""

    def __init__(
        self, existed: Mapping[str, tuple[int, int | None]], steps: Iterable[Step], names: Mapping[str, str]
    ) -> None:
        self._existed = dict(existed)
        self._names = dict(names)
        self._out: dict[str, list[Step]] = defaultdict(list)
        self._in: dict[str, list[Step]] = defaultdict(list)
        for step in sorted(steps):
            self._out[step.old].append(step)
            self._in[step.new].append(step)
        self.first_year = min((first for first, _ in self._existed.values()), default=0)
        self.last_change = max((step.year for steps in self._in.values() for step in steps), default=self.first_year)
        # One cache per lineage; a lineage lives as long as its registry.
        self.parts = lru_cache(maxsize=None)(self._parts)
        self.changes = lru_cache(maxsize=None)(self._changes)

    def today(self) -> list[str]:
        """Codes that exist today, sorted."""
        return sorted(code for code, (_, last) in self._existed.items() if last is None)

    def name(self, code: str) -> str:
        """The name of a municipality."""
        return self._names[code]

    def behind(self, code: str) -> frozenset[str]:
        """All codes of which figures may be needed for a municipality of today: its own and all that merged into it."""
        found = {code}
        for step in self._in.get(code, ()):
            if self.is_whole(step):
                found |= self.behind(step.old)
        return frozenset(found)

    def own(self, code: str, year: int) -> str | None:
        """The code a municipality had in `year`: its own, or the one it was renamed from; None: not there yet."""
        if self.existed_in(code, year):
            return code
        first, _ = self._existed[code]
        founders = [step for step in self._in.get(code, ()) if step.year == first]
        if year < first and len(founders) == 1 and self.is_whole(founders[0]):
            return self.own(founders[0].old, year)
        return None

    def joined(self, code: str, year: int) -> list[tuple[int, list[str]]]:
        """What joined a municipality as a whole after `year`, or together founded it: years and names, oldest first.

        A municipality that only took another name and code is followed back.
        """
        found: dict[int, list[str]] = defaultdict(list)
        first, _ = self._existed[code]
        earlier: list[tuple[int, list[str]]] = []
        for step in self._in.get(code, ()):
            if step.year > year and self.is_whole(step):
                found[step.year].append(self._names[step.old])
                if step.year == first and self.own(code, year) is not None:
                    earlier = self.joined(step.old, year)
        if earlier or self.own(code, year) not in (None, code):
            del found[first]
        return earlier + [(when, sorted(found[when])) for when in sorted(found)]

    def existed_in(self, code: str, year: int) -> bool:
        """Whether the code was in use on 1 January of `year`."""
        first, last = self._existed.get(code, (year + 1, None))
        return first <= year and (last is None or year <= last)

    def is_whole(self, step: Step) -> bool:
        """Whether the old municipality went into the new one undivided."""
        return not step.old_stays and len(self._gone_into(step.old)) == 1 and step.area_share >= WHOLE

    def _gone_into(self, code: str) -> list[Step]:
        return [step for step in self._out[code] if not step.old_stays]

    def predecessors(self, code: str) -> list[tuple[str, Succession]]:
        """The municipalities that went into this one, wholly or partly, by year."""
        steps = sorted(self._in.get(code, ()), key=lambda step: (step.year, step.old))
        return [(step.old, Succession(code, step.year, step.area_share)) for step in steps]

    def heirs(self, code: str) -> list[str]:
        """The codes of today that hold the ground of `code`, largest share of its area first."""
        shares: dict[str, float] = defaultdict(float)
        open_ends = [(code, 1.0)]
        while open_ends:
            current, share = open_ends.pop()
            if self._existed.get(current, (0, 0))[1] is None:
                shares[current] += share
            else:
                open_ends += [(step.new, share * step.area_share) for step in self._gone_into(current)]
        return sorted(shares, key=lambda heir: (-shares[heir], heir))

    def _parts(self, code: str, year: int) -> frozenset[str] | None:
        """The codes of `year` that together make up `code` (as it is today, or was last); None: they do not add up.

        A municipality that existed all along keeps its own figures when it gained or lost a part (see `breaks`);
        one that was newly formed from parts of others has no figures from before.
        """
        if code not in self._existed:
            return None
        _, last = self._existed[code]
        return self._parts_at(code, FOREVER if last is None else last, year)

    def _parts_at(self, code: str, at: int, year: int) -> frozenset[str] | None:
        """The codes of `year` that make up `code` as it was in the year `at`."""
        if year < self.first_year or at < year:
            return None
        first, _ = self._existed[code]
        arrivals = [step for step in self._in.get(code, ()) if year < step.year <= at]
        found = frozenset({code}) if year >= first else frozenset()
        if year < first:
            founders = [step for step in arrivals if step.year == first]
            if not founders or not all(self.is_whole(step) for step in founders):
                return None
        for step in arrivals:
            if self.is_whole(step):
                part = self._parts_at(step.old, step.year - 1, year)
                if part is None:
                    return None
                found |= part
        return found

    def breaks(self, code: str) -> tuple[Break, ...]:
        """Every moment at which the ground of a municipality of today (or of what went into it) changed by a part.

        Sorted by year; the sentence says what happened. Values before and after are not comparable.
        """
        return tuple(sorted({one for _, one in self.changes(code)}))

    def _changes(self, code: str) -> tuple[tuple[str, Break], ...]:
        """The breaks of a municipality of today with the code of whose ground changed: itself or what went into it."""
        found: set[tuple[str, Break]] = set()
        ancestors, open_ends = {code}, [code]
        while open_ends:
            current = open_ends.pop()
            for step in self._in.get(current, ()):
                if not self.is_whole(step):
                    found.add((current, Break(str(step.year), self._gained(current, step) + self._now(current, code))))
                elif step.old not in ancestors:
                    ancestors.add(step.old)
                    open_ends.append(step.old)
            for step in self._out.get(current, ()):
                if step.old_stays:
                    found.add((current, Break(str(step.year), self._lost(step) + self._now(current, code))))
        return tuple(sorted(found))

    def _gained(self, code: str, step: Step) -> str:
        name, old = self._names[code], self._names[step.old]
        if step.old_stays:
            return f"{self._moved(step, old, name)} Cijfers van voor {step.year} gaan over {name} zonder dat deel."
        shared = [self._names[other.new] for other in self._gone_into(step.old)]
        divided = f"Vanaf {step.year} is {old} verdeeld over {in_words(shared)}."
        if self._existed[code][0] == step.year:
            return (
                f"{divided} {name} bestaat sinds dat jaar en kreeg er een deel van. "
                f"Cijfers van voor {step.year} tellen daarom niet op tot {name}."
            )
        return f"{divided} Cijfers van voor {step.year} gaan over {name} zonder dat deel."

    def _lost(self, step: Step) -> str:
        old, new = self._names[step.old], self._names[step.new]
        return f"{self._moved(step, old, new)} Cijfers van voor {step.year} gaan over {old} met dat deel erbij."

    def _now(self, former: str, code: str) -> str:
        return "" if former == code else f" {self._names[former]} is nu een deel van {self._names[code]}."

    @staticmethod
    def _moved(step: Step, old: str, new: str) -> str:
        """What went over, and when as far as the sources tell: they compare one 1 January with a later one."""
        if step.year - step.since <= 1:
            return f"Vanaf {step.year} hoort een deel van {old} bij {new}."
        return f"Tussen {step.since} en {step.year} ging een deel van {old} naar {new}."


def in_words(names: list[str]) -> str:
    """ "A, B en C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} en {names[-1]}"
