# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""/cijfers: the same figures as the store, in pages, in one CSV file, per level, recoded, and refused with reasons."""

import csv
import re
from io import StringIO

import pytest
from django.test import Client

from samenspel.figures.api.cells import CSV_COLUMNS
from samenspel.figures.queries import latest, level_observations, observations, series
from samenspel.figures.types import AreaLevel, Status
from tests.figures.api.conftest import Ask

ZWOLLE = "GM0193"


def table(client: Client, **query: object) -> list[dict[str, str]]:
    """The rows of a CSV answer."""
    response = client.get("/api/v1/cijfers", {"formaat": "csv", **query})
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    return list(csv.DictReader(StringIO(response.getvalue().decode(), newline="")))


def test_a_figure_is_the_figure_of_the_store_with_all_one_must_know(ask: Ask) -> None:
    rows = ask("/cijfers", gebied=ZWOLLE, indicator="population")["cijfers"]
    stored = observations([ZWOLLE], ["population"])
    assert [(row["periode"], row["waarde"]) for row in rows] == list(stored.select("period", "value").iter_rows())
    for row in rows:
        assert (row["gebiedNaam"], row["niveau"], row["eenheid"]) == ("Zwolle", "gemeente", "inwoners")
        assert row["statusUitleg"]
        assert row["afronding"]
        assert row["uitgever"]
        assert row["redenGeenCijfer"] is None
        for link in row["_links"].values():
            ask(link["href"].removeprefix("/api/v1"))


def test_where_there_is_no_figure_the_reason_stands(ask: Ask) -> None:
    cells = level_observations(["lonely"], AreaLevel.NEIGHBOURHOOD, ZWOLLE)
    withheld = cells.filter(cells["status"] == Status.WITHHELD.value)
    assert withheld.height > 0
    rows = ask("/cijfers", niveau="buurt", binnen=ZWOLLE, indicator="lonely", perPagina=1000)["cijfers"]
    absent = [row for row in rows if row["waarde"] is None]
    assert len(absent) == withheld.height
    for row in absent:
        assert row["status"] == "geen-cijfer"
        assert row["redenGeenCijfer"]


def test_pages_and_the_file_hold_the_same_figures(ask: Ask, client: Client) -> None:
    query = {"niveau": "gemeente", "indicator": "population", "periode": "2024"}
    page = ask("/cijfers", **query, perPagina=100)
    rows = list(page["cijfers"])
    while "next" in page["_links"]:
        page = ask(page["_links"]["next"]["href"].removeprefix("/api/v1"))
        rows += page["cijfers"]
    assert len(rows) == page["totaal"] == 342
    in_file = table(client, **query)
    assert [(row["gebied"], row["waarde"]) for row in in_file] == [(row["gebied"], str(row["waarde"])) for row in rows]
    assert sum(row["waarde"] for row in rows) == 17_942_942


def test_the_file_names_source_licence_and_passport_in_every_row(client: Client) -> None:
    for row in table(client, gebied=ZWOLLE):
        assert list(row) == list(CSV_COLUMNS)
        assert row["bronvermelding"].startswith("Bron:")
        assert row["licentie"]
        assert re.fullmatch(r"http://testserver/api/v1/indicatoren/\w+", row["paspoort"])
        assert row["status"]


def test_the_file_for_excel_has_decimal_commas_and_a_mark(client: Client) -> None:
    response = client.get(
        "/api/v1/cijfers", {"gebied": ZWOLLE, "indicator": "age_65_plus_share", "formaat": "csv-excel"}
    )
    content = response.getvalue()
    assert content.startswith(b"\xef\xbb\xbfgebied;gebiedNaam;")
    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert any(re.fullmatch(r"\d+,\d+", row["waarde"]) for row in rows)
    assert response["Content-Disposition"] == 'attachment; filename="cijfers-GM0193-age_65_plus_share.csv"'


def test_the_accept_header_chooses_the_file_too(client: Client) -> None:
    address = f"/api/v1/cijfers?gebied={ZWOLLE}&indicator=population"
    by_header = client.get(address, headers={"Accept": "text/csv"}).getvalue()
    assert by_header == client.get(f"{address}&formaat=csv").getvalue()


def test_the_newest_figure_of_each_area(ask: Ask) -> None:
    rows = ask("/cijfers", gebied=[ZWOLLE, "GM0014"], indicator=["population", "lonely"], periode="laatste")["cijfers"]
    assert len(rows) == 4
    for row in rows:
        point = latest(row["gebied"], row["indicator"])
        assert point is not None
        assert (row["periode"], row["waarde"]) == (point.period, point.value)


def test_without_an_indicator_all_figures_of_an_area_come(ask: Ask) -> None:
    page = ask("/cijfers", gebied=ZWOLLE, periode="laatste", perPagina=1000)
    assert len({row["indicator"] for row in page["cijfers"]}) == page["totaal"] > 40


def test_breakdowns_are_chosen_by_name(ask: Ask) -> None:
    older = ask("/cijfers", gebied=ZWOLLE, indicator="lonely", uitsplitsing="leeftijd=65+")["cijfers"]
    assert {row["uitsplitsing"] for row in older} == {"leeftijd=65+"}
    every = ask("/cijfers", gebied=ZWOLLE, indicator="lonely", uitsplitsing="alle")["cijfers"]
    assert {row["uitsplitsing"] for row in every} > {"", "leeftijd=65+"}
    assert {row["uitsplitsing"] for row in ask("/cijfers", gebied=ZWOLLE, indicator="lonely")["cijfers"]} == {""}


def test_recoded_figures_are_those_of_the_pages_with_their_breaks(ask: Ask) -> None:
    cuijk = "GM1982"  # since 2022, out of five municipalities
    page = ask("/cijfers", gebied=cuijk, indicator=["population", "population_density"], herrekend="true")
    for key in ("population", "population_density"):
        expected = series(cuijk, key)
        rows = [row for row in page["cijfers"] if row["indicator"] == key]
        assert [(row["periode"], row["waarde"]) for row in rows] == [(p.period, p.value) for p in expected.points]
        told = [(b["periode"], b["reden"]) for b in page["breuken"] if b["indicator"] == key]
        assert told == [(b.period, b.reason) for b in expected.breaks]
    before = [row for row in page["cijfers"] if row["indicator"] == "population" and row["periode"] < "2022"]
    assert {(row["status"], row["bron"]) for row in before} == {("berekend", None)}
    after = [row for row in page["cijfers"] if row["indicator"] == "population" and row["periode"] >= "2022"]
    assert after
    assert all(row["bron"] for row in after)


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ({}, ["gebied"]),
        ({"indicator": "population"}, ["gebied"]),
        ({"gebied": "GM9999", "indicator": "x", "periode": "toen"}, ["gebied", "indicator", "periode"]),
        ({"gebied": ZWOLLE, "niveau": "wijk", "indicator": "population"}, ["niveau"]),
        ({"niveau": "wijk"}, ["indicator"]),
        ({"gebied": ZWOLLE, "binnen": "PV23"}, ["binnen"]),
        ({"niveau": "wijk", "indicator": "population", "herrekend": "true"}, ["herrekend"]),
        ({"gebied": ["GM0193"] * 20, "herrekend": "true"}, ["herrekend"]),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_with_every_reason(
    ask: Ask, query: dict[str, object], parameters: list[str]
) -> None:
    problem = ask("/cijfers", status=400, **query)
    assert [error["location"]["name"] for error in problem["errors"]] == parameters
    assert all(error["detail"].endswith((".", "?")) for error in problem["errors"])


def test_an_unknown_area_is_answered_with_suggestions(ask: Ask) -> None:
    problem = ask("/cijfers", status=400, gebied="zwolle", indicator="populatie")
    codes = [suggestion["code"] for suggestion in problem["suggesties"]]
    assert "GM0193" in codes
    assert "population" in codes


def test_a_file_without_end_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samenspel.figures.api.cells.MOST_ROWS", 100)
    response = client.get("/api/v1/cijfers", {"niveau": "gemeente", "indicator": "population", "formaat": "csv"})
    assert response.status_code == 400
    assert "100" in response.json()["detail"]


def test_figures_that_did_not_change_are_not_sent_again(client: Client) -> None:
    address = f"/api/v1/cijfers?gebied={ZWOLLE}&indicator=population"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_without_figures_the_api_says_so(client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr("samenspel.figures.current.store_folder", lambda: tmp_path)
    for address in ("cijfers?gebied=GM0193", "gebieden", "indicatoren", "bronnen", "gebieden/GM0193"):
        response = client.get(f"/api/v1/{address}")
        assert response.status_code == 503
        assert response["Content-Type"] == "application/problem+json"
