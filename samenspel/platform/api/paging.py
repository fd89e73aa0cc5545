# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of a collection: the query parameters, the slice, and the links to the other pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Annotated, Generic, TypeVar

from django.http import HttpRequest
from pydantic import Field

from samenspel.platform.api.schemas import ApiSchema, Link

T = TypeVar("T")

PER_PAGE = 100
LARGEST_PAGE = 1000


class Paging(ApiSchema):
    """The query parameters of every collection; subclass it to add filters."""

    pagina: Annotated[int, Field(ge=1, le=1_000_000, description="Welke bladzijde; de eerste is 1.")] = 1
    per_pagina: Annotated[
        int, Field(ge=1, le=LARGEST_PAGE, description=f"Hoeveel per bladzijde, hoogstens {LARGEST_PAGE}.")
    ] = PER_PAGE


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """The items of one page and how many there are on all pages."""

    items: Sequence[T]
    total: int


def bounds(paging: Paging) -> tuple[int, int]:
    """Offset and length of the page, for a source that can be sliced."""
    return (paging.pagina - 1) * paging.per_pagina, paging.per_pagina


def page_of(items: Sequence[T], paging: Paging) -> Slice[T]:
    """The page of a sequence; empty past the last page."""
    offset, length = bounds(paging)
    return Slice(items[offset : offset + length], len(items))


def page_links(request: HttpRequest, paging: Paging, total: int) -> dict[str, Link]:
    """self, first and last; next and prev where they exist. All keep the filters of the request."""
    last = max(1, ceil(total / paging.per_pagina))
    links = {"self": _link(request, paging.pagina), "first": _link(request, 1), "last": _link(request, last)}
    if paging.pagina < last:
        links["next"] = _link(request, paging.pagina + 1)
    if paging.pagina > 1:
        links["prev"] = _link(request, min(paging.pagina - 1, last))
    return links


def link_header(links: dict[str, Link]) -> str:
    """The same links as a Link header (RFC 8288), for clients that read a table and not JSON."""
    return ", ".join(f'<{link.href}>; rel="{name}"' for name, link in links.items())


def _link(request: HttpRequest, page: int) -> Link:
    query = request.GET.copy()
    query["pagina"] = str(page)
    return Link(href=f"{request.path}?{query.urlencode()}")
