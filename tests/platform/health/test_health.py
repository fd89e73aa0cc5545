# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The probes and `samenspel check` tell what is wrong and what to do about it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, OperationalError, connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from samenspel.__main__ import main
from samenspel.platform import keys as ring
from samenspel.platform.audit.service import ObjectRef, record, system_actor
from samenspel.platform.health import checks, registry
from samenspel.platform.health.registry import Finding, Level, error, ok, register_check, run_checks, warning


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    monkeypatch.setattr(checks, "_migrated", False)
    monkeypatch.setattr(registry, "_checks", dict(registry._checks))
    # The figure store has its own tests; here a probe must not depend on whether this checkout has one.
    register_check("figures", "Figures", ready=True)(lambda: [ok("There are figures.")])


def found(name: str) -> dict[Level, list[str]]:
    outcome = next(outcome for outcome in run_checks() if outcome.name == name)
    by_level: dict[Level, list[str]] = {}
    for finding in outcome.findings:
        by_level.setdefault(finding.level, []).append(finding.sentence)
    return by_level


@pytest.mark.django_db
def test_alive_asks_no_database(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        answer = Client().get(reverse("health:live"))
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})


@pytest.mark.django_db
def test_ready_when_the_database_answers_and_is_up_to_date() -> None:
    answer = Client().get(reverse("health:ready"))
    assert answer.status_code == 200
    assert [check["name"] for check in answer.json()["checks"]] == ["database", "migrations", "figures"]
    assert "no-cache" in answer["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_without_a_database_says_so_and_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise OperationalError("connection to server at 10.0.0.5, user samenspel_web failed: password hunter2")

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = Client().get(reverse("health:ready"))
    assert answer.status_code == 503
    assert answer.json()["checks"][0]["reason"] == "The database does not answer (OperationalError)."
    assert "hunter2" not in answer.content.decode()
    assert "10.0.0.5" not in answer.content.decode()


@pytest.mark.django_db
def test_not_ready_with_missing_migrations() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations WHERE app = 'audit')"
        )
    answer = Client().get(reverse("health:ready"))
    assert answer.status_code == 503
    assert answer.json()["checks"][1]["reason"] == "1 migrations are not applied."


@pytest.mark.django_db
def test_not_ready_when_a_part_says_so() -> None:
    register_check("own", "Own part", ready=True)(lambda: [error("Away.", "Bring it back.")])
    assert Client().get(reverse("health:ready")).status_code == 503


@pytest.mark.django_db
def test_a_warning_does_not_stop_requests() -> None:
    register_check("own", "Own part", ready=True)(lambda: [warning("Slow.", "Wait.")])
    assert Client().get(reverse("health:ready")).status_code == 200


@pytest.mark.django_db
def test_a_check_that_breaks_is_an_error_without_its_message() -> None:
    def breaks() -> Iterator[Finding]:
        raise DatabaseError("password hunter2")
        yield

    register_check("own", "Own part")(breaks)
    assert found("own") == {Level.ERROR: ["The check itself failed: django.db.utils.DatabaseError."]}


@pytest.mark.django_db
def test_a_guard_that_was_switched_off_is_an_error() -> None:
    assert "The triggers that guard the audit trail are on." not in str(found("rights"))  # the suite switches some off
    with connection.cursor() as cursor:
        for table in ("audit_event", "audit_link"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_no_truncate")
    assert "The triggers that guard the audit trail are on." in found("rights")[Level.OK]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_change")
    assert found("rights")[Level.ERROR] == ["1 of 8 triggers that guard the audit trail are off or gone."]


@pytest.mark.django_db
def test_a_broken_trail_is_an_error() -> None:
    record(by=system_actor("test"), action="job.retried", on=ObjectRef("job", "1"), detail={"name": "x"})
    connection.check_constraints()
    assert "1 of 1 events are intact" in str(found("audit")[Level.OK])
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_event SET object_id = '2'")
    assert found("audit")[Level.ERROR] == ["Altered: the event at place 1 is not what was recorded there."]


@pytest.mark.django_db
def test_without_a_worker_there_is_a_warning() -> None:
    assert found("worker")[Level.WARNING] == ["No worker was seen in the last minute; 0 job(s) wait."]
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert found("worker") == {Level.OK: ["1 worker(s) at work; 0 job(s) wait."]}


@pytest.mark.django_db
def test_a_short_secret_any_host_and_debugging_are_errors(settings: Settings) -> None:
    settings.SECRET_KEY, settings.ALLOWED_HOSTS, settings.DEBUG, settings.DEMO = "short", ["*"], True, False
    assert [list(found(name)) for name in ("secret-key", "hosts", "mode")] == [[Level.ERROR]] * 3


@pytest.mark.django_db
def test_a_key_file_that_others_can_read_is_an_error(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path
    assert list(found("keys")) == [Level.OK]
    ring.encrypt("x", "y")
    assert ring.current_key_id() in found("keys")[Level.OK][0]
    ring.key_file().chmod(0o644)
    assert found("keys")[Level.ERROR] == ["The key file can be read by others."]


@pytest.mark.django_db
def test_the_command_prints_findings_with_what_to_do_and_fails_on_errors(settings: Settings) -> None:
    settings.SECRET_KEY = "short"
    outcome = CliRunner().invoke(main, ["check"])
    assert outcome.exit_code == 1
    assert "error    Secret key: The secret key is short or known.\n         -> Remove SECRET_KEY" in outcome.stdout

    as_json = CliRunner().invoke(main, ["check", "--format", "json"])
    assert as_json.exit_code == 1
    assert json.loads(as_json.stdout)["healthy"] is False
    assert {check["name"] for check in json.loads(as_json.stdout)["checks"]} >= {"database", "audit", "worker", "keys"}


def test_a_configuration_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    outcome = subprocess.run(
        [sys.executable, "-m", "samenspel", "check"], capture_output=True, text=True, timeout=120,
        env={**os.environ, "SAMENSPEL_DATA": str(tmp_path), "SAMENSPEL_OIDC_FILE": str(tmp_path / "gone.yaml"),
             "DJANGO_SETTINGS_MODULE": "samenspel.platform.settings.installed"},
    )  # fmt: skip
    assert outcome.returncode == 1
    assert "gone.yaml" in outcome.stderr
    assert "Traceback" not in outcome.stderr
