# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""No figure is shown without its passport, and without its range or the reason that it has none."""

import dataclasses
from pathlib import Path

import pytest
from django.utils.translation import override

from samenspel import pages
from samenspel.figures.service import Range, get_area, get_indicator, list_indicators
from samenspel.pages import queries
from samenspel.pages.presenters.cards import figure_card
from samenspel.pages.presenters.ranges import ends, range_cell

PLACES = ("NL00", "GM0193", "WK019310", "BU01931000")


@pytest.mark.usefixtures("figure_store")
@pytest.mark.parametrize("code", PLACES)
def test_every_indicator_at_every_level_says_its_range_or_why_not(code: str) -> None:
    area = get_area(code)
    keys = [passport.key for passport in list_indicators() if area.level in passport.levels]
    shown = 0
    with override("nl"):
        for figure in queries.compare(area, keys):
            card = figure_card(figure)
            assert bool(card.in_words) != bool(card.missing)
            if card.in_words:
                shown += 1
                assert bool(card.range_in_words) != bool(card.no_range)
                assert card.passport.endswith(f"/{figure.passport.key}/")
            assert all(range_cell(figure.passport, point) for point in figure.here.points)
    assert shown > 30


@pytest.mark.usefixtures("figure_store")
@pytest.mark.parametrize("without", ["passport", "range_in_words"])
def test_a_card_without_them_cannot_be_made(without: str) -> None:
    card = figure_card(queries.compare(get_area("GM0193"), ["social_assistance"])[0])
    with pytest.raises(ValueError, match="social_assistance: a figure is shown with its passport"):
        dataclasses.replace(card, **{without: ""})  # type: ignore[arg-type]


def test_both_ends_are_told_apart() -> None:
    passport = get_indicator("owner_occupied_share")
    assert ends(passport, Range(52.5, 53.5, 1.0, "rounding"), sign=False) == {"lower": "52,5", "upper": "53,5"}
    assert ends(passport, Range(40.02, 49.96, 0.95, "chance"), sign=False) == {"lower": "40", "upper": "50"}


def test_a_template_that_prints_a_value_prints_its_range() -> None:
    templates = sorted((Path(pages.__file__).parent / "templates").rglob("*.html"))
    found = {path.name for path in templates if ".in_words" in path.read_text(encoding="utf-8")}
    for path in templates:
        text = path.read_text(encoding="utf-8")
        assert ".in_words" not in text or (".range_in_words" in text and ".no_range" in text), path.name
    assert {"_facts_and_charts.html", "figure.html"} <= found
