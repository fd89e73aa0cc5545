# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""No page carries a script of its own: each one that any test asks for is looked through.

Scripts come from files of ours. An element of script with a text in it is data, which never runs: JSON-LD about the
page and, where one logs in, the JSON that the script for passkeys reads.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

ABOUT_THE_PAGE = "application/ld+json"
DATA = (ABOUT_THE_PAGE, "application/json")


class OwnScriptError(AssertionError):
    """A page has a script in it, or one from elsewhere."""


def check_scripts(html: str) -> list[str]:
    """Raise OwnScriptError for anything in a page that can run but a script file of ours; gives the types of its data.

    Looks at scripts, at attributes that run something, and at addresses that are scripts. Data must be JSON.
    """
    looking = _Scripts()
    looking.feed(html)
    looking.close()
    if looking.data is not None:
        raise OwnScriptError("an element of script that is not closed")
    return looking.types


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.data: str | None = None
        self.types: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name.startswith("on") or name == "srcdoc":
                raise OwnScriptError(f"<{tag} {name}=…>")
            if name in ("href", "src", "action", "formaction") and (value or "").strip().lower()[:11] == "javascript:":
                raise OwnScriptError(f"<{tag} {name}={value!r}>")
        if tag != "script":
            return
        given = dict(attrs)
        if given.get("type") in DATA and "src" not in given:
            self.data = ""
            self.types.append(str(given["type"]))
            return
        source = urlsplit(given.get("src") or "")
        if source.scheme or source.netloc or not source.path.startswith("/") or "type" in given:
            raise OwnScriptError(f"<script> with {given}")

    def handle_data(self, data: str) -> None:
        if self.data is not None:
            self.data += data
        elif self.cdata_elem == "script" and data.strip():
            raise OwnScriptError(f"a text in <script>: {data[:80]!r}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self.data is not None:
            try:
                json.loads(self.data)
            except ValueError as wrong:
                raise OwnScriptError(f"data that is no JSON: {wrong}") from None
            self.data = None


@contextmanager
def pages_without_own_scripts() -> Iterator[None]:
    """From here on each page that a test client is given is looked through."""
    ask = Client.request
    # The parser is slow in Python; what cannot hold a script is not given to it.
    may_run = re.compile(r"<script|\son\w+\s*=|srcdoc|javascript:", re.IGNORECASE)

    def looked_through(client: Client, **request: Any) -> Any:
        response = ask(client, **request)
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            html = response.content.decode(response.charset)
            if may_run.search(html):
                check_scripts(html)
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", looked_through)
        yield
