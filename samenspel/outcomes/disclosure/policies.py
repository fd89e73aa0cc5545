# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may publish statistics: the program at the moments of its calendar, and policy officers and administrators."""

from typing import Any

from samenspel.platform.service import accounts, allows, audit


def check_releases(by: Any) -> None:
    """May this person, or this part of the program, publish a family? Raises Refusal."""
    if isinstance(by, audit.Actor) and by.kind == "system":
        return
    actor = by if isinstance(by, accounts.Actor) else accounts.NOBODY
    accounts.check_has_role(actor, accounts.Role.POLICY_OFFICER, accounts.Role.ADMINISTRATOR)


can_release = allows(check_releases)
