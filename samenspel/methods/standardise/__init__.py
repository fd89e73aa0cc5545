# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Standardisation: the rate with another mix of ages (direct), or the number this mix leads one to expect (indirect).

`direct` and `indirect` take arrays with the age bands on the last axis; `direct_long` and `indirect_long` take a long
table with one row per group and age band. Any characteristic in bands will do, such as household or origin by age.
"""

from samenspel.methods.standardise.arrays import (
    DIRECT_FROM,
    PUBLISH_FROM,
    Direct,
    Indirect,
    direct,
    indirect,
    publishable,
)
from samenspel.methods.standardise.long import direct_long, indirect_long

__all__ = [
    "DIRECT_FROM",
    "PUBLISH_FROM",
    "Direct",
    "Indirect",
    "direct",
    "direct_long",
    "indirect",
    "indirect_long",
    "publishable",
]
