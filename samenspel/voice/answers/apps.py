# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the duty to answer."""

from django.apps import AppConfig


class AnswersConfig(AppConfig):
    """Questions, who owes an answer to them, and by when."""

    name = "samenspel.voice.answers"
    label = "answers"

    def ready(self) -> None:
        """Put the public list and the page for who owes answers in the menu."""
        from samenspel.voice.answers.menu import add_entries

        add_entries()
