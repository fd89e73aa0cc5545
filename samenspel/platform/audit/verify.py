# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Checking the audit chain: every link is computed again from what is stored, and a break is put into words.

The canonical bytes are what COPY (FORMAT binary) sends, so the quick pass hashes each row as it arrives. Only when a
link does not fit are the rows from there on read again, slowly, to say what happened.
"""

import hashlib
import re
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from psycopg import sql

GENESIS = hashlib.sha256(b"samenspel audit chain").digest()
WINDOW = 50_000  # rows for each COPY: bounds the work of the server's sort and the wait between two progress steps
MOST_FINDINGS = 20
SIGNATURE = b"PGCOPY\n\xff\r\n\0"
HEADER = len(SIGNATURE) + 8  # flags and the length of the header extension follow
# A row: field count (2 bytes), length and bytes of the hash (4 + 32), and from there on the canonical bytes.
HASH_AT, CANONICAL_AT = 6, 38
# The canonical bytes: version (4 + 2 bytes), place (4 + 8), and from there on the event.
VERSION = struct.Struct(">ih")
PLACE = struct.Struct(">iq")
BODY_AT = VERSION.size + PLACE.size
NULL = b"\xff\xff\xff\xff"

_ROWS = sql.SQL(
    """COPY (SELECT l.hash, l.version, l.seq, e.id, e.at, e.actor_kind, e.actor_id, e.actor_role, e.action,
    e.object_kind, e.object_id, e.result, e.origin_kind, e.origin_name, e.address_class, e.correlation_id, e.detail
    FROM audit_link l LEFT JOIN audit_event e ON e.id = l.event_id
    WHERE l.seq BETWEEN {} AND {} ORDER BY l.seq) TO STDOUT (FORMAT binary)"""
)


class Fault(StrEnum):
    """What was done to the chain."""

    ALTERED = "altered"
    REMOVED = "removed"
    INSERTED = "inserted"
    REORDERED = "reordered"
    TRUNCATED = "truncated"
    HEAD = "head"
    ANCHOR = "anchor"


@dataclass(frozen=True, slots=True)
class Finding:
    """One break: what happened, at which place, in a sentence for an auditor."""

    fault: Fault
    place: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head noted elsewhere: place and hash. Place None: the hash alone was noted."""

    hash: bytes
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome: how many rows were read, the last place and its hash, and what is wrong (nothing: intact)."""

    rows: int
    place: int
    hash: str
    findings: list[Finding] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class _Row:
    place: int
    version: int
    stored: bytes
    body: bytes
    prev: bytes = b""

    @property
    def missing(self) -> bool:
        return self.body[:4] == NULL

    def fits(self, prev: bytes, *, place: int | None = None, body: bytes | None = None) -> bool:
        return _link(prev, self.version, self.place if place is None else place, body or self.body) == self.stored


def read_anchor(given: str) -> Anchor:
    """An anchor from "PLACE:HASH", from a hash alone, or from a file whose last line holds either.

    Raises ValueError when it is none of these.
    """
    text = given.strip()
    path = Path(given)
    if path.is_file():
        lines = [line.strip() for line in path.read_text().splitlines() if line.strip()]
        text = lines[-1] if lines else ""
    match = re.fullmatch(r"(?:(\d+)[:\s]\s*)?([0-9a-fA-F]{64})", text)
    if match is None:
        raise ValueError("An anchor is PLACE:HASH (64 hexadecimal digits), or a file whose last line holds that.")
    return Anchor(bytes.fromhex(match[2]), int(match[1]) if match[1] else None)


def verify(
    *, anchor: Anchor | None = None, last: int | None = None, progress: Callable[[int, int], None] | None = None
) -> Report:
    """Check the chain, or only its `last` rows; `progress` is told rows done and rows in all.

    Reads with bounded memory, beside writers that go on: what is committed later is not looked at. Never raises for a
    broken chain. Bound: 100,000 rows a second (bench/audit.py).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT max(seq) FROM audit_link), (SELECT min(seq) FROM audit_link), h.seq, h.hash,"
            " (SELECT count(*) FROM audit_head) FROM (VALUES (1)) one(id) LEFT JOIN audit_head h ON h.id = one.id"
        )
        end, start, head_place, head_hash, heads = cursor.fetchone() or (None, None, None, None, 0)
    head_hash = bytes(head_hash) if head_hash is not None else None
    end = end or 0
    first, prev = 1, GENESIS
    if last is not None and end - last >= 1:
        first = end - last + 1
        prev = _stored_hash(first - 1) or GENESIS
    elif start is not None:
        first = min(1, start)
    rows, place, hashed, findings = _check(first, end, prev, progress)
    findings += _check_head(place, hashed, head_place, head_hash, heads)
    if last is None:
        findings += _outside_the_chain()
    if anchor is not None:
        findings += _check_anchor(anchor)
    return Report(rows, place, hashed.hex(), findings[:MOST_FINDINGS])


def _check(
    first: int, end: int, prev: bytes, progress: Callable[[int, int], None] | None
) -> tuple[int, int, bytes, list[Finding]]:
    """The quick pass; from the first misfit on the slow one."""
    with transaction.atomic(), _in_order_of_the_links():
        return _pass(first, end, prev, progress)


@contextmanager
def _in_order_of_the_links() -> Iterator[None]:
    """Let the server walk the index of the links and look up each event: no sort, half the work of its own choice."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
        yield
        cursor.execute("SET LOCAL enable_sort = DEFAULT; SET LOCAL enable_bitmapscan = DEFAULT")


def _pass(
    first: int, end: int, prev: bytes, progress: Callable[[int, int], None] | None
) -> tuple[int, int, bytes, list[Finding]]:
    rows, start, sha256 = 0, first, hashlib.sha256
    total = max(end - first + 1, 0)
    while start <= end:
        before, count = prev, 0
        for count, row in enumerate(_copied(start, min(start + WINDOW - 1, end)), start=1):  # noqa: B007
            hashed = sha256(prev + row[CANONICAL_AT:]).digest()
            if hashed != row[HASH_AT:CANONICAL_AT]:
                break
            prev = hashed
        else:
            rows += count
            start += WINDOW
            if progress is not None:
                progress(min(rows, total), total)
            continue
        # `before` fits the row before this window: from there all is read again and put into words.
        read, place, hashed, findings = _explain(start, end, before)
        return rows + read, place, hashed, findings
    return rows, end, prev, []


def _copied(start: int, end: int) -> Iterator[bytes]:
    """The rows of these places as COPY sends them: one message for each row (PostgreSQL manual, 54.2.6)."""
    connection.ensure_connection()
    with (
        connection.connection.cursor() as cursor,
        cursor.copy(_ROWS.format(sql.Literal(start), sql.Literal(end))) as copy,
    ):
        for message in copy:
            row = bytes(message)
            if row.startswith(SIGNATURE):
                row = row[HEADER:]
            if len(row) > 2:  # the trailer is a field count of -1
                yield row


def _parsed(start: int, end: int) -> Iterator[_Row]:
    """The same rows taken apart; also when somebody changed a hash to another length or to NULL."""
    for message in _copied(start, end):
        (length,) = struct.unpack_from(">i", message, 2)
        canonical_at = 6 + max(length, 0)
        _, version = VERSION.unpack_from(message, canonical_at)
        _, place = PLACE.unpack_from(message, canonical_at + VERSION.size)
        yield _Row(place, version, message[6:canonical_at], message[canonical_at + BODY_AT :])


def _link(prev: bytes, version: int, place: int, body: bytes) -> bytes:
    return hashlib.sha256(prev + VERSION.pack(2, version) + PLACE.pack(8, place) + body).digest()


def _explain(start: int, end: int, prev: bytes) -> tuple[int, int, bytes, list[Finding]]:
    """Read from `start` with one row of foresight and say what each misfit means."""
    findings: list[Finding] = []
    misfits: list[_Row] = []
    rows = shift = 0
    expected = start
    excused = False  # the row after an altered hash cannot fit, and is not itself at fault
    stream = _in_windows(start, end)
    row = next(stream, None)
    place = start - 1
    while row is not None:
        following = next(stream, None)
        rows += 1
        if row.place != expected:
            findings.append(_removed(expected, row.place - 1))
        elif excused or row.fits(prev, place=row.place + shift):
            excused = False
        elif row.missing:
            findings.append(_missing(row.place))
        elif following is not None and not following.missing and following.fits(prev, place=row.place + shift):
            findings.append(_inserted(row.place))
            # What follows was bound as if this row were not there.
            shift -= 1
            rows += 1
            row, following = following, next(stream, None)
        elif following is not None and following.fits(row.stored, place=following.place + shift + 1):
            findings.append(_removed_and_renumbered(row.place))
            shift += 1
        elif following is not None and following.fits(
            _link(prev, row.version, row.place + shift, row.body), place=following.place + shift
        ):
            findings.append(_hash_altered(row.place))
            excused = True
        else:
            misfits.append(_Row(row.place, row.version, row.stored, row.body, prev))
        place, prev, expected = row.place, row.stored, row.place + 1
        if len(findings) + len(misfits) > 50 * MOST_FINDINGS:
            break
        row = following
    findings += _altered_or_reordered(misfits)
    findings.sort(key=lambda finding: finding.place)
    return rows, place, prev, findings


def _in_windows(start: int, end: int) -> Iterator[_Row]:
    while start <= end:
        yield from list(_parsed(start, min(start + 1999, end)))
        start += 2000


def _altered_or_reordered(misfits: list[_Row]) -> Iterator[Finding]:
    for row in misfits:
        other = next(
            (other for other in misfits if other is not row and row.fits(row.prev, body=other.body)),
            None,
        )
        if other is not None:
            yield Finding(
                Fault.REORDERED,
                row.place,
                f"Reordered: the event that belongs at place {row.place} stands at place {other.place}.",
            )
        else:
            yield Finding(
                Fault.ALTERED,
                row.place,
                f"Altered: the event at place {row.place} is not what was recorded there.",
            )


def _removed(first: int, last: int) -> Finding:
    places = f"place {first} is" if first == last else f"places {first} to {last} are"
    return Finding(Fault.REMOVED, first, f"Removed: {places} missing from the chain.")


def _missing(place: int) -> Finding:
    return Finding(Fault.REMOVED, place, f"Removed: the event of place {place} is gone; its link is still there.")


def _inserted(place: int) -> Finding:
    return Finding(
        Fault.INSERTED, place, f"Inserted: the row at place {place} was put in later, and what follows was renumbered."
    )


def _removed_and_renumbered(place: int) -> Finding:
    return Finding(
        Fault.REMOVED, place, f"Removed: a row before place {place} is gone, and what follows was renumbered."
    )


def _hash_altered(place: int) -> Finding:
    return Finding(Fault.ALTERED, place, f"Altered: the hash at place {place} was changed; its event is as recorded.")


def _stored_hash(place: int) -> bytes | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM audit_link WHERE seq = %s", [place])
        row = cursor.fetchone()
    return bytes(row[0]) if row is not None and row[0] is not None else None


def _check_head(
    place: int, hashed: bytes, head_place: int | None, head_hash: bytes | None, heads: int
) -> Iterator[Finding]:
    if head_place is None:
        if place > 0 or heads:
            yield Finding(
                Fault.HEAD, place, "The head is missing: a tail that was cut off cannot be noticed without it."
            )
    elif head_place > place:
        yield Finding(
            Fault.TRUNCATED,
            place + 1,
            f"Truncated: the chain ends at place {place}, but reached {head_place}; "
            f"{head_place - place} rows are gone.",
        )
    elif head_place < place:
        yield Finding(
            Fault.INSERTED,
            head_place + 1,
            f"Inserted: the chain goes on to place {place}, but its head stands at {head_place}.",
        )
    elif head_hash != hashed:
        yield Finding(Fault.HEAD, place, f"The head does not hold the hash of place {place}.")
    if heads > 1:
        yield Finding(Fault.HEAD, place, f"There are {heads} heads; there should be one.")


def _outside_the_chain() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), min(e.id) FROM audit_event e LEFT JOIN audit_link l ON l.event_id = e.id"
            " WHERE l.seq IS NULL"
        )
        count, first = cursor.fetchone() or (0, None)
    if count:
        yield Finding(
            Fault.INSERTED,
            0,
            f"Inserted: {count} event(s) stand outside the chain (the first has id {first}): "
            "put in while the triggers were off, or their links were removed.",
        )


def _check_anchor(anchor: Anchor) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        if anchor.place is None:
            cursor.execute("SELECT 1 FROM audit_link WHERE hash = %s LIMIT 1", [anchor.hash])
        else:
            cursor.execute("SELECT 1 FROM audit_link WHERE seq = %s AND hash = %s", [anchor.place, anchor.hash])
        known = cursor.fetchone() is not None
    if not known and not (anchor.place == 0 and anchor.hash == GENESIS):
        where = "" if anchor.place is None else f" at place {anchor.place}"
        yield Finding(
            Fault.ANCHOR,
            anchor.place or 0,
            f"The anchor is not in this chain{where}: everything up to it was rewritten, or the chain was replaced.",
        )


def head() -> tuple[int, str]:
    """Place and hash of the last link, to note elsewhere; (0, the genesis hash) when nothing was recorded."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, hash FROM audit_link ORDER BY seq DESC LIMIT 1")
        row: Any = cursor.fetchone()
    return (int(row[0]), bytes(row[1]).hex()) if row else (0, GENESIS.hex())
