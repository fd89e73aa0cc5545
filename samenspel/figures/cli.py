# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""`samenspel figures`: build the figure store, list the indicators, show the figures of an area."""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import click

from samenspel.figures.cbs.cli import update
from samenspel.platform.service import commands

Params = ParamSpec("Params")

FORMATS = click.Choice(["table", "json", "csv"])


def speaks_plainly(command: Callable[Params, None]) -> Callable[Params, None]:
    """A failure is one sentence on stderr and exit code 1; a reader that stops reading is no failure."""

    @wraps(command)
    def wrapped(*args: Params.args, **kwargs: Params.kwargs) -> None:
        from samenspel.figures.areas.sources import SourceProblem
        from samenspel.figures.areas.versions import NoAreas
        from samenspel.figures.passports import BrokenPassport
        from samenspel.figures.store import NoStore

        commands.plain_failures(NoStore, NoAreas, BrokenPassport, SourceProblem)(command)(*args, **kwargs)

    return wrapped


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def figures() -> None:
    """Figures: build the store from the sources, refresh it from CBS, list indicators, show values."""


figures.add_command(update)


@figures.command()
@click.option(
    "--sources", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder with the source files."
)
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
@speaks_plainly
def build(sources: Path | None, form: str) -> None:
    """Build areas and figures from the source files.

    Every table is taken in whole or not at all; failing rows go to the quarantine report in the store's folder.
    Exit code 1 when a table was refused.
    """
    from django.conf import settings
    from rich.console import Console

    _start()
    from samenspel.figures.build import build_all, read_quarantine
    from samenspel.figures.importers.pipeline import summary
    from samenspel.figures.location import store_folder

    console = Console(stderr=True)
    with commands.progress() as show:
        outcome = build_all(store_folder(), sources or settings.SOURCES_FOLDER, progress=show)
    _print(
        [summary(result) for result in outcome.checked],
        ["table", "accepted", "rows", "values", "withheld", "areas", "indicators", "failures"],
        form,
    )
    console.print(f"Store version {outcome.version[:16]} in {store_folder()}", highlight=False, soft_wrap=True)
    if outcome.refused:
        _show_quarantine(console, read_quarantine(store_folder()))
        raise click.ClickException(
            f"{len(outcome.refused)} of {len(outcome.checked)} tables were refused; "
            "what was there of them is unchanged. "
            f"All failing rows: {store_folder() / 'quarantine'}"
        )


def _show_quarantine(console: Any, failures: Any) -> None:
    """The first failing rows, on stderr."""
    for row in failures.head(20).iter_rows(named=True):
        where = ", ".join(str(row[name]) for name in ("code", "indicator", "period") if row[name])
        console.print(f"{row['file']} row {row['row']}, {where}: {row['reason']}", highlight=False, soft_wrap=True)
    if failures.height > 20:
        console.print(f"… and {failures.height - 20} more")


@figures.command("list")
@click.option("--topic", help="Only indicators of this topic, for example livelihood.")
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
@speaks_plainly
def list_(topic: str | None, form: str) -> None:
    """List the indicators: key, title, unit, periods, and the number of areas with a value."""
    _start()
    from samenspel.figures.passports import Topic
    from samenspel.figures.service import holdings, list_indicators

    if topic is not None and topic not in set(Topic):
        raise click.BadParameter(f"{topic!r} is not one of {', '.join(Topic)}", param_hint="--topic")
    rows = []
    for passport in list_indicators(topic):
        held = holdings(passport.key)
        rows.append(
            {
                "key": passport.key,
                "title": passport.title,
                "unit": passport.unit.value,
                "periods": list(held.periods) if held else [],
                "areas": held.areas if held else 0,
            }
        )
    _print(rows, ["key", "title", "unit", "periods", "areas"], form)


@figures.command()
@click.option("--area", "code", required=True, help="Code of the area, for example GM0193.")
@click.option("--indicator", "key", required=True, help="Key of the indicator; see `samenspel figures list`.")
@click.option("--breakdown", default="", help='For example "age=65+"; empty is everybody.')
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
@speaks_plainly
def show(code: str, key: str, breakdown: str, form: str) -> None:
    """Show the values of one indicator for one area, by period."""
    _start()
    from samenspel.figures.service import UnknownArea, UnknownIndicator, get_area, get_indicator, series

    try:
        area = get_area(code)
    except UnknownArea:
        raise click.ClickException(f"There is no area {code!r}.{_near_areas(code)}") from None
    try:
        passport = get_indicator(key)
    except UnknownIndicator:
        raise click.ClickException(f"There is no indicator {key!r}.{_near_indicators(key)}") from None
    found = series(area, passport.key, breakdown)
    values = [
        {
            "period": point.period,
            "value": point.value,
            "numerator": point.numerator,
            "denominator": point.denominator,
            "status": point.status.value,
        }
        for point in found.points
    ]
    if form == "json":
        content: dict[str, Any] = {
            "area": area.code,
            "indicator": passport.key,
            "unit": passport.unit.value,
            "source": passport.publisher,
            "values": values,
        }
        if breakdown:
            content["breakdown"] = breakdown
        if found.recoded:
            content["recoded"] = True
        if found.breaks:
            content["breaks"] = [{"period": b.period, "reason": b.reason} for b in found.breaks]
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return
    _print(values, ["period", "value", "numerator", "denominator", "status"], form)


def _near_areas(text: str) -> str:
    from samenspel.figures.service import find_areas

    near = [f"{match.area.code} ({match.area.name})" for match in find_areas(text, limit=3)]
    return f" Did you mean {', '.join(near)}?" if near else " Codes look like GM0193, WK019310 or BU01931000."


def _near_indicators(text: str) -> str:
    from samenspel.figures.queries import near_indicators

    near = near_indicators(text)
    return f" Did you mean {', '.join(near)}?" if near else " See `samenspel figures list`."


def _start() -> None:
    from samenspel.platform.service import start_django

    start_django()


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, list | tuple):
        return " ".join(str(item) for item in value)
    return str(value)


def _print(rows: Sequence[dict[str, Any]], columns: Iterable[str], form: str) -> None:
    """Rows to stdout as a table for people, JSON or CSV."""
    names = list(columns)
    if form == "json":
        click.echo(json.dumps([{name: row[name] for name in names} for row in rows], ensure_ascii=False, indent=2))
        return
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_text(row[name]) for name in names] for row in rows)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in names:
        numeric = bool(rows) and all(isinstance(row[name], int | float) for row in rows if row[name] is not None)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_text(row[name]) for name in names))
    # Into a file or pipe there is no width to keep to; 200 columns hold every table of ours.
    Console(width=None if sys.stdout.isatty() else 200).print(table)
