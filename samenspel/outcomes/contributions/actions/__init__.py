# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes: every step in the life of a contribution, each in one transaction with its audit event."""

from samenspel.outcomes.contributions.actions.deciding import (
    keep,
    look,
    publish,
    refuse,
    reject_appeal,
    remove,
    reopen,
    uphold_appeal,
    words_of,
)
from samenspel.outcomes.contributions.actions.telling import (
    Draft,
    Sent,
    appeal,
    change,
    check_open,
    check_words,
    place_names,
    report,
    send,
    set_consent,
    wait_days,
    withdraw,
)
from samenspel.outcomes.contributions.actions.time import move_on

__all__ = [
    "Draft",
    "Sent",
    "appeal",
    "change",
    "check_open",
    "check_words",
    "keep",
    "look",
    "move_on",
    "place_names",
    "publish",
    "refuse",
    "reject_appeal",
    "remove",
    "reopen",
    "report",
    "send",
    "set_consent",
    "uphold_appeal",
    "wait_days",
    "withdraw",
    "words_of",
]
