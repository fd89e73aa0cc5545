# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""`samenspel worker`: do the jobs that wait."""

import os
import signal
import threading

import click

from samenspel.platform.cli import plain_failures, start_django
from samenspel.platform.database.embedded import EmbeddedDatabaseError


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--concurrency",
    type=click.IntRange(1, 32),
    default=2,
    show_default=True,
    help="How many jobs run at the same time.",
)
@click.option("--until-empty", is_flag=True, help="Do what waits now and stop, instead of waiting for more.")
@click.option("--while-stdin-open", is_flag=True, help="Stop when standard input closes: when who started it is gone.")
@plain_failures(EmbeddedDatabaseError)
def worker(concurrency: int, until_empty: bool, while_stdin_open: bool) -> None:
    """Do the jobs that wait. SIGTERM or Ctrl-C: finish what runs, then stop."""
    from samenspel.platform.logging import logs_to_stdout

    logs_to_stdout()
    start_django()
    from django.db import connection

    from samenspel.platform.jobs.worker import run_worker

    connection.ensure_connection()  # a pool would wait half a minute before it says that the database is away
    connection.close()

    if while_stdin_open:
        threading.Thread(target=_stop_at_end_of_stdin, name="stdin", daemon=True).start()
    run_worker(concurrency=concurrency, wait=not until_empty)


def _stop_at_end_of_stdin() -> None:
    """Ask this process to stop when standard input ends; the kernel closes it also when the parent was killed."""
    # Not through sys.stdin: Python locks that when it shuts down, and a thread that waits in it ends in a crash.
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
