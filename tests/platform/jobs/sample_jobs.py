# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Jobs for the tests, known to the suite and to the worker processes it starts. They note their work in the trail."""

import time

from django.db import transaction

from samenspel.platform.audit.service import ObjectRef, record, register_action, system_actor
from samenspel.platform.jobs.service import JobProblem, Retry, job
from samenspel.platform.policies import Policy, Refusal, public

register_action("test.job_step", "{actor} deed {object}")


def step(name: str) -> None:
    """Leave a visible trace, in a transaction of its own."""
    with transaction.atomic():
        record(by=system_actor("test"), action="test.job_step", on=ObjectRef("step", name))


def check_administrators_only(actor: object) -> None:
    """Refuses everybody but the word "administrator"."""
    if actor != "administrator":
        raise Refusal("Alleen beheerders.")


ANYONE = public("These jobs exist in the test suite only and touch nothing of anybody.")


@job("test.simple", title="Eenvoudige taak", policy=ANYONE)
def simple(name: str) -> None:
    """One step."""
    step(name)


@job("test.refused", title="Taak voor beheerders", policy=Policy("test", "", check_administrators_only))
def for_administrators() -> None:
    """Nothing."""


@job("test.once", title="Taak die eenmaal wacht", policy=ANYONE, once_waiting=True, one_at_a_time=True)
def once(name: str) -> None:
    """One step."""
    step(name)


@job("test.fails", title="Taak die mislukt", policy=ANYONE)
def fails(text: str) -> None:
    """Fails with a text that nobody may see."""
    raise ValueError(f"kan {text} niet vinden")


@job("test.problem", title="Taak met een uitleg", policy=ANYONE)
def problem() -> None:
    """Fails with a sentence for administrators."""
    raise JobProblem("De bron van het CBS antwoordt niet.")


@job("test.second_time_lucky", title="Taak die de tweede keer lukt", policy=ANYONE, retry=Retry(times=1, wait=0))
def second_time_lucky() -> None:
    """Fails once."""
    from samenspel.platform.audit.models import AuditEvent

    tried = AuditEvent.objects.filter(action="test.job_step", object_id="try").exists()
    step("try")
    if not tried:
        raise ConnectionError("weg")


@job("test.fails_twice", title="Taak die niet lukt", policy=ANYONE, retry=Retry(times=1, wait=0))
def fails_twice() -> None:
    """Fails, also when tried again."""
    raise ConnectionError("weg")


@job("test.slow", title="Trage taak", policy=ANYONE, one_at_a_time=True)
def slow(seconds: float) -> None:
    """Say when it begins and when it ends; the first time takes long."""
    from samenspel.platform.audit.models import AuditEvent

    again = AuditEvent.objects.filter(action="test.job_step", object_id="begin").exists()
    step("begin")
    if not again:
        time.sleep(seconds)
    step("end")
