# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The report of a municipality, as a page and as a PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samenspel.figures.service import slug
from samenspel.pages.addresses import area_address
from samenspel.pages.policies import OPEN_FIGURES
from samenspel.pages.presenters.trail import trail
from samenspel.pages.report.compose import report
from samenspel.pages.views.areas import current_municipality
from samenspel.platform.service import declares, pdf, twin


@require_safe
@declares(OPEN_FIGURES)
def report_page(request: HttpRequest, name: str) -> HttpResponse:
    """The report to read on a screen."""
    area = current_municipality(name)
    document = report(area)
    context = {
        "document": document,
        "contents": twin.contents(document.blocks),
        "body": twin.html(document.blocks),
        "trail": [*trail(area)[:-1], (area.name, area_address(area)), (_("Verslag"), "")],
        "pdf_address": reverse("pages:report_pdf", args=[slug(area)]),
    }
    return render(request, "pages/report.html", context)


@require_safe
@declares(OPEN_FIGURES)
def report_pdf(request: HttpRequest, name: str) -> HttpResponse:
    """The same report to print or keep."""
    area = current_municipality(name)
    response = HttpResponse(pdf.render_pdf(report(area)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="sociaal-contract-{slug(area)}.pdf"'
    return response
