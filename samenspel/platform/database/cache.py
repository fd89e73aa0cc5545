# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The cache in a table of the one database: values are JSON, so reading one never runs what somebody wrote there.

Django's own cache in the database unpickles what it reads, and answers quietly when it could not write. Here attempts
to log in are counted: what cannot be written is an error.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count
from typing import Any, LiteralString

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils import timezone
from psycopg import sql

TIDIES_EVERY = 200
"""After how many writes of a process the rows that are over are removed."""

Timeout = Any  # seconds, None (never over), or DEFAULT_TIMEOUT: an object of Django's own


class JsonTableCache(BaseCache):
    """Django's cache interface on the table that LOCATION names: (cache_key, value, expires).

    Values are what JSON can hold; a tuple comes back as a list. TypeError or ValueError for the rest.
    """

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._table = sql.Identifier(location)
        self._writes = count(1)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """The value; `default` when it is not there, is over, or is no JSON."""
        return self.get_many([key], version).get(key, default)

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        """Those of the keys that are there (one query)."""
        asked = {self.make_and_validate_key(key, version=version): key for key in keys}
        statement = sql.SQL("SELECT cache_key, value FROM {table} WHERE cache_key = ANY(%s) AND expires > %s")
        with connection.cursor() as cursor:
            cursor.execute(statement.format(table=self._table), [list(asked), timezone.now()])
            rows = cursor.fetchall()
        found = {}
        for stored, text in rows:
            try:
                found[asked[stored]] = json.loads(text)
            except ValueError:
                continue  # written by an older version, or by hand
        return found

    def set(self, key: Any, value: Any, timeout: Timeout = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep the value under the key, in place of what was there."""
        self._write(key, value, timeout, version, only_when_free=False)

    def add(self, key: Any, value: Any, timeout: Timeout = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep the value when the key is free (or what was there is over); of many at once, one is told True."""
        return self._write(key, value, timeout, version, only_when_free=True)

    def touch(self, key: Any, timeout: Timeout = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep what is there for longer or shorter; False when nothing is there."""
        statement = "UPDATE {table} SET expires = %s WHERE cache_key = %s AND expires > %s"
        stored = self.make_and_validate_key(key, version=version)
        return self._changed(statement, self._end(timeout), stored, timezone.now()) > 0

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget the value; False when nothing was there."""
        return (
            self._changed("DELETE FROM {table} WHERE cache_key = %s", self.make_and_validate_key(key, version=version))
            > 0
        )

    def clear(self) -> None:
        """Forget everything."""
        self._changed("DELETE FROM {table}")

    def tidy(self) -> None:
        """Remove what is over, and what is over first as long as there are more than MAX_ENTRIES."""
        self._changed("DELETE FROM {table} WHERE expires <= %s", timezone.now())
        self._changed(
            "DELETE FROM {table} WHERE cache_key IN"
            " (SELECT cache_key FROM {table} ORDER BY expires DESC, cache_key OFFSET %s)",
            self._max_entries,
        )

    def _write(self, key: Any, value: Any, timeout: Timeout, version: int | None, *, only_when_free: bool) -> bool:
        text = json.dumps(value, allow_nan=False)
        written = self._changed(
            "INSERT INTO {table} AS kept (cache_key, value, expires) VALUES (%s, %s, %s)"
            " ON CONFLICT (cache_key) DO UPDATE SET value = EXCLUDED.value, expires = EXCLUDED.expires"
            " WHERE NOT %s OR kept.expires <= %s",
            self.make_and_validate_key(key, version=version),
            text,
            self._end(timeout),
            only_when_free,
            timezone.now(),
        )
        if next(self._writes) % TIDIES_EVERY == 0:
            self.tidy()
        return written > 0

    def _end(self, timeout: Timeout) -> datetime:
        seconds = self.get_backend_timeout(timeout)
        return datetime.max.replace(tzinfo=UTC) if seconds is None else datetime.fromtimestamp(seconds, UTC)

    def _changed(self, statement: LiteralString, *values: str | int | datetime) -> int:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(table=self._table), values)
            return int(cursor.rowcount)
