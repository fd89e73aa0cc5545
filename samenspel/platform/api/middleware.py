# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What holds for every answer under /api/, whatever made it: version, security, CORS, HEAD and OPTIONS, problems.

It stands before all other middleware, so that also an answer of theirs (a refused host, a missing page, a crash)
leaves in the form the API promises.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from samenspel.platform.api.problems import CONTENT_TYPE, problem_response
from samenspel.platform.api.version import API_PREFIX, API_VERSION

_KEPT_ON_ERROR = ("Allow", "Retry-After", "WWW-Authenticate")
_EXPOSED = "API-Version, Content-Disposition, ETag, Link, Retry-After, X-Correlation-Id"
_SECURITY = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_ONE_YEAR = 31_536_000


def is_api(request: HttpRequest) -> bool:
    """Whether this request is for the API; the page for people at /api/ itself is not."""
    return request.path_info.startswith(API_PREFIX) and request.path_info != API_PREFIX


class ApiMiddleware:
    """See the module."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, in the form that all answers of the API have."""
        if not is_api(request):
            return self.get_response(request)
        method = request.method
        if method == "HEAD":
            request.method = "GET"
        response = self.get_response(request)
        request.method = method
        response = _as_problem(_options(response) if method == "OPTIONS" else response)
        if method == "HEAD":
            response = _without_content(response)
        self._set_headers(request, response)
        return response

    def _set_headers(self, request: HttpRequest, response: HttpResponseBase) -> None:
        response.headers["API-Version"] = API_VERSION
        for name, value in _SECURITY.items():
            response.headers[name] = value
        if request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", f"max-age={_ONE_YEAR}")
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Content-Language"] = "nl"
        response.headers["Vary"] = "Accept"
        if "Allow" in response.headers:
            response.headers["Allow"] = _with_head(response.headers["Allow"])
        # Public data may be read by every site. An operation with another policy is not opened to them.
        policy = getattr(request, "api_policy", None)
        if policy is None or policy.check is None:
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = _EXPOSED
            if request.method == "OPTIONS":
                response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
                response.headers["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
                response.headers["Access-Control-Max-Age"] = "86400"


def _with_head(allow: str) -> str:
    methods = {method.strip() for method in allow.split(",") if method.strip()} | {"OPTIONS"}
    if "GET" in methods:
        methods.add("HEAD")
    return ", ".join(sorted(methods))


def _options(response: HttpResponseBase) -> HttpResponseBase:
    """No operation answers OPTIONS; the refusal says which methods there are, and that is the answer."""
    if response.status_code != 405:
        return response
    return HttpResponse(status=204, headers={"Allow": response.headers.get("Allow", "GET")})


def _as_problem(response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code < 400 or response.headers.get("Content-Type", "").startswith(CONTENT_TYPE):
        return response
    kept = {name: response.headers[name] for name in _KEPT_ON_ERROR if name in response.headers}
    return problem_response(response.status_code, headers=kept)


def _without_content(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, StreamingHttpResponse):
        return HttpResponse(status=response.status_code, headers=response.headers)
    assert isinstance(response, HttpResponse)
    response.headers["Content-Length"] = str(len(response.content))
    response.content = b""
    return response
