# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The components, as template tags with named arguments only: a mistyped name is an error, not a silent attribute.

Each tag has one template in `templates/ui/` and stands on the gallery page. Content is always escaped, except what
stands between a block tag and its end, which is template.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import get_language, gettext

import samenspel
from samenspel.platform.ui import navigation
from samenspel.platform.ui.components import Link, Table
from samenspel.platform.ui.site import municipal_theme, site
from samenspel.platform.ui.structured import structured_data

register = template.Library()

_SAYS_NOTHING = {"hier", "klik hier", "lees meer", "meer", "link", "here", "click here", "read more", "more"}
_BUTTON_KINDS = {"primary", "secondary", "subtle", "plain"}
_ALERT_KINDS = {"info", "ok", "warning", "error"}


def _one_of(value: str, allowed: set[str], what: str) -> str:
    if value not in allowed:
        raise template.TemplateSyntaxError(f"{what} is {value!r}; choose from {', '.join(sorted(allowed))}")
    return value


def _request(context: template.Context) -> HttpRequest | None:
    request = context.get("request")
    return request if isinstance(request, HttpRequest) else None


# --- the page --------------------------------------------------------------------------------------------------------


@register.simple_tag
def page_settings() -> dict[str, Any]:
    """What the base layout needs to know of this installation."""
    return {
        "language": get_language() or settings.LANGUAGE_CODE,
        "theme": municipal_theme(),
        "site": site(),
        "home": "/",
        "version": samenspel.__version__,
    }


@register.inclusion_tag("ui/_navigation.html", takes_context=True)
def main_navigation(context: template.Context) -> dict[str, Any]:
    """The main navigation, from what the parts registered."""
    return {"entries": navigation.navigation_for("main", _request(context))}


@register.inclusion_tag("ui/_footer_navigation.html", takes_context=True)
def footer_navigation(context: template.Context) -> dict[str, Any]:
    """The links at the bottom: accessibility statement and what else the parts registered."""
    return {"entries": navigation.navigation_for("footer", _request(context))}


@register.inclusion_tag("ui/_user_menu.html", takes_context=True)
def user_menu(context: template.Context) -> dict[str, Any]:
    """Logging in and out, and one's own pages, from what the parts registered."""
    request = _request(context)
    entries = navigation.navigation_for("user", request)
    # The token is made only when there is a form, so that pages for everyone set no cookie.
    token = get_token(request) if request is not None and any(e["post"] for e in entries) else ""
    hidden = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token) if token else ""
    return {"entries": entries, "csrf_input": hidden}


@register.inclusion_tag("ui/_language_switch.html", takes_context=True)
def language_switch(context: template.Context) -> dict[str, Any]:
    """A button for each language other than the present one."""
    request = _request(context)
    present = get_language() or settings.LANGUAGE_CODE
    others = [{"code": code, "name": name} for code, name in settings.LANGUAGES if code != present]
    return {"others": others, "next": request.get_full_path() if request is not None else "/"}


@register.inclusion_tag("ui/_human_help.html")
def human_help() -> dict[str, Any]:
    """How to reach a person: by phone and at the desk, as the municipality set it."""
    here = site()
    return {"site": here, "phone_digits": re.sub(r"[^+0-9]", "", here.help_phone)}


@register.inclusion_tag("ui/_messages.html", takes_context=True)
def messages_list(context: template.Context) -> dict[str, Any]:
    """Django's messages of this request, each as an alert that is read aloud."""
    kinds = {"success": "ok", "warning": "warning", "error": "error"}
    return {
        "messages": [{"kind": kinds.get(m.level_tag, "info"), "text": str(m)} for m in context.get("messages") or ()]
    }


# --- text and links --------------------------------------------------------------------------------------------------


@register.inclusion_tag("ui/heading.html")
def heading(
    *, text: str, level: int = 2, looks: int = 0, id: str = "", focus: bool = False, language: str = ""
) -> dict[str, Any]:
    """A heading. `looks` gives the size of another level; `focus` marks where reading goes on after a swap."""
    if not 1 <= level <= 6:
        raise template.TemplateSyntaxError(f"A heading's level is 1 to 6, not {level}")
    return {"text": text, "level": level, "looks": looks or level, "id": id, "focus": focus, "language": language}


@register.simple_block_tag(end_name="endparagraph")
def paragraph(content: str, *, lead: bool = False) -> SafeString:
    """A paragraph; `lead` for the first of a page."""
    return render_to_string("ui/paragraph.html", {"content": content, "lead": lead})


@register.inclusion_tag("ui/link.html")
def link(
    *, text: str, url: str, hidden: str = "", language: str = "", download: bool = False, tall: bool = False
) -> dict[str, Any]:
    """A link whose text says where it goes. `hidden` adds words for screen readers only.

    `tall`: it stands alone or in a list, and so is as high as a finger; not within a sentence.
    """
    if str(text).strip().lower() in _SAYS_NOTHING and not hidden:
        raise template.TemplateSyntaxError(f"A link that reads {text!r} does not say where it goes")
    shown = {"text": text, "url": url, "hidden": hidden, "language": language}
    return {**shown, "download": download, "tall": tall}


@register.inclusion_tag("ui/button.html")
def button(
    *,
    text: str,
    kind: str = "primary",
    type: str = "submit",
    name: str = "",
    value: str = "",
    form: str = "",
    id: str = "",
    disabled: bool = False,
    hidden: str = "",
) -> dict[str, Any]:
    """A button that does something. One primary button a page; `disabled` keeps it reachable and says so."""
    return {
        "text": text,
        "kind": _one_of(kind, _BUTTON_KINDS, "A button's kind"),
        "type": _one_of(type, {"submit", "button", "reset"}, "A button's type"),
        "name": name,
        "value": value,
        "form": form,
        "id": id,
        "disabled": disabled,
        "hidden": hidden,
    }


@register.inclusion_tag("ui/button_link.html")
def button_link(*, text: str, url: str, kind: str = "secondary", hidden: str = "") -> dict[str, Any]:
    """A link that looks like a button, for the one way on from a page."""
    return {"text": text, "url": url, "kind": _one_of(kind, _BUTTON_KINDS, "A button's kind"), "hidden": hidden}


@register.simple_block_tag(end_name="endbutton_group")
def button_group(content: str) -> SafeString:
    """Buttons side by side, below each other on a phone."""
    return render_to_string("ui/button_group.html", {"content": content})


@register.inclusion_tag("ui/badge.html")
def badge(*, text: str) -> dict[str, Any]:
    """A short label: a word, never a colour alone."""
    return {"text": text}


# --- forms -----------------------------------------------------------------------------------------------------------


@register.simple_tag
def field(*, field: BoundField) -> SafeString:
    """One field of a form with its label, help and errors. `{{ form }}` draws them all."""
    return field.as_field_group()


def _as_lead_in(label: str) -> str:
    """A field's label before its error: "Hoe heet u?" or "E-mailadres:"."""
    return label if label.endswith(("?", ".", ":")) else f"{label}:"


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*, form: BaseForm) -> dict[str, Any]:
    """What is wrong in a form, with a link to each field; nothing when nothing is wrong. Place it above the form."""
    entries = [{"id": "", "label": "", "text": text} for text in form.non_field_errors()]
    for bound in form:
        entries += [
            {"id": bound.id_for_label or bound.auto_id, "label": _as_lead_in(str(bound.label)), "text": t}
            for t in bound.errors
        ]
    return {"entries": entries}


@register.inclusion_tag("ui/search_field.html")
def search_field(
    *,
    label: str,
    action: str,
    button: str,
    name: str = "zoek",
    value: str = "",
    help: str = "",
    id: str = "zoek",
    results: str = "",
) -> dict[str, Any]:
    """A search form that works without JavaScript. `results` is the id of the region that htmx replaces."""
    shown = {"label": label, "action": action, "button": button, "name": name, "value": value, "help": help}
    return {**shown, "id": id, "results": results}


register.simple_tag(structured_data)


# --- blocks ----------------------------------------------------------------------------------------------------------


@register.simple_block_tag(end_name="endcard")
def card(
    content: str,
    *,
    title: str = "",
    url: str = "",
    level: int = 3,
    id: str = "",
    door: bool = False,
    element: str = "div",
    language: str = "",
) -> SafeString:
    """A card. With `url` the title is a link and the whole card can be pressed; `door` sets it apart as a way in."""
    context = {
        "content": content,
        "title": title,
        "language": language,
        **{"url": url, "level": level, "id": id, "door": door},
        "element": _one_of(element, {"div", "article", "li", "section"}, "A card's element"),
    }
    return render_to_string("ui/card.html", context)


@register.simple_block_tag(end_name="endfigure_card")
def figure_card(
    content: str,
    *,
    question: str,
    id: str,
    passport: str = "",
    in_words: str = "",
    range_in_words: str = "",
    no_range: str = "",
    compared: str = "",
    chart: str = "",
    label: str = "",
    does_not_say: str = "",
    source: str = "",
    missing: str = "",
    actions: Sequence[Link] = (),
    level: int = 3,
) -> SafeString:
    """A figure: a question as title, the value in words, chart, what it does not say, source and ways deeper.

    A value is shown only with the address of its `passport`, and with either `range_in_words` or `no_range`, the reason
    that it has no range.
    `label` marks how the figure came about ("Geschat met een model"). `missing` is the reason that there is no figure;
    it then replaces value and chart. `chart` is safe HTML from samenspel.platform.ui.charts.
    """
    if not in_words and not missing:
        raise template.TemplateSyntaxError("A figure card needs the value in words, or the reason that it is missing")
    if in_words and not missing and (not passport or bool(range_in_words) == bool(no_range)):
        raise template.TemplateSyntaxError(
            "A figure card needs the passport of the figure, and its range or the reason that it has none"
        )
    context = {
        "content": content,
        "question": question,
        "id": id,
        "passport": passport,
        "in_words": in_words,
        "range": range_in_words or no_range,
        "compared": compared,
        "chart": chart,
        "label": label,
        "does_not_say": does_not_say,
        "source": source,
        "missing": missing,
        "actions": actions,
        "level": level,
    }
    return render_to_string("ui/figure_card.html", context)


@register.simple_block_tag(end_name="endowed_answer")
def owed_answer(
    content: str,
    *,
    id: str,
    question: str,
    to: str,
    state: str,
    promise: str = "",
    note: str = "",
    url: str = "",
    about: Link | None = None,
    answers: Sequence[Any] = (),
    language: str = "",
    level: int = 3,
) -> SafeString:
    """A question that is owed an answer: what was asked, of whom, by when, the state as a word, and the answers.

    `answers` have `heading`, `text`, `outcome` and `reason`, all plain text. With `url` the question is a link.
    `language` is that of question and answers, where it is not that of the page.
    """
    context = {
        "content": content,
        "id": id,
        "question": question,
        "to": to,
        "state": state,
        "promise": promise,
        "note": note,
        "url": url,
        "about": about,
        "answers": answers,
        "language": language,
        "level": level,
        "answer_level": level + 1,
    }
    return render_to_string("ui/owed_answer.html", context)


@register.simple_block_tag(end_name="endstory_card")
def story_card(
    content: str,
    *,
    id: str,
    kind: str,
    first: str,
    by: str,
    rest: Sequence[str] = (),
    label: str = "",
    about: Link | None = None,
    url: str = "",
    actions: Sequence[Link] = (),
    level: int = 3,
) -> SafeString:
    """What somebody tells: the first sentence large, the rest in paragraphs, who and when (`by`), and about what.

    Put a counter-story in the same `samenspel-columns samenspel-columns--wide`: beside it, at the same size. `label`
    marks what a reader must know first ("Voorbeeld, verzonnen"). With `url` the first sentence is a link.
    """
    context = {
        "content": content,
        "id": id,
        "kind": kind,
        "first": first,
        "rest": rest,
        "by": by,
        "label": label,
        "about": about,
        "url": url,
        "actions": actions,
        "level": level,
    }
    return render_to_string("ui/story_card.html", context)


@register.simple_block_tag(end_name="endalert")
def alert(
    content: str,
    *,
    kind: str = "info",
    title: str = "",
    level: int = 2,
    live: bool = False,
    focus: bool = False,
) -> SafeString:
    """A message that stands out. `live` reads it aloud when it appears: for what just happened."""
    context = {
        "content": content,
        "kind": _one_of(kind, _ALERT_KINDS, "An alert's kind"),
        "title": title,
        "level": level,
        "live": live,
        "focus": focus,
    }
    return render_to_string("ui/alert.html", context)


@register.simple_block_tag(end_name="enddetails")
def details(content: str, *, summary: str, hidden: str = "", id: str = "", open: bool = False) -> SafeString:
    """More explanation that opens when asked for. `hidden` completes the summary for screen readers."""
    context = {"content": content, "summary": summary, "hidden": hidden, "id": id, "open": open}
    return render_to_string("ui/details.html", context)


@register.simple_block_tag(end_name="endempty_state")
def empty_state(content: str, *, title: str) -> SafeString:
    """What stands where a list is empty: that it is, and what to do."""
    return render_to_string("ui/empty_state.html", {"content": content, "title": title})


@register.inclusion_tag("ui/table.html")
def table(*, table: Table, id: str = "") -> dict[str, Any]:
    """A table with a caption; on a narrow screen it scrolls sideways and can be reached with the keyboard."""
    rows = [
        [
            {
                "text": cell.text if isinstance(cell, Link) else cell,
                "url": cell.url if isinstance(cell, Link) else "",
                "numeric": column.numeric,
            }
            for cell, column in zip(row, table.columns, strict=True)
        ]
        for row in table.rows
    ]
    return {"table": table, "rows": rows, "id": id or f"{table.name}-{slugify(table.caption)}"}


@register.inclusion_tag("ui/data_list.html")
def data_list(*, items: Iterable[tuple[str, str]] | Mapping[str, str]) -> dict[str, Any]:
    """Names with their values, in pairs."""
    return {"items": list(items.items()) if isinstance(items, Mapping) else list(items)}


@register.inclusion_tag("ui/breadcrumb.html")
def breadcrumb(*, items: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Where this page stands: pairs of text and address, the page itself last with an empty address."""
    return {"items": items}


@register.inclusion_tag("ui/progress.html")
def progress(*, label: str, id: str, maximum: int = 100, value: int | None = None, text: str = "") -> dict[str, Any]:
    """How far something is, also in words; without a value it is busy for an unknown time."""
    return {"label": label, "id": id, "maximum": maximum, "value": value, "text": text}


@register.inclusion_tag("ui/status_message.html")
def status_message(*, text: str, id: str = "") -> dict[str, Any]:
    """What just changed ("12 resultaten"); read aloud when htmx brings it in."""
    return {"text": text, "id": id}


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(
    context: template.Context, *, page: Page[Any], parameter: str = "pagina", label: str = ""
) -> dict[str, Any]:
    """Links to the pages of a list; other choices in the address are kept."""
    request = _request(context)

    def url(number: int) -> str:
        query = request.GET.copy() if request is not None else None
        if query is None:
            return f"?{parameter}={number}"
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    pages: list[dict[str, Any]] = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if isinstance(number, int):
            text = gettext("Bladzijde %(number)s") % {"number": number}
            pages.append(
                {"number": number, "url": url(number), "label": text, "current": number == page.number, "gap": False}
            )
        else:
            pages.append({"gap": True})
    return {
        "pages": pages,
        "label": label or gettext("Bladzijden"),
        "previous": url(page.previous_page_number()) if page.has_previous() else "",
        "next": url(page.next_page_number()) if page.has_next() else "",
    }
