# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""CSV that programs and Dutch spreadsheets can open, and that cannot carry a formula.

Two dialects. `CSV` is RFC 4180: comma, decimal point, UTF-8 without a mark. `SPREADSHEET` is what Excel with Dutch
settings opens in columns by a double click: semicolon, decimal comma, UTF-8 with a byte order mark.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

# A spreadsheet takes a cell that begins with one of these for a formula or a command.
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_ROWS_PER_CHUNK = 1000

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV file is written."""

    delimiter: str
    decimal: str
    mark: bytes


CSV = Dialect(delimiter=",", decimal=".", mark=b"")
SPREADSHEET = Dialect(delimiter=";", decimal=",", mark="\ufeff".encode())


def cell(value: Cell, dialect: Dialect = CSV) -> str:
    """One cell as text. Nothing is empty; a whole number has no decimals; text cannot start a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return ""
        text = str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        return text.replace(".", dialect.decimal)
    return f"'{value}" if value.lstrip(" ").startswith(_FORMULA_STARTS) else value


def write(header: Sequence[str], rows: Iterable[Sequence[Cell]], dialect: Dialect = CSV) -> Iterator[bytes]:
    """The file in pieces of a thousand rows, so that a large one never stands in memory whole."""
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=dialect.delimiter, lineterminator="\r\n")
    writer.writerow([cell(name, dialect) for name in header])
    yield dialect.mark + _taken(buffer)
    for number, row in enumerate(rows, start=1):
        writer.writerow([cell(value, dialect) for value in row])
        if number % _ROWS_PER_CHUNK == 0:
            yield _taken(buffer)
    rest = _taken(buffer)
    if rest:
        yield rest


def _taken(buffer: StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()
