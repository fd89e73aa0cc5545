# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys kept in the data folder, outside the database: encrypting values, and a keyed hash for finding them again.

Use `keyed_hash(purpose, value)` for what must be found again but not read (a subject from an identity provider, later
a citizen service number), and `encrypt`/`decrypt` for what must be read again. Whoever has only the database can do
neither.

The file `keys.json` holds `{"encryption": [{"id", "key"}, …], "hashing": {"key"}}`; the first encryption key is used
for new values, the others still read old ones. The hashing key is never rotated: every stored hash would be lost.
"""

import base64
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

FILE_NAME = "keys.json"
NONCE_BYTES = 12  # NIST SP 800-38D 8.2.2: a random 96-bit nonce
HASH_BYTES = 32
KEY_ID_BYTES = 4


class KeyFault(Exception):
    """A key is missing, or a value was not made with one of ours; the message never holds the value."""


@dataclass(frozen=True, slots=True)
class _Keys:
    encryption: dict[bytes, bytes]  # id -> key, the first is the current one
    hashing: bytes


_loaded: dict[Path, tuple[int, _Keys]] = {}


def keyed_hash(purpose: str, value: str) -> str:
    """A keyed hash (HMAC-SHA-256, 64 hexadecimal digits) of `value`, different for each `purpose`.

    The same value and purpose give the same hash in one installation, and another one in every other. Without the key
    file nobody can try out values, which matters for short ones: there are fewer than 100 million citizen service
    numbers.
    `value` is hashed as it stands: normalise it first (spaces, leading zeros). Raises ValueError without a purpose.
    """
    if not purpose:
        raise ValueError("A keyed hash needs a purpose, so that hashes of different fields cannot be compared.")
    derived = HKDF(SHA256(), HASH_BYTES, None, b"samenspel hash " + purpose.encode()).derive(_keys().hashing)
    return hmac.digest(derived, value.encode(), "sha256").hex()


def encrypt(purpose: str, value: str) -> bytes:
    """`value` encrypted with the current key (AES-256-GCM): key id (4 bytes), nonce (12), ciphertext and tag.

    The purpose is authenticated with it: a value moved to another field does not decrypt. Two calls differ.
    """
    key_id, key = next(iter(_keys().encryption.items()))
    nonce = secrets.token_bytes(NONCE_BYTES)
    return key_id + nonce + AESGCM(key).encrypt(nonce, value.encode(), purpose.encode())


def decrypt(purpose: str, token: bytes) -> str:
    """What `encrypt` was given. Raises KeyFault when the key is not here, or purpose or bytes are not the same."""
    token = bytes(token)
    key_id, nonce, sealed = (
        token[:KEY_ID_BYTES],
        token[KEY_ID_BYTES:][:NONCE_BYTES],
        token[KEY_ID_BYTES + NONCE_BYTES :],
    )
    key = _keys().encryption.get(key_id)
    if key is None:
        raise KeyFault(
            f"A value was encrypted with key {key_id.hex()}, which is not in {FILE_NAME}. "
            "Restore that file from its backup."
        )
    try:
        return AESGCM(key).decrypt(nonce, sealed, purpose.encode()).decode()
    except (InvalidTag, ValueError):
        raise KeyFault(f"A value of {purpose!r} does not decrypt: it was changed or belongs elsewhere.") from None


def current_key_id() -> str:
    """The id of the key with which new values are encrypted."""
    return next(iter(_keys().encryption)).hex()


def rotate() -> str:
    """Make a new current encryption key and give its id; the old ones stay, to read what they made."""
    path = key_file()
    _keys()
    stored = json.loads(path.read_text())
    stored["encryption"].insert(0, _new_key({entry["id"] for entry in stored["encryption"]}))
    draft = _draft(path, stored)
    draft.replace(path)
    return current_key_id()


def key_file() -> Path:
    """Where the keys are; the file is made at first use."""
    folder: Path = settings.DATA_FOLDER
    return folder / FILE_NAME


def _keys() -> _Keys:
    path = key_file()
    if not path.exists():
        _create(path)
    stamp = path.stat().st_mtime_ns
    known = _loaded.get(path)
    if known is None or known[0] != stamp:
        stored = json.loads(path.read_text())
        known = (
            stamp,
            _Keys(
                {bytes.fromhex(entry["id"]): base64.b64decode(entry["key"]) for entry in stored["encryption"]},
                base64.b64decode(stored["hashing"]["key"]),
            ),
        )
        _loaded[path] = known
    return known[1]


def _create(path: Path) -> None:
    """Make the file whole or not at all; of two processes that start together the first one wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft(path, {"encryption": [_new_key(set())], "hashing": {"key": _random_key()}})
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _draft(path: Path, content: dict[str, object]) -> Path:
    draft = path.with_name(f".{path.name}-{os.getpid()}-{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _new_key(taken: set[str]) -> dict[str, str]:
    while (key_id := secrets.token_hex(KEY_ID_BYTES)) in taken:
        pass
    return {"id": key_id, "key": _random_key()}


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
