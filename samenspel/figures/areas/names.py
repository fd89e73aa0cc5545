# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names of areas: one form for comparing them, the names people use besides the official one, addresses."""

import re
import unicodedata

# What people call a municipality besides its official name (CBS, "Gemeenten alfabetisch"). By code, since codes are
# stable where spellings are not.
ALIASES: dict[str, tuple[str, ...]] = {
    "GM0518": ("Den Haag", "The Hague"),
    "GM0796": ("Den Bosch",),
    "GM0373": ("Bergen Noord-Holland",),
    "GM0893": ("Bergen Limburg",),
    "GM0164": ("Hengelo Overijssel",),
    "GM0417": ("Laren Noord-Holland",),
    "GM0603": ("Rijswijk Zuid-Holland",),
    "GM0687": ("Middelburg Zeeland",),
    "GM0888": ("Beek Limburg",),
    "GM0971": ("Stein Limburg",),
    "GM0072": ("Harns",),
    "GM0074": ("It Hearrenfean",),
    "GM0080": ("Ljouwert",),
    "GM0090": ("Smellingerlân",),
    "GM0093": ("Skylge",),
    "GM0096": ("Flylân",),
    "GM0060": ("It Amelân",),
    "GM0088": ("Skiermûntseach",),
    "GM0737": ("Tietjerksteradeel",),
    "GM1900": ("Zuidwest-Friesland",),
    "GM1940": ("De Friese Meren",),
    "GM1970": ("Noordoost-Friesland",),
    "GM0344": ("Utrecht stad",),
    "GM0014": ("Groningen stad",),
    "PV21": ("Friesland",),
    "PV30": ("Brabant",),
    "NL00": ("Heel Nederland",),
}

# Names in the sources that are not the name by which the place is known.
PROVINCE_NAMES = {"Friesland": "Fryslân"}

_ENDING = re.compile(r"\s*\((?:gemeente|[a-z]{1,3}\.?)\)$", re.IGNORECASE)
_DISTRICT_NUMBER = re.compile(r"^wijk\s+\d+\s*[:.-]?\s+(?=\S)", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_SHORT_ARTICLE = re.compile(r"(?<![a-z0-9])['’‘`´]\s?(?P<article>[stnk])(?![a-z0-9])", re.IGNORECASE)
_SPECIAL = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ĳ": "ij", "Ĳ": "ij"})


def normalise(text: str) -> str:
    """The form in which names are compared: no accents, capitals, punctuation or short articles ('s, 't).

    "'s-Gravenhage" and "s gravenhage" both give "gravenhage"; "Súdwest-Fryslân" gives "sudwest fryslan". A text
    without letters or digits gives "".
    """
    spaced = _SHORT_ARTICLE.sub(" ", text.translate(_SPECIAL))
    words = _NOT_LETTERS.sub(" ", _without_accents(spaced)).split()
    while len(words) > 1 and words[0] in {"s", "t"}:
        words.pop(0)
    return " ".join(words)


def short_name(name: str) -> str:
    """The name without the addition that tells it from a namesake: "Bergen (NH.)" -> "Bergen"."""
    return _ENDING.sub("", name)


def district_name(name: str) -> str:
    """The name of a district without its number: "Wijk 00 Annen" -> "Annen"; "Wijk 03" stays as it is."""
    return _DISTRICT_NUMBER.sub("", name.strip())


_PLACEHOLDER = re.compile(r"wijk \d+")
# Words that many districts share; two names that have only these in common name different places.
_COMMON = frozenset(
    (
        *("en", "de", "het", "van", "der", "den", "e", "o", "wijk", "buurt", "kern", "dorp", "buitengebied"),
        *("verspreide", "verspr", "h", "huizen", "centrum", "overig", "omgeving", "noord", "zuid", "oost", "west"),
        *("noordelijk", "zuidelijk", "noorden", "zuiden", "oosten", "westen"),
    )
)


def names_another_place(before: str, after: str) -> bool:
    """Whether a district code was given to another place: its names have no telling word in common.

    A name that is only a number ("Wijk 02"), a part of the other, or spelt together otherwise is the same place.
    """
    one, other = normalise(district_name(before)), normalise(district_name(after))
    if _PLACEHOLDER.fullmatch(one) or _PLACEHOLDER.fullmatch(other):
        return False
    first, second = set(one.split()) - _COMMON, set(other.split()) - _COMMON
    if not first or not second or first & second:
        return False
    return not any(a.startswith(b[:5]) or b.startswith(a[:5]) for a in first for b in second)


def slugify(name: str) -> str:
    """The name as part of an address: "'s-Gravenhage" -> "s-gravenhage", "Bergen (NH.)" -> "bergen-nh"."""
    return _NOT_LETTERS.sub("-", _without_accents(name.translate(_SPECIAL))).strip("-")


def _without_accents(text: str) -> str:
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parted if not unicodedata.combining(sign))
