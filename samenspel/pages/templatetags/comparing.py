# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one way in which a page shows a comparison: with what it does not mean beside it."""

from typing import Any

from django import template

from samenspel.pages.presenters.outcome import ComparisonView

register = template.Library()


@register.inclusion_tag("pages/_comparison.html")
def comparison(*, of: ComparisonView, level: int = 0) -> dict[str, Any]:
    """Expected beside observed, whether the difference is clear, and that high or low is neither good nor bad.

    With a `level` its question stands above it as a heading of that level, which leads to its page.
    """
    if level and not 2 <= level <= 6:
        raise template.TemplateSyntaxError(f"A heading's level is 2 to 6, not {level}")
    return {"of": of, "level": level}
