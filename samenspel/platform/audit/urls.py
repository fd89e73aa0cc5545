# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the audit trail."""

from django.urls import path

from samenspel.platform.audit import views

urlpatterns = [path("beheer/logboek/", views.trail, name="audit-trail")]
