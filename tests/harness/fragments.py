# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""An htmx answer, put in its place, must give the same page as loading the new address in full."""

from typing import Any

from django.test import Client
from django.test.html import Element, parse_html


def element_by_id(html: str, identifier: str) -> Element:
    """The element with this id, normalised as Django compares HTML. Fails when there is none or more than one."""
    found: list[Element] = []

    def walk(node: Any) -> None:
        if isinstance(node, Element):
            if ("id", identifier) in node.attributes:
                found.append(node)
            for child in node.children:
                walk(child)

    walk(parse_html(html))
    assert len(found) == 1, f"{len(found)} elements with id {identifier!r}"
    return found[0]


def assert_fragment_equals_page(client: Client, url: str, target: str) -> None:
    """GET `url` as htmx does for `#target` (outerHTML) and as a browser does; the target must be the same in both."""
    full = client.get(url)
    fragment = client.get(url, headers={"HX-Request": "true", "HX-Target": target, "HX-Current-URL": url})
    assert full.status_code == fragment.status_code == 200
    assert "<html" in full.content.decode()
    assert "<html" not in fragment.content.decode(), "the htmx answer is a whole page"
    assert element_by_id(fragment.content.decode(), target) == element_by_id(full.content.decode(), target)
    assert "HX-Request" in fragment.headers.get("Vary", ""), "caches would mix the fragment and the page"
