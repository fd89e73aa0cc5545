# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The store gives back what was put in, in any order, and survives a writer that is killed."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from samenspel.figures import store
from samenspel.figures.importers.frames import CELL, OBSERVATIONS
from samenspel.figures.store import NoStore, Store, commit, one_per_cell, read_manifest, write_lock
from tests.figures.strategies import cells, frame, in_order, table

FIRST = frame([("population", "GM0034", "2020", "", 1.0, None, None, "published")])
SECOND = frame([("population", "GM0034", "2020", "", 2.0, None, None, "published")])


def _all(version: store.Version) -> pl.DataFrame:
    return version.between("", "\x7f")


@given(content=cells())
@settings(max_examples=40, deadline=None)
def test_what_goes_in_comes_out(content: pl.DataFrame) -> None:
    """Round trip: every cell, with its value, parts and status."""
    with tempfile.TemporaryDirectory() as name:
        commit(Path(name), [(table("one"), content)])
        found = _all(Store(Path(name)).current())
        assert_frame_equal(found.drop("source"), in_order(content), check_exact=True)
        assert set(found["source"]) <= {"one"}


@given(content=cells(), seed=st.integers(0, 1000))
@settings(max_examples=25, deadline=None)
def test_the_order_of_rows_and_tables_does_not_matter(content: pl.DataFrame, seed: int) -> None:
    """The same content gives the same version, however it is delivered."""
    other = content.sample(fraction=1.0, shuffle=True, seed=seed)
    tables = [(table("one", 10), content), (table("two", 20), content.head(3))]
    again = [(table("two", 20), other.join(content.head(3), on=CELL, how="semi")), (table("one", 10), other)]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        assert commit(Path(one), tables) == commit(Path(two), again)


@given(first=cells(), second=cells())
@settings(max_examples=40, deadline=None)
def test_precedence(first: pl.DataFrame, second: pl.DataFrame) -> None:
    """Of a cell in two tables the first table's value stands; a value goes before a withheld cell; none is doubled."""
    expected: dict[tuple[str, ...], tuple[object, ...]] = {}
    for source, content in (("one", first), ("two", second)):
        for row in content.iter_rows(named=True):
            place = tuple(row[name] for name in CELL)
            if place not in expected or (expected[place][0] is None and row["value"] is not None):
                expected[place] = (row["value"], row["numerator"], row["denominator"], row["status"], source)
    with tempfile.TemporaryDirectory() as name:
        commit(Path(name), [(table("two", 20), second), (table("one", 10), first)])
        found = _all(Store(Path(name)).current())
    assert not found.select(CELL).is_duplicated().any()
    columns = ["value", "numerator", "denominator", "status", "source"]
    got = {tuple(row[n] for n in CELL): tuple(row[n] for n in columns) for row in found.iter_rows(named=True)}
    assert got == expected


def test_what_a_newer_edition_withholds_is_not_taken_from_an_older_one(tmp_path: Path) -> None:
    """Of the same StatLine table, that is; in whatever way the cell is read. Another table may give the value."""
    withheld = frame([("population", "WK003401", "2020", "", None, None, None, "withheld")])
    value = frame([("population", "WK003401", "2020", "", 7.0, None, None, "published")])
    newer, older = table("newer", 1, statline=("1NED",)), table("older", 10, statline=("0NED", "1NED"))
    other = table("other", 20, statline=("2NED",))

    def read() -> list[tuple[object, ...]]:
        version = Store(tmp_path).current()
        held = version.inventory["population"].tables
        frames = [
            version.area("WK003401"),
            version.between("WK", "WK\x7f", indicators=["population"], tables=held),
        ]
        return [row for found in frames for row in found.select("value", "status", "source").rows()]

    commit(tmp_path, [(newer, withheld), (older, value)])
    assert read() == 2 * [(None, "withheld", "newer")]
    commit(tmp_path, [(newer, value), (older, withheld)])
    assert read() == 2 * [(7.0, "published", "newer")]
    commit(tmp_path, [(newer, withheld), (older, value), (other, value)])
    assert read() == 2 * [(7.0, "published", "other")]


@given(content=cells(smallest=1))
@settings(max_examples=25, deadline=None)
def test_one_area_and_a_range_of_areas(content: pl.DataFrame) -> None:
    """A look at one area gives its cells and no others, from files and from memory alike."""
    with tempfile.TemporaryDirectory() as name:
        commit(Path(name), [(table("one"), content)])
        version = Store(Path(name)).current()
        for area in content["area"].unique():
            expected = in_order(content.filter(pl.col("area") == area))
            assert_frame_equal(version.area(area).drop("source"), expected)
            by_cell = {
                (indicator, breakdown, period)
                for (indicator, breakdown), periods in version.cells(area).items()
                for period in periods
            }
            assert by_cell == set(expected.select("indicator", "breakdown", "period").iter_rows())
        districts = version.between("WK", "WK\x7f", indicators=["lonely"]).drop("source")
        wanted = (pl.col("area").str.starts_with("WK")) & (pl.col("indicator") == "lonely")
        assert_frame_equal(districts, in_order(content.filter(wanted)))


def test_an_area_that_is_not_there_has_no_cells(tmp_path: Path) -> None:
    """Empty, with the usual columns."""
    commit(tmp_path, [(table("one"), FIRST)])
    version = Store(tmp_path).current()
    for code in ("GM9999", "BU99999999"):
        assert version.area(code).is_empty()
        assert set(OBSERVATIONS) <= set(version.area(code).columns)


def test_no_store_says_how_to_make_one(tmp_path: Path) -> None:
    """The message names the command."""
    with pytest.raises(NoStore, match="samenspel figures build"):
        Store(tmp_path).current()


def test_a_reader_notices_a_new_version(tmp_path: Path) -> None:
    """Without a restart; the version it already had stays readable."""
    commit(tmp_path, [(table("one"), FIRST)])
    reader = Store(tmp_path)
    before = reader.current()
    assert reader.current() is before
    commit(tmp_path, [(table("one"), SECOND)])
    after = reader.current()
    assert after.hash != before.hash
    assert after.area("GM0034")["value"].to_list() == [2.0]
    assert before.area("GM0034")["value"].to_list() == [1.0]


def test_the_same_content_is_the_same_version(tmp_path: Path) -> None:
    """A rebuild without changes leaves caches and ETags valid."""
    version = commit(tmp_path, [(table("one"), FIRST)])
    files = sorted(path.name for path in (tmp_path / store.TABLES).iterdir())
    assert commit(tmp_path, [(table("one"), FIRST)]) == version
    assert sorted(path.name for path in (tmp_path / store.TABLES).iterdir()) == files


def test_what_is_said_of_a_table_counts(tmp_path: Path) -> None:
    """Another title, or other areas beside the figures, is another version: pages show both."""
    version = commit(tmp_path, [(table("one"), FIRST)])
    assert commit(tmp_path, [(table("one", title="Anders"), FIRST)]) != version
    assert commit(tmp_path, [(table("one"), FIRST)], extra={"areas": "1"}) != version


def test_other_tables_stay(tmp_path: Path) -> None:
    """An import of one table leaves the others; a table can be dropped by name."""
    commit(tmp_path, [(table("one"), FIRST), (table("two", 20), SECOND)])
    commit(tmp_path, [(table("one"), SECOND)])
    assert [t.source.key for t in Store(tmp_path).current().tables] == ["one", "two"]
    commit(tmp_path, [], drop=["one"])
    assert [t.source.key for t in Store(tmp_path).current().tables] == ["two"]


def test_old_files_go_after_two_versions(tmp_path: Path) -> None:
    """A reader may still be in the former version; what is older is removed, and so are a dead writer's drafts."""
    for number in range(5):
        content = FIRST.with_columns(pl.lit(float(number)).alias("value"))
        commit(tmp_path, [(table("one"), content)])
    (tmp_path / store.TABLES / ".draft-1-one.parquet").write_bytes(b"half")
    commit(tmp_path, [(table("one"), SECOND)])
    names = [path.name for path in (tmp_path / store.TABLES).iterdir()]
    assert len(names) == 4  # table and index, twice
    assert not any(name.startswith(".draft") for name in names)


def test_inventory(tmp_path: Path) -> None:
    """An area in two tables counts once, a withheld cell does not."""
    withheld = frame([("population", "GM0363", "2021", "", None, None, None, "withheld")])
    two = frame([("population", "BU00340101", "2021", "age=65+", 3.0, None, None, "published")])
    commit(tmp_path, [(table("one"), pl.concat([FIRST, withheld])), (table("two"), pl.concat([SECOND, two]))])
    held = Store(tmp_path).current().inventory["population"]
    assert held.periods == ("2020", "2021")
    assert held.breakdowns == ("", "age=65+")
    assert (held.areas, dict(held.levels), held.tables) == (2, {"BU": 1, "GM": 1}, ("one", "two"))


def test_another_format_is_refused(tmp_path: Path) -> None:
    """A store of another version of the program is not read as if it were ours."""
    commit(tmp_path, [(table("one"), FIRST)])
    manifest = tmp_path / store.MANIFEST
    content = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(content | {"format": 99}))
    with pytest.raises(NoStore, match="format 99"):
        Store(tmp_path).current()


def test_precedence_keeps_the_order_of_tables() -> None:
    """The slow, readable twin of one_per_cell."""
    both = pl.concat([FIRST, SECOND]).with_columns(pl.Series("source", ["a", "b"]))
    assert one_per_cell(both)["source"].to_list() == ["a"]
    empty_first = both.with_columns(pl.Series("value", [None, 2.0]))
    assert one_per_cell(empty_first)["source"].to_list() == ["b"]


WRITER = """
import sys
from pathlib import Path
import polars as pl
from samenspel.figures.store import commit, write_lock
from tests.figures.strategies import table
folder = Path(sys.argv[1])
print("ready", flush=True)
for number in range(1, 10_000):
    rows = pl.DataFrame({"area": [f"GM{n:04}" for n in range(3000)]}).select(
        pl.lit("population").alias("indicator"), "area", pl.lit("2020").alias("period"), pl.lit("").alias("breakdown"),
        pl.lit(float(number)).alias("value"), pl.lit(None, pl.Float64).alias("numerator"),
        pl.lit(None, pl.Float64).alias("denominator"), pl.lit("published").alias("status"))
    with write_lock(folder):
        commit(folder, [(table("one"), rows), (table("two", 20), rows)])
"""


@pytest.mark.slow
def test_a_killed_writer_leaves_a_whole_version(tmp_path: Path) -> None:
    """SIGKILL at random moments: each time every table of the store is there, whole, and of one and the same build."""
    chance = random.Random(20)
    root = Path(__file__).parents[2]
    seen = set()
    for _ in range(8):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], cwd=root, stdout=subprocess.PIPE, env=dict(os.environ)
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(0.05 + chance.random() * 0.25)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        if not (tmp_path / store.MANIFEST).exists():
            continue  # killed before its first commit was complete: there was no store, and there is none
        version = Store(tmp_path).current()
        one = version.between("", "\x7f", tables=["one"])
        two = version.between("", "\x7f", tables=["two"])
        assert one.height == two.height == 3000
        assert one["value"].n_unique() == 1
        assert one["value"][0] == two["value"][0]
        seen.add(version.hash)
    assert seen, "no writer lived long enough to commit"
    # The dead writers' lock is free, and the next commit clears what they left.
    with write_lock(tmp_path):
        commit(tmp_path, [(table("one"), FIRST)])
    assert not list(tmp_path.rglob(".draft-*"))


def test_a_second_writer_waits(tmp_path: Path) -> None:
    """Two builds at once do not mix."""
    done: list[str] = []

    def write() -> None:
        with write_lock(tmp_path):
            done.append("second")

    with write_lock(tmp_path):
        thread = threading.Thread(target=write)
        thread.start()
        thread.join(timeout=0.2)
        done.append("first")
    thread.join()
    assert done == ["first", "second"]


def test_a_store_of_another_format_is_refused_by_readers_and_replaced_by_a_build(tmp_path: Path) -> None:
    commit(tmp_path, [(table("one"), FIRST)])
    manifest = tmp_path / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"format": ', '"format": 99', 1))
    with pytest.raises(NoStore, match="figures build"):
        read_manifest(tmp_path)
    commit(tmp_path, [(table("one"), FIRST)])
    assert read_manifest(tmp_path) is not None
