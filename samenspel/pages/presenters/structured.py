# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of areas and figures are about, for search engines and citing, in the words of schema.org."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from samenspel.figures.service import Area, Passport, Point, Range, uncertainty_of
from samenspel.outcomes.service import opendata
from samenspel.pages.addresses import area_address, csv_address, figure_address


def area(base: str, place: Area) -> dict[str, Any]:
    """All figures of an area as a dataset. Dutch in every language, as the figures are."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{base}{area_address(place)}",
        "url": f"{base}{area_address(place)}",
        "name": f"Cijfers over {place.name}",
        "description": f"Wie er in {place.name} wonen, hoe het met mensen gaat en welke hulp wordt gebruikt.",
        "license": opendata.CC_BY,
        "isAccessibleForFree": True,
        "spatialCoverage": _place(place),
        "includedInDataCatalog": {"@type": "DataCatalog", "url": f"{base}{reverse('opendata:index')}"},
        "distribution": _csv(f"{base}/api/v1/cijfers?gebied={place.code}&formaat=csv"),
    }


def figure(base: str, place: Area, passport: Passport, point: Point | None) -> dict[str, Any]:
    """One indicator of one area as a dataset, with its newest value and the permanent address of that."""
    found: dict[str, Any] = {
        **opendata.dataset(base, passport),
        "@id": f"{base}{figure_address(place, passport.key)}",
        "url": f"{base}{figure_address(place, passport.key)}",
        "name": f"{passport.title}, {place.name}",
        "spatialCoverage": _place(place),
        "distribution": _csv(base + csv_address(passport.key, gebied=place.code)),
    }
    if point is not None and point.value is not None:
        found["hasPart"] = _observation(base, place, passport, point)
    return found


def _observation(base: str, place: Area, passport: Passport, point: Point) -> Mapping[str, Any]:
    permanent = base + reverse("opendata:newest_figure", args=[passport.key, place.code, point.period])
    given = uncertainty_of(passport, point)
    plain = {
        "address": permanent,
        "title": passport.title,
        "areaName": place.name,
        "area": place.code,
        "period": point.period,
        "release": "",
        "value": point.value,
        **({"lower": given.lower, "upper": given.upper} if isinstance(given, Range) else {}),
    }
    said = opendata.observation(plain, passport)
    # The permanent address leads to the newest release; only there is it of one release.
    return {key: value for key, value in said.items() if key not in ("@context", "version")}


def _place(place: Area) -> dict[str, str]:
    return {"@type": "AdministrativeArea", "name": place.name, "identifier": place.code}


def _csv(address: str) -> dict[str, str]:
    return {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": address}
