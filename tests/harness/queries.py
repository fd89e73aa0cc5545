# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Golden numbers of database queries per page (`tests/query_counts.json`); UPDATE_QUERY_COUNTS=1 writes them anew."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

GOLDEN = Path(__file__).resolve().parents[1] / "query_counts.json"


@contextmanager
def counted_queries(name: str) -> Iterator[None]:
    """The block must make exactly the number of queries recorded under `name`."""
    with CaptureQueriesContext(connection) as captured:
        yield
    count = len(captured)
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        _record(name, count)
        return
    golden = json.loads(GOLDEN.read_text())
    listing = "\n".join(query["sql"][:200] for query in captured.captured_queries)
    assert name in golden, (
        f"no golden query count for {name!r}: it makes {count}. UPDATE_QUERY_COUNTS=1 records it.\n{listing}"
    )
    assert count == golden[name], f"{name!r} makes {count} queries, recorded are {golden[name]}:\n{listing}"


def _record(name: str, count: int) -> None:
    with GOLDEN.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # several test processes may record at once
        file.seek(0)
        counts = json.loads(file.read() or "{}")
        counts[name] = count
        file.seek(0)
        file.truncate()
        file.write(json.dumps(dict(sorted(counts.items())), indent=1) + "\n")
