# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""tables.yaml says only what can be true, and only of indicators that exist."""

from pathlib import Path

import pytest
import yaml

from samenspel.figures.cbs.mapping import FILE, BrokenMapping, mapping, normalised, read_mapping
from samenspel.figures.passports import Unit, passports
from samenspel.figures.sources import TABLES

UNITS = {
    "aantal": {Unit.PERSONS, Unit.HOUSEHOLDS, Unit.DWELLINGS, Unit.COUNT, Unit.PERSONS_PER_HOUSEHOLD},
    "%": {Unit.PERCENT},
    "per 1 000 inwoners": {Unit.PER_1000},
    "aantal per 1 000 inwoners": {Unit.PER_1000},
    "aantal inwoners per km²": {Unit.PER_KM2},
    "per km²": {Unit.PER_KM2},
    "code": {Unit.CLASS},
    "personen per 1 huishouden": {Unit.PERSONS_PER_HOUSEHOLD},
    "km": {Unit.KILOMETRE},
    "x 1 000 euro": {Unit.EURO},
    "kWh": {Unit.KWH},
    "m³": {Unit.CUBIC_METRE},
}


def test_every_live_figure_has_a_passport_in_the_same_unit() -> None:
    _, tables = mapping()
    for table in tables.values():
        for measure in table.measures:
            passport = passports()[measure.indicator]
            if measure.denominator is not None:
                wanted = {100: Unit.PERCENT, 1000: Unit.PER_1000}[int(measure.per)]
                assert passport.unit is wanted, (table.id, measure.code)
            else:
                assert all(passport.unit in UNITS[unit] for unit in measure.unit), (table.id, measure.code)
            assert (measure.factor == 1000) == (measure.unit == ("x 1 000 euro",)), (table.id, measure.code)


def test_every_total_is_of_an_indicator_of_the_table() -> None:
    _, tables = mapping()
    for table in tables.values():
        assert set(table.sums) <= {m.indicator for m in table.measures}
        assert "population" in table.sums


def test_live_tables_come_before_files_each_with_its_own_place() -> None:
    _, tables = mapping()
    places = [table.precedence for table in tables.values()]
    assert len(set(places)) == len(places)
    assert max(places) < min(table.precedence for table in TABLES.values())
    assert not {table.key for table in tables.values()} & set(TABLES)


def test_the_tables_of_the_source_files_are_all_refreshed() -> None:
    _, tables = mapping()
    assert set(tables) == {"86165NED", "85984NED", "85618NED", "85318NED", "85039NED", "84799NED", "70072ned"}


def broken(tmp_path: Path, change: str) -> str:
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    table = content["tables"][0]
    if change == "misspelt key":
        table["perod"] = "2024"
    elif change == "unknown catalogue":
        table["catalogue"] = "RIVM"
    elif change == "twice":
        content["tables"].append(table)
    elif change == "unknown set":
        table["use"] = ["nothing"]
    elif change == "no measures":
        table["use"] = []
    elif change == "two periods":
        table["time_dimension"] = "Perioden"
    elif change == "same cell twice":
        table["use"] = ["residents", "residents"]
    elif change == "denominator":
        table["use"] = []
        table["measures"] = [
            {"code": "3000", "title": "Mannen", "unit": "aantal", "indicator": "population", "denominator": "X"}
        ]
    path = tmp_path / "tables.yaml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(BrokenMapping) as caught:
        read_mapping(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("misspelt key", "perod"),
        ("unknown catalogue", "'RIVM', which is not described"),
        ("twice", "is there twice"),
        ("unknown set", "not a measure set"),
        ("no measures", "has no measures"),
        ("two periods", "either a period, or the time dimension"),
        ("same cell twice", "twice"),
        ("denominator", "which is not downloaded"),
    ],
)
def test_a_wrong_mapping_is_refused_with_the_place(tmp_path: Path, change: str, says: str) -> None:
    assert says in broken(tmp_path, change)


def test_titles_are_compared_without_capitals_and_spaces() -> None:
    assert normalised("  Aantal\u00a0 Inwoners ") == normalised("aantal inwoners")
    assert normalised("Mannen") != normalised("Vrouwen")
