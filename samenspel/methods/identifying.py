# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a Dutch text may tell who somebody is: a phone number, an address, a name with a title, and so on.

Rules, not a model: each find can be explained in one sentence, and the same text always gives the same finds. It finds
patterns, not meaning: "the baker's youngest daughter" passes. A person reads every text too.

Sources: the eleven-test of the citizen service number (Logisch Ontwerp BSN, section 2.2); IBAN check digits
(ISO 13616, modulo 97); postcodes 1000 AA to 9999 ZZ without SA, SD and SS; the fourteen series of Dutch licence
plates (RDW); Dutch telephone numbers of ten digits (Telefoonnummerplan).
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was found. The value is stored and shown through words elsewhere; it stays."""

    EMAIL = "email"
    PHONE = "phone"
    BSN = "bsn"
    IBAN = "iban"
    ADDRESS = "address"
    POSTCODE = "postcode"
    BIRTH_DATE = "birth_date"
    LICENCE_PLATE = "licence_plate"
    WEB = "web"
    HANDLE = "handle"
    NAME = "name"
    ORGANISATION = "organisation"
    DATE = "date"
    RARE = "rare"


NEVER = frozenset(
    {
        Kind.EMAIL,
        Kind.PHONE,
        Kind.BSN,
        Kind.IBAN,
        Kind.ADDRESS,
        Kind.POSTCODE,
        Kind.BIRTH_DATE,
        Kind.LICENCE_PLATE,
        Kind.HANDLE,
    }
)
"""Points at one person or household by itself. No reason makes it needed in a public text."""

LONGEST = 10_000
"""Characters. Forms take at most 4,000 in one answer; the rest is for what is pasted around it."""


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A find: `text[start:end]` of the text that was given, with at least one character."""

    start: int
    end: int
    kind: Kind


_PARTICLES = r"(?:van|de|den|der|het|ten|ter|te|op|in|aan|von|el|al|bin|ben|'t|la|le|du|dos|da)"
# Every repeat has a bound, so that a long run of letters costs a fixed number of tries per letter, not one per pair.
_WORD = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]{1,40}(?:-[A-Za-zÀ-ÖØ-öø-ÿ'’]{1,40}){0,4}"
_SURNAME = rf"(?:(?i:{_PARTICLES})\s+){{0,3}}{_WORD}"
_TITLE = (
    r"(?i:meneer|mijnheer|mevrouw|mevr\.?|mw\.?|dhr\.?|de\s+heer|heer|dokter|huisarts|dr\.|drs\.|ir\.|mr\.|prof\.|"
    r"professor|juf|juffrouw|meester|zuster|broeder|pastoor|dominee|imam|buurvrouw|buurman|wethouder|burgemeester|"
    r"rechter|advocaat|agent)"
)
_CLOSE = (
    r"(?:man|vrouw|vriend|vriendin|partner|ex|zoon|zoontje|dochter|dochtertje|kind|broer|zus|zusje|vader|moeder|opa|oma|"
    r"neef|nicht|oom|tante|buurman|buurvrouw|buurjongen|buurmeisje|overbuurman|overbuurvrouw|bovenbuurman|"
    r"bovenbuurvrouw|collega|kleinzoon|kleindochter|schoonzoon|schoondochter)"
)
# Of somebody else: what people recognise them by. The text between is short and in the same sentence.
_OTHER = (
    r"(?:(?:over|boven|beneden|onder)?buur(?:man|vrouw|jongen|meisje)|collega|leerling|klasgenoot|cliënt|patiënt|"
    r"huurder|huisgenoot|zoon|dochter|broer|zus|neef|nicht|oom|tante|schoon\w{3,8})"
)
_ILLNESS = (
    r"(?:kanker|dement\w*|alzheimer|parkinson|depressi\w*|psych\w+|schizofr\w+|borderline|autis\w+|adhd|verslaa\w+|"
    r"verslav\w+|alcoholi\w+|drinkt\s+te\s+veel|drugs|hiv|aids|epilepsie|zelfmoord|suïcid\w*|burn-?out|overspannen|"
    r"zwanger|miskraam|mishandel\w*|schulden|failliet|gevangenis)"
)
_MONTH = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    r"jan|feb|mrt|apr|jun|jul|aug|sept?|okt|nov|dec)\.?"
)
_DATE = (
    rf"(?:\d{{1,2}}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?(?:\d{{4}}|'?\d{{2}})|\d{{4}}-\d{{2}}-\d{{2}}|"
    rf"\d{{1,2}}\s+(?i:{_MONTH})\s+(?:\d{{4}}|'\d{{2}}))(?!\d)"
)
_STREET_END = (
    r"(?:straat|laan|weg|plein|dijk|gracht|kade|singel|hof|steeg|dreef|pad|plantsoen|park|ring|markt|wal|akker|veld|"
    r"kamp|erf|burg|tuin|baan|dam|haven|oever|boulevard|allee|zoom|str\.)"
)
_NUMBER = r"\d{1,5}(?:\s?[-/]?\s?(?:[A-Za-z](?![A-Za-z])|[IVX]{1,4}\b|bis\b|hs\b))?"
# What looks like a street with a number, but is not one: "onderweg 2 keer", "in de wijk 3 weken".
_ORDINARY = (
    r"(?:onderweg|omweg|uitweg|snelweg|halverwege|vliegveld|voetbalveld|werkveld|speelveld|pretpark|fietspad|zandbak)"
)
_COUNTED = (
    r"\s?(?:jaar|jaren|maand|maanden|week|weken|dag|dagen|uur|uren|minuten|keer|x\b|euro|km|kilometer|meter|mensen|"
    r"personen|inwoners|kinderen|huizen|woningen|gezinnen|procent|%|[.,]\d)"
)
_PLATES = (
    r"[A-Z]{2}-?\d{2}-?\d{2}|\d{2}-?\d{2}-?[A-Z]{2}|\d{2}-?[A-Z]{2}-?\d{2}|[A-Z]{2}-?\d{2}-?[A-Z]{2}|"
    r"[A-Z]{2}-?[A-Z]{2}-?\d{2}|\d{2}-?[A-Z]{2}-?[A-Z]{2}|\d{2}-?[A-Z]{3}-?\d|\d-?[A-Z]{3}-?\d{2}|"
    r"[A-Z]{2}-?\d{3}-?[A-Z]|[A-Z]-?\d{3}-?[A-Z]{2}|[A-Z]{3}-?\d{2}-?[A-Z]|[A-Z]-?\d{2}-?[A-Z]{3}|"
    r"\d-?[A-Z]{2}-?\d{3}|\d{3}-?[A-Z]{2}-?\d"
)
_CAPITALS = """
Gemeente Sociaal Sociale Wijkteam Team Wmo Jeugdwet Participatiewet Rode Tweede Eerste Nederland Den Nieuw
Nieuwe Oud Oude Noord Zuid Oost West Sint Bergen Capelle Alphen Koning Koningin Europese Europa Zorg Welzijn
Kerst Pasen Maandag Dinsdag Woensdag Donderdag Vrijdag Zaterdag Zondag De Het Een Ik Wij We Mijn Mij Toen Daar
Hier Maar En Als Dat Dit Nu Na Voor Op In Bij Met Er Hij Zij Ze Die Wat Wie Waar Hoe Ook Zo Om Omdat Sinds
Soms Vaak Later Eerst Gelukkig Helaas Alle Iedereen Niemand Leger Stichting Vereniging
"""
_NOT_A_NAME = frozenset(_CAPITALS.split())


def _eleven_test(digits: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return total % 11 == 0 and int(digits) > 0


def _is_bsn(found: str) -> bool:
    digits = re.sub(r"\D", "", found)
    return len(digits) in (8, 9) and _eleven_test(digits.zfill(9))


def _is_iban(found: str) -> bool:
    code = re.sub(r"\s", "", found).upper()
    if code.startswith("NL"):
        return True  # of this form nothing else is meant, also with a typing error
    if not 15 <= len(code) <= 34:
        return False
    return int("".join(str(int(sign, 36)) for sign in code[4:] + code[:4])) % 97 == 1


def _is_phone(found: str) -> bool:
    digits = re.sub(r"\D", "", found)
    if found.lstrip().startswith("+") or digits.startswith("00"):
        return 9 <= len(digits.lstrip("0")) <= 15
    return len(digits) == 10


def _is_rare_age(found: str) -> bool:
    number = re.search(r"\d+", found)
    return number is not None and 95 <= int(number.group()) <= 125


def _always(_found: str) -> bool:
    return True


def _is_no_place_in_a_row(found: str) -> bool:
    return not re.search(r"(?i)\bop\s+nummer\s+1$", found)  # "op nummer 1": the first of a list


# In this order: of finds that overlap the first in the list stays.
_RULES: tuple[tuple[Kind, re.Pattern[str], Callable[[str], bool]], ...] = (
    (
        Kind.EMAIL,
        re.compile(
            r"[\w.+\-]{1,64}\s?(?:@|\(at\)|\[at\]|\s(?:at|apenstaartje)\s)\s?[\w\-]{1,63}(?:(?:\.|\s?(?:\(dot\)|\spunt\s)\s?)[\w\-]{1,63}){1,5}",
            re.IGNORECASE,
        ),
        _always,
    ),
    (Kind.IBAN, re.compile(r"\bNL\s?\d{2}\s?[A-Z]{4}(?:\s?\d){10}\b", re.IGNORECASE), _is_iban),
    (Kind.IBAN, re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]){11,30}\b"), _is_iban),
    (Kind.WEB, re.compile(r"(?:\bhttps?://|\bwww\.)[^\s<>()\"]+", re.IGNORECASE), _always),
    (
        Kind.WEB,
        re.compile(
            r"\b[a-z0-9][a-z0-9\-]{0,62}(?:\.[a-z0-9\-]{1,63}){0,4}\.(?:nl|com|org|net|eu|be|de|info|amsterdam|frl)\b(?:/\S*)?",
            re.IGNORECASE,
        ),
        _always,
    ),
    (Kind.HANDLE, re.compile(r"(?<![\w@])@[A-Za-z0-9_.]{2,40}"), _always),
    (
        Kind.HANDLE,
        re.compile(
            r"\b(?:instagram|insta|facebook|snapchat|snap|tiktok|linkedin|x|twitter)\s?:\s?@?[\w.]{3,40}", re.IGNORECASE
        ),
        _always,
    ),
    (Kind.BIRTH_DATE, re.compile(rf"(?i:\b(?:geboren|geb\.?|geboortedatum|jarig)\b)[^.\n]{{0,20}}?{_DATE}"), _always),
    (Kind.DATE, re.compile(rf"(?<!\d){_DATE}"), _always),
    (Kind.PHONE, re.compile(r"(?<![\w+])(?:\+|00)\s?[1-9](?:[\s().\-/]{0,3}\d){7,13}(?!\d)"), _is_phone),
    (Kind.PHONE, re.compile(r"(?<!\d)0(?:[\s().\-/]{0,3}\d){9}(?!\d)"), _is_phone),
    (Kind.BSN, re.compile(r"(?<![\d.,])\d(?:[ .\-]?\d){7,8}(?![\d]|[.,]\d)"), _is_bsn),
    (
        Kind.POSTCODE,
        re.compile(r"(?<!\d)[1-9]\d{3}\s?(?!SA|SD|SS)[A-Z]{2}\b(?:[\s,]*" + _NUMBER + r")?(?![A-Za-z])"),
        _always,
    ),
    (
        Kind.POSTCODE,
        re.compile(r"\bpostcode\W{1,3}[1-9]\d{3}\s?[a-z]{2}\b|(?<!\d)[1-9]\d{3}[a-z]{2}\b(?=[\s,]*\d)", re.IGNORECASE),
        _always,
    ),
    (
        Kind.ADDRESS,
        re.compile(
            rf"\b(?!{_ORDINARY}\b)[\w'’\-]{{2,40}}{_STREET_END}\s+(?:nr\.?\s?|nummer\s|huisnummer\s)?{_NUMBER}(?!\d|{_COUNTED})",
            re.IGNORECASE,
        ),
        _always,
    ),
    (Kind.ADDRESS, re.compile(rf"\b(?:huisnummer|flat|appartement)\s+{_NUMBER}", re.IGNORECASE), _always),
    (Kind.LICENCE_PLATE, re.compile(rf"(?<![\w-])(?:{_PLATES})(?![\w-])"), lambda found: "-" in found),
    (
        Kind.LICENCE_PLATE,
        re.compile(rf"\bkenteken\W{{1,4}}(?:is\s+)?(?:{_PLATES})\b", re.IGNORECASE),
        _always,
    ),
    (Kind.NAME, re.compile(rf"\b{_TITLE}\s+(?:[A-Z]\.\s?){{0,3}}(?:{_WORD}\s+)?{_SURNAME}"), _always),
    (Kind.NAME, re.compile(rf"\b(?i:mijn|zijn|haar|hun|onze|jouw|uw)\s+(?i:{_CLOSE})\s+{_WORD}"), _always),
    (
        Kind.ADDRESS,
        re.compile(r"\b(?:uit|van|op)\s+(?:huis)?nummer\s+\d{1,4}(?![\d.,]*\d)", re.IGNORECASE),
        _is_no_place_in_a_row,
    ),
    (Kind.RARE, re.compile(rf"\b{_OTHER}\b[^.!?\n]{{0,80}}?\b{_ILLNESS}\b", re.IGNORECASE), _always),
    (
        Kind.RARE,
        re.compile(rf"\b{_OTHER}\b[^.!?\n]{{0,30}}?\bvan\s+\d{{1,3}}\b(?!\s?(?:euro|%))", re.IGNORECASE),
        _always,
    ),
    (
        Kind.RARE,
        re.compile(
            r"\bde\s+(?:oude\s+|vroegere\s+|enige\s+)?(?:bakker|slager|smid|kapper|dominee|pastoor|imam|dokter|huisarts|"
            r"koster|kroegbaas|melkboer|boer|juf|meester|schooldirecteur|conciërge|veearts|notaris)\s+(?:van|uit|in)\s+"
            r"(?:het|ons|dit|de|onze|deze)\s+(?:dorp|wijk|buurt|straat|school|gehucht)\b",
            re.IGNORECASE,
        ),
        _always,
    ),
    (
        Kind.ORGANISATION,
        re.compile(
            r"\b(?i:huisartsenpraktijk|praktijk|basisschool|school|college|lyceum|kinderdagverblijf|crèche|verpleeghuis|"
            r"verzorgingshuis|zorgcentrum|moskee|kerk|parochie)\s+(?:(?i:de|het|van|'t|sint|st\.)\s+){0,2}" + _WORD
        ),
        _always,
    ),
    (Kind.RARE, re.compile(r"\b\d{2,3}[\s-]?(?:jarige?|jaar\s+oud|jaar\b|-?plusser)", re.IGNORECASE), _is_rare_age),
    (
        Kind.RARE,
        re.compile(
            r"\b(?:de|het)\s+enige\s+\w+(?:\s+\w+){0,4}\s+(?:in|van|op)\s+(?:de|het|ons|onze|dit|deze)\s+"
            r"(?:dorp|straat|buurt|wijk|school|flat|gehucht|kerk|moskee|klas)\b|\b(?:drieling|vierling|zesling)\b",
            re.IGNORECASE,
        ),
        _always,
    ),
)
_FULL_NAME = re.compile(rf"\b({_WORD})\s+({_SURNAME})\b")


def identify(text: str, *, known: Collection[str] = ()) -> tuple[Found, ...]:
    """Everything in the text that may tell who somebody is, in the order of the text, none overlapping.

    `known` are names that are no persons (places, districts), with their capitals: they are not taken for a name.
    Looks through full-width letters, characters without width and no-break spaces; the positions are those of `text`
    itself, in characters. Empty for an empty text. Raises ValueError for a text over 10,000 characters.
    """
    if len(text) > LONGEST:
        raise ValueError(f"text: {len(text)} characters, at most {LONGEST} can be looked through.")
    clean, places = _readable(text)
    taken = bytearray(len(clean))
    found = []
    for kind, start, end in _matches(clean, frozenset(known)):
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\x01" * (end - start)
            found.append(Found(places[start], places[end - 1] + 1, kind))
    return tuple(sorted(found))


def _matches(clean: str, known: frozenset[str]) -> Iterator[tuple[Kind, int, int]]:
    for kind, pattern, holds in _RULES:
        for match in pattern.finditer(clean):
            if holds(match.group()):
                yield kind, match.start(), match.end()
    for match in _FULL_NAME.finditer(clean):
        words = set(re.findall(_WORD, match.group()))
        if not words & _NOT_A_NAME and not words & known and match.group() not in known:
            yield Kind.NAME, match.start(), match.end()


def _readable(text: str) -> tuple[str, list[int]]:
    """The text as somebody reads it, with for each of its characters the place in the text it came from."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if unicodedata.category(sign) == "Cf":  # without width, or a soft hyphen
            continue
        for plain in unicodedata.normalize("NFKC", sign):
            digit = unicodedata.digit(plain, None)
            dash = unicodedata.category(plain) == "Pd"  # dashes of every length
            signs.append("-" if dash else plain if digit is None else str(digit))
            places.append(place)
    return "".join(signs), places
