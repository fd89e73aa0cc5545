# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What commands of other storeys use: start Django, speak, fail in a sentence, show progress, serve."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from samenspel.platform.cli import fail, plain_failures, say, start_django
from samenspel.platform.cli.serve import check_port, prepare, serve_anew
from samenspel.platform.database.embedded import EmbeddedDatabaseError
from samenspel.platform.settings.paths import data_folder

# Failures of the platform whose message is meant for the person at the terminal.
EXPECTED: tuple[type[Exception], ...] = (EmbeddedDatabaseError,)

__all__ = [
    "EXPECTED",
    "check_port",
    "data_folder",
    "fail",
    "plain_failures",
    "prepare",
    "progress",
    "say",
    "serve_anew",
    "start_django",
]


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on stderr, when that is a terminal.

    The function it gives takes the step's name, how many are done, and of how many.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def show(step: str, done: int, of: int) -> None:
            bar.update(task, description=step or "done", completed=done, total=of)

        yield show
