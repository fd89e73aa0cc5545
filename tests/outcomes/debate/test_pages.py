# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the debate: what everybody reads, and what the sides do on them."""

from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client

from samenspel.outcomes.debate import actions, demo
from samenspel.outcomes.debate.models import Agreement, Proposal, Review
from samenspel.outcomes.debate.states import Side
from samenspel.platform.accounts.models import User
from samenspel.platform.accounts.service import seed_demo_people
from samenspel.platform.service import Refusal
from samenspel.voice import service as voice
from tests.harness.queries import counted_queries
from tests.outcomes.debate.conftest import People
from tests.platform.accounts.conftest import log_in_with_two_steps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("figure_store")]
KEY = "lonely"
PAGE = f"/indicator/{KEY}/"
LIST = "/indicatoren/voorstellen/"
NOBODY_AGREED = "Nog geen organisatie zei hier dat zij het eens is met dit cijfer."


def read(client: Client, address: str, **query: Any) -> str:
    response = client.get(address, query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def log_in(client: Client, person_id: int | None) -> None:
    log_in_with_two_steps(client, User.objects.get(pk=person_id))


def test_an_indicator_that_nobody_spoke_of_says_so(client: Client) -> None:
    page = read(client, PAGE)
    assert NOBODY_AGREED in page and "Er is geen ander cijfer" in page
    assert "Wie het koos en uitlegt op deze website:" in page and "Samenspel, beheer van cijfers" in page
    assert "Nog geen organisatie heeft hier iets over gezegd" in read(client, PAGE + "instemming/")
    assert "Er zijn nog geen voorstellen" in read(client, LIST)
    for missing in ("instemming/", "instemmen/"):
        assert client.get("/indicator/happiness/" + missing).status_code in (302, 404)


def test_a_late_review_is_said_plainly(client: Client) -> None:
    with time_machine.travel("2027-02-03 12:00+01:00", tick=False):
        assert "had voor 1 februari 2027 opnieuw bekeken moeten zijn. Dat is niet gebeurd." in read(client, PAGE)
    with time_machine.travel("2026-11-21 12:00+01:00", tick=False):
        assert "Wij bekijken dit cijfer opnieuw voor 1 februari 2027." in read(client, PAGE)


def test_the_policy_officer_agrees_takes_back_and_reviews(client: Client, people: People) -> None:
    log_in(client, people.officer.person_id)
    form = {"organisation": str(people.zwolle.pk), "reservation": "Met <b>verhalen</b>.", "stap": "plaats"}
    assert "Wij zijn het eens met dit cijfer" in read(client, PAGE + "instemmen/")
    assert client.post(PAGE + "instemmen/", form)["Location"] == PAGE
    page = read(client, PAGE)
    assert "Gemeente Zwolle is het eens met dit cijfer (gezegd op" in page and "&lt;b&gt;verhalen" in page
    assert client.post(PAGE + "instemmen/", form).status_code == 400
    back = {"organisation": str(people.zwolle.pk), "reason": "Het meet iets anders.", "stap": "plaats"}
    assert client.post(PAGE + "instemming/intrekken/", back).status_code == 302
    assert NOBODY_AGREED in read(client, PAGE)
    history = read(client, PAGE + "instemming/")
    assert "Reden: Het meet iets anders." in history and "Wij zijn het eens, maar: Met" in history
    review = {
        "organisation": str(people.zwolle.pk), "held_on": "2026-01-05", "outcome": "explained",
        "text": "Wij schreven het anders op.", "next_on": "2099-01-05", "stap": "plaats",
    }  # fmt: skip
    assert client.post(PAGE + "herziening/", {**review, "next_on": "2020-01-01"}).status_code == 400
    assert client.post(PAGE + "herziening/", review).status_code == 302
    page = read(client, PAGE)
    assert "Het cijfer blijft, de uitleg is veranderd." in page and "opnieuw voor 5 januari 2099" in page
    other = {"organisation": str(people.initiative.pk), "reservation": ""}
    assert client.post(PAGE + "instemmen/", other).status_code == 400, "not theirs to choose"


def test_a_proposal_from_start_to_passport(client: Client, people: People) -> None:
    log_in(client, people.officer.person_id)
    form = {
        "organisation": str(people.zwolle.pk), "title": "Iemand kunnen bellen", "shows": "Of mensen iemand hebben.",
        "measured": "Eén vraag.", "instead_of": KEY, "stap": "plaats",
    }  # fmt: skip
    assert "selected" in read(client, LIST + "nieuw/", bij=KEY)
    assert client.post(LIST + "nieuw/", {**form, "shows": ""}).status_code == 400
    look = client.post(LIST + "nieuw/", {**form, "stap": "bekijk"}).content.decode()
    assert "Hij staat nog niet op de website." in look and not Proposal.objects.exists()
    phone = client.post(LIST + "nieuw/", {**form, "shows": "Bel 06 12345678."})
    assert phone.status_code == 400 and "een telefoonnummer" in phone.content.decode()
    empty = client.post(LIST + "nieuw/", {"title": ""}).content.decode()
    assert "Geef het cijfer een titel." in empty and "Dit veld is verplicht" not in empty
    address = client.post(LIST + "nieuw/", form)["Location"]
    page = read(client, address)
    assert "Zoekt wie meedoet" in page and "Gemeente (Gemeente Zwolle)" in page and "Dien het voorstel in" not in page
    assert client.post(address + "indienen/").status_code == 403

    residents = Client()
    log_in(residents, people.member.person_id)
    assert "Inwoners (De Buurtkamer)" in read(residents, address + "meedoen/")
    chosen = {"join_as": f"{people.initiative.pk}:residents"}
    assert residents.post(address + "meedoen/", chosen).status_code == 302
    assert residents.post(address + "meedoen/", chosen).status_code == 400, "already"
    assert residents.post(address + "meedoen/", {"join_as": f"{people.zwolle.pk}:municipality"}).status_code == 400

    assert "Dien het voorstel in" in read(client, address)
    assert client.post(address + "indienen/").status_code == 302
    assert "Antwoord uiterlijk" in read(Client(), address) and "Iemand kunnen bellen" in read(Client(), "/antwoorden/")
    question = Proposal.objects.get().question
    assert question is not None
    voice.give_answer(
        question=question, text="Wij proberen het.", outcome="partly", reason="Eerst één jaar.", by=people.administrator
    )
    assert "Wordt uitgeprobeerd" in read(Client(), LIST) and "Eerst één jaar." in read(Client(), address)

    manager = Client()
    log_in(manager, people.administrator.person_id)
    assert "Zeg welk cijfer het is geworden" in read(manager, address)
    assert manager.post(address + "paspoort/", {"indicator": "strongly_lonely"}).status_code == 302
    assert "/indicator/strongly_lonely/" in read(Client(), address)
    assert "Iemand kunnen bellen" in read(Client(), "/indicator/strongly_lonely/")


def test_a_proposal_is_withdrawn_after_asking_twice(client: Client, people: People) -> None:
    made = actions.start_proposal(organisation=people.zwolle, title="Weg", shows="x", measured="x", by=people.officer)
    address = f"{LIST}{made.public_id}/"
    log_in(client, people.officer.person_id)
    assert "Ja, trek het voorstel in" in read(client, address + "intrekken/")
    assert client.post(address + "intrekken/").status_code == 302
    assert "Er zijn nog geen voorstellen" in read(client, LIST)
    assert "Ingetrokken" in read(client, address)


def test_the_list_is_narrowed(client: Client, people: People) -> None:
    actions.start_proposal(organisation=people.zwolle, title="Bellen", shows="Nacht", measured="x", by=people.officer)
    actions.start_proposal(organisation=people.kampen, title="Fietsen", shows="Dag", measured="x", by=people.stranger)
    for query, there, gone in (
        ({"gemeente": "GM0166"}, "Fietsen", "Bellen"),
        ({"zoek": "nacht"}, "Bellen", "Fietsen"),
    ):
        page = read(client, LIST, **query)
        assert there in page and gone not in page
    assert "Geen voorstellen gevonden" in read(client, LIST, zoek="zwembad")


def test_others_are_refused(client: Client, people: People) -> None:
    made = actions.start_proposal(organisation=people.zwolle, title="x", shows="x", measured="x", by=people.officer)
    address = f"{LIST}{made.public_id}/"
    for one in (
        PAGE + "instemmen/",
        PAGE + "herziening/",
        LIST + "nieuw/",
        address + "meedoen/",
        address + "paspoort/",
    ):
        assert client.get(one).status_code == 302, "first log in"
    log_in(client, people.resident.person_id)
    for one in (PAGE + "instemmen/", PAGE + "herziening/", LIST + "nieuw/", address + "paspoort/"):
        assert client.get(one).status_code == 403
    stranger = Client()
    log_in(stranger, people.stranger.person_id)
    assert "U kunt hier niet meedoen" in read(stranger, address + "meedoen/")
    assert stranger.get(address + "intrekken/").status_code == 403
    assert client.get(f"{LIST}00000000-0000-4000-8000-000000000000/").status_code == 404


def test_the_pages_ask_a_fixed_number_of_queries(client: Client, people: People) -> None:
    for number in range(3):
        made = actions.start_proposal(
            organisation=people.zwolle, title=f"Cijfer {number}", shows="x", measured="x", instead_of=KEY,
            by=people.officer,
        )  # fmt: skip
        actions.join_proposal(
            proposal=made.public_id, organisation=people.zwolle, side=Side.RESIDENTS, by=people.resident
        )
        actions.submit_proposal(proposal=made.public_id, by=people.officer)
    actions.agree(indicator=KEY, organisation=people.zwolle, by=people.officer)
    with counted_queries("indicator with a debate"):
        read(client, PAGE)
    with counted_queries("proposals for indicators"):
        read(client, LIST)


def test_the_demo_shows_invented_examples_once(client: Client, settings: Any) -> None:
    demo.seed_demo_debate()
    assert not Agreement.objects.exists(), "without example people nothing is made"
    settings.DEMO = True
    seed_demo_people()
    for _time in range(2):
        demo.seed_demo_debate()
    assert (Agreement.objects.count(), Review.objects.count(), Proposal.objects.count()) == (2, 1, 1)
    page = read(client, PAGE)
    assert page.count("Verzonnen voorbeeld") == 4 and "De Buurtkamer (voorbeeld)" in page
    assert "Verzonnen voorbeeld." in read(client, "/antwoorden/")


def test_words_that_tell_who_somebody_is_can_go(client: Client, people: People) -> None:
    but = {"reservation": "Mevrouw De Vries wil dit niet.", "confirmed": True}
    actions.agree(indicator=KEY, organisation=people.zwolle, by=people.officer, **but)
    made = actions.start_proposal(
        organisation=people.zwolle, title="Bellen", shows="Mevrouw De Vries belt.", measured="x", confirmed=True,
        by=people.officer,
    )  # fmt: skip
    log_in(client, people.stranger.person_id)
    assert "Er is nog geen tekst" in read(client, PAGE + "woorden-weghalen/")
    assert client.get(f"{LIST}{made.public_id}/woorden-weghalen/").status_code == 403
    client.logout()
    log_in(client, people.officer.person_id)
    agreement = Agreement.objects.get()
    gone = {"which": agreement.public_id.hex, "words": "Mevrouw De Vries"}
    assert client.post(PAGE + "woorden-weghalen/", gone).status_code == 302
    assert "[weggehaald] wil dit niet." in read(client, PAGE)
    of_proposal = {"which": made.public_id.hex, "words": "Mevrouw De Vries"}
    assert client.post(f"{LIST}{made.public_id}/woorden-weghalen/", of_proposal).status_code == 302
    page = read(client, f"{LIST}{made.public_id}/")
    assert "[weggehaald] belt." in page and "Vries" not in page
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        Agreement.objects.update(reservation="Iets anders.")
    with pytest.raises(Refusal, match="bevestig"):
        actions.agree(indicator=KEY, organisation=people.zwolle, reservation="Mevrouw De Vries ook.", by=people.officer)
