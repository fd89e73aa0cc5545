# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of stories: reading, telling, one's own, and moderation. A code never stands in one."""

from django.urls import path

from samenspel.outcomes.contributions.views import own, reading, reviewing, telling

app_name = "contributions"

urlpatterns = [
    path("", reading.story_list, name="list"),
    path("regels/", reading.rules, name="rules"),
    path("vertellen/", telling.tell, name="tell"),
    path("mijn-verhaal/", own.by_code, name="by_code"),
    path("mijn-verhaal/sluiten/", own.close, name="close"),
    path("mijn-verhalen/", own.mine, name="mine"),
    path("mijn-verhaal/<uuid:public_id>/", own.own, name="own"),
    path("mijn-verhaal/<uuid:public_id>/veranderen/", own.change, name="change"),
    path("mijn-verhaal/<uuid:public_id>/toestemming/", own.consent, name="consent"),
    path("mijn-verhaal/<uuid:public_id>/intrekken/", own.withdraw, name="withdraw"),
    path("mijn-verhaal/<uuid:public_id>/bezwaar/", own.appeal, name="appeal"),
    path("beoordelen/", reviewing.waiting, name="reviews"),
    path("beoordelen/<uuid:public_id>/", reviewing.review, name="review"),
    path("beoordelen/<uuid:public_id>/besluit/", reviewing.decide, name="decide"),
    path("<uuid:public_id>/", reading.one, name="one"),
    path("<uuid:public_id>/melden/", reading.report, name="report"),
]
