# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading the trail for its page: what a reader may see, filtered, and the names that belong to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from samenspel.platform.accounts import queries as accounts
from samenspel.platform.accounts.actors import Actor
from samenspel.platform.accounts.models import User
from samenspel.platform.audit.models import ActorKind, AuditEvent


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asks for; empty is everything. `first` and `last` are days, both included."""

    action: str = ""
    person: str = ""
    first: date | None = None
    last: date | None = None


def _id_field(rows: QuerySet[Any]) -> str:
    return "public_id" if any(field.name == "public_id" for field in rows.model._meta.fields) else "pk"


def _ids(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """The ids under which these rows stand in the trail."""
    found: QuerySet[Any, Any] = rows.order_by().annotate(_trail_id=Cast(_id_field(rows), CharField()))
    return found.values("_trail_id")


def _own(actor: Actor) -> dict[str, QuerySet[Any]]:
    """What belongs to the municipalities of the reader, by kind of object."""
    rows: tuple[QuerySet[Any], ...] = (
        accounts.people_of(actor),
        accounts.assignments_of(actor),
        accounts.organisations_of(actor),
        accounts.teams_of(actor),
    )
    return {one.model._meta.label_lower: one for one in rows}


def events(actor: Actor, wanted: Wanted) -> QuerySet[AuditEvent]:
    """Events of people of the reader's municipalities, about them, and of the program itself; newest first.

    What people of another municipality did, and what was done to them, is for the readers there.
    """
    own = _own(actor)
    people = _ids(own[User._meta.label_lower])
    visible = Q(actor_kind=ActorKind.PERSON, actor_id__in=people)
    for kind, rows in own.items():
        visible |= Q(object_kind=kind, object_id__in=_ids(rows))
    visible |= ~Q(actor_kind=ActorKind.PERSON) & ~Q(object_kind__in=own)
    found = AuditEvent.objects.filter(visible)
    if wanted.action:
        found = found.filter(action=wanted.action)
    if wanted.person:
        found = found.filter(
            Q(actor_kind=ActorKind.PERSON, actor_id=wanted.person)
            | Q(object_kind=User._meta.label_lower, object_id=wanted.person)
        )
    if wanted.first is not None:
        found = found.filter(at__gte=_begin(wanted.first))
    if wanted.last is not None:
        found = found.filter(at__lt=_begin(wanted.last + timedelta(days=1)))
    return found.order_by("-id")


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def people(actor: Actor) -> list[tuple[str, str]]:
    """Id and name of everybody of the reader's municipalities, by name."""
    chosen = accounts.people_of(actor).prefetch_related(None).values_list("public_id", "display_name", "pk")
    return [(str(public_id), name) for public_id, name, _ in chosen]


def object_names(actor: Actor, shown: Iterable[AuditEvent]) -> dict[tuple[str, str], str]:
    """What organisations and teams in these events are called, by kind and id; one query for each kind that occurs."""
    named: dict[tuple[str, str], str] = {}
    wanted: dict[str, set[str]] = {}
    for event in shown:
        wanted.setdefault(event.object_kind, set()).add(event.object_id)
    for rows in (accounts.organisations_of(actor), accounts.teams_of(actor)):
        kind = rows.model._meta.label_lower
        if kind in wanted:
            field = _id_field(rows)
            found = rows.filter(**{f"{field}__in": wanted[kind]}).values_list(field, "name")
            named.update({(kind, str(lasting)): name for lasting, name in found})
    return named
