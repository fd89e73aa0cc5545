# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Comparisons, models and alike municipalities in the API are those of the program itself, on real figures."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from samenspel.figures.service import current_municipalities
from samenspel.outcomes import comparing
from samenspel.outcomes.api.words import OUTCOME_WORDS, REASON_WORDS, RedenGeenVergelijking
from samenspel.outcomes.service import (
    Comparison,
    Verdict,
    compared_indicators,
    comparison,
    model_summaries,
    similar,
)

pytestmark = pytest.mark.usefixtures("figure_store")


def ask(client: Client, address: str, status: int = 200, **query: Any) -> Any:
    response = client.get(f"/api/v1{address}", query)
    assert response.status_code == status, response.content[:500]
    return response.json()


def test_a_comparison_is_the_one_of_the_program(client: Client) -> None:
    answer = ask(client, "/vergelijkingen", gebied="GM0193", indicator="wmo_clients_per_1000")
    (given,) = answer["vergelijkingen"]
    found = comparison("GM0193", "wmo_clients_per_1000")
    assert isinstance(found, Comparison)
    for name, value in {
        "waargenomen": found.observed,
        "waargenomenOndergrens": found.observed_interval.lower,
        "verwacht": found.expected,
        "verwachtOndergrens": found.expected_range.lower,
        "verwachtBovengrens": found.expected_range.upper,
        "verhouding": found.ratio,
        "verhoudingBovengrens": found.ratio_interval.upper,
        "toevalligDuidelijk": found.chance_flags,
    }.items():
        assert given[name] == pytest.approx(value, abs=1e-4), name
    assert (given["plaatsVan"], given["plaatsTot"]) == found.places
    assert given["uitkomst"] == OUTCOME_WORDS[found.verdict]
    assert given["duidelijk"] is found.flagged
    assert given["versieMethode"] == found.method_version
    assert [one["kenmerk"] for one in given["kenmerken"]] == [one.key for one in found.characteristics]
    assert given["redenGeenVergelijking"] is given["uitlegGeenVergelijking"] is None
    assert "verdict" not in str(answer)


@pytest.mark.parametrize(
    ("area", "indicator", "reason"),
    [
        ("GM0114", "wmo_clients_per_1000", "geen-cijfer"),
        ("WK019310", "wmo_clients_per_1000", "geen-gemeente"),
        ("GM0193", "lonely", "rekenmodel"),
        ("GM0193", "population", "geen-uitkomst"),
    ],
)
def test_without_a_comparison_there_is_a_reason_and_no_number(
    client: Client, area: str, indicator: str, reason: str
) -> None:
    (given,) = ask(client, "/vergelijkingen", gebied=area, indicator=indicator)["vergelijkingen"]
    assert given["redenGeenVergelijking"] == reason
    assert given["uitlegGeenVergelijking"].endswith(".")
    assert given["waargenomen"] is given["verwacht"] is given["uitkomst"] is given["duidelijk"] is None


def test_every_reason_of_the_program_has_a_dutch_word() -> None:
    source = (Path(comparing.__file__).parent / "queries.py").read_text(encoding="utf-8")
    compared = source[source.index("def comparison(") : source.index("def comparisons(")]
    helpers = source[source.index("def _barred(") :]
    slugs = re.findall(r'NoComparison\([^"]*"(\w+)"', compared + helpers)
    assert set(slugs) == set(REASON_WORDS)
    assert set(REASON_WORDS.values()) == set(RedenGeenVergelijking)
    assert set(OUTCOME_WORDS) == set(Verdict)


def test_without_filters_all_municipalities_come_by_the_page(client: Client) -> None:
    first = ask(client, "/vergelijkingen", perPagina=7)
    keys = compared_indicators()
    assert first["totaal"] == len(current_municipalities()) * len(keys)
    second = ask(client, "/vergelijkingen", perPagina=7, pagina=2)
    rows = [(row["gebied"], row["indicator"]) for row in first["vergelijkingen"] + second["vergelijkingen"]]
    expected = [(area.code, key) for area in current_municipalities() for key in keys]
    assert rows == expected[:14]


@pytest.mark.parametrize("form", ["csv", "csv-excel", "Accept"])
def test_csv_is_the_whole_file(client: Client, form: str) -> None:
    address = "/api/v1/vergelijkingen?indicator=wmo_clients_per_1000"
    if form == "Accept":
        response = client.get(address, headers={"accept": "text/csv"})
    else:
        response = client.get(f"{address}&formaat={form}")
    assert response["Content-Type"].startswith("text/csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";" if form == "csv-excel" else ","))
    assert len(rows) == len(current_municipalities())
    here = next(row for row in rows if row["gebied"] == "GM0193")
    assert here["waargenomen"] == "11499"
    assert here["uitkomst"] == "binnen-verwachting"
    assert here["duidelijk"] == "nee"
    assert here["paspoort"].endswith("/api/v1/indicatoren/wmo_clients_per_1000")
    assert next(row for row in rows if row["gebied"] == "GM0114")["redenGeenVergelijking"] == "geen-cijfer"


def test_models_say_how_far_they_reach(client: Client) -> None:
    given = ask(client, "/modellen")
    every = model_summaries()
    assert given["totaal"] == len(every)
    for one, shown in zip(every, given["modellen"], strict=True):
        assert (shown["indicator"], shown["periode"]) == (one.indicator, one.period)
        assert shown["verklaard"] == pytest.approx(one.explained, abs=1e-4)
        assert shown["ijking"] == pytest.approx(one.calibration_slope, abs=1e-4)
        assert shown["aantalGemeenten"] == one.areas
        for term in shown["coefficienten"]:
            assert term["ondergrens"] <= term["schatting"] <= term["bovengrens"]
    few = ask(client, "/modellen", indicator="wmo_clients_per_1000")["modellen"]
    assert {one["indicator"] for one in few} == {"wmo_clients_per_1000"}


def test_alike_municipalities_keep_their_order(client: Client) -> None:
    given = ask(client, "/gebieden/GM0193/vergelijkbare-gemeenten")["gemeenten"]
    assert [one["gebied"] for one in given] == [one.code for one in similar("GM0193")]
    assert all(one["redenen"] for one in given)
    assert ask(client, "/gebieden/WK019310/vergelijkbare-gemeenten")["gemeenten"] == []


def test_what_does_not_exist_is_refused_with_what_may_be_meant(client: Client) -> None:
    problem = ask(client, "/vergelijkingen", 400, gebied="zwolle", indicator="wmo_clients", periode="later")
    assert {error["location"]["name"] for error in problem["errors"]} == {"gebied", "indicator"}
    assert {"GM0193", "wmo_clients_per_1000"} <= {one["code"] for one in problem["suggesties"]}
    assert ask(client, "/vergelijkingen", 400, periode="later")["errors"][0]["location"]["name"] == "periode"
    assert ask(client, "/gebieden/zwolle/vergelijkbare-gemeenten", 404)["suggesties"][0]["code"] == "GM0193"
    assert ask(client, "/modellen", 400, indicator="geluk")["errors"]
