# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Puts figures of former municipalities on the municipalities of today, where the parts add up; says so where not.

Counts are added. Ratios are added through numerator and denominator, or weighted by the denominator when only the
ratio and the denominator are known; percentages are never averaged. Medians and the like are never combined.
The rule and its reasons: docs/decisions/0011-recode-only-what-adds-up.md.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from samenspel.figures.areas.lineage import Lineage, in_words
from samenspel.figures.importers.frames import without_noise
from samenspel.figures.types import Status, period_years

How = Literal["count", "ratio", "none"]

BOUNDARIES = "boundaries"
RECODED = "recoded"

_BREAK = ("period", "reason")
_CELL_COLUMNS = ("value", "numerator", "denominator", "status")


@dataclass(frozen=True, slots=True)
class Recoded:
    """Figures on the municipalities of today.

    `frame`: the input's columns, with `area` a code of today, `boundaries` the year of whose municipalities the row
    now is, and `recoded`: whether the value was put together from several municipalities.
    `breaks`: the key columns (all but area, period and cell), `area`, `period`, `reason`: from that period on, values
    cannot be compared with those before. A break may lie after the last value: then all values are of before it.
    `unplaced`: rows of the input that are in no value of `frame`.
    """

    frame: pl.DataFrame
    breaks: pl.DataFrame
    unplaced: pl.DataFrame


def recode(
    frame: pl.DataFrame, lineage: Lineage, *, how: How, scale: float = 1.0, towns: Collection[str] | None = None
) -> Recoded:
    """The same figures by municipality of today; `towns`: only of these (the frame needs `lineage.behind` of each).

    `frame` has `area`, `period` and `value`, may have `numerator`, `denominator` and `status`; all other columns are
    keys (indicator, breakdown). A column `boundaries` gives the year of whose municipalities a row is, where that is
    not the (last) year of its period: the health figures of 2012 to 2020 are all on the municipalities of 2020.
    Rows of other levels (country, districts) come back as they are.

    `how`: "count" adds values (and numerators and denominators); "ratio" takes value = scale * numerator /
    denominator; "none" combines nothing. Where a merger cannot be combined (nothing to weight with, a part without a
    figure), a municipality that existed keeps its own figure, with a break; a new one has none, with a break.
    Doing it twice changes nothing. The order of rows does not matter. Raises ValueError when a cell occurs twice or
    a needed column is missing.
    """
    missing = {"area", "period", "value"} - set(frame.columns)
    if missing:
        raise ValueError(f"cannot recode without {', '.join(sorted(missing))}")
    keys = [name for name in frame.columns if name not in {"area", "period", BOUNDARIES, RECODED, *_CELL_COLUMNS}]
    cells = _complete(frame)
    if cells.select("area", "period", *keys).is_duplicated().any():
        raise ValueError("a cell occurs twice: the same area, period and keys")
    wanted = sorted(lineage.today() if towns is None else towns)
    local = pl.col("area").str.starts_with("GM")
    others, former = cells.filter(~local), cells.filter(local)
    members = _membership(lineage, wanted, former[BOUNDARIES].unique().sort().to_list())
    placed = former.join(members, on=[BOUNDARIES, "area"])
    chosen = _combine(placed.sort("area", *keys, "period"), keys, how, scale)
    used = chosen.explode("used", empty_as_null=False, keep_nulls=False).select("used", "period", *keys)
    unplaced = former.join(
        used, left_on=["area", "period", *keys], right_on=["used", "period", *keys], how="anti", nulls_equal=True
    )
    breaks = _breaks(chosen, former, wanted, keys, lineage)
    last_change = max(lineage.last_change, lineage.first_year)
    result = chosen.filter(pl.col("kind") != _ABSENT).with_columns(
        pl.col("today").alias("area"),
        pl.lit(last_change, pl.Int32).alias(BOUNDARIES),
        (pl.col(RECODED) | (pl.col("kind") == _SUM)).alias(RECODED),
    )
    columns = [*frame.columns, *(name for name in (BOUNDARIES, RECODED) if name not in frame.columns)]
    whole = pl.concat([result.select(columns), others.select(columns)], how="vertical")
    order = ["area", *keys, "period"]
    return Recoded(whole.sort(order), breaks.sort(order), unplaced.select(frame.columns).sort(order))


def _complete(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with every column this module works with, in the types it works with."""
    empty = {"numerator": pl.Float64, "denominator": pl.Float64, "status": pl.String}
    added = [pl.lit(None, kind).alias(name) for name, kind in empty.items() if name not in frame.columns]
    if RECODED not in frame.columns:
        added.append(pl.lit(False).alias(RECODED))
    if BOUNDARIES not in frame.columns:
        years = {period: period_years(period)[1] for period in frame["period"].unique()}
        added.append(pl.col("period").replace_strict(years, return_dtype=pl.Int32).alias(BOUNDARIES))
    numbers = [pl.col(name).cast(pl.Float64) for name in ("value", "numerator", "denominator") if name in frame.columns]
    status = [pl.col("status").cast(pl.String)] if "status" in frame.columns else []
    return frame.with_columns(*numbers, *status, *added).with_columns(pl.col(BOUNDARIES).cast(pl.Int32))


def _membership(lineage: Lineage, wanted: Sequence[str], years: Sequence[int]) -> pl.DataFrame:
    """Which code of a year belongs to which municipality of today, and how many parts that has."""
    rows: list[tuple[int, str, str, int, bool]] = []
    for year in years:
        for code in wanted:
            parts, own = lineage.parts(code, year), lineage.own(code, year)
            if parts is not None:
                rows += [(year, part, code, len(parts), part == own) for part in sorted(parts)]
            elif own is not None:
                # Something that joined later cannot itself be traced back; never complete, so one part too many.
                rows.append((year, own, code, 2, True))
    schema = {BOUNDARIES: pl.Int32, "area": pl.String, "today": pl.String, "parts": pl.Int32, "own": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")


# What a cell of today is made of: one row as it was, a sum, the own figure without what joined later, a gap, nothing.
_SAME, _SUM, _OWN, _GAP, _ABSENT = "same", "sum", "own", "gap", "absent"


def _combine(placed: pl.DataFrame, keys: list[str], how: How, scale: float) -> pl.DataFrame:
    """One row per municipality of today, period and keys, with how it came about (`kind`) and from what (`used`)."""
    numerator = pl.col("numerator").fill_null(pl.col("value") * pl.col("denominator") / scale)
    addable = {
        "count": pl.col("value").is_not_null(),
        "ratio": numerator.is_not_null() & (pl.col("denominator") > 0),
        "none": pl.lit(False),
    }[how]
    own = pl.col("own")
    cell = ("value", "numerator", "denominator", "status")
    complete = (pl.col("found") == pl.col("parts")) & (pl.col("addable") == pl.col("parts"))
    grouped = (
        placed.with_columns(addable.alias("addable"), numerator.alias("part_numerator"))
        .group_by("today", "period", BOUNDARIES, *keys, maintain_order=True)
        .agg(
            pl.col("parts").first(),
            pl.len().alias("found"),
            pl.col("addable").sum(),
            pl.col("area").alias("all"),
            pl.col("value").is_null().any().alias("silent"),
            own.any().alias("own_there"),
            pl.col("area").filter(own).first().alias("own_area"),
            pl.col(RECODED).any(),
            *(pl.col(name).first().alias(f"only_{name}") for name in cell),
            *(pl.col(name).filter(own).first().alias(f"own_{name}") for name in cell),
            pl.col("value").sum().alias("sum_value"),
            (pl.col("part_numerator") if how == "ratio" else pl.col("numerator")).sum().alias("sum_numerator"),
            pl.col("denominator").sum().alias("sum_denominator"),
            pl.col("numerator").is_null().any().alias("no_numerator"),
            pl.col("denominator").is_null().any().alias("no_denominator"),
        )
        .with_columns(
            pl.when((pl.col("parts") == 1) & (pl.col("found") == 1))
            .then(pl.lit(_SAME))
            .when(complete)
            .then(pl.lit(_SUM))
            .when(pl.col("own_value").is_not_null())
            .then(pl.lit(_OWN))
            .when(pl.col("silent") & (pl.lit(how != "none") | pl.col("own_there")))
            .then(pl.lit(_GAP))
            .otherwise(pl.lit(_ABSENT))
            .alias("kind")
        )
    )
    kind = pl.col("kind")
    no_number = pl.lit(None, pl.Float64)
    total = {
        "value": pl.col("sum_value"),
        "numerator": pl.col("sum_numerator"),
        "denominator": pl.col("sum_denominator"),
    }
    if how == "ratio":
        total["value"] = without_noise(scale * pl.col("sum_numerator") / pl.col("sum_denominator"))
    else:
        total["numerator"] = pl.when(pl.col("no_numerator")).then(no_number).otherwise(total["numerator"])
        total["denominator"] = pl.when(pl.col("no_denominator")).then(no_number).otherwise(total["denominator"])

    def pick(name: str) -> pl.Expr:
        same_or_own = pl.when(kind == _SAME).then(f"only_{name}").when(kind == _OWN).then(f"own_{name}")
        if name == "status":
            derived, withheld = pl.lit(Status.DERIVED.value), pl.lit(Status.WITHHELD.value)
            return same_or_own.when(kind == _SUM).then(derived).when(kind == _GAP).then(withheld).alias(name)
        return same_or_own.when(kind == _SUM).then(total[name]).otherwise(no_number).alias(name)

    used = pl.when(kind.is_in([_SAME, _SUM])).then("all").when(kind == _OWN).then(pl.concat_list("own_area"))
    return grouped.with_columns(
        *(pick(name) for name in cell), used.otherwise(pl.lit([], dtype=pl.List(pl.String))).alias("used")
    )


def _breaks(
    chosen: pl.DataFrame, former: pl.DataFrame, wanted: Sequence[str], keys: list[str], lineage: Lineage
) -> pl.DataFrame:
    """The breaks of each series: splits since the first figures, and mergers that could not be combined."""
    rows: set[tuple[Any, ...]] = set()
    sums = chosen.filter(~pl.col("kind").is_in([_OWN, _ABSENT])).select("today", *keys, "all").explode("all")
    held: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for *series, part in sums.unique().iter_rows():
        held[tuple(series)].add(part)
    by_key: list[str | pl.Expr] = [*keys] or [pl.lit("")]
    for *values, first in former.group_by(by_key).agg(pl.col(BOUNDARIES).min()).iter_rows():
        key = tuple(values) if keys else ()
        for code in wanted:
            for subject, one in lineage.changes(code):
                # What happened to a municipality that joined later matters only to figures in which it is.
                matters = subject == code or lineage.behind(subject) & held[code, *key]
                if matters and first < int(one.period):
                    rows.add((*key, code, one.period, one.reason))
    incomplete = chosen.filter(pl.col("kind").is_in([_OWN, _ABSENT])).select("today", *keys).unique()
    unfinished = chosen.join(incomplete, on=["today", *keys], nulls_equal=True).sort("period")
    for group, found in unfinished.group_by("today", *keys, maintain_order=True):
        code, key = str(group[0]), group[1:]
        rows |= {(*key, code, *one) for one in _not_combined(lineage, code, found)}
    columns = [(key, former.schema[key]) for key in keys] + [(name, pl.String()) for name in ("area", *_BREAK)]
    return pl.DataFrame(sorted(rows, key=repr), schema=pl.Schema(columns), orient="row")


def _not_combined(lineage: Lineage, code: str, series: pl.DataFrame) -> Iterator[tuple[str, str]]:
    """From when on figures cannot be compared, and why: something that joined is not in them."""
    name = lineage.name(code)
    cells = list(series.select("period", BOUNDARIES, "kind").iter_rows())
    for place, (period, year, kind) in enumerate(cells):
        if kind not in (_OWN, _ABSENT):
            continue
        joined = lineage.joined(code, year)
        # A merger can count from an earlier year on, when the parts add up from then.
        complete = next((later for later, _, other in cells[place + 1 :] if other in (_SAME, _SUM)), None)
        if kind == _ABSENT:
            when, parts = joined[0]
            since = min(str(when), complete or str(when))
            yield (
                since,
                f"{name} bestaat sinds 1 januari {when}. Daarvoor waren er cijfers van {in_words(parts)} apart. "
                "Die kunnen wij niet samenvoegen.",
            )
            continue
        for when, parts in joined:
            since = min(str(when), complete or str(when))
            yield (
                since,
                f"{in_words(parts)} {'hoort' if len(parts) == 1 else 'horen'} sinds 1 januari {when} bij {name}. "
                "De cijfers kunnen wij niet samenvoegen. "
                f"Cijfers van voor {since} gaan over {name} zonder {in_words(parts)}.",
            )
        if place and cells[place - 1][2] == _SUM:
            missing = in_words([part for _, parts in joined for part in parts])
            yield period, f"In {period} is er geen cijfer van {missing}. Het cijfer gaat over {name} zonder {missing}."
