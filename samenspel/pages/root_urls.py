# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""All addresses: every part's urls in one place."""

from django.urls import URLPattern, URLResolver, include, path

handler400 = "samenspel.platform.security.errors.bad_request"
handler403 = "samenspel.platform.security.errors.permission_denied"
handler404 = "samenspel.platform.security.errors.not_found"
handler429 = "samenspel.platform.security.errors.too_many_requests"  # django-allauth looks for it
handler500 = "samenspel.platform.security.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("samenspel.platform.api.urls")),
    path("", include("samenspel.platform.accounts.urls")),
    path("", include("samenspel.platform.audit.urls")),
    path("", include("samenspel.platform.jobs.urls")),
    path("health/", include("samenspel.platform.health.urls")),
    path("ui/", include("samenspel.platform.ui.urls")),
    path("", include("samenspel.voice.answers.urls")),
    path("verhalen/", include("samenspel.outcomes.contributions.urls")),
    path("", include("samenspel.outcomes.debate.urls")),
    path("data/", include("samenspel.outcomes.opendata.urls")),
    path("", include("samenspel.pages.urls")),
]
