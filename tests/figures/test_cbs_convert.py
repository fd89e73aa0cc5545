# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What we make of the cells of a table: areas, periods, statuses, withheld cells, shares."""

from typing import Any

import polars as pl
import pytest

from samenspel.figures.cbs.convert import Converted, convert, national
from samenspel.figures.cbs.errors import SchemaChanged
from samenspel.figures.cbs.mapping import LiveTable
from samenspel.figures.cbs.protocol import (
    Stamp,
    TableInfo,
    parse_measures,
    parse_observations,
    parse_periods,
)
from tests.figures.cbs_published import cell, kwb_2024, kwb_cells, kwb_table, measure, served_kwb
from tests.figures.cbs_server import Row

PEOPLE = "M000352_3"


def regional(**changes: Any) -> LiveTable:
    """A table over years, as 70072ned."""
    known: dict[str, Any] = {
        "id": "70072ned",
        "catalogue": "CBS",
        "key": "live_70072",
        "title": "Regionale kerncijfers Nederland",
        "precedence": 1,
        "area_dimension": "RegioS",
        "areas": ["NL", "GM"],
        "time_dimension": "Perioden",
        "measures": [{"code": PEOPLE, "title": "Totale bevolking", "unit": "aantal", "indicator": "population"}],
    }
    return LiveTable.model_validate({**known, **changes})


def people(table: LiveTable, rows: list[Row], periods: list[Row] | None = None, description: str = "") -> Converted:
    periods = periods or [{"Identifier": "2024JJ00", "Status": "Definitief"}]
    info = TableInfo(
        title="",
        stamp=Stamp("", "", ""),
        cells=len(rows),
        dimensions=table.dimensions,
        time_dimension=table.time_dimension,
        measures=parse_measures(
            [measure(c, t[0], u[0], description) for c, (t, u) in table.expected.items()], table.id
        ),
        periods=parse_periods(periods, table.id),
    )
    return convert(table, info, parse_observations(rows, table.dimensions, table.id))


def row(number: int, area: str, period: str, value: float | None, attribute: str = "None", code: str = PEOPLE) -> Row:
    return cell(number, code, value, attribute, RegioS=area, Perioden=period)


# The population of 1 January 2024 and 2025 as CBS published it.
ZWOLLE_AND_THE_COUNTRY = [
    row(0, "NL01  ", "2024JJ00", 17_942_942.0),
    row(1, "GM0193", "2024JJ00", 133_141.0),
    row(2, "NL01  ", "2025JJ00", 18_044_027.0),
    row(3, "GM0193", "2025JJ00", 133_810.0),
]


def test_the_country_has_one_code_whatever_the_table_calls_it() -> None:
    found = people(regional(), ZWOLLE_AND_THE_COUNTRY, TWO_YEARS)
    assert found.cells.filter(pl.col("area") == "NL00").height == 2
    assert national(found.cells, "population") == [("2024", 17_942_942.0), ("2025", 18_044_027.0)]


TWO_YEARS = [
    {"Identifier": "2024JJ00", "Title": "2024", "Status": "Definitief"},
    {"Identifier": "2025JJ00", "Title": "2025*", "Status": "Voorlopig"},
]


def statuses(found: Converted) -> dict[str, set[str]]:
    return {str(period): set(rows["status"]) for (period,), rows in found.cells.group_by("period", maintain_order=True)}


def test_the_status_of_a_period_is_that_of_its_figures() -> None:
    found = people(regional(), ZWOLLE_AND_THE_COUNTRY, TWO_YEARS)
    assert statuses(found) == {"2024": {"published"}, "2025": {"provisional"}}


@pytest.mark.parametrize("status", ["NaderVoorlopig", "Nader voorlopig", "voorlopig"])
def test_further_provisional_is_provisional(status: str) -> None:
    periods = [TWO_YEARS[0], {**TWO_YEARS[1], "Status": status}]
    assert statuses(people(regional(), ZWOLLE_AND_THE_COUNTRY, periods))["2025"] == {"provisional"}


def test_a_status_that_we_never_saw_stops() -> None:
    with pytest.raises(SchemaChanged, match="unknown status 'Herzien'"):
        people(regional(), ZWOLLE_AND_THE_COUNTRY, [TWO_YEARS[0], {**TWO_YEARS[1], "Status": "Herzien"}])


NOTED = [
    {"Identifier": "2024JJ00", "Status": None, "Description": ""},
    {"Identifier": "2025JJ00", "Status": None, "Description": "Uitkomsten zijn voorlopig over:\r\nBedrijfsvestigingen"},
]


def test_without_a_status_the_note_of_the_period_counts() -> None:
    found = people(regional(), ZWOLLE_AND_THE_COUNTRY, NOTED)
    assert statuses(found) == {"2024": {"published"}, "2025": {"provisional"}}


def test_a_figure_that_is_final_at_once_stays_final_under_a_note() -> None:
    measures = [
        {"code": PEOPLE, "title": "Totale bevolking", "unit": "aantal", "indicator": "population", "final": True}
    ]
    found = people(regional(measures=measures), ZWOLLE_AND_THE_COUNTRY, NOTED)
    assert statuses(found)["2025"] == {"published"}


def test_a_measure_that_calls_itself_provisional_is() -> None:
    table = kwb_table()
    rows = list(kwb_cells(kwb_2024().head(3)))
    assert set(people(table, rows, description="Het betreft voorlopige cijfers.").cells["status"]) == {"provisional"}


def test_counts_are_published_and_shares_are_derived_with_their_parts() -> None:
    cells = people(kwb_table(), list(kwb_cells(kwb_2024()))).cells
    zwolle = cells.filter(pl.col("area") == "GM0193")
    published = kwb_2024().filter(pl.col("code") == "GM0193")
    share = zwolle.row(by_predicate=pl.col("indicator") == "age_65_plus_share", named=True)
    assert share["value"] == pytest.approx(published["a_65_oo"][0] / published["a_inw"][0] * 100)
    assert (share["numerator"], share["denominator"]) == (published["a_65_oo"][0], published["a_inw"][0])
    assert share["status"] == "derived"
    whole = zwolle.row(by_predicate=pl.col("indicator") == "population", named=True)
    assert (whole["value"], whole["status"]) == (published["a_inw"][0], "published")


def test_a_share_of_few_people_is_withheld() -> None:
    measures = [m.model_dump() for m in kwb_table().measures]
    measures[1]["minimum_denominator"] = 50
    frame = pl.DataFrame({"code": ["GM0193", "GM0363"], "a_inw": [45, 60], "a_65_oo": [10, 60]})
    cells = [
        cell(n, code, frame[column][at], WijkenEnBuurten=frame["code"][at])
        for n, (at, code, column) in enumerate(
            (at, code, column) for at in range(2) for code, column in (("T001036", "a_inw"), ("80200", "a_65_oo"))
        )
    ]
    found = people(kwb_table(measures=measures), cells).cells.filter(pl.col("indicator") == "age_65_plus_share")
    assert found.select("area", "value", "status").rows() == [
        ("GM0193", None, "withheld"),
        ("GM0363", 100.0, "derived"),
    ]


def test_a_part_that_rounding_made_larger_than_the_whole_is_all_of_it() -> None:
    measures = [m.model_dump() for m in kwb_table().measures]
    measures[1]["rounded_to"] = 5
    cells = [
        cell(0, "T001036", 60.0, WijkenEnBuurten="GM0193"),
        cell(1, "80200", 65.0, WijkenEnBuurten="GM0193"),
    ]
    found = people(kwb_table(measures=measures), cells).cells
    assert found.filter(pl.col("indicator") == "age_65_plus_share")["value"].to_list() == [100.0]


def test_measures_can_be_added_up() -> None:
    measures = [m.model_dump() for m in kwb_table().measures]
    measures[0]["code"], measures[0]["plus"] = "3000", ["4000"]
    references = [{"code": "T001036", "title": "Aantal inwoners", "unit": "aantal"}]
    references += [r.model_dump() for r in kwb_table().references]
    table = kwb_table(measures=measures, references=references)
    found = people(table, list(kwb_cells(kwb_2024()))).cells.filter(pl.col("indicator") == "population")
    published = dict(kwb_2024().select("code", pl.col("a_man") + pl.col("a_vrouw")).iter_rows())
    assert dict(found.select("area", "value").iter_rows()) == published


@pytest.mark.parametrize("attribute", ["Confidential", "NotAvailable", "Missing"])
def test_a_cell_with_a_reason_for_having_no_value_is_withheld(attribute: str) -> None:
    rows = [*ZWOLLE_AND_THE_COUNTRY[:2], row(2, "GM0363", "2024JJ00", None, attribute)]
    found = people(regional(), rows).cells.filter(pl.col("area") == "GM0363")
    assert found.select("value", "status").rows() == [(None, "withheld")]


def test_a_cell_that_cbs_leaves_out_is_withheld_when_its_neighbours_have_it() -> None:
    rows = [
        r for r in kwb_cells(kwb_2024()) if not (r["Measure"] == "80200" and r["WijkenEnBuurten"].startswith("GM0193"))
    ]
    found = people(kwb_table(), rows).cells.filter(pl.col("area") == "GM0193")
    assert dict(found.select("indicator", "status").iter_rows()) == {
        "population": "published",
        "age_65_plus_share": "withheld",
    }


def test_what_nobody_has_yet_is_not_published_and_not_withheld() -> None:
    rows = [r for r in kwb_cells(kwb_2024()) if r["Measure"] != "80200"]
    found = people(kwb_table(), rows)
    assert found.not_published == ("age_65_plus_share",)
    assert set(found.cells["indicator"]) == {"population"}


def test_a_level_without_the_figure_is_not_withheld() -> None:
    rows = [r for r in kwb_cells(kwb_2024()) if not (r["Measure"] == "80200" and r["WijkenEnBuurten"].startswith("NL"))]
    found = people(kwb_table(), rows).cells.filter(pl.col("area") == "NL00")
    assert found["indicator"].to_list() == ["population"]


def test_a_municipality_that_is_gone_has_no_cells_after_its_end() -> None:
    # Haaren (GM0788) was divided on 1 January 2021.
    rows = [
        row(0, "NL01", "2024JJ00", 17_942_942.0),
        row(1, "GM0193", "2024JJ00", 133_141.0),
        row(2, "GM0788", "2024JJ00", None, "Impossible"),
    ]
    assert set(people(regional(), rows).cells["area"]) == {"NL00", "GM0193"}


def test_quarters_and_other_areas_are_not_ours() -> None:
    rows = [*ZWOLLE_AND_THE_COUNTRY[:2], row(2, "GM0193", "2024KW01", 1.0), row(3, "CR0401", "2024JJ00", 1.0)]
    cells = people(regional(), rows).cells
    assert cells.select("area", "period").rows() == [("GM0193", "2024"), ("NL00", "2024")]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([row(0, "GM0193", "2024JJ00", 1.0), row(1, "GM0193", "2024JJ00", 2.0)], "more than one figure for M000352_3"),
        ([row(0, "GM0193", "2024JJ00", 1.0, "Confidential")], "value and attribute disagree"),
        ([row(0, "GM0193", "2024JJ00", None)], "value and attribute disagree"),
        ([row(0, "GM193", "2024JJ00", 1.0)], "codes of a new form, such as 'GM193'"),
        ([row(0, "GM0193", "2024JJ00", 1.0, code="3000")], "not asked for: 3000"),
        ([row(0, "GM0193", "2024JJ00", None, "Impossible")], "no figure for any"),
        ([row(0, "GM0193", "2024KW01", 1.0)], "no figure for any"),
    ],
)
def test_cells_that_cannot_be_understood_stop(rows: list[Row], says: str) -> None:
    with pytest.raises(SchemaChanged, match=says):
        people(regional(), rows)


def test_another_code_of_a_fixed_dimension_stops() -> None:
    table = regional(fixed={"BurgerlijkeStaat": "T001019"})
    rows = [{**row(0, "GM0193", "2024JJ00", 1.0), "BurgerlijkeStaat": "1010"}]
    with pytest.raises(SchemaChanged, match="BurgerlijkeStaat '1010' where 'T001019'"):
        people(table, rows)


def test_the_whole_published_table_converts_to_the_same_figures() -> None:
    levels = ("NL", "GM", "WK", "BU")
    frame = kwb_2024(levels)
    found = people(kwb_table(), served_kwb(levels).cells).cells
    got = dict(found.filter(pl.col("indicator") == "population").select("area", "value").iter_rows())
    assert got == dict(frame.select("code", "a_inw").iter_rows())
