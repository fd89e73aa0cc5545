# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Districts of a municipality: the published figure with its interval, and the figure drawn to the municipality's."""

import numpy as np
import polars as pl

from samenspel.figures.service import AreaLevel, snapshot
from samenspel.methods.expected import rounded
from samenspel.methods.intervals import count_interval
from samenspel.methods.shrinkage import benchmark, empirical_bayes
from samenspel.outcomes.comparing.specs import CountSpec, specs
from samenspel.outcomes.comparing.types import Interval, PartEstimate

# Hatched on the map: the upper end of the drawn figure is twice the lower end or more.
UNCERTAIN_FROM = 2.0


def parts_of_all(indicator: str) -> dict[str, list[PartEstimate]]:
    """The districts of every municipality that has them, by code of the municipality; empty when there are none.

    The expected number in a district is what the rate of its municipality gives for its residents; how much districts
    differ from that is learnt from all districts of the country together. The drawn figures add up to the count of the
    municipality where all its districts have a figure.
    """
    spec = specs().outcomes[indicator].count
    frame = _districts(indicator)
    if frame.is_empty():
        return {}
    count, people = (frame[name].to_numpy().astype(np.float64) for name in ("numerator", "denominator"))
    rate = (frame["municipal_count"] / frame["municipal_people"]).to_numpy().astype(np.float64)
    drawn = empirical_bayes(count, people * rate)
    factor = _to_totals(frame, drawn.estimate * rate)
    scale = spec.per * rate * factor
    bounds = rounded(count, spec.rounded_to)
    lower, upper = count_interval(bounds.lower).lower, count_interval(bounds.upper).upper
    found: dict[str, list[PartEstimate]] = {}
    for row, (code, municipality, period) in enumerate(frame.select("area", "municipality", "period").iter_rows()):
        around = Interval(float(drawn.lower[row] * scale[row]), float(drawn.upper[row] * scale[row]))
        found.setdefault(municipality, []).append(
            PartEstimate(
                area=code,
                period=period,
                value=float(count[row] / people[row] * spec.per),
                interval=_per(spec, lower[row], upper[row], people[row]),
                shrunken=float(drawn.estimate[row] * scale[row]),
                shrunken_interval=around,
                uncertain=around.upper >= UNCERTAIN_FROM * around.lower,
            )
        )
    return found


def _per(spec: CountSpec, lower: float, upper: float, people: float) -> Interval:
    return Interval(float(lower / people * spec.per), float(upper / people * spec.per))


def _districts(indicator: str) -> pl.DataFrame:
    """Districts with a count and a population, beside count and population of their municipality; by area."""
    frame = snapshot(indicator, level=AreaLevel.DISTRICT)
    if frame.is_empty():
        return frame
    whole = snapshot(indicator, frame["period"][0], AreaLevel.MUNICIPALITY)
    return (
        frame.filter(pl.col("value").is_not_null() & pl.col("numerator").is_not_null() & (pl.col("denominator") > 0))
        .with_columns(("GM" + pl.col("area").str.slice(2, 4)).alias("municipality"))
        .join(
            whole.select(
                pl.col("area").alias("municipality"),
                pl.col("numerator").alias("municipal_count"),
                pl.col("denominator").alias("municipal_people"),
            ),
            on="municipality",
        )
        .filter((pl.col("municipal_count") > 0) & (pl.col("municipal_people") > 0))
        .sort("area")
    )


def _to_totals(
    frame: pl.DataFrame, rates: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> "np.typing.NDArray[np.float64]":
    """What to multiply the drawn rates with so that they add up to the count of the municipality.

    1 where not all residents live in a district with a figure: then the total holds people who are not here.
    """
    municipalities = frame["municipality"].unique(maintain_order=True)
    number = {code: at for at, code in enumerate(municipalities.to_list())}
    group = np.array([number[code] for code in frame["municipality"].to_list()])
    people = frame["denominator"].to_numpy().astype(np.float64)
    first = frame.unique("municipality", keep="first", maintain_order=True)
    totals = first["municipal_count"].to_numpy().astype(np.float64)
    complete = np.bincount(group, people) >= 0.995 * first["municipal_people"].to_numpy().astype(np.float64)
    factor = benchmark(rates, people, totals, groups=group).factor
    return np.where(complete[group], factor, 1.0)
