# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command line: `samenspel …` or `python -m samenspel …`."""

import os
from importlib import import_module
from typing import Any

import click

from samenspel import __version__

# command -> module:attribute; loaded only when asked for, so that `samenspel --help` is immediate.
COMMANDS: dict[str, str] = {
    "accounts": "samenspel.platform.accounts.cli:accounts",
    "audit": "samenspel.platform.audit.cli:audit",
    "backup": "samenspel.platform.cli.backup:backup",
    "check": "samenspel.platform.health.cli:check",
    "figures": "samenspel.figures.cli:figures",
    "demo": "samenspel.pages.cli:demo",
    "manage": "samenspel.platform.cli:manage",
    "outcomes": "samenspel.outcomes.cli:outcomes",
    "opendata": "samenspel.outcomes.opendata.cli:opendata",
    "openapi": "samenspel.platform.api.cli:openapi",
    "report": "samenspel.pages.report.cli:report",
    "restore": "samenspel.platform.cli.backup:restore",
    "serve": "samenspel.platform.cli.serve:serve",
    "worker": "samenspel.platform.jobs.cli:worker",
}


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].split(":")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenspel.platform.settings.installed")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. What an installation can meet (no database, a full disk) is a sentence, not a traceback."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # nobody reads on; click ends quietly
        except Exception as error:
            if isinstance(error, click.ClickException):
                raise
            from samenspel.platform.failures import sentence_for

            sentence = sentence_for(error)
            if sentence is None:
                raise
            click.echo(f"samenspel: {sentence}", err=True)
            raise SystemExit(1) from None


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Samenspel: the software of a local social contract."""


if __name__ == "__main__":
    main(prog_name="samenspel")
