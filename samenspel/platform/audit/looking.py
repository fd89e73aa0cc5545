# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looking at a person's data leaves two traces in the same transaction: one with who looked, one without.

The first (access log, after NEN 7513) is for the resident and the controller; the second (processing log, after the
standard Logboek Dataverwerkingen) is for accounting between organisations. Without both, nothing is shown.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise

from samenspel.platform.audit.actions import NotAtomic, ObjectRef, actor_of, object_of
from samenspel.platform.audit.models import (
    AccessLog,
    ActorKind,
    LookKind,
    LookResult,
    ProcessingLog,
    ProcessingStatus,
)
from samenspel.platform.audit.origin import current_origin
from samenspel.platform.keys import encrypt

# NEN 7513 asks that the log of access to a care record is kept for at least five years.
KEEP_YEARS = 5
SUBJECT_KEY = "processing log: data subject"


class UnknownPurpose(LookupError):
    """A purpose that nobody registered."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why data are looked at: a Dutch half-sentence ("om het gesprek voor te bereiden"), the legal ground (a law and
    article) and the processing activity in the register (a URI that names the version)."""

    slug: str
    sentence: str | Promise
    ground: str
    activity: str


_purposes: dict[str, Purpose] = {}


def register_purpose(slug: str, sentence: str | Promise, *, ground: str, activity: str) -> Purpose:
    """Make a purpose known; call it in the `events.py` of an app.

    Raises ValueError without a ground, for an activity that is no URI, and for a slug that is taken by another.
    """
    if not ground.strip():
        raise ValueError(f"The purpose {slug!r} names no legal ground.")
    if not urlsplit(activity).scheme:
        raise ValueError(f"The processing activity of {slug!r} is no URI.")
    purpose = Purpose(slug, sentence, ground, activity)
    known = _purposes.get(slug)
    if known is not None and (known.ground, known.activity) != (ground, activity):
        raise ValueError(f"The purpose {slug!r} is registered twice.")
    _purposes[slug] = purpose
    return purpose


def find_purpose(slug: str) -> Purpose:
    """The registered purpose; raises UnknownPurpose."""
    try:
        return _purposes[slug]
    except KeyError:
        raise UnknownPurpose(f"No purpose is called {slug!r}. Register it with register_purpose().") from None


def log_look(
    *,
    by: Any,
    role: str,
    subject: models.Model | ObjectRef,
    part: str,
    purpose: str,
    object_id: str = "",
    unit: str = "",
    kind: LookKind = LookKind.READ,
    result: LookResult = LookResult.SHOWN,
    start: datetime | None = None,
    parent_operation_id: bytes | None = None,
) -> AccessLog:
    """Write down, in the caller's transaction, that `by` looks at `part` of the data of `subject` for a purpose.

    Call it before the data are handed out: what cannot be logged must not be seen, so every error is raised. `role` is
    the slug of the role in which the person looks, `unit` the lasting id of the team or organisation. `part` names what
    is looked at ("conversation.report"), `object_id` which one. `start`: when the processing began (now by default).
    `parent_operation_id`: 8 bytes, of the processing this one belongs to.

    Raises NotAtomic outside a transaction, UnknownPurpose, ValueError when nobody is named or a part or role is
    missing, KeyFault when the subject cannot be encrypted, and what the database raises.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotAtomic(
            "A look was logged outside a transaction. Put it and the look together in transaction.atomic()."
        )
    why = find_purpose(purpose)
    actor, whose, source = actor_of(by, role), object_of(subject), current_origin()
    if actor.kind is ActorKind.ANONYMOUS or not actor.id:
        raise ValueError("Nobody looks at a person's data without being known.")
    if not part or not role:
        raise ValueError("A look names the part that is looked at and the role of who looks.")
    now = timezone.now()
    operation = secrets.token_bytes(8)
    keep_until = _years_on(timezone.localdate(now), KEEP_YEARS)
    look = AccessLog.objects.create(
        trace_id=source.correlation_id,
        operation_id=operation.hex(),
        at=now,
        kind=kind,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_role=role,
        actor_unit=unit,
        subject_kind=whose.kind,
        subject_id=whose.id,
        part=part,
        object_id=object_id,
        purpose=purpose,
        ground=why.ground,
        result=result,
        origin_kind=source.kind,
        origin_name=source.name,
        address_class=source.address_class,
        keep_until=keep_until,
    )
    ProcessingLog.objects.create(
        trace_id=bytes.fromhex(source.correlation_id),
        operation_id=operation,
        parent_operation_id=parent_operation_id,
        status=ProcessingStatus.OK if result == LookResult.SHOWN else ProcessingStatus.ERROR,
        name=f"{kind}:{part}",
        start_time=start or now,
        end_time=now,
        processing_activity_id=why.activity,
        data_subject_id=encrypt(SUBJECT_KEY, whose.id),
        data_subject_id_type=whose.kind,
        keep_until=keep_until,
    )
    return look


def looks_at(subject: models.Model | ObjectRef) -> models.QuerySet[AccessLog]:
    """Who looked at this person's data, the last look first."""
    whose = object_of(subject)
    return AccessLog.objects.filter(subject_kind=whose.kind, subject_id=whose.id)


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, month=3, day=1)
