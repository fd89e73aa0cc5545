# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes docs/reference/commands.md from the commands themselves: `make reference`."""

import inspect
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]
COMMANDS_PAGE = ROOT / "docs" / "reference" / "commands.md"
HEAD = """\
<!-- SPDX-FileCopyrightText: 2026 The Samenspel contributors -->
<!-- SPDX-License-Identifier: EUPL-1.2 -->
# Commands

This page is made by `make reference` from the commands themselves; do not edit it.

`samenspel …` and `python -m samenspel …` are the same. Answers go to standard output, messages and progress to
standard error. Exit code 0: done; 1: failed, with one sentence that says why; 2: wrong arguments.
Every command has `--help`.
"""


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """(full name, command) of a command and all below it, in alphabetical order."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None and not below.hidden:
                yield from commands(below, f"{path} {name}")


def usage(path: str, command: click.Command) -> str:
    """How the command is typed."""
    pieces = command.collect_usage_pieces(click.Context(command, info_name=path))
    return " ".join([path, *pieces])


def paragraphs(text: str) -> str:
    """A docstring as Markdown: each paragraph on one line; click's sign for 'keep these lines' makes a block."""
    result = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if paragraph.startswith("\b"):
            result.append("```\n" + paragraph[1:].strip("\n") + "\n```")
        else:
            result.append(" ".join(paragraph.split()))
    return "\n\n".join(result)


def option_row(option: click.Option) -> str:
    """One row of the table of options."""
    names = ", ".join(f"`{name}`" for name in [*option.opts, *option.secondary_opts])
    default = ""
    if isinstance(option.show_default, str):
        default = option.show_default
    elif isinstance(option.default, bool):
        if option.secondary_opts:
            default = f"`{(option.opts if option.default else option.secondary_opts)[0]}`"
    elif isinstance(option.default, str | int | float) and option.default != "":
        default = f"`{option.default}`"
    values = ", ".join(f"`{choice}`" for choice in option.type.choices) if isinstance(option.type, click.Choice) else ""
    words = (option.help or "").replace("|", "\\|")
    if values:
        words = f"{words} One of {values}.".strip()
    if option.required:
        words = f"{words} Required.".strip()
    return f"| {names} | {words} | {default} |"


def section(path: str, command: click.Command) -> str:
    """The section of one command."""
    parts = [f"## {path}", f"    {usage(path, command)}", paragraphs(inspect.cleandoc(command.help or ""))]
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    shown = [option for option in options if not option.hidden and "--help" not in option.opts]
    if shown:
        rows = "\n".join(option_row(option) for option in shown)
        parts.append(f"| option | what it does | default |\n|---|---|---|\n{rows}")
    return "\n\n".join(part for part in parts if part)


def commands_page() -> str:
    """The whole page, as it should be."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenspel.platform.settings.test")
    from samenspel.__main__ import main as program

    sections = [section(path, command) for path, command in commands(program, "samenspel") if path != "samenspel"]
    return "\n\n".join([HEAD.rstrip(), *sections]) + "\n"


def main() -> int:
    """Write the page."""
    COMMANDS_PAGE.parent.mkdir(parents=True, exist_ok=True)
    COMMANDS_PAGE.write_text(commands_page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
