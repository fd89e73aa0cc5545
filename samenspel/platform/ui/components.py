# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What presenters hand to the template tags: tables and links, as plain frozen data."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Link:
    """A link: the text says where it goes."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading; a numeric column is aligned to the right."""

    label: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column names each row.

    Every row has one text (or Link) per column; numbers come already written out (see samenspel.platform.ui.dutch).
    Raises ValueError when a row has another number of cells than there are columns.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str | Link]]
    note: str = ""
    name: str = field(default="tabel")

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.caption}: a row has {len(row)} cells for {len(self.columns)} columns")
