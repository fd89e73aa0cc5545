# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the other parts use of the audit trail: register an action in `events.py`, record it in `actions.py`."""

from samenspel.platform.audit.actions import Actor, NotAtomic, ObjectRef, Unaudited, audited, record, system_actor
from samenspel.platform.audit.models import AuditEvent, Result
from samenspel.platform.audit.origin import Origin, OriginKind, bind_origin, current_origin, origin
from samenspel.platform.audit.registry import UnknownAction, register_action

__all__ = [
    "Actor",
    "AuditEvent",
    "NotAtomic",
    "ObjectRef",
    "Origin",
    "OriginKind",
    "Result",
    "Unaudited",
    "UnknownAction",
    "audited",
    "bind_origin",
    "current_origin",
    "origin",
    "record",
    "register_action",
    "system_actor",
]
