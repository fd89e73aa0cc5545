# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What time does: end waits, close terms of objection, erase old refused texts."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from samenspel.outcomes.contributions import queries
from samenspel.outcomes.contributions.actions.steps import PROGRAM, erase, offer_when_due, record, take
from samenspel.outcomes.contributions.models import Contribution


def move_on(*, now: datetime | None = None) -> int:
    """Do what time does: end waits, close terms of objection, erase old refused texts; gives how many steps.

    Each in a transaction of its own: a program that is stopped half-way has done the ones before.
    """
    moment = now or timezone.now()
    steps = 0
    for pk in list(queries.overdue(moment).values_list("pk", flat=True)):
        steps += _in_time(pk, lambda found: offer_when_due(found, moment))
    for pk in list(queries.past_appeal(moment).values_list("pk", flat=True)):
        steps += _in_time(pk, lambda found: _close_when_due(found, moment))
    for pk in list(queries.to_erase(moment).values_list("pk", flat=True)):
        steps += _in_time(pk, lambda found: _erase_when_due(found, moment))
    return steps


def _in_time(pk: int, step: Callable[[Contribution], bool]) -> int:
    with transaction.atomic():
        found = Contribution.objects.select_for_update().get(pk=pk)
        return int(step(found))


def _close_when_due(found: Contribution, now: datetime) -> bool:
    if not queries.past_appeal(now).filter(pk=found.pk).exists():
        return False
    take(PROGRAM, "closed", found)
    return True


def _erase_when_due(found: Contribution, now: datetime) -> bool:
    if not queries.to_erase(now).filter(pk=found.pk).exists():
        return False
    erase(found)
    found.save()
    record(PROGRAM, "erased", found)
    return True
