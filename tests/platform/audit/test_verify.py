# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verifier finds whatever was done to the stored chain, and says what it was."""

import hashlib
import json
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenspel.__main__ import main
from samenspel.platform.audit import registry
from samenspel.platform.audit.models import AuditEvent, AuditLink
from samenspel.platform.audit.service import ObjectRef, record, register_action
from samenspel.platform.audit.verify import GENESIS, Fault, head, read_anchor, verify

ROWS = 12
WRITTEN = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
DEEP: Any = "bodem"
for _ in range(200):
    DEEP = {"é": [DEEP, None]}


@pytest.fixture(autouse=True)
def known_action(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registry, "_actions", dict(registry._actions))
    register_action("test.changed", "{actor} veranderde {object} in {value}", detail=("value",))
    yield


def write(*values: Any) -> None:
    for place, value in enumerate(values):
        record(by=None, action="test.changed", on=ObjectRef("test.thing", f"{place}-ü☂"), detail={"value": value})
    connection.check_constraints()


@pytest.fixture
def chain(db: None) -> None:
    write(
        None, DEEP, '𝔘nicode \\ " \x01 \ud800', 1e300, -0.0, [], {}, "", "NULL", True, 12345678901234567890, "laatste"
    )
    with connection.cursor() as cursor:
        for table in ("audit_event", "audit_link", "audit_head"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def faults() -> list[tuple[Fault, int]]:
    return [(finding.fault, finding.place) for finding in verify().findings]


def test_an_untouched_chain_is_intact(chain: None) -> None:
    report = verify()
    assert report.intact
    assert (report.rows, report.place) == (ROWS, ROWS)
    assert head() == (ROWS, report.hash)


def test_an_empty_chain_is_intact(db: None) -> None:
    assert verify().intact
    assert head() == (0, GENESIS.hex())


def test_the_last_rows_alone_can_be_verified(chain: None) -> None:
    assert verify(last=5).rows == 5
    run("UPDATE audit_event SET action = 'x' WHERE id = (SELECT event_id FROM audit_link WHERE seq = 3)")
    assert verify(last=5).intact
    assert not verify(last=10).intact


def test_another_program_computes_the_same_links_from_the_documented_bytes(chain: None) -> None:
    """docs/reference/audit-chain.md, followed to the letter with ordinary values."""

    def part(value: bytes) -> bytes:
        return struct.pack(">i", len(value)) + value

    previous = hashlib.sha256(b"samenspel audit chain").digest()
    for link in AuditLink.objects.order_by("seq"):
        event = AuditEvent.objects.get(pk=link.event_id)
        micros = (event.at - datetime(2000, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
        content = part(struct.pack(">h", 1)) + part(struct.pack(">q", link.seq)) + part(struct.pack(">q", event.id))
        content += part(struct.pack(">q", micros))
        for text in (
            event.actor_kind, event.actor_id, event.actor_role, event.action, event.object_kind, event.object_id,
            event.result, event.origin_kind, event.origin_name, event.address_class, event.correlation_id, event.detail,
        ):  # fmt: skip
            content += part(text.encode())
        previous = hashlib.sha256(previous + content).digest()
        assert bytes(link.hash) == previous


TEXTS = ("actor_kind", "actor_id", "actor_role", "action", "object_kind", "object_id", "result", "origin_kind",
         "origin_name", "address_class", "correlation_id", "detail")  # fmt: skip


COPIED = (
    "INSERT INTO audit_event SELECT id + 1000000, at, actor_kind, actor_id, actor_role, action, object_kind, object_id,"
    " result, origin_kind, origin_name, address_class, correlation_id, detail FROM audit_event"
    " WHERE id = (SELECT event_id FROM audit_link WHERE seq = %s)"
)
EVENT = "id = (SELECT event_id FROM audit_link WHERE seq = %s)"
Statements = list[tuple[str, list[object]]]


@st.composite
def mutations(draw: st.DrawFn) -> Statements:
    """One thing that somebody with all rights could do to what is stored."""
    place = draw(st.integers(1, ROWS))
    other = draw(st.integers(1, ROWS).filter(lambda drawn: drawn != place))
    column = draw(st.sampled_from(TEXTS))
    text = draw(WRITTEN.filter(lambda drawn: len(drawn) <= 10))
    no_event: Statements = [(f"DELETE FROM audit_event WHERE {EVENT}", [place])]
    no_link: Statements = [("DELETE FROM audit_link WHERE seq = %s", [place])]
    lift: Statements = [("UPDATE audit_link SET seq = -seq WHERE seq > %s", [place])]
    known: dict[str, Statements] = {
        "text": [
            (
                f"UPDATE audit_event SET {column} = CASE WHEN {column} = %s THEN 'q' ELSE %s END WHERE {EVENT}",
                [text, text, place],
            )
        ],
        "null": [
            (f"ALTER TABLE audit_event ALTER {column} DROP NOT NULL", []),
            (f"UPDATE audit_event SET {column} = NULL WHERE {EVENT}", [place]),
        ],
        "time": [
            (
                f"UPDATE audit_event SET at = at + %s * interval '1 microsecond' WHERE {EVENT}",
                [draw(st.integers(1, 10**9)), place],
            )
        ],
        "id": [(f"UPDATE audit_event SET id = id + 1000000 WHERE {EVENT}", [place])],
        "no event": no_event,
        "no link": no_link,
        "neither": no_event + no_link,
        "neither, renumbered": [
            *no_event, *no_link, *lift, ("UPDATE audit_link SET seq = -seq - 1 WHERE seq < 0", []),
        ],
        "version": [("UPDATE audit_link SET version = version + 1 WHERE seq = %s", [place])],
        "place": [("UPDATE audit_link SET seq = seq + 1000 WHERE seq = %s", [place])],
        "hash": [("UPDATE audit_link SET hash = %s WHERE seq = %s", [draw(st.binary(max_size=32)), place])],
        "events swapped": [
            ("UPDATE audit_link SET event_id = -event_id WHERE seq IN (%s, %s)", [place, other]),
            (
                "UPDATE audit_link a SET event_id = -b.event_id FROM audit_link b"
                " WHERE a.seq IN (%s, %s) AND b.seq IN (%s, %s) AND a.seq <> b.seq",
                [place, other, place, other],
            ),
        ],
        "links swapped": [
            ("UPDATE audit_link SET seq = -seq WHERE seq IN (%s, %s)", [place, other]),
            (
                "UPDATE audit_link SET seq = CASE WHEN seq = %s THEN %s ELSE %s END WHERE seq < 0",
                [-place, other, place],
            ),
        ],
        "event beside the chain": [(COPIED, [place])],
        "event put in between": [
            (COPIED, [place]),
            *lift,
            ("UPDATE audit_link SET seq = -seq + 1 WHERE seq < 0", []),
            (
                "INSERT INTO audit_link SELECT seq + 1, event_id + 1000000, version, hash FROM audit_link"
                " WHERE seq = %s",
                [place],
            ),
        ],
        "head back": [("UPDATE audit_head SET seq = seq - 1", [])],
        "head's hash": [("UPDATE audit_head SET hash = ''", [])],
        "no head": [("DELETE FROM audit_head", [])],
    }  # fmt: skip
    return known[draw(st.sampled_from(sorted(known)))]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(statements=mutations())
def test_any_single_mutation_of_what_is_stored_is_found(
    chain: None, statements: list[tuple[str, list[object]]]
) -> None:
    assert verify().intact
    mark = transaction.savepoint()
    for statement, values in statements:
        run(statement, *values)
    report = verify()
    transaction.savepoint_rollback(mark)

    assert not report.intact, statements
    assert all(finding.sentence for finding in report.findings)


def test_an_altered_event_is_named(chain: None) -> None:
    run("UPDATE audit_event SET actor_id = 'iemand anders' WHERE id = (SELECT event_id FROM audit_link WHERE seq = 4)")
    assert faults() == [(Fault.ALTERED, 4)]


def test_every_altered_event_is_named(chain: None) -> None:
    run("UPDATE audit_event SET actor_id = 'x' WHERE id IN (SELECT event_id FROM audit_link WHERE seq IN (4, 5, 9))")
    assert faults() == [(Fault.ALTERED, 4), (Fault.ALTERED, 5), (Fault.ALTERED, 9)]


def test_an_altered_hash_is_named_once(chain: None) -> None:
    run("UPDATE audit_link SET hash = sha256('x') WHERE seq = 6")
    report = verify()
    assert [finding.sentence for finding in report.findings] == [
        "Altered: the hash at place 6 was changed; its event is as recorded."
    ]


def test_removed_rows_are_named(chain: None) -> None:
    run("DELETE FROM audit_event WHERE id IN (SELECT event_id FROM audit_link WHERE seq IN (3, 4))")
    run("DELETE FROM audit_link WHERE seq IN (3, 4)")
    assert [finding.sentence for finding in verify().findings] == ["Removed: places 3 to 4 are missing from the chain."]


def test_an_event_that_is_gone_while_its_link_stayed_is_named(chain: None) -> None:
    run("DELETE FROM audit_event WHERE id = (SELECT event_id FROM audit_link WHERE seq = 2)")
    assert faults() == [(Fault.REMOVED, 2)]


def test_a_removed_row_after_which_all_was_renumbered_is_named(chain: None) -> None:
    run("DELETE FROM audit_event WHERE id = (SELECT event_id FROM audit_link WHERE seq = 3)")
    run("DELETE FROM audit_link WHERE seq = 3")
    run("UPDATE audit_link SET seq = -seq WHERE seq > 3")
    run("UPDATE audit_link SET seq = -seq - 1 WHERE seq < 0")
    assert (Fault.REMOVED, 3) in faults()


def test_swapped_events_are_named(chain: None) -> None:
    run("UPDATE audit_link SET event_id = -event_id WHERE seq IN (3, 7)")
    run(
        "UPDATE audit_link a SET event_id = -b.event_id FROM audit_link b"
        " WHERE a.seq IN (3, 7) AND b.seq IN (3, 7) AND a.seq <> b.seq"
    )
    assert [finding.sentence for finding in verify().findings] == [
        "Reordered: the event that belongs at place 3 stands at place 7.",
        "Reordered: the event that belongs at place 7 stands at place 3.",
    ]


def test_a_row_put_in_between_is_named(chain: None) -> None:
    run(
        "INSERT INTO audit_event SELECT id + 1000000, at, actor_kind, 'x', actor_role, action, object_kind, object_id,"
        " result, origin_kind, origin_name, address_class, correlation_id, detail FROM audit_event"
        " WHERE id = (SELECT event_id FROM audit_link WHERE seq = 5)"
    )
    run("UPDATE audit_link SET seq = -seq WHERE seq > 5")
    run("UPDATE audit_link SET seq = -seq + 1 WHERE seq < 0")
    run("INSERT INTO audit_link SELECT 6, event_id + 1000000, version, hash FROM audit_link WHERE seq = 5")
    assert faults()[0] == (Fault.INSERTED, 6)


def test_an_event_beside_the_chain_is_named(chain: None) -> None:
    run(
        "INSERT INTO audit_event SELECT id + 1000000, at, actor_kind, 'x', actor_role, action, object_kind, object_id,"
        " result, origin_kind, origin_name, address_class, correlation_id, detail FROM audit_event LIMIT 1"
    )
    assert faults() == [(Fault.INSERTED, 0)]


def test_a_tail_that_was_cut_off_is_named(chain: None) -> None:
    run("DELETE FROM audit_event WHERE id IN (SELECT event_id FROM audit_link WHERE seq > 10)")
    run("DELETE FROM audit_link WHERE seq > 10")
    assert [finding.sentence for finding in verify().findings] == [
        "Truncated: the chain ends at place 10, but reached 12; 2 rows are gone."
    ]


def test_a_chain_rewritten_with_its_head_is_found_by_an_anchor_noted_elsewhere(chain: None, tmp_path: Path) -> None:
    place, noted = head()
    file = tmp_path / "anchor"
    file.write_text(f"{place}:{noted}\n")
    run("DELETE FROM audit_event WHERE id IN (SELECT event_id FROM audit_link WHERE seq > 10)")
    run("DELETE FROM audit_link WHERE seq > 10")
    run("UPDATE audit_head SET seq = 10, hash = (SELECT hash FROM audit_link WHERE seq = 10)")

    assert verify().intact
    for given_anchor in (str(file), noted, f"{place}:{noted}"):
        assert [finding.fault for finding in verify(anchor=read_anchor(given_anchor)).findings] == [Fault.ANCHOR]


def test_an_anchor_stays_good_while_the_chain_grows(chain: None) -> None:
    place, noted = head()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")
    write("nog een")
    assert verify(anchor=read_anchor(f"{place}:{noted}")).intact


def test_nonsense_is_no_anchor() -> None:
    with pytest.raises(ValueError, match="An anchor is"):
        read_anchor("/does/not/exist")


def test_the_command_says_intact_with_exit_code_0_and_broken_with_1(chain: None) -> None:
    runner = CliRunner()
    good = runner.invoke(main, ["audit", "verify"])
    assert (good.exit_code, good.stdout) == (0, f"Intact: {ROWS} rows. Head: {ROWS}:{head()[1]}\n")
    assert runner.invoke(main, ["audit", "head"]).stdout == f"{ROWS}:{head()[1]}\n"

    run("UPDATE audit_event SET detail = '{}' WHERE id = (SELECT event_id FROM audit_link WHERE seq = 4)")
    broken = runner.invoke(main, ["audit", "verify", "--format", "json"])
    assert broken.exit_code == 1
    assert json.loads(broken.stdout)["findings"][0]["fault"] == "altered"
    assert runner.invoke(main, ["audit", "verify", "--anchor", "x"]).exit_code == 2
