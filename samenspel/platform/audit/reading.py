# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading the trail is itself in the trail."""

from samenspel.platform.accounts.actors import Actor
from samenspel.platform.audit.actions import ObjectRef, audited, record
from samenspel.platform.audit.policies import READERS
from samenspel.platform.audit.queries import Wanted


@audited
def note_reading(*, by: Actor, wanted: Wanted, page: int) -> None:
    """Record that somebody read a page of the trail, and with which filters."""
    asked = {
        "action": wanted.action,
        "person": wanted.person,
        "first": wanted.first.isoformat() if wanted.first else "",
        "last": wanted.last.isoformat() if wanted.last else "",
    }
    record(
        by=by,
        role=next((str(role) for role in READERS if by.holds(role)), ""),
        action="audit.read",
        on=ObjectRef("audit.trail", "all"),
        detail={"page": page, **{key: value for key, value in asked.items() if value}},
    )
