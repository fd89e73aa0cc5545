# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writing the audit trail: record() in the transaction of the change, or not at all."""

import json
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.utils import timezone

from samenspel.platform.audit.models import ActorKind, AuditEvent, Result
from samenspel.platform.audit.origin import Origin, current_origin
from samenspel.platform.audit.registry import find_action

P = ParamSpec("P")
R = TypeVar("R")


class NotAtomic(RuntimeError):
    """record() was called outside a transaction: the change and its event could come apart."""


class Unaudited(RuntimeError):
    """An action ended without an event; its transaction is rolled back."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted: a person by the id of the account, somebody not logged in, or a part of the program by its name."""

    kind: ActorKind
    id: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class ObjectRef:
    """What was acted on, when it is no row of the database (a figure store, a setting) or must be named otherwise."""

    kind: str
    id: str


def system_actor(name: str) -> Actor:
    """The program itself as actor; `name` is the part, such as "jobs"."""
    return Actor(ActorKind.SYSTEM, name)


_recorded: ContextVar[list[AuditEvent] | None] = ContextVar("samenspel_recorded", default=None)


def record(
    *,
    by: Any,
    action: str,
    on: models.Model | ObjectRef,
    result: Result = Result.DONE,
    role: str = "",
    detail: Mapping[str, Any] | None = None,
    origin: Origin | None = None,
) -> AuditEvent:
    """Add one event to the trail, in the transaction of the change it is about.

    `by` is an account (its `public_id`, else `pk`, is kept), AnonymousUser, None (not logged in) or an Actor. `role` is
    the slug of the role in which a person acted. `on` is a saved model instance (kind: its `audit_kind`, else
    "app.model"; id: its `public_id`, else `pk`) or an ObjectRef. `detail` may hold only the keys the action declares,
    and only what JSON can hold. The origin is the one bound to the request, command or job unless given.

    Its time is the database's, set when it is inserted; refresh the event to read it to the microsecond.
    The event takes its place in the chain when the transaction commits; no lock is held before that.
    Raises NotAtomic outside a transaction, UnknownAction, and ValueError for details that are not declared, cannot be
    written as JSON, or for an object without an id.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotAtomic(
            f"{action!r} was recorded outside a transaction. "
            "Put the change and record() together in transaction.atomic()."
        )
    known = find_action(action)
    undeclared = set(detail or {}) - known.detail
    if undeclared:
        raise ValueError(f"The action {action!r} declares no details called {', '.join(sorted(map(str, undeclared)))}.")
    actor, about, source = actor_of(by, role), object_of(on), origin or current_origin()
    event = AuditEvent.objects.create(
        at=timezone.now(),  # the database puts its own clock here (migration 0004)
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_role=actor.role,
        action=action,
        object_kind=about.kind,
        object_id=about.id,
        result=result,
        origin_kind=source.kind,
        origin_name=source.name,
        address_class=source.address_class,
        correlation_id=source.correlation_id,
        detail=canonical_json(detail or {}),
    )
    recorded = _recorded.get()
    if recorded is not None:
        recorded.append(event)
    return event


def audited(action: Callable[P, R]) -> Callable[P, R]:
    """Make a function an action: one transaction, in which at least one event must be recorded.

    Raises Unaudited, and undoes everything, when the function ends without one.
    """

    @wraps(action)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        events: list[AuditEvent] = []
        token = _recorded.set(events)
        try:
            with transaction.atomic():
                given = action(*args, **kwargs)
                if not events:
                    raise Unaudited(f"{action.__module__}.{action.__qualname__} changed something without an event.")
        finally:
            _recorded.reset(token)
        outer = _recorded.get()
        if outer is not None:
            outer.extend(events)
        return given

    return guarded


def canonical_json(value: Any) -> str:
    """One text for one value: sorted keys, no spaces, ASCII with escapes, no NaN. Raises ValueError for the rest."""
    try:
        return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"The details cannot be written as JSON: {type(error).__name__}.") from None


def actor_of(by: Any, role: str = "") -> Actor:
    """Who `by` is: an account, AnonymousUser, None or an Actor. Raises ValueError for an account without an id."""
    if isinstance(by, Actor):
        return by
    # An Actor of accounts for somebody who is not logged in says so by `is_known`.
    if by is None or isinstance(by, AnonymousUser) or getattr(by, "is_known", True) is False:
        return Actor(ActorKind.ANONYMOUS)
    if getattr(by, "pk", None) is None:
        raise ValueError("The actor has no id yet; save the account first.")
    return Actor(ActorKind.PERSON, _lasting_id(by), role)


def object_of(on: models.Model | ObjectRef) -> ObjectRef:
    """Kind and lasting id of an object. Raises ValueError when it has no id yet."""
    if isinstance(on, ObjectRef):
        return on
    if on.pk is None:
        raise ValueError("The object has no id yet; save it before its event is recorded.")
    return ObjectRef(getattr(on, "audit_kind", on._meta.label_lower), _lasting_id(on))


def _lasting_id(of: Any) -> str:
    """The id that also stands in addresses and exports, where there is one: a row number means nothing elsewhere."""
    public = getattr(of, "public_id", None)
    return str(of.pk if public is None else public)
