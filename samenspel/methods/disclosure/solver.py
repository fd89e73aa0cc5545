# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Linear and integer programs, solved by HiGHS through scipy; sparse matrices, plainly typed."""

from enum import Enum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

Floats = NDArray[np.float64]


class Ending(Enum):
    """How the solver ended."""

    BEST = "best"
    STOPPED = "stopped"  # time was up; there may be an answer that is not proved the best
    IMPOSSIBLE = "impossible"
    FAILED = "failed"  # endless, or numbers that the solver cannot handle: never an answer


class Found(NamedTuple):
    """The values of the unknowns (None without an answer), the equations' prices, and a lower bound of the goal."""

    ending: Ending
    values: Floats | None
    prices: Floats
    bound: float


_ENDINGS = {0: Ending.BEST, 1: Ending.STOPPED, 2: Ending.IMPOSSIBLE, 3: Ending.FAILED, 4: Ending.FAILED}


def lowest(
    goal: Floats,
    system: Any,
    sides: Floats,
    lower: Floats | float,
    upper: Floats | float,
    seconds: float | None = None,
) -> Found:
    """Minimise goal @ x under system @ x = sides and lower <= x <= upper (linear)."""
    solve: Any = optimize.linprog
    low, high = np.broadcast_to(lower, goal.shape), np.broadcast_to(upper, goal.shape)
    found = solve(
        goal, A_eq=system, b_eq=sides, bounds=np.column_stack([low, high]), method="highs",
        options={} if seconds is None else {"time_limit": max(seconds, 0.01)})  # fmt: skip
    values = None if found.x is None else np.asarray(found.x, dtype=np.float64)
    prices = np.zeros(0) if values is None else np.asarray(found.eqlin.marginals, dtype=np.float64)
    return Found(_ENDINGS[found.status], values, prices, float("nan") if values is None else float(found.fun))


def lowest_whole(
    goal: Floats,
    system: Any,
    least: Floats,
    most: Floats | float,
    lower: Floats | float,
    upper: Floats | float,
    seconds: float | None = None,
    gap: float = 0.0,
) -> Found:
    """Minimise goal @ x under least <= system @ x <= most and lower <= x <= upper, x in whole numbers."""
    solve: Any = optimize.milp
    options = {"mip_rel_gap": gap} if seconds is None else {"mip_rel_gap": gap, "time_limit": seconds}
    found = solve(
        goal,
        integrality=np.ones(len(goal), dtype=np.int64),
        bounds=optimize.Bounds(lower, upper),
        constraints=optimize.LinearConstraint(system, least, most),
        options=options,
    )
    values = None if found.x is None else np.asarray(found.x, dtype=np.float64)
    return Found(_ENDINGS[found.status], values, np.zeros(0), float(found.mip_dual_bound or 0.0))
