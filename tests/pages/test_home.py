# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The home page asks for no verdict, has doors to outcomes and stories, and says what goes on or that nothing does."""

from html import unescape

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("figure_store")]


def home(client: Client) -> str:
    return " ".join(unescape(client.get("/").content.decode()).split())


def test_the_heading_asks_how_people_fare_and_not_whether_it_is_good(client: Client) -> None:
    assert "gaat het goed?" not in home(client)
    assert "Is dat wat wij verwachten?" in home(client)


def test_before_anybody_said_anything_it_says_so(client: Client) -> None:
    html = home(client)
    assert "Er zijn nog geen verhalen." in html
    assert "Er zijn nog geen antwoorden." in html
    assert 'href="/antwoorden/"' in html
