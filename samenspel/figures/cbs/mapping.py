# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which measures of which CBS tables feed which of our indicators: the schema of tables.yaml."""

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from samenspel.figures.types import normalise_period

FILE = Path(__file__).parent / "tables.yaml"


class BrokenMapping(ValueError):
    """tables.yaml does not fit its schema. The message says where."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Catalogue(_Strict):
    """A publisher's collection of tables. `base` is the address before the table's id."""

    base: Annotated[str, Field(pattern=r"^https?://[^?#]+[^/?#]$")]
    publisher: str
    licence: str
    attribution: str


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class LiveMeasure(_Strict):
    """One measure of a table and the indicator that it feeds.

    `title` and `unit` are what CBS must still call it (more than one where editions differ); `factor` turns CBS's
    unit into that of the passport (1000 for "x 1 000 euro"). With `denominator`, the value is measure / denominator
    * `per`, kept with both parts; withheld when the denominator is under `minimum_denominator`, because one or two
    people then make the share; `rounded_to` says that CBS rounds the parts, so that a part may come out a little
    larger than the whole and the share is then 100. `plus` adds other measures of the table to this one. `final`:
    published as definitive, so that a note about other figures of the same period does not make it provisional.
    """

    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$")]
    title: Annotated[tuple[str, ...], Field(min_length=1)]
    unit: Annotated[tuple[str, ...], Field(min_length=1)]
    indicator: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{2,60}$")]
    breakdown: str = ""
    factor: float = 1.0
    plus: tuple[str, ...] = ()
    denominator: str | None = None
    minimum_denominator: float = 0.0
    rounded_to: float = 0.0
    per: float = 100.0
    final: bool = False

    _lists = field_validator("title", "unit", "plus", mode="before")(_one_or_more)


class Reference(_Strict):
    """A measure that is only a denominator: checked like the others, but no indicator of its own."""

    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$")]
    title: Annotated[tuple[str, ...], Field(min_length=1)]
    unit: Annotated[tuple[str, ...], Field(min_length=1)]

    _lists = field_validator("title", "unit", mode="before")(_one_or_more)


class LiveTable(_Strict):
    """One table to download.

    `period` for a table about one year, which has no time dimension; `from_period` is where we begin in one that has.
    `areas`: the first letters of the area codes that we want. `fixed`: the code to take of every other dimension.
    `sums`: indicators of which the municipalities must add up to the country, with the share they may differ.
    """

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+$")]
    catalogue: str
    key: Annotated[str, Field(pattern=r"^live_[a-z0-9_]+$")]
    title: str
    precedence: int
    area_dimension: str
    areas: Annotated[tuple[Literal["NL", "PV", "GM", "WK", "BU"], ...], Field(min_length=1)]
    period: str | None = None
    time_dimension: str | None = None
    from_period: str | None = None
    fixed: Mapping[str, str] = Field(default_factory=dict)
    provisional: bool = False
    note: str = ""
    use: tuple[str, ...] = ()
    measures: tuple[LiveMeasure, ...] = ()
    references: tuple[Reference, ...] = ()
    sums: Mapping[str, float] = Field(default_factory=dict)

    @field_validator("period", "from_period", mode="before")
    @classmethod
    def _periods(cls, value: object) -> object:
        return value if value is None else normalise_period(str(value))

    @model_validator(mode="after")
    def _one_way_to_know_the_period(self) -> "LiveTable":
        if (self.period is None) == (self.time_dimension is None):
            raise ValueError("give either a period, or the time dimension that holds it")
        if self.from_period and self.time_dimension is None:
            raise ValueError("from_period needs a time dimension")
        return self

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions that the table must have, no more and no fewer."""
        time = () if self.time_dimension is None else (self.time_dimension,)
        return (self.area_dimension, *time, *self.fixed)

    @property
    def codes(self) -> tuple[str, ...]:
        """The measures to download, each once."""
        return tuple(dict.fromkeys([m.code for m in self.measures] + [r.code for r in self.references]))

    @property
    def expected(self) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        """Per measure code the titles and units under which we know it."""
        known = {reference.code: (reference.title, reference.unit) for reference in self.references}
        return known | {measure.code: (measure.title, measure.unit) for measure in self.measures}

    def digest(self) -> str:
        """A hash over what decides which cells we ask for and what we make of them."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


class Mapped(_Strict):
    """The whole of tables.yaml."""

    catalogues: Mapping[str, Catalogue]
    measure_sets: Mapping[str, tuple[LiveMeasure, ...]] = Field(default_factory=dict)
    tables: Annotated[tuple[LiveTable, ...], Field(min_length=1)]


def normalised(text: str) -> str:
    """A title for comparison: no case, no doubled or outer spaces."""
    return re.sub(r"\s+", " ", text).strip().casefold()


def read_mapping(path: Path) -> tuple[Mapping[str, Catalogue], Mapping[str, LiveTable]]:
    """Catalogues, and tables by id with their measure sets filled in. Raises BrokenMapping."""
    try:
        mapped = Mapped.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        raise BrokenMapping(f"{path.name}: {error}") from error
    tables: dict[str, LiveTable] = {}
    for table in mapped.tables:
        if table.catalogue not in mapped.catalogues:
            raise BrokenMapping(f"{path.name}: {table.id} is in catalogue {table.catalogue!r}, which is not described")
        if table.id in tables:
            raise BrokenMapping(f"{path.name}: {table.id} is there twice")
        unknown = [name for name in table.use if name not in mapped.measure_sets]
        if unknown:
            raise BrokenMapping(f"{path.name}: {table.id} uses {unknown[0]!r}, which is not a measure set")
        shared = [measure for name in table.use for measure in mapped.measure_sets[name]]
        filled = table.model_copy(update={"measures": (*shared, *table.measures), "use": ()})
        _check_measures(path, filled)
        tables[table.id] = filled
    return mapped.catalogues, MappingProxyType(tables)


def _check_measures(path: Path, table: LiveTable) -> None:
    if not table.measures:
        raise BrokenMapping(f"{path.name}: {table.id} has no measures")
    cells = [(m.indicator, m.breakdown) for m in table.measures]
    for cell in cells:
        if cells.count(cell) > 1:
            raise BrokenMapping(f"{path.name}: {table.id} feeds {cell[0]!r} {cell[1]!r} twice")
    known = set(table.codes)
    for measure in table.measures:
        for code in (*measure.plus, *([measure.denominator] if measure.denominator else [])):
            if code not in known:
                raise BrokenMapping(
                    f"{path.name}: {table.id}: {measure.indicator} needs {code}, which is not downloaded"
                )


@lru_cache(maxsize=1)
def mapping() -> tuple[Mapping[str, Catalogue], Mapping[str, LiveTable]]:
    """The mapping that comes with the program."""
    return read_mapping(FILE)
