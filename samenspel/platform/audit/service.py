# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the other parts use of the audit trail: register an action in `events.py`, record it in `actions.py`."""

from samenspel.platform.audit.actions import Actor, NotAtomic, ObjectRef, Unaudited, audited, record, system_actor
from samenspel.platform.audit.looking import UnknownPurpose, log_look, looks_at, register_purpose
from samenspel.platform.audit.models import AuditEvent, LookKind, LookResult, Result
from samenspel.platform.audit.origin import Origin, OriginKind, bind_origin, current_origin, origin
from samenspel.platform.audit.registry import UnknownAction, register_action

__all__ = [
    "Actor",
    "AuditEvent",
    "LookKind",
    "LookResult",
    "NotAtomic",
    "ObjectRef",
    "Origin",
    "OriginKind",
    "Result",
    "Unaudited",
    "UnknownAction",
    "UnknownPurpose",
    "audited",
    "bind_origin",
    "current_origin",
    "log_look",
    "looks_at",
    "origin",
    "record",
    "register_action",
    "register_purpose",
    "system_actor",
]
