# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""One reader per family of source files: each brings its file to rows of area, period, breakdown and measures.

A reader changes no value. Texts that should be numbers are left as text; the melt finds them and the checks
report them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import polars as pl

from samenspel.figures.importers.frames import KEYS, breakdown_text

MISSING = ["", "."]


class ChangedSource(ValueError):
    """A source file is not what its reader expects: a column is missing or it cannot be read."""


class Places(Protocol):
    """What readers ask about areas."""

    def municipality_code(self, name: str, year: int) -> str | None:
        """The code of the municipality with this name in that year; None if there was none."""

    def region_code(self, name: str) -> str | None:
        """The code of the GGD region with this name; None if there is none."""


@dataclass(frozen=True, slots=True)
class Wide:
    """A file as its reader gives it: the columns of KEYS and the measures. `left_out`: rows out of scope by reason."""

    frame: pl.DataFrame
    left_out: Mapping[str, int]


Reader = Callable[[Path, Places], Wide]


def _load(path: Path, *required: str) -> pl.DataFrame:
    """All columns as they are (CSV: as text, missing marks empty) and `row`: line in the file or row number."""
    try:
        if path.suffix == ".parquet":
            frame = pl.read_parquet(path)
            first = 1
        else:
            frame = pl.read_csv(path, infer_schema=False, null_values=MISSING)
            first = 2
    except (OSError, pl.exceptions.PolarsError) as error:
        raise ChangedSource(f"{path.name}: cannot be read: {error}") from error
    missing = [name for name in required if name not in frame.columns]
    if missing:
        raise ChangedSource(f"{path.name}: no column {', '.join(missing)}")
    if "row" in frame.columns:
        frame = frame.drop("row")
    return frame.with_row_index("row", offset=first).with_columns(pl.col("row").cast(pl.Int64))


def _keyed(frame: pl.DataFrame, *, area: str, period: str | pl.Expr, left_out: Mapping[str, int] | None = None) -> Wide:
    """Name the key columns; municipalities and districts without a breakdown."""
    when = pl.col(period) if isinstance(period, str) else period
    keyed = frame.with_columns(
        pl.col(area).str.strip_chars().alias("area"),
        when.cast(pl.String).alias("period"),
        pl.lit("").alias("breakdown"),
    )
    return Wide(keyed, left_out or {})


def _coded_csv(path: Path, places: Places) -> Wide:
    """Regional key figures and household income: `jaar`, `code` with GM and NL00."""
    return _keyed(_load(path, "jaar", "code"), area="code", period="jaar")


def _kwb_years(path: Path, places: Places) -> Wide:
    """Key figures of municipalities, one row per year."""
    return _keyed(_load(path, "jaar", "gemeentecode"), area="gemeentecode", period="jaar")


def _kwb_2024(path: Path, places: Places) -> Wide:
    """Country, municipalities, districts and neighbourhoods of 2024."""
    return _keyed(_load(path, "code"), area="code", period=pl.lit("2024"))


def _kwb_map(path: Path, places: Places) -> Wide:
    """Attributes of the map of 2024; the district file has `wijkcode` beside `gemeentecode`."""
    frame = _load(path, "gemeentecode")
    return _keyed(frame, area="wijkcode" if "wijkcode" in frame.columns else "gemeentecode", period=pl.lit("2024"))


_URBANITY = {
    "extremely urbanised": "1",
    "strongly urbanised": "2",
    "moderately urbanised": "3",
    "hardly urbanised": "4",
    "not urbanised": "5",
}


def _kwb_districts(path: Path, places: Places) -> Wide:
    """Selection for districts of 2022, with urbanity in English words."""
    frame = _load(path, "jaar", "code", "urbanity")
    return _keyed(
        frame.with_columns(pl.col("urbanity").replace(_URBANITY)),
        area="code",
        period="jaar",
    )


def _rivm(path: Path, places: Places) -> Wide:
    """Health per district and neighbourhood: three years, three age groups, the country as NL01."""
    frame = _load(path, "code", "jaar", "leeftijd")
    ages = {"18+": "", "18-65": breakdown_text(age="18-65"), "65+": breakdown_text(age="65+")}
    return Wide(
        frame.with_columns(
            pl.col("code").replace({"NL01": "NL00"}).alias("area"),
            pl.col("jaar").cast(pl.String).alias("period"),
            pl.col("leeftijd").replace(ages).alias("breakdown"),
        ),
        {},
    )


def _monitor_regions(path: Path, places: Places) -> Wide:
    """Health monitor per GGD region, by name."""
    frame = _load(path, "jaar", "regio")
    codes = {name: places.region_code(name) or name for name in frame["regio"].unique() if name != "Nederland"}
    codes["Nederland"] = "NL00"
    return _keyed(frame.with_columns(pl.col("regio").replace(codes)), area="regio", period="jaar")


def _with_codes(frame: pl.DataFrame, name: str, places: Places) -> pl.DataFrame:
    """Add `code` by municipality name and year; an unknown name stays as it is, so that the check reports it."""
    pairs = frame.select(name, "jaar").unique()
    codes = [
        "NL00" if place == "Nederland" else places.municipality_code(place, int(year)) or place
        for place, year in pairs.iter_rows()
    ]
    return frame.join(pairs.with_columns(pl.Series("code", codes, dtype=pl.String)), on=[name, "jaar"], how="left")


def _named_csv(path: Path, places: Places) -> Wide:
    """Households of 2020: names only."""
    frame = _load(path, "jaar", "gemeentenaam")
    return _keyed(_with_codes(frame, "gemeentenaam", places), area="code", period="jaar")


FIRST_YEAR_WITH_CODES = 2012


def _deaths(path: Path, places: Places) -> Wide:
    """Deaths per municipality: names only; years before 2012 are left out because their areas are not known."""
    frame = _load(path, "jaar", "regio", "overledenen")
    early = pl.col("jaar").cast(pl.Int64) < FIRST_YEAR_WITH_CODES
    count = frame.filter(early).height
    kept = _with_codes(frame.filter(~early), "regio", places)
    return _keyed(kept, area="code", period="jaar", left_out={"before 2012, no area codes": count})


def _religion(path: Path, places: Places) -> Wide:
    """Church attendance, five years pooled: "2010/2014"."""
    frame = _load(path, "periode", "gemeentecode")
    return _keyed(frame, area="gemeentecode", period=pl.col("periode").str.replace("/", "-", literal=True))


def _age5(path: Path, places: Places) -> Wide:
    """Five-year age groups by sex per municipality: one row per age group and sex, measure `persons`."""
    frame = _load(path, "jaar", "gemeentecode", "leeftijd", "inwoners", "mannen", "vrouwen")
    return Wide(_by_sex(frame, area=pl.col("gemeentecode"), total="inwoners"), {})


def _by_sex(frame: pl.DataFrame, *, area: pl.Expr, total: str | None) -> pl.DataFrame:
    """Rows of one age with a column per sex -> one row per age, and per age and sex, measure `persons`."""
    age = pl.lit("age=") + pl.col("leeftijd").cast(pl.String)
    everybody = pl.col(total) if total else pl.sum_horizontal(pl.col("mannen", "vrouwen").cast(pl.Float64))
    parts = [
        (age, everybody),
        (age + pl.lit(";sex=men"), pl.col("mannen")),
        (age + pl.lit(";sex=women"), pl.col("vrouwen")),
    ]
    return pl.concat(
        [
            frame.select(
                area.alias("area"),
                pl.col("jaar").cast(pl.String).alias("period"),
                breakdown.alias("breakdown"),
                pl.col("row"),
                measure.cast(pl.String).alias("persons"),
            )
            for breakdown, measure in parts
        ]
    )


def _with_total(by_sex: pl.DataFrame) -> pl.DataFrame:
    """Add a row per year with the number of persons of all ages, as measure `total`."""
    totals = (
        by_sex.filter(~pl.col("breakdown").str.contains("sex="))
        .group_by("area", "period", maintain_order=True)
        .agg(pl.col("persons").cast(pl.Float64).sum().cast(pl.String).alias("total"), pl.col("row").min())
        .with_columns(pl.lit("").alias("breakdown"))
    )
    return pl.concat([by_sex, totals], how="diagonal")


def _national_age(path: Path, places: Places) -> Wide:
    """Population of the country by single year of age and sex (Mannen, Vrouwen), 1 January."""
    frame = _load(path, "jaar", "geslacht", "leeftijd", "bevolking_1_januari")
    wide = frame.group_by("jaar", "leeftijd", maintain_order=True).agg(
        pl.col("row").min(),
        pl.col("bevolking_1_januari").filter(pl.col("geslacht") == "Mannen").first().alias("mannen"),
        pl.col("bevolking_1_januari").filter(pl.col("geslacht") == "Vrouwen").first().alias("vrouwen"),
    )
    return Wide(_with_total(_by_sex(wide, area=pl.lit("NL00"), total=None)), {})


def _national_deaths(path: Path, places: Places) -> Wide:
    """Deaths in the country by single year of age and sex."""
    frame = _load(path, "jaar", "leeftijd", "mannen", "vrouwen")
    return Wide(_with_total(_by_sex(frame, area=pl.lit("NL00"), total=None)), {})


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "coded_csv": _coded_csv,
        "kwb_years": _kwb_years,
        "kwb_2024": _kwb_2024,
        "kwb_map": _kwb_map,
        "kwb_districts": _kwb_districts,
        "rivm": _rivm,
        "monitor_regions": _monitor_regions,
        "named_csv": _named_csv,
        "deaths": _deaths,
        "religion": _religion,
        "age5": _age5,
        "national_age": _national_age,
        "national_deaths": _national_deaths,
    }
)


def read(reader: str, path: Path, places: Places) -> Wide:
    """Read one file. Raises ChangedSource when it is not what the reader expects."""
    wide = READERS[reader](path, places)
    missing = [name for name in KEYS if name not in wide.frame.columns]
    assert not missing, f"reader {reader} forgot {missing}"
    return wide
