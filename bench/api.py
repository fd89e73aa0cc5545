# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How quickly the API answers, from request to the last byte of the answer, without the network.

Bound: the 50 ms (p95) of one page. Files and pages of a thousand rows are for information.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

from bench.measures import Measure

ASKED = 300
BOUND_MS = 50


def measures() -> list[Measure]:
    """Build the figures in a new folder, then ask in another process."""
    with tempfile.TemporaryDirectory(prefix="samenspel-bench-") as folder:
        environment = {
            **os.environ,
            "SAMENSPEL_DATA": folder,
            "SAMENSPEL_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "samenspel.platform.settings.installed",
        }
        subprocess.run(
            [sys.executable, "-m", "samenspel", "figures", "build"],
            env=environment,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        done = subprocess.run(
            [sys.executable, "-m", "bench.api"], env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    bounds = {"one indicator of one area": BOUND_MS, "all indicators of one area": BOUND_MS, "search": BOUND_MS}
    return [Measure(f"{name}, p95", value, "ms", bounds.get(name)) for name, value in found.items()]


def ask() -> dict[str, float]:
    """The 95th percentile in milliseconds per kind of question, areas and indicators in random order."""
    from django.test import Client

    from samenspel.figures.service import current_municipalities, list_indicators

    client = Client(headers={"host": "localhost"})
    chance = random.Random(7)
    codes = [area.code for area in current_municipalities()]
    keys = [passport.key for passport in list_indicators()]
    pairs = [(chance.choice(codes), chance.choice(keys)) for _ in range(ASKED)]
    questions = {
        "one indicator of one area": [f"/cijfers?gebied={code}&indicator={key}" for code, key in pairs],
        "all indicators of one area": [f"/cijfers?gebied={code}&periode=laatste&perPagina=1000" for code, _ in pairs],
        "districts of a municipality": [f"/cijfers?niveau=wijk&binnen={code}&indicator={key}" for code, key in pairs],
        "recoded series": [f"/cijfers?gebied={code}&indicator={key}&herrekend=true" for code, key in pairs],
        "thousand rows of municipalities": [f"/cijfers?niveau=gemeente&indicator={key}&perPagina=1000" for key in keys],
        "file of all municipalities": [f"/cijfers?niveau=gemeente&indicator={key}&formaat=csv" for key in keys],
        "search": [f"/gebieden?zoek={word}" for word in ("zwol", "amst", "centrum", "haag", "noord")] * 40,
    }
    client.get("/api/v1/cijfers?gebied=NL00")
    return {name: _p95(client, addresses) for name, addresses in questions.items()}


def _p95(client: object, addresses: list[str]) -> float:
    taken = []
    for address in addresses:
        start = time.perf_counter()
        response = client.get(f"/api/v1{address}")  # type: ignore[attr-defined]
        response.getvalue()
        taken.append((time.perf_counter() - start) * 1_000)
        if response.status_code != 200:
            raise RuntimeError(f"{address}: {response.status_code}")
    return statistics.quantiles(taken, n=20)[-1]


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(ask()))  # noqa: T201
