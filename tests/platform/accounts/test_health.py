# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""`samenspel check` says how people can log in."""

from pytest_django import Settings

from samenspel.platform.accounts.health import login
from samenspel.platform.health.registry import Level
from samenspel.platform.settings.identity_providers import IdentityProvider


def test_without_providers_it_says_what_that_means(settings: Settings) -> None:
    settings.IDENTITY_PROVIDERS = []
    findings = list(login())
    assert [finding.level for finding in findings] == [Level.OK, Level.OK]
    assert "residents" in findings[1].sentence


def test_a_provider_is_named_and_one_without_encryption_is_a_warning(settings: Settings) -> None:
    settings.IDENTITY_PROVIDERS = [
        IdentityProvider(id="entra", kind="staff", name="Gemeente", issuer="http://localhost:9000", client_id="x")
    ]
    findings = list(login())
    assert findings[0].sentence == "Staff can log in with entra."
    assert findings[-1].level is Level.WARNING
