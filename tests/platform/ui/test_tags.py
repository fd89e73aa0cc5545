# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Each component: a mistyped name is an error, content is escaped, and the gallery shows it."""

import re
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Library, Template, TemplateSyntaxError
from django.test import RequestFactory

from samenspel.platform.ui.components import Column, Link, Table
from samenspel.platform.ui.gallery import ExampleForm
from samenspel.platform.ui.templatetags import ui

HOSTILE = "<script>alert('x')</script>\" onmouseover=\"y"
GALLERY = Path(ui.__file__).parent.parent / "templates" / "ui" / "gallery.html"
LAYOUT = {
    "page_settings",
    "main_navigation",
    "footer_navigation",
    "user_menu",
    "language_switch",
    "structured_data",
    "human_help",
    "messages_list",
}

# tag -> a proper use, with every text hostile
USES = {
    "heading": "{% heading text=x level=2 id='a' %}",
    "paragraph": "{% paragraph lead=True %}{{ x }}{% endparagraph %}",
    "link": "{% link text=x url=x hidden=x %}",
    "button": "{% button text=x name=x value=x hidden=x %}",
    "button_link": "{% button_link text=x url=x %}",
    "button_group": "{% button_group %}{{ x }}{% endbutton_group %}",
    "badge": "{% badge text=x %}",
    "search_field": "{% search_field label=x action=x button=x value=x help=x %}",
    "card": "{% card title=x url=x %}{{ x }}{% endcard %}",
    "figure_card": "{% figure_card question=x id='a' passport=x in_words=x range_in_words=x compared=x chart=x "
    "label=x does_not_say=x source=x actions=l %}{{ x }}{% endfigure_card %}",
    "owed_answer": "{% owed_answer id='a' question=x to=x state=x promise=x note=x about=k answers=o %}{{ x }}"
    "{% endowed_answer %}",
    "story_card": "{% story_card id='a' kind=x label=x first=x rest=h by=x about=k url=x %}{{ x }}{% endstory_card %}",
    "alert": "{% alert kind='error' title=x live=True %}{{ x }}{% endalert %}",
    "details": "{% details summary=x hidden=x %}{{ x }}{% enddetails %}",
    "empty_state": "{% empty_state title=x %}{{ x }}{% endempty_state %}",
    "table": "{% table table=t %}",
    "data_list": "{% data_list items=p %}",
    "breadcrumb": "{% breadcrumb items=p %}",
    "progress": "{% progress label=x id='a' value=3 text=x %}",
    "status_message": "{% status_message text=x %}",
    "pagination": "{% pagination page=page label=x %}",
    "field": "{% field field=form.name %}",
    "error_summary": "{% error_summary form=form %}",
}


class HostileForm(forms.Form):
    name = forms.ChoiceField(label=HOSTILE, help_text="Kies", choices=[(HOSTILE, HOSTILE)])


def render(source: str, **extra: object) -> str:
    table = Table(
        HOSTILE, [Column(HOSTILE), Column(HOSTILE, numeric=True)], [[HOSTILE, Link(HOSTILE, HOSTILE)]], HOSTILE
    )
    context = {
        "x": HOSTILE,
        "h": [HOSTILE],
        "l": [Link(HOSTILE, HOSTILE)],
        "k": Link(HOSTILE, HOSTILE),
        "o": [{"heading": HOSTILE, "text": HOSTILE, "outcome": HOSTILE, "reason": HOSTILE}],
        "t": table,
        "p": [(HOSTILE, HOSTILE)],
        "page": Paginator(range(50), 5).get_page(2),
        "form": HostileForm({"name": HOSTILE + "?"}),
        "request": RequestFactory().get("/", {"zoek": HOSTILE}),
    }
    return Template("{% load ui %}" + source).render(Context(context | extra))


def tags() -> set[str]:
    library = ui.register
    assert isinstance(library, Library)
    return set(library.tags)


def test_every_tag_is_tried_here_or_belongs_to_the_layout() -> None:
    assert tags() == set(USES) | LAYOUT


@pytest.mark.parametrize("name", sorted(USES))
def test_hostile_text_stays_text(name: str) -> None:
    html = render(USES[name])
    assert "<script" not in html
    assert 'onmouseover="' not in html
    assert "&lt;script&gt;" in html or name in {"pagination"}
    assert not re.search(r"\sstyle=", html)


@pytest.mark.parametrize("name", sorted(USES))
def test_a_mistyped_name_is_an_error(name: str) -> None:
    opening = re.match(r"{% (\w+)", USES[name])
    assert opening is not None
    wrong = USES[name].replace(f"{{% {name}", f"{{% {name} tekts='x'", 1)
    with pytest.raises(TemplateSyntaxError, match="unexpected keyword argument"):
        render(wrong)


def test_a_value_without_a_name_is_an_error() -> None:
    with pytest.raises(TemplateSyntaxError, match="too many positional"):
        render("{% badge 'x' %}")


@pytest.mark.parametrize("name", sorted(USES))
def test_the_gallery_shows_it(name: str) -> None:
    shown = "{{ empty_form }}" if name == "field" else f"{{% {name} "
    source = GALLERY.read_text(encoding="utf-8")
    assert shown in source or f"{{% {name} %}}" in source


def test_a_link_must_say_where_it_goes() -> None:
    for words in ("klik hier", "Lees meer"):
        with pytest.raises(TemplateSyntaxError, match="does not say where it goes"):
            render("{% link text=w url='/' %}", w=words)


def test_inline_components_add_no_space_around_them() -> None:
    for name in ("link", "badge", "button", "button_link"):
        html = render(USES[name])
        assert html == html.strip(), name


def test_a_choice_that_does_not_exist_is_an_error() -> None:
    for source in (
        "{% button text='x' kind='danger' %}",
        "{% alert kind='rood' %}{% endalert %}",
        "{% heading text='x' level=7 %}",
    ):
        with pytest.raises(TemplateSyntaxError):
            render(source)


def test_a_figure_card_without_a_figure_says_why() -> None:
    with pytest.raises(TemplateSyntaxError, match="reason that it is missing"):
        render("{% figure_card question='Q?' id='q' %}{% endfigure_card %}")
    html = render("{% figure_card question='Q?' id='q' missing='Te klein.' %}{% endfigure_card %}")
    assert "Er is hier geen cijfer" in html and "Te klein." in html


@pytest.mark.parametrize(
    "said",
    [
        "",
        "passport='/p/'",
        "range_in_words='Tussen 1 en 2.'",
        "no_range='Volledig.'",
        "passport='/p/' range_in_words='Tussen 1 en 2.' no_range='Volledig.'",
    ],
)
def test_a_figure_without_passport_or_range_cannot_be_shown(said: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="needs the passport"):
        render(f"{{% figure_card question='Q?' id='q' in_words='Drie.' {said} %}}{{% endfigure_card %}}")


def test_a_figure_says_its_range_or_why_it_has_none() -> None:
    for said in ("range_in_words='Tussen 1 en 2.'", "no_range='Tussen 1 en 2.'"):
        tag = f"{{% figure_card question='Q?' id='q' in_words='Drie.' passport='/p/' {said} %}}{{% endfigure_card %}}"
        assert "Tussen 1 en 2." in render(tag)


def test_a_table_refuses_rows_of_another_length() -> None:
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        Table("x", [Column("a"), Column("b")], [["1"]])


def test_a_field_ties_label_help_and_error_together() -> None:
    html = render("{% field field=form.name %}", form=ExampleForm({}))
    assert '<label class="utrecht-form-label" for="id_name">' in html
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described is not None
    for name in described.group(1).split():
        assert f'id="{name}"' in html
    assert 'aria-invalid="true"' in html
    assert "required" not in html.replace("is required", "")


def test_a_whole_form_draws_every_field_once() -> None:
    html = render("{{ form }}", form=ExampleForm({}))
    for name in ExampleForm.base_fields:
        assert html.count(f'name="{name}"') >= 1
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'aria-describedby="([^"]+)"', html):
        assert set(target.split()) <= set(ids)


def test_the_error_summary_leads_to_each_field() -> None:
    html = render("{% error_summary form=form %}{{ form }}", form=ExampleForm({}))
    targets = re.findall(r'<a class="nl-link" href="#([^"]+)"', html)
    assert len(targets) == len(ExampleForm({}).errors)
    assert set(targets) <= set(re.findall(r'\bid="([^"]+)"', html))
    assert render("{% error_summary form=form %}", form=ExampleForm()).strip() == ""


def test_pages_keep_the_other_choices_in_the_address() -> None:
    request = RequestFactory().get("/", {"zoek": "zwolle", "pagina": "2"})
    html = render("{% pagination page=page %}", request=request)
    assert "?zoek=zwolle&amp;pagina=3" in html
    assert html.count('aria-current="page"') == 1
