# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses under /api/. None ends in a slash, but for the page for people."""

from django.urls import URLPattern, URLResolver, path, re_path

from samenspel.platform.api import views
from samenspel.platform.api.factory import the_api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.page, name="api-page"),
    path("v1", views.entry, name="api-entry"),
    path("v1/openapi.json", views.openapi_document, name="api-openapi"),
    path("v1/", the_api().urls),
    re_path(r"^.+$", views.absent),
]
