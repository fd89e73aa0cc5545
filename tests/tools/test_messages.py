# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The texts that people read are all found, translated and compiled."""

import ast
import string
from pathlib import Path

import polib
import pytest
from django.template import Context, Engine
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tools import messages
from tools.messages import Message

TEMPLATE = """{# SPDX #}
<p>{% translate "Zoek uw gemeente" %} {% translate 'Een "plaats"' context "map" %}</p>
    {% if it's %}<b>{{ _("Sluit") }}</b>{% endif %}
  {% blocktranslate trimmed count n=people|length %}
    {{ n }} inwoner
  {% plural %}
    {{ n }} inwoners
  {% endblocktranslate %}
{% blocktranslate trimmed with share=x %}Dat is {{ share }} %{% endblocktranslate %}
{% comment %}{% translate "niet dit" %}{% endcomment %}
(((  "unbalanced
"""

PYTHON = '''
"""Nothing _("here")."""
from django.utils.translation import gettext_lazy as _, ngettext, pgettext

A = _("Uw naam")
B = ngettext("één dag", "%(days)s dagen", 3) % {"days": 3}
C = pgettext("month", "mei")
D = _(
    "Een lange zin "
    "in twee delen."
)
'''


def test_template_texts_are_found() -> None:
    assert list(messages.template_messages(TEMPLATE, "x.html")) == [
        ("Zoek uw gemeente", "", None),
        ('Een "plaats"', "", "map"),
        ("Sluit", "", None),
        ("%(n)s inwoner", "%(n)s inwoners", None),
        ("Dat is %(share)s %%", "", None),
    ]


def test_python_texts_are_found() -> None:
    assert list(messages.python_messages(PYTHON)) == [
        ("Uw naam", "", None),
        ("één dag", "%(days)s dagen", None),
        ("mei", "", "month"),
        ("Een lange zin in twee delen.", "", None),
    ]


@given(st.text(alphabet=string.ascii_letters + string.digits + " .,:;!?()[]éëï€%'-\t<>&", min_size=1))
def test_any_text_in_a_template_is_found_as_django_looks_it_up(text: str) -> None:
    """What is collected is the very string Django asks the catalogue for, also with percent signs and brackets."""
    found = list(messages.template_messages(f'<i>{{% translate "{text}" %}}</i>\n   ("', "x.html"))
    asked: list[str] = []

    class Spy:
        def gettext(self, message: str) -> str:
            asked.append(message)
            return message

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.translation._trans.gettext", Spy().gettext)
        engine = Engine(builtins=["django.templatetags.i18n"])
        rendered = engine.from_string(f'{{% translate "{text}" %}}').render(Context(autoescape=False))
    assert [text for text, _plural, _context in found] == asked
    assert rendered == text


def test_no_text_is_marked_where_it_cannot_be_found() -> None:
    """Babel does not look inside f-strings: what is marked there would stay Dutch on an English page."""
    hidden = [
        f"{path.relative_to(messages.PACKAGE)}:{call.lineno}"
        for path in messages.source_files()
        if path.suffix == ".py"
        for string in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in messages.KEYWORDS
        if any(isinstance(argument, ast.Constant) for argument in call.args)
    ]
    assert hidden == []


def entry(text: str, translated: str = "", plural: str = "", second: str = "", fuzzy: bool = False) -> polib.POEntry:
    return polib.POEntry(
        msgid=text,
        msgid_plural=plural,
        msgstr="" if plural else translated,
        msgstr_plural={0: translated, 1: second} if plural else {},
        flags=["fuzzy"] if fuzzy else [],
    )


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    result = polib.POFile()
    result.extend(entries)
    return result


def wanted(*texts: str) -> list[Message]:
    return [Message(text, "", None, ("a.py",)) for text in texts]


def test_updating_keeps_what_was_translated_and_drops_what_is_gone() -> None:
    before = catalogue(entry("Ja", "Yes"), entry("Oude zin die weg is", "Old sentence"))
    after = messages.updated(before, wanted("Ja", "Nee"))
    assert [(item.msgid, item.msgstr, item.fuzzy) for item in after] == [("Ja", "Yes", False), ("Nee", "", False)]


def test_updating_twice_changes_nothing_more() -> None:
    once = messages.updated(catalogue(entry("Ja", "Yes")), messages.collect())
    assert str(messages.updated(once, messages.collect())) == str(once)


def test_a_sentence_that_changed_a_little_gets_its_old_translation_as_a_suggestion() -> None:
    before = catalogue(entry("Zoek hier uw gemeente", "Search for your municipality here"))
    after = messages.updated(before, wanted("Zoek hier uw gemeente op"))
    assert (after[0].msgstr, after[0].fuzzy) == ("Search for your municipality here", True)
    assert messages.problems(after, wanted("Zoek hier uw gemeente op"), after.to_binary()) == [
        "marked fuzzy: 'Zoek hier uw gemeente op' (a.py)"
    ]


@pytest.mark.parametrize(
    ("given_entry", "text", "expected"),
    [
        (entry("Ja"), "Ja", "no translation"),
        (entry("Ja", "  "), "Ja", "no translation"),
        (entry("Ja", "Yes"), "Nee", "not in the catalogue"),
        (entry("Dag %(name)s", "Hello"), "Dag %(name)s", "other placeholders"),
        (entry("Dag {name}", "Hello {nome}"), "Dag {name}", "other placeholders"),
        (entry("Ja", "Yes", fuzzy=True), "Ja", "marked fuzzy"),
    ],
)
def test_each_fault_is_named(given_entry: polib.POEntry, text: str, expected: str) -> None:
    po = catalogue(given_entry)
    assert any(problem.startswith(expected) for problem in messages.problems(po, wanted(text), po.to_binary()))


def test_a_plural_may_leave_out_the_number_in_the_singular_only() -> None:
    message = [Message("%(n)s inwoner", "%(n)s inwoners", None, ("a.html",))]
    good = catalogue(entry("%(n)s inwoner", "one resident", "%(n)s inwoners", "%(n)s residents"))
    assert messages.problems(good, message, good.to_binary()) == []
    half = catalogue(entry("%(n)s inwoner", "one resident", "%(n)s inwoners", ""))
    assert messages.problems(half, message, half.to_binary()) != []


def test_a_compiled_file_that_is_behind_is_named() -> None:
    po = catalogue(entry("Ja", "Yes"))
    assert messages.problems(po, wanted("Ja"), b"old") == ["django.mo is not what django.po compiles to"]


def test_every_template_and_module_is_looked_at() -> None:
    files = messages.source_files()
    assert messages.PACKAGE / "platform" / "accounts" / "roles.py" in files
    assert not [path for path in files if "migrations" in path.parts]


def test_the_english_catalogue_is_complete() -> None:
    """Every Dutch text has an English one. When this fails: make messages, then translate in django.po, then again."""
    assert messages.problems(messages.read_catalogue(), messages.collect(), messages.read_compiled()) == []


def test_django_shows_the_translation() -> None:
    done = next(
        item for item in messages.read_catalogue() if item.msgstr and "%" not in item.msgid and not item.msgctxt
    )
    with translation.override("en"):
        assert translation.gettext(done.msgid) == done.msgstr
    with translation.override("nl"):
        assert translation.gettext(done.msgid) == done.msgid


def test_writing_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a" / "x.po"
    messages.write(target, b"one")
    messages.write(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(target.parent.iterdir()) == [target]
