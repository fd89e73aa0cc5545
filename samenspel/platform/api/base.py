# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words with which a part writes its API operations; other storeys get them from platform.service."""

from samenspel.platform.api.caching import cached_by
from samenspel.platform.api.csvs import CSV as CSV_DIALECT
from samenspel.platform.api.csvs import SPREADSHEET as SPREADSHEET_DIALECT
from samenspel.platform.api.csvs import write as write_csv
from samenspel.platform.api.factory import answer
from samenspel.platform.api.negotiation import CSV as CSV_TYPE
from samenspel.platform.api.negotiation import JSON as JSON_TYPE
from samenspel.platform.api.negotiation import offers
from samenspel.platform.api.paging import Paging, Slice, bounds, link_header, page_links, page_of
from samenspel.platform.api.problems import ApiProblem, invalid_query
from samenspel.platform.api.schemas import ApiSchema, Link, Links, Page, Resource, Suggestion
from samenspel.platform.api.version import API_VERSION, BASE_PATH

__all__ = [
    "API_VERSION",
    "BASE_PATH",
    "CSV_DIALECT",
    "CSV_TYPE",
    "JSON_TYPE",
    "SPREADSHEET_DIALECT",
    "ApiProblem",
    "ApiSchema",
    "Link",
    "Links",
    "Page",
    "Paging",
    "Resource",
    "Slice",
    "Suggestion",
    "answer",
    "bounds",
    "cached_by",
    "invalid_query",
    "link_header",
    "offers",
    "page_links",
    "page_of",
    "write_csv",
]
