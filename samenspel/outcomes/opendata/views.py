# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages and files of open data; nothing is written here."""

import io
import json
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from samenspel.figures.service import UnknownArea, UnknownIndicator, get_area, get_indicator, sources
from samenspel.outcomes.opendata import catalogue, columns, rdf, structured
from samenspel.outcomes.opendata.policies import OPEN_DATA
from samenspel.outcomes.opendata.releases import (
    NoRelease,
    Release,
    figure_rows,
    get_release,
    last_with,
    latest,
    releases,
)
from samenspel.platform.service import declares

FORMS = {"ttl": "text/turtle", "jsonld": "application/ld+json", "rdf": "application/rdf+xml"}
NEVER_CHANGES = "public, max-age=31536000, immutable"


@require_safe
@declares(OPEN_DATA)
def index(request: HttpRequest) -> HttpResponse:
    """What there is to download, for people."""
    found = releases()
    context = {
        "releases": found,
        "structured": structured.data_catalog(request.build_absolute_uri("/").rstrip("/"), found),
    }
    return render(request, "opendata/index.html", context)


@require_safe
@declares(OPEN_DATA)
@vary_on_headers("Accept")
def catalog(request: HttpRequest, form: str = "") -> HttpResponse:
    """The catalogue, in the form of the address or of the header Accept (Turtle when it says nothing)."""
    if not form:
        preferred = request.get_preferred_type([*FORMS.values(), "text/html"]) or FORMS["ttl"]
        asked = request.headers.get("Accept", "*/*")
        if preferred == "text/html" and "html" in asked:
            return redirect("opendata:index")
        form = next((name for name, kind in FORMS.items() if kind == preferred), "ttl")
    statements = catalogue.catalogue(request.build_absolute_uri("/").rstrip("/"), latest())
    writers: dict[str, Any] = {"ttl": rdf.turtle, "jsonld": rdf.json_ld, "rdf": rdf.rdf_xml}
    return HttpResponse(writers[form](statements), content_type=f"{FORMS[form]}; charset=utf-8")


@require_safe
@declares(OPEN_DATA)
def schema(request: HttpRequest, table: str) -> HttpResponse:
    """What the columns of a table mean, by CSV on the Web."""
    said = columns.schema(request.build_absolute_uri(request.path), table)
    return HttpResponse(json.dumps(said, ensure_ascii=False, indent=1), content_type="application/ld+json")


@require_safe
@declares(OPEN_DATA)
def newest_figure(request: HttpRequest, key: str, area: str, period: str) -> HttpResponse:
    """The way to a figure in the newest release; 410 with the way to it when only an earlier release has it."""
    release = latest()
    if release is None:
        raise Http404(_("Er is nog geen uitgave van de cijfers."))
    form, plain_period = _form_of(period)
    if figure_rows(release, key, area, plain_period).is_empty():
        earlier = last_with(key, area, plain_period)
        if earlier is None:
            raise Http404(_("Dit cijfer staat niet in deze uitgave."))
        return _gone(
            request,
            form,
            _("Dit cijfer staat niet in de nieuwste uitgave. Het stond wel in uitgave %(number)s.")
            % {"number": earlier.number},
            reverse("opendata:figure", args=[earlier.number, key, area, period]),
        )
    response = redirect("opendata:figure", release.number, key, area, period)
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
@declares(OPEN_DATA)
@vary_on_headers("Accept")
def figure(request: HttpRequest, number: str, key: str, area: str, period: str) -> HttpResponse:
    """One figure of one release: as a page, as JSON (.json) or as JSON-LD (.jsonld).

    410 when we no longer know its indicator or area, so that we cannot say what it means; the files still have it.
    """
    release = _release(number)
    form, period = _form_of(period)
    rows = figure_rows(release, key, area, period)
    if rows.is_empty():
        raise Http404(_("Dit cijfer staat niet in deze uitgave."))
    if not form:
        kinds = ["text/html", "application/json", "application/ld+json"]
        form = {"application/json": "json", "application/ld+json": "jsonld"}.get(
            request.get_preferred_type(kinds) or "", ""
        )
    try:
        passport, place = get_indicator(key), get_area(area)
    except (UnknownIndicator, UnknownArea):
        return _gone(
            request,
            form,
            _(
                "Wij hebben dit cijfer ingetrokken en leggen het niet meer uit. "
                "Het staat nog in het bestand van uitgave %(number)s."
            )
            % {"number": number},
            reverse("opendata:indicator_file", args=[number, key, "csv"]),
        )
    address = request.build_absolute_uri(reverse("opendata:figure", args=[number, key, area, period]))
    plain = structured.figure(address, release, passport, place, rows)
    if form:
        content = structured.observation(plain, passport) if form == "jsonld" else plain
        kind = "application/ld+json" if form == "jsonld" else "application/json"
        response = HttpResponse(json.dumps(content, ensure_ascii=False, indent=1), content_type=kind)
    else:
        context = {
            "release": release,
            "passport": passport,
            "area": place,
            "period": period,
            "address": address,
            "table": structured.figure_table(passport, rows),
            "sources": [table for table in sources() if table.key in set(rows["source"])],
            "newest": latest() == release,
            "newest_address": reverse("opendata:newest_figure", args=[key, area, period]),
            "structured": structured.observation(plain, passport),
        }
        response = render(request, "opendata/figure.html", context)
    response.headers["Link"] = f'<{address}>; rel="canonical"'
    return response


@require_safe
@declares(OPEN_DATA)
def indicator_file(request: HttpRequest, number: str, key: str, form: str) -> HttpResponse:
    """All rows of one indicator in a release, as CSV or Parquet."""
    release = _release(number)
    frame = figure_rows(release, key)
    if frame.is_empty():
        raise Http404(_("Dit cijfer staat niet in deze uitgave."))
    content = io.BytesIO()
    if form == "csv":
        frame.write_csv(content)
    else:
        frame.write_parquet(content, compression="zstd")
    kind = "text/csv; charset=utf-8; header=present" if form == "csv" else "application/vnd.apache.parquet"
    name = f'attachment; filename="{key}-{number}.{form}"'
    headers = {"Content-Disposition": name, "Cache-Control": NEVER_CHANGES}
    return HttpResponse(content.getvalue(), content_type=kind, headers=headers)


@require_safe
@declares(OPEN_DATA)
def whole_file(request: HttpRequest, number: str, name: str) -> HttpResponseBase:
    """A whole file of a release."""
    try:
        path = _release(number).file(name)
    except NoRelease:
        raise Http404(_("Dit bestand staat niet in deze uitgave.")) from None
    response = FileResponse(path.open("rb"), as_attachment=True, filename=f"{number}-{name}")
    packed = name.endswith(".gz")
    response.headers["Content-Type"] = "application/gzip" if packed else "application/vnd.apache.parquet"
    response.headers["Cache-Control"] = NEVER_CHANGES
    return response


def _release(number: str) -> Release:
    try:
        return get_release(number)
    except NoRelease:
        raise Http404(_("Er is geen uitgave met dit nummer. Kijk bij open data welke er zijn.")) from None


def _form_of(period: str) -> tuple[str, str]:
    """The form that the end of an address asks for ("json", "jsonld", or "" for none), and the period before it."""
    form = next((end for end in ("jsonld", "json") if period.endswith(f".{end}")), "")
    return form, period.removesuffix(f".{form}") if form else period


def _gone(request: HttpRequest, form: str, sentence: str, address: str) -> HttpResponse:
    """Say that a figure was withdrawn, with the way to where it still is: as a page, or as a problem in JSON."""
    if form:
        problem = {"title": sentence, "status": 410, "instance": request.path, "figure": address}
        return HttpResponse(json.dumps(problem, ensure_ascii=False), "application/problem+json", 410)
    return render(request, "opendata/gone.html", {"sentence": sentence, "address": address}, status=410)
