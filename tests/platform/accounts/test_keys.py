# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Citizen service numbers and secrets: recognised, never readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspel.platform.accounts.keys import decrypt, encrypt, is_bsn, person_key

WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


@pytest.mark.parametrize("bsn", ["999990019", "999993653", "111222333", "123456782"])
def test_numbers_that_pass(bsn: str) -> None:
    assert is_bsn(bsn)


@pytest.mark.parametrize(
    "text", ["", "000000000", "00000000", "123456789", "12345678x", "١٢٣٤٥٦٧٨٢", "1234567822", "1", " 999990019"]
)
def test_texts_that_do_not(text: str) -> None:
    assert not is_bsn(text)
    with pytest.raises(ValueError, match="not a citizen service number"):
        person_key(text)


@given(st.integers(min_value=10_000_000, max_value=999_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: int, place: int, change: int) -> None:
    bsn = str(number).zfill(9)
    if not is_bsn(bsn):
        return
    digits = [int(digit) for digit in bsn]
    digits[place] = (digits[place] + change) % 10
    assert not is_bsn("".join(map(str, digits)))


def test_the_same_person_has_the_same_key_with_or_without_leading_zero() -> None:
    bsn = next(text for number in range(10_000_000, 20_000_000) if is_bsn(text := str(number).zfill(9)))
    assert person_key(bsn) == person_key(bsn.removeprefix("0"))
    assert len(person_key(bsn)) == 64 and bsn not in person_key(bsn)
    assert person_key(bsn) != person_key("999990019")


@given(st.text())
def test_a_secret_comes_back(text: str) -> None:
    assert decrypt(encrypt(text)) == text
    assert encrypt(text) != encrypt(text)
