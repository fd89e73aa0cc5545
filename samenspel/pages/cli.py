# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""`samenspel demo`: everything from nothing, with an example municipality to walk through."""

import os
from pathlib import Path

import click

from samenspel.platform.service import commands


def demo_folder() -> Path:
    """Where the demo keeps its data: SAMENSPEL_DATA, else a folder beside that of a real installation.

    Never the folder of a real installation by default: in a demo anyone can step in as anybody.
    """
    usual = commands.data_folder()
    return usual if os.environ.get("SAMENSPEL_DATA") else usual.with_name(usual.name + "-demo")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@commands.plain_failures(*commands.EXPECTED)
def demo(host: str, port: int) -> None:
    """Build everything from nothing and serve it: database, real open data, an example municipality.

    The example people are invented. Whoever reaches this address can step in as any of them, so keep it on your own
    machine.
    """
    if os.environ.get("DATABASE_URL"):
        commands.fail(
            "the demo makes a database of its own and never touches another one, because anyone can step in as anybody "
            "in it. Start it without DATABASE_URL."
        )
    commands.check_port(host, port)
    os.environ["SAMENSPEL_DATA"] = str(demo_folder())
    os.environ["SAMENSPEL_DEMO"] = "1"
    commands.start_django()
    from samenspel.figures.service import bring_up_to_date
    from samenspel.outcomes.service import bring_up_to_date as compare
    from samenspel.outcomes.service import contributions, debate
    from samenspel.platform.service import accounts

    commands.say(f"The demo keeps its data in {demo_folder()}")
    commands.prepare(migrate=True)
    if accounts.real_people_exist():
        commands.fail(
            f"{demo_folder()} holds accounts of real people. In a demo anyone can step in as anybody, so it needs "
            "a folder of its own: SAMENSPEL_DATA=/another/folder samenspel demo"
        )
    with commands.progress() as show:
        if bring_up_to_date(progress=show):
            commands.say("The figures are ready.")
        if compare(progress=show):
            commands.say("The comparisons are ready.")
    accounts.seed_demo_people()
    debate.seed_demo_debate()
    contributions.seed_demo_stories()
    commands.serve_anew(host=host, port=port)
