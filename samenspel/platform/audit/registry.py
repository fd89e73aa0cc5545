# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The actions that may be recorded, each with its Dutch sentence. An unknown action is refused."""

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext


class UnknownAction(LookupError):
    """An action that nobody registered."""


@dataclass(frozen=True, slots=True)
class AuditAction:
    """One kind of change: its slug ("role.granted"), its sentence, and the details that may be kept with it.

    `sentence` is a Dutch format string in which {actor}, {object} and the details may stand, translated when shown.
    `detail` names every key that may be kept: what is not named is refused, so that no personal data slips in.
    """

    slug: str
    sentence: str | Promise
    detail: frozenset[str] = field(default_factory=frozenset)


_actions: dict[str, AuditAction] = {}


def register_action(slug: str, sentence: str | Promise, *, detail: tuple[str, ...] = ()) -> AuditAction:
    """Make an action known; call it in the `events.py` of an app.

    Raises ValueError for a slug that is taken by another sentence, and for a sentence that names an unknown detail.
    """
    action = AuditAction(slug, sentence, frozenset(detail))
    known = _actions.get(slug)
    if known is not None and (str(known.sentence), known.detail) != (str(sentence), action.detail):
        raise ValueError(f"The audit action {slug!r} is registered twice, with different sentences or details.")
    named = {name.split(".")[0].split("[")[0] for _, name, _, _ in string.Formatter().parse(str(sentence)) if name}
    if not named <= action.detail | {"actor", "object"}:
        raise ValueError(f"The sentence of {slug!r} names details that are not declared: {sorted(named)}.")
    _actions[slug] = action
    return action


def find_action(slug: str) -> AuditAction:
    """The registered action; raises UnknownAction."""
    try:
        return _actions[slug]
    except KeyError:
        raise UnknownAction(
            f"No audit action is called {slug!r}. Register it with register_action() in the events.py of your app."
        ) from None


def registered_actions() -> list[AuditAction]:
    """All actions, sorted by slug."""
    return [_actions[slug] for slug in sorted(_actions)]


class _Unknown(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return gettext("onbekend")


def in_words(slug: str, *, actor: str, object_name: str, detail: Mapping[str, Any]) -> str:
    """The event as one sentence in the reader's language; never fails, also for an action that no longer exists."""
    action = _actions.get(slug)
    if action is None:
        return gettext("{actor}: {action} op {object}").format(actor=actor, action=slug, object=object_name)
    return string.Formatter().vformat(
        str(action.sentence), (), _Unknown({**detail, "actor": actor, "object": object_name})
    )
