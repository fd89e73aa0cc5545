# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""`samenspel audit verify` and `samenspel audit head`."""

import json
import sys
from dataclasses import asdict

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def audit() -> None:
    """The audit trail: is it whole?"""


@audit.command()
@click.option("--anchor", metavar="FILE|PLACE:HASH", help="A head noted elsewhere; it must be in the chain.")
@click.option("--last", type=click.IntRange(min=1), metavar="N", help="Only the last N rows.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the outcome.")
def verify(anchor: str | None, last: int | None, form: str) -> None:
    """Compute every link of the chain again. Exit code 0: intact; 1: broken, and where."""
    from samenspel.platform.cli import start_django

    start_django()
    from rich.console import Console
    from rich.progress import Progress

    from samenspel.platform.audit import verify as chain

    try:
        noted = chain.read_anchor(anchor) if anchor is not None else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--anchor") from error
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("Verifying", total=None)
        report = chain.verify(
            anchor=noted, last=last, progress=lambda done, total: bar.update(task, completed=done, total=total)
        )
    if form == "json":
        click.echo(json.dumps({"intact": report.intact, **asdict(report)}))
    else:
        for finding in report.findings:
            click.echo(finding.sentence)
        if report.intact:
            click.echo(f"Intact: {report.rows} rows. Head: {report.place}:{report.hash}")
        else:
            click.echo(f"Broken: {len(report.findings)} finding(s) in {report.rows} rows.")
    if not report.intact:
        sys.exit(1)


@audit.command()
def head() -> None:
    """Print PLACE:HASH of the last row. Note it elsewhere, and give it to `verify --anchor` later."""
    from samenspel.platform.cli import start_django

    start_django()
    from samenspel.platform.audit import verify as chain

    place, hashed = chain.head()
    click.echo(f"{place}:{hashed}")
