# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Error pages: what happened, that nothing is lost, what to do now. The 500 and 503 pages need no database."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samenspel.platform.audit.origin import current_origin

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an error page says: its title, what happened, and what to do."""

    title: Promise
    happened: Promise
    todo: Promise


TROUBLES: dict[int, Trouble] = {
    400: Trouble(
        _("Deze vraag begrijpen wij niet"),
        _("Uw browser stuurde iets wat wij niet kunnen lezen. Er is niets veranderd."),
        _("Ga terug en probeer het nog een keer."),
    ),
    403: Trouble(
        _("Dit mag u niet zien of doen"),
        _("Deze pagina is niet voor u bedoeld, of niet op dit moment. Er is niets veranderd."),
        _("Denkt u dat dit niet klopt? Neem contact met ons op."),
    ),
    404: Trouble(
        _("Deze pagina bestaat niet"),
        _("Misschien is de pagina verhuisd, of staat er een fout in het adres."),
        _("Zoek uw gemeente, of ga naar de voorpagina."),
    ),
    405: Trouble(
        _("Dit kan hier niet"),
        _("Deze pagina kan niet op deze manier worden gebruikt. Er is niets veranderd."),
        _("Ga terug en probeer het nog een keer."),
    ),
    413: Trouble(
        _("Dit is te groot"),
        _("Wat u stuurde is groter dan wij kunnen ontvangen. Wat eerder bewaard was, is er nog."),
        _("Stuur een kleiner bestand of een kortere tekst."),
    ),
    429: Trouble(
        _("U ging even te snel"),
        _("Er kwamen veel vragen achter elkaar van uw adres. Er is niets verloren."),
        _("Wacht vijf minuten en probeer het dan nog eens."),
    ),
    500: Trouble(
        _("Er ging iets mis bij ons"),
        _("Dit ligt niet aan u. Wat al bewaard was, is er nog."),
        _("Probeer het over een paar minuten nog eens."),
    ),
    503: Trouble(
        _("Samenspel is even niet bereikbaar"),
        _("De website kan nu even niet bij zijn gegevens. Wat bewaard was, is er nog."),
        _("Probeer het over een paar minuten nog eens."),
    ),
}


KNOWS_THE_VISITOR = frozenset({403, 404, 405, 429})


def error_page(
    request: HttpRequest, status: int, *, sentence: str = "", headers: dict[str, str] | None = None
) -> HttpResponse:
    """The page of this error. `sentence` replaces what happened, such as the reason of a refusal."""
    trouble = TROUBLES[status]
    context: dict[str, Any] = {
        "status": status,
        # The same number stands in the log of the request, and says nothing about the visitor.
        "reference": current_origin().correlation_id,
        "title": trouble.title,
        "happened": sentence or trouble.happened,
        "todo": trouble.todo,
        "offers_search": status == HTTPStatus.NOT_FOUND,
        "language": get_language() or "nl",
    }
    return HttpResponse(_content(request, status, context), status=status, headers=headers or {})


def _content(request: HttpRequest, status: int, context: dict[str, Any]) -> str:
    # With the request the page has the visitor's own menu, which may ask the database. Without it no context processor
    # runs, so the page needs no session, no user and no database. The last resort needs not even the layout.
    tries = [request, None] if status in KNOWS_THE_VISITOR and hasattr(request, "user") else [None]
    for shown_to in tries:
        try:
            return loader.render_to_string("security/error.html", context, shown_to)
        except Exception:
            log.exception("error_page_failed", status=status)
    return format_html(
        '<!doctype html><html lang="{}"><meta charset="utf-8"><title>{}</title><h1>{}</h1><p>{}</p><p>{}</p><p>{}</p>',
        context["language"],
        context["title"],
        context["title"],
        context["happened"],
        context["todo"],
        settings.HELP_PHONE,
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what the browser sent makes no sense; 413 when it was simply too much."""
    from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent

    too_big = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return error_page(request, 413 if too_big else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 without a reason of our own."""
    return error_page(request, 403)


def refused(request: HttpRequest, sentence: str) -> HttpResponse:
    """403 with the sentence of the policy."""
    return error_page(request, 403, sentence=sentence)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: with a search field."""
    return error_page(request, 404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429: django-allauth finds this as handler429 of the root URL configuration."""
    return error_page(request, 429, headers={"Retry-After": "300"})


def server_error(request: HttpRequest) -> HttpResponse:
    """500: needs no database; 503 when the database is what is missing."""
    import sys

    from django.db import InterfaceError, OperationalError

    kind = sys.exc_info()[0]
    down = kind is not None and issubclass(kind, OperationalError | InterfaceError)
    return error_page(request, 503 if down else 500, headers={"Retry-After": "120"} if down else None)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form that was sent without, or with an old, token: mostly a page that stood open for long."""
    return error_page(
        request,
        403,
        sentence=str(
            _(
                "Deze pagina stond te lang open, of uw browser bewaart geen cookies. Wat u net stuurde, konden wij "
                "niet bewaren. Wat eerder bewaard was, is er nog. Ga terug, laad de pagina opnieuw en probeer het weer."
            )
        ),
    )
