# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Checks every template: it compiles, the strict security policy allows it, every word can be translated.

python -m tools.templates       a line for each fault; exit 1 when there is one
"""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "samenspel"
DJANGO = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
COMMENT_BLOCK = re.compile(r"\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}", re.DOTALL)
TRANSLATED_BLOCK = re.compile(r"\{%\s*blocktrans(?:late)?\b.*?%\}.*?\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL)
# Words that are the same in every language.
SAME_EVERYWHERE = {"Samenspel", "CSV", "PDF", "API", "OpenAPI", "JSON", "EUPL", "CBS", "RIVM", "Nederlands", "English"}
READ_ALOUD_OR_SHOWN = {"alt", "aria-description", "aria-label", "placeholder", "title"}
# Examples for whoever builds pages; not a page for residents.
EXAMPLES = ("ui/gallery.html",)
# Django makes the help text of a form field, and escapes it there.
SAFE_BY_DJANGO = re.compile(r"\{\{\s*[\w.]*help_text\s*\|\s*safe\s*\}\}")
WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong, and where."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def blanked(source: str) -> str:
    """The template with what Django fills in taken out and what is translated blanked; lines keep their numbers."""

    def blank(match: re.Match[str]) -> str:
        # A filled-in value may be anything but a word: a digit keeps `alt="{{ x }}"` from looking empty.
        return "0" + "\n" * match.group(0).count("\n")

    for pattern in (COMMENT_BLOCK, TRANSLATED_BLOCK, DJANGO):
        source = pattern.sub(blank, source)
    return re.sub(r"<(/?)0", r"<\1div0", source)  # an element whose name is filled in


class _Reader(HTMLParser):
    """Looks at the markup of one template."""

    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.faults: list[Fault] = []
        self._silent: list[str] = []

    def fault(self, message: str) -> None:
        self.faults.append(Fault(self.path, self.getpos()[0], message))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for name, value in given.items():
            if name == "style":
                self.fault("style attribute: the security policy blocks it; use a class")
            if name.startswith(("on", "hx-on")) or name in ("hx-vars", "x-data"):
                self.fault(f"{name} attribute: the security policy blocks it; use a script file")
            if name in ("href", "src", "action") and value.strip().lower().startswith("javascript:"):
                self.fault(f"javascript in {name}")
            if name in READ_ALOUD_OR_SHOWN and self._words(value):
                self.fault(f"{name} is not marked for translation: {value.strip()!r}")
        for name in ("src", "srcset") if tag != "link" else ("href",):
            if re.match(r"(https?:)?//", given.get(name, "").strip()):
                self.fault(f"{tag} from another host: {given[name]}")
        if tag == "html" and not given.get("lang"):
            self.fault("html without lang")
        if tag == "img" and "alt" not in given:
            self.fault("img without alt")
        if tag == "iframe" and not given.get("title"):
            self.fault("iframe without title")
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.fault("inline script: the security policy blocks it")
        if tag == "style":
            self.fault("inline style: the security policy blocks it")
        if given.get("tabindex", "0").isdigit() and int(given.get("tabindex", "0")) > 0:
            self.fault("tabindex above 0 changes the reading order")
        if given.get("target") == "_blank":
            self.fault("a link that opens a new window")
        if tag in ("script", "style", "code", "kbd", "samp"):
            self._silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent and self._words(data):
            self.fault(f"not marked for translation: {data.strip()[:60]!r}")

    @staticmethod
    def _words(text: str) -> list[str]:
        return [word for word in WORD.findall(text) if word not in SAME_EVERYWHERE]


def faults_in(source: str, path: str) -> list[Fault]:
    """The faults in the markup of one template; whether it compiles is `compiles`."""
    reader = _Reader(path)
    if path.endswith(".html"):
        reader.feed(blanked(source))
        reader.close()
    if path.endswith(EXAMPLES):
        reader.faults = [fault for fault in reader.faults if "not marked for translation" not in fault.message]
    if re.search(r"\|\s*safe\b|\{%\s*autoescape\s+off", SAFE_BY_DJANGO.sub("", source)):
        reader.faults.append(Fault(path, 1, "unescaped output: make the value safe in Python, where it is tested"))
    return reader.faults


def template_files(package: Path = PACKAGE) -> list[Path]:
    """Every template of the program."""
    return sorted(path for path in package.rglob("templates/**/*") if path.suffix in (".html", ".txt", ".xml"))


def compiles(source: str, path: str) -> Iterator[Fault]:
    """A fault when Django cannot compile it (an unknown tag, a mistyped argument of a component)."""
    from django.template import TemplateSyntaxError, engines

    try:
        engines["django"].from_string(source)
    except TemplateSyntaxError as error:
        yield Fault(path, 1, str(error))


def all_faults() -> list[Fault]:
    """Every fault in every template."""
    found: list[Fault] = []
    for file in template_files():
        source, path = file.read_text(encoding="utf-8"), file.relative_to(ROOT).as_posix()
        found += faults_in(source, path)
        found += compiles(source, path)
    return sorted(found)


def main() -> int:
    """Print the faults."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenspel.platform.settings.test")
    django.setup()
    found = all_faults()
    for fault in found:
        print(fault)
    print(f"{len(template_files())} templates, {len(found)} faults", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
