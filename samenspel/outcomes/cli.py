# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""`samenspel outcomes`: make the comparisons, show those of a municipality, show how far the models reach."""

import json
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, ParamSpec

import click

from samenspel.outcomes.disclosure.cli import releases
from samenspel.platform.service import commands

Params = ParamSpec("Params")

FORMATS = click.Choice(["table", "json"])


def speaks_plainly(command: Callable[Params, None]) -> Callable[Params, None]:
    """A failure is one sentence on stderr and exit code 1; a reader that stops reading is no failure."""

    @wraps(command)
    def wrapped(*args: Params.args, **kwargs: Params.kwargs) -> None:
        from samenspel.figures.service import NoStore, UnknownArea, UnknownIndicator

        commands.start_django()
        commands.plain_failures(NoStore, UnknownArea, UnknownIndicator)(command)(*args, **kwargs)

    return wrapped


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def outcomes() -> None:
    """Outcomes: compare what is counted with what the residents lead one to expect."""


outcomes.add_command(releases)


@outcomes.command()
@click.option("--anew", is_flag=True, help="Also when the results of these figures are there already.")
@speaks_plainly
def build(anew: bool) -> None:
    """Make the comparisons of the current figures, when they are not there yet.

    Pages make them themselves when they need them; this does so beforehand.
    """
    from samenspel.outcomes.comparing.store import bring_up_to_date, folder

    with commands.progress() as show:
        made = bring_up_to_date(progress=show, anew=anew)
    commands.say(f"The comparisons {'are ready' if made else 'were up to date'} in {folder()}")


@outcomes.command()
@click.argument("area")
@click.option("--indicator", help="Only this one; by default all that are compared.")
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
@speaks_plainly
def show(area: str, indicator: str | None, form: str) -> None:
    """Show observed and expected use of a municipality, for example GM0193."""
    from samenspel.outcomes.comparing.plain import to_plain
    from samenspel.outcomes.service import Comparison, compared_indicators, comparison

    keys = [indicator] if indicator else compared_indicators()
    found = [comparison(area, key) for key in keys]
    if form == "json":
        click.echo(json.dumps([to_plain(one) for one in found], ensure_ascii=False, indent=2))
        return
    rows = []
    for one in found:
        if not isinstance(one, Comparison):
            rows.append([one.indicator, "", "", "", "", "", one.sentence])
            continue
        usual = one.expected_range
        verdict = one.verdict.value + (", clearly" if one.flagged else "")
        rows.append(
            [
                one.indicator,
                one.period,
                f"{one.observed:.0f}",
                f"{one.expected:.0f} ({usual.lower:.0f}-{usual.upper:.0f})",
                f"{one.ratio:.2f} ({one.ratio_interval.lower:.2f}-{one.ratio_interval.upper:.2f})",
                f"{one.places[0]}-{one.places[1]} of {one.compared_areas}",
                verdict,
            ]
        )
    _print(["indicator", "period", "observed", "expected (95 %)", "ratio (95 %)", "places", "outcome"], rows)


@outcomes.command()
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
@speaks_plainly
def models(form: str) -> None:
    """Show how far each model of expected use reaches."""
    from samenspel.outcomes.comparing.plain import to_plain
    from samenspel.outcomes.comparing.queries import model_summaries

    found = model_summaries()
    if form == "json":
        click.echo(json.dumps([to_plain(one) for one in found], ensure_ascii=False, indent=2))
        return
    rows = [
        [
            one.indicator,
            one.period,
            str(one.areas),
            f"{one.explained:.2f}",
            f"{one.explained_in_sample:.2f}",
            f"{one.calibration_slope:.2f}",
            f"{one.between_areas_sd:.3f}",
            f"{one.residual_moran:.2f}",
            f"{one.flagged} ({one.chance_flags:.1f})",
        ]
        for one in found
    ]
    _print(
        ["indicator", "period", "areas", "explained", "in sample", "slope", "tau", "Moran", "flags (by chance)"], rows
    )


def _print(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*row)
    console = Console()
    # Into a file or pipe there is no width to keep to.
    (console if console.is_terminal else Console(width=200)).print(table)
