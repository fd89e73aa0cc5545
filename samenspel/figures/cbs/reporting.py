# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an update tells whoever watches it: a bar in a terminal, lines in a log, or nothing."""

import time
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)


class Reporter(Protocol):
    """Hears what happens during an update."""

    def begin(self, table: str, title: str, rows: int, already: int) -> None:
        """The download of `rows` cells begins, of which `already` were there from an earlier run."""

    def rows(self, count: int) -> None:
        """A page with `count` cells is safe on disk."""

    def bytes(self, count: int) -> None:
        """`count` bytes came in."""

    def waiting(self, seconds: float, why: str) -> None:
        """We wait before trying again."""

    def note(self, message: str) -> None:
        """Something worth a line."""


class Silent:
    """Says nothing. Remembers notes, which jobs put in their log."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def begin(self, table: str, title: str, rows: int, already: int) -> None:
        """Nothing."""

    def rows(self, count: int) -> None:
        """Nothing."""

    def bytes(self, count: int) -> None:
        """Nothing."""

    def waiting(self, seconds: float, why: str) -> None:
        """Nothing."""

    def note(self, message: str) -> None:
        """Remember it."""
        self.notes.append(message)


class Terminal:
    """A progress bar with rows, bytes and time to go on stderr; lines when stderr is no terminal."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.received = 0
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._last_line = 0.0
        self._done = 0
        self._total = 0

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def begin(self, table: str, title: str, rows: int, already: int) -> None:
        """Start the bar of a table."""
        self._stop()
        self.received, self._done, self._total = 0, already, rows
        kept = f", {already:,} kept from an earlier run" if already else ""
        self.console.print(f"{table}: {title}: {rows:,} cells{kept}", highlight=False, markup=False, soft_wrap=True)
        if self.console.is_terminal:
            self._progress = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("cells"),
                TextColumn("{task.fields[received]}"),
                TimeRemainingColumn(),
                console=self.console,
                transient=True,
            )
            self._task = self._progress.add_task(table, total=rows, completed=already, received="")
            self._progress.start()

    def rows(self, count: int) -> None:
        """Move the bar; in a log, a line at most every ten seconds."""
        self._done += count
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, advance=count)
        elif time.monotonic() - self._last_line > 10:
            self._last_line = time.monotonic()
            self.console.print(
                f"  {self._done:,} of {self._total:,} cells, {self.received:,} bytes", highlight=False, soft_wrap=True
            )

    def bytes(self, count: int) -> None:
        """Count what came in."""
        self.received += count
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, received=f"{self.received / 1e6:.1f} MB")

    def waiting(self, seconds: float, why: str) -> None:
        """Say why it takes longer."""
        self.console.print(
            f"  {why}; trying again in {seconds:.0f} s", style="yellow", highlight=False, markup=False, soft_wrap=True
        )

    def note(self, message: str) -> None:
        """A line of its own."""
        self.console.print(f"  {message}", highlight=False, markup=False, soft_wrap=True)

    def _stop(self) -> None:
        if self._progress is not None:
            self._progress.stop()
            self._progress = None
