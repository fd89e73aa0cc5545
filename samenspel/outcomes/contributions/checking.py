# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a text may tell who somebody is: what was found in it, in words, and what may stand with a reason."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from samenspel.methods.identifying import NEVER, Kind, identify
from samenspel.voice.service import careful

FOUND_IN_WORDS = careful.FOUND_IN_WORDS

Parts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Find:
    """One thing that was found: in which part, what kind, and the characters themselves."""

    part: str
    kind: Kind
    start: int
    end: int
    marked: str

    @property
    def never(self) -> bool:
        """Whether no reason lets it through."""
        return self.kind in NEVER

    @property
    def in_words(self) -> str:
        """What it looks like: "een telefoonnummer"."""
        return str(FOUND_IN_WORDS[self.kind])


def find_in(parts: Parts, signed: str = "", *, known: Collection[str] = ()) -> list[Find]:
    """Everything in the parts and the name of the teller ("signed") that may tell who somebody is.

    `known` are names of places, which are not taken for names of people.
    """
    return [
        Find(part, one.kind, one.start, one.end, text[one.start : one.end])
        for part, text in [*parts.items(), ("signed", signed)]
        for one in identify(text, known=known)
    ]


def not_let_through(finds: Collection[Find], confirmed: Mapping[str, str]) -> list[Find]:
    """What must still be changed, or confirmed with a reason (by kind of find)."""
    return [find for find in finds if find.never or not confirmed.get(find.kind, "").strip()]
