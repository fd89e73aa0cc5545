# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Direct and indirect standardisation of a long table: one row per group and age band. The one method with polars."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samenspel.methods.inputs import USUAL, FloatArray, not_negative
from samenspel.methods.standardise.arrays import dobson, ratio_of


def direct_long(
    table: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str],
    *,
    count: str = "count",
    n: str = "n",
    weight: str = "weight",
    squares: str | None = None,
    confidence: float = USUAL,
) -> pl.DataFrame:
    """`direct` for each group of a long table: columns `by`, then `events`, `rate`, `lower`, `upper`.

    Groups come in the order in which they first appear; the rows of a group may stand anywhere. Null where `direct`
    gives NaN, so also where one row of the group is null. A band that is missing altogether cannot be seen: give each
    group all its bands. Raises ValueError as `direct` does, and for a column that is not there.
    """
    frame = _collected(table, [*by, count, n, weight, *([squares] if squares else [])])
    events, people, weights = (_numbers(frame, name) for name in (count, n, weight))
    spread = _numbers(frame, squares) if squares else events
    if ((people == 0) & (events > 0)).any():
        raise ValueError(f"{n} must be above 0 where there are events: 0.0")
    if (spread < events * (1 - 1e-9)).any():
        raise ValueError(f"{squares} must not be below {count}")
    with np.errstate(divide="ignore", invalid="ignore"):
        per_head = np.where((people == 0) & (weights == 0), 0.0, weights / people)
        rows = {"events": events, "weight": weights, "rate": per_head * events, "variance": per_head**2 * spread}
    sums, groups = _grouped(frame, by, rows)
    if (sums["weight"] == 0).any():
        raise ValueError(f"{weight} must not all be 0 in a group")
    found = dobson(sums["events"], sums["rate"] / sums["weight"], sums["variance"] / sums["weight"] ** 2, confidence)
    return _with(groups, {"events": sums["events"], **found._asdict()})


def indirect_long(
    table: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str],
    *,
    count: str = "count",
    n: str = "n",
    reference_rate: str = "reference_rate",
    reference: pl.DataFrame | None = None,
    on: Sequence[str] = (),
    confidence: float = USUAL,
) -> pl.DataFrame:
    """`indirect` for each group of a long table: columns `by`, then `observed`, `expected`, `ratio`, `lower`, `upper`.

    The rates of the reference stand in column `reference_rate` of the table, or of a table `reference` with one row per
    combination of the columns `on` (the age band; the indicator and the band). Order, missing bands and nulls as in
    `direct_long`; a band that the reference does not know makes the group null. Raises ValueError as `indirect` does,
    for a column that is not there, and for a reference with a combination twice.
    """
    if reference is None:
        frame = _collected(table, [*by, count, n, reference_rate])
    else:
        rates = _collected(reference, [*on, reference_rate])
        if not on or rates.select(on).is_duplicated().any():
            raise ValueError(f"reference must have one row for each combination of on: {list(on)}")
        frame = _collected(table, [*dict.fromkeys([*by, *on]), count, n])
        frame = frame.join(rates, on=list(on), how="left", maintain_order="left")
    events, people, rate = (_numbers(frame, name) for name in (count, n, reference_rate))
    if (events[people == 0] > 0).any():
        raise ValueError(f"{n} must be above 0 where there are events: 0.0")
    sums, groups = _grouped(frame, by, {"observed": events, "expected": people * rate})
    return _with(groups, ratio_of(sums["observed"], sums["expected"], confidence)._asdict())


def _collected(table: pl.DataFrame | pl.LazyFrame, columns: Sequence[str]) -> pl.DataFrame:
    there = table.collect_schema().names()
    for column in columns:
        if column not in there:
            raise ValueError(f"the table has no column {column}; it has {', '.join(there)}")
    chosen = table.select(list(dict.fromkeys(columns)))
    frame = chosen.collect() if isinstance(chosen, pl.LazyFrame) else chosen
    return frame.rechunk()  # in one piece looking at neighbouring rows takes half the time


def _numbers(frame: pl.DataFrame, column: str) -> FloatArray:
    """A column as an array, null as NaN; refuses negative numbers by the column's own name."""
    return not_negative(column, frame.get_column(column).cast(pl.Float64).to_numpy())


def _grouped(
    frame: pl.DataFrame, by: Sequence[str], rows: dict[str, FloatArray]
) -> tuple[dict[str, FloatArray], pl.DataFrame]:
    """The sums of `rows` per group (NaN in, NaN out), and the groups in the order in which they first appear.

    Rows of a group mostly stand together. Such runs are summed first, which is far cheaper than looking up the group of
    each row; what is left for the grouping is about one row per group.
    """
    keys = frame.select(by)
    starts = _runs(keys)
    if starts is not None:
        keys = keys[starts]
        rows = {name: np.add.reduceat(values, starts) for name, values in rows.items()}
    summed = (
        keys.with_columns(pl.Series(f"_sum_{name}", values) for name, values in rows.items())
        .group_by(by, maintain_order=True)
        .agg(pl.col(f"_sum_{name}").sum() for name in rows)
    )
    return {name: summed.get_column(f"_sum_{name}").to_numpy() for name in rows}, summed.select(by)


def _runs(keys: pl.DataFrame) -> NDArray[np.intp] | None:
    """Where each run of rows with the same keys starts; None where that would not make the table much smaller."""
    if keys.height < 2:
        return None
    differs = pl.any_horizontal(pl.all().ne_missing(pl.all().shift()))
    changed = keys.select(differs).to_series().to_numpy()
    starts = np.flatnonzero(np.concatenate([[True], changed[1:]]))
    return starts if len(starts) <= keys.height / 2 else None


def _with(groups: pl.DataFrame, columns: dict[str, FloatArray]) -> pl.DataFrame:
    return groups.with_columns(pl.Series(name, values).fill_nan(None) for name, values in columns.items())
