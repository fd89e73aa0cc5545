# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The running API keeps what its OpenAPI document promises, for questions nobody thought of (schemathesis).

All checks of schemathesis on the real figures: documented statuses, forms, headers and messages, refusal of wrong
input and of other methods, no crash. The quick suite asks some dozens of questions per operation, `-m slow` thousands.
"""

from collections import Counter
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig

pytestmark = pytest.mark.django_db
asked: Counter[str] = Counter()


CONFIG = SchemathesisConfig.from_dict(
    {
        "checks": {
            # What the document cannot say: which codes exist, and that a question names an area or a level. Such a
            # question gets 400, or 404 when the address itself names what does not exist.
            "positive_data_acceptance": {"expected-statuses": ["2xx", "400", "404"]},
            "negative_data_rejection": {"expected-statuses": ["400", "404", "406"]},
        },
    }
)
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application(), config=CONFIG)


@pytest.fixture(autouse=True)
def _figures(figure_store: object) -> None:
    """Answers come from real figures."""


def check(case: Any) -> None:
    """Ask, and hold the answer against the document and what every answer must have."""
    response = case.call()
    asked[f"{case.method} {case.path}"] += 1
    case.validate_response(response)
    assert response.status_code < 500
    assert "api-version" in response.headers
    if response.status_code >= 400:
        problem = response.json()
        assert problem["status"] == response.status_code
        assert response.status_code != 400 or problem["errors"], "a refusal says what is wrong"


@schema.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_the_api_keeps_its_promises(case: Any) -> None:
    """Quick: the same questions every time."""
    check(case)


@pytest.mark.slow
@schema.parametrize()
@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_api_keeps_its_promises_at_length(case: Any) -> None:
    """Slow: other questions every time."""
    check(case)


def real_questions() -> st.SearchStrategy[dict[str, Any]]:
    """Questions to /cijfers that can be answered: codes, keys and words that exist, in any combination."""
    codes = ["NL00", "PV23", "GM0193", "gm0014", "GM0788", "GM1982", "WK019310", "BU01931000"]
    around = st.fixed_dictionaries({"niveau": st.sampled_from(["gemeente", "wijk", "buurt", "regio"])})
    several = st.lists(st.sampled_from(["population", "lonely", "age_65_plus_share"]), min_size=1, max_size=3)
    rest = {
        "periode": st.lists(st.sampled_from(["2024", "2020", "2010-2014", "laatste"]), max_size=2),
        "uitsplitsing": st.lists(st.sampled_from(["", "alle", "leeftijd=65+", "geslacht=vrouwen"]), max_size=2),
        "formaat": st.sampled_from(["json", "csv", "csv-excel"]),
        "pagina": st.integers(1, 3),
        "perPagina": st.integers(1, 50),
    }
    of_areas = st.fixed_dictionaries(
        {"gebied": st.lists(st.sampled_from(codes), min_size=1, max_size=4)},
        optional={"indicator": several, "herrekend": st.booleans(), **rest},
    ).filter(lambda query: not query.get("herrekend") or "indicator" in query)
    of_levels = st.fixed_dictionaries(
        {"indicator": several, "binnen": st.sampled_from(["GM0193", "PV23", "NL00"])}, optional=rest
    )
    return st.one_of(of_areas, st.builds(lambda level, query: {**level, **query}, around, of_levels))


def ask_real(query: dict[str, Any]) -> None:
    """A question that can be answered is answered, in the form that was asked for."""
    case = schema["/cijfers"]["GET"].Case(query=query)
    response = case.call()
    asked["GET /cijfers"] += 1
    assert response.status_code == 200, response.text
    case.validate_response(response)
    form = "application/json" if query.get("formaat", "json") == "json" else "text/csv"
    assert response.headers["content-type"][0].startswith(form)
    if form == "application/json":
        for figure in response.json()["cijfers"]:
            ends = figure["ondergrens"], figure["bovengrens"]
            assert (
                (None in ends) == (ends == (None, None)) == bool(figure["redenGeenMarge"] and figure["uitlegGeenMarge"])
            )
            assert ends[0] is None or ends[0] <= figure["waarde"] <= ends[1]
            assert (figure["zekerheid"] is None) == (figure["soortMarge"] is None) == (ends[0] is None)
            assert figure["versieMethode"]
            assert (figure["waarde"] is None) == (figure["status"] == "geen-cijfer") == bool(figure["redenGeenCijfer"])


@given(real_questions())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_real_questions_are_answered(query: dict[str, Any]) -> None:
    """Quick."""
    ask_real(query)


@pytest.mark.slow
@given(real_questions())
@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
def test_real_questions_are_answered_at_length(query: dict[str, Any]) -> None:
    """Slow."""
    ask_real(query)


def test_questions_were_asked() -> None:
    """After the tests above; alone it has nothing to say."""
    if asked:
        assert len({name.partition(" ")[2] for name in asked}) == 10
        assert sum(asked.values()) > 100
