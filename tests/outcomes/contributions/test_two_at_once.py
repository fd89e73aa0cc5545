# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two people at the same moment, and a program that is stopped half-way."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from samenspel.outcomes.contributions import actions, queries
from samenspel.outcomes.contributions.models import Consent, Contribution, Decision
from samenspel.outcomes.contributions.states import Reason, State
from samenspel.platform.service import Refusal, accounts
from tests.outcomes.contributions.conftest import draft, holder

pytestmark = pytest.mark.django_db(transaction=True)
Story = Callable[..., Contribution]


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each gives or raises when all begin at the same moment, on connections of their own."""
    start = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=30)
            return work()
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_of_two_moderators_the_second_is_told(story: Story, clerk: accounts.Actor, second: accounts.Actor) -> None:
    found = story()
    given = at_once(
        lambda: actions.publish(by=clerk, contribution=found, version=found.version),
        lambda: actions.refuse(
            by=second, contribution=found, version=found.version, reason=Reason.TWICE, words="Dubbel."
        ),
    )
    refusals = [one for one in given if isinstance(one, Refusal)]
    assert len(refusals) == 1 and "net voor" in str(refusals[0])
    assert Decision.objects.count() == 1


def test_a_text_that_is_withdrawn_meanwhile_is_not_published(story: Story, clerk: accounts.Actor) -> None:
    found = story()
    at_once(
        lambda: actions.withdraw(by=holder(found), contribution=found),
        lambda: actions.publish(by=clerk, contribution=found, version=found.version),
    )
    gone = Contribution.objects.get(pk=found.pk)
    assert gone.state == State.WITHDRAWN and gone.published is None


def test_a_form_sent_by_two_presses_is_one_text(clerk: accounts.Actor) -> None:
    send = lambda: actions.send(by=accounts.NOBODY, draft=draft(), token="one form").code  # noqa: E731
    codes = at_once(send, send, send)
    assert len(set(codes)) == 1 and Contribution.objects.count() == 1
    assert Consent.objects.count() == 2


def test_two_workers_end_a_wait_once(story: Story) -> None:
    found = story(waiting=True)
    Contribution.objects.filter(pk=found.pk).update(wait_until=found.sent_at)
    assert sorted(at_once(actions.move_on, actions.move_on)) == [0, 1]


@pytest.mark.parametrize("step", ["publish", "withdraw", "send"])
def test_stopped_half_way_leaves_all_as_it_was(
    story: Story, clerk: accounts.Actor, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    from samenspel.platform.audit import service as audit

    found = story()
    before = Contribution.objects.values().get(pk=found.pk)

    def stopped(**_: Any) -> None:
        raise KeyboardInterrupt

    # The audit event is the last thing that each action writes: everything before it must go as well.
    monkeypatch.setattr(audit, "record", stopped)
    with pytest.raises(KeyboardInterrupt):
        if step == "publish":
            actions.publish(by=clerk, contribution=found, version=found.version)
        elif step == "withdraw":
            actions.withdraw(by=holder(found), contribution=found)
        else:
            actions.send(by=accounts.NOBODY, draft=draft(), token="new")
    assert Contribution.objects.values().get(pk=found.pk) == before
    assert Contribution.objects.count() == 1 and Consent.objects.count() == 2 and not Decision.objects.exists()
    assert queries.state_of(found) is State.TO_REVIEW
