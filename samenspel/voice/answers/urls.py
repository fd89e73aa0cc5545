# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of questions and answers."""

from django.urls import path

from samenspel.voice.answers import views

app_name = "answers"

urlpatterns = [
    path("antwoorden/", views.question_list, name="list"),
    path("antwoorden/<uuid:public_id>/", views.question, name="question"),
    path("beheer/antwoorden/", views.desk, name="desk"),
    path("beheer/antwoorden/overzicht/", views.watch, name="watch"),
    path("beheer/antwoorden/<uuid:public_id>/", views.answer, name="answer"),
    path("beheer/antwoorden/<uuid:public_id>/weghalen/", views.remove, name="remove"),
    path("beheer/antwoorden/<uuid:public_id>/meer-tijd/", views.extend, name="extend"),
]
