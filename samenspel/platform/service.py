# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other storeys may use of the platform. Keep it small and stable.

`api` is the vocabulary of API operations, a module: `api.ApiSchema`, `api.ApiProblem`, `api.answer`, …
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from samenspel.platform.cli import start_django
from samenspel.platform.policies import Policy, Refusal, allows, declares, public

if TYPE_CHECKING:
    from samenspel.platform.api import base as api

# What needs Django's settings is loaded when it is used, so that a command can start without Django.
_LATER = {"api": "samenspel.platform.api.base"}

__all__ = ["Policy", "Refusal", "allows", "api", "declares", "public", "start_django"]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(_LATER[name])
