# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A Django app, because that is where django-allauth looks for providers."""

from django.apps import AppConfig


class OidcConfig(AppConfig):
    """Has no tables of its own."""

    name = "samenspel.platform.accounts.oidc"
    label = "accounts_oidc"
