# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is kept of a citizen service number (its key) and of a second factor (encrypted), for accounts.

Whoever has the database alone can neither recognise a citizen service number nor make somebody's log-in codes.
"""

from samenspel.platform import keys


def is_bsn(text: str) -> bool:
    """Is this a citizen service number (BSN)? Nine digits (eight count with a leading zero) that pass the 11-test.

    The test: 9a + 8b + 7c + 6d + 5e + 4f + 3g + 2h - i is a multiple of 11 (Logisch Ontwerp BSN, 1.2).
    """
    digits = text.zfill(9)
    if len(text) not in (8, 9) or not (digits.isascii() and digits.isdigit()) or int(digits) == 0:
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 == 0


def person_key(bsn: str) -> str:
    """The same 64 hexadecimal digits for the same citizen service number, always, within this installation only.

    A keyed hash under a key in the data folder. Raises ValueError, without the number, when it is none.
    """
    if not is_bsn(bsn):
        raise ValueError("not a citizen service number")
    return keys.keyed_hash("accounts.bsn", bsn.zfill(9))


def encrypt(text: str) -> str:
    """Encrypt a secret of a second factor, as text for the database."""
    return keys.encrypt("accounts.second_factor", text).hex()


def decrypt(text: str) -> str:
    """What `encrypt` was given; raises samenspel.platform.keys.KeyFault for anything else."""
    return keys.decrypt("accounts.second_factor", bytes.fromhex(text))
