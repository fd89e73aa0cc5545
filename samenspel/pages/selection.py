# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which figures stand first on the page of an area; all others are one step further, by topic."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an area's page: a heading, a lead, and the indicators whose cards stand in it."""

    key: str
    heading: str | Promise
    lead: str | Promise
    indicators: tuple[str, ...]


SECTIONS = (
    Section(
        key="hoe-gaat-het",
        heading=_("Hoe gaat het met mensen?"),
        lead=_("Zes vragen over het leven hier. Een cijfer vertelt nooit het hele verhaal."),
        indicators=(
            "lonely",
            "volunteering",
            "informal_carers",
            "self_direction",
            "health_good",
            "making_ends_meet_difficult",
        ),
    ),
    Section(
        key="welke-hulp",
        heading=_("Welke hulp wordt gebruikt?"),
        lead=_(
            "Veel of weinig hulp is niet goed of slecht. Veel hulp kan betekenen dat veel mensen hulp nodig hebben, "
            "maar ook dat de gemeente mensen goed bereikt."
        ),
        indicators=("wmo_clients_per_1000", "youth_care_share", "social_assistance_per_1000"),
    ),
)

# Beside the population: short, without a chart.
FACTS = ("population", "households", "household_size", "single_person_share", "age_65_plus_share", "population_density")

# Together everybody, once; each share with the few words that fit beside a bar.
AGES: tuple[tuple[str, str | Promise], ...] = (
    ("age_0_14_share", _("0 tot 15 jaar")),
    ("age_15_24_share", _("15 tot 25 jaar")),
    ("age_25_44_share", _("25 tot 45 jaar")),
    ("age_45_64_share", _("45 tot 65 jaar")),
    ("age_65_plus_share", _("65 jaar en ouder")),
)

HOUSEHOLDS: tuple[tuple[str, str | Promise], ...] = (
    ("single_person_share", _("Eén persoon")),
    ("households_without_children_share", _("Meer mensen, geen kinderen")),
    ("households_with_children_share", _("Met kinderen")),
)

# What can be chosen for the map of districts; the first stands there at first.
MAPS = ("age_65_plus_share", "lonely", "informal_carers", "volunteering", "health_good", "making_ends_meet_difficult")
