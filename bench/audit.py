# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How fast the audit trail is written by 8 writers at once, and how fast it is verified.

Bound: 100,000 verified rows a second. Works in a database of its own, on a durable server (fsync as in production).
"""

import os
import statistics
import tempfile
import threading
import time
from pathlib import Path

from bench.measures import Measure

WRITERS = 8
EVENTS_EACH = 250
ROWS = 200_000
BOUND = 100_000  # verified rows a second

_FILL = """
INSERT INTO audit_event (at, actor_kind, actor_id, actor_role, action, object_kind, object_id, result, origin_kind,
    origin_name, address_class, correlation_id, detail)
SELECT now(), 'person', (i %% 997)::text, 'policy-officer', 'bench.written', 'bench.thing', i::text, 'done', 'request',
    '/gemeente/<code>/', 'private', md5(i::text), '{"municipality":"GM0193","role":"councillor","until":"2027-01-01"}'
FROM generate_series(1, %s) i
"""


def run(rows: int = ROWS) -> dict[str, float]:
    """Figures by name: verified rows a second and its ratio to the bound; record() median, p95 and events a second."""
    with tempfile.TemporaryDirectory(prefix="samenspel-bench-") as folder:
        os.environ["SAMENSPEL_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenspel.platform.settings.installed")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from samenspel.platform.audit.verify import verify
        from samenspel.platform.database import embedded, roles

        with roles.as_owner():
            call_command("migrate", verbosity=0)
        figures = _write()
        with connection.cursor() as cursor:
            for _ in range(rows // 1_000):
                cursor.execute(_FILL, [1_000])
            cursor.execute("SELECT count(*) FROM audit_link")
        start = time.perf_counter()
        report = verify()
        seconds = time.perf_counter() - start
        if not report.intact:
            raise RuntimeError(report.findings[0].sentence)
        connection.close()
        embedded.stop(Path(folder))
    rate = report.rows / seconds
    return {"rows": report.rows, "verified_rows_per_second": rate, "ratio_to_bound": rate / BOUND, **figures}


def measures() -> list[Measure]:
    """The figures of `run` against the bound, for `make bench`."""
    found = run()
    return [
        Measure("verified audit rows", found["verified_rows_per_second"], "rows/s", BOUND, "higher"),
        Measure("events recorded by 8 writers", found["record_events_per_second"], "events/s"),
        Measure("one event recorded, median", found["record_median_ms"], "ms"),
        Measure("one event recorded, p95", found["record_p95_ms"], "ms"),
    ]


def _write() -> dict[str, float]:
    from django.db import connection, transaction

    from samenspel.platform.audit.service import ObjectRef, record, register_action

    register_action("bench.written", "{actor} schreef {object}", detail=("value",))
    taken: list[float] = []

    def writer(number: int) -> None:
        for value in range(EVENTS_EACH):
            start = time.perf_counter()
            with transaction.atomic():
                record(by=None, action="bench.written", on=ObjectRef("bench", str(number)), detail={"value": value})
            taken.append(time.perf_counter() - start)
        connection.close()

    threads = [threading.Thread(target=writer, args=[number]) for number in range(WRITERS)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begin
    return {
        "record_median_ms": statistics.median(taken) * 1000,
        "record_p95_ms": statistics.quantiles(taken, n=20)[-1] * 1000,
        "record_events_per_second": len(taken) / seconds,
    }


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:28} {value:12,.1f}")  # noqa: T201
