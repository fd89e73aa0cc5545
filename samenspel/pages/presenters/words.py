# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The program's own words about figures in the language of the page; what sources and passports say stays Dutch."""

from django.utils.html import format_html
from django.utils.translation import get_language, gettext

from samenspel.figures.service import AreaLevel, Status, Topic, Unit


def said(word: AreaLevel | Status | Topic | Unit) -> str:
    """The word that the figures have for a level, status, topic or unit: "gemeente", in English "municipality"."""
    return gettext(word.in_words())


def dutch(text: str) -> str:
    """Content that exists in Dutch only, marked as such on an English page so that it is read aloud in Dutch."""
    return format_html('<span lang="nl">{}</span>', text) if text and english() else text


def english() -> bool:
    """Whether the page is read in English."""
    return (get_language() or "nl").startswith("en")
