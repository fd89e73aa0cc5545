# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Downloading a table from a server that fails in every way we could think of."""

import json
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenspel.figures.cbs import download as downloading
from samenspel.figures.cbs.download import Download, filters
from samenspel.figures.cbs.errors import (
    Garbled,
    Incomplete,
    Refused,
    SchemaChanged,
    TableChanging,
    Unreachable,
    UpdateProblem,
)
from samenspel.figures.cbs.reporting import Silent
from samenspel.figures.cbs.transport import Asker, Clock, Manners
from tests.figures.cbs_published import kwb_2024, kwb_table, same_cells, served_kwb
from tests.figures.cbs_server import CbsServer, Fault, parse_filter

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class Waits:
    """A clock that does not wait but remembers how long it was asked to."""

    def __init__(self) -> None:
        self.all: list[float] = []

    @property
    def long(self) -> list[float]:
        """The waits before retries, without the polite pauses."""
        return [seconds for seconds in self.all if seconds != Manners().pause]

    def clock(self, chance: float = 1.0) -> Clock:
        return Clock(sleep=self.all.append, wall=lambda: NOON, chance=lambda: chance)


OPEN: list[Asker] = []


def close_all() -> None:
    """Close the connections of this test."""
    while OPEN:
        OPEN.pop().__exit__()


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    close_all()


@pytest.fixture
def server() -> Iterator[CbsServer]:
    with CbsServer(served_kwb()) as running:
        yield running


@pytest.fixture
def waits() -> Waits:
    return Waits()


def the_download(
    server: CbsServer, folder: Path, waits: Waits | None = None, *, manners: Manners | None = None, **changes: object
) -> Download:
    manners = manners or Manners(connect_timeout=1, read_timeout=0.3)
    OPEN.append(asker := Asker(manners, (waits or Waits()).clock()))
    return Download(kwb_table(**changes), server.base, asker, folder / "85984NED", Silent())


def test_the_published_figures_arrive_exactly(server: CbsServer, tmp_path: Path) -> None:
    found = the_download(server, tmp_path).run()
    assert same_cells(found.cells, kwb_2024())
    assert found.info.title == "Kerncijfers wijken en buurten 2024"
    # 343 areas with eight figures, 500 on a page.
    assert len(list(server.pages())) == 6


def test_codes_lose_their_padding(server: CbsServer, tmp_path: Path) -> None:
    cells = the_download(server, tmp_path).run().cells
    assert "GM0193" in set(cells["WijkenEnBuurten"])


def test_population_of_the_municipalities_is_that_of_the_country(server: CbsServer, tmp_path: Path) -> None:
    cells = the_download(server, tmp_path).run().cells
    people = {
        area: value
        for code, area, value in cells.select("Measure", "WijkenEnBuurten", "Value").iter_rows()
        if code == "T001036"
    }
    assert people.pop("NL00") == 17_942_942
    assert sum(people.values()) == 17_942_942


def test_a_long_list_of_measures_is_asked_for_in_parts_that_overlap_nowhere(
    server: CbsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloading, "MEASURES_PER_PART", 3)
    download = the_download(server, tmp_path)
    assert same_cells(download.run().cells, kwb_2024())
    tests = [parse_filter(one) for one in filters(download.table)]
    assert len(tests) == 3
    for row in server.tables["85984NED"].cells[:200]:
        assert sum(test(row) for test in tests) == 1


def test_a_filter_stays_under_the_hundred_nodes_of_odata_services() -> None:
    many = [{"code": f"X{n}", "title": "t", "unit": "u", "indicator": f"some_{n}"} for n in range(95)]
    table = kwb_table(
        measures=many,
        references=[],
        period=None,
        time_dimension="Perioden",
        from_period="2015",
        areas=["NL", "PV", "GM"],
    )
    for one in filters(table):
        # A comparison or startswith is at most four nodes, and every "or" and "and" is one more.
        assert 4 * (one.count("'") // 2) + one.count(" or ") + one.count(" and ") < 100


@pytest.mark.parametrize(
    "kind",
    [
        "reset",
        "hang",
        "429",
        "500",
        "502",
        "503",
        "504",
        "408",
        "html",
        "list",
        "cut_announced",
        "cut_silent",
        "odd_link",
        "repeat",
        "loop",
    ],
)
@pytest.mark.parametrize("ending", ["/Observations", "/Properties", "/MeasureCodes", "/$count"])
def test_a_passing_fault_is_sat_out(server: CbsServer, tmp_path: Path, waits: Waits, kind: str, ending: str) -> None:
    server.fail(ending, Fault(kind), times=2)
    assert same_cells(the_download(server, tmp_path, waits).run().cells, kwb_2024())


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        ("reset", Unreachable),
        ("hang", Unreachable),
        ("429", Unreachable),
        ("503", Unreachable),
        ("html", Garbled),
        ("cut_announced", Unreachable),
        ("cut_silent", Garbled),
        ("loop", Garbled),
        ("400", Refused),
        ("404", Refused),
    ],
)
def test_a_lasting_fault_ends_in_a_clear_sentence(
    server: CbsServer, tmp_path: Path, kind: str, problem: type[UpdateProblem]
) -> None:
    server.fail("/Observations", Fault(kind), times=1000)
    with pytest.raises(problem) as caught:
        the_download(server, tmp_path, manners=Manners(attempts=3, connect_timeout=1, read_timeout=0.05)).run()
    said = str(caught.value)
    assert "The figures you had are unchanged." in said
    assert "Observations" in said or "85984NED" in said


def test_back_off_doubles_and_has_chance_in_it(server: CbsServer, tmp_path: Path, waits: Waits) -> None:
    server.fail("/Observations", Fault("500"), times=4)
    the_download(server, tmp_path, waits).run()
    assert waits.long == [1, 2, 4, 8]
    half = Waits()
    OPEN.append(asker := Asker(Manners(), half.clock(chance=0.0)))
    server.fail("/Properties", Fault("500"), times=2)
    asker.document(f"{server.base}/85984NED/Properties")
    assert half.long == [0.5, 1.0]


@pytest.mark.parametrize("retry_after", ["7", format_datetime(NOON + timedelta(seconds=7), usegmt=True)])
def test_retry_after_is_kept(server: CbsServer, tmp_path: Path, waits: Waits, retry_after: str) -> None:
    server.fail("/Observations", Fault("429", retry_after=retry_after))
    the_download(server, tmp_path, waits).run()
    assert waits.long == [7]


def test_retry_after_that_nobody_can_read_is_passed_over(server: CbsServer, tmp_path: Path, waits: Waits) -> None:
    server.fail("/Observations", Fault("429", retry_after="soon"))
    the_download(server, tmp_path, waits).run()
    assert waits.long == [1]


def test_a_retry_after_of_hours_ends_the_run_and_says_when_to_come_back(
    server: CbsServer, tmp_path: Path, waits: Waits
) -> None:
    server.fail("/Observations", Fault("429", retry_after="7200"))
    with pytest.raises(Unreachable, match="come back in 120 minutes"):
        the_download(server, tmp_path, waits).run()
    assert waits.long == []


def test_without_a_network_we_say_so_soon(tmp_path: Path, waits: Waits) -> None:
    OPEN.append(asker := Asker(Manners(connect_timeout=1), waits.clock()))
    download = Download(kwb_table(), "http://127.0.0.1:9/odata/v1/CBS", asker, tmp_path / "t", Silent())
    with pytest.raises(Unreachable, match=r"No connection with .* \(3 attempts\).*unchanged.*proxy"):
        download.run()


def test_a_proxy_from_the_environment_is_used(server: CbsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.base)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with Asker(Manners(), Waits().clock()) as asker:
        found = asker.document("http://datasets.invalid/odata/v1/CBS/85984NED/Properties")
    assert found["Identifier"] == "85984NED"
    assert server.seen


def test_we_say_who_we_are(server: CbsServer, tmp_path: Path) -> None:
    the_download(server, tmp_path).run()
    assert {request.agent for request in server.seen} == {"Samenspel (figures update)"}


def test_a_redirect_to_another_host_is_not_followed(server: CbsServer) -> None:
    went: list[str] = []

    def elsewhere(request: httpx.Request) -> httpx.Response:
        went.append(request.url.host)
        return httpx.Response(302, headers={"Location": "http://evil.example/"})

    OPEN.append(asker := Asker(Manners(attempts=1), Waits().clock(), transport=httpx.MockTransport(elsewhere)))
    with pytest.raises(Refused, match="302"):
        asker.document("http://datasets.invalid/x")
    assert went == ["datasets.invalid"]


def test_links_to_the_next_page_keep_to_our_address(server: CbsServer, tmp_path: Path) -> None:
    # A mirror or a proxy that ends TLS: the links name the original host.
    server.public_base = "https://datasets.cbs.nl/odata/v1/CBS"
    assert same_cells(the_download(server, tmp_path).run().cells, kwb_2024())


def test_a_link_to_another_collection_is_not_followed(server: CbsServer, tmp_path: Path) -> None:
    server.fail("/Observations", Fault("other_place"), times=1000)
    with pytest.raises(Garbled, match="leads elsewhere"):
        the_download(server, tmp_path).run()


def test_a_renamed_measure_stops_before_any_cell(server: CbsServer, tmp_path: Path) -> None:
    server.tables["85984NED"].measures[0]["Title"] = "Aantal huishoudens"
    with pytest.raises(
        SchemaChanged, match=r"T001036 is called 'Aantal huishoudens', not 'Aantal inwoners'.*tables\.yaml"
    ):
        the_download(server, tmp_path).run()
    assert not list(server.pages())


def test_a_changed_unit_stops_before_any_cell(server: CbsServer, tmp_path: Path) -> None:
    server.tables["85984NED"].measures[0]["Unit"] = "x 1 000"
    with pytest.raises(SchemaChanged, match="T001036 has the unit 'x 1 000', not 'aantal'"):
        the_download(server, tmp_path).run()
    assert not list(server.pages())


def test_a_measure_that_is_gone_and_a_new_dimension_are_named_together(server: CbsServer, tmp_path: Path) -> None:
    table = server.tables["85984NED"]
    table.measures = table.measures[1:]
    table.dimensions.append({"Identifier": "Geslacht", "Title": "Geslacht", "Kind": "Dimension"})
    with pytest.raises(SchemaChanged) as caught:
        the_download(server, tmp_path).run()
    assert "WijkenEnBuurten, Geslacht" in str(caught.value)
    assert "T001036 (Aantal inwoners) is gone" in str(caught.value)


def test_a_missing_dimension_stops(server: CbsServer, tmp_path: Path) -> None:
    server.tables["85984NED"].dimensions[0]["Identifier"] = "RegioS"
    with pytest.raises(SchemaChanged, match="dimensions are RegioS, not WijkenEnBuurten"):
        the_download(server, tmp_path).run()


def test_spaces_and_capitals_in_a_title_are_no_change(server: CbsServer, tmp_path: Path) -> None:
    server.tables["85984NED"].measures[0]["Title"] = "Aantal  Inwoners "
    assert the_download(server, tmp_path).run().cells.height == 343 * 8


@pytest.mark.parametrize(
    ("column", "value"), [("Value", "12"), ("Value", True), ("Id", None), ("Measure", 3), ("WijkenEnBuurten", None)]
)
def test_cells_of_another_kind_stop(server: CbsServer, tmp_path: Path, column: str, value: object) -> None:
    server.tables["85984NED"].cells[700][column] = value
    with pytest.raises((SchemaChanged, Refused, Unreachable)):
        the_download(server, tmp_path, manners=Manners(attempts=1, attempts_before_first_answer=1)).run()


def test_cells_without_a_column_stop(server: CbsServer, tmp_path: Path) -> None:
    for row in server.tables["85984NED"].cells:
        del row["ValueAttribute"]
    with pytest.raises(SchemaChanged, match="no column 'ValueAttribute'"):
        the_download(server, tmp_path).run()


def test_rows_lost_halfway_are_noticed_and_fetched_again(server: CbsServer, tmp_path: Path) -> None:
    server.fail("/Observations", Fault("lost_rows"))
    download = the_download(server, tmp_path)
    assert same_cells(download.run().cells, kwb_2024())
    assert any("should have 2744" in note for note in download.reporter.notes)  # type: ignore[attr-defined]


def test_a_table_that_stays_incomplete_gives_nothing_and_keeps_nothing(server: CbsServer, tmp_path: Path) -> None:
    server.fail("/Observations", Fault("short_end"), times=1000)
    with pytest.raises(Incomplete, match=r"should have 2744 of these cells and sent 250.*thrown away"):
        the_download(server, tmp_path).run()
    assert not (tmp_path / "85984NED").exists()


def test_a_new_edition_halfway_starts_again_with_that_one(server: CbsServer, tmp_path: Path) -> None:
    table = server.tables["85984NED"]

    def publish() -> None:
        table.publish_again(lambda cells: [{**row, "Value": row["Value"] + 1} for row in cells])

    server.fail("/Observations", Fault("", action=lambda: None), times=2)
    server.fail("/Observations", Fault("", action=publish))
    found = the_download(server, tmp_path).run()
    assert found.cells.height == 343 * 8
    assert (
        found.cells["Value"].sum()
        == kwb_2024()
        .select("a_inw", "a_man", "a_vrouw", "a_00_14", "a_15_24", "a_25_44", "a_45_64", "a_65_oo")
        .sum_horizontal()
        .sum()
        + 343 * 8
    )
    assert found.info.stamp.version == table.version


def test_a_table_that_changes_all_the_time_gives_nothing(server: CbsServer, tmp_path: Path) -> None:
    server.fail("/Observations", Fault("", action=server.tables["85984NED"].publish_again), times=1000)
    with pytest.raises(TableChanging, match="3 times"):
        the_download(server, tmp_path).run()


def test_an_interrupted_download_goes_on_where_it_was(server: CbsServer, tmp_path: Path) -> None:
    server.fail("/Observations", Fault(""), times=3)
    server.fail("/Observations", Fault("503"), times=1000)
    with pytest.raises(Unreachable, match="kept, so the next run goes on"):
        the_download(server, tmp_path).run()
    again = the_download(server, tmp_path)
    assert again.kept_rows() == 1500
    server.heal()
    assert same_cells(again.run().cells, kwb_2024())
    assert len(list(server.pages())) == 3


def test_pages_of_an_older_edition_are_not_used(server: CbsServer, tmp_path: Path) -> None:
    server.fail("/Observations", Fault(""), times=3)
    server.fail("/Observations", Fault("503"), times=1000)
    with pytest.raises(Unreachable):
        the_download(server, tmp_path).run()
    server.heal()
    server.tables["85984NED"].publish_again()
    assert same_cells(the_download(server, tmp_path).run().cells, kwb_2024())
    assert len(list(server.pages())) == 6


@pytest.mark.parametrize("damage", ["page", "missing", "list", "other_format"])
def test_damaged_pages_on_disk_are_not_used(server: CbsServer, tmp_path: Path, damage: str) -> None:
    server.fail("/Observations", Fault(""), times=3)
    server.fail("/Observations", Fault("503"), times=1000)
    with pytest.raises(Unreachable):
        the_download(server, tmp_path).run()
    server.heal()
    folder = tmp_path / "85984NED"
    page = folder / "part0-page1.parquet"
    if damage == "page":
        page.write_bytes(page.read_bytes()[:-1] + b"x")
    elif damage == "missing":
        page.unlink()
    elif damage == "list":
        (folder / "pages.json").write_text("{")
    else:
        state = json.loads((folder / "pages.json").read_text())
        (folder / "pages.json").write_text(json.dumps({**state, "format": 99}))
    assert same_cells(the_download(server, tmp_path).run().cells, kwb_2024())
    assert len(list(server.pages())) == 6


def test_a_place_that_the_server_has_forgotten_costs_a_new_start_only(server: CbsServer, tmp_path: Path) -> None:
    server.fail("/Observations", Fault(""), times=2)
    server.fail("/Observations", Fault("503"), times=1000)
    with pytest.raises(Unreachable):
        the_download(server, tmp_path).run()
    server.heal()
    server.fail("/Observations", Fault("404"))
    assert same_cells(the_download(server, tmp_path).run().cells, kwb_2024())


CHILD = """
import sys, django
from pathlib import Path
django.setup()
from samenspel.figures.cbs.download import Download
from samenspel.figures.cbs.reporting import Silent
from samenspel.figures.cbs.transport import Asker, Manners
from tests.figures.cbs_published import kwb_table
Download(kwb_table(), sys.argv[1], Asker(Manners(read_timeout=60)), Path(sys.argv[2]), Silent()).run()
"""


def test_a_download_killed_with_kill_9_goes_on_where_it_was(server: CbsServer, tmp_path: Path) -> None:
    server.hang_seconds = 60
    server.fail("/Observations", Fault(""), times=3)
    server.fail("/Observations", Fault("hang"))
    folder = tmp_path / "85984NED"
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, server.base, str(folder)], env={**_environment(), "no_proxy": "*"}
    )
    try:
        server.wait_for_pages(4, seconds=60)
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert child.returncode == -signal.SIGKILL
    server.heal()
    download = the_download(server, tmp_path)
    assert download.kept_rows() == 1500
    assert same_cells(download.run().cells, kwb_2024())
    assert len(list(server.pages())) == 3


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "DJANGO_SETTINGS_MODULE": "samenspel.platform.settings.test"}


KINDS = [
    "reset",
    "429",
    "500",
    "503",
    "html",
    "list",
    "cut_announced",
    "cut_silent",
    "lost_rows",
    "short_end",
    "loop",
    "repeat",
    "400",
    "404",
    "odd_link",
    "modified",
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    schedules=st.lists(st.dictionaries(st.integers(0, 25), st.sampled_from(KINDS), max_size=12), min_size=1, max_size=3)
)
def test_whatever_goes_wrong_the_table_is_exactly_right_or_there_is_none(schedules: list[dict[int, str]]) -> None:
    with CbsServer(served_kwb(rows=60), page_size=97) as server, tempfile.TemporaryDirectory() as folder:
        table = server.tables["85984NED"]
        right = None
        for faults in schedules:
            server.heal()
            for number, kind in faults.items():
                fault = Fault("", action=table.publish_again) if kind == "modified" else Fault(kind)
                server.schedule.by_number[number] = fault
            manners = Manners(attempts=3, connect_timeout=1, read_timeout=1)
            try:
                found = the_download(server, Path(folder), manners=manners).run()
            except UpdateProblem as problem:
                assert "unchanged" in str(problem)
            else:
                right = found.cells
                assert same_cells(right, kwb_2024().head(60))
        server.heal()
        assert same_cells(the_download(server, Path(folder)).run().cells, kwb_2024().head(60))
        close_all()


@pytest.mark.slow
def test_a_thousand_random_schedules_of_faults() -> None:
    chance = random.Random(20260301)
    for _ in range(1000):
        schedules = [
            {chance.randrange(30): chance.choice(KINDS) for _ in range(chance.randrange(12))} for _ in range(3)
        ]
        test_whatever_goes_wrong_the_table_is_exactly_right_or_there_is_none.hypothesis.inner_test(schedules)  # type: ignore[attr-defined]
