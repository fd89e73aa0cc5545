# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of questions and answers: for everybody to read, and for who owes an answer to give it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samenspel.platform.service import Refusal, accounts, declares
from samenspel.voice.answers import actions, careful, presenters, queries
from samenspel.voice.answers.forms import AnswerForm, ExtendForm, ListForm
from samenspel.voice.answers.models import Question
from samenspel.voice.answers.policies import (
    MAY_OWE_ANSWERS,
    MAY_REMOVE_WORDS,
    MAY_WATCH,
    READS_ANSWERS,
    can_extend,
    can_remove_words,
    check_may_answer,
    check_may_remove_words,
)
from samenspel.voice.answers.registry import find_kind, subjects
from samenspel.voice.answers.states import State

QUESTIONS_A_PAGE = 20


@require_safe
@declares(READS_ANSWERS)
def question_list(request: HttpRequest) -> HttpResponse:
    """What was asked, of whom, by when an answer is due, and what was answered; newest first."""
    form = ListForm(request.GET, places=queries.municipalities_with_questions())
    wanted = form.wanted()
    found = Paginator(queries.listed(wanted), QUESTIONS_A_PAGE)
    page = found.get_page(request.GET.get("pagina"))
    shown = [queries.owed_answer(one) for one in page.object_list]
    asked, answered, late = queries.counts(wanted.municipality)
    context = {
        "form": form,
        "page": page,
        "count": found.count,
        "asked": asked,
        "answered": answered,
        "late": late,
        "narrowed": wanted != queries.Wanted(),
        "cards": presenters.cards(shown, subjects([(one.subject_kind, one.subject_id) for one in shown])),
    }
    return render(request, "answers/list.html", context)


@require_safe
@declares(READS_ANSWERS)
def question(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One question with its answers: an address that stays."""
    row = _question(public_id)
    owed = queries.owed_answer(row)
    about = subjects([(owed.subject_kind, owed.subject_id)]).get((owed.subject_kind, owed.subject_id))
    context = {
        "card": presenters.answer_card(owed, about),
        "place": presenters.place_in_words(owed),
        "public_id": public_id,
        "may_remove": can_remove_words(_actor(request), row),
    }
    return render(request, "answers/question.html", context)


@require_safe
@declares(MAY_OWE_ANSWERS)
def desk(request: HttpRequest) -> HttpResponse:
    """What we still have to answer, the first due first, and what we answered."""
    mine = queries.owed_by(_actor(request))
    waiting = [queries.owed_answer(one) for one in mine.filter(state=State.OPEN).order_by("due_on", "pk")]
    done = Paginator(
        mine.filter(state__in=(State.ANSWERED, State.SUPPLEMENTED)).order_by("-asked_on", "-pk"), QUESTIONS_A_PAGE
    )
    page = done.get_page(request.GET.get("pagina"))
    answered = [queries.owed_answer(one) for one in page.object_list]
    about = subjects([(one.subject_kind, one.subject_id) for one in (*waiting, *answered)])
    context = {
        "waiting": [(one.id, card) for one, card in zip(waiting, presenters.cards(waiting, about), strict=True)],
        "answered": [(one.id, card) for one, card in zip(answered, presenters.cards(answered, about), strict=True)],
        "page": page,
    }
    return render(request, "answers/desk.html", context)


@require_safe
@declares(MAY_WATCH)
def watch(request: HttpRequest) -> HttpResponse:
    """What the council's office and the council watch: answers still owed about their municipality, late ones first."""
    pages = Paginator(queries.watched_by(_actor(request)), QUESTIONS_A_PAGE)
    page = pages.get_page(request.GET.get("pagina"))
    shown = [queries.owed_answer(one) for one in page.object_list]
    context = {
        "page": page,
        "count": pages.count,
        "late": queries.watched_by(_actor(request)).filter(due_on__lt=timezone.localdate()).count(),
        "cards": presenters.cards(shown, subjects([(one.subject_kind, one.subject_id) for one in shown])),
    }
    return render(request, "answers/watch.html", context)


@require_http_methods(["GET", "POST"])
@declares(MAY_OWE_ANSWERS)
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer a question, or supplement the answer."""
    asked, actor = _question(public_id), _actor(request)
    check_may_answer(actor, asked)
    form = AnswerForm(request.POST or None, municipality=asked.municipality)
    if request.method == "POST" and form.is_valid() and not careful.wants_change(request):
        if careful.wants_preview(request):
            return careful.preview(request, form)
        try:
            actions.give_answer(question=public_id, by=actor, **form.chosen())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Uw antwoord staat op de website."))
            return redirect("answers:question", public_id=public_id)
    context = {
        "form": form,
        "supplements": asked.state in (State.ANSWERED, State.SUPPLEMENTED),
        "may_extend": can_extend(actor, asked, timezone.localdate()),
        **_about(asked),
    }
    return render(request, "answers/answer.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@declares(MAY_OWE_ANSWERS)
def extend(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take more time, once, with a reason that everybody can read."""
    asked, actor = _question(public_id), _actor(request)
    check_may_answer(actor, asked)
    form = ExtendForm(request.POST or None, most=find_kind(asked.subject_kind).weeks, municipality=asked.municipality)
    if request.method == "POST" and form.is_valid() and not careful.wants_change(request):
        if careful.wants_preview(request):
            return careful.preview(request, form)
        try:
            actions.extend_answer(question=public_id, by=actor, **form.chosen())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("De nieuwe datum en uw reden staan op de website."))
            return redirect("answers:question", public_id=public_id)
    return render(request, "answers/extend.html", {"form": form, **_about(asked)}, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@declares(MAY_REMOVE_WORDS)
def remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take words out of a published answer that tell who somebody is."""
    asked, actor = _question(public_id), _actor(request)
    check_may_remove_words(actor, asked)
    texts = [(str(one.pk), one.text or one.reason) for one in asked.steps.all() if one.text or one.reason]
    form = careful.RemoveWordsForm(request.POST or None, texts=texts)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove_words(step=int(form.cleaned_data["which"]), words=form.cleaned_data["words"], by=actor)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("De woorden zijn weg."))
            return redirect("answers:question", public_id=public_id)
    context = {"form": form, "none": not texts}
    return render(request, "answers/remove_words.html", context, status=400 if form.errors else 200)


def _about(asked: Question) -> dict[str, object]:
    owed = queries.owed_answer(asked)
    about = subjects([(owed.subject_kind, owed.subject_id)]).get((owed.subject_kind, owed.subject_id))
    return {
        "card": presenters.answer_card(owed, about),
        "public_id": asked.public_id,
        "whole": about.text if about is not None else "",
    }


def _question(public_id: UUID) -> Question:
    found = queries.question_by_id(public_id)
    if found is None:
        raise Http404
    return found


def _actor(request: HttpRequest) -> accounts.Actor:
    found: accounts.Actor = request.actor  # type: ignore[attr-defined]
    return found
