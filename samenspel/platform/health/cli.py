# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""`samenspel check`: configuration and health, in words."""

import json
import sys
from dataclasses import asdict

import click
from django.core.exceptions import ImproperlyConfigured

from samenspel.platform.cli import plain_failures, start_django


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the outcome.")
@plain_failures(ImproperlyConfigured)
def check(form: str) -> None:
    """Say how this installation is, and what to do about what is not well. Exit code 1: there are errors."""
    start_django()
    from samenspel.platform.health.registry import Level, run_checks

    outcomes = run_checks()
    failed = any(outcome.level is Level.ERROR for outcome in outcomes)
    if form == "json":
        checks = [{**asdict(outcome), "level": outcome.level} for outcome in outcomes]
        click.echo(json.dumps({"healthy": not failed, "checks": checks}, ensure_ascii=False))
    else:
        for outcome in outcomes:
            for finding in outcome.findings:
                click.echo(f"{finding.level.value:8} {outcome.title}: {finding.sentence}")
                if finding.to_do:
                    click.echo(f"{'':8} -> {finding.to_do}")
        warnings = sum(f.level is Level.WARNING for outcome in outcomes for f in outcome.findings)
        errors = sum(f.level is Level.ERROR for outcome in outcomes for f in outcome.findings)
        click.echo(f"{len(outcomes)} checks, {errors} errors, {warnings} warnings.")
    sys.exit(1 if failed else 0)
