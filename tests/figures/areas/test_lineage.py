# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tests of the succession of municipalities, on invented land and on the Netherlands."""

from hypothesis import given

from samenspel.figures.areas.registry import Registry
from tests.figures.histories import FIRST, LAST, History, histories


@given(histories())
def test_without_a_break_the_parts_hold_exactly_the_ground_of_today(history: History) -> None:
    lineage = history.lineage()
    for code in lineage.today():
        for year in range(FIRST, LAST + 1):
            if any(int(one.period) > year for one in lineage.breaks(code)):
                continue
            parts = lineage.parts(code, year)
            assert parts is not None
            assert frozenset().union(*(history.plots[year][part] for part in parts)) == history.plots[LAST][code]


@given(histories())
def test_ground_that_changed_hands_is_always_a_break(history: History) -> None:
    lineage = history.lineage()
    for code in lineage.today():
        for year in range(FIRST, LAST + 1):
            parts = lineage.parts(code, year)
            held = frozenset().union(*(history.plots[year][part] for part in parts or ()))
            if held != history.plots[LAST][code]:
                assert any(int(one.period) > year for one in lineage.breaks(code))


@given(histories())
def test_no_municipality_is_counted_twice(history: History) -> None:
    lineage = history.lineage()
    for year in range(FIRST, LAST + 1):
        used = [part for code in lineage.today() for part in lineage.parts(code, year) or ()]
        assert len(used) == len(set(used))
        assert set(used) <= set(history.plots[year])


@given(histories())
def test_what_may_be_needed_holds_what_is_used(history: History) -> None:
    lineage = history.lineage()
    for code in lineage.today():
        for year in range(FIRST, LAST + 1):
            assert (lineage.parts(code, year) or frozenset()) <= lineage.behind(code)


@given(histories())
def test_the_heirs_hold_ground_of_what_is_gone(history: History) -> None:
    lineage = history.lineage()
    for code, plots in history.plots[FIRST].items():
        now = {heir for heir in history.plots[LAST] if history.plots[LAST][heir] & plots}
        # A part given away by one that stayed belongs to no heir; a share is a chance, not a plot.
        if not any(step.old_stays for step in history.steps):
            assert now <= set(lineage.heirs(code))


def test_years_before_the_sources_have_no_parts(netherlands: Registry) -> None:
    assert netherlands.lineage.parts("GM0193", 2011) is None
    assert netherlands.lineage.parts("GM9999", 2020) is None


def test_chains_and_renames_in_the_netherlands(netherlands: Registry) -> None:
    parts = netherlands.lineage.parts
    assert parts("GM1978", 2012) == {"GM0571", "GM0693", "GM0694", "GM0689"}  # Molenlanden, by way of Molenwaard
    assert parts("GM1945", 2014) == {"GM0241", "GM0265", "GM0282"}  # Berg en Dal
    assert parts("GM1945", 2015) == {"GM0241"}
    assert parts("GM1940", 2013) is None  # De Fryske Marren got only parts of Skarsterlân and Boarnsterhim
    assert parts("GM1940", 2014) == {"GM1921"}
    assert parts("GM1966", 2018) is None  # Het Hogeland got only a part of Winsum
    assert parts("GM0363", 2012) == {"GM0363", "GM0457"}
    assert parts("GM0855", 2020) == {"GM0855"}


def test_a_break_says_who_was_divided_over_whom_and_when(netherlands: Registry) -> None:
    (tilburg,) = netherlands.lineage.breaks("GM0855")
    assert tilburg.period == "2021"
    assert tilburg.reason == (
        "Vanaf 2021 is Haaren verdeeld over Boxtel, Oisterwijk, Tilburg en Vught. "
        "Cijfers van voor 2021 gaan over Tilburg zonder dat deel."
    )
    (groningen,) = netherlands.lineage.breaks("GM0014")
    assert groningen.reason == (
        "Tussen 2012 en 2017 ging een deel van Slochteren naar Groningen. "
        "Cijfers van voor 2017 gaan over Groningen zonder dat deel."
    )
    (hogeland,) = netherlands.lineage.breaks("GM1966")
    assert "Cijfers van voor 2019 tellen daarom niet op tot Het Hogeland." in hogeland.reason
    (weesp,) = netherlands.lineage.breaks("GM0363")
    assert weesp.reason.endswith("Weesp is nu een deel van Amsterdam.")
    assert [subject for subject, _ in netherlands.lineage.changes("GM0363")] == ["GM0457"]


def test_no_break_claims_a_day(netherlands: Registry) -> None:
    """The sources compare 1 January with a later one; what changed in between, such as Weesp, has no day there."""
    reasons = [b.reason for code in netherlands.lineage.today() for b in netherlands.lineage.breaks(code)]
    assert reasons
    assert [reason for reason in reasons if "januari" in reason or not reason.startswith(("Vanaf ", "Tussen "))] == []


def test_most_municipalities_have_no_break(netherlands: Registry) -> None:
    broken = {netherlands.get(code).name for code in netherlands.lineage.today() if netherlands.lineage.breaks(code)}
    assert broken == {
        *("Amsterdam", "Boxtel", "De Fryske Marren", "Gooise Meren", "Groningen", "Heerenveen", "Het Hogeland"),
        *("Leeuwarden", "Midden-Groningen", "Nissewaard", "Oisterwijk", "Oss", "'s-Hertogenbosch"),
        *("Súdwest-Fryslân", "Tilburg", "Voorne aan Zee", "Vught", "Waadhoeke", "Westerkwartier"),
    }


def test_the_steps_agree_with_the_overlay_of_2012_and_2024(netherlands: Registry) -> None:
    """The source also compares 2012 with 2024 at once: what goes wholly by steps must go wholly there too."""
    import polars as pl
    from django.conf import settings

    changes = pl.read_csv(settings.SOURCES_FOLDER / "areas/gemeente_wijzigingen_2012_2024.csv")
    at_once = changes.filter(van_jaar=2012, naar_jaar=2024)
    main = at_once.sort("aandeel_oppervlakte").group_by("oude_code").last()
    for old, new in main.select("oude_code", "nieuwe_code").iter_rows():
        if old not in netherlands.codes(netherlands.get(old).level):
            assert netherlands.today(old)[0].code == new
