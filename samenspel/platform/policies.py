# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every rule has in common: a refusal carries a Dutch sentence, and each entry point names its policy."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

POLICY_ATTRIBUTE = "samenspel_policy"


class Refusal(Exception):
    """Somebody may not do this. The message is a Dutch sentence for the person who is refused."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The rule an entry point (view, API operation, job) declares.

    `check` raises Refusal; None means that anyone may enter, and `reason` then says why.
    """

    name: str
    reason: str
    check: Callable[[Any], None] | None = None


def public(reason: str) -> Policy:
    """A policy for an entry point that anyone may use; `reason` says why that is right."""
    return Policy(name="public", reason=reason)


def declares(policy: Policy) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a view, API operation or job with its policy and enforce it.

    The check receives the actor of the request (`request.actor`, see samenspel.platform.accounts.actors) when the
    first argument is one, else the first argument itself (a job's actor).
    """

    def decorate(entry: Callable[P, R]) -> Callable[P, R]:
        @wraps(entry)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if policy.check is not None:
                first: Any = args[0] if args else None
                policy.check(getattr(first, "actor", first))
            return entry(*args, **kwargs)

        setattr(guarded, POLICY_ATTRIBUTE, policy)
        return guarded

    return decorate


def why_not(check: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> str:
    """The sentence with which a `check_x` refuses, to show where a button would have stood; "" when it allows."""
    try:
        check(*args, **kwargs)
    except Refusal as refusal:
        return str(refusal)
    return ""


def allows(check: Callable[P, None]) -> Callable[P, bool]:
    """The `can_x` of a `check_x`: True when it does not refuse."""

    @wraps(check)
    def can(*args: P.args, **kwargs: P.kwargs) -> bool:
        try:
            check(*args, **kwargs)
        except Refusal:
            return False
        return True

    return can
