# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""`samenspel outcomes`: make the comparisons, show those of a municipality, show how far the models reach."""

import json
from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec

import click

from samenspel.outcomes.disclosure.cli import releases
from samenspel.platform.service import commands

if TYPE_CHECKING:
    from samenspel.figures.service import Area
    from samenspel.outcomes.service import Comparison, NoComparison

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
@click.argument("municipality")
@click.argument("extra", nargs=-1, metavar="")
@click.option("--indicator", metavar="KEY", help="Only this one; by default all that are compared.")
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
@speaks_plainly
def show(municipality: str, extra: tuple[str, ...], indicator: str | None, form: str) -> None:
    """Show observed and expected use of a MUNICIPALITY (a code or a name).

    \b
    samenspel outcomes show GM0193
    samenspel outcomes show zwolle --indicator wmo_clients_per_1000
    """
    if extra:
        hint = f" For one indicator write: --indicator {extra[0]}" if len(extra) == 1 else ""
        raise click.UsageError(f"one municipality at a time.{hint}")
    from samenspel.outcomes.service import Comparison, compared_indicators, comparison

    area = _municipality(municipality)
    keys = [_indicator(indicator)] if indicator else compared_indicators()
    found = [comparison(area.code, key) for key in keys]
    if form == "json":
        click.echo(json.dumps([_leaving(one, area.name) for one in found], ensure_ascii=False, indent=2))
        return
    rows = []
    for one in found:
        if not isinstance(one, Comparison):
            rows.append([one.indicator, "", "", "", "", "", _because(one, area.name)])
            continue
        usual = one.expected_range
        outcome = one.verdict.value + (", clearly" if one.flagged else "")
        rows.append(
            [
                one.indicator,
                one.period,
                f"{one.observed:.0f}",
                f"{one.expected:.0f} ({usual.lower:.0f}-{usual.upper:.0f})",
                f"{one.ratio:.2f} ({one.ratio_interval.lower:.2f}-{one.ratio_interval.upper:.2f})",
                f"{one.places[0]}-{one.places[1]} of {one.compared_areas}",
                outcome,
            ]
        )
    _print(["indicator", "period", "observed", "expected (95 %)", "ratio (95 %)", "places", "outcome"], rows)
    if any(isinstance(one, Comparison) for one in found):
        commands.say(
            "places: the places that the uncertainty leaves open when municipalities are ordered by ratio; 1 is the "
            "largest ratio. It is not a ranking: higher is not better or worse."
        )


# What `outcomes.comparing` says in Dutch to the reader of a page, for whoever works at an English terminal.
_BECAUSE = {
    "model_estimate": "This figure is a model estimate from who lives there: it would be compared with itself.",
    "see_rate": "This is a count; the comparison is of {indicator}_per_1000.",
    "not_an_outcome": "This figure says who lives there or what there is; no number can be expected of that.",
    "no_model": "We found no fair way to compare municipalities on this figure.",
    "too_few_areas": "Too few municipalities have a figure to compare.",
    "too_small": "Fewer than five people are expected in {name}: a difference may be chance.",
    "not_existing": "{name} was not there in that year, or within other boundaries.",
    "no_figure": "There is no figure of {name}, or nobody knows how many people it is of.",
    "no_characteristics": "Too little is known of who live in {name}.",
}


def _because(one: "NoComparison", name: str) -> str:
    return _BECAUSE[one.reason].format(name=name, indicator=one.indicator)


def _leaving(one: "Comparison | NoComparison", name: str) -> dict[str, Any]:
    """A comparison in the words in which it leaves the program: an outcome, not a verdict."""
    from samenspel.outcomes.comparing.plain import to_plain
    from samenspel.outcomes.service import NoComparison

    plain: dict[str, Any] = to_plain(one)
    if isinstance(one, NoComparison):
        return {**plain, "sentence": _because(one, name)}
    return {"outcome" if key == "verdict" else key: value for key, value in plain.items()}


def _municipality(text: str) -> "Area":
    """The municipality of this code or name; ends with a sentence and exit code 1 when there is none."""
    from samenspel.figures.service import AreaLevel, UnknownArea, area_by_slug, find_areas, get_area

    wanted = text.strip()
    try:
        area = get_area(wanted.upper()) if wanted[2:].isdigit() else area_by_slug(wanted.lower())
    except UnknownArea:
        near = find_areas(text, limit=3, levels=[AreaLevel.MUNICIPALITY])
        hint = ", ".join(f"{match.area.code} ({match.area.name})" for match in near)
        commands.fail(
            f"there is no municipality {text!r}. "
            + (f"Did you mean {hint}?" if hint else "A code looks like GM0193; a name like zwolle.")
        )
    if area.level is not AreaLevel.MUNICIPALITY:
        commands.fail(f"only municipalities are compared; {area.name} ({area.code}) is a {area.level.value}.")
    return area


def _indicator(key: str) -> str:
    """The key, when there is such an indicator; ends with a sentence and exit code 1 when there is none."""
    from samenspel.figures.service import UnknownIndicator, get_indicator, near_indicators

    try:
        return get_indicator(key).key
    except UnknownIndicator:
        near = near_indicators(key)
        hint = f" Did you mean {' or '.join(near)}?" if near else " `samenspel figures list` names them all."
        commands.fail(f"there is no indicator {key!r}.{hint}")


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
