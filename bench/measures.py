# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a benchmark gives, where the benchmarks are, and on which machine they ran."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

# name -> module with a function `measures() -> list[Measure]`. Each runs in a process of its own.
BENCHES: dict[str, str] = {
    "figures": "bench.figures",
    "api": "bench.api",
    "audit": "bench.audit",
    "disclosure": "bench.disclosure",
    "methods": "bench.methods_speed",
    "methods-models": "bench.methods_models",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured figure and the bound it must keep; `bound` None: only for information.

    `better` "lower": the value must not be above the bound; "higher": not below it.
    """

    name: str
    value: float
    unit: str
    bound: float | None = None
    better: Literal["lower", "higher"] = "lower"

    @property
    def ratio(self) -> float | None:
        """How much of the bound is used: up to 1 is within it, for both directions. None without a bound."""
        if self.bound is None:
            return None
        if self.better == "lower":
            return self.value / self.bound
        return self.bound / self.value if self.value else float("inf")

    @property
    def within(self) -> bool:
        """Whether the bound is kept."""
        return self.ratio is None or self.ratio <= 1


def machine() -> dict[str, object]:
    """What the figures depend on: processor, cores, memory, load, system, Python."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "processor": models[0] if models else platform.processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(pages / 1e9, 1),
        "load_before": round(os.getloadavg()[0], 2),
        "system": platform.platform(),
        "python": platform.python_version(),
    }
