# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""`python -m bench.methods [NAME …]`: run the simulations and print their tables as markdown."""

import time
from importlib import import_module
from pathlib import Path

import click

from bench.measures import machine


def names() -> list[str]:
    """The modules of this folder that have tables, in alphabetical order."""
    found = (path.stem for path in Path(__file__).parent.glob("*.py"))
    return sorted(name for name in found if not name.startswith("_"))


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("chosen", metavar="[NAME]...", nargs=-1, type=click.Choice(names()))
def main(chosen: tuple[str, ...]) -> None:
    """Simulate how well the methods hold and print the tables. Without NAME: all modules."""
    click.echo(", ".join(f"{name} {value}" for name, value in machine().items()))
    for name in chosen or names():
        start = time.perf_counter()
        click.echo(f"\n## {name}\n")
        for table in import_module(f"bench.methods.{name}").tables():
            click.echo(table.markdown() + "\n")
        click.echo(f"{name} took {time.perf_counter() - start:.0f} s", err=True)


if __name__ == "__main__":
    main(prog_name="bench.methods")
