# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A figure and a dataset as plain data: for JSON, for JSON-LD on pages, and for a table."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from django.urls import reverse
from django.utils.translation import gettext as _

from samenspel.figures.service import METHOD_VERSION, Area, Passport, WhyNoRange
from samenspel.outcomes.opendata.releases import Release
from samenspel.platform.service import components, dutch

CC_BY = "https://creativecommons.org/licenses/by/4.0/"


def figure(address: str, release: Release, passport: Passport, area: Area, rows: pl.DataFrame) -> dict[str, Any]:
    """One figure with all one must know to read and to cite it; `groups` are its values by age or sex."""
    every = [_row(row) for row in rows.iter_rows(named=True)]
    whole = next((row for row in every if not row["breakdown"]), {})
    return {
        "address": address,
        "release": release.number,
        "indicator": passport.key,
        "title": passport.title,
        "area": area.code,
        "areaName": area.name,
        "period": rows["period"][0],
        "unit": passport.unit.value,
        **{name: value for name, value in whole.items() if name != "breakdown"},
        "groups": [row for row in every if row["breakdown"]],
        "methodVersion": METHOD_VERSION,
        "licence": CC_BY,
        "publisher": passport.publisher,
    }


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    why = WhyNoRange(row["no_range"]) if row["no_range"] else None
    return {
        "breakdown": row["breakdown"],
        "value": row["value"],
        "status": row["status"],
        "reasonNoFigure": row["reason_no_figure"],
        "lower": row["lower"],
        "upper": row["upper"],
        "confidence": row["confidence"],
        "range": row["range"],
        "reasonNoRange": why.value if why else None,
        "sentenceNoRange": why.in_words() if why else None,
        "source": row["source"],
        "methodVersion": row["method_version"],
    }


def figure_table(passport: Passport, rows: pl.DataFrame) -> components.Table:
    """The rows of one figure for people: value, range or why there is none."""
    said = []
    for row in map(_row, rows.iter_rows(named=True)):
        value = dutch.number(row["value"], passport.decimals) if row["value"] is not None else _("geen cijfer")
        if row["lower"] is None:
            ends = _(WhyNoRange(row["reasonNoRange"]).in_short())
        else:
            decimals = passport.decimals + 1
            words = {"lower": dutch.number(row["lower"], decimals), "upper": dutch.number(row["upper"], decimals)}
            ends = _("%(lower)s en %(upper)s") % words
        said.append([row["breakdown"] or _("iedereen"), value, ends])
    columns = [
        components.Column(_("Groep")),
        components.Column(passport.title, numeric=True),
        components.Column(_("Waarschijnlijk tussen"), numeric=True),
    ]
    # The same reason as in the JSON, in the words of the passport.
    why = dict.fromkeys(row for row in rows["reason_no_figure"] if row)
    return components.Table(caption=passport.title, columns=columns, rows=said, note=" ".join(why))


def observation(plain: Mapping[str, Any], passport: Passport) -> dict[str, Any]:
    """A figure in the words of schema.org."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Observation",
        "@id": plain["address"],
        "name": f"{plain['title']}, {plain['areaName']}, {plain['period']}",
        "observationAbout": {"@type": "AdministrativeArea", "name": plain["areaName"], "identifier": plain["area"]},
        "observationPeriod": plain["period"],
        "measuredProperty": {"@type": "Property", "name": passport.title, "description": passport.definition},
        "license": CC_BY,
        "version": plain["release"],
    }
    if plain.get("value") is not None:
        found["value"] = plain["value"]
        found["unitText"] = passport.unit.in_words()
    if plain.get("lower") is not None:
        found["marginOfError"] = {
            "@type": "QuantitativeValue",
            "minValue": plain["lower"],
            "maxValue": plain["upper"],
        }
    return found


def dataset(base: str, passport: Passport) -> dict[str, Any]:
    """An indicator as a dataset in the words of schema.org."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{base}{reverse('opendata:catalog')}#{passport.key}",
        "name": passport.title,
        "alternateName": passport.title_en,
        "description": f"{passport.meaning} {passport.definition}",
        "license": CC_BY,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": passport.publisher},
        "temporalCoverage": f"{passport.periods[0][:4]}/{passport.periods[-1][-4:]}",
        "spatialCoverage": {"@type": "Country", "name": "Nederland"},
        "measurementTechnique": passport.definition,
        "variableMeasured": {"@type": "PropertyValue", "name": passport.title, "unitText": passport.unit.in_words()},
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "text/csv",
            "contentUrl": f"{base}/api/v1/cijfers?indicator={passport.key}&niveau=gemeente&formaat=csv",
        },
    }


def data_catalog(base: str, found: Sequence[Release]) -> dict[str, Any]:
    """The catalogue in the words of schema.org."""
    return {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "@id": f"{base}{reverse('opendata:catalog')}",
        "name": "Open data",
        "license": CC_BY,
        "version": found[0].number if found else "",
        "url": f"{base}{reverse('opendata:index')}",
    }
