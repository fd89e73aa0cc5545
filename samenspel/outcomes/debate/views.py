# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages about one indicator: the history of agreements, agreeing and taking it back, recording a review."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from samenspel.figures.service import Passport, UnknownIndicator, get_indicator
from samenspel.outcomes.debate import actions, presenters, queries
from samenspel.outcomes.debate.forms import AgreementForm, ReviewForm, TakeBackForm
from samenspel.outcomes.debate.policies import (
    AGREES_WITH,
    KEEPS_REVIEWS,
    READS_DEBATE,
    REMOVES_WORDS,
    can_remove_words,
)
from samenspel.platform.service import Refusal, accounts, declares
from samenspel.voice.service import careful


@require_safe
@declares(READS_DEBATE)
def history(request: HttpRequest, key: str) -> HttpResponse:
    """Everything that organisations said of this indicator, newest first."""
    passport = passport_or_404(key)
    said = [presenters.said(one) for _organisation, one in queries.said_of(key)]
    return render(request, "debate/history.html", {"about": presenters.about(passport), "said": said})


@require_http_methods(["GET", "POST"])
@declares(AGREES_WITH)
def agree(request: HttpRequest, key: str) -> HttpResponse:
    """Agree with this indicator on behalf of an organisation."""
    return _form_page(
        request,
        key,
        AgreementForm(request.POST or None, actor=actor_of(request)),
        "debate/agree.html",
        actions.agree,
        gettext_lazy("Bij het cijfer staat nu dat uw organisatie het ermee eens is."),
    )


@require_http_methods(["GET", "POST"])
@declares(AGREES_WITH)
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    """Take an agreement back; what was said before stays in the history."""
    return _form_page(
        request,
        key,
        TakeBackForm(request.POST or None, actor=actor_of(request)),
        "debate/take_back.html",
        actions.take_back,
        gettext_lazy("Uw organisatie is het niet meer eens met dit cijfer. De reden staat erbij."),
    )


@require_http_methods(["GET", "POST"])
@declares(KEEPS_REVIEWS)
def review(request: HttpRequest, key: str) -> HttpResponse:
    """Record that this indicator was looked at again."""
    return _form_page(
        request,
        key,
        ReviewForm(request.POST or None, actor=actor_of(request)),
        "debate/review.html",
        actions.record_review,
        gettext_lazy("Bij het cijfer staat nu wat eruit kwam."),
    )


@require_http_methods(["GET", "POST"])
@declares(REMOVES_WORDS)
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Take words out of what an organisation said of this indicator, where they tell who somebody is."""
    passport, actor = passport_or_404(key), actor_of(request)
    texts = {one.public_id.hex: one for one in queries.texts_of(key) if can_remove_words(actor, one.organisation)}
    return remove_page(request, texts, presenters.address_of(passport.key))


def remove_page(request: HttpRequest, texts: Mapping[str, Any], after: str) -> HttpResponse:
    """The form to take words out of one of these texts, by their id."""
    choices = [(id, presenters.words_of(one)) for id, one in texts.items()]
    form = careful.RemoveWordsForm(request.POST or None, texts=choices)
    if request.method == "POST" and form.is_valid():
        chosen = texts[form.cleaned_data["which"]]
        try:
            actions.remove_words(text=chosen, words=form.cleaned_data["words"], by=actor_of(request))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("De woorden zijn weg."))
            return redirect(after)
    context = {"form": form, "none": not choices}
    return render(request, "answers/remove_words.html", context, status=400 if form.errors else 200)


def _form_page(
    request: HttpRequest, key: str, form: Any, template: str, action: Callable[..., object], done: Promise
) -> HttpResponse:
    passport = passport_or_404(key)
    if request.method == "POST" and form.is_valid() and not careful.wants_change(request):
        if careful.wants_preview(request) and form.in_preview():
            return careful.preview(request, form)
        try:
            action(indicator=key, by=actor_of(request), **form.chosen())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, str(done))
            return redirect(presenters.address_of(key))
    context = {"form": form, "about": presenters.about(passport)}
    return render(request, template, context, status=400 if form.errors else 200)


def passport_or_404(key: str) -> Passport:
    """The passport of an indicator, or a page that says that there is none."""
    try:
        return get_indicator(key)
    except UnknownIndicator as error:
        raise Http404(str(error)) from error


def actor_of(request: HttpRequest) -> accounts.Actor:
    """Who asks."""
    found: accounts.Actor = request.actor  # type: ignore[attr-defined]
    return found
