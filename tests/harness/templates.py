# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""An undefined variable in a template fails the test instead of showing nothing."""

from typing import Any


class UndefinedVariableError(AssertionError):
    """A template used a variable that its view did not give."""


class RaisesWhenShown(str):
    """Django's `string_if_invalid`: it looks for "%s" in this, and then formats the variable's name into it."""

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, variable: Any) -> str:
        raise UndefinedVariableError(f"undefined template variable: {variable}")
