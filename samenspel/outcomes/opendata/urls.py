# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of open data. Those under a release never change."""

from django.urls import path, re_path

from samenspel.outcomes.opendata import views

app_name = "opendata"

urlpatterns = [
    path("", views.index, name="index"),
    path("catalog", views.catalog, name="catalog"),
    re_path(r"^catalog\.(?P<form>ttl|jsonld|rdf)$", views.catalog, name="catalog_file"),
    re_path(r"^schema/(?P<table>figures|comparisons)\.json$", views.schema, name="schema"),
    path("cijfer/<slug:key>/<str:area>/<str:period>", views.newest_figure, name="newest_figure"),
    path("uitgave/<str:number>/cijfer/<slug:key>/<str:area>/<str:period>", views.figure, name="figure"),
    re_path(
        r"^uitgave/(?P<number>[\d.-]+)/(?P<key>[a-z0-9_]+)\.(?P<form>csv|parquet)$",
        views.indicator_file,
        name="indicator_file",
    ),
    path("uitgave/<str:number>/bestand/<str:name>", views.whole_file, name="whole_file"),
]
