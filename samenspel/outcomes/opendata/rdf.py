# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small writer of RDF: one list of statements, written as Turtle, JSON-LD and RDF/XML.

A test reads all three with rdflib and compares the graphs. Every node has an address; there are no blank nodes.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PREFIXES = {
    "rdf": RDF,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Iri:
    """The address of a node."""

    value: str


@dataclass(frozen=True, slots=True)
class Text:
    """A literal: in a `language`, or of a `kind` (such as "xsd:date"), or plain."""

    value: str
    language: str = ""
    kind: str = ""


# Subject, predicate with its prefix ("dct:title"), object.
Statement = tuple[str, str, Iri | Text]


def full(name: str) -> str:
    """The whole address of a name with a prefix."""
    prefix, _colon, rest = name.partition(":")
    return PREFIXES[prefix] + rest


def _by_subject(statements: Iterable[Statement]) -> dict[str, list[tuple[str, Iri | Text]]]:
    found: dict[str, list[tuple[str, Iri | Text]]] = {}
    for subject, predicate, value in dict.fromkeys(statements):
        found.setdefault(subject, []).append((predicate, value))
    return found


_BAD_IN_IRI = {ord(letter): f"%{ord(letter):02X}" for letter in '<>"{}|^`\\ '}


def _turtle_of(value: Iri | Text) -> str:
    if isinstance(value, Iri):
        return f"<{value.value.translate(_BAD_IN_IRI)}>"
    quoted = json.dumps(value.value, ensure_ascii=False)
    return f"{quoted}@{value.language}" if value.language else f"{quoted}^^{value.kind}" if value.kind else quoted


def turtle(statements: Iterable[Statement]) -> str:
    """As Turtle."""
    lines = [f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items()]
    for subject, said in _by_subject(statements).items():
        pairs = " ;\n    ".join(f"{predicate} {_turtle_of(value)}" for predicate, value in said)
        lines.append(f"\n{_turtle_of(Iri(subject))} {pairs} .")
    return "\n".join(lines) + "\n"


def json_ld(statements: Iterable[Statement]) -> str:
    """As JSON-LD 1.1, one object per node."""
    graph = []
    for subject, said in _by_subject(statements).items():
        node: dict[str, Any] = {"@id": subject.translate(_BAD_IN_IRI)}
        for predicate, value in said:
            if isinstance(value, Iri):
                item: dict[str, str] = {"@id": value.value.translate(_BAD_IN_IRI)}
            else:
                item = {"@value": value.value}
                item |= {"@language": value.language} if value.language else {}
                item |= {"@type": full(value.kind)} if value.kind else {}
            if predicate == "rdf:type":
                node.setdefault("@type", []).append(item["@id"])
            else:
                node.setdefault(predicate, []).append(item)
        graph.append(node)
    return json.dumps({"@context": PREFIXES, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def rdf_xml(statements: Iterable[Statement]) -> bytes:
    """As RDF/XML."""
    for name, address in PREFIXES.items():
        ElementTree.register_namespace(name, address)
    root = ElementTree.Element(f"{{{RDF}}}RDF")
    for subject, said in _by_subject(statements).items():
        about = {f"{{{RDF}}}about": subject.translate(_BAD_IN_IRI)}
        node = ElementTree.SubElement(root, f"{{{RDF}}}Description", about)
        for predicate, value in said:
            prefix, _colon, rest = predicate.partition(":")
            child = ElementTree.SubElement(node, f"{{{PREFIXES[prefix]}}}{rest}")
            if isinstance(value, Iri):
                child.set(f"{{{RDF}}}resource", value.value.translate(_BAD_IN_IRI))
            else:
                child.text = value.value
                if value.language:
                    child.set("{http://www.w3.org/XML/1998/namespace}lang", value.language)
                elif value.kind:
                    child.set(f"{{{RDF}}}datatype", full(value.kind))
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
