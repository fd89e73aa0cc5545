# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Building areas and cells together: one swap changes both, whatever happens to the builder."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse

from samenspel.figures import service, store
from samenspel.figures.areas.registry import registry, registry_of
from samenspel.figures.areas.versions import write_version
from samenspel.figures.current import areas, current, one_version, one_version_per_request, warm_up
from samenspel.figures.store import AREAS, Store, Version, commit, write_lock
from samenspel.figures.types import AreaLevel
from tests.figures.strategies import frame, table

ROOT = Path(__file__).parents[2]

# A build of which the name of Zwolle and the value of each cell say which build it was. Everything that is written and
# swapped goes through the program's own build_areas and build_tables; only what the sources say is made up.
BUILDER = """
import sys, time
from pathlib import Path
import polars as pl
from samenspel.figures import build
from samenspel.figures.areas import build as areas_build
from samenspel.figures.areas.build import AREA_COLUMNS, NAME_COLUMNS, SUCCESSION_COLUMNS
from samenspel.figures.importers.pipeline import Checked
from tests.figures.strategies import frame, table

folder, first, last = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])

def write(sources, draft):
    rows = [
        ("NL00", "Nederland", "country", None, None, 2012, None, 9, [], None, None),
        ("PV23", "Overijssel", "province", "NL00", None, 2012, None, 9, [], None, None),
        ("GM0193", f"Zwolle {number}", "municipality", "PV23", None, 2012, None, 9, [], None, None),
    ]
    pl.DataFrame(rows, schema=AREA_COLUMNS, orient="row").write_parquet(draft / areas_build.AREAS_FILE)
    time.sleep(0.01)
    pl.DataFrame(schema=SUCCESSION_COLUMNS).write_parquet(draft / areas_build.SUCCESSIONS_FILE)
    pl.DataFrame(schema=NAME_COLUMNS).write_parquet(draft / areas_build.NAMES_FILE)
    (draft / "boundaries").mkdir()
    (draft / "boundaries" / "map").write_text(str(number))
    return {}

def check_file(source, sources, passports, areas):
    time.sleep(0.02)
    cells = frame([("population", "GM0193", "2020", "", float(number), None, None, "published")])
    return Checked(source, cells, pl.DataFrame(schema=dict(build.checks.FAILURE)), {})

areas_build._write = write
build.check_file = check_file
build.TABLES = {"one": table("one"), "two": table("two", 20)}
build._digest_of_everything = lambda sources: str(number)
print("ready", flush=True)
for number in range(first, last):
    build.build_all(folder, folder)
"""


def _start(folder: Path, first: int, last: int) -> subprocess.Popen[bytes]:
    """A builder at work on builds number `first` up to `last`."""
    arguments = [sys.executable, "-c", BUILDER, str(folder), str(first), str(last)]
    builder = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, env=dict(os.environ))
    assert builder.stdout is not None
    assert builder.stdout.readline() == b"ready\n"
    builder.stdout.close()
    return builder


def _seen(folder: Path) -> int | None:
    """The build that a reader sees, who has just started; all it reads is of that one. None: there is no store."""
    if not (folder / store.MANIFEST).exists():
        return None
    version = Store(folder).current()
    try:
        return _number(version)
    except FileNotFoundError:
        # Two builds were completed while this reader stood still: what it began with is gone, so it begins again.
        assert Store(folder).current().hash != version.hash
        return _seen(folder)


def _number(version: Version) -> int:
    """The build whose areas and cells these are."""
    number = int(registry_of(version).get("GM0193").name.removeprefix("Zwolle "))
    values = {version.between("", "\x7f", tables=[key])["value"].item() for key in ("one", "two")}
    assert version.areas_folder is not None
    assert values == {float(number)} == {float((version.areas_folder / "boundaries" / "map").read_text())}
    return number


@pytest.mark.slow
def test_a_killed_build_never_mixes_areas_and_cells(tmp_path: Path) -> None:
    """SIGKILL at random moments of a rebuild with other areas: what is read is of one build, then and ever after."""
    chance = random.Random(7)
    seen = set()
    for start in range(0, 800_000, 100_000):
        builder = _start(tmp_path, start, start + 100_000)
        until = time.monotonic() + 0.1 + chance.random() * 0.4
        while time.monotonic() < until:
            seen.add(_seen(tmp_path))
        builder.send_signal(signal.SIGKILL)
        builder.wait()
        seen.add(_seen(tmp_path))
    assert len(seen - {None}) > 3, "hardly any build was complete before it was killed"
    # The next build clears what the dead ones left: drafts, and areas that no manifest names.
    assert _start(tmp_path, 5, 7).wait() == 0
    assert _seen(tmp_path) == 6
    assert not list(tmp_path.rglob(".draft*"))
    assert len(list((tmp_path / AREAS).iterdir())) == 2


def test_two_builders_at_once_both_end_well(tmp_path: Path) -> None:
    """Also when both make the very same areas, and while someone reads."""
    builders = [_start(tmp_path, 0, 6), _start(tmp_path, 0, 6), _start(tmp_path, 3, 9)]
    while any(builder.poll() is None for builder in builders):
        _seen(tmp_path)
    assert [builder.returncode for builder in builders] == [0, 0, 0]
    assert _seen(tmp_path) in (5, 8)


def _commit_with_areas(folder: Path, netherlands: Path, name: str, value: float) -> None:
    """A version with a copy of the areas of the Netherlands in which Zwolle is called `name`."""
    import polars as pl

    def write(draft: Path) -> None:
        for file in netherlands.glob("*.parquet"):
            content = pl.read_parquet(file)
            if file.name == "areas.parquet":
                there = pl.col("code") == "GM0193"
                content = content.with_columns(pl.when(there).then(pl.lit(name)).otherwise("name").alias("name"))
            content.write_parquet(draft / file.name)

    with write_lock(folder):
        version, _ = write_version(folder, write)
        cells = frame([("population", "GM0193", "2020", "", value, None, None, "published")])
        commit(folder, [(table("one"), cells)], extra={AREAS: version})


@pytest.fixture
def two_versions(tmp_path: Path, figure_store: Path, settings: object) -> object:
    """An installation with a store; call what this gives to swap in the other version."""
    from_ = Store(figure_store).current().areas_folder
    assert from_ is not None
    folder = tmp_path / "figures"
    _commit_with_areas(folder, from_, "Voor", 1.0)
    settings.DATA_FOLDER = tmp_path  # type: ignore[attr-defined]
    return lambda: _commit_with_areas(folder, from_, "Na", 2.0)


def _zwolle() -> tuple[str, float]:
    return areas().get("GM0193").name, current().area("GM0193")["value"].item()


def test_a_request_sees_one_version(two_versions: object) -> None:
    """A swap in the middle of a page changes nothing on that page, and everything on the next."""
    pages: list[tuple[object, object, str]] = []

    def view(request: HttpRequest) -> HttpResponse:
        before = _zwolle()
        if not pages:
            two_versions()  # type: ignore[operator]
        pages.append((before, _zwolle(), registry(current().areas_folder.parents[1]).get("GM0193").name))  # type: ignore[union-attr]
        return HttpResponse()

    handler = one_version_per_request(view)
    handler(HttpRequest())
    handler(HttpRequest())
    assert pages == [(("Voor", 1.0), ("Voor", 1.0), "Na"), (("Na", 2.0), ("Na", 2.0), "Na")]
    assert _zwolle() == ("Na", 2.0)


def test_reading_within_one_version_looks_at_the_store_once(
    two_versions: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page makes hundreds of reads; none but the first touches the disk to ask which version it is."""
    looked = 0
    real = Store.current

    def counted(self: Store) -> object:
        nonlocal looked
        looked += 1
        return real(self)

    monkeypatch.setattr(Store, "current", counted)
    with one_version():
        for _ in range(10):
            areas().children("GM0193", AreaLevel.DISTRICT)
            current()
    assert looked == 1


def test_the_areas_of_the_former_version_stay_for_who_is_reading(two_versions: object) -> None:
    """Then they go: nothing names them any more."""
    former = current().areas_folder
    assert former is not None
    two_versions()  # type: ignore[operator]
    assert former.exists()
    two_versions()  # type: ignore[operator]
    assert not former.exists()
    manifest = json.loads((former.parents[1] / store.MANIFEST).read_text())
    assert [path.name for path in former.parent.iterdir()] == [manifest["extra"][AREAS]]


def test_a_warmed_up_process_reads_no_file_for_a_page(figure_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nearly every page needs was read before the first request."""
    warm_up()

    def read(*arguments: object, **options: object) -> None:
        raise AssertionError("a file was read")

    for name in ("read_parquet", "scan_parquet"):
        monkeypatch.setattr(f"polars.{name}", read)
    assert service.series("GM0193", "population").points
    assert service.snapshot("lonely").height > 300
    assert service.find_areas("zwolle")


def test_warming_up_without_figures_is_no_error(tmp_path: Path, settings: object) -> None:
    settings.DATA_FOLDER = tmp_path  # type: ignore[attr-defined]
    warm_up()
