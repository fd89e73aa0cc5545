# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sweeps over all indicators: one of each sort in the quick suite, all others among the long tests."""

import pytest
from _pytest.mark.structures import ParameterSet

from samenspel.figures.service import list_indicators


def indicators() -> list[ParameterSet]:
    """The keys of all indicators as parameters.

    The first of each combination of unit, kind of uncertainty, levels and breakdowns runs in the quick suite: those
    take different ways through the program. The others carry the mark `slow`; `make slow` and CI run them.
    """
    seen: set[object] = set()
    found = []
    for passport in list_indicators():
        sort = (passport.unit, passport.uncertainty.kind, passport.levels, bool(passport.breakdowns))
        found.append(pytest.param(passport.key, marks=pytest.mark.slow if sort in seen else ()))
        seen.add(sort)
    return found
