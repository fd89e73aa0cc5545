# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of areas and figures say in data what they are about, with the address that stays."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from samenspel.figures.service import latest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("figure_store")]


def about(client: Client, address: str) -> Any:
    html = client.get(address).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert len(found) == 1
    return json.loads(found[0])


def test_a_figure_names_its_newest_value_and_where_that_stays(client: Client) -> None:
    said = about(client, "/gemeente/zwolle/cijfers/social_assistance/")
    point = latest("GM0193", "social_assistance")
    assert point is not None
    assert said["@type"] == "Dataset"
    assert said["hasPart"]["value"] == point.value
    assert said["hasPart"]["@id"] == f"http://testserver/data/cijfer/social_assistance/GM0193/{point.period}"
    assert said["spatialCoverage"]["identifier"] == "GM0193"


def test_an_area_is_a_dataset_that_can_be_downloaded(client: Client) -> None:
    said = about(client, "/gemeente/zwolle/")
    assert (said["@type"], said["@id"]) == ("Dataset", "http://testserver/gemeente/zwolle/")
    address = said["distribution"]["contentUrl"].removeprefix("http://testserver")
    assert client.get(address)["Content-Type"].startswith("text/csv")
