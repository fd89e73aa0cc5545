# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small tables of observations for tests of importers and store."""

from types import MappingProxyType

import polars as pl
from hypothesis import strategies as st

from samenspel.figures.importers.frames import CELL, OBSERVATIONS
from samenspel.figures.passports import Passport, passports
from samenspel.figures.sources import SourceTable
from samenspel.figures.types import Status

AREAS = ["BU00340101", "GG03", "GM0034", "GM0050", "GM0363", "NL00", "WK003401"]
INDICATORS = ["lonely", "population", "volunteering"]
PERIODS = ["2012", "2016", "2010-2014"]
BREAKDOWNS = ["", "age=65+", "age=65+;sex=men"]


def table(key: str, precedence: int = 10, **more: object) -> SourceTable:
    """A source table of a made-up publisher."""
    settings: dict[str, object] = {
        "title": f"Tabel {key}",
        "publisher": "Test",
        "year": "2012",
        "file": f"{key}.csv",
        "reader": "coded_csv",
    }
    return SourceTable(key=key, precedence=precedence, **(settings | more))  # type: ignore[arg-type]


def frame(cells: list[tuple[object, ...]]) -> pl.DataFrame:
    """Cells in the store's shape."""
    return pl.DataFrame(cells, schema=dict(OBSERVATIONS), orient="row")


@st.composite
def cells(draw: st.DrawFn, *, smallest: int = 0) -> pl.DataFrame:
    """Distinct cells in any order, with values within the passports' bounds; some withheld."""
    places = draw(
        st.lists(
            st.tuples(*(st.sampled_from(names) for names in (INDICATORS, AREAS, PERIODS, BREAKDOWNS))),
            unique=True,
            min_size=smallest,
            max_size=40,
        )
    )
    rows: list[tuple[object, ...]] = []
    for place in places:
        value = draw(st.none() | st.floats(0, 100, allow_nan=False))
        parts = draw(st.tuples(st.none(), st.none()) | st.tuples(st.floats(0, 1e6), st.floats(1, 1e6)))
        status = Status.WITHHELD if value is None else draw(st.sampled_from(sorted(set(Status) - {Status.WITHHELD})))
        rows.append((*place, value, *parts, status.value))
    return frame(rows)


def in_order(observations: pl.DataFrame) -> pl.DataFrame:
    """The same cells, sorted as the store sorts them and with its columns only."""
    return observations.select([pl.col(name).cast(kind) for name, kind in OBSERVATIONS.items()]).sort(CELL)


class AllAreas:
    """Knows every area of AREAS in every year, and nothing else."""

    def exists(self, code: str, year: int) -> bool:
        """Whether it is one of AREAS."""
        return code in AREAS

    def municipality_code(self, name: str, year: int) -> str | None:
        """Almere and no other."""
        return {"Almere": "GM0034"}.get(name)

    def region_code(self, name: str) -> str | None:
        """None is known."""
        return None


SOME_PASSPORTS: MappingProxyType[str, Passport] = MappingProxyType({key: passports()[key] for key in INDICATORS})
