# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The catalogue of open data by DCAT-AP-NL 3.0: a dataset per indicator, one of comparisons, one of passports."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.urls import reverse

from samenspel.figures.service import Passport, Topic, list_indicators
from samenspel.outcomes.opendata.rdf import Iri, Statement, Text
from samenspel.outcomes.opendata.releases import COMPARISONS, FIGURES, Release

_EU = "http://publications.europa.eu/resource/authority/"
PUBLIC = Iri(f"{_EU}access-right/PUBLIC")
CC_BY = Iri(f"{_EU}licence/CC_BY_4_0")
IRREGULAR = Iri(f"{_EU}frequency/IRREG")
DUTCH = Iri(f"{_EU}language/NLD")
NETHERLANDS = Iri(f"{_EU}country/NLD")
_THEMES = {
    Topic.LIVELIHOOD: "ECON",
    Topic.WORK: "ECON",
    Topic.HEALTH: "HEAL",
    Topic.ENVIRONMENT: "ENVI",
    Topic.HOUSING: "REGI",
    Topic.AMENITIES: "REGI",
}
Pairs = Sequence[tuple[str, Iri | Text]]

# Extension: the EU's name of the kind of file, and its media type.
_KINDS = {
    "csv": ("CSV", "text/csv"),
    "json": ("JSON", "application/json"),
    "parquet": ("PARQUET", "application/vnd.apache.parquet"),
}


def catalogue(base: str, release: Release | None) -> list[Statement]:
    """All statements of the catalogue; `base` is the address of this installation without a slash at its end.

    Without a release there are no files to download yet, and only the API is offered.
    """
    here = f"{base}{reverse('opendata:catalog')}"
    return list(dict.fromkeys(_statements(base, here, release)))


def _statements(base: str, here: str, release: Release | None) -> Iterator[Statement]:
    name = settings.ORGANISATION_NAME or "Samenspel"
    publisher, contact, service = settings.PUBLISHER_URI or f"{here}#publisher", f"{here}#contact", f"{here}#api"
    yield publisher, "rdf:type", Iri(full_agent())
    yield publisher, "foaf:name", Text(name, "nl")
    yield contact, "rdf:type", Iri("http://www.w3.org/2006/vcard/ns#Kind")
    yield contact, "vcard:fn", Text(name, "nl")
    yield contact, "vcard:hasURL", Iri(base + reverse("pages:about"))
    both: Pairs = [("dct:publisher", Iri(publisher)), ("dcat:contactPoint", Iri(contact))]

    yield from _all(
        here,
        "Catalog",
        [
            ("dct:title", Text(f"Open data van {name}", "nl")),
            ("dct:description", Text("Cijfers over gemeenten, wijken en buurten, met marge, bron en paspoort.", "nl")),
            ("dct:language", DUTCH),
            ("dct:license", CC_BY),
            ("dcat:service", Iri(service)),
            *both,
        ],
    )
    yield from _all(
        service,
        "DataService",
        [
            ("dct:identifier", Text(service)),
            ("dct:title", Text("API voor cijfers over gebieden", "nl")),
            ("dct:description", Text("Alle cijfers als JSON en CSV, met marge of de reden dat die er niet is.", "nl")),
            ("dcat:endpointURL", Iri(f"{base}/api/v1")),
            ("dcat:endpointDescription", Iri(f"{base}/api/v1/openapi.json")),
            ("dct:license", CC_BY),
            ("dct:accessRights", PUBLIC),
            ("dcat:theme", _theme("SOCI")),
            *both,
        ],
    )
    for passport in list_indicators():
        yield from _indicator(base, here, service, both, passport, release)
    yield from _comparisons(base, here, publisher, both, release)
    yield from _passports(base, here, publisher, both, service, release)


def full_agent() -> str:
    """The class of whoever publishes or makes something."""
    return "http://xmlns.com/foaf/0.1/Agent"


def _all(subject: str, kind: str, pairs: Pairs) -> Iterator[Statement]:
    yield subject, "rdf:type", Iri(f"http://www.w3.org/ns/dcat#{kind}")
    for predicate, value in pairs:
        yield subject, predicate, value


def _theme(code: str) -> Iri:
    return Iri(f"{_EU}data-theme/{code}")


def _dataset(
    here: str, subject: str, both: Pairs, theme: str, creator: str, release: Release | None
) -> Iterator[Statement]:
    yield here, "dcat:dataset", Iri(subject)
    dated: Pairs = []
    if release is not None:
        dated = [("dct:modified", Text(release.day, kind="xsd:date")), ("dcat:version", Text(release.number))]
    yield from _all(
        subject,
        "Dataset",
        [
            ("dct:identifier", Text(subject)),
            ("dcat:theme", _theme(theme)),
            ("dct:accessRights", PUBLIC),
            ("dct:accrualPeriodicity", IRREGULAR),
            ("dct:language", DUTCH),
            ("dct:spatial", NETHERLANDS),
            ("dct:creator", Iri(creator)),
            *dated,
            *both,
        ],
    )


def _distribution(
    dataset: str, name: str, title: str, address: str, *, service: str = "", size: int = 0
) -> Iterator[Statement]:
    subject = f"{dataset}-{name}"
    file_type, media_type = _KINDS[name]
    yield dataset, "dcat:distribution", Iri(subject)
    yield from _all(
        subject,
        "Distribution",
        [
            ("dct:title", Text(title, "nl")),
            ("dcat:accessURL", Iri(address)),
            ("dct:license", CC_BY),
            ("dct:format", Iri(f"{_EU}file-type/{file_type}")),
            ("dcat:mediaType", Iri(f"http://www.iana.org/assignments/media-types/{media_type}")),
            *([("dcat:accessService", Iri(service))] if service else [("dcat:downloadURL", Iri(address))]),
            *([("dcat:byteSize", Text(str(size), kind="xsd:nonNegativeInteger"))] if size else []),
        ],
    )


def _indicator(
    base: str,
    here: str,
    service: str,
    both: Pairs,
    passport: Passport,
    release: Release | None,
) -> Iterator[Statement]:
    subject = f"{here}#{passport.key}"
    creator = f"{here}#maker-{'cbs' if passport.publisher == 'CBS' else 'rivm'}"
    yield creator, "rdf:type", Iri(full_agent())
    yield creator, "foaf:name", Text(passport.publisher, "nl")
    yield from _dataset(here, subject, both, _THEMES.get(passport.topic, "SOCI"), creator, release)
    yield subject, "dct:title", Text(passport.title, "nl")
    yield subject, "dct:title", Text(passport.title_en, "en")
    yield subject, "dct:description", Text(f"{passport.meaning} {passport.definition}", "nl")
    yield subject, "dcat:landingPage", Iri(base + reverse("pages:indicator", args=[passport.key]))
    yield subject, "dcat:keyword", Text(passport.topic.in_words().lower(), "nl")
    query = f"{base}/api/v1/cijfers?indicator={passport.key}&niveau=gemeente"
    yield from _distribution(subject, "json", f"{passport.title}, API", query, service=service)
    if release is not None:
        for name in ("csv", "parquet"):
            address = base + reverse("opendata:indicator_file", args=[release.number, passport.key, name])
            yield from _distribution(subject, name, f"{passport.title}, uitgave {release.number}", address)


def _comparisons(base: str, here: str, publisher: str, both: Pairs, release: Release | None) -> Iterator[Statement]:
    subject = f"{here}#comparisons"
    yield from _dataset(here, subject, both, "SOCI", publisher, release)
    yield subject, "dct:title", Text("Verwacht gebruik van hulp per gemeente", "nl")
    words = "Hoeveel mensen hulp gebruiken, naast wat bij deze bewoners te verwachten is. Het is geen oordeel."
    yield subject, "dct:description", Text(words, "nl")
    size = next((one.size for one in release.files if one.name == COMPARISONS), 0) if release is not None else 0
    if release is not None and size:
        address = base + reverse("opendata:whole_file", args=[release.number, COMPARISONS])
        yield from _distribution(subject, "parquet", f"Uitgave {release.number}", address, size=size)


def _passports(
    base: str, here: str, publisher: str, both: Pairs, service: str, release: Release | None
) -> Iterator[Statement]:
    subject = f"{here}#passports"
    yield from _dataset(here, subject, both, "SOCI", publisher, release)
    yield subject, "dct:title", Text("Paspoorten van indicatoren", "nl")
    yield subject, "dct:description", Text("Wat elk cijfer is, waar het vandaan komt en wat het niet zegt.", "nl")
    address = f"{base}/api/v1/indicatoren"
    yield from _distribution(subject, "json", "Paspoorten, API", address, service=service)
    if release is not None:
        whole = f"{here}#all-figures"
        yield from _dataset(here, whole, both, "SOCI", publisher, release)
        yield whole, "dct:title", Text("Alle cijfers in één bestand", "nl")
        yield whole, "dct:description", Text("Alle cijfers van deze uitgave, met marge, bron en reden.", "nl")
        size = next(one.size for one in release.files if one.name == FIGURES)
        address = base + reverse("opendata:whole_file", args=[release.number, FIGURES])
        yield from _distribution(whole, "parquet", f"Uitgave {release.number}", address, size=size)
