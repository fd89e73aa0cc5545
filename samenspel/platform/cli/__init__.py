# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Commands of the platform, and what all commands share: starting Django, and failing in one clear sentence."""

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import NoReturn, ParamSpec, TypeVar

import click

from samenspel.platform.failures import sentence_for

P = ParamSpec("P")
R = TypeVar("R")


def start_django() -> None:
    """Make Django ready; safe to call more than once. What the command changes and logs from here on carries its name.

    The name is that of the command ("samenspel figures build"), without its arguments.
    """
    import django
    import structlog

    from samenspel.platform.audit.origin import Origin, OriginKind, origin

    django.setup()
    context = click.get_current_context(silent=True)
    if context is not None:
        source = Origin(OriginKind.COMMAND, context.command_path)
        root = context.find_root()
        root.with_resource(origin(source))
        root.with_resource(structlog.contextvars.bound_contextvars(correlation_id=source.correlation_id))


def fail(message: str, code: int = 1) -> NoReturn:
    """Say what went wrong on stderr, in a sentence, and end with an exit code (1: failed, 2: wrong arguments)."""
    click.echo(f"samenspel: {message}", err=True)
    raise SystemExit(code)


def say(message: str) -> None:
    """Tell the person at the terminal something that is not the command's answer (stderr, so that pipes stay clean)."""
    click.echo(message, err=True)


def plain_failures(*expected: type[Exception]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorate a command: these exceptions carry a message for people, and end the command with it and exit code 1.

    So do the failures that any installation can meet (samenspel.platform.failures), also without naming them.
    """

    def decorate(command: Callable[P, R]) -> Callable[P, R]:
        @wraps(command)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                given = command(*args, **kwargs)
                sys.stdout.flush()
                return given
            except BrokenPipeError:
                # The reader of our pipe is gone (samenspel … | head): point stdout away, so that closing it is silent.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                raise SystemExit(0) from None
            except expected as error:
                fail(sentence_for(error) or str(error))
            except Exception as error:
                sentence = sentence_for(error)
                if sentence is None:
                    raise
                fail(sentence)

        return run

    return decorate


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands (migrate, makemigrations, shell), as the owner of the schema."""
    from django.core.management import execute_from_command_line

    from samenspel.platform.database.roles import as_owner

    start_django()
    with as_owner():
        execute_from_command_line(["samenspel manage", *arguments])
