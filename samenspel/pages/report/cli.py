# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""`samenspel report`: the state of the local social contract of a municipality as an accessible PDF."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samenspel.platform.service import commands

if TYPE_CHECKING:
    from samenspel.figures.service import Area


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("municipality")
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    required=True,
    help="The PDF file to write, for example zwolle.pdf; - is standard output.",
)
@click.option(
    "--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="What it is written in."
)
@commands.plain_failures(*commands.EXPECTED)
def report(municipality: str, output: Path, language: str) -> None:
    """Write the report "De staat van het lokaal sociaal contract" of a MUNICIPALITY (a code or a name) as PDF/UA.

    \b
    samenspel report GM0193 --output zwolle.pdf
    samenspel report zwolle --output - | lp
    """
    to_screen = str(output) == "-"
    if to_screen and sys.stdout.isatty():
        raise click.UsageError("A PDF cannot be read on a screen of text; name a file, or send it on with |.")
    commands.start_django()
    from django.utils import translation

    from samenspel.figures.service import NoStore
    from samenspel.pages.report.compose import report as compose
    from samenspel.platform.service import pdf

    try:
        area = _municipality(municipality)
        with translation.override(language):
            document = pdf.render_pdf(compose(area))
    except NoStore as error:
        commands.fail(str(error))
    except pdf.DocumentError as error:
        commands.fail(f"the report could not be made into an accessible PDF: {error}")
    if to_screen:
        sys.stdout.buffer.write(document)
        return
    _write(output, document)
    commands.say(f"{output} ({len(document) / 1000:,.0f} kB)")


def _municipality(text: str) -> "Area":
    from samenspel.figures.service import AreaLevel, UnknownArea, find_areas, get_area
    from samenspel.pages.queries import municipality_by_name

    try:
        area = municipality_by_name(text.strip().lower())
    except UnknownArea:
        near = find_areas(text, limit=3, levels=[AreaLevel.MUNICIPALITY])
        hint = ", ".join(f"{match.area.code} ({match.area.name})" for match in near)
        commands.fail(
            f"there is no municipality {text!r}. "
            + (f"Did you mean {hint}?" if hint else "A code looks like GM0193; a name like zwolle.")
        )
    if not area.exists_today:
        heirs = ", ".join(f"{get_area(one.code).name} ({one.code})" for one in area.successors)
        commands.fail(f"{area.name} ({area.code}) was a municipality until {area.valid_to}. It went into {heirs}.")
    return area


def _write(target: Path, content: bytes) -> None:
    from samenspel.figures.service import write_bytes

    if not target.parent.is_dir():
        commands.fail(f"there is no folder {target.parent}")
    try:
        write_bytes(target, content)
    except OSError as error:
        commands.fail(f"{target} could not be written: {error.strerror}")
