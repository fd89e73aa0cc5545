# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What Python says to people is marked for translation, like what templates say (tools/templates.py)."""

import ast
from pathlib import Path

import pytest

from tests.structure.repository import files, read

# function -> it says its first argument to a person
SPEAKERS = {"Refusal", "ValidationError", "messages.success", "messages.error", "messages.info", "messages.warning"}
# keyword arguments that are shown, in forms and models
SHOWN = {"label", "help_text", "verbose_name", "verbose_name_plural", "empty_label"}


def unmarked(source: str) -> list[tuple[int, str]]:
    """(line, text) of each text for people that is a plain string."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        said: list[ast.expr] = []
        if name in SPEAKERS or name.rpartition(".")[2] in {"Refusal", "ValidationError"}:
            said += node.args[1:2] if name.startswith("messages.") else node.args[:1]
        called = name.rpartition(".")[2]
        if called.endswith(("Field", "Form")) or called == "ModelChoiceField":
            said += [keyword.value for keyword in node.keywords if keyword.arg in SHOWN]
        for text in said:
            if isinstance(text, ast.JoinedStr) or (isinstance(text, ast.Constant) and isinstance(text.value, str)):
                shown = ast.unparse(text)
                if any(letter.isalpha() for letter in shown):
                    found.append((node.lineno, shown))
    return found


@pytest.mark.parametrize(
    "source",
    [
        "raise Refusal('U mag dit niet.')",
        "raise policies.Refusal(f'{name} mag dit niet.')",
        "raise ValidationError('Vul iets in.')",
        "messages.success(request, 'Bewaard.')",
        "forms.CharField(label='Naam')",
    ],
)
def test_a_plain_string_is_found(source: str) -> None:
    assert len(unmarked(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "raise Refusal(_('U mag dit niet.'))",
        "raise Refusal(_('{name} mag dit niet.').format(name=name))",
        "forms.CharField(label=_('Naam'), initial='GM0193')",
        "messages.success(request, gettext('Bewaard.'))",
        "forms.CharField(label='')",
    ],
)
def test_a_marked_text_is_not(source: str) -> None:
    assert unmarked(source) == []


def test_python_says_nothing_that_cannot_be_translated() -> None:
    found = [
        f"{name}:{line}: {text}"
        for name in files(".py", under="samenspel/")
        if "migrations" not in Path(name).parts
        for line, text in unmarked(read(name))
    ]
    assert found == []
