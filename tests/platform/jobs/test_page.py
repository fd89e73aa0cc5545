# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of jobs: only for administrators, in words, and every step in the trail."""

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from samenspel.platform.accounts import actions as accounts
from samenspel.platform.accounts.models import User
from samenspel.platform.accounts.roles import OrganisationKind, Role
from samenspel.platform.audit.models import AuditEvent
from samenspel.platform.jobs.models import JobFailure
from samenspel.platform.jobs.service import enqueue
from tests.platform.accounts.conftest import log_in_with_two_steps
from tests.platform.jobs import sample_jobs

pytestmark = pytest.mark.django_db


def person(name: str, role: Role) -> User:
    municipality = accounts.add_organisation(
        by=None, name=f"Gemeente {name}", kind=OrganisationKind.MUNICIPALITY, area_code="GM0193"
    )
    made = accounts.add_person(by=None, email=f"{name}@zwolle.example", display_name=name)
    made.set_password("vier rode fietsen bij de IJssel")
    made.save()
    accounts.grant_role(by=None, person=made, role=role, organisation=municipality, reason="voor de test")
    return made


@pytest.fixture
def administrator(client: Client) -> User:
    made = person("beheer", Role.ADMINISTRATOR)
    log_in_with_two_steps(client, made)
    return made


def waiting(status: str = "todo") -> int:
    job_id = enqueue(sample_jobs.simple, by=None, name="Jan Jansen")
    assert job_id is not None
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, job_id])
    return job_id


def test_an_empty_queue_says_so(client: Client, administrator: User) -> None:
    page = client.get("/beheer/taken/").content.decode()
    for sentence in ("Er is niets mislukt", "Er wacht niets", "Er loopt nu niets", "Er is nog niets gedaan"):
        assert sentence in page
    assert "Er is nu geen verwerker" in page


def test_a_failed_job_shows_why_and_not_about_whom(client: Client, administrator: User) -> None:
    job_id = waiting("failed")
    JobFailure.objects.create(
        job_id=job_id, job_name="test.simple", attempt=1, at=timezone.now(), error_type="ValueError",
        place="samenspel/x.py:3 f", sentence="De bron van het CBS antwoordt niet.", correlation_id="",
    )  # fmt: skip
    page = client.get("/beheer/taken/").content.decode()
    assert "Eenvoudige taak" in page
    assert "De bron van het CBS antwoordt niet." in page
    assert "ValueError, samenspel/x.py:3 f" in page
    assert "Jansen" not in page


def test_every_state_has_its_place(client: Client, administrator: User) -> None:
    for state in ("todo", "doing", "failed", "succeeded", "cancelled"):
        waiting(state)
    page = client.get("/beheer/taken/").content.decode()
    assert page.count("Eenvoudige taak</") + page.count("Eenvoudige taak\n") >= 5


def test_an_administrator_retries_a_failed_job_and_the_trail_says_so(client: Client, administrator: User) -> None:
    job_id = waiting("failed")
    answer = client.post(f"/beheer/taken/{job_id}/opnieuw/", follow=True)
    assert "wordt opnieuw gedaan" in answer.content.decode()
    assert ProcrastinateJob.objects.get(pk=job_id).status == "todo"
    event = AuditEvent.objects.get(action="job.retried")
    assert (event.actor_id, event.actor_role) == (str(administrator.public_id), "administrator")
    assert event.origin_name == "/beheer/taken/<int:job_id>/opnieuw/"


def test_an_administrator_holds_back_a_waiting_job(client: Client, administrator: User) -> None:
    job_id = waiting()
    client.post(f"/beheer/taken/{job_id}/tegenhouden/")
    assert ProcrastinateJob.objects.get(pk=job_id).status == "cancelled"
    assert AuditEvent.objects.filter(action="job.cancelled").count() == 1


def test_what_cannot_be_done_is_said(client: Client, administrator: User) -> None:
    answer = client.post(f"/beheer/taken/{waiting('doing')}/tegenhouden/", follow=True)
    assert "Deze taak wacht niet meer" in answer.content.decode()
    assert client.post("/beheer/taken/999999/opnieuw/").status_code == 404
    assert client.get("/beheer/taken/1/opnieuw/").status_code == 405


def test_others_do_not_see_or_steer_jobs(client: Client) -> None:
    job_id = waiting("failed")
    assert client.get("/beheer/taken/").status_code in (302, 403)
    log_in_with_two_steps(client, person("griffier", Role.CLERK))
    assert client.get("/beheer/taken/").status_code == 403
    assert client.post(f"/beheer/taken/{job_id}/opnieuw/").status_code == 403
    assert ProcrastinateJob.objects.get(pk=job_id).status == "failed"
