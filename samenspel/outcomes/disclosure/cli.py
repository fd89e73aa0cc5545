# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""`samenspel outcomes releases`: what was published of people's answers, why, and from which key."""

import json
import sys

import click

_WHY = {
    "batch": "new: ten or more respondents",
    "waiting": "repeated: fewer than ten respondents since",
    "earlier": "repeated: new figures would give earlier hidden ones away",
    "budget": "repeated: the privacy budget of the year is spent",
}


@click.command()
@click.option("--family", metavar="KEY", help="Only this family of figures.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def releases(family: str | None, form: str) -> None:
    """List all releases of statistics from people's answers, with the reason and the id of the noise key.

    Exit code 1: a key is no longer the one from which its release was drawn.
    """
    from samenspel.platform.service import start_django

    start_django()
    from samenspel.outcomes.disclosure import queries

    if family is not None and family not in queries.families():
        raise click.BadParameter(f"there is no family {family!r}", param_hint="--family")
    rows = queries.releases(family)
    broken = [use for use in queries.key_uses(family) if not use.intact]
    if form == "json":
        names = ("family", "method", "number", "period", "computed", "key_id", "why")
        listed = [{**{name: getattr(row, name) for name in names}, "at": row.at.isoformat()} for row in rows]
        click.echo(json.dumps(listed, indent=2))
    else:
        for row in rows:
            same = "" if row.computed == row.number else f" (as release {row.computed})"
            click.echo(f"{row.family}  {row.number}  {row.period}  key {row.key_id or '-'}  {_WHY[row.why]}{same}")
        if not rows:
            click.echo("Nothing was released yet.", err=True)
    for use in broken:
        click.echo(f"samenspel: key {use.key_id} of {use.family} is not intact.", err=True)
    if broken:
        sys.exit(1)
