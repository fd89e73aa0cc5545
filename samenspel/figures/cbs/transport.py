# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking a web source politely and stubbornly: timeouts, retries with back-off, Retry-After, size limits."""

import email.utils
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urljoin

import httpx

from samenspel.figures.cbs.errors import Garbled, Refused, Unreachable, UpdateProblem

T = TypeVar("T")

# Answers that ask us to come back: too early, too many, or a fault on their side.
TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Manners:
    """How long to wait and how often to try; seconds and bytes."""

    attempts: int = 6
    # A machine without a network should not be kept waiting half a minute to hear so.
    attempts_before_first_answer: int = 3
    first_wait: float = 1.0
    longest_wait: float = 60.0
    longest_retry_after: float = 600.0
    pause: float = 0.25
    connect_timeout: float = 10.0
    # A page of 100,000 cells is prepared before the first byte comes; users measured 20 s and more.
    read_timeout: float = 120.0
    # Against a server that keeps a connection alive by dripping.
    request_limit: float = 900.0
    largest_answer: int = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Clock:
    """Time and chance, replaceable so that tests wait for nothing."""

    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.monotonic
    wall: Callable[[], datetime] = lambda: datetime.now(UTC)
    chance: Callable[[], float] = random.random


def plain(url: str) -> str:
    """An address for people: without the query, which for us is a filter of half a page."""
    return url.partition("?")[0]


class _LaterError(Exception):
    """This attempt failed in a way that may pass. `after`: seconds the server asked us to wait."""

    def __init__(self, problem: UpdateProblem, after: float | None = None) -> None:
        super().__init__(problem.what)
        self.problem = problem
        self.after = after


class Asker:
    """Fetches documents. One instance per update; use as a context manager.

    `on_bytes(n)` hears of every n bytes received, `on_wait(seconds, why)` of every pause before a retry.
    """

    def __init__(
        self,
        manners: Manners | None = None,
        clock: Clock | None = None,
        on_bytes: Callable[[int], None] = lambda _: None,
        on_wait: Callable[[float, str], None] = lambda _seconds, _why: None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.manners = manners or Manners()
        self.clock = clock or Clock()
        self.on_bytes = on_bytes
        self.on_wait = on_wait
        self.requests = 0
        self._answered = False
        self._client = httpx.Client(
            timeout=httpx.Timeout(self.manners.read_timeout, connect=self.manners.connect_timeout),
            headers={"User-Agent": "Samenspel (figures update)", "Accept": "application/json"},
            transport=transport,
            trust_env=True,
        )

    def __enter__(self) -> "Asker":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    @property
    def answered(self) -> bool:
        """Whether any answer came back at all."""
        return self._answered

    def document(self, url: str, check: Callable[[Any], None] = lambda _: None) -> dict[str, Any]:
        """The JSON object at `url`.

        `check` may raise Garbled for an object that cannot be right; the request is then repeated like a truncated one.
        Raises Unreachable, Refused or Garbled.
        """

        def read(body: bytes, content_type: str) -> dict[str, Any]:
            if "json" not in content_type:
                raise Garbled(f"{plain(url)} answered with {content_type or 'no content type'} instead of JSON")
            try:
                content = json.loads(body)
            except ValueError as error:
                raise Garbled(f"{plain(url)} answered with JSON that breaks off or is damaged") from error
            if not isinstance(content, dict):
                raise Garbled(f"{plain(url)} answered with something other than an object")
            check(content)
            return content

        return self._ask(url, "application/json", read)

    def number(self, url: str) -> int:
        """The bare whole number at `url` (an OData `$count`); CBS puts a byte-order mark before it."""

        def read(body: bytes, _content_type: str) -> int:
            text = body.decode("utf-8-sig", errors="replace").strip()
            if not text.isascii() or not text.isdigit():
                raise Garbled(f"{plain(url)} did not answer with a number")
            return int(text)

        return self._ask(url, "text/plain", read)

    def _ask(self, url: str, accept: str, read: Callable[[bytes, str], T]) -> T:
        attempt = 0
        while True:
            if self.requests:
                self.clock.sleep(self.manners.pause)
            attempt += 1
            try:
                return self._attempt(url, accept, read)
            except _LaterError as later:
                allowed = self.manners.attempts if self._answered else self.manners.attempts_before_first_answer
                if attempt >= allowed:
                    later.problem.what += f" ({attempt} attempts)"
                    raise later.problem from later.__cause__
                seconds = self._wait_before(attempt, later)
                self.on_wait(seconds, later.problem.what)
                self.clock.sleep(seconds)

    def _wait_before(self, attempt: int, later: _LaterError) -> float:
        """Exponential back-off; half of it is chance, so that many installations do not return at once."""
        backoff = min(self.manners.longest_wait, self.manners.first_wait * 2.0 ** (attempt - 1))
        backoff *= 0.5 + 0.5 * self.clock.chance()
        if later.after is None:
            return backoff
        if later.after > self.manners.longest_retry_after:
            minutes = round(later.after / 60)
            later.problem.advice = f"The source asks to come back in {minutes} minutes; run the command again then."
            raise later.problem
        return max(later.after, backoff)

    def _attempt(self, url: str, accept: str, read: Callable[[bytes, str], T]) -> T:
        try:
            status, headers, body = self._receive(url, accept)
        except httpx.TimeoutException as error:
            raise _LaterError(Unreachable(f"{plain(url)} did not answer in time")) from error
        except httpx.RequestError as error:
            raise _LaterError(
                Unreachable(f"No connection with {plain(url)}: {error or type(error).__name__}")
            ) from error
        except httpx.InvalidURL as error:
            raise Refused(f"{plain(url)} is not an address", 0) from error
        self._answered = True
        if status in TRY_AGAIN:
            problem = Unreachable(f"{plain(url)} answered {status}")
            raise _LaterError(problem, self._retry_after(headers.get("retry-after")))
        if status != 200:
            raise Refused(f"{plain(url)} answered {status}", status)
        try:
            return read(body, headers.get("content-type", ""))
        except Garbled as problem:
            raise _LaterError(problem) from problem.__cause__

    def _receive(self, url: str, accept: str, redirects: int = 3) -> tuple[int, httpx.Headers, bytes]:
        self.requests += 1
        began = self.clock.now()
        with self._client.stream("GET", url, headers={"Accept": accept}) as response:
            if response.status_code in REDIRECTS and redirects:
                target = httpx.URL(urljoin(url, response.headers.get("location", "")))
                # A redirect to another host would let whoever answers choose where we go.
                if target.host == httpx.URL(url).host:
                    return self._receive(str(target), accept, redirects - 1)
            body = bytearray()
            counted = 0
            for chunk in response.iter_bytes():
                body += chunk
                self.on_bytes(response.num_bytes_downloaded - counted)
                counted = response.num_bytes_downloaded
                if len(body) > self.manners.largest_answer:
                    raise Refused(f"{plain(url)} answered with more than {self.manners.largest_answer} bytes", 0)
                if self.clock.now() - began > self.manners.request_limit:
                    raise httpx.ReadTimeout("the answer came too slowly")
            return response.status_code, response.headers, bytes(body)

    def _retry_after(self, value: str | None) -> float | None:
        """Seconds to wait by the Retry-After header (RFC 9110, 10.2.3: seconds or a date); None when unreadable."""
        if not value:
            return None
        if value.strip().isdigit():
            return float(value)
        try:
            moment = email.utils.parsedate_to_datetime(value)
        except ValueError:
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return max(0.0, (moment - self.clock.wall()).total_seconds())
