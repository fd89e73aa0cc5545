# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The gate: what it lets through, what it withholds, and that it repeats bit for bit until ten people changed."""

import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenspel.methods.disclosure import (
    Family,
    Keys,
    Ledger,
    Level,
    Method,
    Outcome,
    Place,
    Reason,
    Release,
    Respondent,
    Spending,
    Status,
    Why,
    decide,
    fingerprint,
    publish,
    shown_places,
    weak_cells,
)
from samenspel.methods.disclosure.thresholds import check_hierarchy, is_unanimous

COIN = b"the lasting coin"
FAMILY = Family("lonely", ("yes", "no"), question="lonely")
TABLE = Family("satisfied", ("good", "fair", "bad"), Method.SUPPRESSION, question="satisfied")
ADULTS = {"BU1": 500, "BU2": 500, "BU3": 90}


def keys(number: int) -> Keys:
    return Keys(b"release key %016d" % number, COIN)


def people(
    seed: int = 1, counts: Sequence[int] = (60, 45, 40), answers: Sequence[str] = ("yes", "no")
) -> list[Respondent]:
    numbers = np.random.default_rng(seed)
    return [
        Respondent(f"{seed}.{area}.{i}", ("GM1", "WK1", f"BU{area + 1}"), str(numbers.choice(answers)), "1")
        for area, count in enumerate(counts)
        for i in range(count)
    ]


def first(family: Family = FAMILY, who: Sequence[Respondent] | None = None) -> tuple[Release, Ledger]:
    who = people(answers=family.answers) if who is None else who
    return publish(family, who, ledger=Ledger(), keys=keys(1), period="2026-Q1", adults=ADULTS)


# --- freeze or refresh ------------------------------------------------------------------------------------------------


@settings(max_examples=25)
@given(st.integers(0, 14), st.integers(0, 14), st.integers(0, 14))
def test_nine_people_change_nothing_and_ten_do(added: int, again: int, withdrawn: int) -> None:
    """Joining, answering again (also the same) and withdrawing all count, each person once."""
    release, ledger = first()
    now = people()[withdrawn:]
    now = [replace(one, submission="2") for one in now[:again]] + now[again:]
    now += [replace(one, person=f"new {one.person}") for one in people(9)[:added]]
    after, ledger = publish(FAMILY, now, ledger=ledger, keys=keys(2), period="2026-Q2", adults=ADULTS)
    if added + again + withdrawn < 10:
        assert after.cells is release.cells
        assert (after.key_id, after.computed, after.why) == (release.key_id, 1, Why.WAITING)
        assert ledger.saw(keys(2).key_id) == ()
    else:
        assert (after.key_id, after.computed, after.why) == (keys(2).key_id, 2, Why.BATCH)
        assert after.cells != release.cells


def test_small_steps_add_up_to_a_batch() -> None:
    """What was frozen is compared with the last refresh, not with the last release."""
    release, ledger = first()
    for step in (4, 8):
        after, ledger = publish(FAMILY, people()[step:], ledger=ledger, keys=keys(step), period="2026", adults=ADULTS)
        assert after.cells == release.cells
    after, ledger = publish(FAMILY, people()[10:], ledger=ledger, keys=keys(12), period="2026", adults=ADULTS)
    assert after.computed == 4
    assert [one.computed for one in ledger.releases] == [1, 1, 1, 4]
    assert [one.number for one in ledger.saw(keys(1).key_id)] == [1, 2, 3]


def test_a_key_is_used_for_one_refresh() -> None:
    _release, ledger = first()
    with pytest.raises(ValueError, match="used before"):
        publish(FAMILY, people()[20:], ledger=ledger, keys=keys(1), period="2026", adults=ADULTS)
    with pytest.raises(ValueError, match="different"):
        Keys(COIN, COIN)


def test_before_ten_people_there_is_nothing() -> None:
    release, ledger = publish(FAMILY, people()[:9], ledger=Ledger(), keys=keys(1), period="2026")
    assert (release.cells, release.why, ledger.memory("lonely").prints) == ((), Why.WAITING, {})
    release, _ledger = publish(FAMILY, people()[:12], ledger=ledger, keys=keys(2), period="2026")
    assert (release.number, release.computed) == (2, 2)


def test_the_rule_can_be_stricter_not_weaker() -> None:
    with pytest.raises(ValueError, match="least"):
        decide({}, {}, 9)
    with pytest.raises(ValueError, match="least_batch"):
        Family("x", ("a", "b"), least_batch=5, question="x")
    assert decide({}, {str(i): "" for i in range(15)}, 20).outcome is Outcome.FREEZE


def test_a_fingerprint_tells_submissions_apart_but_no_answers() -> None:
    assert fingerprint(COIN, "yes", "1") != fingerprint(COIN, "yes", "2")
    assert fingerprint(COIN, "yes", "1") == fingerprint(COIN, "yes", "1")
    assert fingerprint(COIN + b"!", "yes", "1") != fingerprint(COIN, "yes", "1")
    assert fingerprint(COIN, "a", "b1") != fingerprint(COIN, "ab", "1")


# --- thresholds -------------------------------------------------------------------------------------------------------


def test_areas_below_their_threshold_fall_back_on_the_one_around_them() -> None:
    places = [
        Place("GM1", Level.MUNICIPALITY, "", 200),
        Place("WK1", Level.DISTRICT, "GM1", 120),
        Place("WK2", Level.DISTRICT, "GM1", 80),
        Place("BU1", Level.NEIGHBOURHOOD, "WK1", 60, 100),
        Place("BU2", Level.NEIGHBOURHOOD, "WK1", 29, 400),
        Place("BU3", Level.NEIGHBOURHOOD, "WK1", 31, 99),
        Place("BU4", Level.NEIGHBOURHOOD, "WK2", 80, None),
    ]
    small = Reason.SMALL_AREA
    assert shown_places(places) == {
        "GM1": None, "WK1": None, "WK2": None, "BU1": None, "BU2": small, "BU3": small, "BU4": small,
    }  # fmt: skip


def test_no_rest_of_an_area_is_small() -> None:
    """A district of 65 with neighbourhoods of 60 and 5: the 60 would give the 5 by subtraction."""
    places = [
        Place("GM1", Level.MUNICIPALITY, "", 65),
        Place("WK1", Level.DISTRICT, "GM1", 65),
        Place("BU1", Level.NEIGHBOURHOOD, "WK1", 60, 900),
        Place("BU2", Level.NEIGHBOURHOOD, "WK1", 5, 900),
    ]
    assert shown_places(places)["BU1"] is Reason.FEW
    places[3] = replace(places[3], respondents=10)
    places[:2] = [replace(place, respondents=70) for place in places[:2]]
    assert shown_places(places)["BU1"] is None


@given(st.lists(st.integers(0, 80), min_size=1, max_size=6), st.integers(0, 15))
def test_what_is_withheld_of_a_shown_area_is_nobody_or_ten(counts: list[int], outside: int) -> None:
    places = [Place("GM1", Level.MUNICIPALITY, "", sum(counts) + outside)]
    places += [Place(f"WK{i}", Level.DISTRICT, "GM1", n) for i, n in enumerate(counts)]
    found = shown_places(places)
    shown = sum(n for i, n in enumerate(counts) if found[f"WK{i}"] is None)
    if shown:
        rest = sum(counts) + outside - shown
        assert rest == 0 or rest >= 10
        assert all(n >= 10 for i, n in enumerate(counts) if found[f"WK{i}"] is None)


def test_one_hierarchy() -> None:
    check_hierarchy([("GM1", "WK1"), ("GM1", "WK1", "BU1")])
    with pytest.raises(ValueError, match="lies in"):
        check_hierarchy([("GM1", "WK1"), ("GM2", "WK1")])
    with pytest.raises(ValueError, match="areas"):
        check_hierarchy([()])


def test_when_everybody_says_the_same() -> None:
    assert is_unanimous(0, 29) and is_unanimous(29, 29)
    assert not is_unanimous(0, 30) and not is_unanimous(1, 29)
    alike = [replace(one, answer="no") for one in people(counts=(60, 0, 0))]
    kept = [one for one in alike if FAMILY.coin.exchanged(COIN, f"lonely {one.person} {one.submission}", 1) == 1]
    release, _ledger = first(FAMILY, kept[:20])
    assert release.cells
    assert {cell.status for cell in release.cells} == {Status.WITHHELD}


def test_reasons_have_words_and_codes() -> None:
    for reason in Reason:
        assert reason.words.endswith(".")
        assert reason.code.startswith("onderdrukt: ")


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", [Method.CELL_KEY, Method.ROUNDING])
def test_shares_come_with_their_noise(method: Method) -> None:
    release, _ledger = first(replace(FAMILY, method=method))
    share, base = release.cell("GM1", "yes"), release.cell("GM1")
    assert base.count is not None and share.share is not None and share.lower is not None and share.upper is not None
    assert abs(base.count - 145) <= 4
    assert share.lower < share.share < share.upper
    assert share.variance == base.variance == (2.0 if method is Method.CELL_KEY else 4.0)
    assert share.count is None  # how many gave an answer is not published
    assert all(100 * end == pytest.approx(round(100 * end)) for end in (share.share, share.lower, share.upper))
    assert release.cell("BU3").reason is Reason.SMALL_AREA
    assert release.cell("BU3").count is None


def test_the_truth_lies_in_most_intervals() -> None:
    family, inside = Family("score", ("0", "5", "10"), values=(0.0, 5.0, 10.0), question="score"), 0
    for seed in range(60):
        who = people(seed, (70, 0, 0), family.answers)
        release, _ledger = publish(family, who, ledger=Ledger(), keys=keys(seed), period="2026")
        found = release.cell("GM1")
        assert found.lower is not None and found.upper is not None and found.mean is not None
        inside += found.lower <= 5.0 <= found.upper
    assert inside >= 53


@settings(max_examples=8)
@given(st.integers(0, 1000))
def test_a_table_shows_no_small_cell_over_all_its_releases(seed: int) -> None:
    ledger, who = Ledger(), people(seed, answers=TABLE.answers)
    for number in range(3):
        release, ledger = publish(TABLE, who, ledger=ledger, keys=keys(number), period="2026", adults=ADULTS)
        for cell in release.cells:
            assert (cell.status is Status.SHOWN) == (cell.count is not None)
            assert cell.count is None or cell.count >= 10
            assert cell.reason in (None, Reason.FEW, Reason.SMALL_AREA)
        assert weak_cells(ledger.memory("satisfied").tables) == ()
        who = who[6:] + [
            replace(one, person=f"{number} {one.person}") for one in people(number, (7, 4, 3), TABLE.answers)
        ]


def test_sensitive_figures_are_of_the_municipality_and_have_a_budget() -> None:
    family = replace(FAMILY, method=Method.LAPLACE, epsilon=Fraction(1, 2), population="panel")
    release, ledger = first(family)
    assert {cell.area for cell in release.cells} == {"GM1"}
    assert release.cell("GM1", "yes").variance == pytest.approx(2 * math.exp(-0.25) / (1 - math.exp(-0.25)) ** 2)
    assert ledger.budget.spendings == (Spending("lonely", "panel", 2026, Fraction(1, 2)),)
    _release, ledger = publish(family, people()[30:], ledger=ledger, keys=keys(2), period="2026-Q2")
    third, ledger = publish(family, people()[60:], ledger=ledger, keys=keys(3), period="2026-Q3")
    assert (third.why, third.computed, ledger.budget.spent("panel", 2026)) == (Why.BUDGET, 2, 1)
    fourth, _ledger = publish(family, people()[60:], ledger=ledger, keys=keys(4), period="2027-Q1")
    assert fourth.computed == 4


@pytest.mark.parametrize(
    ("who", "period", "message"),
    [
        ([Respondent("a", ("GM1",), "yes"), Respondent("a", ("GM1",), "no")], "2026", "twice"),
        ([Respondent("a", ("GM1",), "maybe")], "2026", "no answer"),
        ([Respondent("a", ("GM1", "WK1"), "yes"), Respondent("b", ("GM2", "WK1"), "no")], "2026", "lies in"),
        ([], "soon", "period"),
    ],
)
def test_what_cannot_be_is_refused(who: list[Respondent], period: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        publish(FAMILY, who, ledger=Ledger(), keys=keys(1), period=period)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"odds": 49.0}, "odds"),
        ({"odds": math.inf}, "odds"),
        ({"odds": math.nan}, "odds"),
        ({"question": " "}, "question"),
        ({"method": Method.LAPLACE}, "population"),
        ({"method": Method.LAPLACE, "population": " "}, "population"),
        ({"epsilon": Fraction(2)}, "epsilon"),
        ({"epsilon": Fraction(0)}, "epsilon"),
        ({"epsilon": 0.25}, "epsilon"),
        ({"tables": 0}, "tables"),
    ],
)
def test_a_family_that_would_not_protect_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(FAMILY, **given)


def test_a_second_family_about_the_same_question_is_no_second_look() -> None:
    """The coin falls by question: what two families count of the same answers is the same."""
    who, falls = people(counts=(200, 0, 0)), []
    for key, number in (("lonely", 1), ("lonely by area", 2)):
        family = replace(FAMILY, key=key, method=Method.SUPPRESSION)
        release, _ledger = publish(family, who, ledger=Ledger(), keys=keys(number), period="2026")
        falls.append(release.cell("GM1", "yes").count)
    assert falls[0] == falls[1] is not None


def test_families_of_one_population_share_its_budget() -> None:
    ledger, refused = Ledger(), []
    for number in range(4):
        family = Family(
            f"f{number}",
            ("yes", "no"),
            Method.LAPLACE,
            epsilon=Fraction(1, 2),
            population="panel",
            question=f"q{number}",
        )
        release, ledger = publish(family, people(), ledger=ledger, keys=keys(number), period="2026-Q1")
        refused.append(release.why is Why.BUDGET)
    assert refused == [False, False, True, True]


def test_secrets_are_not_printed() -> None:
    assert "release key" not in repr(keys(1)) and "coin" not in repr(keys(1)).replace("coin=", "")
