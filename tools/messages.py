# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Collects the Dutch texts of the program and keeps their English translations, without GNU gettext.

    python -m tools.messages           collect, keep what was translated, compile; list what still needs a translation
    python -m tools.messages --check   change nothing; exit 1 when anything is missing, stale or not compiled

Dutch is the msgid. Babel reads Python, also what Django makes of a template; polib keeps the catalogue.
"""

import argparse
import difflib
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from babel.messages.extract import extract

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "samenspel"
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
COMPILED = CATALOGUE.with_suffix(".mo")

# function -> which arguments are texts, as Babel writes it ((1, "c") is a context)
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%[sd]|\{(\w*)[^{}]*\}")
# A text that changed a little keeps its old translation as a suggestion (marked fuzzy) above this likeness.
ALIKE = 0.75

Key = tuple[str | None, str, str]


@dataclass(frozen=True, slots=True)
class Message:
    """One text to translate, with its plural (or "") and context (or None), and the files it stands in."""

    text: str
    plural: str
    context: str | None
    files: tuple[str, ...]

    @property
    def key(self) -> Key:
        """What makes it the same text: context, singular, plural."""
        return self.context, self.text, self.plural


def python_messages(source: str) -> Iterator[tuple[str, str, str | None]]:
    """(text, plural, context) of each marked text in Python source."""
    for _line, texts, _comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
        singular, plural = (texts, "") if isinstance(texts, str) else (texts[0], texts[1])
        if singular:
            yield singular, plural or "", context


def template_messages(source: str, name: str) -> Iterator[tuple[str, str, str | None]]:
    """(text, plural, context) of each marked text in a Django template."""
    from django.utils.translation import templatize

    # What Django makes of a template is not indented like Python; the tokenizer stumbles over that and nothing else.
    lines = (line.strip() for line in templatize(source, origin=name).split("\n"))
    yield from python_messages("\n".join(lines))


def source_files(package: Path = PACKAGE) -> list[Path]:
    """The Python files and templates of the program, sorted."""
    found = [*package.rglob("*.py"), *package.rglob("templates/**/*.html"), *package.rglob("templates/**/*.txt")]
    return sorted(path for path in found if "migrations" not in path.parts)


def collect(files: Iterable[Path] | None = None) -> list[Message]:
    """All marked texts, each once, sorted by text."""
    places: dict[Key, list[str]] = {}
    for path in source_files() if files is None else files:
        source = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
        found = python_messages(source) if path.suffix == ".py" else template_messages(source, name)
        for text, plural, context in found:
            files_of = places.setdefault((context, text, plural), [])
            if name not in files_of:
                files_of.append(name)
    keys = sorted(places, key=lambda key: (key[1].casefold(), key[1], key[0] or "", key[2]))
    return [Message(text, plural, context, tuple(places[context, text, plural])) for context, text, plural in keys]


def key_of(entry: polib.POEntry) -> Key:
    """The key of a catalogue entry, comparable with Message.key."""
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def updated(catalogue: polib.POFile, messages: list[Message]) -> polib.POFile:
    """A new catalogue with exactly these messages: translations are kept, near misses become fuzzy suggestions."""
    known = {key_of(entry): entry for entry in catalogue if not entry.obsolete}
    wanted = {message.key for message in messages}
    left_over = {key[1]: entry for key, entry in known.items() if key not in wanted}
    result = polib.POFile(wrapwidth=110)
    # No dates and no line numbers: the catalogue changes only when a text does, and branches merge.
    result.metadata = {
        "Project-Id-Version": "Samenspel",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for message in messages:
        entry = polib.POEntry(
            msgid=message.text,
            msgid_plural=message.plural,
            msgctxt=message.context,
            occurrences=[(name, "") for name in message.files],
        )
        old = known.get(message.key)
        if old is None:
            near = difflib.get_close_matches(message.text, left_over, n=1, cutoff=ALIKE)
            old = left_over[near[0]] if near else None
            if old is not None:
                entry.flags.append("fuzzy")
        elif old.fuzzy:
            entry.flags.append("fuzzy")
        forms = translations(old) if old is not None else []
        if message.plural:
            entry.msgstr_plural = dict(enumerate([*forms, "", ""][:2]))
        else:
            entry.msgstr = forms[0] if forms else ""
        if old is not None and old.tcomment:
            entry.tcomment = old.tcomment
        result.append(entry)
    return result


def translations(entry: polib.POEntry) -> list[str]:
    """The translation, or both forms when the text has a plural."""
    if entry.msgid_plural:
        return [entry.msgstr_plural[number] for number in sorted(entry.msgstr_plural)]
    return [entry.msgstr]


def placeholders(text: str) -> set[str]:
    """The places in a text where a value comes: %(name)s, {name}, %s."""
    return {match.group(0) for match in PLACEHOLDER.finditer(text.replace("%%", ""))}


def problems(catalogue: polib.POFile, messages: list[Message], compiled: bytes) -> list[str]:
    """What is wrong with the translations, a sentence each; empty when all is well."""
    found: list[str] = []
    entries = {key_of(entry): entry for entry in catalogue}
    for message in messages:
        entry = entries.pop(message.key, None)
        both = f"{message.text!r} / {message.plural!r}" if message.plural else repr(message.text)
        name = f"{both} ({message.files[0]})"
        if entry is None:
            found.append(f"not in the catalogue: {name}")
            continue
        if entry.fuzzy:
            found.append(f"marked fuzzy: {name}")
        forms = translations(entry)
        if not forms or not all(form.strip() for form in forms):
            found.append(f"no translation: {name}")
            continue
        # A singular may leave out the number ("one person"), but nobody may invent a placeholder.
        allowed = placeholders(message.text) | placeholders(message.plural)
        for number, form in enumerate(forms):
            exact = placeholders(message.plural if number else message.text)
            if placeholders(form) != exact and not (message.plural and placeholders(form) <= allowed):
                found.append(f"other placeholders in the translation: {name}")
    found += [f"no longer in the program: {text!r}" for _context, text, _plural in entries]
    if catalogue.to_binary() != compiled:
        found.append(f"{COMPILED.name} is not what {CATALOGUE.name} compiles to")
    return found


def read_catalogue() -> polib.POFile:
    """The English catalogue; empty when there is none yet."""
    return polib.pofile(str(CATALOGUE), wrapwidth=110) if CATALOGUE.exists() else polib.POFile(wrapwidth=110)


def read_compiled() -> bytes:
    """The compiled catalogue that Django reads; empty when there is none yet."""
    return COMPILED.read_bytes() if COMPILED.exists() else b""


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)


def main() -> int:
    """Update the catalogue, or only check it."""
    parser = argparse.ArgumentParser(description="Collect the Dutch texts and keep their English translations.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when something is wrong")
    check: bool = parser.parse_args().check
    messages = collect()
    catalogue = read_catalogue()
    if not check:
        catalogue = updated(catalogue, messages)
        write(CATALOGUE, (str(catalogue) + "\n").encode())
        write(COMPILED, catalogue.to_binary())
    found = problems(catalogue, messages, read_compiled())
    for problem in found:
        print(problem)
    print(f"{len(messages)} texts, {len(found)} to look at", file=sys.stderr)
    return 1 if found and check else 0


if __name__ == "__main__":
    sys.exit(main())
