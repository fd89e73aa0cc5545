# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Of how many people a share is a share, when its source gives no numbers: from other series of that area and year."""

from collections.abc import Mapping

import polars as pl

from samenspel.figures.passports import Whole
from samenspel.figures.store import Cell, Version

# A number of people or households, times shares of it (in hundredths) with the part of each that counts.
_WHOLES: Mapping[Whole, tuple[str, Mapping[str, float]]] = {
    Whole.POPULATION: ("population", {}),
    Whole.HOUSEHOLDS: ("households", {}),
    Whole.YOUNG_PEOPLE: ("population", {"age_0_14_share": 1.0, "age_15_24_share": 0.8}),
    Whole.WORKING_AGE: ("population", {"age_15_24_share": 1.0, "age_25_44_share": 1.0, "age_45_64_share": 1.0}),
}


def whole_of(cells: Mapping[tuple[str, str], Mapping[str, Cell]], whole: Whole, period: str) -> float | None:
    """The whole in this period, from all cells of the area; None when it is not known."""
    count, shares = _WHOLES[whole]
    found = cells.get((count, ""), {}).get(period)
    if found is None or found.value is None:
        return None
    if not shares:
        return found.value
    known = {key: cells.get((key, ""), {}).get(period) for key in shares}
    total = 0.0
    for key, part in shares.items():
        cell = known[key]
        if cell is None or cell.value is None:
            return None
        total += cell.value * part
    return found.value * total / 100


def wholes_of(version: Version, whole: Whole, frame: pl.DataFrame) -> pl.Series:
    """The whole for each row of a frame with area and period (and breakdown: a group of people has no whole here)."""
    count, shares = _WHOLES[whole]
    codes = frame["area"].unique()
    indicators = [count, *shares]
    small = codes.filter(codes.str.slice(0, 2).is_in(["WK", "BU"])).sort()
    frames = []
    if small.len():
        frames.append(version.between(str(small[0]), str(small[-1]), indicators=indicators))
    if small.len() < codes.len():
        frames.append(version.large.filter(pl.col("indicator").is_in(indicators)))
    cells = (
        pl.concat(frames)
        .filter(pl.col("breakdown") == "")
        .select("area", "period", "indicator", "value")
        .pivot(on="indicator", index=["area", "period"], values="value")
    )
    for name in indicators:
        if name not in cells.columns:
            cells = cells.with_columns(pl.lit(None, pl.Float64).alias(name))
    total = pl.col(count)
    if shares:
        total = total * (sum((pl.col(key) * part for key, part in shares.items()), start=pl.lit(0.0))) / 100
    found = frame.select("area", "period").join(
        cells.select("area", "period", total.alias("whole")), on=["area", "period"], how="left", maintain_order="left"
    )["whole"]
    if "breakdown" in frame.columns:
        found = pl.select(pl.when(frame["breakdown"] == "").then(found)).to_series()
    return found
