# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""`samenspel figures update`: refresh the figures from CBS Open Data."""

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from samenspel.figures.cbs.update import Outcome

# What shells use for a program that was stopped with Ctrl-C.
INTERRUPTED = 130


@click.command()
@click.option("--table", "wanted", multiple=True, help="Only this table, for example 85984NED; may be given again.")
@click.option("--base-url", help="Another address instead of https://datasets.cbs.nl/odata/v1/CBS, such as a mirror.")
@click.option("--dry-run", is_flag=True, help="Say what would be downloaded; change nothing.")
@click.option("--force", is_flag=True, help="Also download what we already have.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def update(wanted: tuple[str, ...], base_url: str | None, dry_run: bool, force: bool, form: str) -> None:
    """Refresh the figures from CBS Open Data.

    Each table is taken in whole or not at all. Stopping with Ctrl-C, a lost connection or a crash loses nothing: the
    next run goes on where this one was. Proxies are read from HTTPS_PROXY and NO_PROXY. Exit code 1 when a table could
    not be refreshed, 130 after Ctrl-C.
    """
    from samenspel.figures.cbs.mapping import mapping
    from samenspel.platform.service import start_django

    catalogues, tables = mapping()
    unknown = [name for name in wanted if name not in tables]
    if unknown:
        raise click.BadParameter(f"{unknown[0]!r} is not one of {', '.join(tables)}", param_hint="--table")
    start_django()
    from django.conf import settings
    from rich.console import Console

    from samenspel.figures.areas.versions import NoAreas
    from samenspel.figures.cbs.errors import UpdateProblem
    from samenspel.figures.cbs.installation import at, surroundings
    from samenspel.figures.cbs.reporting import Terminal
    from samenspel.figures.cbs.transport import Asker
    from samenspel.figures.cbs.update import update as run

    if base_url or settings.CBS_URL:
        try:
            catalogues = at(base_url or settings.CBS_URL, catalogues)
        except ValueError:
            raise click.BadParameter(f"{base_url or settings.CBS_URL!r} is not an http address") from None
    try:
        around = surroundings()
    except NoAreas as problem:
        raise click.ClickException(str(problem)) from problem
    chosen = [table for name, table in tables.items() if not wanted or name in wanted]
    console = Console(stderr=True)
    with Terminal(console) as watcher, Asker(on_bytes=watcher.bytes, on_wait=watcher.waiting) as asker:
        try:
            outcomes = run(chosen, catalogues, asker, around, watcher, dry_run=dry_run, force=force)
        except KeyboardInterrupt:
            watcher.__exit__()
            console.print(
                "Stopped. The figures you had are unchanged, and what was downloaded is kept: "
                "run the same command again and it goes on from there.",
                highlight=False,
                soft_wrap=True,
            )
            sys.exit(INTERRUPTED)
        except UpdateProblem as problem:
            raise click.ClickException(str(problem)) from problem
    _show(outcomes, form)
    failed = [outcome for outcome in outcomes if outcome.problem is not None]
    for outcome in failed:
        console.print(f"{outcome.table}: {outcome.problem}", highlight=False, markup=False, soft_wrap=True)
    if failed:
        left = len(chosen) - len(outcomes)
        rest = f" The other {left} were not tried." if left else ""
        raise click.ClickException(f"{len(failed)} of {len(chosen)} tables could not be refreshed.{rest}")


def _show(outcomes: "Sequence[Outcome]", form: str) -> None:
    """What became of each table, on stdout."""
    rows = [
        {
            "table": outcome.table,
            "title": outcome.title,
            "state": outcome.state,
            "cells": outcome.cells,
            "modified": outcome.modified,
        }
        for outcome in outcomes
    ]
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    words = {
        "updated": "refreshed",
        "unchanged": "up to date",
        "would_update": "to download",
        "failed": "not refreshed",
    }
    for row in rows:
        cells = f"{row['cells']:>12,} cells" if row["cells"] else " " * 18
        state, modified = words[str(row["state"])], str(row["modified"])[:10]
        click.echo(f"{row['table']:<10} {state:<14} {cells}  {modified:<10}  {row['title']}")
