# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a page is about, as data in the page; the tag `structured_data` shows it."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe


def structured_data(content: Mapping[str, Any]) -> SafeString:
    """What a page is about, for search engines: JSON-LD in a script element, which is data and never runs.

    The strict content policy does not block it, because its type is none that a browser executes. No text can close
    the element: "<", ">" and "&" are written as escapes.
    """
    text = json.dumps(content, ensure_ascii=False)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    # Escaped above.
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308
