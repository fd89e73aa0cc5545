# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The answer that is owed after publication."""

from samenspel.outcomes.contributions.models import Contribution
from samenspel.platform.service import accounts


def owe(contribution: Contribution, *, by: accounts.Actor) -> str:
    """Put the duty to answer on whoever is responsible for the figure; gives the id of the owed answer, or ""."""
    return ""
