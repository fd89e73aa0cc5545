# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with a contribution."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from samenspel.outcomes.contributions.models import Contribution, Decision
from samenspel.outcomes.contributions.states import APPEAL_TERM, STEPS, UNDO_TERM, State
from samenspel.platform.service import Refusal, accounts, allows, public

Role = accounts.Role


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a text of their own: somebody logged in, or somebody who typed the code of `opened`."""

    actor: accounts.Actor = accounts.NOBODY
    opened: UUID | None = None


def check_takes_part(municipality: str, organisation: accounts.Organisation | None, *, clerks: int) -> None:
    """Does this municipality take part here, with somebody who can look at what comes in?"""
    if organisation is None or not organisation.is_active:
        raise Refusal(
            _("Deze gemeente doet hier nog niet mee. Niemand zou uw tekst lezen, dus u kunt hier nu niets insturen.")
        )
    if not clerks:
        raise Refusal(
            _("De griffie van deze gemeente is hier nog niet. Niemand zou uw tekst lezen, dus u kunt niets insturen.")
        )


def check_step(step: str, contribution: Contribution) -> None:
    """Can this step be taken from the state in which it stands?"""
    if State(contribution.state) not in STEPS[step].sources:
        raise Refusal(
            _("Dit kan nu niet meer. De stand van deze tekst is: {state}.").format(
                state=State(contribution.state).label.lower()
            )
        )


def check_holds(holder: Holder, contribution: Contribution) -> None:
    """Is it their own text: sent while logged in, or opened with its code?"""
    by_code = holder.opened is not None and holder.opened == contribution.public_id
    by_account = contribution.teller_id is not None and contribution.teller_id == holder.actor.person_id
    if contribution.state == State.WITHDRAWN or not (by_code or by_account):
        raise Refusal(_("Deze tekst is niet van u, of is al ingetrokken. Typ de code die u kreeg bij het versturen."))


def check_changes(holder: Holder, contribution: Contribution, now: datetime) -> None:
    """May the teller still change the text? As long as the time to think it over lasts."""
    check_holds(holder, contribution)
    check_step("changed", contribution)
    if contribution.wait_until <= now:
        raise Refusal(_("De bedenktijd is voorbij. U kunt de tekst niet meer veranderen, wel intrekken."))


def check_appeals(holder: Holder, contribution: Contribution, now: datetime) -> None:
    """May the teller ask for a second judgement? Within six weeks of the refusal."""
    check_holds(holder, contribution)
    check_step("appealed", contribution)
    if contribution.state_since + APPEAL_TERM <= now:
        raise Refusal(_("U kon tot zes weken na de weigering om een tweede oordeel vragen. Die tijd is voorbij."))


def check_not_the_teller(actor: accounts.Actor, contribution: Contribution) -> None:
    """Nobody judges a text of their own."""
    if contribution.teller_id is not None and contribution.teller_id == actor.person_id:
        raise Refusal(_("Dit is uw eigen tekst. Iemand anders kijkt ernaar."))


def check_moderates(actor: accounts.Actor, contribution: Contribution) -> None:
    """A clerk of that municipality's own organisation: the council's office, independent of the executive."""
    accounts.check_has_role(actor, Role.CLERK, within=contribution.municipality)
    check_not_the_teller(actor, contribution)


def check_judges_appeal(actor: accounts.Actor, contribution: Contribution, appealed: Decision | None) -> None:
    """Another person than who refused: a clerk or an auditor of that municipality."""
    accounts.check_has_role(actor, Role.CLERK, Role.AUDITOR, within=contribution.municipality)
    check_not_the_teller(actor, contribution)
    if appealed is not None and appealed.by_id == actor.person_id:
        raise Refusal(_("U heeft deze tekst zelf geweigerd. Daarom beslist iemand anders over het bezwaar."))


def check_looks(actor: accounts.Actor, contribution: Contribution, appealed: Decision | None) -> None:
    """May the actor see a text that is not published: who may decide about it now."""
    if contribution.state == State.APPEALED:
        check_judges_appeal(actor, contribution, appealed)
    else:
        check_moderates(actor, contribution)
    if contribution.state == State.WAITING:
        raise Refusal(_("De verteller heeft nog bedenktijd. U ziet de tekst als die voorbij is."))
    if contribution.sealed is None and contribution.published is None:
        raise Refusal(_("Deze tekst is er niet meer: de verteller trok hem in, of de bewaartermijn is voorbij."))


def check_reopens(actor: accounts.Actor, contribution: Contribution, now: datetime, latest: Decision | None) -> None:
    """A refusal can be looked at again until the teller objects; publishing can be undone for an hour.

    Not what a second person decided after an objection: that is no slip of the hand.
    """
    check_moderates(actor, contribution)
    check_step("reopened", contribution)
    if contribution.state == State.PUBLISHED and latest is not None and latest.step != "published":
        raise Refusal(_("Dit is na een bezwaar of een melding besloten. Dat kunt u niet terugdraaien."))
    if contribution.state == State.PUBLISHED and contribution.state_since + UNDO_TERM <= now:
        raise Refusal(
            _("U kon het plaatsen een uur lang terugdraaien. Die tijd is voorbij. U kunt de tekst wel melden.")
        )


def check_reviews(actor: accounts.Actor) -> None:
    """Somebody who may have texts to look at: a clerk, or an auditor for appeals."""
    accounts.check_has_role(actor, Role.CLERK, Role.AUDITOR)


can_hold = allows(check_holds)
can_change = allows(check_changes)
can_appeal = allows(check_appeals)
can_moderate = allows(check_moderates)
can_judge_appeal = allows(check_judges_appeal)
can_reopen = allows(check_reopens)
can_review = allows(check_reviews)
can_look = allows(check_looks)

READS = public("Published texts and the rules of moderation are for everybody (essay, part 5).")
TELLS = public("Somebody in trouble tells a story without logging in; attempts are counted, a person reads each text.")
OPENS = public("Whoever has the personal code of a text is its teller; attempts are counted.")
REPORTS = public("Anybody may say that something is wrong with a published text.")
OWN = accounts.LOGGED_IN
REVIEWS = accounts.needs("reviews contributions", check_reviews)
