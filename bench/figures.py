# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long a rebuild of the figure store takes, how quickly a page is answered from it, and in how much memory.

Bounds from the issue: a rebuild in 60 s, the figures of one page in 50 ms (p95) with all sources loaded, both in less
than 1 GB. Rebuild and reading are separate processes, so that neither warms up or burdens the other.
"""

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time

from bench.measures import Measure

PAGES = 150
PAGE_BOUND_MS = 50
REBUILD_BOUND_S = 60
MEMORY_BOUND_MB = 1_000
# What a municipality page draws on its map.
MAPPED = ("population", "lonely", "age_65_plus_share", "making_ends_meet_difficult")


def measures() -> list[Measure]:
    """Rebuild in a new folder, then read from it in another process."""
    with tempfile.TemporaryDirectory(prefix="samenspel-bench-") as folder:
        built = _in_new_process("rebuild", folder)
        read = _in_new_process("pages", folder)
    return [
        Measure("rebuild of the whole store", built["seconds"], "s", REBUILD_BOUND_S),
        Measure("memory of the rebuild", built["memory_mb"], "MB", MEMORY_BOUND_MB),
        Measure("figures of a municipality page, median", read["municipality_median_ms"], "ms"),
        Measure("figures of a municipality page, p95", read["municipality_p95_ms"], "ms", PAGE_BOUND_MS),
        Measure("figures of a neighbourhood page, median", read["neighbourhood_median_ms"], "ms"),
        Measure("figures of a neighbourhood page, p95", read["neighbourhood_p95_ms"], "ms", PAGE_BOUND_MS),
        Measure("one indicator for all municipalities, p95", read["snapshot_p95_ms"], "ms", PAGE_BOUND_MS),
        Measure("memory of reading", read["memory_mb"], "MB", MEMORY_BOUND_MB),
        Measure("first page after the start", read["first_ms"], "ms"),
        Measure("indicators", read["indicators"], ""),
        Measure("areas with a value", read["areas"], ""),
        Measure("values", read["values"], ""),
        Measure("store on disk", read["disk_mb"], "MB"),
    ]


def _in_new_process(what: str, folder: str) -> dict[str, float]:
    environment = {
        **os.environ,
        "SAMENSPEL_DATA": folder,
        "DJANGO_SETTINGS_MODULE": "samenspel.platform.settings.installed",
    }
    done = subprocess.run(
        [sys.executable, "-m", "bench.figures", what], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000


def rebuild() -> dict[str, float]:
    """Seconds and memory of building everything from the source files."""
    from django.conf import settings

    from samenspel.figures.build import build_all
    from samenspel.figures.location import store_folder

    start = time.perf_counter()
    outcome = build_all(store_folder(), settings.SOURCES_FOLDER)
    seconds = time.perf_counter() - start
    if outcome.refused:
        raise RuntimeError(f"refused: {[result.table.key for result in outcome.refused]}")
    return {"seconds": seconds, "memory_mb": _memory_mb()}


def pages() -> dict[str, float]:
    """Times of reading what pages need, each area for the first time, in random order."""
    from samenspel.figures.current import current
    from samenspel.figures.location import store_folder
    from samenspel.figures.service import AreaLevel, all_series, children, current_municipalities, snapshot
    from samenspel.figures.service import list_indicators as passports

    keys = [passport.key for passport in passports()]

    def municipality(code: str) -> None:
        all_series(code, keys)
        all_series("NL00", keys)
        for key in MAPPED:
            snapshot(key, level=AreaLevel.DISTRICT, within=code)

    def neighbourhood(code: str) -> None:
        all_series(code, keys)
        all_series("GM" + code[2:6], keys)
        all_series("NL00", keys)

    start = time.perf_counter()
    municipality("GM0193")
    first = time.perf_counter() - start
    chance = random.Random(7)
    codes = [area.code for area in current_municipalities() if area.code != "GM0193"]
    chosen = chance.sample(codes, PAGES)
    small = [chance.choice(children(code, AreaLevel.NEIGHBOURHOOD)).code for code in chance.sample(codes, PAGES)]
    figures: dict[str, float] = {"first_ms": first * 1_000}
    for name, read, these in (("municipality", municipality, chosen), ("neighbourhood", neighbourhood, small)):
        taken = []
        for code in these:
            start = time.perf_counter()
            read(code)
            taken.append((time.perf_counter() - start) * 1_000)
        figures[f"{name}_median_ms"] = statistics.median(taken)
        figures[f"{name}_p95_ms"] = statistics.quantiles(taken, n=20)[-1]
    taken = []
    for key in keys:
        start = time.perf_counter()
        snapshot(key)
        taken.append((time.perf_counter() - start) * 1_000)
    figures["snapshot_p95_ms"] = statistics.quantiles(taken, n=20)[-1]
    figures["memory_mb"] = _memory_mb()
    tables = current().tables
    figures["indicators"] = len(current().inventory)
    figures["values"] = sum(table.values for table in tables)
    figures["areas"] = len({area for index in current().indexes for area in index["area"]})
    files = [path for path in store_folder().rglob("*") if path.is_file()]
    figures["disk_mb"] = sum(path.stat().st_size for path in files) / 1e6
    return figures


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"rebuild": rebuild, "pages": pages}[sys.argv[1]]()))  # noqa: T201
