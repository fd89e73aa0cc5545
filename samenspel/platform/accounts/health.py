# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The check of how people log in: which identity providers are configured."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from samenspel.platform.health.registry import Finding, ok, register_check, warning


@register_check("login", "Log-in")
def login() -> Iterator[Finding]:
    """Local accounts always work; identity providers are configured in a file. Nothing is asked over the network."""
    providers = settings.IDENTITY_PROVIDERS
    for kind, who in (("staff", "Staff"), ("residents", "Residents")):
        names = [provider.id for provider in providers if provider.kind == kind]
        if names:
            yield ok(f"{who} can log in with {', '.join(names)}.")
        elif kind == "staff":
            yield ok("No identity provider for staff: they log in with local accounts and a second step.")
        else:
            yield ok("No identity provider for residents: they read the public pages and cannot log in.")
    for provider in providers:
        if urlsplit(provider.issuer).scheme != "https":
            yield warning(
                f"The identity provider {provider.id} is reached without encryption.", "Use an issuer with https://."
            )
