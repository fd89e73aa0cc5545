# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""People and roles as the pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samenspel.platform.accounts.models import RoleAssignment, User
from samenspel.platform.ui.components import Column, Link, Table


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role of a person, in words."""

    title: str
    within: str
    period: str
    given: str
    ended: str
    state: str
    end_url: str


def within(assignment: RoleAssignment) -> str:
    """ "Wijkteam Noord, Gemeente Zwolle"."""
    team = f"{assignment.team.name}, " if assignment.team else ""
    return f"{team}{assignment.organisation.name}"


def role_rows(assignments: Iterable[RoleAssignment], now: datetime) -> list[RoleRow]:
    """Each role with its period and who gave it; a role that is valid or to come can be ended."""
    return [_row(one, now) for one in assignments]


def _row(one: RoleAssignment, now: datetime) -> RoleRow:
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
    url = "" if over else reverse("accounts-end-role", kwargs={"public_id": one.public_id})
    return RoleRow(one.get_role_display(), within(one), period, given, ended, state, url)


def people_table(people: Iterable[User]) -> Table:
    """A line for each person: name, address, the roles that are valid now."""
    rows: list[tuple[Any, ...]] = []
    for one in people:
        open_roles: list[RoleAssignment] = one.open_roles  # type: ignore[attr-defined]
        roles = "; ".join(f"{held.get_role_display()} ({within(held)})" for held in open_roles)
        state = _("open") if one.is_active else _("gesloten")
        rows.append(
            (
                Link(one.display_name, reverse("accounts-person", kwargs={"public_id": one.public_id})),
                one.email or _("geen e-mailadres"),
                roles or _("nog geen rol"),
                state,
            )
        )
    columns = [Column(_("Naam")), Column(_("E-mailadres")), Column(_("Rollen nu")), Column(_("Account"))]
    return Table(caption=_("Mensen en hun rollen"), columns=columns, rows=rows)


def harmless_in_a_spreadsheet(text: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe (OWASP, CSV Injection)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "j F Y")
