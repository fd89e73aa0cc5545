# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How values are written in charts and their tables."""

from dataclasses import dataclass
from typing import Literal

from samenspel.platform.ui import dutch


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader must know beside a drawing. `dutch` follows the words and is Dutch on a page of any language."""

    words: str
    dutch: str = ""

    def __str__(self) -> str:
        """The note as plain text."""
        return f"{self.words} {self.dutch}".strip()


@dataclass(frozen=True, slots=True)
class Unit:
    """What a value counts. `kind` decides its form; `in_words` names it, in the language of the page, in its table.

    percent: "12,3 %"; money: "€ 1.250"; number: "12.345".
    """

    in_words: str
    kind: Literal["percent", "money", "number"] = "number"
    decimals: int = 0

    def write(self, value: float | None, decimals: int | None = None) -> str:
        """The value with its sign or currency; "geen cijfer" when there is none."""
        from django.utils.translation import gettext

        if value is None:
            return gettext("geen cijfer")
        places = self.decimals if decimals is None else decimals
        if self.kind == "percent":
            return dutch.percent(value, places)
        if self.kind == "money":
            return dutch.money(value, places)
        return dutch.number(value, places)

    def write_tick(self, value: float, step: float) -> str:
        """A value on an axis: as many decimals as the step needs, large ones in words."""
        if self.kind == "number" and abs(value) >= 1_000_000:
            return dutch.large(value)
        return self.write(value, 0 if step >= 1 else 1 if step >= 0.1 else 2)
