# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds areas by what people type: names, former names, parts of names, names with a municipality, typing errors."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from heapq import nsmallest
from typing import NamedTuple

from samenspel.figures.areas.names import normalise
from samenspel.figures.types import Area, AreaLevel, AreaMatch, MatchReason

LONGEST_QUERY = 80
# How many typing errors a word may hold, by its length.
SHORTEST_WITH_TYPO, SHORTEST_WITH_TWO_TYPOS = 4, 7
LAST_SIGN = "\U0010ffff"

# People look for municipalities first. The whole name of a province comes before a municipality that only holds it.
GROUPS = {AreaLevel.DISTRICT: 1, AreaLevel.NEIGHBOURHOOD: 2}
GUESSES = 3
LEVEL_ORDER = {
    AreaLevel.MUNICIPALITY: 0,
    AreaLevel.COUNTRY: 1,
    AreaLevel.PROVINCE: 2,
    AreaLevel.REGION: 3,
    AreaLevel.DISTRICT: 4,
    AreaLevel.NEIGHBOURHOOD: 5,
}

EXACT, PREFIX, FORMER_EXACT, WORD_START, FORMER, SCATTERED, TYPO = range(7)


class Term(NamedTuple):
    """One name by which an area can be found: in comparing form, as shown, and whether it is of a former area."""

    key: str
    shown: str
    code: str
    former: bool


class Index:
    """An immutable search index over the areas of today."""

    def __init__(self, areas: Mapping[str, Area], inhabitants: Mapping[str, int], terms: Iterable[Term]) -> None:
        self._areas = areas
        # The order among equals: level, then larger places, then name and code; worked out once.
        self._terms = sorted(terms, key=lambda term: (*_order(areas[term.code], inhabitants), term.former, term.shown))
        starts: list[tuple[str, int]] = []
        by_word: dict[str, set[int]] = defaultdict(set)
        inside: dict[str, set[int]] = defaultdict(set)
        for number, term in enumerate(self._terms):
            words = term.key.split(" ")
            starts += [(" ".join(words[place:]), number) for place in range(len(words))]
            if len(words) > 1:
                starts.append(("".join(words), number))
            for word in words:
                by_word[word].add(number)
            area = areas[term.code]
            if area.level in (AreaLevel.DISTRICT, AreaLevel.NEIGHBOURHOOD):
                inside[_municipality_code(area)].add(number)
        self._towns = frozenset(
            number for number, term in enumerate(self._terms) if areas[term.code].level is AreaLevel.MUNICIPALITY
        )
        starts.sort()
        self._keys = [key for key, _ in starts]
        self._numbers = [number for _, number in starts]
        self._words = sorted(by_word)
        self._by_word = {word: frozenset(numbers) for word, numbers in by_word.items()}
        self._inside = {code: frozenset(numbers) for code, numbers in inside.items()}
        self._by_gram: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._words:
            if len(word) >= SHORTEST_WITH_TYPO - 1:
                for gram in _grams(word):
                    self._by_gram[gram, len(word)].append(word)
        self._find = lru_cache(maxsize=512)(self._search)

    def find(self, text: str, limit: int = 20, levels: frozenset[AreaLevel] | None = None) -> list[AreaMatch]:
        """The best matches first; nothing for a text without letters or digits. Always the same for the same text."""
        query = normalise(text[:LONGEST_QUERY])
        if not query or limit < 1:
            return []
        return list(self._find(query, limit, levels))

    def _search(self, query: str, limit: int, levels: frozenset[AreaLevel] | None) -> tuple[AreaMatch, ...]:
        best: dict[str, tuple[int, int, int, MatchReason]] = {}  # group, kind, number of the term, reason

        def add(number: int, kind: int, reason: MatchReason) -> None:
            term = self._terms[number]
            area = self._areas[term.code]
            if levels is not None and area.level not in levels:
                return
            # A typing error is a guess: after everything else, whatever the level.
            group = GUESSES if kind == TYPO else GROUPS.get(area.level, 0)
            rank = (group, kind, number, reason)
            if term.code not in best or rank < best[term.code]:
                best[term.code] = rank

        for number, kind in self._by_start(query):
            add(number, kind, "former_name" if self._terms[number].former else "name")
        words = query.split(" ")
        if len(words) > 1:
            for number, through_municipality in self._scattered([self._starting(word) for word in words]):
                add(number, SCATTERED, self._reason(number, through_municipality))
        if len(best) < limit and not any(rank[0] == 0 for rank in best.values()):
            for number, through_municipality in self._misspelt(words):
                add(number, TYPO, self._reason(number, through_municipality))
        chosen = nsmallest(limit, best.items(), key=lambda item: item[1][:3])
        return tuple(AreaMatch(self._areas[code], self._terms[rank[2]].shown, rank[3]) for code, rank in chosen)

    def _reason(self, number: int, through_municipality: bool) -> MatchReason:
        if through_municipality:
            return "part_of"
        return "former_name" if self._terms[number].former else "name"

    def _by_start(self, query: str) -> Iterator[tuple[int, int]]:
        """Terms of which the name, or a word in it, begins with the query."""
        joined = query.replace(" ", "")
        for place in range(bisect_left(self._keys, query), bisect_left(self._keys, query + LAST_SIGN)):
            number = self._numbers[place]
            term = self._terms[number]
            exact = query in (term.key, term.key.replace(" ", ""))
            if term.former:
                yield number, FORMER_EXACT if exact else FORMER
            elif exact:
                yield number, EXACT
            else:
                yield number, PREFIX if term.key.startswith((query, joined)) else WORD_START

    def _starting(self, word: str) -> frozenset[int]:
        """Terms with a word that begins like this."""
        begin, end = bisect_left(self._words, word), bisect_left(self._words, word + LAST_SIGN)
        return frozenset().union(*(self._by_word[found] for found in self._words[begin:end]))

    def _scattered(self, sets: list[frozenset[int]]) -> Iterator[tuple[int, bool]]:
        """Terms that answer every word, themselves or through the municipality in which they lie.

        At least one word must be in the own name, or "Utrecht Utrecht" would give all of Utrecht.
        """
        within = [self._in_municipalities(found) for found in sets]
        for number in frozenset.intersection(*(own | other for own, other in zip(sets, within, strict=True))):
            own = sum(number in found for found in sets)
            if own:
                yield number, own < len(sets)

    def _in_municipalities(self, found: frozenset[int]) -> frozenset[int]:
        codes = {self._terms[number].code for number in found & self._towns}
        return frozenset().union(*(self._inside.get(code, frozenset()) for code in codes))

    def _misspelt(self, words: list[str]) -> list[tuple[int, bool]]:
        """Terms for the query with each unknown word replaced by the known words that are nearest to it."""
        sets: list[frozenset[int]] = []
        for word in words:
            known = self._starting(word) if len(words) > 1 else frozenset()
            sets.append(known or frozenset().union(*(self._by_word[near] for near in self._near(word))))
        if len(sets) > 1:
            return list(self._scattered(sets))
        return [(number, False) for number in sets[0]]

    def _near(self, word: str) -> list[str]:
        """Known words with as few typing errors as possible, at most one (two in long words) from this one."""
        if len(word) < SHORTEST_WITH_TYPO:
            return []
        allowed = 2 if len(word) >= SHORTEST_WITH_TWO_TYPOS else 1
        shared: Counter[str] = Counter()
        for gram in _grams(word):
            for length in range(len(word) - allowed, len(word) + allowed + 1):
                shared.update(self._by_gram.get((gram, length), ()))
        likely = nsmallest(60, shared, key=lambda candidate: (-shared[candidate], candidate))
        errors = {candidate: typing_errors(word, candidate, allowed) for candidate in likely if candidate != word}
        near = [(distance, found) for found, distance in errors.items() if distance <= allowed]
        fewest = min((distance for distance, _ in near), default=0)
        return sorted(found for distance, found in near if distance == fewest)


def _order(area: Area, inhabitants: Mapping[str, int]) -> tuple[int, int, str, str]:
    return LEVEL_ORDER[area.level], -inhabitants.get(area.code, 0), area.name, area.code


def _municipality_code(area: Area) -> str:
    return "GM" + area.code[2:6]


def _grams(word: str) -> set[str]:
    """Pairs of neighbouring letters, with the word's ends marked; a single typing error leaves most in place."""
    marked = f"^{word}$"
    return {marked[place : place + 2] for place in range(len(marked) - 1)}


def typing_errors(one: str, other: str, most: int) -> int:
    """Letters to change, leave out, add or swap with the neighbour to turn one word into the other.

    Optimal string alignment distance (Damerau 1964; Boytsov 2011, section 2). Stops counting above `most`, and then
    gives `most + 1`.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    current = list(range(len(other) + 1))
    for row, sign in enumerate(one, start=1):
        before, last = current, before
        current = [row]
        for column, against in enumerate(other, start=1):
            cost = min(before[column] + 1, current[-1] + 1, before[column - 1] + (sign != against))
            if row > 1 and column > 1 and sign == other[column - 2] and one[row - 2] == against:
                cost = min(cost, last[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
    return min(current[-1], most + 1)
