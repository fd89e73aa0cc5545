# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A local server that speaks CBS OData v4 as observed in public use, with published values and faults on demand.

The values come from the files in data/; no figure here is invented. Behaviour that the tests rely on: a service
document per table, Properties as one object, codes padded with spaces, pages of at most `page_size` cells with
`@odata.nextLink`, `$filter` with eq, ge, startswith, and, or, and `/Observations/$count` as text behind a byte-order
mark.
"""

import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

Row = dict[str, Any]

_TOKEN = re.compile(r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<mark>[(),]))")


def parse_filter(text: str) -> Callable[[Row], bool]:
    """An OData filter as a test on a row: eq, ge, startswith, and, or, brackets."""
    tokens: list[str] = []
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError(f"cannot read the filter at {text[at:]!r}")
        tokens.append(match.group().strip())
        at = match.end()

    def take(expected: str | None = None) -> str:
        token = tokens.pop(0)
        if expected is not None and token != expected:
            raise ValueError(f"expected {expected!r}, found {token!r}")
        return token

    def literal() -> str:
        return take()[1:-1].replace("''", "'")

    def either() -> Callable[[Row], bool]:
        tests = [both()]
        while tokens and tokens[0] == "or":
            take()
            tests.append(both())
        return lambda row: any(test(row) for test in tests)

    def both() -> Callable[[Row], bool]:
        tests = [single()]
        while tokens and tokens[0] == "and":
            take()
            tests.append(single())
        return lambda row: all(test(row) for test in tests)

    def single() -> Callable[[Row], bool]:
        word = take()
        if word == "(":
            inner = either()
            take(")")
            return inner
        if word == "startswith":
            take("(")
            name = take()
            take(",")
            start = literal()
            take(")")
            return lambda row: row[name].startswith(start)
        operator, value = take(), literal()
        if operator == "eq":
            # CBS ignores trailing spaces when it compares codes.
            return lambda row: row[word].rstrip() == value.rstrip()
        if operator == "ge":
            return lambda row: row[word] >= value
        raise ValueError(f"unknown operator {operator!r}")

    test = either()
    if tokens:
        raise ValueError(f"unread: {tokens}")
    return test


@dataclass
class Served:
    """A table as the server holds it."""

    id: str
    title: str
    dimensions: list[Row]
    measures: list[Row]
    codes: dict[str, list[Row]]
    cells: list[Row]
    modified: str = "2026-01-15T02:00:00+01:00"
    version: str = "202601150200"

    def publish_again(self, change: Callable[[list[Row]], list[Row]] = lambda cells: cells) -> None:
        """A new edition, with changed cells."""
        number = int(self.version) + 1
        self.version = str(number)
        self.modified = f"2026-02-{number % 28 + 1:02d}T02:00:00+01:00"
        self.cells = change(self.cells)


@dataclass
class Fault:
    """What goes wrong with one request. `kind` is one of the names in Handler.do_GET."""

    kind: str
    retry_after: str | None = None
    action: Callable[[], None] | None = None


@dataclass
class Seen:
    """One request that came in."""

    path: str
    query: str
    agent: str


class Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"
    # Headers and body go out separately; without this each answer waits 40 ms for an acknowledgement.
    disable_nagle_algorithm = True
    server: "CbsServer"

    def log_message(self, *_: Any) -> None:
        """Keep the test output clean."""

    def do_GET(self) -> None:
        """One document, or what the schedule says goes wrong with it."""
        split = urlsplit(self.path)
        number = self.server.remember(Seen(split.path, split.query, self.headers.get("User-Agent", "")))
        fault = self.server.fault_for(number, split.path)
        kind = fault.kind if fault else ""
        if fault and fault.action:
            fault.action()
        if kind == "reset":
            return self._reset()
        if kind == "hang":
            self.server.stopping.wait(self.server.hang_seconds)
            return self._reset()
        if kind.isdigit():
            extra = {} if fault is None or fault.retry_after is None else {"Retry-After": fault.retry_after}
            return self._send(b"busy", int(kind), "text/plain", extra)
        if kind == "html":
            return self._send(b"<html><body>Onderhoud</body></html>", 200, "text/html; charset=utf-8")
        if kind == "list":
            return self._send(b"[]")
        answer = self._answer(split.path, parse_qs(split.query), kind)
        if answer is None:
            return self._send(b'{"error":{"code":"","message":"not found"}}', 404)
        body, content_type = answer
        if kind == "cut_announced":
            return self._cut(body, announce=True)
        if kind == "cut_silent":
            return self._cut(body, announce=False)
        return self._send(body, 200, content_type)

    def _answer(self, path: str, query: dict[str, list[str]], kind: str) -> tuple[bytes, str] | None:
        parts = path.removeprefix(self.server.prefix).strip("/").split("/")
        table = self.server.tables.get(parts[0])
        if table is None or not path.startswith(self.server.prefix):
            return None
        name = "/".join(parts[1:])
        base = f"{self.server.base}/{table.id}"
        context = f"{base}/$metadata"
        if name == "Properties":
            document: Row = {
                "@odata.context": f"{context}#Properties",
                "Identifier": table.id,
                "Title": table.title,
                "Modified": table.modified,
                "ObservationsModified": table.modified,
                "Version": table.version,
                "ObservationCount": len(table.cells),
                "Status": "Regulier",
                "License": "https://creativecommons.org/licenses/by/4.0/",
            }
            return _json(document)
        try:
            rows = self._rows(table, name.removesuffix("/$count"), query)
        except ValueError:
            return None
        if rows is None:
            return None
        if name.endswith("/$count"):
            return ("\ufeff" + str(len(rows))).encode("utf-8"), "text/plain"
        return self._page(table, name, rows, query, kind)

    def _rows(self, table: Served, name: str, query: dict[str, list[str]]) -> list[Row] | None:
        if name == "":
            names = ["MeasureGroups", "MeasureCodes", "Dimensions"]
            names += [f"{d['Identifier']}Codes" for d in table.dimensions] + ["Observations", "Properties"]
            return [
                {"name": n, "kind": "Singleton" if n == "Properties" else "EntitySet", "url": n}
                for n in names
                if n not in self.server.hidden
            ]
        found = {"MeasureCodes": table.measures, "Dimensions": table.dimensions, "Observations": table.cells}
        found |= {f"{dimension}Codes": rows for dimension, rows in table.codes.items()}
        rows = found.get(name)
        if rows is None or name in self.server.hidden:
            return None
        if "$filter" in query:
            return self.server.filtered(rows, query["$filter"][0])
        return rows

    def _page(
        self, table: Served, name: str, rows: list[Row], query: dict[str, list[str]], kind: str
    ) -> tuple[bytes, str]:
        size = self.server.page_size if name == "Observations" else 100_000
        skip = int(query.get("$skip", ["0"])[0])
        at = max(0, skip - size) if kind == "repeat" else skip
        page = rows[at : at + size]
        more = skip + size < len(rows)
        if kind == "lost_rows":
            page = page[: len(page) // 2]
        if kind == "short_end":
            page, more = page[: len(page) // 2], False
        document: Row = {"@odata.context": f"{self.server.base}/{table.id}/$metadata#{name}", "value": page}
        if more or kind == "loop":
            following = skip if kind == "loop" else skip + size
            condition = f"$filter={quote(query['$filter'][0])}&" if "$filter" in query else ""
            host = "https://elsewhere.example/odata/v1/CBS" if kind == "other_host" else self.server.public_base
            target = "Datasets" if kind == "other_place" else f"{table.id}/{name}"
            document["@odata.nextLink"] = f"{host}/{target}?{condition}$skip={following}"
        if kind == "odd_link":
            document["@odata.nextLink"] = 7
        return _json(document)

    def _send(
        self, body: bytes, status: int = 200, content_type: str = "", extra: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type or "application/json; odata.metadata=minimal")
        self.send_header("Content-Length", str(len(body)))
        for name, value in (extra or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _cut(self, body: bytes, *, announce: bool) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Connection", "close")
        if announce:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2])
        self.close_connection = True

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()


def _json(document: Row) -> tuple[bytes, str]:
    return json.dumps(document).encode(), "application/json; odata.metadata=minimal; charset=utf-8"


@dataclass
class Schedule:
    """Which request meets which fault: by the number of the request, or by its path."""

    by_number: dict[int, Fault] = field(default_factory=dict)
    by_path: list[tuple[str, int, Fault]] = field(default_factory=list)


class CbsServer(ThreadingHTTPServer):
    """The server; a context manager. `base` is what to give as --base-url."""

    daemon_threads = True
    prefix = "/odata/v1/CBS"

    def __init__(self, *tables: Served, page_size: int = 500) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.tables = {table.id: table for table in tables}
        self.page_size = page_size
        self.hidden: set[str] = set()
        self.seen: list[Seen] = []
        self.schedule = Schedule()
        self.hang_seconds = 2.0
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._filtered: dict[tuple[int, str], tuple[list[Row], list[Row]]] = {}
        self.base = f"http://127.0.0.1:{self.server_address[1]}{self.prefix}"
        self.public_base = self.base

    def __enter__(self) -> "CbsServer":
        threading.Thread(target=lambda: self.serve_forever(poll_interval=0.02), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that go away in the middle are part of the tests."""

    def filtered(self, rows: list[Row], text: str) -> list[Row]:
        """The rows that pass a filter, remembered for as long as the server holds these very rows."""
        held = self._filtered.get((id(rows), text))
        if held is None or held[0] is not rows:
            test = parse_filter(text)
            held = self._filtered[id(rows), text] = (rows, [row for row in rows if test(row)])
        return held[1]

    def remember(self, request: Seen) -> int:
        """Its number, from 0."""
        with self._lock:
            self.seen.append(request)
            return len(self.seen) - 1

    def fault_for(self, number: int, path: str) -> Fault | None:
        """The fault that this request meets; faults by path are used up."""
        with self._lock:
            if number in self.schedule.by_number:
                return self.schedule.by_number[number]
            for at, (ending, left, fault) in enumerate(self.schedule.by_path):
                if path.endswith(ending) and left > 0:
                    self.schedule.by_path[at] = (ending, left - 1, fault)
                    return fault
        return None

    def fail(self, ending: str, fault: Fault, times: int = 1) -> None:
        """Let the next `times` requests whose path ends so meet this fault."""
        self.schedule.by_path.append((ending, times, fault))

    def heal(self) -> None:
        """No more faults; forget the requests."""
        with self._lock:
            self.schedule = Schedule()
            self.seen.clear()

    def pages(self) -> Iterator[Seen]:
        """The requests for observations."""
        return (request for request in self.seen if request.path.endswith("/Observations"))

    def wait_for_pages(self, count: int, seconds: float = 20.0) -> None:
        """Until so many pages were asked for. Raises TimeoutError."""
        limit = time.monotonic() + seconds
        while sum(1 for _ in self.pages()) < count:
            if time.monotonic() > limit:
                raise TimeoutError(f"{count} pages were not asked for in {seconds} s")
            time.sleep(0.01)
