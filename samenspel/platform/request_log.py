# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Middleware: each request has a correlation id, an origin for what it changes, and a log line without people."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

from samenspel.platform.audit.origin import (
    Origin,
    OriginKind,
    address_class,
    bind_origin,
    current_origin,
    new_trace_id,
    origin,
    trace_from_header,
)
from samenspel.platform.security.proxies import OFFERED_TRACE

log = structlog.get_logger(__name__)

UNKNOWN_ROUTE = "(unknown)"
QUIET = frozenset({"health/live", "health/ready"})  # asked every few seconds; only failures are worth a line


class RequestLogMiddleware:
    """Gives the request its correlation id and answers with it in `X-Correlation-Id`.

    The id is that of a W3C `traceparent` which a trusted proxy passed on. A stranger's is only noted in the log line,
    so that nobody puts their events under the id of somebody else (see ProxyMiddleware, which stands before this one).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Bind, answer, log."""
        correlation_id = trace_from_header(request.headers.get("traceparent", "")) or new_trace_id()
        offered = trace_from_header(str(request.META.get(OFFERED_TRACE, "")))
        request.correlation_id = correlation_id  # type: ignore[attr-defined]
        source = Origin(OriginKind.REQUEST, "", address_class(str(request.META.get("REMOTE_ADDR", ""))), correlation_id)
        begin = time.perf_counter()
        with origin(source), structlog.contextvars.bound_contextvars(correlation_id=correlation_id):
            response = self.get_response(request)
            route = _route(request)
            if route not in QUIET or response.status_code >= 400:
                log.info(
                    "request",
                    method=request.method,
                    route=route,
                    status=response.status_code,
                    ms=round((time.perf_counter() - begin) * 1000, 1),
                    client=source.address_class,
                    **({"offered_trace": offered} if offered else {}),
                )
        response["X-Correlation-Id"] = correlation_id
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """From here on it is known which kind of address was asked for."""
        bind_origin(replace(current_origin(), name="/" + _route(request)))


def _route(request: HttpRequest) -> str:
    """The pattern of the address ("gemeente/<code>/"), never the address itself."""
    match = request.resolver_match
    return match.route if match is not None else UNKNOWN_ROUTE
