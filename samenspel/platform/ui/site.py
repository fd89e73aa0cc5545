# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What differs between installations in what every page shows: whose it is, where to get help, which theme."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

THEME_CLASS = re.compile(r"\.([a-z][\w-]*-theme)\b")


@dataclass(frozen=True, slots=True)
class Site:
    """Name and help of this installation; empty text where the municipality set nothing."""

    organisation: str
    help_phone: str
    help_hours: str
    help_desk: str
    help_url: str


def site() -> Site:
    """The texts from the settings, as every page shows them."""
    return Site(
        organisation=settings.ORGANISATION_NAME,
        help_phone=settings.HELP_PHONE,
        help_hours=settings.HELP_HOURS,
        help_desk=settings.HELP_DESK,
        help_url=settings.HELP_URL,
    )


@dataclass(frozen=True, slots=True)
class Theme:
    """A municipality's stylesheet and the class it expects on the page's root."""

    path: Path
    css_class: str


@lru_cache(maxsize=4)
def _read_theme(path: Path) -> Theme:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ImproperlyConfigured(f"SAMENSPEL_THEME names {path}, which cannot be read: {error.strerror}") from error
    found = THEME_CLASS.search(text)
    if found is None:
        raise ImproperlyConfigured(
            f"SAMENSPEL_THEME names {path}, which has no class ending in -theme and so is no NL Design System theme"
        )
    return Theme(path=path, css_class=found.group(1))


def municipal_theme() -> Theme | None:
    """The theme that SAMENSPEL_THEME names, or None when this installation keeps the Voorbeeld theme.

    Raises ImproperlyConfigured when the file is not there or is not a theme.
    """
    return _read_theme(Path(settings.THEME_FILE)) if settings.THEME_FILE else None
