# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo page: choose in whose place you look. Exists in demo mode only (SAMENSPEL_DEMO=1); 404 otherwise."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from samenspel.platform.accounts import demo, sessions
from samenspel.platform.policies import declares, public

P = ParamSpec("P")
IN_THE_DEMO = public("The demo holds invented people only; without demo mode the page does not exist.")


def only_in_demo(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Without demo mode there is nothing here, as if the address did not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@declares(IN_THE_DEMO)
@only_in_demo
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The example people, each with who they are and a button to step in."""
    there = demo.example_people()
    shown = [
        {
            "key": persona.key,
            "name": persona.name,
            "about": persona.about,
            "roles": ", ".join(dict.fromkeys(str(held.role.label) for held in persona.roles)),
        }
        for persona in demo.PERSONAS
        if persona.key in there
    ]
    return render(request, "accounts/demo.html", {"people": shown, "stepped_in": sessions.is_demo(request)})


@declares(IN_THE_DEMO)
@only_in_demo
@require_POST
def step_in(request: HttpRequest, key: str) -> HttpResponse:
    """Go on in the place of this person."""
    person = demo.example_people().get(key)
    if person is None:
        raise Http404
    demo.step_in(request, person)
    return redirect("/")


@declares(IN_THE_DEMO)
@only_in_demo
@require_POST
def step_out(request: HttpRequest) -> HttpResponse:
    """Go on as yourself, which is nobody."""
    if sessions.is_demo(request):
        logout(request)
    return redirect("demo-people")
