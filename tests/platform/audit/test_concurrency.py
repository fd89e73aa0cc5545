# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Many writers at once: one chain, without gaps, and nobody waits for anybody in a circle."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction

from samenspel.platform.accounts.models import Organisation, Team
from samenspel.platform.audit import registry
from samenspel.platform.audit.models import AuditEvent, AuditLink
from samenspel.platform.audit.service import ObjectRef, record, register_action
from samenspel.platform.audit.verify import verify
from samenspel.platform.database.roles import WEB

pytestmark = pytest.mark.django_db(transaction=True)
THING = ObjectRef("test.thing", "7")


@pytest.fixture(autouse=True)
def known_action(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registry, "_actions", dict(registry._actions))
    register_action("test.changed", "{actor} veranderde {object} in {value}", detail=("value",))
    yield


def together(*tasks: Callable[[], None]) -> None:
    def closing(task: Callable[[], None]) -> None:
        try:
            task()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        for done in [pool.submit(closing, task) for task in tasks]:
            done.result(timeout=60)


def test_eight_writers_with_rollbacks_make_one_chain_without_gaps() -> None:
    def writer(seed: int) -> Callable[[], None]:
        def write() -> None:
            dice = random.Random(seed)
            for _ in range(15):
                try:
                    with transaction.atomic():
                        for value in range(dice.randint(1, 3)):
                            record(by=None, action="test.changed", on=THING, detail={"value": value})
                        if dice.random() < 0.3:
                            raise LookupError
                except LookupError:
                    pass

        return write

    together(*(writer(seed) for seed in range(8)))

    places = list(AuditLink.objects.order_by("seq").values_list("seq", flat=True))
    assert places == list(range(1, AuditEvent.objects.count() + 1))
    assert verify().intact


def test_an_event_recorded_before_the_change_does_not_hold_up_the_one_who_locked_its_parent() -> None:
    """A foreign key is checked at commit too, and waits for whoever locked the parent row.

    If the head were locked first, the two would wait for each other, and PostgreSQL would end one of them.
    """
    parent = Organisation.objects.create(name="Gemeente Test", kind="municipality", area_code="GM0001")
    locked = threading.Event()

    def locks_the_parent() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            Organisation.objects.select_for_update().get(pk=parent.pk)
            locked.set()
            waits = 0
            for _ in range(400):  # until the other stands in its commit, waiting for this row
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()")
                (waits,) = cursor.fetchone()
                if waits:
                    break
                time.sleep(0.05)
            assert waits
            record(by=None, action="test.changed", on=THING)

    def records_first() -> None:
        assert locked.wait(20)
        with transaction.atomic():
            record(by=None, action="test.changed", on=THING)
            Team.objects.create(organisation=parent, name="Noord")

    together(locks_the_parent, records_first)

    assert Team.objects.count() == 1
    assert verify().rows == 2


COLUMNS = (
    "at, actor_kind, actor_id, actor_role, action, object_kind, object_id, result, origin_kind, origin_name,"
    " address_class, correlation_id, detail"
)
VALUES = "'anonymous', '', '', 'test.changed', 'x', '1', 'done', 'program', '', '', '', '{}'"


def test_the_web_role_adds_events_and_can_do_nothing_else_to_the_trail() -> None:
    with transaction.atomic():
        record(by=None, action="test.changed", on=THING)
    parameters = {**connection.get_connection_params(), "user": WEB}
    parameters.pop("cursor_factory", None)
    parameters.pop("context", None)
    with psycopg.connect(**parameters, autocommit=True) as web:
        web.execute(f"INSERT INTO audit_event ({COLUMNS}) VALUES (now() - interval '1 year', {VALUES})")
        (age,) = web.execute("SELECT clock_timestamp() - at FROM audit_event ORDER BY id DESC LIMIT 1").fetchone() or ()
        assert timedelta() <= age < timedelta(minutes=1), "the time is the database's"
        (applied,) = web.execute("SELECT count(*) FROM django_migrations").fetchone() or ()
        assert applied > 0
        for statement in (
            f"INSERT INTO audit_event (id, {COLUMNS}) VALUES (7, now(), {VALUES})",
            f"INSERT INTO audit_event (id, {COLUMNS}) OVERRIDING SYSTEM VALUE VALUES (7, now(), {VALUES})",
            "INSERT INTO django_migrations (app, name, applied) VALUES ('audit', '9999', now())",
            "UPDATE django_migrations SET applied = now()",
            "DELETE FROM django_migrations",
            "SELECT setval(pg_get_serial_sequence('audit_event', 'id'), 1)",
            "UPDATE audit_event SET action = 'x'",
            "DELETE FROM audit_event",
            "TRUNCATE audit_event",
            "INSERT INTO audit_link VALUES (99, 99, 1, '')",
            "UPDATE audit_link SET hash = ''",
            "DELETE FROM audit_link",
            "UPDATE audit_head SET seq = 0",
            "INSERT INTO audit_head VALUES (2, 0, '')",
            "INSERT INTO audit_turn VALUES (1)",
            "ALTER TABLE audit_event DISABLE TRIGGER USER",
            "DROP FUNCTION audit_bind() CASCADE",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute(statement)
    assert verify().rows == 2
    assert verify().intact


def test_the_owner_cannot_empty_the_trail() -> None:
    with transaction.atomic():
        record(by=None, action="test.changed", on=THING)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER audit_event_no_truncate")
        try:
            with pytest.raises(Exception, match="never changed or removed"):
                cursor.execute("TRUNCATE audit_event")
        finally:
            cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_truncate")
