# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may answer: who owes the answer, and nobody else."""

from datetime import date

from django.utils.translation import gettext as _

from samenspel.platform.service import Refusal, accounts, allows, public
from samenspel.voice.answers.models import Question
from samenspel.voice.answers.states import MOVES, Owner, State, StepKind

READS_ANSWERS = public(
    "What was asked of a municipality and what it answered is for everybody to read (essay, part 4)."
)

ANSWERING_ROLES = (accounts.Role.POLICY_OFFICER, accounts.Role.ORGANISATION_MEMBER, accounts.Role.ADMINISTRATOR)
REMOVING_ROLES = (*ANSWERING_ROLES, accounts.Role.CLERK)
MAY_REMOVE_WORDS = accounts.needs_role(*REMOVING_ROLES)
WATCHING_ROLES = (accounts.Role.CLERK, accounts.Role.COUNCILLOR)
MAY_WATCH = accounts.needs_role(*WATCHING_ROLES)
MAY_OWE_ANSWERS = accounts.needs_role(*ANSWERING_ROLES)


def check_may_answer(actor: accounts.Actor, question: Question) -> None:
    """May the actor answer on behalf of who owes the answer?

    For a municipality its policy officers; for another organisation its members; for the administrators of the
    figures the administrators of this installation, of whichever municipality.
    """
    if question.owner == Owner.ADMINISTRATORS:
        accounts.check_has_role(actor, accounts.Role.ADMINISTRATOR)
        return
    organisation = question.organisation
    assert organisation is not None  # a constraint of the database
    of_municipality = organisation.kind == accounts.OrganisationKind.MUNICIPALITY
    role = accounts.Role.POLICY_OFFICER if of_municipality else accounts.Role.ORGANISATION_MEMBER
    accounts.check_has_role(actor, role, within=organisation)


def check_may_extend(actor: accounts.Actor, question: Question, today: date) -> None:
    """May the actor take more time? Once, and only before the answer is late: else nobody could rely on the day."""
    check_may_answer(actor, question)
    check_step(question, StepKind.EXTENDED)
    if any(step.kind == StepKind.EXTENDED for step in question.steps.all()):
        raise Refusal(_("U nam al een keer meer tijd. Dat kan niet nog eens."))
    if question.due_on < today:
        raise Refusal(_("Het antwoord is al te laat. Meer tijd nemen kan dan niet meer. Geef nu antwoord."))


def check_may_remove_words(actor: accounts.Actor, question: Question) -> None:
    """May the actor take personal data out of the answer? Who owes it, the clerk of that place, or an administrator."""
    if question.municipality and actor.holds(accounts.Role.CLERK, question.municipality):
        return
    if actor.holds_any([accounts.Role.ADMINISTRATOR]):
        return
    check_may_answer(actor, question)


def check_withdraws(actor: accounts.Actor, question: Question) -> None:
    """May the actor withdraw the question? Only who asked it; a part that owns the subject may also (see actions)."""
    accounts.check_logged_in(actor)
    if question.asked_by_id is None or question.asked_by_id != actor.person_id:
        raise Refusal(_("Alleen wie de vraag stelde, kan deze intrekken."))


def check_step(question: Question, kind: StepKind) -> None:
    """May this step follow on where the question stands (states.MOVES)?"""
    if question.state in MOVES[kind].sources:
        return
    match question.state:
        case State.WITHDRAWN:
            raise Refusal(_("Deze vraag is ingetrokken."))
        case State.OPEN:
            raise Refusal(_("Er is nog geen antwoord dat u kunt aanvullen."))
        case _:
            raise Refusal(_("Er is al een antwoord. Dat verandert niet meer. U kunt het wel aanvullen."))


can_answer = allows(check_may_answer)
can_extend = allows(check_may_extend)
can_remove_words = allows(check_may_remove_words)
