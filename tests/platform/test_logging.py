# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Log lines say what happened and where, and never who."""

import json
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from django.conf import settings as project
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from samenspel.platform import logging as logs
from samenspel.platform.audit import registry
from samenspel.platform.audit.models import AuditEvent
from samenspel.platform.audit.service import ObjectRef, record, register_action
from samenspel.platform.settings.proxies import read_trusted_proxies

Lines = Callable[[], list[dict[str, Any]]]
SECRETS = (
    "jan.jansen@example.nl",
    "123456782",
    "93.184.216.34",
    "2001:db8::1",
    "hunter2hunter2",
    "06-12345678",
    "Jansen",
)


def fails(request: HttpRequest) -> HttpResponse:
    try:
        int(request.POST["email"])
    except ValueError as error:
        raise RuntimeError(f"could not save {request.POST['bsn']} for Jansen") from error
    return HttpResponse()


def records(request: HttpRequest, token: str) -> HttpResponse:
    from django.db import transaction

    with transaction.atomic():
        record(by=None, action="test.seen", on=ObjectRef("test", "1"))
    return HttpResponse("ok")


def chatty(request: HttpRequest) -> HttpResponse:
    import logging

    logging.getLogger("some.library").warning("no answer for %s", "jan.jansen@example.nl")  # noqa: TID251
    logging.getLogger("some.library").warning(f"no answer for {SECRETS[0]} at {SECRETS[2]}")  # noqa: TID251
    structlog.get_logger("ours").info("looked", where="call 06-12345678", deep={"to": ["jan.jansen@example.nl"]})
    return HttpResponse()


urlpatterns = [
    path("mislukt/", fails),
    path("zie/<token>/", records),
    path("praat/", chatty),
]


@pytest.fixture(autouse=True)
def own_addresses(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr(registry, "_actions", dict(registry._actions))
    register_action("test.seen", "{actor} zag {object}")


@pytest.fixture
def lines(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    monkeypatch.setattr(logs, "_to_stdout", True)
    logs.configure(project.LOGGING)
    yield lambda: [json.loads(line) for line in capfd.readouterr().out.splitlines()]


def clean(written: list[dict[str, Any]]) -> None:
    text = json.dumps(written)
    assert not [secret for secret in SECRETS if secret in text]


def test_an_error_is_logged_with_type_and_place_but_without_what_was_typed(lines: Lines) -> None:
    client = Client(raise_request_exception=False)
    answer = client.post(
        "/mislukt/?zoek=Jansen",
        {"email": "jan.jansen@example.nl", "bsn": "123456782", "password": "hunter2hunter2"},
        REMOTE_ADDR="93.184.216.34",
    )
    written = lines()

    assert answer.status_code == 500
    error = next(line for line in written if "exception" in line)
    assert (error["event"], error["exception"]["type"]) == ("unhandled error", "RuntimeError")
    assert "tests/platform/test_logging.py" in error["exception"]["frames"][-1]
    assert error["exception"]["because"]["type"] == "ValueError"
    request = next(line for line in written if line["event"] == "request")
    assert (request["route"], request["status"], request["client"]) == ("mislukt/", 500, "public")
    assert error["correlation_id"] == request["correlation_id"] == answer["X-Correlation-Id"]
    clean(written)


def test_an_unknown_address_is_not_repeated(lines: Lines) -> None:
    Client().get("/Jansen/123456782/?q=jan.jansen@example.nl", REMOTE_ADDR="2001:db8::1")
    written = lines()

    assert [(line["event"], line["route"]) for line in written] == [("request", "(unknown)")]
    clean(written)


def test_what_libraries_and_our_own_code_say_is_blotted(lines: Lines) -> None:
    Client().get("/praat/")
    written = lines()

    assert [line["event"] for line in written if line["logger"] == "some.library"] == [
        "no answer for %s", "no answer for [e-mail] at [address]",
    ]  # fmt: skip
    assert next(line for line in written if line["event"] == "looked")["where"] == "call [number]"
    clean(written)


@pytest.mark.django_db
def test_the_audit_event_the_log_line_and_the_caller_share_one_id(lines: Lines, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = read_trusted_proxies("127.0.0.1")
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    Client().get("/zie/geheim-token/", headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01"})

    event = AuditEvent.objects.get()
    assert (event.origin_kind, event.origin_name, event.address_class) == ("request", "/zie/<token>/", "loopback")
    assert event.correlation_id == trace
    assert [line["correlation_id"] for line in lines() if line["event"] == "request"] == [trace]


@pytest.mark.django_db
@pytest.mark.parametrize("trusted", ["", "10.0.0.5"])
def test_a_stranger_does_not_choose_the_id(trusted: str, lines: Lines, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = read_trusted_proxies(trusted)
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    answer = Client().get("/zie/geheim-token/", headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01"})

    (line,) = [line for line in lines() if line["event"] == "request"]
    assert trace != AuditEvent.objects.get().correlation_id == line["correlation_id"] == answer["X-Correlation-Id"]
    assert line["offered_trace"] == trace


@pytest.mark.parametrize(
    "header",
    ["", "nonsense", "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "ff-" + "a" * 32 + "-" + "b" * 16],
)
def test_a_malformed_trace_gets_a_fresh_id(header: str, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = read_trusted_proxies("1")
    first = Client().get("/nergens/", headers={"traceparent": header})
    assert len(first["X-Correlation-Id"]) == 32
    assert set(first["X-Correlation-Id"]) != {"0"}


def test_a_warning_becomes_a_line(lines: Lines) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logs.configure(project.LOGGING)
        import logging

        logging._warnings_showwarning = None  # type: ignore[attr-defined]
        logging.captureWarnings(True)
        warnings.warn("old way, mail jan.jansen@example.nl", DeprecationWarning, stacklevel=1)
    written = lines()
    assert any("DeprecationWarning" in line["event"] for line in written)
    clean(written)


def test_a_command_keeps_its_answer_apart_from_its_log(capfd: pytest.CaptureFixture[str]) -> None:
    logs.configure(project.LOGGING)
    structlog.get_logger("samenspel.ours").info("busy")
    written = capfd.readouterr()
    assert written.out == ""
    assert json.loads(written.err.splitlines()[-1])["event"] == "busy"


def test_the_web_servers_own_lines_name_no_address(lines: Lines) -> None:
    from gunicorn.config import Config

    from samenspel.platform.cli.serve_log import ServerLog

    log = ServerLog(Config())
    try:
        raise ValueError("Jansen")
    except ValueError:
        log.exception("Error handling request %s", "/zoek/?naam=Jansen")
    written = lines()
    assert [(line["event"], line["exception"]["type"]) for line in written] == [
        ("Error handling request %s", "ValueError")
    ]
    clean(written)


@pytest.mark.django_db
def test_what_a_command_changes_carries_its_name() -> None:
    import click
    from click.testing import CliRunner
    from django.db import transaction

    from samenspel.platform.audit.service import current_origin
    from samenspel.platform.cli import start_django

    @click.command("tidy")
    @click.argument("secret")
    def tidy(secret: str) -> None:
        start_django()
        with transaction.atomic():
            record(by=None, action="test.seen", on=ObjectRef("test", "1"))

    outcome = CliRunner().invoke(tidy, ["Jansen"])
    assert outcome.exit_code == 0, outcome.exception
    event = AuditEvent.objects.get()
    assert (event.origin_kind, event.origin_name) == ("command", "tidy")
    assert current_origin().kind == "program"


@pytest.mark.parametrize(
    ("level", "shown"), [("INFO", ["ours", "trouble"]), ("DEBUG", ["ours", "about me", "trouble"])]
)
def test_a_command_shows_no_small_talk_of_libraries(
    level: str, shown: list[str], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "_to_stdout", False)
    logs.configure({"level": level})
    try:
        structlog.get_logger("samenspel.figures").info("ours")
        structlog.get_logger("some.library").info("about me")
        structlog.get_logger("some.library").warning("trouble")
        assert [json.loads(line)["event"] for line in capfd.readouterr().err.splitlines()] == shown
    finally:
        logs.configure(project.LOGGING)
