# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""All addresses: every part's urls in one place."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("samenspel.platform.api.urls")),
    path("ui/", include("samenspel.platform.ui.urls")),
]
