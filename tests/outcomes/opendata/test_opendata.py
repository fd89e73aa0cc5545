# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Releases that never change, permanent addresses, and a catalogue that fits DCAT-AP-NL in three forms."""

import datetime
import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import polars as pl
import pytest
import rdflib
from click.testing import CliRunner
from django.conf import LazySettings
from django.test import Client
from pyshacl import validate

from samenspel.figures.service import Passport, UnknownIndicator, get_indicator
from samenspel.outcomes.opendata import catalogue, columns, rdf, releases, views
from samenspel.outcomes.opendata.cli import opendata
from samenspel.platform.ui.templatetags.ui import structured_data
from tests.harness.scripts import ABOUT_THE_PAGE, check_scripts

# rdflib reads JSON-LD by a class of its own that it calls old.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

DAY = datetime.date(2026, 11, 21)
KEYS = ["lonely", "social_assistance"]
FIGURE = "/data/uitgave/2026-11-21/cijfer/social_assistance/GM0193/2024"


@pytest.fixture(scope="module")
def place(figure_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the real figures, in which a release was made of two indicators."""
    folder = tmp_path_factory.mktemp("opendata")
    (folder / "figures").symlink_to(figure_store)
    return folder


@pytest.fixture
def release(place: Path, settings: LazySettings) -> Iterator[releases.Release]:
    settings.DATA_FOLDER = place
    made = releases.make_release(DAY, indicators=KEYS, compared=False)
    newest = made or releases.latest()
    assert newest is not None
    yield newest


def test_a_release_is_whole_and_its_hashes_are_those_of_its_files(release: releases.Release) -> None:
    assert release.number == "2026-11-21"
    for one in release.files:
        content = release.file(one.name).read_bytes()
        assert (one.sha256, one.size) == (hashlib.sha256(content).hexdigest(), len(content))
    rows = releases.figure_rows(release, "social_assistance", "GM0193", "2024")
    row = rows.row(0, named=True)
    assert row["value"] == 3830 and row["lower"] < 3830 < row["upper"]
    assert (row["source"], row["method_version"], row["no_range"]) == ("kwb_2024_map", "1", None)
    assert set(releases.figure_rows(release, "lonely")["no_range"]) == {"model_without_margin", "no_figure"}


def test_equal_figures_are_not_released_twice_and_others_beside_them(
    release: releases.Release, figure_store: Path, tmp_path: Path, settings: LazySettings
) -> None:
    assert releases.make_release(DAY, indicators=KEYS, compared=False) is None
    settings.DATA_FOLDER = tmp_path
    (tmp_path / "figures").symlink_to(figure_store)
    first = releases.make_release(DAY, indicators=["births"], compared=False)
    second = releases.make_release(DAY, indicators=["deaths"], compared=False)
    assert first is not None and second is not None
    assert (first.number, second.number) == ("2026-11-21", "2026-11-21.2")
    assert [one.number for one in releases.releases()] == [second.number, first.number]
    assert first.file(releases.FIGURES).is_file()


def test_a_release_that_was_cut_off_is_none(release: releases.Release, tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA_FOLDER = tmp_path
    (tmp_path / "releases" / ".draft-1").mkdir(parents=True)
    (tmp_path / "releases" / "2026-01-01").mkdir()
    assert releases.releases() == []
    for number in ("2026-01-01", "../figures", "2026-11-21.0"):
        with pytest.raises(releases.NoRelease):
            releases.get_release(number)


@pytest.mark.parametrize("form", ["html", "json", "jsonld"])
def test_a_figure_has_a_permanent_address_in_three_forms(client: Client, release: releases.Release, form: str) -> None:
    kinds = {"html": "text/html", "json": "application/json", "jsonld": "application/ld+json"}
    negotiated = client.get(FIGURE, headers={"accept": kinds[form]})
    assert negotiated.headers["Content-Type"].startswith(kinds[form])
    assert f'{FIGURE}>; rel="canonical"' in negotiated.headers["Link"]
    if form != "html":
        assert client.get(f"{FIGURE}.{form}").json() == negotiated.json()
    text = negotiated.content.decode()
    assert "3830" in text or "3.830" in text
    assert "Zwolle" in text


def test_the_newest_figure_leads_to_its_release(client: Client, release: releases.Release) -> None:
    response = client.get("/data/cijfer/social_assistance/GM0193/2024")
    assert (response.status_code, response.headers["Location"]) == (302, FIGURE)


@pytest.mark.parametrize(
    "address",
    [
        FIGURE.replace("2026-11-21", "2020-01-01"),
        FIGURE.replace("GM0193", "GM9999"),
        FIGURE.replace("social_assistance", "geluk"),
        FIGURE.replace("2024", "1800"),
        "/data/cijfer/social_assistance/GM0193/1800",
        "/data/uitgave/2026-11-21/bestand/..%2F..%2Ffigures%2Fmanifest.json",
        "/data/uitgave/2026-11-21/births.csv",
    ],
)
def test_what_is_not_there_is_said(client: Client, release: releases.Release, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.fixture
def withdrawn(figure_store: Path, tmp_path: Path, settings: LazySettings) -> tuple[releases.Release, releases.Release]:
    """An earlier release with births, and a later one without."""
    settings.DATA_FOLDER = tmp_path
    (tmp_path / "figures").symlink_to(figure_store)
    first = releases.make_release(DAY, indicators=["births", "deaths"], compared=False)
    second = releases.make_release(DAY, indicators=["deaths"], compared=False)
    assert first is not None and second is not None
    return first, second


@pytest.mark.django_db
def test_a_withdrawn_figure_is_gone_and_says_where_it_was(
    client: Client, withdrawn: tuple[releases.Release, releases.Release]
) -> None:
    first, _second = withdrawn
    then = f"/data/uitgave/{first.number}/cijfer/births/GM0193/2024"
    page = client.get("/data/cijfer/births/GM0193/2024")
    assert page.status_code == 410
    assert f'href="{then}"' in page.content.decode()
    problem = client.get("/data/cijfer/births/GM0193/2024.json")
    assert (problem.status_code, problem.headers["Content-Type"]) == (410, "application/problem+json")
    assert client.get(problem.json()["figure"]).json()["value"] > 0
    assert client.get(then).status_code == 200
    assert client.get("/data/cijfer/births/GM0193/1800").status_code == 404
    assert client.get("/data/cijfer/deaths/GM0193/2024").status_code == 302


@pytest.mark.django_db
def test_a_release_outlives_the_indicator(
    client: Client, withdrawn: tuple[releases.Release, releases.Release], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _second = withdrawn
    known = get_indicator
    address = f"/data/uitgave/{first.number}/cijfer/births/GM0193/2024"

    def without_births(key: str) -> Passport:
        if key == "births":
            raise UnknownIndicator(key)
        return known(key)

    monkeypatch.setattr(views, "get_indicator", without_births)
    page = client.get(address)
    assert page.status_code == 410
    file = f"/data/uitgave/{first.number}/births.csv"
    assert f'href="{file}"' in page.content.decode()
    assert "GM0193" in client.get(file).content.decode()
    assert client.get(f"{address}.jsonld").status_code == 410


def test_an_indicator_and_a_whole_release_can_be_downloaded(client: Client, release: releases.Release) -> None:
    csv = client.get("/data/uitgave/2026-11-21/social_assistance.csv")
    header = csv.content.decode().splitlines()[0].split(",")
    assert {"value", "lower", "upper", "confidence", "no_range", "method_version", "source", "reason_no_figure"} <= {
        *header
    }
    assert client.get("/data/uitgave/2026-11-21/social_assistance.parquet").content[:4] == b"PAR1"
    whole = client.get("/data/uitgave/2026-11-21/bestand/figures.parquet")
    assert b"".join(whole.streaming_content)[:4] == b"PAR1"  # type: ignore[attr-defined]


def test_the_three_forms_of_the_catalogue_are_one_graph(release: releases.Release) -> None:
    statements = catalogue.catalogue("https://samenspel.example", release)
    forms: dict[str, str | bytes] = {
        "turtle": rdf.turtle(statements),
        "json-ld": rdf.json_ld(statements),
        "xml": rdf.rdf_xml(statements),
    }
    graphs = [set(rdflib.Graph().parse(data=text, format=form)) for form, text in forms.items()]
    assert graphs[0] == graphs[1] == graphs[2]
    assert len(graphs[0]) == len(statements)


def test_each_column_of_a_release_is_described(client: Client, release: releases.Release) -> None:
    said = client.get("/data/schema/figures.json")
    assert said.headers["Content-Type"] == "application/ld+json"
    names = [column["name"] for column in said.json()["columns"]]
    assert names == releases.figure_rows(release, "lonely").columns
    kinds = {pl.String(): "string", pl.Float64(): "double", pl.Boolean(): "boolean"}
    for table, schema in (
        ("figures", releases.figure_rows(release, "lonely").schema),
        ("comparisons", releases.COMPARED),
    ):
        assert {name: kinds[kind] for name, kind in schema.items()} == {
            name: column.kind for name, column in columns.TABLES[table].items()
        }
        assert list(schema) == list(columns.TABLES[table])
        assert "verdict" not in schema, "a comparison has an outcome; it judges nobody"


def test_a_whole_release_as_csv_has_the_rows_of_the_parquet_file(release: releases.Release) -> None:
    packed = release.file(releases.FIGURES_CSV).read_bytes()
    from_csv = pl.read_csv(gzip.decompress(packed), schema=pl.read_parquet_schema(release.file(releases.FIGURES)))
    # An empty text and a missing one are one in CSV: in a breakdown both are everybody.
    as_released = pl.read_parquet(release.file(releases.FIGURES))
    assert from_csv.with_columns(pl.col("breakdown").fill_null("")).equals(as_released)
    assert as_released.height == next(one.rows for one in release.files if one.name == releases.FIGURES_CSV)


def test_texts_with_strange_letters_survive_in_each_form() -> None:
    strange = 'Een "citaat"\n<b>&\\ €'
    said: list[rdf.Statement] = [("https://a.example/x y", "dct:title", rdf.Text(strange, "nl"))]
    for form, text in (("turtle", rdf.turtle(said)), ("json-ld", rdf.json_ld(said)), ("xml", rdf.rdf_xml(said))):
        assert [str(value) for value in rdflib.Graph().parse(data=text, format=form).objects()] == [strange]


def catalogue_graph(release: releases.Release | None) -> rdflib.Graph:
    return rdflib.Graph().parse(data=rdf.turtle(catalogue.catalogue("https://samenspel.example", release)))


SHAPES = rdflib.Graph().parse(Path(__file__).with_name("shapes.ttl"))


@pytest.mark.parametrize("released", [True, False])
def test_the_catalogue_fits_the_profile(release: releases.Release, released: bool) -> None:
    fits, _graph, words = validate(catalogue_graph(release if released else None), shacl_graph=SHAPES)
    assert fits, words


def test_a_catalogue_that_lacks_something_does_not_fit_the_profile(release: releases.Release) -> None:
    graph, dcat, dct = catalogue_graph(release), rdflib.Namespace("http://www.w3.org/ns/dcat#"), rdflib.DCTERMS
    # One of the 150 datasets, without the ways to the others: they are alike.
    first, *others = sorted(graph.subjects(rdflib.RDF.type, dcat.Dataset), key=str)
    for other in others:
        for gone in (other, *graph.objects(other, dcat.distribution)):
            graph.remove((gone, None, None))
        graph.remove((None, None, other))
    assert validate(graph, shacl_graph=SHAPES)[0]
    way = next(graph.objects(first, dcat.distribution))
    for subject, missing in [
        *((first, name) for name in (dct.creator, dct.conformsTo, dct.identifier, dcat.theme, dcat.landingPage)),
        *((way, name) for name in (dct.license, dcat.accessURL, dct.language)),
        (graph.value(first, dcat.theme), rdflib.SKOS.prefLabel),
        (graph.value(first, dct.language), rdflib.RDF.type),
    ]:
        less = rdflib.Graph() + graph
        less.remove((subject, missing, None))
        assert len(less) < len(graph) and not validate(less, shacl_graph=SHAPES)[0], missing


@pytest.mark.parametrize(
    ("accept", "kind"),
    [("text/turtle", "text/turtle"), ("application/ld+json", "application/ld+json"), ("*/*", "text/turtle")],
)
def test_the_catalogue_comes_as_asked(client: Client, release: releases.Release, accept: str, kind: str) -> None:
    response = client.get("/data/catalog", headers={"accept": accept})
    assert response.headers["Content-Type"].startswith(kind)
    assert "Accept" in response.headers["Vary"]
    assert client.get("/data/catalog.rdf").headers["Content-Type"].startswith("application/rdf+xml")
    page = client.get("/data/catalog", headers={"accept": "text/html,*/*;q=0.8"})
    assert (page.status_code, page.headers["Location"]) == (302, "/data/")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/data/", "/indicator/lonely/", FIGURE])
def test_pages_say_what_they_are_about_in_data_that_never_runs(
    client: Client, release: releases.Release, address: str
) -> None:
    response = client.get(address, headers={"accept": "text/html"})
    html = response.content.decode()
    assert check_scripts(html) == [ABOUT_THE_PAGE]
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert json.loads(found[0])["@context"] == "https://schema.org"
    # It is data: the policy for scripts need not let inline scripts through.
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]


def test_no_text_can_close_the_element_of_structured_data() -> None:
    hostile = {"name": "</script><script>alert(1)</script> & \u2028"}
    written = structured_data(hostile)
    assert written.count("<") == 2
    assert json.loads(written.removeprefix('<script type="application/ld+json">').removesuffix("</script>")) == hostile


def test_the_list_says_what_it_lists(release: releases.Release, tmp_path: Path, settings: LazySettings) -> None:
    listed = CliRunner().invoke(opendata, ["list"])
    header, first = listed.stdout.splitlines()[:2]
    assert header.split()[:2] == ["release", "bytes"]
    assert first.split()[0] == release.number
    settings.DATA_FOLDER = tmp_path
    empty = CliRunner().invoke(opendata, ["list"])
    assert (empty.exit_code, empty.stdout) == (0, "")
    assert "There is no release yet" in empty.stderr


def test_a_permanent_page_without_a_figure_says_why(client: Client, release: releases.Release) -> None:
    cells = pl.concat([releases.figure_rows(release, key) for key in KEYS])
    lacking = cells.filter(pl.col("value").is_null() & (pl.col("breakdown") == "")).row(0, named=True)
    address = f"/data/uitgave/{release.number}/cijfer/{lacking['indicator']}/{lacking['area']}/{lacking['period']}"
    why = client.get(f"{address}.json").json()["reasonNoFigure"]
    assert why
    assert why in unescape(client.get(address).content.decode())
