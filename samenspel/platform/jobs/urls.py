# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the jobs."""

from django.urls import path

from samenspel.platform.jobs import views

urlpatterns = [
    path("beheer/taken/", views.overview, name="jobs-overview"),
    path("beheer/taken/<int:job_id>/opnieuw/", views.retry, name="jobs-retry"),
    path("beheer/taken/<int:job_id>/tegenhouden/", views.cancel, name="jobs-cancel"),
]
