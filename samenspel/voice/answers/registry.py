# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of subject about which an answer can be owed. The storey that owns a kind registers it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

DEFAULT_WEEKS = 6
"""The term when a kind names no other: six weeks, as for a decision on an objection (Awb, article 7:10)."""


class UnknownSubjectKind(LookupError):
    """Nobody registered this kind of subject."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about: a title for people, the address of its page, and what was written in full ("": no text
    of its own), for who must answer it."""

    title: str
    address: str
    text: str = ""


Resolve = Callable[[Collection[str]], Mapping[str, Subject]]
"""Titles and addresses of many subjects at once (one query), by id; what is gone or hidden is left out."""


@dataclass(frozen=True, slots=True)
class SubjectKind:
    """A kind of subject: what it is called ("Verhaal"), how to find it, and the term for an answer in weeks."""

    kind: str
    name: str | Promise
    resolve: Resolve
    weeks: int


_kinds: dict[str, SubjectKind] = {}


def register_subject_kind(
    kind: str, *, name: str | Promise, resolve: Resolve, weeks: int = DEFAULT_WEEKS
) -> SubjectKind:
    """Make a kind of subject known; call it in `AppConfig.ready()`. The same kind again replaces the former.

    Raises ValueError for a term of less than one week or more than 26.
    """
    if not 1 <= weeks <= 26:
        raise ValueError(f"weeks is {weeks}; a term lies between 1 and 26 weeks")
    _kinds[kind] = SubjectKind(kind, name, resolve, weeks)
    return _kinds[kind]


def find_kind(kind: str) -> SubjectKind:
    """The registered kind; raises UnknownSubjectKind."""
    try:
        return _kinds[kind]
    except KeyError:
        raise UnknownSubjectKind(
            f"No kind of subject is called {kind!r}. Register it with voice.service.register_subject_kind()."
        ) from None


def subjects(wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], Subject]:
    """The subjects of these (kind, id) pairs, one look-up per kind; those that are gone are left out."""
    found: dict[tuple[str, str], Subject] = {}
    for kind in sorted({kind for kind, _ in wanted}):
        known = _kinds.get(kind)
        if known is None:
            continue  # the part that owned it is no longer installed
        ids = sorted({subject_id for other, subject_id in wanted if other == kind})
        found |= {(kind, subject_id): subject for subject_id, subject in known.resolve(ids).items()}
    return found
