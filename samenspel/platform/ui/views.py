# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The gallery of components, the municipality's theme file and the language switch."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language as django_set_language

from samenspel.platform.policies import declares, public
from samenspel.platform.ui.gallery import example_document, examples
from samenspel.platform.ui.pdf import render_pdf
from samenspel.platform.ui.site import municipal_theme


@require_safe
@declares(public("Shows components with made-up content, for who builds and checks them."))
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, on one page."""
    context: dict[str, Any] = examples(request)
    return render(request, "ui/gallery.html", context)


@require_safe
@declares(public("A made-up document, for who builds and checks documents."))
def example_pdf(request: HttpRequest) -> HttpResponse:
    """One document with every kind of block."""
    return HttpResponse(
        render_pdf(example_document()),
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="voorbeeld.pdf"'},
    )


@require_safe
@cache_control(public=True, max_age=3600)
@declares(public("A stylesheet holds nothing about anybody."))
def theme(request: HttpRequest) -> FileResponse:
    """The municipality's own stylesheet, from our own address because the content security policy allows no other."""
    chosen = municipal_theme()
    if chosen is None:
        raise Http404
    return FileResponse(chosen.path.open("rb"), content_type="text/css; charset=utf-8")


# Without a CSRF token, so that public pages need no cookie and can be cached: all that another site could do with it
# is make somebody read English.
@csrf_exempt
@require_POST
@declares(public("Everyone chooses the language they read in."))
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the chosen language in a cookie and go back to the page."""
    response: HttpResponse = django_set_language(request)
    return response
