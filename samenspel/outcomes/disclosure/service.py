# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other parts use to publish statistics from people's answers: open a family once, release it each period."""

from samenspel.methods.disclosure import Cell, Family, Method, Reason, Release, Status, Why
from samenspel.outcomes.disclosure.actions import Answer, DisclosureFault, open_family, release
from samenspel.outcomes.disclosure.policies import can_release, check_releases
from samenspel.outcomes.disclosure.queries import (
    KeyUse,
    ReleaseRow,
    budget_left,
    families,
    key_uses,
    published,
    releases,
)

__all__ = [
    "Answer",
    "Cell",
    "DisclosureFault",
    "Family",
    "KeyUse",
    "Method",
    "Reason",
    "Release",
    "ReleaseRow",
    "Status",
    "Why",
    "budget_left",
    "can_release",
    "check_releases",
    "families",
    "key_uses",
    "open_family",
    "published",
    "release",
    "releases",
]
