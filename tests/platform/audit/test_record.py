# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""record(): in the transaction of the change, complete, and bound to the chain at commit."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction

from samenspel.platform.audit import registry
from samenspel.platform.audit.models import AuditEvent, AuditHead, AuditLink, AuditTurn
from samenspel.platform.audit.service import (
    NotAtomic,
    ObjectRef,
    Origin,
    OriginKind,
    Result,
    Unaudited,
    UnknownAction,
    audited,
    origin,
    record,
    register_action,
    system_actor,
)

THING = ObjectRef("test.thing", "7")


@pytest.fixture(autouse=True)
def known_action(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registry, "_actions", dict(registry._actions))
    register_action("test.changed", "{actor} veranderde {object} in {value}", detail=("value",))
    yield


def bind() -> None:
    """Do what the end of the transaction does."""
    connection.check_constraints()


@pytest.mark.django_db
def test_an_event_says_who_what_on_what_with_which_result_from_where_and_when() -> None:
    source = Origin(OriginKind.REQUEST, "/gemeente/<code>/", "private", "ab" * 16)
    with origin(source):
        record(
            by=system_actor("jobs"), action="test.changed", on=THING, detail={"value": "groot"}, result=Result.REFUSED
        )

    event = AuditEvent.objects.get()
    assert (event.actor_kind, event.actor_id) == ("system", "jobs")
    assert (event.action, event.object_kind, event.object_id) == ("test.changed", "test.thing", "7")
    assert (event.result, event.detail) == ("refused", '{"value":"groot"}')
    assert (event.origin_kind, event.origin_name, event.address_class) == ("request", "/gemeente/<code>/", "private")
    assert event.correlation_id == "ab" * 16


@pytest.mark.django_db
@pytest.mark.parametrize("by", [None, AnonymousUser()])
def test_somebody_who_is_not_logged_in_is_anonymous(by: object) -> None:
    assert record(by=by, action="test.changed", on=THING).actor_kind == "anonymous"


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded() -> None:
    with pytest.raises(NotAtomic):
        record(by=None, action="test.changed", on=THING)
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_an_unknown_action_is_refused() -> None:
    with pytest.raises(UnknownAction):
        record(by=None, action="test.never-registered", on=THING)


@pytest.mark.django_db
def test_a_detail_that_the_action_does_not_declare_is_refused() -> None:
    with pytest.raises(ValueError, match="declares no details called bsn"):
        record(by=None, action="test.changed", on=THING, detail={"bsn": "1"})


@pytest.mark.django_db
@pytest.mark.parametrize("value", [float("nan"), object(), {1: "a", "b": 2}])
def test_what_json_cannot_hold_is_refused_without_being_repeated(value: object) -> None:
    with pytest.raises(ValueError, match="cannot be written as JSON"):
        record(by=None, action="test.changed", on=THING, detail={"value": value})


def test_a_sentence_may_name_only_declared_details() -> None:
    with pytest.raises(ValueError, match="not declared"):
        register_action("test.wrong", "{actor} gaf {secret}", detail=())


def test_an_action_has_one_sentence() -> None:
    with pytest.raises(ValueError, match="registered twice"):
        register_action("test.changed", "iets anders", detail=("value",))


@pytest.mark.django_db
def test_events_take_consecutive_places_in_the_chain() -> None:
    for value in range(3):
        record(by=None, action="test.changed", on=THING, detail={"value": value})
    bind()

    events = list(AuditEvent.objects.order_by("id").values_list("id", flat=True))
    links = list(AuditLink.objects.order_by("seq"))
    assert [link.event_id for link in links] == events
    assert [link.seq for link in links] == [1, 2, 3]
    head = AuditHead.objects.get()
    assert (head.seq, bytes(head.hash)) == (3, bytes(links[-1].hash))
    assert not AuditTurn.objects.exists()


@pytest.mark.django_db
def test_a_rolled_back_change_leaves_no_gap() -> None:
    record(by=None, action="test.changed", on=THING)
    bind()
    with pytest.raises(RuntimeError, match="undone"), transaction.atomic():
        record(by=None, action="test.changed", on=THING)
        raise RuntimeError("undone")
    record(by=None, action="test.changed", on=THING)
    bind()

    assert list(AuditLink.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET action = 'x'",
        "DELETE FROM audit_event",
        "UPDATE audit_link SET hash = ''",
        "DELETE FROM audit_link",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET seq = seq - 1",
        "UPDATE audit_head SET seq = seq + 2",
    ],
)
def test_the_owner_cannot_rewrite_history(statement: str) -> None:
    record(by=None, action="test.changed", on=THING)
    bind()
    with pytest.raises(IntegrityError, match="never changed or removed"), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_an_action_without_an_event_is_undone() -> None:
    @audited
    def forgetful() -> None:
        AuditHead.objects.create(id=2, seq=0, hash=b"")

    with pytest.raises(Unaudited):
        forgetful()
    assert not AuditHead.objects.filter(id=2).exists()


@pytest.mark.django_db
def test_an_action_may_leave_the_event_to_an_action_within() -> None:
    @audited
    def inner() -> None:
        record(by=None, action="test.changed", on=THING)

    @audited
    def outer() -> str:
        inner()
        return "done"

    assert outer() == "done"
    assert AuditEvent.objects.count() == 1
