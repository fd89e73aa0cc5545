# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""CSV: what goes in comes out, numbers stay numbers, and no cell can be a formula."""

import csv
import math
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspel.platform.api.csvs import CSV, SPREADSHEET, Dialect, cell, write

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
DIALECTS = st.sampled_from([CSV, SPREADSHEET])


def read(content: bytes, dialect: Dialect) -> list[list[str]]:
    assert content.startswith(dialect.mark)
    text = content[len(dialect.mark) :].decode()
    return list(csv.reader(StringIO(text, newline=""), delimiter=dialect.delimiter))


@given(TEXTS, DIALECTS)
def test_no_text_starts_a_formula(text: str, dialect: Dialect) -> None:
    written = cell(text, dialect)
    assert written in (text, f"'{text}")
    assert written.lstrip(" ")[:1] not in set("=+-@\t\r\n＝＋－＠") or written == ""


@pytest.mark.parametrize("text", ["=1+1", "+31", "-1", "@SUM(A1)", "\tx", "\r=1", " =1", '=HYPERLINK("http://x")'])
def test_known_attacks_become_text(text: str) -> None:
    assert cell(text) == f"'{text}"


@given(st.floats(allow_nan=False, allow_infinity=False), DIALECTS)
def test_a_number_keeps_its_value(number: float, dialect: Dialect) -> None:
    assert float(cell(number, dialect).replace(dialect.decimal, ".")) == number


def test_what_is_no_number_is_empty() -> None:
    assert [cell(value) for value in (None, math.nan, math.inf, -math.inf)] == [""] * 4


def test_each_dialect_is_written_as_its_readers_expect() -> None:
    rows = [("Zwolle; stad", 12.5, -3), ('\'s-Hertogenbosch, "Den Bosch"', 1000.0, None)]
    plain = b"".join(write(("naam", "waarde", "verschil"), rows, CSV))
    assert plain.startswith(b"naam,waarde,verschil\r\nZwolle; stad,12.5,-3\r\n")
    dutch = b"".join(write(("naam", "waarde", "verschil"), rows, SPREADSHEET))
    assert dutch.startswith(b'\xef\xbb\xbfnaam;waarde;verschil\r\n"Zwolle; stad";12,5;-3\r\n')


@given(st.lists(st.tuples(TEXTS, TEXTS)), DIALECTS)
def test_every_row_comes_back(rows: list[tuple[str, str]], dialect: Dialect) -> None:
    content = b"".join(write(("een", "twee"), rows, dialect))
    assert read(content, dialect)[1:] == [[cell(text, dialect) for text in row] for row in rows]


def test_a_large_file_comes_in_pieces() -> None:
    pieces = list(write(("n",), ((n,) for n in range(2500))))
    assert len(pieces) == 4
    assert [row[0] for row in read(b"".join(pieces), CSV)[1:]] == [str(n) for n in range(2500)]
