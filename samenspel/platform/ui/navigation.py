# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands in the header and footer. Each part adds its own entries when Django starts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

Place = Literal["main", "user", "footer"]


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One link in the main navigation, the user's menu or the footer.

    `label` is a Dutch text (lazy); `url_name` is reversed when the page is made. `order`: low numbers come first.
    `shown` decides per request (by default always). `post` makes it a button in a form, for what changes something
    (logging out). `prefix` is the start of the addresses for which this item counts as the current one.
    """

    label: str | Promise
    url_name: str
    order: int = 100
    shown: Callable[[HttpRequest], bool] | None = None
    post: bool = False
    prefix: str = ""


_items: dict[Place, list[NavigationItem]] = {"main": [], "user": [], "footer": []}


def add_to_navigation(place: Place, item: NavigationItem) -> None:
    """Add an entry; call it in `AppConfig.ready()`. The same url_name in the same place replaces the former entry."""
    _items[place] = sorted(
        [i for i in _items[place] if i.url_name != item.url_name] + [item], key=lambda i: (i.order, i.url_name)
    )


def navigation_for(place: Place, request: HttpRequest | None) -> list[dict[str, Any]]:
    """The entries of a place for this request: label, url, whether it is the current page, and whether it needs a POST.

    Without a request (an e-mail, a test) only entries that are always shown are given.
    """
    entries = []
    for item in _items[place]:
        if item.shown is not None and (request is None or not item.shown(request)):
            continue
        url = reverse(item.url_name)
        path = request.path if request is not None else ""
        current = "page" if path == url else "true" if item.prefix and path.startswith(item.prefix) else ""
        entries.append({"label": item.label, "url": url, "current": current, "post": item.post})
    return entries
