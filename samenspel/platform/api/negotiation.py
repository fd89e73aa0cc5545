# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""In which form an answer goes out: what the client accepts, or names with `formaat`."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

from samenspel.platform.api.problems import ApiProblem

JSON = "application/json"
CSV = "text/csv"
FORMAT_PARAMETER = "formaat"
_OFFERS = "samenspel_offers"
F = TypeVar("F", bound=Callable[..., Any])


def offers(*media_types: str) -> Callable[[F], F]:
    """Mark an operation with the media types it can answer in; the first is the default. Unmarked: JSON only."""

    def decorate(operation: F) -> F:
        setattr(operation, _OFFERS, media_types)
        return operation

    return decorate


def offered_by(operation: Callable[..., Any]) -> tuple[str, ...]:
    """The media types an operation can answer in."""
    media_types: tuple[str, ...] = getattr(operation, _OFFERS, (JSON,))
    return media_types


def accepted_type(request: HttpRequest, offered: tuple[str, ...]) -> str:
    """The offered media type that the client likes best. Raises ApiProblem 406 when it accepts none of them.

    A client that names `formaat` in the address overrules its Accept header: a link cannot set a header.
    """
    if FORMAT_PARAMETER in request.GET and len(offered) > 1:
        return offered[0]
    preferred = request.get_preferred_type(list(offered))
    if preferred is None:
        raise ApiProblem(406, f"Wij hebben dit als {' en '.join(offered)}. Noem een daarvan in de kop Accept.")
    return preferred
