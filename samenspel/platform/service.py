# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other storeys may use of the platform. Keep it small and stable.

`accounts` holds who acts and what they may do: `accounts.Actor`, `accounts.check_has_role`, `accounts.needs_role`, …
`api` is the vocabulary of API operations, a module: `api.ApiSchema`, `api.ApiProblem`, `api.answer`, …
`audit` records what was done (`audit.record`, `audit.register_action`, `audit.log_look`), `jobs` does work later
(`jobs.job`, `jobs.enqueue`), `health` takes checks (`health.register_check`), `keys` encrypts (`keys.keyed_hash`),
`register_warm_up` takes what a new web process does before its first request.
`commands` is what a command of another storey needs: starting Django, progress, failing in a sentence, serving.
Of the ui kit: `charts` (drawings from plain data), `components` (Table, Column, Link for the template tags), `dutch`
(numbers and dates in words), `navigation` (entries for header and footer), `pdf` (documents), `twin` (a document as
HTML).
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from samenspel.platform.cli import start_django
from samenspel.platform.database.backup import register_folder as register_backup_folder
from samenspel.platform.policies import Policy, Refusal, allows, declares, public
from samenspel.platform.warm_up import register_warm_up

if TYPE_CHECKING:
    from samenspel.platform import keys
    from samenspel.platform.accounts import service as accounts
    from samenspel.platform.api import base as api
    from samenspel.platform.audit import service as audit
    from samenspel.platform.cli import commands
    from samenspel.platform.health import service as health
    from samenspel.platform.jobs import service as jobs
    from samenspel.platform.security import throttle
    from samenspel.platform.ui import charts, components, dutch, navigation, pdf, twin

# What needs Django's settings is loaded when it is used, so that a command can start without Django.
_LATER = {
    "accounts": "samenspel.platform.accounts.service",
    "api": "samenspel.platform.api.base",
    "audit": "samenspel.platform.audit.service",
    "charts": "samenspel.platform.ui.charts",
    "commands": "samenspel.platform.cli.commands",
    "components": "samenspel.platform.ui.components",
    "dutch": "samenspel.platform.ui.dutch",
    "health": "samenspel.platform.health.service",
    "jobs": "samenspel.platform.jobs.service",
    "keys": "samenspel.platform.keys",
    "navigation": "samenspel.platform.ui.navigation",
    "pdf": "samenspel.platform.ui.pdf",
    "throttle": "samenspel.platform.security.throttle",
    "twin": "samenspel.platform.ui.twin",
}

__all__ = [
    "Policy",
    "Refusal",
    "accounts",
    "allows",
    "api",
    "audit",
    "charts",
    "commands",
    "components",
    "declares",
    "dutch",
    "health",
    "jobs",
    "keys",
    "navigation",
    "pdf",
    "public",
    "register_backup_folder",
    "register_warm_up",
    "start_django",
    "throttle",
    "twin",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(_LATER[name])
