# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Error pages: Dutch, with what to do, and without needing what may be broken."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from pytest_django import Settings

from samenspel.pages import root_urls
from samenspel.platform.accounts.policies import NotLoggedIn, SecondFactorMissing
from samenspel.platform.policies import Refusal
from samenspel.platform.security import errors

TROUBLE: dict[str, Exception] = {
    "refusal": Refusal("U werkt niet met deze persoon."),
    "anonymous": NotLoggedIn("Log eerst in."),
    "weak": SecondFactorMissing("Stel eerst een tweede stap in."),
    "denied": PermissionDenied(),
    "suspicious": SuspiciousOperation("secret detail"),
    "big": RequestDataTooBig("secret detail"),
    "bug": RuntimeError("secret detail"),
    "database": OperationalError("secret detail"),
}


def trouble(request: HttpRequest, kind: str) -> HttpResponse:
    raise TROUBLE[kind]


class Urls:
    """The addresses of the program, and one that goes wrong in every way."""

    handler400, handler403 = root_urls.handler400, root_urls.handler403
    handler404, handler500 = root_urls.handler404, root_urls.handler500
    urlpatterns = [path("fout/<slug:kind>/", trouble), *root_urls.urlpatterns]


@pytest.fixture
def visitor() -> Any:
    with override_settings(ROOT_URLCONF=Urls):
        yield Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("kind", "status", "sentence"),
    [
        ("refusal", 403, "U werkt niet met deze persoon."),
        ("denied", 403, "Er is niets veranderd"),
        ("suspicious", 400, "Er is niets veranderd"),
        ("big", 413, "Wat eerder bewaard was, is er nog"),
        ("bug", 500, "Dit ligt niet aan u"),
        ("database", 503, "even niet bereikbaar"),
    ],
)
@pytest.mark.django_db
def test_what_went_wrong_is_said(visitor: Client, kind: str, status: int, sentence: str) -> None:
    answer = visitor.get(f"/fout/{kind}/")
    page = answer.content.decode()
    assert answer.status_code == status
    assert sentence in page and "secret detail" not in page and "Traceback" not in page
    assert '<html lang="nl"' in page and "Naar de voorpagina" in page and "Hulp van een mens" in page
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_the_pages_need_no_database(visitor: Client) -> None:
    # Without the django_db mark every query fails.
    for kind, status in (("bug", 500), ("database", 503), ("refusal", 403)):
        assert visitor.get(f"/fout/{kind}/").status_code == status
    assert visitor.get("/bestaat-niet/").status_code == 404


def test_a_missing_page_offers_a_search(visitor: Client) -> None:
    page = visitor.get("/bestaat-niet/").content.decode()
    assert 'role="search"' in page and "Zoek uw gemeente" in page


def test_a_wrong_method_is_said_in_words(visitor: Client) -> None:
    answer = visitor.get("/demo/stap-uit/")
    assert answer.status_code == 405 and answer["Allow"] == "POST" and "Dit kan hier niet" in answer.content.decode()


def test_the_phone_number_of_the_municipality_is_shown(visitor: Client, settings: Settings) -> None:
    settings.HELP_PHONE = "14 038"
    for address in ("/bestaat-niet/", "/fout/bug/"):
        assert "14 038" in visitor.get(address).content.decode()


def test_when_even_the_layout_is_broken_there_is_a_page(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> str:
        raise ValueError("no manifest")

    monkeypatch.setattr(errors.loader, "render_to_string", broken)
    answer = visitor.get("/fout/bug/")
    assert answer.status_code == 500 and "Dit ligt niet aan u" in answer.content.decode()
    assert "<script" not in answer.content.decode()


def test_who_is_not_logged_in_is_sent_to_log_in_and_back(visitor: Client) -> None:
    assert visitor.get("/fout/anonymous/?a=1")["Location"] == "/inloggen/?next=/fout/anonymous/%3Fa%3D1"
    assert visitor.post("/fout/anonymous/")["Location"] == "/inloggen/?next=/"
    fragment = visitor.get("/fout/anonymous/", headers={"HX-Request": "true"})
    assert fragment.status_code == 204 and fragment["HX-Redirect"] == "/inloggen/?next=/"
    assert visitor.get("/fout/weak/")["Location"] == "/mijn-account/tweede-stap/"


def test_a_form_without_its_token(settings: Settings) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/uitloggen/")
    assert answer.status_code == 403 and "stond te lang open" in answer.content.decode()


@pytest.mark.parametrize("status", errors.TROUBLES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_made_in_both_languages(status: int, language: str) -> None:
    from django.utils import translation

    with translation.override(language):
        page = errors.error_page(RequestFactory().get("/"), status)
    assert page.status_code == status and f'<html lang="{language}"' in page.content.decode()


def test_a_sentence_is_escaped() -> None:
    page = errors.refused(RequestFactory().get("/"), "<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_handlers_are_where_django_and_allauth_look() -> None:
    from django.utils.module_loading import import_string

    for name in ("handler400", "handler403", "handler404", "handler429", "handler500"):
        handler: Callable[..., HttpResponse] = import_string(getattr(root_urls, name))
        assert callable(handler)


@pytest.mark.parametrize("status", errors.TROUBLES)
def test_no_page_promises_what_nobody_does(status: int) -> None:
    said = f"{errors.TROUBLES[status].happened} {errors.TROUBLES[status].todo}".lower()
    for promise in ("krijgt bericht", "werken eraan", "lossen het op", "kijken ernaar"):
        assert promise not in said, "nothing warns anybody: an administrator reads the log"
