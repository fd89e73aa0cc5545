# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The harness itself catches what it is there for."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client
from django.test.client import ClientHandler

from tests.harness.fragments import element_by_id
from tests.harness.queries import counted_queries
from tests.harness.rows import shuffled_unless_ordered
from tests.harness.scripts import ABOUT_THE_PAGE, OwnScriptError, check_scripts
from tests.harness.templates import UndefinedVariableError


def test_an_undefined_variable_fails() -> None:
    with pytest.raises(UndefinedVariableError, match="nobody"):
        Template("{{ nobody }}").render(Context({}))


def test_a_defined_variable_is_shown() -> None:
    assert Template("{{ somebody }}").render(Context({"somebody": "Ali"})) == "Ali"


@pytest.mark.django_db
def test_rows_without_an_order_are_shuffled_and_rows_with_one_are_not() -> None:
    by_key = [kind.pk for kind in ContentType.objects.order_by("pk")]
    orders = set()
    for seed in map(str, range(5)):
        with shuffled_unless_ordered(seed):
            orders.add(tuple(kind.pk for kind in ContentType.objects.all()))
            assert [kind.pk for kind in ContentType.objects.order_by("pk")] == by_key
    assert len(orders) > 1
    assert {tuple(sorted(order)) for order in orders} == {tuple(by_key)}


@pytest.mark.django_db
def test_a_query_too_many_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UPDATE_QUERY_COUNTS", raising=False)
    with pytest.raises(AssertionError, match="no golden query count"), counted_queries("a page that does not exist"):
        ContentType.objects.count()


def test_an_element_is_found_by_its_id() -> None:
    assert element_by_id('<main><p id="a">x</p></main>', "a") == element_by_id("<p  id='a'>x</p>", "a")
    with pytest.raises(AssertionError, match="0 elements"):
        element_by_id("<p>x</p>", "a")


DATA = '<script type="application/ld+json">{"name": "\\u003c/script\\u003e"}</script>'


def test_scripts_of_ours_and_data_are_let_through() -> None:
    assert check_scripts(f'<script src="/static/a.js" defer></script>{DATA}<p>on=1</p>') == [ABOUT_THE_PAGE]


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<script type="text/javascript">alert(1)</script>',
        '<script type="module" src="/static/a.js"></script>',
        '<script type="application/json">alert(1)</script>',
        '<script type="application/ld+json" src="/static/a.js"></script>',
        '<script type="application/ld+json">{</script>',
        '<script type="application/ld+json">{}</script><script>1</script>',
        '<script src="https://elsewhere.example/a.js"></script>',
        '<script src="//elsewhere.example/a.js"></script>',
        '<script src="/static/a.js">alert(1)</script>',
        '<p onclick="alert(1)">',
        '<a href=" JavaScript:alert(1)">',
        '<iframe srcdoc="<p>"></iframe>',
    ],
)
def test_any_other_script_fails(html: str) -> None:
    with pytest.raises(OwnScriptError):
        check_scripts(html)


def test_each_page_that_a_test_asks_for_is_looked_through(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ClientHandler, "get_response", lambda *_given: HttpResponse("<script>alert(1)</script>"))
    with pytest.raises(OwnScriptError):
        client.get("/")
