# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The check of the templates finds what it must find, and finds nothing in ours."""

import pytest

from tools import templates

GOOD = """{# SPDX #}{% load static %}<!doctype html>
<html lang="{{ language }}"><body class="a">
{% comment %}<p style="color: red">not looked at</p>{% endcomment %}
<p title="{% translate 'Uitleg' %}">{% translate "Zoek uw plaats" %}: {{ a|default:"niets" }} 12 % – CSV</p>
{% blocktranslate trimmed with n=x %}
  Er wonen {{ n }} mensen.
{% endblocktranslate %}
<img src="{% static 'a.png' %}" alt=""><code>GM0193</code>
<script src="{% static 'a.js' %}" defer></script>
<script type="application/json">{"a": "words"}</script>
<a href="https://example.nl/">{{ name }}</a>
</body></html>
"""


def test_a_good_template_has_no_faults() -> None:
    assert templates.faults_in(GOOD, "good.html") == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<p style="color: red">', "style attribute"),
        ("<p>\n<b onclick='x()'>", "onclick attribute"),
        ('<p hx-on:click="x">', "hx-on:click attribute"),
        ('<a href="javascript:x()">', "javascript in href"),
        ("<script>let a</script>", "inline script"),
        ("<style>p {}</style>", "inline style"),
        ('<script src="https://cdn.example/x.js"></script>', "from another host"),
        ('<link rel="stylesheet" href="//cdn.example/x.css">', "from another host"),
        ("<html>", "html without lang"),
        ("<img src='a.png'>", "img without alt"),
        ('<b tabindex="3">', "tabindex"),
        ('<a href="/" target="_blank">', "new window"),
        ("<p>Zoek uw plaats</p>", "not marked for translation: 'Zoek uw plaats'"),
        ('<input placeholder="Plaats">', "placeholder is not marked"),
        ("<p>{{ a|safe }}</p>", "unescaped output"),
        ("{% autoescape off %}", "unescaped output"),
    ],
)
def test_each_fault_is_found(source: str, expected: str) -> None:
    found = templates.faults_in(source, "bad.html")
    assert len(found) == 1
    assert expected in found[0].message


def test_an_element_whose_name_is_filled_in() -> None:
    assert templates.faults_in("<{{ tag }} {% if a %} class='b'{% endif %}></{{ tag }}>", "a.html") == []


def test_the_line_is_named() -> None:
    source = "{% comment %}\n\n{% endcomment %}\n{% translate\n'x' %}\n<p>Gemeente</p>"
    assert [str(fault) for fault in templates.faults_in(source, "a.html")] == [
        "a.html:6: not marked for translation: 'Gemeente'"
    ]


def test_a_template_that_does_not_compile_is_found() -> None:
    assert [fault.message for fault in templates.compiles("{% nosuchtag %}", "a.html")]
    assert list(templates.compiles("{% translate 'Ja' %}", "a.html")) == []


def test_our_templates_have_no_faults() -> None:
    assert [str(fault) for fault in templates.all_faults()] == []
