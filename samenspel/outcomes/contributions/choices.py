# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The figures to choose from: what matters most to people first, then by topic, addresses and cars last."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samenspel.figures.service import AreaLevel, Passport, Topic, list_indicators

FIRST = (
    "lonely",
    "volunteering",
    "informal_carers",
    "self_direction",
    "health_good",
    "making_ends_meet_difficult",
    "wmo_clients_per_1000",
    "youth_care_share",
    "social_assistance_per_1000",
)
"""The six questions about life and the help that is used, as on the page of a municipality."""
LIFE = (
    Topic.LONELINESS,
    Topic.TAKING_PART,
    Topic.INFORMAL_CARE,
    Topic.SELF_RELIANCE,
    Topic.HEALTH,
    Topic.LIVELIHOOD,
    Topic.SUPPORT_USE,
    Topic.WORK,
    Topic.HOUSING,
)
TOPICS = (*LIFE, *(topic for topic in Topic if topic not in LIFE))

Groups = list[tuple[str, list[tuple[str, str]]]]


def figure_choices(*, search: str = "", of_municipalities: bool = True) -> Groups:
    """Group and (key, question) of the figures with every word of `search` in title, question or topic.

    `of_municipalities`: only those that exist for whole municipalities. A figure of the first group is not repeated.
    """
    found = {
        one.key: one
        for one in list_indicators()
        if (not of_municipalities or AreaLevel.MUNICIPALITY in one.levels) and _fits(one, search)
    }
    first = [found.pop(key) for key in FIRST if key in found]
    groups: Groups = [(_("Hoe gaat het met mensen, en welke hulp is er?"), [_choice(one) for one in first])]
    for topic in TOPICS:
        of_topic = sorted((one for one in found.values() if one.topic is topic), key=lambda one: one.question)
        groups.append((_(topic.in_words()), [_choice(one) for one in of_topic]))
    return [group for group in groups if group[1]]


def _choice(passport: Passport) -> tuple[str, str]:
    return passport.key, passport.question if (get_language() or "nl").startswith("nl") else passport.title_en


def _fits(passport: Passport, search: str) -> bool:
    words = " ".join((passport.title, passport.title_en, passport.question, passport.topic.in_words())).casefold()
    return all(word in words for word in search.casefold().split()[:8])
