# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The invented texts of the demo: marked, made once, and nowhere else."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from samenspel.outcomes.contributions import presenters, queries
from samenspel.outcomes.contributions.demo import seed_demo_stories
from samenspel.outcomes.contributions.models import Contribution
from samenspel.outcomes.contributions.own_page import own_page
from samenspel.outcomes.contributions.states import State
from samenspel.platform.service import accounts


def test_the_demo_shows_marked_stories_with_counter_and_answer(client: Client) -> None:
    assert seed_demo_stories() == 6
    assert seed_demo_stories() == 0
    cards = presenters.contributions_about("lonely", "GM0193")
    assert all("verzonnen" in one.label for card in cards for one in (card, *card.beside))
    assert [len(card.beside) for card in cards] == [0, 1]
    assert cards[1].answer is not None and len(cards[1].answer.answers) == 1
    assert "Voorbeeldverhaal, verzonnen" in client.get("/verhalen/").content.decode()


def test_outside_the_demo_there_are_none(settings: Settings, client: Client) -> None:
    seed_demo_stories()
    settings.DEMO = False
    assert queries.shown().count() == 0
    assert "Voorbeeldverhaal" not in client.get("/verhalen/").content.decode()


@pytest.mark.parametrize("demo", [False])
def test_nothing_is_made_outside_the_demo(settings: Settings, demo: bool) -> None:
    settings.DEMO = demo
    assert seed_demo_stories() == 0
    assert not Contribution.objects.exists()


def test_the_demo_shows_a_refusal_that_can_be_objected_to_and_a_text_that_waits() -> None:
    seed_demo_stories()
    people = accounts.demo_actors()
    page = own_page(queries.mine(people["samira"]).get())
    assert page.may_appeal and page.decisions[0].words and "verzonnen" in page.label
    waiting = queries.to_review(people["pieter"]).get()
    assert queries.state_of(waiting) is State.TO_REVIEW
