# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every figure has a range, or says why it has none; in one by one the same as in a frame."""

import math
from itertools import product

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenspel.figures.current import current
from samenspel.figures.passports import Passport, passports
from samenspel.figures.service import (
    AreaLevel,
    NoRange,
    Point,
    Range,
    Series,
    Status,
    WhyNoRange,
    get_area,
    get_indicator,
    may_test_change,
    series,
    snapshot,
    uncertainties_of,
    uncertainty_of,
    with_all_ranges,
    with_ranges,
)
from samenspel.figures.wholes import whole_of
from samenspel.methods.intervals import count_interval, wilson

PASSPORTS = list(passports().values())
CODES = {
    AreaLevel.COUNTRY: "NL00",
    AreaLevel.REGION: "GG3406",
    AreaLevel.MUNICIPALITY: "GM0193",
    AreaLevel.DISTRICT: "WK019310",
    AreaLevel.NEIGHBOURHOOD: "BU01931000",
}


def _point(key: str, code: str, period: str) -> tuple[Passport, Point]:
    found: Series = series(code, key)
    return get_indicator(key), next(point for point in found.points if point.period == period)


def _range(key: str, code: str, period: str) -> Range:
    found = uncertainty_of(*_point(key, code, period))
    assert isinstance(found, Range)
    return found


@pytest.mark.usefixtures("figure_store")
def test_a_number_of_people_on_a_benefit_has_an_interval_of_chance_and_rounding() -> None:
    """CBS rounds 3,830 to ten: from the lower limit of 3,825 to the upper one of 3,835."""
    _passport, point = _point("social_assistance", "GM0193", "2024")
    assert point.value == 3830
    found = _range("social_assistance", "GM0193", "2024")
    assert found.lower == pytest.approx(count_interval(3825).lower)
    assert found.upper == pytest.approx(count_interval(3835).upper)
    assert (found.kind, found.confidence) == ("chance", 0.95)


@pytest.mark.usefixtures("figure_store")
def test_a_share_without_numbers_uses_the_inhabitants_of_that_year() -> None:
    """Wmo clients come as whole numbers per 1,000: 88 of 130,668 people in Zwolle."""
    _passport, point = _point("wmo_clients_per_1000", "GM0193", "2022")
    assert (point.value, point.numerator, point.whole) == (88, None, 130_668)
    found = _range("wmo_clients_per_1000", "GM0193", "2022")
    assert found.lower == pytest.approx(wilson(0.0875 * 130_668, 130_668).lower * 1000)
    assert found.upper == pytest.approx(wilson(0.0885 * 130_668, 130_668).upper * 1000)


@pytest.mark.usefixtures("figure_store")
def test_a_complete_register_has_no_range_in_a_municipality_and_that_of_rounding_in_a_district() -> None:
    assert uncertainty_of(*_point("population", "GM0193", "2024")) == NoRange(WhyNoRange.FULL_COUNT)
    _passport, point = _point("population", "WK019310", "2024")
    assert point.value is not None
    found = _range("population", "WK019310", "2024")
    assert found == Range(point.value - 4, point.value + 4, 1.0, "rounding")


@pytest.mark.usefixtures("figure_store")
def test_a_share_of_dwellings_in_whole_percentages() -> None:
    _passport, point = _point("owner_occupied_share", "GM0193", "2024")
    assert point.value is not None
    assert _range("owner_occupied_share", "GM0193", "2024") == Range(
        point.value - 0.5, point.value + 0.5, 1.0, "rounding"
    )


@pytest.mark.usefixtures("figure_store")
def test_young_people_are_those_up_to_23() -> None:
    """Within 2 % of the real number in the country in 2024: 4.66 million up to 23 (7461bev)."""
    known = whole_of(current().cells("NL00"), get_indicator("youth_care_share").uncertainty.whole, "2024")  # type: ignore[arg-type]
    ages = series("NL00", "population_by_age", "age=0")
    assert known is not None and ages.points
    assert 4.2e6 < known < 4.8e6


@pytest.mark.usefixtures("figure_store")
@pytest.mark.parametrize("passport", PASSPORTS, ids=lambda passport: passport.key)
def test_every_figure_has_a_range_or_a_reason_and_both_forms_agree(passport: Passport) -> None:
    for level in passport.levels:
        frame = snapshot(passport.key, level=level).sort("area")
        some = frame.gather_every(max(1, frame.height // 5))
        ranged = with_ranges(some, passport)
        assert ranged.columns == [*some.columns, "lower", "upper", "confidence", "range", "no_range"]
        for row in ranged.iter_rows(named=True):
            area = get_area(row["area"])
            found = series(area, passport.key).points
            point = next((p for p in found if p.period == row["period"]), None)
            if point is None or point.source != row["source"]:
                continue  # put together for the boundaries of today
            single = uncertainty_of(passport, point)
            if isinstance(single, NoRange):
                assert (row["no_range"], row["lower"], row["range"]) == (single.reason.value, None, None)
                assert single.sentence.endswith(".") and single.reason.in_short()
            else:
                assert row["no_range"] is None
                assert row["lower"] == pytest.approx(single.lower) and row["upper"] == pytest.approx(single.upper)
                assert (row["confidence"], row["range"]) == (single.confidence, single.kind)
                assert point.value is not None and single.lower <= point.value <= single.upper


numbers = st.floats(0, 1e6) | st.integers(0, 200).map(float)


@pytest.mark.usefixtures("figure_store")
@settings(max_examples=60)
@given(
    passport=st.sampled_from(PASSPORTS),
    value=numbers | st.none(),
    parts=st.tuples(numbers, numbers) | st.none(),
    level=st.sampled_from([AreaLevel.COUNTRY, AreaLevel.MUNICIPALITY, AreaLevel.DISTRICT]),
    data=st.data(),
)
def test_a_range_holds_its_value(
    passport: Passport, value: float | None, parts: tuple[float, float] | None, level: AreaLevel, data: st.DataObject
) -> None:
    """Of any published number, also one that does not fit its parts; and the frame says the same as the point."""
    source = data.draw(st.sampled_from([*passport.tables, None]))
    status = Status.WITHHELD if value is None else Status.DERIVED if source is None else Status.PUBLISHED
    top, whole = (min(parts), max(parts)) if parts else (None, None)
    code = CODES[level]
    point = Point("1900", value, status, top, whole, source, level)
    found = uncertainty_of(passport, point)
    frame = pl.DataFrame(
        [(code, "1900", value, top, whole, status.value, source)],
        schema={
            **dict.fromkeys(("area", "period"), pl.String),
            **dict.fromkeys(("value", "numerator", "denominator"), pl.Float64),
            **dict.fromkeys(("status", "source"), pl.String),
        },
        orient="row",
    )
    row = with_ranges(frame, passport).row(0, named=True)
    if isinstance(found, NoRange):
        assert row["no_range"] == found.reason.value
        assert (found.reason is WhyNoRange.WITHHELD) == (value is None)
    else:
        assert value is not None
        assert found.lower <= value <= found.upper and math.isfinite(found.lower) and math.isfinite(found.upper)
        assert (row["lower"], row["upper"]) == (found.lower, found.upper)


@given(st.lists(st.tuples(st.integers(0, 5000), st.booleans()), max_size=8))
def test_many_at_once_are_as_one_by_one(rows: list[tuple[int, bool]]) -> None:
    passport = get_indicator("births")
    levels = {True: AreaLevel.DISTRICT, False: AreaLevel.MUNICIPALITY}
    points = [
        Point("2024", float(n), Status.PUBLISHED, source="kwb_2024_map", level=levels[small]) for n, small in rows
    ]
    assert uncertainties_of(passport, points) == [uncertainty_of(passport, point) for point in points]


@pytest.mark.usefixtures("figure_store")
def test_several_indicators_in_one_frame_keep_their_order() -> None:
    keys = ("births", "lonely", "population")
    frames = [
        snapshot(key, level=AreaLevel.MUNICIPALITY).head(3).with_columns(pl.lit(key).alias("indicator")) for key in keys
    ]
    mixed = pl.concat(frames).with_columns(pl.Series("n", [2, 5, 1, 7, 3, 8, 6, 4, 9])).sort("n")
    found = with_all_ranges(mixed, PASSPORTS)
    assert found["n"].to_list() == sorted(mixed["n"])
    assert found.select(mixed.columns).equals(mixed)
    assert set(found.filter(pl.col("indicator") == "lonely")["no_range"]) == {"model_without_margin"}
    assert with_all_ranges(mixed.clear(), PASSPORTS).columns == found.columns


@pytest.mark.parametrize("passport", PASSPORTS, ids=lambda passport: passport.key)
def test_models_are_barred_from_tests_of_change(passport: Passport) -> None:
    barred = may_test_change(passport)
    if passport.model_estimate:
        assert barred == NoRange(WhyNoRange.MODEL)
    else:
        outcome = passport.uncertainty.kind in ("count_of_people", "share_of_people")
        assert (barred is None) == outcome


def test_more_of_a_small_number_is_less_certain() -> None:
    """Seen from the value, the interval of 4 people is wider than that of 400."""
    passport = get_indicator("births")
    few, many = (
        uncertainty_of(
            passport, Point("2024", n, Status.PUBLISHED, source="kwb_2024_map", level=AreaLevel.MUNICIPALITY)
        )
        for n in (4.0, 400.0)
    )
    assert isinstance(few, Range) and isinstance(many, Range)
    assert (few.upper - few.lower) / 4 > 5 * (many.upper - many.lower) / 400


@pytest.mark.usefixtures("figure_store")
@pytest.mark.parametrize("passport", [p for p in PASSPORTS if p.uncertainty.reason is None], ids=lambda p: p.key)
def test_values_come_in_the_steps_that_the_passport_says(passport: Passport) -> None:
    """The rounding of each table is that of the numbers in it, so that no passport promises too narrow a range."""
    for source, prefixes in product(passport.sources, (("GM",), ("WK", "BU"))):
        cells = pl.concat(
            [current().between(p, p + "\x7f", indicators=[passport.key], tables=[source.table]) for p in prefixes]
        )
        alone = [one for one in passport.sources if one.table == source.table]
        if len(alone) > 1 or cells.is_empty():
            continue
        small = prefixes != ("GM",)
        if source.column and (step := max(source.step, source.rounded_to if small else 0)) > 0:
            assert _multiples(cells["value"], step), (source.table, prefixes)
        if source.numerator_step:
            assert _multiples(cells["numerator"], source.numerator_step) or source.column, source.table
        if source.numerator and small and source.rounded_to:
            assert _multiples(cells["denominator"], source.rounded_to), source.table
        if not source.column and not source.numerator_step and not small and "count" in passport.uncertainty.kind:
            assert not _multiples(cells["value"], 5)


def _multiples(column: pl.Series, step: float) -> bool:
    parts = column.drop_nulls() / step
    return bool(((parts - parts.round()).abs() < 1e-6).all())
