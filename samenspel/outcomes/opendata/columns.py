# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What each column of a release means, for programs: a schema by CSV on the Web, which is JSON-LD.

The descriptions are data in Dutch, as those in passports are. Tests hold them to the columns that releases have.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its kind by XML Schema ("string", "double", "boolean"), and what it says."""

    kind: str
    says: str


_AREA = "Code van het gebied van het CBS: NL00, of met GM, WK of BU aan het begin."
_METHOD = (
    "Welke berekening de marge maakte. Het nummer gaat omhoog als gelijke cijfers een andere marge zouden krijgen."
)

FIGURES: Mapping[str, Column] = {
    "indicator": Column("string", "Sleutel van de indicator. Het paspoort staat op /indicator/<sleutel>/."),
    "area": Column("string", _AREA),
    "period": Column("string", "Jaar, of het eerste en het laatste jaar met een streepje ertussen."),
    "breakdown": Column("string", "Groep van mensen, zoals leeftijd of geslacht. Leeg: iedereen."),
    "value": Column("double", "Het cijfer, in de eenheid van de kolom unit. Leeg: er is geen cijfer."),
    "numerator": Column("double", "De teller van een aandeel, als de bron die geeft."),
    "denominator": Column("double", "De noemer van een aandeel, als de bron die geeft."),
    "status": Column("string", "published, provisional, derived (door ons berekend), model_estimate of withheld."),
    "source": Column("string", "Sleutel van de tabel waar het cijfer uit komt."),
    "lower": Column("double", "Ondergrens van de marge, in dezelfde eenheid."),
    "upper": Column("double", "Bovengrens van de marge, in dezelfde eenheid."),
    "confidence": Column("double", "Hoe zeker de marge is: 0.95 bij toeval, 1 bij alleen afronding."),
    "range": Column("string", "Soort marge: chance (toeval) of rounding (afronding)."),
    "no_range": Column("string", "Waarom er geen marge is."),
    "reason_no_figure": Column("string", "Waarom er geen cijfer is, in een zin."),
    "unit": Column("string", "De eenheid van het cijfer en van de marge."),
    "method_version": Column("string", _METHOD),
}

_ENDS = {"": "{what}.", "_lower": "Ondergrens van: {what}.", "_upper": "Bovengrens van: {what}."}
_NUMBERS = {
    "observed": "het gemeten cijfer",
    "expected": "wat bij deze bewoners te verwachten is",
    "ratio": "gemeten gedeeld door verwacht",
}

COMPARISONS: Mapping[str, Column] = {
    "indicator": FIGURES["indicator"],
    "area": Column("string", "Code van de gemeente."),
    "period": Column("string", "Jaar."),
    "unit": FIGURES["unit"],
    "base": Column("double", "Hoeveel mensen of huishoudens er zijn."),
    **{
        f"{name}{end}": Column("double", sentence.format(what=what))
        for name, what in _NUMBERS.items()
        for end, sentence in _ENDS.items()
    },
    "outcome": Column(
        "string", "Of het gemeten cijfer binnen, boven of onder het verwachte valt. Het is geen oordeel."
    ),
    "flagged": Column("boolean", "Of het verschil opvalt, ook als u bedenkt dat er veel gemeenten zijn."),
    "method_version": Column("string", "Welke vergelijking dit maakte."),
    "reason_no_comparison": Column("string", "Waarom er geen vergelijking is: een sleutel."),
    "sentence": Column("string", "Waarom er geen vergelijking is, in een zin."),
}

TABLES: Mapping[str, Mapping[str, Column]] = {"figures": FIGURES, "comparisons": COMPARISONS}


def schema(address: str, table: str) -> dict[str, Any]:
    """The columns of `table` (a key of TABLES) as a schema by CSV on the Web."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
        "@id": address,
        "@type": "Schema",
        "columns": [
            {"name": name, "titles": name, "datatype": column.kind, "dc:description": column.says}
            for name, column in TABLES[table].items()
        ],
    }
