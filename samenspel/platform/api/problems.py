# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Errors of the API as application/problem+json (RFC 9457): one shape, Dutch sentences, nothing personal.

An operation raises ApiProblem, Refusal or Http404, or lets pydantic refuse its input; `register` makes the answers.
"""

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from samenspel.platform.api.schemas import InvalidField, Location, Problem, Suggestion
from samenspel.platform.api.version import API_PREFIX
from samenspel.platform.audit.origin import current_origin
from samenspel.platform.policies import Refusal

CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of error: the anchor on the page for people, a title, and the sentence when there is nothing better."""

    anchor: str
    title: str
    detail: str


KINDS: Mapping[int, Kind] = {
    400: Kind("ongeldige-invoer", "De vraag klopt niet", "Er klopt iets niet aan uw vraag. Bij errors staat wat."),
    401: Kind("aanmelden", "Eerst aanmelden", "U moet zich eerst aanmelden."),
    403: Kind("geen-toegang", "Dit mag niet", "U mag dit niet zien of doen."),
    404: Kind("niet-gevonden", "Niet gevonden", "Op dit adres staat niets. Kijk of het adres klopt."),
    405: Kind("verkeerde-methode", "Deze methode kan hier niet", "Gebruik een van de methoden in de kop Allow."),
    406: Kind("andere-vorm", "Deze vorm hebben wij niet", "Vraag om een vorm die wij wel hebben."),
    413: Kind("te-groot", "Dit is te veel", "Vraag om minder tegelijk."),
    415: Kind("onbekend-bericht", "Deze vorm lezen wij niet", "Stuur uw bericht als application/json."),
    429: Kind("te-vaak", "Te veel vragen", "Wacht even en probeer het dan opnieuw."),
    500: Kind("storing", "Er ging bij ons iets mis", "Dat ligt niet aan u. Probeer het later opnieuw."),
    503: Kind("even-niet", "Dit kan nu even niet", "Probeer het over een paar minuten opnieuw."),
}


class ApiProblem(Exception):
    """An operation cannot give what was asked. `detail` is a Dutch sentence for the client."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        errors: Iterable[InvalidField] = (),
        suggestions: Iterable[Suggestion] = (),
    ) -> None:
        super().__init__(status, detail)
        self.status = status
        self.detail = detail
        self.errors = list(errors)
        self.suggestions = list(suggestions)


def invalid_query(name: str, detail: str, *, code: str = "value", index: int | None = None) -> InvalidField:
    """One wrong query parameter, for ApiProblem(400, errors=[…])."""
    return InvalidField(in_="query", detail=detail, location=Location(name=name, index=index), code=code)


def kind_of(status: int) -> Kind:
    """The kind for a status code; an unknown one is told as its class (4xx: 400, 5xx: 500)."""
    return KINDS.get(status) or KINDS[400 if status < 500 else 500]


def problem_response(
    status: int,
    detail: str = "",
    *,
    errors: Iterable[InvalidField] = (),
    suggestions: Iterable[Suggestion] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The answer for an error. `instance` is the correlation id of the request, by which we find its log lines."""
    kind = kind_of(status)
    problem = Problem(
        type=f"{API_PREFIX}#{kind.anchor}",
        title=kind.title,
        status=status,
        detail=detail or kind.detail,
        instance=uuid.UUID(hex=current_origin().correlation_id).urn,
        errors=list(errors) or None,
        suggesties=list(suggestions) or None,
    )
    content = problem.model_dump_json(by_alias=True, exclude_none=True)
    return HttpResponse(content, status=status, content_type=CONTENT_TYPE, headers=dict(headers or {}))


def register(api: NinjaAPI) -> None:
    """Answer every error of an operation with a problem. Unforeseen ones go on to Django, which logs them."""

    def problem(request: HttpRequest, error: Any) -> HttpResponse:
        return problem_response(error.status, error.detail, errors=error.errors, suggestions=error.suggestions)

    def refusal(request: HttpRequest, error: Any) -> HttpResponse:
        return problem_response(403, str(error))

    def absent(request: HttpRequest, error: Any) -> HttpResponse:
        return problem_response(404)

    def http_error(request: HttpRequest, error: Any) -> HttpResponse:
        return problem_response(error.status_code)

    def invalid(request: HttpRequest, error: Any) -> HttpResponse:
        return problem_response(400, errors=[_in_dutch(item) for item in error.errors])

    def unforeseen(request: HttpRequest, error: Any) -> HttpResponse:
        raise error

    handlers = (
        (ApiProblem, problem),
        (Refusal, refusal),
        (Http404, absent),
        (AuthenticationError, http_error),
        (Throttled, http_error),
        (HttpError, http_error),
        (ValidationError, invalid),
        (Exception, unforeseen),
    )
    for kind, handler in handlers:
        api.add_exception_handler(kind, handler)


def _in_dutch(error: Mapping[str, Any]) -> InvalidField:
    """One pydantic error as a Dutch sentence with its place in the request. The refused value is never repeated."""
    source, *path = [str(part) for part in error["loc"]]
    position = int(path[-1]) if len(path) > 1 and path[-1].isdigit() else None
    if source == "body":
        location = Location(pointer="/" + "/".join(part.replace("~", "~0").replace("/", "~1") for part in path[1:]))
    else:
        location = Location(name=path[0] if path else None, index=position)
    return InvalidField(in_=source, detail=_sentence(error), location=location, code=error["type"])


def _sentence(error: Mapping[str, Any]) -> str:
    context = error.get("ctx") or {}
    kind = error["type"]
    if kind in {"enum", "literal_error"}:
        words = str(context["expected"]).replace(" or ", ", ").replace("'", "")
        return f"Kies een van: {words}."
    sentences = {
        "missing": "Dit ontbreekt nog.",
        "extra_forbidden": "Dit kennen wij niet.",
        "int_parsing": "Dit moet een heel getal zijn.",
        "int_type": "Dit moet een heel getal zijn.",
        "int_from_float": "Dit moet een heel getal zijn.",
        "int_parsing_size": "Dit getal is te groot.",
        "float_parsing": "Dit moet een getal zijn.",
        "bool_parsing": "Schrijf true of false.",
        "greater_than_equal": "Dit moet {ge} of meer zijn.",
        "less_than_equal": "Dit mag hoogstens {le} zijn.",
        "string_too_short": "Dit moet {min_length} of meer tekens hebben.",
        "string_too_long": "Dit mag hoogstens {max_length} tekens hebben.",
        "too_short": "Geef er {min_length} of meer.",
        "too_long": "Geef er hoogstens {max_length}.",
        "string_pattern_mismatch": "Dit is niet op de goede manier geschreven.",
        "date_from_datetime_parsing": "Schrijf de datum als 2026-05-15.",
        "date_parsing": "Schrijf de datum als 2026-05-15.",
        "datetime_parsing": "Schrijf de tijd als 2026-05-15T12:00:00Z.",
        "repeated": "Dit mag maar een keer in de vraag staan.",
    }
    if kind == "value_error":
        # Our own validators speak Dutch; pydantic puts its English label before it.
        return re.sub(r"^Value error, ", "", str(error["msg"]))
    return sentences.get(kind, "Dit klopt niet.").format(**context)
