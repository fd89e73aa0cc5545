# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the server into the store: the right table arrives, or the store stays as it was. And the command itself."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenspel.figures.areas.registry import registry
from samenspel.figures.build import read_quarantine
from samenspel.figures.cbs.errors import AlreadyRunning, SchemaChanged, Unreachable
from samenspel.figures.cbs.mapping import Catalogue, LiveTable, mapping
from samenspel.figures.cbs.reporting import Silent
from samenspel.figures.cbs.transport import Asker, Clock, Manners
from samenspel.figures.cbs.update import NotAccepted, Outcome, Surroundings, one_at_a_time, update
from samenspel.figures.cli import figures
from samenspel.figures.importers.places import RegistryAreas
from samenspel.figures.passports import passports
from samenspel.figures.store import Store, read_manifest
from tests.figures.cbs_published import as_mapped, kwb_2024, kwb_cells, kwb_table, served_kwb
from tests.figures.cbs_server import CbsServer, Fault

FEW = Manners(attempts=3, connect_timeout=1, read_timeout=30)


@pytest.fixture
def around(figure_store: Path, tmp_path: Path) -> Surroundings:
    """A copy of the real store, to change."""
    return surroundings(figure_store, tmp_path)


def surroundings(figure_store: Path, folder: Path) -> Surroundings:
    """A store of our own beside the real one, with the areas of the real one."""
    areas = RegistryAreas(registry(figure_store))
    return Surroundings(
        folder / "figures", folder / "live", passports(), areas, lambda: datetime(2026, 3, 1, tzinfo=UTC)
    )


@pytest.fixture
def server() -> Iterator[CbsServer]:
    with CbsServer(served_kwb()) as running:
        yield running


def refresh(
    server: CbsServer,
    around: Surroundings,
    *tables: LiveTable,
    reporter: Silent | None = None,
    dry_run: bool = False,
    force: bool = False,
    base: str = "",
) -> list[Outcome]:
    """Update from the local server without waiting."""
    catalogue = Catalogue(
        base=base or server.base, publisher="CBS", licence="CC BY 4.0", attribution="Bron: CBS, StatLine, CC BY 4.0."
    )
    with Asker(FEW, Clock(sleep=lambda _: None)) as asker:
        return update(
            tables or (kwb_table(),),
            {"CBS": catalogue},
            asker,
            around,
            reporter or Silent(),
            dry_run=dry_run,
            force=force,
        )


def stored(around: Surroundings, indicator: str = "population") -> dict[str, float]:
    """What the store has of an indicator, by area."""
    cells = Store(around.store_folder).current().between("A", "Z", indicators=[indicator])
    return dict(cells.filter(pl.col("value").is_not_null()).select("area", "value").iter_rows())


def published() -> dict[str, float]:
    return dict(kwb_2024().select("code", "a_inw").iter_rows())


def test_the_published_table_enters_the_store_with_its_source(server: CbsServer, around: Surroundings) -> None:
    [outcome] = refresh(server, around)
    assert (outcome.state, outcome.cells) == ("updated", 343 * 2)
    assert stored(around) == published()
    [source] = [table.source for table in Store(around.store_folder).current().tables]
    assert (source.key, source.statline, source.year, source.publisher) == (
        "live_kwb_2024",
        ("85984NED",),
        "2024",
        "CBS",
    )
    assert source.note.endswith("Stand van 2026-01-15, opgehaald op 2026-03-01.")
    assert not (around.live_folder / ".partial" / "85984NED").exists()


def test_the_table_of_the_mapping_gives_the_same_figures_as_the_file(around: Surroundings, figure_store: Path) -> None:
    table = mapping()[1]["85984NED"]
    levels = ("NL", "GM", "WK")
    with CbsServer(as_mapped(served_kwb(levels), table), page_size=40_000) as server:
        reporter = Silent()
        [outcome] = refresh(server, around, table, reporter=reporter)
    assert outcome.problem is None
    assert any(note.startswith("CBS has not published yet: ") and "births" in note for note in reporter.notes)
    keys = [
        "population",
        "age_0_14_share",
        "age_15_24_share",
        "age_25_44_share",
        "age_45_64_share",
        "age_65_plus_share",
    ]
    same = ["indicator", "area", "breakdown", "value"]
    live = Store(around.store_folder).current().between("A", "Z", indicators=keys)
    file = Store(figure_store).current().between("A", "Z", indicators=keys, tables=["kwb_2024_population"])
    file = file.filter(pl.col("area").str.slice(0, 2).is_in(levels))
    assert live.height == file.height
    assert live.select(same).equals(file.select(same))


def test_an_edition_that_we_have_is_not_downloaded_again(server: CbsServer, around: Surroundings) -> None:
    refresh(server, around)
    server.heal()
    assert [outcome.state for outcome in refresh(server, around)] == ["unchanged"]
    assert [request.path.rpartition("/")[2] for request in server.seen] == ["Properties"]
    assert [outcome.state for outcome in refresh(server, around, force=True)] == ["updated"]


def test_a_new_edition_a_new_mapping_or_a_lost_store_is_downloaded(server: CbsServer, around: Surroundings) -> None:
    refresh(server, around)
    server.tables["85984NED"].publish_again()
    assert refresh(server, around)[0].state == "updated"
    assert refresh(server, around, kwb_table(note="Anders."))[0].state == "updated"
    shutil.rmtree(around.store_folder)
    assert refresh(server, around, kwb_table(note="Anders."))[0].state == "updated"


def test_a_dry_run_changes_nothing(server: CbsServer, around: Surroundings) -> None:
    [outcome] = refresh(server, around, dry_run=True)
    assert (outcome.state, outcome.cells) == ("would_update", 343 * 8)
    assert not list(server.pages())
    assert read_manifest(around.store_folder) is None
    server.tables["85984NED"].measures[0]["Title"] = "Iets anders"
    assert isinstance(refresh(server, around, dry_run=True)[0].problem, SchemaChanged)


def test_a_table_that_does_not_add_up_to_the_country_leaves_the_store_as_it_was(
    server: CbsServer, around: Surroundings
) -> None:
    refresh(server, around)
    before = read_manifest(around.store_folder)

    def one_person_less(cells: list[dict[str, object]]) -> list[dict[str, object]]:
        found = next(c for c in cells if c["Measure"] == "T001036" and str(c["WijkenEnBuurten"]).startswith("GM0193"))
        return [{**c, "Value": c["Value"] - 1} if c is found else c for c in cells]  # type: ignore[operator]

    server.tables["85984NED"].publish_again(one_person_less)
    [outcome] = refresh(server, around)
    assert isinstance(outcome.problem, NotAccepted)
    assert "areas add up to 17,942,941, the national figure is 17,942,942" in str(outcome.problem)
    assert read_manifest(around.store_folder) == before
    assert stored(around) == published()
    assert read_quarantine(around.store_folder)["table"].to_list() == ["live_kwb_2024"]


def test_a_municipality_that_nobody_knows_is_not_accepted(server: CbsServer, around: Surroundings) -> None:
    def new_code(cells: list[dict[str, object]]) -> list[dict[str, object]]:
        return [{**c, "WijkenEnBuurten": str(c["WijkenEnBuurten"]).replace("GM0193", "GM9193")} for c in cells]

    server.tables["85984NED"].publish_again(new_code)
    [outcome] = refresh(server, around)
    assert "area code not known for this year" in str(outcome.problem)
    assert read_manifest(around.store_folder) is None or stored(around) == {}


def test_neighbourhoods_that_we_have_no_list_of_are_left_out_and_said(around: Surroundings) -> None:
    frame = pl.concat([kwb_2024(), kwb_2024(("BU",)).head(1).with_columns(code=pl.lit("BU01939999"))])
    served = served_kwb()
    served.cells = list(kwb_cells(frame))
    reporter = Silent()
    with CbsServer(served) as server:
        [outcome] = refresh(server, around, reporter=reporter)
    assert outcome.state == "updated"
    assert "2 cells of districts and neighbourhoods that we have no list of are left out" in reporter.notes
    assert stored(around) == published()


def test_one_failing_table_does_not_keep_the_others_out(around: Surroundings) -> None:
    other = served_kwb()
    other.id = "85618NED"
    other.measures[0]["Title"] = "Iets anders"
    with CbsServer(other, served_kwb()) as server:
        found = refresh(server, around, kwb_table(id="85618NED", key="live_other"), kwb_table())
    assert [outcome.state for outcome in found] == ["failed", "updated"]
    assert stored(around) == published()


def test_without_a_network_one_table_is_enough_to_know(server: CbsServer, around: Surroundings) -> None:
    tables = (kwb_table(), kwb_table(id="85618NED", key="live_other"))
    found = refresh(server, around, *tables, base="http://127.0.0.1:9/odata/v1/CBS")
    assert [outcome.state for outcome in found] == ["failed"]
    assert isinstance(found[0].problem, Unreachable)


def test_two_updates_do_not_run_at_once(server: CbsServer, around: Surroundings) -> None:
    with one_at_a_time(around.live_folder), pytest.raises(AlreadyRunning, match="Another update"):
        refresh(server, around)
    assert refresh(server, around)[0].state == "updated"


KINDS = [
    "reset",
    "429",
    "500",
    "html",
    "cut_announced",
    "cut_silent",
    "lost_rows",
    "short_end",
    "loop",
    "repeat",
    "404",
    "modified",
]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(
    schedules=st.lists(st.dictionaries(st.integers(0, 30), st.sampled_from(KINDS), max_size=10), min_size=1, max_size=3)
)
def test_whatever_goes_wrong_the_store_has_the_table_or_is_unchanged(
    figure_store: Path, schedules: list[dict[int, str]]
) -> None:
    with CbsServer(served_kwb()) as server, tempfile.TemporaryDirectory() as folder:
        around = surroundings(figure_store, Path(folder))
        for faults in schedules:
            server.heal()
            for number, kind in faults.items():
                modified = kind == "modified"
                action = server.tables["85984NED"].publish_again if modified else None
                server.schedule.by_number[number] = Fault("" if modified else kind, action=action)
            before = read_manifest(around.store_folder)
            [outcome] = refresh(server, around)
            after = read_manifest(around.store_folder)
            if outcome.state == "failed":
                assert after == before
            else:
                assert stored(around) == published()
        server.heal()
        assert refresh(server, around)[0].problem is None
        assert stored(around) == published()


class Program:
    """The command line in a process of its own, with a data folder of its own."""

    def __init__(self, figure_store: Path, folder: Path) -> None:
        self.data = folder / "data"
        self.data.mkdir()
        shutil.copytree(figure_store, self.data / "figures")
        self.environment = {**os.environ, "SAMENSPEL_DATA": str(self.data), "NO_PROXY": "*", "no_proxy": "*"}
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "samenspel", "figures", "update", *arguments]
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, *arguments: str) -> tuple[int, str, str]:
        with self.start(*arguments) as process:
            out, err = process.communicate(timeout=60)
            return process.returncode, out, err

    def version(self) -> str:
        manifest = read_manifest(self.data / "figures")
        assert manifest is not None
        return manifest.version


@pytest.fixture
def program(figure_store: Path, tmp_path: Path) -> Program:
    return Program(figure_store, tmp_path)


@pytest.fixture
def mapped() -> Iterator[CbsServer]:
    with CbsServer(as_mapped(served_kwb(), mapping()[1]["85984NED"])) as running:
        yield running


@pytest.mark.slow
def test_the_command_refreshes_and_then_has_nothing_to_do(program: Program, mapped: CbsServer) -> None:
    choice = ("--base-url", mapped.base, "--table", "85984NED", "--format", "json")
    before = program.version()
    code, out, err = program.run(*choice)
    assert (code, json.loads(out)[0]["state"]) == (0, "updated"), err
    assert "85984NED: Kerncijfers wijken en buurten 2024: 2,744 cells" in err
    assert program.version() != before
    code, out, _ = program.run("--base-url", mapped.base, "--table", "85984NED")
    assert code == 0
    assert "up to date" in out


def test_the_command_without_a_network_says_what_happened_and_what_to_do(program: Program) -> None:
    before = program.version()
    code, out, err = program.run("--base-url", "http://127.0.0.1:9/odata/v1/CBS")
    assert code == 1
    assert "not refreshed" in out
    assert "The figures you had are unchanged." in err
    assert "HTTPS_PROXY" in err
    assert "Traceback" not in err
    assert program.version() == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(["--table", "12345NED"], "70072ned"), (["--base-url", "ftp://example.org"], "not an http address")],
)
def test_wrong_arguments_are_told_from_failures(arguments: list[str], says: str) -> None:
    result = CliRunner().invoke(figures, ["update", *arguments])
    assert result.exit_code == 2
    assert says in result.stderr


@pytest.mark.parametrize(
    ("sign", "code"),
    # The quick suite kills with 9 in test_cbs_download; here the whole program, which takes longer to start.
    [(signal.SIGINT, 130), pytest.param(signal.SIGKILL, -signal.SIGKILL, marks=pytest.mark.slow)],
)
def test_the_command_stopped_halfway_goes_on_where_it_was(
    program: Program, mapped: CbsServer, sign: signal.Signals, code: int
) -> None:
    mapped.hang_seconds = 60
    mapped.fail("/Observations", Fault(""), times=3)
    mapped.fail("/Observations", Fault("hang"))
    before = program.version()
    with program.start("--base-url", mapped.base, "--table", "85984NED") as process:
        mapped.wait_for_pages(4, seconds=60)
        process.send_signal(sign)
        _, err = process.communicate(timeout=30)
    assert process.returncode == code, err
    if sign is signal.SIGINT:
        assert "run the same command again and it goes on from there" in err
        assert "Traceback" not in err
    assert program.version() == before
    mapped.heal()
    again, _, err = program.run("--base-url", mapped.base, "--table", "85984NED")
    assert again == 0
    assert "1,500 kept from an earlier run" in err
    assert len(list(mapped.pages())) == 3
    assert program.version() != before
