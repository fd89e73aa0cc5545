# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A source table enters whole or not at all; every failing row is reported with its reason."""

import shutil
import tempfile
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from django.conf import settings as django_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from samenspel.figures import store
from samenspel.figures.areas.registry import registry
from samenspel.figures.build import build_tables, read_quarantine, take_in
from samenspel.figures.importers.frames import OBSERVATIONS, breakdown_parts, breakdown_text, compact
from samenspel.figures.importers.melt import melt
from samenspel.figures.importers.pipeline import check_cells, check_file, summary
from samenspel.figures.importers.places import RegistryAreas
from samenspel.figures.passports import Column, Passport, passports
from samenspel.figures.service import series, snapshot
from samenspel.figures.sources import TABLES, Total
from samenspel.figures.store import Store
from samenspel.figures.types import AreaLevel, Status
from tests.figures.strategies import SOME_PASSPORTS, AllAreas, cells, frame, in_order, table

GOOD = ("lonely", "GM0034", "2012", "", 40.0, None, None, "published")


def _reasons(*rows: tuple[object, ...], **table_settings: object) -> list[str]:
    checked = check_cells(table("one", **table_settings), frame(list(rows)), SOME_PASSPORTS, AllAreas())
    return sorted(checked.failures["reason"].to_list())


@given(content=cells(), seed=st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_good_cells_pass_in_any_order(content: pl.DataFrame, seed: int) -> None:
    """Nothing fails, nothing is lost or changed, and the order in which cells come does not matter."""
    shuffled = content.sample(fraction=1.0, shuffle=True, seed=seed)
    checked = check_cells(table("one"), shuffled, SOME_PASSPORTS, AllAreas())
    assert checked.accepted
    assert_frame_equal(in_order(checked.cells), in_order(content))
    counts = summary(checked)
    assert counts["rows"] == content.height
    assert counts["withheld"] == content["value"].null_count()


@given(content=cells(smallest=1), data=st.data())
@settings(max_examples=40, deadline=None)
def test_one_bad_cell_keeps_the_whole_table_out(content: pl.DataFrame, data: st.DataObject) -> None:
    """Whichever cell is bad, whatever is wrong: it is reported at its row, and nothing enters."""
    number = data.draw(st.integers(0, content.height - 1))
    column, value = data.draw(
        st.sampled_from(
            [
                ("area", "GM9999"),
                ("indicator", "unknown_thing"),
                ("period", "soon"),
                ("status", "guess"),
                ("breakdown", "65+"),
                ("value", -1.0),
                ("value", float("nan")),
                ("value", float("inf")),
            ]
        )
    )
    rows = [dict(row) for row in content.iter_rows(named=True)]
    rows[number][column] = value
    if column == "value":
        rows[number]["status"] = "published"
    bad = pl.DataFrame(rows, schema=dict(OBSERVATIONS))
    checked = check_cells(table("one"), bad, SOME_PASSPORTS, AllAreas())
    assert not checked.accepted
    assert set(checked.failures["row"]) == {number + 1}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        take_in(folder, [check_cells(table("one"), content, SOME_PASSPORTS, AllAreas())])
        before = Store(folder).current().hash
        take_in(folder, [checked])
        after = Store(folder).current()
        assert after.hash == before
        assert_frame_equal(after.between("", "\x7f").drop("source"), in_order(content))
        assert read_quarantine(folder).height == checked.failures.height
        take_in(folder, [check_cells(table("one"), content, SOME_PASSPORTS, AllAreas())])
        assert read_quarantine(folder).is_empty()


def test_reasons() -> None:
    """Each check speaks for itself."""
    assert _reasons(GOOD) == []
    assert _reasons(GOOD, GOOD) == ["the same cell stands here more than once"] * 2
    assert _reasons((*GOOD[:4], 101.0, *GOOD[5:])) == ["101.0 is above the maximum 100.0"]
    assert _reasons((*GOOD[:4], -0.5, *GOOD[5:])) == ["-0.5 is below the minimum 0.0"]
    assert _reasons((*GOOD[:4], None, *GOOD[5:])) == ["a cell is withheld exactly when it has no value"]
    assert _reasons((*GOOD[:5], -1.0, 2.0, "published")) == ["a negative part, or one that is no number"]
    assert _reasons(("lonely", "GM9999", *GOOD[2:])) == ["area code not known for this year"]


def test_totals_must_be_the_national_figure() -> None:
    """The sum over the areas is compared with the figure of the country, within the tolerance stated."""
    people = [
        ("population", code, "2012", "", value, None, None, "published")
        for code, value in (("GM0034", 60.0), ("GM0050", 40.0))
    ]
    exact = Total("population", "2012", 100, "test")
    assert _reasons(*people, totals=(exact,)) == []
    near = Total("population", "2012", 101, "test", tolerance=0.01)
    assert _reasons(*people, totals=(near,)) == []
    far = Total("population", "2012", 103, "CBS", tolerance=0.01)
    assert _reasons(*people, totals=(far,)) == ["areas add up to 100, the national figure is 103 (CBS)"]
    elsewhere = Total("population", "2012", 100, "CBS", level=AreaLevel.DISTRICT)
    assert _reasons(*people, totals=(elsewhere,)) == ["no areas, the national figure is 100 (CBS)"]
    ages = [
        ("population", "GM0034", "2012", text, 50.0, None, None, "published")
        for text in ("age=0-14", "age=15+", "age=15+;sex=men")
    ]
    assert _reasons(*ages, totals=(Total("population", "2012", 100, "test", dimension="age"),)) == []


def test_a_frame_without_a_column_is_a_mistake_of_the_caller() -> None:
    """A live source that forgets a column hears which one."""
    with pytest.raises(ValueError, match="status"):
        check_cells(table("one"), frame([GOOD]).drop("status"), SOME_PASSPORTS, AllAreas())


@given(st.dictionaries(st.sampled_from(["age", "sex", "origin"]), st.sampled_from(["a", "65+", "18-65"])))
def test_breakdowns_round_trip(parts: dict[str, str]) -> None:
    """Text to dimensions and back."""
    assert breakdown_parts(breakdown_text(**parts)) == parts


@given(content=cells())
@settings(max_examples=20, deadline=None)
def test_compact_changes_nothing(content: pl.DataFrame) -> None:
    """Enumerations sort and read as their texts."""
    assert_frame_equal(in_order(compact(content)), in_order(content))


# The melt, against a slow twin in plain Python.

WIDE = st.lists(
    st.tuples(
        st.sampled_from(["GM0034", "GM0050", "GM0363", "WK003401"]),
        st.sampled_from(["2012", "2016"]),
        *[st.none() | st.integers(0, 200)] * 3,
    ),
    unique_by=lambda row: (row[0], row[1]),
    max_size=8,
)
MAPPINGS = [
    {"column": "a"},
    {"column": "a", "factor": 1000},
    {"column": "a", "periods": ["2016"]},
    {"column": "a", "country": "sum"},
    {"column": "a", "country": "weighted", "weight": "c"},
    {"numerator": "a", "denominator": "c"},
    {"numerator": ["a", "b"], "denominator": ["c"], "per": 1000, "country": "sum"},
    {"numerator": "a", "denominator": "c", "minimum_denominator": 50, "rounded_to": 5},
    {"column": "b", "numerator": "a", "denominator": "c", "country": "sum"},
]


def _passport(mapping: dict[str, object]) -> Passport:
    source = Column.model_validate({"table": "one", **mapping})
    return passports()["population"].model_copy(update={"sources": (source,)})


Row = tuple[str, str, int | None, int | None, int | None]


def _twin(
    rows: list[Row], source: Column
) -> dict[tuple[str, str], tuple[float | None, float | None, float | None, str]]:
    """What melt should give, cell by cell: (area, period) -> value, numerator, denominator, status."""
    found: dict[tuple[str, str], tuple[float | None, float | None, float | None, str]] = {}
    for period in ("2012", "2016"):
        if source.periods and period not in source.periods:
            continue
        here = [(area, {"a": a, "b": b, "c": c}) for area, year, a, b, c in rows if year == period]

        def total(values: dict[str, int | None], names: tuple[str, ...]) -> float | None:
            picked = [values[name] for name in names]
            return None if not names or None in picked else float(sum(v for v in picked if v is not None))

        def share(top: float | None, whole: float | None, check: bool = True) -> float | None:
            if top is None or whole is None or whole <= 0 or (check and whole < source.minimum_denominator):
                return None
            value = top / whole * source.per
            return min(value, source.per) if check and source.rounded_to and top - whole <= source.rounded_to else value

        cells_ = []
        for area, values in here:
            top, whole = total(values, source.numerator), total(values, source.denominator)
            single = values[source.column] if source.column else None
            value = None if single is None else single * source.factor
            cells_.append((area, value if source.column else share(top, whole), top, whole, values))
        given_ = [cell[1] if source.column else cell[2] for cell in cells_]
        if all(value is None for value in given_):
            continue
        for area, value, top, whole, _ in cells_:
            status = "withheld" if value is None else "published" if source.column else "derived"
            found[area, period] = (value, top, whole, status)
        if source.country is None:
            continue
        towns = [cell for cell in cells_ if cell[0].startswith("GM")]
        if source.numerator:
            both = [cell for cell in towns if cell[2] is not None and cell[3] is not None]
            covered = sum(c[3] or 0 for c in both), sum(c[3] or 0 for c in towns)
            top, whole = sum(c[2] or 0 for c in both), sum(c[3] or 0 for c in both)
            value = share(float(top), float(whole), check=not source.column)
        elif source.country == "weighted":
            both = [cell for cell in towns if cell[1] is not None and cell[4]["c"] is not None]
            weight = sum(c[4]["c"] or 0 for c in both)
            covered = weight, sum(c[4]["c"] or 0 for c in towns)
            # Of whole numbers the mean is a whole number.
            value = round(sum((c[1] or 0) * (c[4]["c"] or 0) for c in both) / weight) if weight else None
        else:
            full = bool(towns) and all(cell[1] is not None for cell in towns)
            covered = int(full), 1
            value = sum(c[1] or 0 for c in towns)
        if covered[1] and covered[0] / covered[1] >= 0.9:
            status = "withheld" if value is None else "derived"
            parts = (float(top), float(whole)) if source.numerator else (None, None)
            found["NL00", period] = (value, *parts, status)
    return found


@pytest.mark.parametrize("mapping", MAPPINGS, ids=str)
@given(rows=WIDE)
@settings(max_examples=60, deadline=None)
def test_melt_gives_what_its_slow_twin_gives(mapping: dict[str, object], rows: list[Row]) -> None:
    """Values, units, shares from parts, small denominators, and the country's figure."""
    passport = _passport(mapping)
    wide = pl.DataFrame(
        [(area, period, "", number, a, b, c) for number, (area, period, a, b, c) in enumerate(rows, 2)],
        schema={
            "area": str,
            "period": str,
            "breakdown": str,
            "row": pl.Int64,
            "a": pl.Int64,
            "b": pl.Int64,
            "c": pl.Int64,
        },
        orient="row",
    )
    got, failures = melt(table("one"), wide, {"population": passport})
    assert failures.is_empty()
    by_cell = {
        (row["area"], row["period"]): (row["value"], row["numerator"], row["denominator"], row["status"])
        for row in got.iter_rows(named=True)
    }
    expected = _twin(rows, passport.sources[0])
    assert by_cell.keys() == expected.keys()
    for cell, (*numbers, status) in expected.items():
        assert by_cell[cell][3] == status
        assert by_cell[cell][:3] == tuple(None if n is None else pytest.approx(n) for n in numbers)


@given(
    written=st.lists(st.decimals(0, 10**6, places=3).map(lambda number: round(number, 3)), min_size=1, max_size=20),
    decimals=st.integers(0, 3),
    factor=st.sampled_from([1, 10, 1000]),
)
@settings(max_examples=100, deadline=None)
def test_a_value_is_exactly_what_the_source_wrote_times_the_factor(
    written: list[Decimal], decimals: int, factor: int
) -> None:
    """32.3 thousand euros are 32300 euros and not 32299.999999999996."""
    numbers = [round(number, decimals) for number in written]
    wide = pl.DataFrame(
        {"area": [f"GM{n:04}" for n in range(len(numbers))], "a": [str(number) for number in numbers]}
    ).with_columns(period=pl.lit("2012"), breakdown=pl.lit(""), row=pl.lit(2, pl.Int64))
    got, _ = melt(table("one"), wide, {"population": _passport({"column": "a", "factor": factor})})
    assert got["value"].to_list() == [float(number * factor) for number in numbers]


def test_a_mean_of_the_country_is_as_precise_as_its_parts() -> None:
    """Of whole percentages it is a whole percentage, of amounts in hundreds one in hundreds."""
    wide = pl.DataFrame(
        {"area": ["GM0001", "GM0002", "GM0003"], "a": [32.3, 41.5, 28.0], "b": [14, 15, 17], "c": [100, 200, 51]}
    ).with_columns(period=pl.lit("2012"), breakdown=pl.lit(""), row=pl.lit(2, pl.Int64))
    weighted = {"country": "weighted", "weight": "c"}

    def country(key: str, **mapping: object) -> float:
        passport = passports()[key].model_copy(
            update={"sources": (Column.model_validate({"table": "one", **weighted, **mapping}),)}
        )
        cells, _ = melt(table("one"), wide, {key: passport})
        return float(cells.filter(pl.col("area") == "NL00")["value"].item())

    assert country("income_per_person", column="a", factor=1000) == 36900
    assert country("married_share", column="b") == 15
    assert country("household_size", column="a") == 36.9


# The real files.


@pytest.fixture(scope="module")
def areas(figure_store: Path) -> RegistryAreas:
    """The Netherlands, as the importers see it."""
    return RegistryAreas(registry(figure_store))


def _with_line(tmp_path: Path, key: str, change: tuple[str, str]) -> Path:
    """A copy of one source file with one text changed."""
    source = TABLES[key]
    target = tmp_path / source.file
    target.parent.mkdir(parents=True)
    text = (django_settings.SOURCES_FOLDER / source.file).read_text(encoding="utf-8")
    assert change[0] in text
    target.write_text(text.replace(*change, 1), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("key", "change", "code", "reason"),
    [
        ("income_2024", ("2024,true,GM0014", "2024,true,GM9914"), "GM9914", "area code not known"),
        ("income_2024", ("gem_besteedbaar_inkomen_x1000", "inkomen"), "", "no column gem_besteedbaar_inkomen_x1000"),
        ("religion_2010_2014", ("10.3,44.7", "10.3,144.7"), "GM0003", "above the maximum"),
        ("religion_2010_2014", ("10.3,44.7", "10.3,veel"), "GM0003", "not a number: veel"),
        ("deaths_2012_2021", ("Aa en Hunze,2019", "Aa en Hurze,2019"), "Aa en Hurze", "area code not known"),
        (
            "kwb_2021",
            ("GM0014,Groningen,Groningen,2", "GM0014,Groningen,Groningen,3"),
            "all municipality areas",
            "national figure",
        ),
    ],
)
def test_a_damaged_file_is_refused_with_row_code_and_reason(
    tmp_path: Path, areas: RegistryAreas, key: str, change: tuple[str, str], code: str, reason: str
) -> None:
    """And what the store had of it is still there."""
    folder = tmp_path / "store"
    real: Path = django_settings.SOURCES_FOLDER
    build_tables(folder, real, areas, passports(), tables=[TABLES[key]])
    before = Store(folder).current()
    outcome = build_tables(folder, _with_line(tmp_path / "data", key, change), areas, passports(), tables=[TABLES[key]])
    assert [result.table.key for result in outcome.refused] == [key]
    assert Store(folder).current().hash == before.hash
    report = read_quarantine(folder)
    found = report.filter((pl.col("code") == code) & pl.col("reason").str.contains(reason, literal=True))
    assert found.height, report
    assert set(found["table"]) == {key}
    assert set(found["file"]) == {TABLES[key].file}


def test_a_missing_file_is_a_failure_and_no_crash(tmp_path: Path, areas: RegistryAreas) -> None:
    """One row in the report says that it cannot be read."""
    checked = check_file(TABLES["income_2024"], tmp_path, passports(), areas)
    assert not checked.accepted
    assert "cannot be read" in checked.failures["reason"][0]


def test_names_become_codes(areas: RegistryAreas) -> None:
    """Names with and without additions, former names, and one that was two places."""
    assert areas.municipality_code("Bergen (NH.)", 2020) == "GM0373"
    assert areas.municipality_code("Bergen (L.)", 2020) == "GM0893"
    assert areas.municipality_code("Bergen", 2020) is None
    assert areas.municipality_code("'s-Gravenhage (gemeente)", 2012) == "GM0518"
    assert areas.municipality_code("Haren", 2018) == "GM0017"
    assert areas.municipality_code("Haren", 2019) is None
    assert areas.region_code("GGD West-Brabant (GG)") is not None
    assert areas.region_code("GGD Atlantis (GG)") is None


def test_no_number_in_the_store_has_the_noise_of_floats(figure_store: Path) -> None:
    """CSV and API write numbers as they are."""
    numbers = [pl.col(name) for name in ("value", "numerator", "denominator")]
    for one in Store(figure_store).current().tables:
        cells = pl.read_parquet(figure_store / store.TABLES / one.file)
        assert cells.select(numbers).equals(cells.select(number.round(6) for number in numbers)), one.source.key


def test_every_status_in_the_store_is_one_of_ours(figure_store: Path) -> None:
    """And a value is missing exactly when it is withheld."""
    for stored in Store(figure_store).current().tables:
        counts = (
            pl.scan_parquet(figure_store / store.TABLES / stored.file)
            .group_by("status")
            .agg(pl.len(), pl.col("value").null_count().alias("empty"))
            .collect()
        )
        for status, rows, empty in counts.iter_rows():
            assert empty == (rows if Status(status) is Status.WITHHELD else 0), (stored.source.key, status)


def test_recoding_conserves_the_sum(figure_store: Path) -> None:
    """People of 2018 on the boundaries of today are not more than there were, and no one is counted twice."""
    total = snapshot("population", "2018")["value"].sum()
    recoded = 0.0
    for area in snapshot("population", "2025")["area"]:
        points = {point.period: point for point in series(area, "population").points}
        recoded += (points["2018"].value or 0.0) if "2018" in points else 0.0
    assert recoded <= total
    assert recoded >= 0.98 * total


def test_files_that_nobody_changed_give_the_same_store(
    tmp_path: Path, figure_store: Path, areas: RegistryAreas
) -> None:
    """A rebuild of a table in a new folder gives the same file, byte for byte."""
    keys = ["kwb_2012_2024", "households_2020"]
    real: Path = django_settings.SOURCES_FOLDER
    build_tables(tmp_path, real, areas, passports(), tables=[TABLES[key] for key in keys])
    built = {t.source.key: t.sha256 for t in Store(figure_store).current().tables}
    again = {t.source.key: t.sha256 for t in Store(tmp_path).current().tables}
    assert again == {key: built[key] for key in keys}
    shutil.rmtree(tmp_path)
