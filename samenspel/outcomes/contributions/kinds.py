# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of contributions as data: what is asked of the teller, and what follows when one is published."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST_SIGNATURE = 80


class Kind(models.TextChoices):
    """What sort of text it is. The slug is stored and stays."""

    STORY = "story", _("Verhaal")
    COUNTER_STORY = "counter_story", _("Tegenverhaal")
    DOUBT = "doubt", _("Twijfel")
    BEHAVIOUR = "behaviour", _("Anders werken door dit cijfer")
    PROPOSAL = "proposal", _("Voorstel voor een ander cijfer")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is asked: its slug (stored), the question, help, and how long the answer may be."""

    slug: str
    question: str | Promise
    help: str | Promise = ""
    longest: int = 4000
    required: bool = True
    rows: int = 10


@dataclass(frozen=True, slots=True)
class KindRule:
    """What one kind asks and what follows from it.

    `parts`: the questions; the first is the text that is shown large. `subjects`: kinds of subjects it may be about.
    `owes_answer`: whoever is responsible for the figure owes an answer after publication. `needs_answered`: it stands
    beside another contribution.
    """

    kind: Kind
    title: str | Promise
    intro: str | Promise
    parts: tuple[Part, ...]
    owes_answer: bool
    beside_another: bool = False


_TEXT_HELP = _(
    "Schrijf over uzelf. Noem geen namen, adressen of telefoonnummers, ook niet van uzelf. Maximaal 4.000 tekens."
)

KINDS: dict[Kind, KindRule] = {
    rule.kind: rule
    for rule in (
        KindRule(
            Kind.STORY,
            _("Vertel uw verhaal"),
            _("Een cijfer vertelt niet alles. Hoe is het voor u?"),
            (Part("text", _("Wat wilt u vertellen?"), _TEXT_HELP),),
            owes_answer=True,
        ),
        KindRule(
            Kind.COUNTER_STORY,
            _("Vertel een tegenverhaal"),
            _("Ziet u het anders? Uw verhaal komt ernaast te staan, even groot."),
            (Part("text", _("Hoe ziet u het?"), _TEXT_HELP),),
            owes_answer=False,
            beside_another=True,
        ),
        KindRule(
            Kind.DOUBT,
            _("Zeg waarom u twijfelt aan dit cijfer"),
            _("Klopt het cijfer niet? Of zegt het iets anders dan mensen denken?"),
            (
                Part("text", _("Waarom twijfelt u?"), _TEXT_HELP),
                Part("would_help", _("Wat zou u overtuigen?"), longest=1000, required=False, rows=4),
            ),
            owes_answer=True,
        ),
        KindRule(
            Kind.BEHAVIOUR,
            _("Vertel hoe mensen anders gaan werken door dit cijfer"),
            _("Soms gaan mensen anders werken om een cijfer mooier te maken. Ziet u dat gebeuren?"),
            (Part("text", _("Wat ziet u gebeuren?"), _TEXT_HELP),),
            owes_answer=True,
        ),
        KindRule(
            Kind.PROPOSAL,
            _("Stel een ander cijfer voor"),
            _("Mist u iets? Zeg wat wij beter kunnen tellen."),
            (
                Part(
                    "text",
                    _("Wat wilt u weten?"),
                    _("Bijvoorbeeld: of mensen na een jaar nog hulp hebben."),
                    1000,
                    rows=4,
                ),
                Part("why", _("Waarom is dat beter?"), _TEXT_HELP),
                Part("how", _("Hoe kunnen wij dat tellen?"), longest=2000, required=False, rows=5),
            ),
            owes_answer=True,
        ),
    )
}
