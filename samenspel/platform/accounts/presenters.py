# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""People and roles as the pages show them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samenspel.platform.accounts.models import RoleAssignment, User


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role of a person, in words."""

    title: str
    within: str
    period: str
    given: str
    ended: str
    state: str
    end_url: str  # "" when it cannot be ended
    why_not_end: str  # why somebody who manages roles may not end it; "" when they may or when it is over


@dataclass(frozen=True, slots=True)
class PersonCard:
    """One person in the list, with the roles that are valid now."""

    name: str
    url: str
    email: str
    roles: list[str]
    closed: bool


def within(assignment: RoleAssignment) -> str:
    """ "Wijkteam Noord, Gemeente Zwolle"."""
    team = f"{assignment.team.name}, " if assignment.team else ""
    return f"{team}{assignment.organisation.name}"


def role_rows(
    assignments: Iterable[RoleAssignment], now: datetime, why_not_end: Callable[[RoleAssignment], str]
) -> list[RoleRow]:
    """Each role with its period and who gave it; one that is valid or to come can be ended, or says why not."""
    return [_row(one, now, why_not_end) for one in assignments]


def _row(one: RoleAssignment, now: datetime, why_not_end: Callable[[RoleAssignment], str]) -> RoleRow:
    over = one.valid_until is not None and one.valid_until <= now
    begun = one.valid_from <= now
    state = _("voorbij") if over else _("geldt nu") if begun else _("gaat nog in")
    start = _day(one.valid_from)
    period = (
        _("van {start} tot en met {end}").format(start=start, end=_day(one.valid_until))
        if one.valid_until
        else _("vanaf {start}").format(start=start)
    )
    giver = one.given_by.display_name if one.given_by else _("het programma")
    given = _("Gegeven door {giver}: {reason}").format(giver=giver, reason=one.reason)
    ended = ""
    if one.ended_at:
        ender = one.ended_by.display_name if one.ended_by else _("het programma")
        ended = _("Beëindigd door {ender}: {reason}").format(ender=ender, reason=one.end_reason)
    reason = "" if over else why_not_end(one)
    url = "" if over or reason else reverse("accounts-end-role", kwargs={"public_id": one.public_id})
    return RoleRow(one.get_role_display(), within(one), period, given, ended, state, url, reason)


def people_cards(people: Iterable[User]) -> list[PersonCard]:
    """A card for each person: cards, because three columns of words do not fit a phone."""
    return [
        PersonCard(
            name=one.display_name,
            url=reverse("accounts-person", kwargs={"public_id": one.public_id}),
            email=one.email or _("geen e-mailadres"),
            roles=[
                f"{held.get_role_display()} ({within(held)})"
                for held in one.open_roles  # type: ignore[attr-defined]
            ],
            closed=not one.is_active,
        )
        for one in people
    ]


def harmless_in_a_spreadsheet(text: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe (OWASP, CSV Injection)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "j F Y")
