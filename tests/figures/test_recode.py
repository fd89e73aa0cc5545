# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tests of recoding over boundary changes: nothing is lost, nothing is counted twice, nothing is averaged blindly."""

import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenspel.figures.areas.lineage import Lineage, Step
from samenspel.figures.recode import Recoded, recode
from samenspel.figures.types import Status
from tests.figures.histories import FIRST, LAST, History, histories


@st.composite
def figures(draw: st.DrawFn) -> tuple[History, pl.DataFrame]:
    """A history with a count, and what it is a count of, for each municipality and year; some are withheld."""
    history = draw(histories())
    rows = []
    for year in range(FIRST, LAST + 1):
        for code in sorted(history.plots[year]):
            value = draw(st.one_of(st.none(), st.integers(0, 50), st.integers(0, 50)))
            rows.append((code, str(year), value, draw(st.integers(50, 90))))
    return history, pl.DataFrame(
        rows, schema=["area", "period", "value", "denominator"], schema_overrides={"value": pl.Float64}, orient="row"
    )


def slow_counts(history: History, frame: pl.DataFrame) -> dict[tuple[str, str], float]:
    """The readable twin: walk from a year to today and add what merges; new from a split part means no figure."""
    found: dict[tuple[str, str], float] = {}
    for year in range(FIRST, LAST + 1):
        known = {
            area: value
            for area, value in frame.filter(period=str(year)).select("area", "value").iter_rows()
            if value is not None
        }
        own = dict(known)  # what the municipality itself was, under whatever name and code
        lost: set[str] = {area for area in history.plots[year] if area not in known}
        for now in range(year + 1, LAST + 1):
            happened = [step for step in history.steps if step.year == now]
            gone = {step.old for step in happened if not step.old_stays}
            next_known = {area: value for area, value in known.items() if area not in gone}
            next_lost = {area for area in lost if area not in gone}
            for new in {step.new for step in happened}:
                arrivals = [step for step in happened if step.new == new]
                is_new = history.existed[new][0] == now
                whole = [s for s in arrivals if not s.old_stays and s.area_share > 0.97]
                if is_new and len(whole) < len(arrivals):
                    next_lost.add(new)
                    continue
                if any(step.old in lost for step in whole) or new in lost:
                    next_lost.add(new)
                    next_known.pop(new, None)
                    continue
                next_known[new] = next_known.get(new, 0) + sum(known[step.old] for step in whole)
            known, lost = next_known, next_lost
            for new in {step.new for step in happened}:
                arrivals = [step for step in happened if step.new == new]
                renamed = history.existed[new][0] == now and len(arrivals) == 1 and arrivals[0].area_share > 0.97
                if renamed and arrivals[0].old in own:
                    own[new] = own[arrivals[0].old]
        for area in history.plots[LAST]:
            if area in known:
                found[area, str(year)] = known[area]
            elif own.get(area) is not None:
                found[area, str(year)] = own[area]
    return found


def as_dict(result: Recoded) -> dict[tuple[str, str], float]:
    rows = result.frame.filter(pl.col("value").is_not_null()).select("area", "period", "value").iter_rows()
    return {(area, period): value for area, period, value in rows}


@settings(deadline=None, max_examples=40)
@given(figures())
def test_counts_match_the_readable_twin(case: tuple[History, pl.DataFrame]) -> None:
    history, frame = case
    assert as_dict(recode(frame, history.lineage(), how="count")) == slow_counts(history, frame)


@settings(deadline=None, max_examples=40)
@given(figures())
def test_sums_are_conserved(case: tuple[History, pl.DataFrame]) -> None:
    history, frame = case
    result = recode(frame, history.lineage(), how="count")
    for (period,), before in frame.group_by("period"):
        after = result.frame.filter(pl.col("period") == period)["value"].sum()
        left = result.unplaced.filter(pl.col("period") == period)["value"].sum()
        assert after + left == before["value"].sum()


@settings(deadline=None, max_examples=40)
@given(figures())
def test_ratios_are_those_of_the_sums(case: tuple[History, pl.DataFrame]) -> None:
    history, frame = case
    counts = recode(frame, history.lineage(), how="count").frame
    ratios = frame.with_columns(pl.col("value") * 100 / pl.col("denominator"))
    for given_numerator in (True, False):
        shape = ratios.with_columns(numerator=frame["value"].cast(pl.Float64)) if given_numerator else ratios
        result = recode(shape, history.lineage(), how="ratio", scale=100).frame
        assert result.select("area", "period").equals(counts.select("area", "period"))
        for value, count, base in zip(result["value"], counts["value"], counts["denominator"], strict=True):
            assert (value is None) == (count is None)
            assert value is None or value == pytest.approx(100 * count / base)


@settings(deadline=None, max_examples=40)
@given(figures(), st.sampled_from(["count", "ratio", "none"]))
def test_recoding_twice_changes_nothing(case: tuple[History, pl.DataFrame], how: str) -> None:
    history, frame = case
    once = recode(frame, history.lineage(), how=how)  # type: ignore[arg-type]
    twice = recode(once.frame, history.lineage(), how=how)  # type: ignore[arg-type]
    assert twice.frame.equals(once.frame)
    assert twice.unplaced.is_empty()


@settings(deadline=None, max_examples=40)
@given(figures(), st.sampled_from(["count", "ratio", "none"]), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(case: tuple[History, pl.DataFrame], how: str, dice: random.Random) -> None:
    history, frame = case
    order = list(range(frame.height))
    dice.shuffle(order)
    one, other = (recode(rows, history.lineage(), how=how) for rows in (frame, frame[order]))  # type: ignore[arg-type]
    assert one.frame.equals(other.frame)
    assert one.breaks.equals(other.breaks)
    assert one.unplaced.equals(other.unplaced)


@settings(deadline=None, max_examples=40)
@given(figures(), st.sampled_from(["count", "ratio", "none"]))
def test_one_town_alone_gives_what_all_together_give(case: tuple[History, pl.DataFrame], how: str) -> None:
    history, frame = case
    lineage = history.lineage()
    everything = recode(frame, lineage, how=how)  # type: ignore[arg-type]
    for town in lineage.today():
        rows = frame.filter(pl.col("area").is_in(sorted(lineage.behind(town))))
        alone = recode(rows, lineage, how=how, towns=[town])  # type: ignore[arg-type]
        assert alone.frame.equals(everything.frame.filter(area=town))


@settings(deadline=None, max_examples=40)
@given(figures())
def test_every_value_that_is_not_of_all_the_ground_has_a_break_after_it(case: tuple[History, pl.DataFrame]) -> None:
    history, frame = case
    lineage = history.lineage()
    result = recode(frame, lineage, how="none")
    breaks = result.breaks.select("area", "period").rows()
    for area, period, value in result.frame.select("area", "period", "value").iter_rows():
        own = lineage.own(area, int(period))
        same_ground = own is not None and history.plots[int(period)][own] == history.plots[LAST][area]
        # A plot that went away and came back leaves the ground as it was; a break is then said all the same.
        if value is not None and not same_ground:
            assert any(where == area and when > period for where, when in breaks)


SMALL = Lineage(
    {"GM0001": (2012, None), "GM0002": (2012, 2014), "GM0003": (2012, 2015), "GM0004": (2016, None)},
    [
        Step("GM0002", "GM0001", 2014, 2015, 0.99, False),
        Step("GM0003", "GM0004", 2015, 2016, 1.0, False),
    ],
    {"GM0001": "Aadorp", "GM0002": "Beekdal", "GM0003": "Ceeburg", "GM0004": "Deestad"},
)


def small(rows: list[tuple[str, str, float | None]], **columns: object) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema={"area": pl.String, "period": pl.String, "value": pl.Float64}, orient="row")
    return frame.with_columns(**{name: pl.lit(value) for name, value in columns.items()})


def test_a_merger_is_added_and_marked_as_our_own_sum() -> None:
    frame = small([("GM0001", "2014", 10), ("GM0002", "2014", 5), ("GM0001", "2015", 16)], status="published")
    result = recode(frame, SMALL, how="count")
    assert result.frame.select("area", "period", "value", "status", "recoded").rows() == [
        ("GM0001", "2014", 15.0, "derived", True),
        ("GM0001", "2015", 16.0, "published", False),
    ]
    assert result.breaks.is_empty()
    assert Status.DERIVED.value == "derived"


def test_percentages_are_not_averaged() -> None:
    frame = small([("GM0001", "2014", 10), ("GM0002", "2014", 40), ("GM0001", "2015", 14)])
    result = recode(frame, SMALL, how="ratio", scale=100)
    assert result.frame["value"].to_list() == [10.0, 14.0]
    assert result.breaks.rows() == [
        (
            "GM0001",
            "2015",
            "Beekdal hoort sinds 1 januari 2015 bij Aadorp. De cijfers kunnen wij niet samenvoegen. "
            "Cijfers van voor 2015 gaan over Aadorp zonder Beekdal.",
        )
    ]
    assert result.unplaced["area"].to_list() == ["GM0002"]


def test_percentages_are_weighted_when_the_denominator_is_known() -> None:
    frame = small([("GM0001", "2014", 10), ("GM0002", "2014", 40)]).with_columns(denominator=pl.Series([900.0, 100.0]))
    result = recode(frame, SMALL, how="ratio", scale=100)
    assert result.frame.select("value", "denominator").rows() == [(13.0, 1000.0)]
    assert result.breaks.is_empty()


def test_a_new_municipality_without_a_sum_has_no_value_and_says_so() -> None:
    frame = small([("GM0003", "2014", 300), ("GM0004", "2016", 310)])
    renamed = recode(frame, SMALL, how="none")
    # A new name and code for the same ground is no reason to lose the past.
    assert renamed.frame["area"].to_list() == ["GM0004", "GM0004"]
    assert renamed.frame["value"].to_list() == [300.0, 310.0]
    assert renamed.breaks.is_empty()
    merged = Lineage(
        {"GM0001": (2012, 2014), "GM0002": (2012, 2014), "GM0005": (2015, None)},
        [Step("GM0001", "GM0005", 2014, 2015, 1.0, False), Step("GM0002", "GM0005", 2014, 2015, 1.0, False)],
        {"GM0001": "Aadorp", "GM0002": "Beekdal", "GM0005": "Eeland"},
    )
    result = recode(small([("GM0001", "2014", 30), ("GM0002", "2014", 20), ("GM0005", "2015", 25)]), merged, how="none")
    assert result.frame.select("area", "period", "value").rows() == [("GM0005", "2015", 25.0)]
    assert result.breaks["reason"].to_list() == [
        "Eeland bestaat sinds 1 januari 2015. Daarvoor waren er cijfers van Aadorp en Beekdal apart. "
        "Die kunnen wij niet samenvoegen."
    ]


def test_a_part_that_is_withheld_is_a_gap_or_the_own_figure() -> None:
    withheld = small([("GM0001", "2013", 10), ("GM0002", "2013", None), ("GM0001", "2014", 11), ("GM0002", "2014", 4)])
    result = recode(withheld, SMALL, how="count")
    assert result.frame.select("period", "value").rows() == [("2013", 10.0), ("2014", 15.0)]
    # From 2014 on the figure holds Beekdal, a year before the merger.
    assert [row[1] for row in result.breaks.rows()] == ["2014"]
    assert "Cijfers van voor 2014 gaan over Aadorp zonder Beekdal." in result.breaks["reason"][0]


def test_figures_on_later_boundaries_are_told_so() -> None:
    """The health figures of 2012 are on the municipalities of 2020."""
    frame = small([("GM0001", "2012", 10)]).with_columns(boundaries=pl.lit(2015))
    assert recode(frame, SMALL, how="none").breaks.is_empty()
    assert recode(frame.drop("boundaries"), SMALL, how="none").breaks.height == 1


def test_other_levels_come_back_as_they_are() -> None:
    frame = small([("NL00", "2012", 100), ("WK000101", "2012", 7), ("GM0001", "2015", 16)])
    result = recode(frame, SMALL, how="count")
    assert result.frame.select("area", "value").rows() == [("GM0001", 16.0), ("NL00", 100.0), ("WK000101", 7.0)]


def test_a_cell_that_occurs_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        recode(small([("GM0001", "2012", 1), ("GM0001", "2012", 2)]), SMALL, how="count")
    with pytest.raises(ValueError, match="without value"):
        recode(pl.DataFrame({"area": [], "period": []}), SMALL, how="count")


def test_an_empty_frame_stays_empty() -> None:
    result = recode(small([]), SMALL, how="count")
    assert result.frame.is_empty() and result.breaks.is_empty() and result.unplaced.is_empty()
