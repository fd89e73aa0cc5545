# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The cache in the database keeps what it is given, for as long as it should, and runs nothing that it reads."""

import base64
import pickle
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenspel.platform.database.cache import TIDIES_EVERY, JsonTableCache

pytestmark = pytest.mark.django_db
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture(autouse=True)
def empty(db: None) -> Iterator[None]:
    cache.clear()
    yield


def rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM samenspel_cache")
        return int(cursor.fetchone()[0])


@given(value=VALUES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_json_can_hold_comes_back(value: Any) -> None:
    cache.set("sleutel", value)
    found = cache.get("sleutel", "nothing")
    assert found == value and type(found) is type(value)


class Intruder:
    """What somebody who can write in the table would leave there."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.mark,)


def test_a_value_that_is_code_is_not_run(tmp_path: Path) -> None:
    mark = tmp_path / "was-run"
    pickled = base64.b64encode(pickle.dumps(Intruder(mark))).decode("ascii")
    cache.set("sleutel", "gewoon")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE samenspel_cache SET value = %s", [pickled])
    assert cache.get("sleutel", "leeg") == "leeg"
    assert not mark.exists()
    pickle.loads(base64.b64decode(pickled))
    assert mark.exists(), "the value would have run"


def test_a_value_is_over_at_its_time() -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        cache.set("kort", 1, 60)
        cache.set("lang", 2, None)
        cache.set("nooit", 3, 0)
        assert cache.get_many(["kort", "lang", "nooit", "onbekend"]) == {"kort": 1, "lang": 2}
    with time_machine.travel(now + timedelta(seconds=59), tick=False):
        assert cache.get("kort") == 1 and not cache.add("kort", 9, 60)
        assert cache.touch("lang", 10) and not cache.touch("onbekend", 10)
    with time_machine.travel(now + timedelta(seconds=70), tick=False):
        assert cache.get("kort") is None and cache.get("lang") is None
        assert cache.add("kort", 4, 60) and cache.get("kort") == 4


def test_forgetting_and_replacing() -> None:
    cache.set("een", [1.5, 2.25])
    cache.set("een", [3.5])
    assert cache.get("een") == [3.5] and rows() == 1
    assert cache.delete("een") and not cache.delete("een")
    assert cache.get("een") is None
    assert cache.incr("teller") if cache.add("teller", 1) else None
    assert cache.get("teller") == 2


def test_what_json_cannot_hold_is_refused() -> None:
    for value in (object(), {1, 2}, b"bytes", float("nan")):
        with pytest.raises((TypeError, ValueError)):
            cache.set("sleutel", value)
    assert rows() == 0


def test_what_cannot_be_written_is_an_error_not_a_silence() -> None:
    with pytest.raises(DatabaseError):
        JsonTableCache("no_such_table", {}).add("sleutel", 1)


def test_rows_that_are_over_are_removed_and_no_more_than_the_most_are_kept() -> None:
    small = JsonTableCache("samenspel_cache", {"OPTIONS": {"MAX_ENTRIES": 5}})
    for number in range(20):
        small.set(f"over-{number}", number, -1)
    for number in range(8):
        small.set(f"lang-{number}", number, 100 + number)
    small.tidy()
    assert rows() == 5
    assert sorted(small.get_many([f"lang-{number}" for number in range(8)]).values()) == [3, 4, 5, 6, 7]
    for number in range(TIDIES_EVERY):
        small.set("dezelfde", number, -1)
    assert rows() <= 6, "writing tidies by itself"


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_takes_the_key() -> None:
    taken: list[bool] = []
    together = threading.Barrier(6)

    def take() -> None:
        try:
            together.wait(timeout=10)
            taken.append(cache.add("slot", True, 60))
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False] * 5 + [True]
