# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The identity providers on the log-in page."""

from django import template
from django.conf import settings
from django.urls import reverse

register = template.Library()


@register.simple_tag
def identity_providers() -> dict[str, list[dict[str, str]]]:
    """The providers of the settings for residents and for staff, each with its name and where its button leads."""
    found: dict[str, list[dict[str, str]]] = {"residents": [], "staff": []}
    for provider in settings.IDENTITY_PROVIDERS:
        url = reverse("oidc_login", kwargs={"provider_id": provider.id})
        found[provider.kind].append({"name": provider.name, "url": url})
    return found
