# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a change came from: a request, a command or a job. Bound once at the edge, read by record()."""

import ipaddress
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum

# W3C Trace Context, 3.2: version, 16 bytes trace, 8 bytes parent, flags, in lower-case hexadecimal.
_TRACEPARENT = re.compile(r"^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?$")


class OriginKind(StrEnum):
    """By which door the change came in."""

    REQUEST = "request"
    COMMAND = "command"
    JOB = "job"
    PROGRAM = "program"  # none of these: a migration, a shell, a test


def new_trace_id() -> str:
    """A fresh correlation id: 16 random bytes as 32 hexadecimal digits, never all zero."""
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a change came from; holds nothing that identifies a person.

    `name` is the kind of address ("/gemeente/<code>/", never the address asked for), the command or the job.
    `address_class` is "loopback", "private", "public" or "" (unknown): the address itself is not kept.
    `correlation_id` links the audit event, access log, processing log and log lines of one request.
    """

    kind: OriginKind
    name: str = ""
    address_class: str = ""
    correlation_id: str = field(default_factory=new_trace_id)


_current: ContextVar[Origin | None] = ContextVar("samenspel_origin", default=None)


def current_origin() -> Origin:
    """The origin bound to this request, command or job; else a new one of kind `program`."""
    bound = _current.get()
    return bound if bound is not None else Origin(OriginKind.PROGRAM)


@contextmanager
def origin(bound: Origin) -> Iterator[Origin]:
    """Bind `bound` to everything recorded within."""
    token = _current.set(bound)
    try:
        yield bound
    finally:
        _current.reset(token)


def bind_origin(bound: Origin) -> None:
    """Bind `bound` until this process ends: for a command, which has one origin for its whole life."""
    _current.set(bound)


def trace_from_header(traceparent: str) -> str:
    """The trace id of a W3C `traceparent` header; "" when the header is absent or malformed."""
    match = _TRACEPARENT.match(traceparent.strip())
    if match is None or set(match[1]) == {"0"} or set(match[2]) == {"0"}:
        return ""
    return match[1]


def address_class(address: str) -> str:
    """What kind of network an address belongs to: "loopback", "private", "public", or "" when it is no address."""
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return ""
    if found.is_loopback:
        return "loopback"
    return "private" if found.is_private or found.is_link_local else "public"
