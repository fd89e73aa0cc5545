# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables for the local CBS server, made of the published figures in data/."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import polars as pl
from django.conf import settings

from samenspel.figures.cbs.mapping import LiveTable
from tests.figures.cbs_server import Row, Served

FILE = "kwb/kwb_2024_gemeente_wijk_buurt_bevolking.parquet"

# StatLine code -> (title, unit, column in the file), as CBS describes them in 85984NED.
KWB_2024 = {
    "T001036": ("Aantal inwoners", "aantal", "a_inw"),
    "3000": ("Mannen", "aantal", "a_man"),
    "4000": ("Vrouwen", "aantal", "a_vrouw"),
    "10680": ("0 tot 15 jaar", "aantal", "a_00_14"),
    "53050": ("15 tot 25 jaar", "aantal", "a_15_24"),
    "53310": ("25 tot 45 jaar", "aantal", "a_25_44"),
    "53715": ("45 tot 65 jaar", "aantal", "a_45_64"),
    "80200": ("65 jaar of ouder", "aantal", "a_65_oo"),
}


def dimension(name: str, kind: str) -> Row:
    """A row of Dimensions."""
    return {"Identifier": name, "Title": name, "Kind": kind, "ContainsCodes": True}


def measure(code: str, title: str, unit: str, description: str = "") -> Row:
    """A row of MeasureCodes."""
    return {
        "Identifier": code,
        "Title": title,
        "Unit": unit,
        "Description": description,
        "DataType": "Double",
        "Decimals": 0,
    }


def cell(number: int, code: str, value: float | None, attribute: str = "None", **places: str) -> Row:
    """A row of Observations."""
    return {
        "Id": number,
        "Measure": code,
        "ValueAttribute": attribute,
        "Value": value,
        "StringValue": None,
        **places,
    }


@lru_cache(maxsize=2)
def kwb_2024(levels: tuple[str, ...] = ("NL", "GM")) -> pl.DataFrame:
    """The published figures of 2024 for these kinds of areas, in the file's order."""
    frame = pl.read_parquet(settings.SOURCES_FOLDER / FILE)
    return frame.filter(pl.col("code").str.slice(0, 2).is_in(levels))


def kwb_cells(frame: pl.DataFrame) -> Iterable[Row]:
    """The cells as CBS sends them: codes padded to ten characters, empty cells left out."""
    number = 0
    for row in frame.iter_rows(named=True):
        for code, (_, _, column) in KWB_2024.items():
            if row[column] is not None:
                yield cell(number, code, row[column], WijkenEnBuurten=row["code"].ljust(10))
                number += 1


def served_kwb(levels: tuple[str, ...] = ("NL", "GM"), rows: int | None = None) -> Served:
    """Table 85984NED with published figures; `rows` takes only the first areas."""
    frame = kwb_2024(levels)
    frame = frame if rows is None else frame.head(rows)
    return Served(
        id="85984NED",
        title="Kerncijfers wijken en buurten 2024",
        dimensions=[dimension("WijkenEnBuurten", "GeoDimension")],
        measures=[measure(code, title, unit) for code, (title, unit, _) in KWB_2024.items()],
        codes={
            "WijkenEnBuurten": [
                {"Identifier": code.ljust(10), "Title": name} for code, name in frame.select("code", "naam").iter_rows()
            ]
        },
        cells=list(kwb_cells(frame)),
    )


def as_mapped(served: Served, table: LiveTable) -> Served:
    """The same table with every measure that our mapping asks for; those without figures are not published yet."""
    there = {row["Identifier"] for row in served.measures}
    missing = [(code, *known) for code, known in table.expected.items() if code not in there]
    served.measures += [measure(code, titles[0], units[0]) for code, titles, units in missing]
    return served


def kwb_table(**changes: Any) -> LiveTable:
    """What we know of that table, as tables.yaml would say it."""
    known: dict[str, Any] = {
        "id": "85984NED",
        "catalogue": "CBS",
        "key": "live_kwb_2024",
        "title": "Kerncijfers wijken en buurten 2024",
        "precedence": 5,
        "area_dimension": "WijkenEnBuurten",
        "areas": ["NL", "GM", "WK", "BU"],
        "period": "2024",
        "measures": [
            {"code": "T001036", "title": "Aantal inwoners", "unit": "aantal", "indicator": "population"},
            {
                "code": "80200",
                "title": "65 jaar of ouder",
                "unit": "aantal",
                "indicator": "age_65_plus_share",
                "denominator": "T001036",
            },
        ],
        "references": [
            {"code": code, "title": title, "unit": unit}
            for code, (title, unit, _) in KWB_2024.items()
            if code not in {"T001036", "80200"}
        ],
        "sums": {"population": 0.0},
    }
    return LiveTable.model_validate({**known, **changes})


def same_cells(found: pl.DataFrame, frame: pl.DataFrame) -> bool:
    """Whether these downloaded cells are exactly the published figures."""
    expected = frame.unpivot(index="code", on=[column for _, _, column in KWB_2024.values()]).drop_nulls("value")
    codes = {column: code for code, (_, _, column) in KWB_2024.items()}
    want = {
        (codes[column], area, float(value))
        for area, column, value in expected.select("code", "variable", "value").iter_rows()
    }
    got = list(found.select("Measure", "WijkenEnBuurten", "Value").iter_rows())
    return len(got) == len(want) and set(got) == want
