# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every figure has a range, or a stated reason for having none; the passport says which (docs/reference/open-data.md).

One computation for numbers of any shape: of a point, of the points of a series, and of the rows of a frame.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samenspel.figures.current import current
from samenspel.figures.passports import Column, Passport, Unit
from samenspel.figures.types import COUNTRY_CODE, AreaLevel, NoRange, Point, Range, RangeKind, Status, WhyNoRange
from samenspel.figures.wholes import wholes_of
from samenspel.methods import intervals

# Which computation made a range; it goes up when equal figures would get another range.
METHOD_VERSION = "1"
CONFIDENCE = 0.95
RANGES: Mapping[str, pl.DataType] = {
    "lower": pl.Float64(),
    "upper": pl.Float64(),
    "confidence": pl.Float64(),
    "range": pl.String(),
}
NO_RANGE = "no_range"

_SMALL = (AreaLevel.DISTRICT, AreaLevel.NEIGHBOURHOOD)
# Errors of rounding add up in sums of ours: over all municipalities, and over those that one municipality came from.
_IN_THE_COUNTRY, _IN_A_MERGER = 400, 4

Floats = NDArray[np.float64]
# For each cell the place of its reason in _REASONS, or that of None where it has a range: millions of cells at once.
Reasons = NDArray[np.int8]
_REASONS: tuple[WhyNoRange | None, ...] = (*WhyNoRange, None)
_PLACE = {reason: place for place, reason in enumerate(_REASONS)}
_HAS_RANGE = _PLACE[None]


@dataclass(frozen=True, slots=True)
class _Precision:
    """How precise one source table is about an indicator."""

    step: float
    rounded_to: float
    numerator_step: float
    per: float
    no_range: WhyNoRange | None


@dataclass(frozen=True, slots=True)
class _Cells:
    """The same for each of many cells: what their ranges follow from. NaN: not known."""

    value: Floats
    numerator: Floats
    denominator: Floats
    whole: Floats
    small: NDArray[np.bool_]
    pieces: Floats
    source: NDArray[np.intp]
    sources: Sequence[str | None]


def uncertainty_of(passport: Passport, point: Point) -> Range | NoRange:
    """The range of one figure of this indicator, or why it has none.

    A point of which the level is not known is taken for one of a small area, where rounding weighs most; one without
    a source for one that was put together from other areas.
    """
    return uncertainties_of(passport, (point,))[0]


def uncertainties_of(passport: Passport, points: Iterable[Point]) -> list[Range | NoRange]:
    """The ranges of many figures of one indicator, in their order; some twenty times cheaper than one by one."""
    points = tuple(points)
    said = passport.uncertainty
    if said.reason is not None:
        return [_without(point, passport, said.reason) for point in points]
    if not points:
        return []

    def floats(values: Iterable[float | None]) -> Floats:
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)

    sources = list(dict.fromkeys(point.source for point in points))
    cells = _Cells(
        value=floats(point.value for point in points),
        numerator=floats(point.numerator for point in points),
        denominator=floats(point.denominator for point in points),
        whole=floats(point.whole for point in points),
        small=np.array([point.level in (*_SMALL, None) for point in points]),
        pieces=np.array([_pieces(point) for point in points], dtype=np.float64),
        source=np.array([sources.index(point.source) for point in points]),
        sources=sources,
    )
    lower, upper, why = _ranges(passport, cells)
    kind = _kind(passport)
    return [
        Range(low, high, CONFIDENCE if kind == "chance" else 1.0, kind) if reason is None else NoRange(reason)
        for low, high, reason in zip(lower.tolist(), upper.tolist(), map(_REASONS.__getitem__, why), strict=True)
    ]


def with_ranges(frame: pl.DataFrame, passport: Passport) -> pl.DataFrame:
    """`frame` with the columns lower, upper, confidence, range (its kind) and no_range (the reason), equal to
    `uncertainty_of`: either the first four have a value, or the last.

    Needs the columns area, period, value, numerator, denominator and status; `source` and `breakdown` where it has
    them. All rows are of the passport's indicator.
    """
    said = passport.uncertainty
    if frame.is_empty():
        return frame.with_columns(
            *(pl.lit(None, kind).alias(name) for name, kind in RANGES.items()), pl.lit(None, pl.String).alias(NO_RANGE)
        )
    of_rows = frame["source"] if "source" in frame.columns else pl.Series([None] * frame.height, dtype=pl.String)
    sources: list[str | None] = of_rows.unique().to_list()
    places = pl.DataFrame({"source": sources}, schema={"source": pl.String}).with_row_index("place")
    rows = of_rows.to_frame("source").join(places, on="source", how="left", nulls_equal=True, maintain_order="left")
    source = rows["place"].cast(pl.Int64).to_numpy()
    derived = (frame["status"] == Status.DERIVED.value).to_numpy() & (frame["area"] == COUNTRY_CODE).to_numpy()
    unknown = of_rows.is_null().to_numpy()
    cells = _Cells(
        value=_floats(frame["value"]),
        numerator=_floats(frame["numerator"]),
        denominator=_floats(frame["denominator"]),
        whole=_floats(wholes_of(current(), said.whole, frame)) if said.whole else np.full(frame.height, np.nan),
        small=frame["area"].str.slice(0, 2).is_in(["WK", "BU"]).to_numpy(),
        pieces=np.where(derived, _IN_THE_COUNTRY, np.where(unknown, _IN_A_MERGER, 1)).astype(np.float64),
        source=source,
        sources=sources,
    )
    if said.reason is not None:
        lower = upper = np.full(frame.height, np.nan)
        reasons = np.array([_PLACE[_reason_of(passport, name, said.reason)] for name in sources], dtype=np.int8)
        why: Reasons = reasons[source]
        why[np.isnan(cells.value)] = _PLACE[WhyNoRange.WITHHELD]
    else:
        lower, upper, why = _ranges(passport, cells)
    kind = _kind(passport)
    known = pl.col(NO_RANGE).is_null()
    return (
        frame.with_columns(
            pl.Series("lower", lower, pl.Float64).fill_nan(None),
            pl.Series("upper", upper, pl.Float64).fill_nan(None),
            pl.Series([reason and reason.value for reason in _REASONS], dtype=pl.String).gather(why).alias(NO_RANGE),
        )
        .with_columns(
            pl.when(known).then(CONFIDENCE if kind == "chance" else 1.0).alias("confidence"),
            pl.when(known).then(pl.lit(kind)).alias("range"),
        )
        .select(*frame.columns, *RANGES, NO_RANGE)
    )


def with_all_ranges(frame: pl.DataFrame, passports: Iterable[Passport]) -> pl.DataFrame:
    """`with_ranges` for a frame with a column `indicator` of several of these indicators; the rows keep their order."""
    by_key = {passport.key: passport for passport in passports}
    numbered = frame.with_row_index("row_of_ranges")
    parts = [
        with_ranges(rows, by_key[str(rows["indicator"][0])])
        for rows in numbered.partition_by("indicator", maintain_order=True)
    ]
    if not parts:
        return frame.with_columns(
            *(pl.lit(None, kind).alias(name) for name, kind in RANGES.items()), pl.lit(None, pl.String).alias(NO_RANGE)
        )
    return pl.concat(parts).sort("row_of_ranges").drop("row_of_ranges")


def may_test_change(passport: Passport) -> NoRange | None:
    """Why change over the years of this indicator may not be tested; None when it may.

    A model estimate follows mostly from who lives in an area, so that its change is no measure of what happened there;
    and where no range is known there is nothing to test with. A full count has no chance in it that we know of.
    """
    if passport.model_estimate:
        return NoRange(WhyNoRange.MODEL)
    if passport.uncertainty.reason is not None:
        return NoRange(passport.uncertainty.reason)
    return None if _kind(passport) == "chance" else NoRange(WhyNoRange.FULL_COUNT)


def _kind(passport: Passport) -> RangeKind:
    return "chance" if passport.uncertainty.kind in ("count_of_people", "share_of_people") else "rounding"


def _floats(series: pl.Series) -> Floats:
    return series.cast(pl.Float64).fill_null(np.nan).to_numpy()


def _pieces(point: Point) -> int:
    if point.level is AreaLevel.COUNTRY and point.status is Status.DERIVED:
        return _IN_THE_COUNTRY
    return _IN_A_MERGER if point.source is None else 1


def _without(point: Point, passport: Passport, reason: WhyNoRange) -> NoRange:
    return NoRange(WhyNoRange.WITHHELD if point.value is None else _reason_of(passport, point.source, reason))


def _reason_of(passport: Passport, source: str | None, reason: WhyNoRange) -> WhyNoRange:
    return next((one.no_range for one in passport.sources if one.table == source and one.no_range), reason)


@lru_cache(maxsize=4096)
def _precision(key: str, columns: tuple[Column, ...], source: str | None) -> _Precision:
    """Of the table; for a table that the passport does not name (a live one, or ours), the coarsest of all it names."""
    own = [column for column in columns if column.table == source] or list(columns)
    with_parts = [column.per for column in own if column.numerator] or [c.per for c in columns if c.numerator]
    return _Precision(
        step=max(column.step for column in own),
        rounded_to=max(column.rounded_to for column in own),
        numerator_step=max(column.numerator_step for column in own),
        per=with_parts[0] if with_parts else 0.0,
        no_range=next((column.no_range for column in own if column.table == source and column.no_range), None),
    )


def _ranges(passport: Passport, cells: _Cells) -> tuple[Floats, Floats, Reasons]:
    """Lower and upper (NaN without a range), and why there is none, of cells of a passport that has ranges."""
    precisions = [_precision(passport.key, passport.sources, name) for name in cells.sources]
    step = np.array([one.step for one in precisions])[cells.source]
    rounded_to = np.array([one.rounded_to for one in precisions])[cells.source]
    # Rounding up or down at random: the number lies less than one step away.
    random_reach = np.where(cells.small, np.maximum(rounded_to - 1, 0), 0.0)
    numerator_reach = np.array([one.numerator_step for one in precisions])[cells.source] / 2
    count = passport.uncertainty.kind in ("count_of_people", "rounded_count")
    chance = _kind(passport) == "chance"
    with np.errstate(invalid="ignore", divide="ignore"):
        if count:
            reach = _together(np.maximum(np.where(step > 1, step / 2, 0), random_reach), cells.pieces)
            lower, upper = np.maximum(cells.value - reach, 0), cells.value + reach
            if chance:
                lower = np.asarray(intervals.count_interval(lower, CONFIDENCE).lower)
                upper = np.asarray(intervals.count_interval(upper, CONFIDENCE).upper)
            exact = reach == 0
        else:
            per = _per(passport) or np.array([one.per for one in precisions])[cells.source]
            lower, upper, exact = _share(
                cells,
                per,
                step,
                random_reach,
                _together(np.maximum(numerator_reach, random_reach), cells.pieces),
                chance,
            )
            finer = 10.0**-passport.decimals
            parts = ~np.isnan(cells.numerator) & ~np.isnan(cells.denominator)
            exact |= ~parts & (step < finer * 0.999) & (numerator_reach == 0)
    lower, upper = np.fmin(lower, cells.value), np.fmax(upper, cells.value)
    why = np.full(cells.value.shape, _HAS_RANGE, dtype=np.int8)
    why[np.isnan(lower) | np.isnan(upper)] = _PLACE[WhyNoRange.UNKNOWN_NUMBER]
    if not chance:
        why[exact] = _PLACE[WhyNoRange.FULL_COUNT]
    for place, precision in enumerate(precisions):
        if precision.no_range is not None:
            why[cells.source == place] = _PLACE[precision.no_range]
    why[np.isnan(cells.value)] = _PLACE[WhyNoRange.WITHHELD]
    none = why != _HAS_RANGE
    return np.where(none, np.nan, lower), np.where(none, np.nan, upper), why


def _per(passport: Passport) -> float:
    """Per how many a share is; 0 for a ratio, where the table's parts say so."""
    return {Unit.PERCENT: 100.0, Unit.PER_1000: 1000.0}.get(passport.unit, 0.0)


def _together(reach: Floats, pieces: Floats) -> Floats:
    """How far a sum of so many rounded numbers may be off: at most the sum, and nearly always its normal bound."""
    spread = 1.96 * 2 * reach * np.sqrt(pieces / 12)
    return np.where(pieces > 1, np.minimum(reach * pieces, spread), reach)


def _share(
    cells: _Cells,
    per: Floats | float,
    step: Floats,
    whole_reach: Floats,
    part_reach: Floats,
    chance: bool,
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Lower and upper of shares in their unit, and where nothing was rounded. With its parts from these; otherwise from
    the share itself and, as far as it takes a number of people, the whole that another series gives."""
    parts = ~np.isnan(cells.numerator) & ~np.isnan(cells.denominator) & (cells.denominator > 0)
    half = step / 2
    base = np.where(parts, cells.denominator, cells.whole)
    least = np.where(parts, cells.numerator, (cells.value - half) / per * base) - part_reach
    most = np.where(parts, cells.numerator, (cells.value + half) / per * base) + part_reach
    reach = np.where(parts, whole_reach, 0.0)
    least, most = np.maximum(least, 0), np.maximum(most, 0)
    larger, smaller = base + reach, np.maximum(base - reach, 1)
    if chance:
        largest_part = np.minimum(most, smaller)
        lower = np.asarray(intervals.wilson(np.minimum(least, larger), larger, CONFIDENCE).lower) * per
        upper = np.asarray(intervals.wilson(largest_part, smaller, CONFIDENCE).upper) * per
    else:
        known = parts | ~np.isnan(base)
        lower = np.where(known, least / larger * per, cells.value - half)
        upper = np.where(known, most / smaller * per, cells.value + half)
        lower, upper = np.maximum(lower, 0), np.where(np.equal(per, 100.0), np.minimum(upper, 100.0), upper)
    exact = parts & (part_reach == 0) & (whole_reach == 0)
    return lower, upper, exact
