# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of questions and answers: what everybody reads, and how an answer gets there."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client

from samenspel.platform.accounts.models import User
from samenspel.platform.accounts.roles import Role
from samenspel.platform.accounts.service import Organisation
from samenspel.platform.audit.models import AuditEvent
from samenspel.voice import service as voice
from samenspel.voice.answers.models import Step
from tests.harness.queries import counted_queries
from tests.platform.accounts.conftest import log_in_with_two_steps, strong
from tests.voice.answers.conftest import Ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("figure_store")]
Make = Callable[..., User]
LIST = "/antwoorden/"


def read(client: Client, address: str, **query: Any) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def test_without_questions_it_says_what_to_do(client: Client) -> None:
    page = read(client, LIST)
    assert "Er is nog niets gevraagd" in page and "ik twijfel aan dit cijfer" in page
    assert "sessionid" not in client.cookies and "csrftoken" not in client.cookies


def test_everybody_reads_question_term_and_answer(client: Client, ask: Ask, make: Make) -> None:
    with time_machine.travel("2026-11-20 10:00+01:00", tick=False):
        public_id = ask()
        page = read(client, LIST)
    assert "Waarom is dit cijfer zo hoog?" in page and "Antwoord uiterlijk 4 januari 2027." in page
    assert "Gevraagd aan Gemeente Zwolle, op 20 november 2026." in page and "Verhaal 1" in page
    with time_machine.travel("2027-01-05 10:00+01:00", tick=False):
        assert "Het antwoord had er op 4 januari 2027 moeten zijn. Het is er nog niet." in read(client, LIST)
        assert "Te laat: 1." in read(client, LIST)
    officer = strong(make("joris", Role.POLICY_OFFICER))
    with time_machine.travel("2026-12-01 10:00+01:00", tick=False):
        voice.give_answer(question=public_id, text="Zo zit het.", outcome="not", reason="Het klopt al.", by=officer)
    page = read(client, f"/antwoorden/{public_id}/")
    for text in ("Beantwoord op 1 december 2026.", "Zo zit het.", "Wij doen dit niet", "Het klopt al.", "Zwolle"):
        assert text in page
    assert "Joris" not in page, "who answered is the organisation, not the official"


def test_the_list_is_narrowed_by_place_state_and_words(
    client: Client, ask: Ask, elsewhere: Organisation, make: Make
) -> None:
    first = ask("1", question="Over de bus")
    ask("2", question="Over het buurthuis", organisation=elsewhere, code="GM0166")
    voice.give_answer(
        question=first, text="De halte blijft.", outcome="accepted", by=strong(make("joris", Role.POLICY_OFFICER))
    )
    for query, there, gone in (
        ({"gemeente": "GM0166"}, "buurthuis", "de bus"),
        ({"gemeente": "GM0193"}, "de bus", "buurthuis"),
        ({"stand": "open"}, "buurthuis", "de bus"),
        ({"stand": "beantwoord"}, "de bus", "buurthuis"),
        ({"zoek": "halte"}, "de bus", "buurthuis"),
        ({"zoek": "BUURTHUIS over"}, "buurthuis", "de bus"),
    ):
        page = read(client, LIST, **query)
        assert there in page and gone not in page, query
    assert "Geen vragen gevonden" in read(client, LIST, zoek="zwembad")
    assert "2 vragen gevonden" in read(client, LIST, gemeente="niets", stand="niets")


def test_the_list_asks_a_fixed_number_of_queries(client: Client, ask: Ask) -> None:
    for number in range(30):
        ask(str(number))
    with counted_queries("answers list"):
        page = read(client, LIST)
    assert "pagina=2" in page


def test_a_subject_that_is_gone_and_hostile_text(client: Client, ask: Ask) -> None:
    ask("gone", question="<script>alert(1)</script>" + "lang " * 100)
    page = read(client, LIST)
    assert "<script>alert" not in page and "&lt;script&gt;" in page and "Dit gaat over" not in page


def test_a_withdrawn_question_leaves_only_that_it_was_there(client: Client, ask: Ask, make: Make) -> None:
    public_id = ask()
    voice.withdraw_question(question=public_id, why=voice.Withdrawal.SUBJECT_GONE, by=None)
    page = read(client, f"/antwoorden/{public_id}/")
    assert "Deze vraag is ingetrokken" in page and "Waarom is dit cijfer" not in page and "Verhaal 1" not in page


def test_the_policy_officer_answers_on_the_page(client: Client, ask: Ask, make: Make) -> None:
    public_id = ask()
    log_in_with_two_steps(client, make("joris", Role.POLICY_OFFICER))
    assert "Vragen aan ons" in read(client, "/")
    with counted_queries("answers desk"):
        assert "Waarom is dit cijfer" in read(client, "/beheer/antwoorden/")
    address = f"/beheer/antwoorden/{public_id}/"
    assert "Ik heb meer tijd nodig" in read(client, address)
    wrong = client.post(address, {"text": "Nee.", "outcome": "not", "reason": ""})
    assert wrong.status_code == 400 and "Schrijf op waarom" in wrong.content.decode()
    later = client.post(address + "meer-tijd/", {"weeks": "2", "reason": "Vakantie van het CBS.", "stap": "plaats"})
    assert later.status_code == 302
    assert "Vakantie van het CBS." in read(client, LIST)
    assert (
        client.post(address + "meer-tijd/", {"weeks": "2", "reason": "Nog eens.", "stap": "plaats"}).status_code == 400
    )
    right = client.post(address, {"text": "Ja.\n\nGraag.", "outcome": "accepted", "reason": "", "stap": "plaats"})
    assert right.status_code == 302 and right["Location"] == f"/antwoorden/{public_id}/"
    page = read(client, address)
    assert "Vul het antwoord aan" in page and "Ik heb meer tijd nodig" not in page
    client.post(address, {"text": "En nog dit.", "outcome": "accepted", "stap": "plaats"})
    page = read(client, f"/antwoorden/{public_id}/")
    assert page.index("Graag.") < page.index("En nog dit.") and "Aanvulling van Gemeente Zwolle" in page
    assert "Er wacht niets op antwoord" in read(client, "/beheer/antwoorden/")


def test_who_does_not_owe_the_answer_is_refused(client: Client, ask: Ask, make: Make) -> None:
    address = f"/beheer/antwoorden/{ask()}/"
    assert client.get(address).status_code == 302, "first log in"
    log_in_with_two_steps(client, make("beheer", Role.ADMINISTRATOR))
    for one in (address, address + "meer-tijd/"):
        assert client.get(one).status_code == 403
        assert client.post(one, {"text": "x", "outcome": "accepted"}).status_code == 403
    assert "Waarom is dit cijfer" not in read(client, "/beheer/antwoorden/")


def test_an_unknown_question_is_not_there(client: Client) -> None:
    assert client.get("/antwoorden/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_an_answer_is_looked_through_and_shown_before_it_is_public(client: Client, ask: Ask, make: Make) -> None:
    address = f"/beheer/antwoorden/{ask()}/"
    log_in_with_two_steps(client, make("joris", Role.POLICY_OFFICER))
    empty = client.post(address, {"text": ""}).content.decode()
    assert "Schrijf uw antwoord op." in empty and "Kies wat u met de vraag doet." in empty
    assert "Dit veld is verplicht" not in empty
    number = {"text": "Bel mevrouw De Vries op 06 12 34 56 78.", "outcome": "accepted", "noemt_niemand": "on"}
    refused = client.post(address, {**number, "stap": "plaats"})
    assert refused.status_code == 400 and "een telefoonnummer (“06 12 34 56 78”)" in refused.content.decode()
    named = {"text": "Mevrouw De Vries kreeg hulp.", "outcome": "accepted"}
    asked = client.post(address, {**named, "stap": "plaats"})
    assert asked.status_code == 400 and "bevestig dat die er mag staan" in asked.content.decode()
    look = client.post(address, {**named, "noemt_niemand": "on"}).content.decode()
    assert "Hij staat nog niet op de website." in look and "Mevrouw De Vries kreeg hulp." in look
    assert "kreeg hulp" not in read(client, LIST)
    back = client.post(address, {**named, "noemt_niemand": "on", "stap": "wijzig"})
    assert back.status_code == 200 and "Mevrouw De Vries kreeg hulp." in back.content.decode()
    assert client.post(address, {**named, "noemt_niemand": "on", "stap": "plaats"}).status_code == 302
    assert "kreeg hulp" in read(client, LIST)


def test_words_that_tell_who_somebody_is_can_go(client: Client, ask: Ask, make: Make) -> None:
    public_id = ask()
    officer = make("joris", Role.POLICY_OFFICER)
    voice.give_answer(
        question=public_id, text="Mevrouw De Vries kreeg hulp.", outcome="accepted", confirmed=True, by=strong(officer)
    )
    address = f"/beheer/antwoorden/{public_id}/weghalen/"
    assert address not in read(client, f"/antwoorden/{public_id}/")
    log_in_with_two_steps(client, officer)
    assert address in read(client, f"/antwoorden/{public_id}/")
    step = Step.objects.get(kind="answered")
    assert client.post(address, {"which": step.pk, "words": "Jansen"}).status_code == 400
    assert client.post(address, {"which": step.pk, "words": "Mevrouw De Vries"}).status_code == 302
    page = read(client, f"/antwoorden/{public_id}/")
    assert "[weggehaald] kreeg hulp." in page and "Vries" not in page
    event = AuditEvent.objects.get(action="answer.words_removed")
    assert "Vries" not in str(event.detail)
    for change in ({"text": "Iets anders."}, {"text": "Hulp [weggehaald]."}, {"outcome": "not"}):
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
            Step.objects.filter(pk=step.pk).update(**change)


def test_only_who_is_responsible_takes_words_away(
    client: Client, ask: Ask, make: Make, elsewhere: Organisation
) -> None:
    address = f"/beheer/antwoorden/{ask()}/weghalen/"
    log_in_with_two_steps(client, make("kees", Role.POLICY_OFFICER, organisation=elsewhere))
    assert client.get(address).status_code == 403
    client.logout()
    log_in_with_two_steps(client, make("pieter", Role.CLERK))
    assert "Er is nog geen tekst" in read(client, address)


@pytest.mark.parametrize("role", [Role.CLERK, Role.COUNCILLOR])
def test_the_council_watches_what_is_still_owed(
    client: Client, ask: Ask, make: Make, elsewhere: Organisation, role: Role
) -> None:
    with time_machine.travel("2026-01-05 10:00+01:00", tick=False):
        ask("1", question="Over de bus")
    ask("2", question="Over het buurthuis")
    ask("3", question="Over de brug", organisation=elsewhere, code="GM0166")
    log_in_with_two_steps(client, make("tom", role))
    assert "Wie moet nog antwoord geven?" in read(client, "/")
    page = read(client, "/beheer/antwoorden/overzicht/")
    assert "2 vragen wachten op antwoord. Te laat: 1." in page and "Over de brug" not in page
    assert page.index("Over de bus") < page.index("Over het buurthuis") and "Geef antwoord" not in page


def test_the_newest_answer_stands_first_on_the_home_page(client: Client, ask: Ask, make: Make) -> None:
    early, late, _open = ask("1", question="Over de bus"), ask("2", question="Over de brug"), ask("3")
    officer = strong(make("joris", Role.POLICY_OFFICER))
    for question, day in ((late, "2026-12-01"), (early, "2026-12-03")):
        with time_machine.travel(f"{day} 10:00+01:00", tick=False):
            voice.give_answer(question=question, text="Zo zit het.", outcome="accepted", by=officer)
    assert [one.id for one in voice.newest_answers(5)] == [early, late]
    assert [one.id for one in voice.newest_answers(1)] == [early]
    page = read(client, "/")
    assert page.index("Over de bus") < page.index("Over de brug")
    assert "gaf antwoord op 3 december 2026." in page
