# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words as they are stored: encrypted while they are not for everybody."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from samenspel.platform.service import keys

PURPOSE = "contribution"
NOTE_PURPOSE = "contribution note"
LONGEST_FIRST = 240
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)]?\s+")


@dataclass(frozen=True, slots=True)
class Words:
    """What a teller wrote: the answers by part (kinds.py), how they wish to be named, and what they confirmed.

    `confirmed` gives for a kind of find (methods.identifying) the reason why it may stand.
    `appeal` is what they wrote when they objected.
    """

    parts: Mapping[str, str]
    signed: str
    confirmed: Mapping[str, str] = field(default_factory=dict)
    appeal: str = ""

    @property
    def text(self) -> str:
        """The first part: what is shown large."""
        return self.parts["text"]


def seal(words: Words) -> bytes:
    """The words, encrypted with the keys of this installation."""
    return keys.encrypt(PURPOSE, json.dumps(asdict(words), ensure_ascii=False))


def unseal(sealed: bytes | memoryview) -> Words:
    """The words again; raises keys.KeyFault when they were made with another key."""
    return Words(**json.loads(keys.decrypt(PURPOSE, bytes(sealed))))


def seal_note(text: str) -> bytes | None:
    """A moderator's or reader's words, encrypted; None for no words."""
    return keys.encrypt(NOTE_PURPOSE, text) if text else None


def unseal_note(sealed: bytes | memoryview | None) -> str:
    """Those words again; "" when there are none (any more)."""
    return keys.decrypt(NOTE_PURPOSE, bytes(sealed)) if sealed else ""


def opened(words: Words) -> dict[str, Any]:
    """What stands in the database while everybody can read it."""
    return {"parts": dict(words.parts), "signed": words.signed, "confirmed": dict(words.confirmed)}


def first_and_rest(text: str) -> tuple[str, str]:
    """The first sentence (at most 240 characters, cut between words) and what follows it."""
    whole = text.strip()
    end = next((match.end() for match in _SENTENCE_END.finditer(whole)), len(whole))
    line = whole.find("\n")
    end = min(end, line if line > 0 else end)
    if end > LONGEST_FIRST:
        end = whole.rfind(" ", 0, LONGEST_FIRST) + 1 or LONGEST_FIRST
    return whole[:end].strip(), whole[end:].strip()
