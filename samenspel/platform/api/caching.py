# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""ETag and 304 for public data: the same version and the same question give the same answer."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Concatenate, ParamSpec, TypeAlias

from django.http import HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from samenspel import __version__
from samenspel.platform.api.version import API_VERSION

P = ParamSpec("P")
Answers: TypeAlias = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

# Everyone may keep an answer for five minutes; after that one question with If-None-Match tells whether it still holds.
CACHE_CONTROL = "public, max-age=300"


def cached_by(version: Callable[[], str]) -> Callable[[Answers[P]], Answers[P]]:
    """Give an operation an ETag made of `version()`, the question and the form; answer 304 when the client has it.

    Only for operations whose answer depends on nothing else: public data, no person, no clock.
    """

    def decorate(operation: Answers[P]) -> Answers[P]:
        @wraps(operation)
        def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            etag = etag_of(request, version())
            # "*" is left to the operation: only that knows whether there is anything at this address.
            if etag in parse_etags(request.headers.get("If-None-Match", "")):
                response: HttpResponseBase = HttpResponseNotModified()
            else:
                response = operation(request, *args, **kwargs)
                if response.status_code != 200:
                    return response
            response.headers["ETag"] = etag
            response.headers["Cache-Control"] = CACHE_CONTROL
            return response

        # mypy takes the wrapper of a Concatenate for another type than the callable it is.
        return answer  # type: ignore[return-value]

    return decorate


def etag_of(request: HttpRequest, version: str) -> str:
    """A strong ETag for the answer to this question, in this form, from this version of data, interface and program."""
    form = getattr(request, "api_media_type", "")
    parts = (version, API_VERSION, __version__, request.get_host(), request.get_full_path(), form)
    return f'"{sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'
