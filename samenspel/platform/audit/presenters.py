# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The audit trail in words: who did what, when."""

import json
from collections.abc import Iterable, Mapping

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samenspel.platform.accounts.roles import Role
from samenspel.platform.audit.models import ActorKind, AuditEvent, Result
from samenspel.platform.audit.registry import in_words, registered_actions
from samenspel.platform.ui.components import Column, Table


def action_choices() -> list[tuple[str, str]]:
    """Every kind of action, as its sentence with the open places in brackets, by that sentence."""
    choices = [
        (
            action.slug,
            in_words(action.slug, actor=_("Iemand"), object_name="…", detail=dict.fromkeys(action.detail, "…")),
        )
        for action in registered_actions()
    ]
    return sorted(choices, key=lambda choice: choice[1].casefold())


def table(events: Iterable[AuditEvent], people: Mapping[str, str], objects: Mapping[tuple[str, str], str]) -> Table:
    """One row for each event; accounts that are not among `people` are not named."""
    results = {Result.DONE: _("gedaan"), Result.REFUSED: _("geweigerd"), Result.FAILED: _("mislukt")}
    return Table(
        caption=_("Wat er gebeurde, het nieuwste eerst"),
        columns=[Column(_("Wanneer")), Column(_("Wat")), Column(_("Afloop"))],
        rows=[
            (
                date_format(localtime(event.at), "j F Y H:i"),
                sentence(event, people, objects),
                results.get(Result(event.result), event.result),
            )
            for event in events
        ],
    )


def sentence(event: AuditEvent, people: Mapping[str, str], objects: Mapping[tuple[str, str], str]) -> str:
    """The event as one sentence. Of details only what its sentence names is shown; a role by what it is called."""
    detail = json.loads(event.detail)
    if event.actor_kind == ActorKind.PERSON:
        actor = people.get(event.actor_id, _("Iemand van een andere gemeente"))
    else:
        actor = _("Het programma") if event.actor_kind == ActorKind.SYSTEM else _("Iemand die niet was ingelogd")
    subject = detail.get("person") or (event.object_id if event.object_kind == "accounts.user" else "")
    name = people.get(str(subject)) or objects.get((event.object_kind, event.object_id)) or _("iets zonder naam")
    if detail.get("role") in Role.values:
        detail["role"] = str(Role(detail["role"]).label).lower()
    return in_words(event.action, actor=actor, object_name=name, detail=detail)
