# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the debate about indicators."""

from django.urls import path

from samenspel.outcomes.debate import doubt_views, proposal_views, views

app_name = "debate"

urlpatterns = [
    path("indicator/<slug:key>/instemming/", views.history, name="history"),
    path("indicator/<slug:key>/instemmen/", views.agree, name="agree"),
    path("indicator/<slug:key>/instemming/intrekken/", views.take_back, name="take_back"),
    path("indicator/<slug:key>/herziening/", views.review, name="review"),
    path("indicator/<slug:key>/woorden-weghalen/", views.remove, name="remove"),
    path("indicator/<slug:key>/twijfels/", doubt_views.doubts, name="doubts"),
    path("indicator/<slug:key>/gedrag/", doubt_views.behaviours, name="behaviours"),
    path("indicator/<slug:key>/ik-twijfel/", doubt_views.doubt, name="doubt"),
    path("indicatoren/voorstellen/", proposal_views.proposals, name="proposals"),
    path("indicatoren/voorstellen/nieuw/", proposal_views.start, name="start"),
    path("indicatoren/voorstellen/<uuid:public_id>/", proposal_views.proposal, name="proposal"),
    path("indicatoren/voorstellen/<uuid:public_id>/meedoen/", proposal_views.join, name="join"),
    path("indicatoren/voorstellen/<uuid:public_id>/indienen/", proposal_views.submit, name="submit"),
    path("indicatoren/voorstellen/<uuid:public_id>/intrekken/", proposal_views.withdraw, name="withdraw"),
    path("indicatoren/voorstellen/<uuid:public_id>/woorden-weghalen/", proposal_views.remove, name="remove_proposal"),
    path("indicatoren/voorstellen/<uuid:public_id>/paspoort/", proposal_views.passport, name="passport"),
]
