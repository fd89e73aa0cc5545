# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The texts with which consent is asked, each with its version. A change gets a new version; old ones stay readable
in what was kept with each consent."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samenspel.outcomes.contributions.states import Use


@dataclass(frozen=True, slots=True)
class ConsentText:
    """The words that somebody agrees with, in the language of the page: the words that were shown are kept."""

    use: Use
    version: str
    text: str | Promise
    help: str | Promise


CONSENT_TEXTS: dict[Use, ConsentText] = {
    Use.SITE: ConsentText(
        Use.SITE,
        "2026-11",
        _("Mijn tekst mag op deze website staan. Iedereen kan hem dan lezen."),
        _(
            "Zonder deze toestemming kunnen wij uw tekst niet plaatsen. U kunt hem altijd weer intrekken. Dan halen "
            "wij uw tekst meteen weg en wissen wij hem. Wat anderen intussen lazen of overnamen, kunnen wij niet "
            "terughalen."
        ),
    ),
    Use.PAPERS: ConsentText(
        Use.PAPERS,
        "2026-11",
        _("Mijn tekst mag ook in het rapport over de gemeente staan, en in stukken voor de gemeenteraad."),
        _("Dit hoeft niet. U kunt dit later veranderen. Een rapport dat al gemaakt is, verandert dan niet meer."),
    ),
}
