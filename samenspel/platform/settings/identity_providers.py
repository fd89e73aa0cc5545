# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The identity providers (OIDC) of this installation, read from one YAML file outside the repository."""

import os
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import yaml
from django.core.exceptions import ImproperlyConfigured
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

# From low to high. DigiD: Logius, "Koppelvlakspecificatie SAML", classes used in acr by brokers. eIDAS names follow.
DIGID_LEVELS = [
    "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
    "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract",
    "urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard",
    "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI",
]
DIGID_SUBSTANTIAL = DIGID_LEVELS[2]

ClaimPath = list[str]


class IdentityProvider(BaseModel):
    """One identity provider: the municipality's own (staff) or a DigiD broker (residents).

    A claim path is a list of keys, because claim names may hold dots and colons: ["act", "urn:nl:bsn"].
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9-]{2,30}$")
    kind: Literal["staff", "residents"]
    name: str = Field(min_length=2, max_length=40)
    issuer: str = Field(pattern=r"^https?://")
    client_id: str = Field(min_length=1)
    client_secret_env: str = ""
    client_secret_file: str = ""
    scopes: list[str] = ["openid"]
    subject_claim: ClaimPath = ["sub"]
    name_claim: ClaimPath = ["name"]
    email_claim: ClaimPath = ["email"]
    bsn_claim: ClaimPath | None = None
    represented_claim: ClaimPath | None = None
    level_claim: ClaimPath = ["acr"]
    levels: list[str] = []
    minimum_level: str = ""
    area_code: str = Field(default="", pattern=r"^(GM[0-9]{4})?$")
    second_factor_by_provider: bool = False
    auth_params: dict[str, str] = {}
    other_origins: list[str] = []  # where its log-in page stands, when that is not under the issuer

    @model_validator(mode="after")
    def _complete(self) -> "IdentityProvider":
        address = urlsplit(self.issuer)
        if address.scheme != "https" and address.hostname not in ("localhost", "127.0.0.1", "::1"):
            raise ValueError("issuer must begin with https://, except on this machine itself")
        if self.kind == "residents" and not self.bsn_claim:
            raise ValueError("a provider for residents needs bsn_claim")
        if self.kind == "residents" and not self.area_code:
            raise ValueError("a provider for residents needs area_code, the municipality whose residents come in")
        if self.kind == "staff" and (self.bsn_claim or self.represented_claim):
            raise ValueError("a provider for staff has no bsn_claim or represented_claim")
        if self.minimum_level and self.minimum_level not in self.level_order:
            raise ValueError(f"minimum_level is not one of the levels: {', '.join(self.level_order)}")
        if self.kind == "residents" and not self.minimum_level:
            raise ValueError("a provider for residents needs minimum_level")
        return self

    @property
    def level_order(self) -> list[str]:
        """The levels of assurance from low to high."""
        return self.levels or DIGID_LEVELS

    def secret(self) -> str:
        """The client secret, from its environment variable or file; raises ImproperlyConfigured when it is missing."""
        if self.client_secret_env:
            found = os.environ.get(self.client_secret_env, "")
        elif self.client_secret_file:
            path = Path(self.client_secret_file)
            found = path.read_text().strip() if path.is_file() else ""
        else:
            return ""  # a public client: PKCE alone
        if not found:
            raise ImproperlyConfigured(f"The client secret of the identity provider {self.id} is missing.")
        return found

    def as_allauth_app(self) -> dict[str, Any]:
        """The provider as django-allauth expects an app in its settings."""
        return {
            "provider_id": self.id,
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.secret(),
            "settings": {
                "server_url": self.issuer.rstrip("/") + "/.well-known/openid-configuration",
                "provider": self,
                "scope": self.scopes,
                "auth_params": dict(self.auth_params),
            },
        }


def read_identity_providers(file: str, data_folder: Path) -> list[IdentityProvider]:
    """The providers in `file`, or in identity-providers.yaml of the data folder; none when there is no such file.

    Raises ImproperlyConfigured, naming the file and what is wrong in words, when it cannot be used.
    """
    path = Path(file) if file else data_folder / "identity-providers.yaml"
    if not path.is_file():
        if file:
            raise ImproperlyConfigured(f"SAMENSPEL_OIDC_FILE names {path}, which does not exist.")
        return []
    try:
        content = yaml.safe_load(path.read_text()) or []
        providers = [IdentityProvider.model_validate(entry) for entry in content]
    except (yaml.YAMLError, ValidationError, TypeError) as error:
        raise ImproperlyConfigured(f"{path} cannot be used: {error}") from error
    ids = [provider.id for provider in providers]
    if len(ids) != len(set(ids)):
        raise ImproperlyConfigured(f"{path} names the same provider id twice.")
    return providers


def identity_provider_origins(providers: list[IdentityProvider]) -> list[str]:
    """The origins (https://host:port) of the log-in pages of these providers, sorted, each once."""
    origins = set()
    for provider in providers:
        for address in (provider.issuer, *provider.other_origins):
            parts = urlsplit(address)
            origins.add(f"{parts.scheme}://{parts.netloc}")
    return sorted(origins)
