# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""`python -m bench [NAME …]`: run the benchmarks and print each figure against its bound."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click

from bench.measures import BENCHES, Measure, machine


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", nargs=-1, type=click.Choice(list(BENCHES)))
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@click.option("--strict", is_flag=True, help="Exit code 1 when a bound is not kept.")
@click.option("--inside", hidden=True, help="Run this one here; how the fresh process is started.")
def main(names: tuple[str, ...], as_json: bool, strict: bool, inside: str | None) -> None:
    """Run benchmarks, each in a fresh process. A ratio up to 1.00 keeps the bound."""
    if inside is not None:
        found = import_module(BENCHES[inside]).measures()
        click.echo(json.dumps([[m.name, m.value, m.unit, m.bound, m.better] for m in found]))
        return
    here = machine()
    if not as_json:
        click.echo(", ".join(f"{name} {value}" for name, value in here.items()))
    results: dict[str, list[Measure]] = {}
    failed = []
    for name in names or BENCHES:
        done = subprocess.run(
            [sys.executable, "-m", "bench", "--inside", name],
            cwd=Path(__file__).parents[1],
            stdout=subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            failed.append(name)
            continue
        results[name] = [Measure(*row) for row in json.loads(done.stdout.splitlines()[-1])]
        if not as_json:
            _show(name, results[name])
    if as_json:
        click.echo(json.dumps({"machine": here, "benchmarks": _as_json(results), "failed": failed}, indent=2))
    over = [f"{name}: {m.name}" for name, found in results.items() for m in found if not m.within]
    if failed:
        raise click.ClickException(f"did not run to the end: {', '.join(failed)}")
    if over and strict:
        raise click.ClickException(f"over the bound: {', '.join(over)}")


def _show(name: str, found: list[Measure]) -> None:
    click.echo(f"\n{name}")
    for measure in found:
        value = f"{measure.value:,.1f} {measure.unit}"
        if measure.bound is None or measure.ratio is None:
            click.echo(f"  {measure.name:42} {value:>20}")
            continue
        sign = "at most" if measure.better == "lower" else "at least"
        verdict = "" if measure.within else "  OVER"
        bound = f"{sign} {measure.bound:,.10g} {measure.unit}"
        click.echo(f"  {measure.name:42} {value:>20}   {bound:24} ratio {measure.ratio:.2f}{verdict}")


def _as_json(results: dict[str, list[Measure]]) -> dict[str, list[dict[str, object]]]:
    return {
        name: [
            {"name": m.name, "value": m.value, "unit": m.unit, "bound": m.bound, "ratio": m.ratio, "within": m.within}
            for m in found
        ]
        for name, found in results.items()
    }


if __name__ == "__main__":
    main(prog_name="bench")
