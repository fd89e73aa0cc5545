# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Doubts about an indicator, from the button beside a figure to the answer on its page."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from samenspel.outcomes.contributions import actions as contributions
from samenspel.outcomes.contributions.kinds import Kind
from samenspel.outcomes.contributions.models import Contribution
from samenspel.outcomes.contributions.policies import Holder
from samenspel.outcomes.contributions.states import Use
from samenspel.outcomes.debate import told
from samenspel.outcomes.service import debate_about
from samenspel.platform.accounts.actors import NOBODY, Actor
from samenspel.platform.accounts.roles import Role
from samenspel.voice import service as voice
from tests.harness.queries import counted_queries
from tests.outcomes.debate.conftest import Make, People
from tests.platform.accounts.conftest import strong

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("figure_store")]
KEY = "lonely"
PAGE = f"/indicator/{KEY}/"
Tell = Callable[..., Contribution]


@pytest.fixture
def clerk(make: Make, people: People) -> Actor:
    return strong(make("pieter", Role.CLERK))


@pytest.fixture
def tell(clerk: Actor) -> Tell:
    """tell("Dit klopt niet.") sends a doubt about loneliness in Zwolle, which the clerk lets through."""

    def send(text: str, kind: Kind = Kind.DOUBT, about: str = "figure:GM0193:lonely", **parts: str) -> Contribution:
        subject_kind, _colon, subject_id = about.partition(":")
        draft = contributions.Draft(
            kind=kind,
            subject_kind=subject_kind,
            subject_id=subject_id,
            parts={"text": text, **parts},
            signed="een inwoner",
            consents=frozenset({Use.SITE}),
            municipality="GM0193",
        )
        sent = contributions.send(by=NOBODY, draft=draft, token=str(uuid4())).contribution
        Contribution.objects.filter(pk=sent.pk).update(wait_until=timezone.now())
        contributions.move_on()
        found = Contribution.objects.get(pk=sent.pk)
        return contributions.publish(by=clerk, contribution=found, version=found.version)

    return send


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_doubts_about_the_figure_and_about_the_indicator_come_together(client: Client, tell: Tell) -> None:
    tell("Alleen wie Nederlands leest, vulde dit in.", would_help="Vraag het ook in andere talen.")
    tell("Dit meet alleen zijn, niet eenzaam zijn.", about="indicator:lonely")
    tell("Over iets anders.", about="figure:GM0193:population")
    tell("Mensen bellen nu alleen om het cijfer te verbeteren.", Kind.BEHAVIOUR)
    debate = debate_about(KEY)
    assert (debate.doubt_count, debate.behaviour_count) == (2, 1)
    assert [(one.text[:10], one.place) for one in debate.doubts] == [("Dit meet a", "Zwolle"), ("Alleen wie", "Zwolle")]
    assert all(one.answer is not None and one.answer.owner == "Gemeente Zwolle" for one in debate.doubts)
    page = read(client, PAGE)
    for words in ("Alleen wie Nederlands leest", "Vraag het ook in andere talen.", "Antwoord uiterlijk", "bellen nu"):
        assert words in page
    assert "Over iets anders" not in page
    doubts = read(client, PAGE + "twijfels/")
    assert "2 teksten" in doubts and "bellen nu" not in doubts
    assert "bellen nu" in read(client, PAGE + "gedrag/")


def test_the_answer_stands_with_the_doubt(client: Client, tell: Tell, people: People) -> None:
    doubt = tell("Alleen wie Nederlands leest, vulde dit in.")
    voice.give_answer(
        question=UUID(doubt.owed_answer), text="Wij vragen het RIVM.", outcome="accepted", by=people.officer
    )
    page = read(client, PAGE + "twijfels/")
    assert "Wij vragen het RIVM." in page and "Wij doen dit" in page
    assert f"/verhalen/{doubt.public_id}/" in page, "each doubt has an address that stays"


def test_a_withdrawn_doubt_is_gone_everywhere(client: Client, tell: Tell) -> None:
    doubt = tell("Dit wil ik toch niet zeggen.")
    contributions.withdraw(by=Holder(opened=doubt.public_id), contribution=doubt)
    for address in (PAGE, PAGE + "twijfels/", "/antwoorden/"):
        assert "toch niet zeggen" not in read(client, address)
    assert debate_about(KEY).doubt_count == 0


def test_nothing_yet_and_more_than_fits(client: Client, tell: Tell) -> None:
    assert "Nog niemand schreef waarom het cijfer niet klopt" in read(client, PAGE + "twijfels/")
    assert "Nog niemand schreef dat mensen anders gaan werken" in read(client, PAGE + "gedrag/")
    for number in range(told.SHOWN_ON_THE_PAGE + 1):
        tell(f"Reden {number} waarom dit niet klopt.")
    page = read(client, PAGE)
    assert "Alle twijfels bij dit cijfer" in page and "Reden 0 " not in page
    with counted_queries("doubts about an indicator"):
        assert "Reden 0 " in read(client, PAGE + "twijfels/")
    with counted_queries("indicator with doubts"):
        read(client, PAGE)


@pytest.mark.parametrize(
    ("area", "figure"),
    [("GM0193", "GM0193"), ("BU01931000", "GM0193")],  # in a neighbourhood people would know who tells
)
def test_the_button_leads_to_the_form_with_the_figure_filled_in(
    client: Client, clerk: Actor, area: str, figure: str
) -> None:
    answer = client.get(PAGE + "ik-twijfel/", {"gebied": area})
    assert answer.status_code == 302
    assert answer["Location"] == f"/verhalen/vertellen/?over=figure%3A{figure}%3Alonely&soort=doubt"
    assert client.get(answer["Location"]).status_code == 200


def test_who_comes_from_the_indicator_chooses_a_municipality(client: Client, clerk: Actor) -> None:
    page = read(client, PAGE + "ik-twijfel/")
    assert '<option value="GM0193">Zwolle</option>' in page and "GM0166" not in page, "Kampen has nobody to read it"


def test_where_nobody_reads_it_says_so(client: Client, clerk: Actor) -> None:
    page = read(client, PAGE + "ik-twijfel/?gebied=GM0166")
    assert "Hier kunt u nu niets insturen" in page and "GM0193" not in page, "not to another municipality"
    assert "Kies uw gemeente" in read(client, PAGE + "ik-twijfel/?gebied=nergens")
    assert client.get("/indicator/happiness/ik-twijfel/").status_code == 404


def test_without_any_municipality_it_names_the_human_way(client: Client) -> None:
    assert "Er doet nog geen gemeente mee" in read(client, PAGE + "ik-twijfel/")


@pytest.mark.slow
def test_figures_carry_the_button(client: Client, clerk: Actor) -> None:
    at_card = "/indicator/lonely/ik-twijfel/?gebied=GM0193"
    for address in ("/gemeente/zwolle/", "/gemeente/zwolle/cijfers/lonely/"):
        assert at_card in read(client, address), address


def test_what_a_resident_proposes_stands_with_the_proposals(client: Client, tell: Tell) -> None:
    tell("Ik wil weten of mensen na een jaar nog hulp hebben.", kind=told.Kind.PROPOSAL, why="Dat telt niemand.")
    page = read(client, "/indicatoren/voorstellen/")
    assert "Wat inwoners voorstellen" in page and "na een jaar nog hulp" in page and "?soort=proposal" in page
    choose = read(client, "/verhalen/vertellen/?soort=proposal")
    assert "Stel een ander cijfer voor" in choose and choose.index("Hoe gaat het met mensen") < choose.index("Wonen")
