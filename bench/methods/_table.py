# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table of simulated results, printed as markdown."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """What was simulated: `rows` of cells under `columns`; `note` says how, how often and with which seed.

    A cell is text, or a number, which is printed with four significant figures (whole numbers as they are).
    Raises ValueError for a row that does not have a cell for each column.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | int | float]]
    note: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.title}: {len(row)} cells under {len(self.columns)} columns: {row}")

    def markdown(self) -> str:
        """The table as it stands in docs/explanation/methods.md."""
        numeric = [all(not isinstance(row[place], str) for row in self.rows) for place in range(len(self.columns))]
        lines = [
            _line(self.columns),
            _line(["---:" if right else "---" for right in numeric]),
            *(_line([_cell(cell) for cell in row]) for row in self.rows),
        ]
        parts = [f"**{self.title}**", "\n".join(lines)]
        if self.note:
            parts.append(self.note)
        return "\n\n".join(parts)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: str | int | float) -> str:
    if isinstance(value, str):
        return value.replace("|", "\\|")
    if isinstance(value, int) or value.is_integer():
        return f"{int(value):,}"
    return f"{value:.4g}"
