# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A look at somebody's data leaves two linked traces, or nothing is shown."""

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings

from samenspel.platform import keys
from samenspel.platform.audit import looking
from samenspel.platform.audit.looking import SUBJECT_KEY, UnknownPurpose, log_look, looks_at, register_purpose
from samenspel.platform.audit.models import AccessLog, LookResult, ProcessingLog
from samenspel.platform.audit.service import NotAtomic, ObjectRef, Origin, OriginKind, origin, system_actor

RESIDENT = ObjectRef("person", "8a1f")
LOOK = {"role": "professional", "subject": RESIDENT, "part": "conversation.report", "purpose": "test.prepare"}


@pytest.fixture(autouse=True)
def known_purpose(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.DATA_FOLDER = tmp_path
    monkeypatch.setattr(looking, "_purposes", {})
    register_purpose(
        "test.prepare", "om het gesprek voor te bereiden", ground="Wmo 2015 art. 5.1.1",
        activity="https://register.example/wmo/gesprek/v2",
    )  # fmt: skip
    yield


@pytest.mark.django_db
@time_machine.travel("2028-02-29T12:00:00Z")
def test_a_look_is_written_twice_under_one_id_and_only_one_names_who_looked() -> None:
    with origin(Origin(OriginKind.REQUEST, "/dossier/<id>/", "private", "ab" * 16)):
        log_look(by=system_actor("reporter"), unit="team-noord", object_id="5", **LOOK)

    look, processing = AccessLog.objects.get(), ProcessingLog.objects.get()
    assert (look.actor_id, look.actor_role, look.actor_unit) == ("reporter", "professional", "team-noord")
    assert (look.subject_id, look.part, look.object_id) == ("8a1f", "conversation.report", "5")
    assert (look.purpose, look.ground, look.result) == ("test.prepare", "Wmo 2015 art. 5.1.1", "shown")
    assert str(look.keep_until) == "2033-03-01"
    assert bytes(processing.trace_id).hex() == look.trace_id == "ab" * 16
    assert bytes(processing.operation_id).hex() == look.operation_id
    assert len(bytes(processing.operation_id)) == struct.calcsize("q")
    assert processing.processing_activity_id == "https://register.example/wmo/gesprek/v2"
    stored = str(ProcessingLog.objects.values())
    assert "reporter" not in stored
    assert "8a1f" not in stored
    assert keys.decrypt(SUBJECT_KEY, bytes(processing.data_subject_id)) == "8a1f"
    assert list(looks_at(RESIDENT)) == [look]


@pytest.mark.django_db
def test_the_data_subject_is_still_read_after_the_key_was_rotated() -> None:
    log_look(by=system_actor("reporter"), **LOOK)
    keys.rotate()
    assert keys.decrypt(SUBJECT_KEY, bytes(ProcessingLog.objects.get().data_subject_id)) == "8a1f"


@pytest.mark.django_db
def test_a_refused_look_is_a_look() -> None:
    log_look(by=system_actor("reporter"), result=LookResult.REFUSED, **LOOK)
    assert AccessLog.objects.get().result == "refused"
    assert ProcessingLog.objects.get().status == "ERROR"


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"by": None}, {"role": ""}, {"part": ""}, {"purpose": "curiosity"}])
def test_without_who_what_or_why_nothing_is_logged_and_the_caller_stops(wrong: dict[str, object]) -> None:
    with pytest.raises((ValueError, UnknownPurpose)):
        log_look(**{"by": system_actor("reporter"), **LOOK, **wrong})
    assert not AccessLog.objects.exists()
    assert not ProcessingLog.objects.exists()


@pytest.mark.django_db
def test_when_the_second_trace_cannot_be_written_the_first_is_not_either(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_key(purpose: str, value: str) -> bytes:
        raise keys.KeyFault("gone")

    monkeypatch.setattr(looking, "encrypt", no_key)
    with pytest.raises(keys.KeyFault), transaction.atomic():
        log_look(by=system_actor("reporter"), **LOOK)
    assert not AccessLog.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_logged_or_shown() -> None:
    with pytest.raises(NotAtomic):
        log_look(by=system_actor("reporter"), **LOOK)


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["access_log", "processing_log"])
@pytest.mark.parametrize("change", ["UPDATE {} SET keep_until = now()", "DELETE FROM {}"])
def test_nobody_changes_or_removes_a_look(table: str, change: str) -> None:
    log_look(by=system_actor("reporter"), **LOOK)
    with pytest.raises(IntegrityError, match="never changed or removed"), connection.cursor() as cursor:
        cursor.execute(change.format(table))


def test_a_purpose_needs_a_ground_and_a_uri() -> None:
    with pytest.raises(ValueError, match="no legal ground"):
        register_purpose("x", "x", ground=" ", activity="https://x.example/")
    with pytest.raises(ValueError, match="no URI"):
        register_purpose("x", "x", ground="Wmo", activity="gesprek")
