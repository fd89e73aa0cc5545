# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The catalogue of open data by DCAT-AP-NL 3.0: a dataset per indicator, one of comparisons, one of passports."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.urls import reverse

from samenspel.figures.service import Passport, Topic, list_indicators
from samenspel.outcomes.opendata.rdf import Iri, Statement, Text, full
from samenspel.outcomes.opendata.releases import COMPARISONS, FIGURES, FIGURES_CSV, Release

_EU = "http://publications.europa.eu/resource/authority/"
PUBLIC = Iri(f"{_EU}access-right/PUBLIC")
CC_BY = Iri(f"{_EU}licence/CC_BY_4_0")
IRREGULAR = Iri(f"{_EU}frequency/IRREG")
DUTCH = Iri(f"{_EU}language/NLD")
NETHERLANDS = Iri(f"{_EU}country/NLD")
GZIP = "http://www.iana.org/assignments/media-types/application/gzip"
_THEMES = {
    Topic.LIVELIHOOD: "ECON",
    Topic.WORK: "ECON",
    Topic.HEALTH: "HEAL",
    Topic.ENVIRONMENT: "ENVI",
    Topic.HOUSING: "REGI",
    Topic.AMENITIES: "REGI",
}
_THEME_NAMES = {
    "ECON": "Economie en financiën",
    "ENVI": "Milieu",
    "HEAL": "Gezondheid",
    "REGI": "Regio's en steden",
    "SOCI": "Bevolking en samenleving",
}
# What a value of a property is. Readers of one file cannot ask the lists of the EU what their terms are.
_CLASSES = {
    "dcat:accessService": "dcat:DataService",
    "dcat:compressFormat": "dct:MediaType",
    "dcat:landingPage": "foaf:Document",
    "dcat:mediaType": "dct:MediaType",
    "dcat:theme": "skos:Concept",
    "dct:accessRights": "dct:RightsStatement",
    "dct:accrualPeriodicity": "dct:Frequency",
    "dct:conformsTo": "dct:Standard",
    "dct:creator": "foaf:Agent",
    "dct:format": "dct:MediaTypeOrExtent",
    "dct:language": "dct:LinguisticSystem",
    "dct:license": "dct:LicenseDocument",
    "dct:publisher": "foaf:Agent",
    "dct:spatial": "dct:Location",
    "foaf:page": "foaf:Document",
}
Pairs = Sequence[tuple[str, Iri | Text]]

# Extension: the EU's name of the kind of file, and its media type.
_KINDS = {
    "csv": ("CSV", "text/csv"),
    "csv-api": ("CSV", "text/csv"),
    "json": ("JSON", "application/json"),
    "parquet": ("PARQUET", "application/vnd.apache.parquet"),
}
_WHOLE = {"parquet": FIGURES, "csv": FIGURES_CSV}


def catalogue(base: str, release: Release | None) -> list[Statement]:
    """All statements of the catalogue; `base` is the address of this installation without a slash at its end.

    Without a release there are no files that stay, and the figures of today are offered by the API.
    """
    here = f"{base}{reverse('opendata:catalog')}"
    said = list(dict.fromkeys(_statements(base, here, release)))
    return list(dict.fromkeys([*said, *_classes(said)]))


def _classes(said: Sequence[Statement]) -> Iterator[Statement]:
    """What each value is, and the name of each theme."""
    for _subject, predicate, value in said:
        if predicate in _CLASSES and isinstance(value, Iri):
            yield value.value, "rdf:type", Iri(full(_CLASSES[predicate]))
    for code, name in _THEME_NAMES.items():
        theme = _theme(code)
        if any(value == theme for _subject, _predicate, value in said):
            yield theme.value, "skos:prefLabel", Text(name, "nl")


def _statements(base: str, here: str, release: Release | None) -> Iterator[Statement]:
    name = settings.ORGANISATION_NAME or "Samenspel"
    publisher, contact, service = settings.PUBLISHER_URI or f"{here}#publisher", f"{here}#contact", f"{here}#api"
    yield publisher, "foaf:name", Text(name, "nl")
    yield contact, "rdf:type", Iri(full("vcard:Kind"))
    yield contact, "vcard:fn", Text(name, "nl")
    yield contact, "vcard:hasURL", Iri(base + reverse("pages:about"))
    both: Pairs = [("dct:publisher", Iri(publisher)), ("dcat:contactPoint", Iri(contact))]

    about = "Cijfers over gemeenten, wijken en buurten, met marge, bron en paspoort."
    if release is None:
        about = f"{about} Er is nog geen uitgave die vaststaat. De cijfers van nu staan in de API, als JSON en als CSV."
    yield from _all(
        here,
        "Catalog",
        [
            ("dct:title", Text(f"Open data van {name}", "nl")),
            ("dct:description", Text(about, "nl")),
            ("dct:creator", Iri(publisher)),
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
            ("dct:creator", Iri(publisher)),
            ("dct:language", DUTCH),
            ("dcat:theme", _theme("SOCI")),
            ("dcat:keyword", Text("cijfers", "nl")),
            ("dcat:keyword", Text("gemeenten", "nl")),
            ("dcat:landingPage", Iri(f"{base}/api/")),
            *both,
        ],
    )
    for passport in list_indicators():
        yield from _indicator(base, here, service, both, passport, release)
    yield from _comparisons(base, here, publisher, both, release)
    yield from _passports(base, here, publisher, both, service, release)


def _schema(base: str, table: str) -> Iri:
    """The description of the columns of a table."""
    return Iri(base + reverse("opendata:schema", args=[table]))


def _all(subject: str, kind: str, pairs: Pairs) -> Iterator[Statement]:
    yield subject, "rdf:type", Iri(f"http://www.w3.org/ns/dcat#{kind}")
    for predicate, value in pairs:
        yield subject, predicate, value


def _theme(code: str) -> Iri:
    return Iri(f"{_EU}data-theme/{code}")


def _dataset(
    here: str, subject: str, both: Pairs, theme: str, creator: str, release: Release | None, page: str, standard: Iri
) -> Iterator[Statement]:
    """A dataset; `page` is for people, `standard` says what its rows are like."""
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
            ("dct:conformsTo", standard),
            ("dcat:landingPage", Iri(page)),
            ("foaf:page", Iri(page)),
            *dated,
            *both,
        ],
    )


def _distribution(
    dataset: str, name: str, title: str, address: str, standard: Iri, *, service: str = "", size: int = 0
) -> Iterator[Statement]:
    """A way to a dataset: an answer of the `service`, or a file to download."""
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
            ("dct:language", DUTCH),
            ("dct:conformsTo", standard),
            ("dct:format", Iri(f"{_EU}file-type/{file_type}")),
            ("dcat:mediaType", Iri(f"http://www.iana.org/assignments/media-types/{media_type}")),
            *([("dcat:accessService", Iri(service))] if service else [("dcat:downloadURL", Iri(address))]),
            *([("dcat:compressFormat", Iri(GZIP))] if address.endswith(".gz") else []),
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
    yield creator, "foaf:name", Text(passport.publisher, "nl")
    page, columns = base + reverse("pages:indicator", args=[passport.key]), _schema(base, "figures")
    theme = _THEMES.get(passport.topic, "SOCI")
    yield from _dataset(here, subject, both, theme, creator, release, page, columns)
    yield subject, "dct:title", Text(passport.title, "nl")
    yield subject, "dct:title", Text(passport.title_en, "en")
    yield subject, "dct:description", Text(f"{passport.meaning} {passport.definition}", "nl")
    yield subject, "dcat:keyword", Text(passport.topic.in_words().lower(), "nl")
    query = f"{base}/api/v1/cijfers?indicator={passport.key}&niveau=gemeente"
    api = Iri(f"{base}/api/v1/openapi.json")
    yield from _distribution(subject, "json", f"{passport.title}, API", query, api, service=service)
    if release is None:
        yield from _distribution(
            subject, "csv-api", f"{passport.title}, API", f"{query}&formaat=csv", api, service=service
        )
    else:
        for name in ("csv", "parquet"):
            address = base + reverse("opendata:indicator_file", args=[release.number, passport.key, name])
            title = f"{passport.title}, uitgave {release.number}"
            yield from _distribution(subject, name, title, address, columns)


def _comparisons(base: str, here: str, publisher: str, both: Pairs, release: Release | None) -> Iterator[Statement]:
    subject, columns = f"{here}#comparisons", _schema(base, "comparisons")
    page = base + reverse("opendata:index")
    yield from _dataset(here, subject, both, "SOCI", publisher, release, page, columns)
    yield subject, "dct:title", Text("Verwacht gebruik van hulp per gemeente", "nl")
    words = "Hoeveel mensen hulp gebruiken, naast wat bij deze bewoners te verwachten is. Het is geen oordeel."
    yield subject, "dct:description", Text(words, "nl")
    size = next((one.size for one in release.files if one.name == COMPARISONS), 0) if release is not None else 0
    if release is not None and size:
        address = base + reverse("opendata:whole_file", args=[release.number, COMPARISONS])
        yield from _distribution(subject, "parquet", f"Uitgave {release.number}", address, columns, size=size)


def _passports(
    base: str, here: str, publisher: str, both: Pairs, service: str, release: Release | None
) -> Iterator[Statement]:
    subject, api, page = f"{here}#passports", Iri(f"{base}/api/v1/openapi.json"), base + reverse("opendata:index")
    yield from _dataset(here, subject, both, "SOCI", publisher, release, page, api)
    yield subject, "dct:title", Text("Paspoorten van indicatoren", "nl")
    yield subject, "dct:description", Text("Wat elk cijfer is, waar het vandaan komt en wat het niet zegt.", "nl")
    address = f"{base}/api/v1/indicatoren"
    yield from _distribution(subject, "json", "Paspoorten, API", address, api, service=service)
    if release is not None:
        whole, columns = f"{here}#all-figures", _schema(base, "figures")
        yield from _dataset(here, whole, both, "SOCI", publisher, release, page, columns)
        yield whole, "dct:title", Text("Alle cijfers in één bestand", "nl")
        yield whole, "dct:description", Text("Alle cijfers van deze uitgave, met marge, bron en reden.", "nl")
        sizes = {one.name: one.size for one in release.files}
        for kind, file in _WHOLE.items():
            if file in sizes:
                address = base + reverse("opendata:whole_file", args=[release.number, file])
                title = f"Uitgave {release.number}"
                yield from _distribution(whole, kind, title, address, columns, size=sizes[file])
