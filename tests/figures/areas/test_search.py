# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tests of the search: what people type gives what they mean, first."""

import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenspel.figures.areas.names import normalise, short_name
from samenspel.figures.areas.registry import Registry
from samenspel.figures.areas.search import GROUPS, typing_errors
from samenspel.figures.types import AreaLevel


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("zwolle", "Zwolle"),
        ("ZWOL", "Zwolle"),
        ("den haag", "'s-Gravenhage"),
        ("denhaag", "'s-Gravenhage"),
        ("'s-Gravenhage", "'s-Gravenhage"),
        ("s gravenhage", "'s-Gravenhage"),
        ("’s‑hertogenbosch", "'s-Hertogenbosch"),
        ("den bosch", "'s-Hertogenbosch"),
        ("bergen nh", "Bergen (NH.)"),
        ("bergen limburg", "Bergen (L.)"),
        ("hengelo", "Hengelo (O.)"),
        ("sudwest", "Súdwest-Fryslân"),
        ("súdwest fryslân", "Súdwest-Fryslân"),
        ("utrecht", "Utrecht"),
        ("friesland", "Fryslân"),
        ("amstredam", "Amsterdam"),
        ("Tilbrug", "Tilburg"),
        ("leidn", "Leiden"),
        ("rotterdm", "Rotterdam"),
        ("wiik bij duurstede", "Wijk bij Duurstede"),
        ("ljouwert", "Leeuwarden"),
        ("GM0193", "Zwolle"),
        ("gm193", "Zwolle"),
        ("0193", "Zwolle"),
        ("wk019310", "Binnenstad"),
        ("GGD Hart voor Brabant", "GGD Hart voor Brabant"),
        ("nederland", "Nederland"),
        ("groesbeek", "Berg en Dal"),
        ("de friese meren", "De Fryske Marren"),
        ("'t harde", "Hardenberg"),
    ],
)
def test_the_first_result_is_what_was_meant(netherlands: Registry, text: str, first: str) -> None:
    matches = netherlands.find(text)
    assert matches and matches[0].area.name == first


def test_a_former_municipality_gives_what_it_went_into(netherlands: Registry) -> None:
    matches = netherlands.find("Haaren", levels=frozenset({AreaLevel.MUNICIPALITY}))
    assert {match.area.name for match in matches} == {"Boxtel", "Oisterwijk", "Tilburg", "Vught"}
    assert {(match.matched_name, match.reason) for match in matches} == {("Haaren", "former_name")}
    by_code = netherlands.find("GM0788")
    assert [match.area.name for match in by_code] == ["Vught", "Oisterwijk", "Tilburg", "Boxtel"]
    assert {match.reason for match in by_code} == {"code"}


def test_a_municipality_in_the_query_narrows_to_its_parts(netherlands: Registry) -> None:
    matches = netherlands.find("binnenstad zwolle")
    assert matches[0].area.code.startswith("WK0193")
    assert matches[0].reason == "part_of"
    municipality = netherlands.municipality_of(matches[0].area.code)
    assert municipality is not None and municipality.name == "Zwolle"
    assert [match.area.code for match in netherlands.find("Zwolle binnenstad")] == [m.area.code for m in matches]


def test_every_municipality_is_first_for_its_own_name(netherlands: Registry) -> None:
    for code in netherlands.codes(AreaLevel.MUNICIPALITY):
        area = netherlands.get(code)
        assert netherlands.find(area.name)[0].area == area
        same_short = [m.area for m in netherlands.find(short_name(area.name), limit=3)]
        assert area in same_short


@pytest.mark.parametrize("text", ["", "   ", "!?", "'", "-", "\x00", "🙂"])
def test_nothing_is_found_for_nothing(netherlands: Registry, text: str) -> None:
    assert netherlands.find(text) == []


def test_levels_and_limit_are_kept(netherlands: Registry) -> None:
    matches = netherlands.find("centrum", limit=7, levels=frozenset({AreaLevel.NEIGHBOURHOOD}))
    assert len(matches) == 7
    assert {match.area.level for match in matches} == {AreaLevel.NEIGHBOURHOOD}
    assert netherlands.find("centrum", limit=0) == []


@settings(deadline=None, max_examples=300)
@given(data=st.data())
def test_search_properties(netherlands: Registry, data: st.DataObject) -> None:
    """Any text: no failure, no doubles, levels in order but for typing errors, the same answer twice."""
    words = st.sampled_from(["bergen", "oost", "'s", "centrum", "den", "st.", "haren", "a", "de", "wijk", "noord"])
    text = data.draw(st.one_of(st.text(max_size=90), st.lists(words, max_size=4).map(" ".join)))
    matches = netherlands.find(text, limit=20)
    codes = [match.area.code for match in matches]
    assert len(codes) == len(set(codes)) <= 20
    assert netherlands.find(text, limit=20) == matches
    assert [m.area.code for m in netherlands.find(text, limit=5)] == codes[:5]
    assert netherlands.find(text.upper(), limit=20) == netherlands.find(text.upper(), limit=20)
    query = normalise(text)
    levels = [
        GROUPS.get(m.area.level, 0)
        for m in matches
        if m.reason in {"name", "former_name"} and any(w.startswith(query) for w in _starts(m.matched_name))
    ]
    assert levels == sorted(levels)


def _starts(name: str) -> list[str]:
    words = normalise(name).split(" ")
    return [" ".join(words[place:]) for place in range(len(words))]


def test_one_typing_error_in_a_long_name_is_forgiven(netherlands: Registry) -> None:
    """Each municipality with a name of one word of six letters or more; the error's place is chosen by the name."""
    lost = []
    for code in netherlands.codes(AreaLevel.MUNICIPALITY):
        name = normalise(netherlands.get(code).name)
        if " " in name or len(name) < 6:
            continue
        dice = random.Random(name)
        place = dice.randrange(1, len(name) - 1)
        wrong = name[:place] + dice.choice(string.ascii_lowercase) + name[place + 1 :]
        swapped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
        for typed in (wrong, swapped):
            if code not in [match.area.code for match in netherlands.find(typed)]:
                lost.append((name, typed))
    assert lost == []


@pytest.mark.parametrize(
    ("one", "other", "errors"),
    [("tilburg", "tilburg", 0), ("tilburg", "tilbrug", 1), ("leiden", "leidn", 1), ("ede", "epe", 1), ("ab", "ba", 1)],
)
def test_typing_errors_are_counted(one: str, other: str, errors: int) -> None:
    assert typing_errors(one, other, 2) == errors


words = st.text(alphabet="abc", max_size=6)


@given(words, words)
def test_typing_errors_match_the_plain_recursion(one: str, other: str) -> None:
    def slow(i: int, j: int) -> int:
        if i == 0 or j == 0:
            return i + j
        best = min(slow(i - 1, j) + 1, slow(i, j - 1) + 1, slow(i - 1, j - 1) + (one[i - 1] != other[j - 1]))
        if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
            best = min(best, slow(i - 2, j - 2) + 1)
        return best

    assert typing_errors(one, other, 2) == min(slow(len(one), len(other)), 3)


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
