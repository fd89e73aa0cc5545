# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""One indicator for all municipalities of today, also from a year in which there were others: what a map shows."""

import polars as pl

from samenspel.figures.areas.registry import Registry
from samenspel.figures.importers.checks import at_level
from samenspel.figures.passports import Passport
from samenspel.figures.recode import BOUNDARIES, RECODED, How, recode
from samenspel.figures.same_place import boundary_year
from samenspel.figures.series import ADDITIVE, per_of
from samenspel.figures.store import Version
from samenspel.figures.types import AreaLevel, Status

NO_FIGURE = "Er is geen cijfer van deze gemeente zoals die nu is."


def on_municipalities_of_today(
    version: Version, registry: Registry, passport: Passport, period: str | None, breakdown: str
) -> pl.DataFrame:
    """See `samenspel.figures.service.snapshot_today`."""
    cells = version.large.filter(
        (pl.col("indicator") == passport.key) & (pl.col("breakdown") == breakdown) & at_level(AreaLevel.MUNICIPALITY)
    )
    if period is None:
        period = cells.filter(pl.col("value").is_not_null())["period"].max()  # type: ignore[assignment]
    # Without any value there is no latest period.
    cells = cells.filter(pl.col("period") == period) if period is not None else cells.clear()
    if cells.is_empty():
        schema = {
            name: cells.schema[name] for name in ("area", "period", "value", "numerator", "denominator", "status")
        }
        return pl.DataFrame(schema={**schema, "source": pl.String(), RECODED: pl.Boolean(), "reason": pl.String()})
    sources = cells["source"].unique().to_list()
    years = {source: boundary_year(version, source, str(period)) for source in sources}
    scales = {per_of(passport, source) for source in sources}
    how: How = "count" if passport.unit in ADDITIVE else "ratio" if len(scales) == 1 else "none"
    # A share whose numerator is not published is not made up from its denominator: that may count other people.
    both = pl.col("numerator").is_not_null() if how == "ratio" else pl.lit(True)
    frame = cells.with_columns(
        pl.when(both).then("denominator").alias("denominator"),
        pl.col("source").replace_strict(years, return_dtype=pl.Int32).alias(BOUNDARIES),
    ).drop("source", "indicator", "breakdown")
    found = recode(frame, registry.lineage, how=how, scale=next(iter(scales)))
    provisional = cells["status"].eq(Status.PROVISIONAL.value).any()
    reasons = (
        found.breaks.filter(pl.col("period") > str(period)[-4:])
        .sort("area", "period")
        .unique("area", keep="first", maintain_order=True)
        .select("area", "reason")
    )
    # Of a figure that was put together from several it is not known how precise it is.
    one_source = sources[0] if len(sources) == 1 else None
    today = pl.DataFrame({"area": sorted(registry.lineage.today())}, schema={"area": pl.String})
    missing = pl.col("status").is_null() | pl.col("value").is_null()
    return (
        today.join(found.frame.drop(BOUNDARIES), on="area", how="left", maintain_order="left")
        .join(reasons, on="area", how="left", maintain_order="left")
        .with_columns(
            pl.lit(period).alias("period"),
            pl.when(missing)
            .then(pl.lit(Status.WITHHELD.value))
            .when(pl.col(RECODED) & pl.lit(provisional))
            .then(pl.lit(Status.PROVISIONAL.value))
            .otherwise("status")
            .alias("status"),
            pl.when(pl.col("status").is_null())
            .then(pl.col("reason").fill_null(NO_FIGURE))
            .otherwise(pl.col("reason").fill_null(""))
            .alias("reason"),
            pl.col(RECODED).fill_null(False),
            pl.when(pl.col(RECODED).not_()).then(pl.lit(one_source, pl.String)).alias("source"),
        )
        .select("area", "period", "value", "numerator", "denominator", "status", "source", RECODED, "reason")
    )
