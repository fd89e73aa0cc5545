# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""`samenspel backup` and `samenspel restore`."""

from pathlib import Path

import click

from samenspel.platform.cli import plain_failures, say, start_django
from samenspel.platform.database.backup import BackupError, make_backup, restore_backup
from samenspel.platform.database.embedded import EmbeddedDatabaseError


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@plain_failures(EmbeddedDatabaseError, BackupError, OSError)
def backup(file: Path) -> None:
    """Write the whole installation to FILE, and its keys to FILE.keys.

    Keep the two apart: the keys open the encrypted personal data in the backup. Others can keep working meanwhile.
    """
    start_django()
    report = make_backup(file)
    say(f"Wrote {report.path} ({report.size / 1e6:.1f} MB, {report.tables} tables) and {report.keys_path}.")
    say("Keep the keys apart from the backup: together they open the personal data in it.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--keys",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The file with the keys; by default FILE.keys.",
)
@plain_failures(EmbeddedDatabaseError, BackupError, OSError)
def restore(file: Path, keys: Path | None) -> None:
    """Fill an empty installation from FILE; everything is checked before anything is written."""
    start_django()
    report = restore_backup(file, keys)
    say(f"Restored {report.path} with {report.tables} tables.")
