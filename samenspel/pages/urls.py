# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the pages that anyone may read."""

from django.urls import path

from samenspel.pages.views import about, areas, home, indicators, report

app_name = "pages"

urlpatterns = [
    path("", home.home, name="home"),
    path("zoeken/", home.search, name="search"),
    path("gemeente/<str:name>/", areas.municipality, name="municipality"),
    path("gemeente/<str:name>/cijfers/", areas.all_figures, name="all_figures"),
    path("gemeente/<str:name>/uitkomsten/", areas.outcomes, name="outcomes"),
    path("gemeente/<str:name>/wijken/", areas.parts, name="parts"),
    path("gemeente/<str:name>/cijfers/<slug:key>/", areas.figure, name="figure"),
    path("gemeente/<str:name>/verslag/", report.report_page, name="report"),
    path("gemeente/<str:name>/verslag.pdf", report.report_pdf, name="report_pdf"),
    path("wijk/<str:code>/", areas.district, name="district"),
    path("wijk/<str:code>/cijfers/", areas.all_figures_of_part, name="all_figures_of_district"),
    path("wijk/<str:code>/cijfers/<slug:key>/", areas.figure_of_part, name="figure_of_district"),
    path("buurt/<str:code>/", areas.neighbourhood, name="neighbourhood"),
    path("buurt/<str:code>/cijfers/", areas.all_figures_of_part, name="all_figures_of_neighbourhood"),
    path("buurt/<str:code>/cijfers/<slug:key>/", areas.figure_of_part, name="figure_of_neighbourhood"),
    path("indicator/", indicators.indicator_list, name="indicators"),
    path("indicator/<slug:key>/", indicators.indicator, name="indicator"),
    path("bronnen/", about.sources_page, name="sources"),
    path("over/", about.about, name="about"),
    path("toegankelijkheid/", about.accessibility, name="accessibility"),
    path("privacy/", about.privacy, name="privacy"),
]
