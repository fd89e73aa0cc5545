# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""`samenspel opendata`: make a release of all figures, list the releases."""

import datetime
import json

import click

from samenspel.platform.service import commands


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def opendata() -> None:
    """Open data: releases that never change."""


@opendata.command()
def release() -> None:
    """Make a release of all figures and comparisons, when they changed since the newest one."""
    commands.start_django()
    from samenspel.figures.service import NoStore
    from samenspel.outcomes.opendata.releases import folder, make_release

    @commands.plain_failures(NoStore)
    def make() -> None:
        commands.say("A release of all figures takes a minute or two; nothing is made when nothing changed.")
        with commands.progress() as show:
            made = make_release(datetime.date.today(), progress=show)
        commands.say(f"Release {made.number} in {folder()}" if made else "The newest release is of these figures.")
        if made:
            click.echo(made.number)

    make()


@opendata.command("list")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def list_releases(form: str) -> None:
    """List the releases, the newest first."""
    commands.start_django()
    from dataclasses import asdict

    from samenspel.outcomes.opendata.releases import releases

    found = releases()
    if form == "json":
        click.echo(json.dumps([asdict(one) for one in found], indent=2))
        return
    if not found:
        commands.say("There is no release yet. Make one with: samenspel opendata release")
        return
    click.echo(f"{'release':<14}{'bytes':>14}  of the figures and comparisons")
    for one in found:
        click.echo(f"{one.number:<14}{sum(file.size for file in one.files):>14,}  {one.version}")
