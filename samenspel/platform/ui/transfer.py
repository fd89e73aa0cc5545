# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages go over the line packed, and not again when they have not changed. The API has rules of its own for both."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware

API = "/api/"


class CompressedPages(GZipMiddleware):
    """Packs pages. Django adds a random number of bytes, so that the length gives no token away (BREACH)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer packed, unless it is the API's or the visitor cannot unpack it."""
        return response if request.path.startswith(API) else super().process_response(request, response)


class UnchangedPages(ConditionalGetMiddleware):
    """Answers 304 to a visitor who has this page already."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer with an ETag of its content, or 304; the API gives its own."""
        return response if request.path.startswith(API) else super().process_response(request, response)
