# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a signed id_token to the few facts we use: who it is, how sure, and for whom they act."""

import hmac
from dataclasses import dataclass
from typing import Any

import jwt

from samenspel.platform.accounts import keys
from samenspel.platform.settings.identity_providers import ClaimPath, IdentityProvider

# Only signatures that the provider alone can make. HS256 would let whoever holds the client secret forge one.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
CLOCK_DRIFT_SECONDS = 30


class Rejected(Exception):
    """The answer of the identity provider is not accepted. `code` says why; it never holds a claim."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Identity:
    """What we keep of an id_token. No citizen service number: only its key under this installation's secret."""

    uid: str
    name: str
    email: str
    level: str
    represents: str


def decode(
    id_token: str, *, provider: IdentityProvider, issuer: str, key_set: dict[str, Any], nonce: str
) -> dict[str, Any]:
    """The claims of a valid id_token (OpenID Connect Core 1.0, 3.1.3.7); raises Rejected.

    Checked: signature by a key of the provider, issuer, audience and authorised party, expiry, time of issue, nonce.
    """
    try:
        header = jwt.get_unverified_header(id_token)
        if header.get("alg") not in ALGORITHMS:
            raise Rejected("algorithm")
        key = _signing_key(key_set, header.get("kid"))
        claims: dict[str, Any] = jwt.decode(
            id_token,
            key=key,
            algorithms=[header["alg"]],
            audience=provider.client_id,
            issuer=issuer,
            leeway=CLOCK_DRIFT_SECONDS,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except jwt.ExpiredSignatureError as error:
        raise Rejected("expired") from error
    except jwt.InvalidAudienceError as error:
        raise Rejected("audience") from error
    except jwt.InvalidIssuerError as error:
        raise Rejected("issuer") from error
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise Rejected("token") from error
    audiences = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if (len(audiences) > 1 or "azp" in claims) and claims.get("azp") != provider.client_id:
        raise Rejected("audience")
    found = claims.get("nonce")
    if not nonce or not isinstance(found, str) or not hmac.compare_digest(found.encode(), nonce.encode()):
        raise Rejected("nonce")
    return claims


def identity(claims: dict[str, Any], provider: IdentityProvider) -> Identity:
    """Who this is; raises Rejected when a needed claim is missing or the level of assurance is too low."""
    level = _text(claims, provider.level_claim)
    if provider.minimum_level:
        order = provider.level_order
        if level not in order or order.index(level) < order.index(provider.minimum_level):
            raise Rejected("level")
    if provider.kind == "residents":
        assert provider.bsn_claim is not None
        uid = _person_key(_text(claims, provider.bsn_claim))
    else:
        uid = _text(claims, provider.subject_claim)
    if not uid:
        raise Rejected("subject")
    represents = ""
    if provider.represented_claim:
        represented = _text(claims, provider.represented_claim)
        represents = _person_key(represented) if represented else ""
    return Identity(
        uid=uid,
        name=_text(claims, provider.name_claim)[:120],
        email=_text(claims, provider.email_claim) if claims.get("email_verified", True) is True else "",
        level=level,
        represents="" if represents == uid else represents,
    )


def _person_key(bsn: str) -> str:
    try:
        return keys.person_key(bsn)
    except ValueError:
        raise Rejected("subject") from None  # the cause would hold nothing, but a chain invites printing values


def _text(claims: dict[str, Any], path: ClaimPath) -> str:
    found: Any = claims
    for key in path:
        if not isinstance(found, dict):
            return ""
        found = found.get(key)
    return str(found).strip() if isinstance(found, str | int) and not isinstance(found, bool) else ""


def _signing_key(key_set: dict[str, Any], kid: Any) -> jwt.PyJWK:
    usable = [key for key in jwt.PyJWKSet.from_dict(key_set).keys if key.public_key_use in (None, "sig")]
    fitting = [key for key in usable if key.key_id == kid] if kid else usable
    if len(fitting) != 1:
        raise Rejected("key")
    return fitting[0]
