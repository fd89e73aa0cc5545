# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Commands of the platform. Each starts Django itself, so that --help stays quick."""

import click


def start_django() -> None:
    """Make Django ready; safe to call more than once."""
    import django

    django.setup()


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands (migrate, makemigrations, shell)."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["samenspel manage", *arguments])
