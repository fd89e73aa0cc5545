# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the ui kit."""

from django.urls import path

from samenspel.platform.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("voorbeeld.pdf", views.example_pdf, name="example_pdf"),
    path("thema.css", views.theme, name="theme"),
    path("taal/", views.set_language, name="set_language"),
]
