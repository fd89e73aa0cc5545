# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two releases at the same moment, and a release that is stopped half-way: no key is used twice or lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from samenspel.methods.disclosure import Family, Method, Why
from samenspel.outcomes.disclosure import actions, models, queries
from samenspel.outcomes.disclosure.actions import DisclosureFault
from samenspel.platform.service import audit
from tests.outcomes.disclosure.test_releases import CALENDAR, answers, opened, released

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    start = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=30)
            return work()
        except DisclosureFault as fault:
            return fault
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_of_two_releases_of_one_period_one_appears() -> None:
    opened()
    given = at_once(*[lambda: released(answers(), "2026-Q1")] * 3)
    assert sum(isinstance(one, DisclosureFault) for one in given) == 2
    assert [(row.number, row.key_id) for row in queries.releases()] == [
        (1, next(one.key_id for one in given if not isinstance(one, DisclosureFault)))
    ]
    assert models.NoiseKey.objects.count() == 1


def test_two_families_do_not_overspend_their_budget_together() -> None:
    for key in ("debt", "violence"):
        opened(Family(key, ("yes", "no"), Method.LAPLACE, epsilon=Fraction(3, 4), population="panel", question=key))
    given = at_once(
        lambda: released(answers(), "2026-Q1", "debt"),
        lambda: released(answers(), "2026-Q1", "violence"),
    )
    assert sorted(one.why for one in given) == [Why.BATCH, Why.BUDGET]
    assert queries.budget_left("panel", 2026) == Fraction(1, 4)


@pytest.mark.parametrize("place", ["NoiseKey.objects.create", "Release.objects.create", "audit.record"])
def test_a_release_that_stops_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    opened()
    first = released(answers(), "2026-Q1")
    memory = bytes(models.Family.objects.get().memory or b"")
    with monkeypatch.context() as patch:
        real: Any = actions
        for name in place.split("."):
            real = getattr(real, name)

        def stops(*given: Any, **named: Any) -> None:
            real(*given, **named)
            raise KeyboardInterrupt

        patch.setattr(f"samenspel.outcomes.disclosure.actions.{place}", stops)
        with pytest.raises(KeyboardInterrupt):
            released(answers(60), "2026-Q2")
    assert bytes(models.Family.objects.get().memory or b"") == memory
    assert [use.releases for use in queries.key_uses()] == [(1,)]
    assert audit.AuditEvent.objects.filter(action="disclosure.released").count() == 1
    second = actions.release(family="lonely", table=answers(60), period="2026-Q2", by=CALENDAR)
    assert (second.number, second.computed) == (2, 2) and second.key_id != first.key_id
