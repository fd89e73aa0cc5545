# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of stories: reading, telling, one's own, and moderation."""

from django.urls import path

from samenspel.outcomes.contributions import views

app_name = "contributions"

urlpatterns = [
    path("<uuid:public_id>/", views.one, name="one"),
]
