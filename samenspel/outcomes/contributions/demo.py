# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Invented texts for the demo, each marked as such: with a counter-story, an answer, and one that waits for review.

They are data in Dutch, as stories are. They go the way of every text: sent, reviewed by the example clerk, answered by
the example policy officer.
"""

import secrets

from django.conf import settings
from django.utils import timezone

from samenspel.outcomes.contributions import actions
from samenspel.outcomes.contributions.kinds import Kind
from samenspel.outcomes.contributions.models import Contribution
from samenspel.outcomes.contributions.states import Reason, Use
from samenspel.outcomes.contributions.subjects import FIGURE, figure_id
from samenspel.platform.service import accounts
from samenspel.voice import service as voice

LONELY = "lonely"
CARERS = "informal_carers"

STORY = """Sinds mijn vrouw er niet meer is, zijn de zondagen het langst.

Door de week komt de hulp voor het huishouden. Zij praat met mij, en dat is eigenlijk de beste hulp. Maar dat \
telt niemand: op het formulier staat alleen of de badkamer schoon is. In het cijfer ben ik nu iemand die zich \
eenzaam voelt. Ik voel mij vooral overgeslagen."""

COUNTER = """Bij ons in de straat heeft één koffietafel veel veranderd.

Een buurvrouw zette op woensdag haar garage open. Nu komen er elke week twaalf mensen. Niemand heeft ons iets \
gevraagd en niemand heeft ons iets betaald. Het cijfer zegt dat veel mensen eenzaam zijn. Ik zie ook dat \
mensen zelf iets doen, en dat staat nergens."""

CARER = """Ik zorg voor mijn moeder en werk vier dagen.

Iedereen zegt dat ik hulp kan vragen. Maar elke hulp vraagt een eigen gesprek, een eigen formulier en een \
eigen wachtlijst. Ik heb geen mantelzorgcompliment nodig. Ik heb één mens nodig die het overneemt als ik ziek \
ben."""

DOUBT = """Wie zich het meest alleen voelt, vult geen vragenlijst in.

Het cijfer komt uit een vragenlijst van de GGD. Mijn overbuurman doet al jaren de deur niet open, ook niet \
voor een enquête. Ik denk dat het echte aantal hoger is."""

ANSWER = """Dank u voor uw verhaal. U heeft gelijk: wij tellen of de hulp kwam, niet of u er iets aan had.

Wij vragen vanaf januari aan iedereen met hulp bij het huishouden wat het contact voor hen betekent. In juni \
laten wij hier zien wat daaruit kwam."""

WAITING = """De bus naar het ziekenhuis rijdt na zes uur niet meer.

Daarom gaan mijn buren en ik niet meer naar het avondspreekuur. Dat lijkt klein, maar het is de reden dat ik \
mijn controle twee keer heb overgeslagen."""


REFUSED = """Aan het eind van de maand eten wij drie dagen brood.

De buurvrouw tegenover de kerk heeft hetzelfde, en haar man heeft schulden door het café. Niemand vraagt ernaar."""

WHY_NOT = """Uw eigen verhaal willen wij graag plaatsen. Maar de zin over uw buurvrouw en haar man zegt wie zij zijn: \
mensen in de buurt herkennen hen. Vertel het opnieuw zonder die zin, of vraag om een tweede oordeel."""


def seed_demo_stories() -> int:
    """Make the invented texts where there are none yet; gives how many. Does nothing outside demo mode."""
    if not settings.DEMO or Contribution.objects.filter(is_example=True).exists():
        return 0
    people = {one.display_name.split()[0]: one for one in accounts.seed_demo_people()}
    clerk, officer = (accounts.actor_for(people[name], second_factor=True) for name in ("Pieter", "Joris"))
    story = _published(clerk, Kind.STORY, LONELY, STORY, "iemand van 78 die alleen woont")
    _published(clerk, Kind.COUNTER_STORY, LONELY, COUNTER, "een buurtbewoner", beside=story)
    _published(clerk, Kind.STORY, CARERS, CARER, "iemand die voor haar moeder zorgt")
    _published(clerk, Kind.DOUBT, LONELY, DOUBT, "een inwoner")
    owed = voice.answers_for(Kind.STORY, [story.public_id])[str(story.public_id)]
    voice.give_answer(question=owed.id, text=ANSWER, outcome=voice.Outcome.ACCEPTED, by=officer)
    _sent(Kind.STORY, "health_good", WAITING, "een inwoner")
    samira = accounts.actor_for(people["Samira"], second_factor=True)
    refused = _sent(Kind.STORY, "making_ends_meet_difficult", REFUSED, "een moeder van twee", by=samira)
    actions.refuse(by=clerk, contribution=refused, version=refused.version, reason=Reason.IDENTIFIES, words=WHY_NOT)
    return Contribution.objects.filter(is_example=True).count()


def _sent(
    kind: Kind,
    indicator: str,
    text: str,
    signed: str,
    *,
    beside: Contribution | None = None,
    by: accounts.Actor = accounts.NOBODY,
) -> Contribution:
    """A text whose time to think it over has passed."""
    draft = actions.Draft(
        kind=kind,
        subject_kind=FIGURE,
        subject_id=figure_id(accounts.DEMO_AREA_CODE, indicator),
        parts={"text": text},
        signed=signed,
        consents=frozenset(Use),
        beside=beside.public_id if beside else None,
        confirmed={"rare": "Dit staat in een verzonnen voorbeeld."},
        is_example=True,
    )
    sent = actions.send(by=by, draft=draft, token=secrets.token_hex(16)).contribution
    Contribution.objects.filter(pk=sent.pk).update(wait_until=timezone.now())
    return Contribution.objects.get(pk=sent.pk)


def _published(
    clerk: accounts.Actor, kind: Kind, indicator: str, text: str, signed: str, *, beside: Contribution | None = None
) -> Contribution:
    found = _sent(kind, indicator, text, signed, beside=beside)
    return actions.publish(by=clerk, contribution=found, version=found.version)
