# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every passport is complete, readable and true to the store; a broken one says where it is broken."""

import datetime
import re
from collections import Counter
from pathlib import Path

import polars as pl
import pytest
import yaml

from samenspel.figures.importers.readers import read
from samenspel.figures.passports import FOLDER, BrokenPassport, Passport, passports, read_passport, read_passports
from samenspel.figures.service import AreaLevel, Topic, holdings, list_indicators
from samenspel.figures.sources import TABLES

PASSPORTS = list(passports().values())
# Texts that residents read first; `definition` is behind "meer uitleg".
RESIDENT_TEXTS = ("title", "question", "sentence", "meaning", "does_not_say", "direction", "rounding", "suppression")
# ux.md, Voice: words that residents do not read.
JARGON = re.compile(
    r"\b(eigen regie|zelfredzaam\w*|transformatie\w*|integra(?:al|le)|trajecten?|je|jij|jouw|maatschappelijke "
    r"ondersteuning|sociaal domein|doelgroep\w*|participatie|inzetten op|cli[eë]nten)\b",
    re.IGNORECASE,
)
LETTERS = {"NL": "country", "PV": "province", "GG": "region", "VR": "region", "GM": "municipality", "WK": "district"}


def _sentences(text: str) -> list[str]:
    plain = re.sub(r"(?<=\d)\.(?=\d)", "", text)  # the dot in 1.000 ends no sentence
    return [part for part in re.split(r"[.?!:]\s+|[.?!]$", plain.strip()) if part.strip()]


def _id(passport: Passport) -> str:
    return passport.key


def test_there_are_many() -> None:
    """The issue asks for 80 or more, over all topics."""
    assert len(PASSPORTS) >= 120
    assert {passport.topic for passport in PASSPORTS} == set(Topic)


@pytest.mark.parametrize("passport", PASSPORTS, ids=_id)
def test_texts_for_residents_are_short_and_without_jargon(passport: Passport) -> None:
    """B1: on average at most 20 words in a sentence, never more than 28, and no policy words."""
    for name in RESIDENT_TEXTS:
        text = str(getattr(passport, name))
        found = JARGON.search(text)
        assert found is None, f"{name}: {found[0] if found else ''}"
    sentences = [s for name in ("meaning", "does_not_say", "sentence") for s in _sentences(getattr(passport, name))]
    lengths = [len(sentence.split()) for sentence in sentences]
    assert sum(lengths) / len(lengths) <= 20
    assert max(lengths) <= 28, max(sentences, key=len)


@pytest.mark.parametrize("passport", PASSPORTS, ids=_id)
def test_both_languages_have_a_title(passport: Passport) -> None:
    """And they differ, so that neither was forgotten."""
    assert passport.title.strip() and passport.title_en.strip()
    assert passport.title != passport.title_en


@pytest.mark.parametrize("passport", PASSPORTS, ids=_id)
def test_the_review_date_is_in_the_future(passport: Passport) -> None:
    """A passport that nobody has looked at for too long must not pass unnoticed."""
    assert passport.review > datetime.date.today()


@pytest.mark.parametrize("field", ["does_not_say", "title", "title_en", "meaning"])
def test_no_text_is_repeated(field: str) -> None:
    """What a figure does not say is written for that figure."""
    counts = Counter(str(getattr(passport, field)) for passport in PASSPORTS)
    allowed = {"meaning": 3}.get(field, 1)
    assert [text for text, count in counts.items() if count > allowed] == []


def test_source_columns_exist() -> None:
    """Every column a passport names is in the file of that table."""

    class Nowhere:
        def municipality_code(self, name: str, year: int) -> str | None:
            return None

        def region_code(self, name: str) -> str | None:
            return None

    from django.conf import settings

    for table in TABLES.values():
        columns = read(table.reader, settings.SOURCES_FOLDER / table.file, Nowhere()).frame.columns
        named = {name for p in PASSPORTS for s in p.sources if s.table == table.key for name in s.columns}
        assert named, f"no passport uses {table.key}"
        assert named <= set(columns), table.key


def test_every_table_exists() -> None:
    """A passport names only tables that come with the program."""
    assert {table for passport in PASSPORTS for table in passport.tables} <= set(TABLES)


@pytest.mark.usefixtures("figure_store")
@pytest.mark.parametrize("passport", PASSPORTS, ids=_id)
def test_the_store_holds_what_the_passport_says(passport: Passport) -> None:
    """Periods, levels and breakdowns of the passport are those of the store."""
    held = holdings(passport.key)
    assert held is not None, "no values"
    assert held.periods == passport.periods
    assert {AreaLevel(LETTERS.get(prefix, "neighbourhood")) for prefix in held.levels} == set(passport.levels)
    parts = {part for text in held.breakdowns for part in text.split(";") if part}
    assert parts == {f"{name}={value}" for name, values in passport.breakdowns.items() for value in values}


@pytest.mark.usefixtures("figure_store")
def test_topics_divide_the_indicators() -> None:
    """Each indicator is in exactly one topic."""
    assert sum(len(list_indicators(topic)) for topic in Topic) == len(PASSPORTS)
    assert [passport.key for passport in list_indicators()] == sorted(passports())


def test_model_estimates_are_marked() -> None:
    """All that comes from RIVM's model says so."""
    for passport in PASSPORTS:
        assert passport.model_estimate == ("rivm_50090" in passport.tables), passport.key


def test_all_rivm_columns_are_covered() -> None:
    """The health table has 35 percentages; each has a passport."""
    from django.conf import settings

    frame = pl.scan_parquet(settings.SOURCES_FOLDER / TABLES["rivm_50090"].file).collect_schema()
    measures = set(frame.names()) - {"code", "gemeentenaam", "soort_regio", "jaar", "leeftijd"}
    named = {s.column for p in PASSPORTS for s in p.sources if s.table == "rivm_50090"}
    assert len(measures) == 35
    assert measures == named


def test_the_proxy_for_unemployment_is_not_used() -> None:
    """It is the source repository's own construction, and WW is not unemployment."""
    named = {name for passport in PASSPORTS for source in passport.sources for name in source.columns}
    assert "unemployment_proxy_pct" not in named
    # This column holds the density of addresses under a wrong name (see data/README.md).
    assert "population_density_per_km2" not in named


def _changed(folder: Path, **changes: object) -> Path:
    content = yaml.safe_load((FOLDER / "lonely.yaml").read_text(encoding="utf-8"))
    content["counterparts"] = []
    for key, value in changes.items():
        if value is None:
            del content[key]
        else:
            content[key] = value
    path = folder / "lonely.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"low_is_good": True}, "low_is_good"),
        ({"question": "Eenzaam"}, "question"),
        ({"does_not_say": None}, "does_not_say"),
        ({"unit": "apples"}, "unit"),
        ({"key": "other"}, "key"),
        ({"sentence": "Zoveel mensen voelen zich eenzaam."}, "sentence"),
        ({"sources": [{"table": "rivm_50090", "colum": "Eenzaam"}]}, "colum"),
        ({"sources": [{"table": "rivm_50090"}]}, "sources.0"),
        ({"sources": [{"table": "rivm_50090", "numerator": "a"}]}, "sources.0"),
        ({"sources": [{"table": "rivm_50090", "column": "a", "country": "weighted"}]}, "sources.0"),
        ({"periods": ["last year"]}, "periods"),
        ({"review": "soon"}, "review"),
    ],
)
def test_a_broken_passport_says_file_and_key(tmp_path: Path, changes: dict[str, object], says: str) -> None:
    """Unknown and missing keys raise; nothing is dropped in silence."""
    with pytest.raises(BrokenPassport) as error:
        read_passport(_changed(tmp_path, **changes))
    assert "lonely.yaml" in str(error.value)
    assert says in str(error.value)


def test_a_passport_that_is_right_is_read(tmp_path: Path) -> None:
    """The one that the tests above break, unbroken."""
    assert read_passports(tmp_path / "none") == {}
    assert read_passport(_changed(tmp_path)).key == "lonely"


def test_a_counterpart_must_exist(tmp_path: Path) -> None:
    """Two indicators that belong side by side must both be there."""
    _changed(tmp_path, counterparts=["nowhere"])
    with pytest.raises(BrokenPassport, match="nowhere"):
        read_passports(tmp_path)


@pytest.mark.parametrize("passport", PASSPORTS, ids=_id)
def test_a_share_of_households_is_not_called_a_share_of_people(passport: Passport) -> None:
    """The title, the question and the sentence say of whom or what the figure is a share."""
    if "huishoudens" in passport.sentence and passport.unit.value == "percent":
        assert not re.search(r"\bmensen die\b|\binwoners\b", f"{passport.title} {passport.question}", re.IGNORECASE)
        assert "huishoudens" in passport.question


@pytest.mark.parametrize("passport", PASSPORTS, ids=_id)
def test_words_of_statisticians_are_explained_and_words_point_at_something(passport: Passport) -> None:
    """No "mediaan" or "groene druk" as a name, no "dit land" of which nobody said which, no "doorsnee"."""
    first = f"{passport.title} {passport.question} {passport.sentence}".lower()
    assert not re.search(r"mediaan|gestandaardiseerd|\bdoorsnee\b|(groene|grijze) druk|\bdit herkomstland\b", first)
    readable = " ".join(str(getattr(passport, name)) for name in RESIDENT_TEXTS)
    assert "mediaan" not in readable.lower()


def test_a_limit_is_not_called_a_group_just_above_another() -> None:
    """Up to 120 percent of the minimum holds everybody below it too."""
    for key in ("social_minimum_households", "social_minimum_110_households", "social_minimum_120_households"):
        passport = passports()[key]
        texts = f"{passport.title} {passport.question} {passport.sentence} {passport.direction}"
        assert "net boven" not in texts
        assert "minder" in passport.meaning


def test_two_incomes_have_two_names() -> None:
    """What a household keeps, and that sum corrected for its size, are told apart by their titles."""
    for kind in ("mean", "median"):
        assert "gecorrigeerd voor de grootte" in passports()[f"standardised_income_{kind}"].title
        assert "gecorrigeerd" not in passports()[f"disposable_income_{kind}"].title
