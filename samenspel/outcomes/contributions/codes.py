# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The personal code with which a teller without an account finds their own text again.

The code is made from the token of the form that was sent: sending the same form twice (a double press, a lost
connection, a server that was stopped) gives the same code, and stores the text once. Neither token nor code is kept.
"""

from samenspel.platform.service import keys

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: without letters that look like digits or make words
GROUPS, SIGNS = 4, 4  # 16 signs of 5 bits: 80 bits, which nobody guesses through a form that counts attempts
_LOOKS_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def code_from(token: str) -> str:
    """The code of a form, in groups: "7KMQ-2XPT-9WDA-HJ4R". The token is random and in the form only."""
    number = int(keys.keyed_hash("contribution code of a form", token), 16)
    signs = "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(GROUPS * SIGNS))
    return "-".join(signs[start : start + SIGNS] for start in range(0, len(signs), SIGNS))


def hash_of(code: str) -> str:
    """The keyed hash under which a contribution is found, of a code as somebody types it."""
    return keys.keyed_hash("contribution code", normalised(code))


def normalised(code: str) -> str:
    """The code without spaces and dashes, in capitals, with letters that look like digits read as those."""
    return "".join(sign for sign in code.upper().translate(_LOOKS_LIKE) if sign in ALPHABET)
